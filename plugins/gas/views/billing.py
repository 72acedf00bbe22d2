"""Starting the month's billing, and what a run came to."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, lazy_gettext
from sqlalchemy import func, select
from wtforms import StringField
from wtforms.validators import DataRequired

from core.data import Money, UserError
from core.jobs import queue
from core.people.access import current_user_id, require
from core.ui import format as shown
from core.ui.page import render
from core.ui.shell_form import ShellForm
from plugins.gas import models
from plugins.gas.billing import periods, runs
from plugins.gas.billing.reasons import REASON_LABELS, told
from plugins.gas.customers import shown_of
from plugins.gas.jobs import BILLING
from plugins.gas.views.common import cells, columns, found, session, show_refusal, today

RUN = "gas.billing-run"
MOST_SHOWN = 200


class StartForm(ShellForm):
    period = StringField(
        lazy_gettext("Month"),
        description=lazy_gettext("The month whose readings are billed, written like 2026-10."),
        validators=[DataRequired(lazy_gettext("Fill in this field."))],
        render_kw={"inputmode": "numeric", "placeholder": "2026-10", "maxlength": 7},
    )


class GasBilling(BaseView):
    """`/gas/billing/start` and a run's result."""

    route_base = "/gas/billing"
    default_view = "start"

    @expose("/start", methods=["GET", "POST"])
    def start(self) -> Any:
        require(RUN, "run")
        form = StartForm(data={"period": periods.before(periods.period_of(today()))})
        if form.validate_on_submit():
            try:
                return redirect(url_for("JobView.run", id=_start(form.period.data.strip())))
            except UserError as error:
                show_refusal(form, error)
        context = {
            "form": form,
            "sections": [
                {
                    "label": "",
                    "help": gettext(
                        "Every account that was read in the month and has no bill for it yet gets one. "
                        "Accounts that cannot be billed are listed with the reason; run it again for them later."
                    ),
                    "fields": ["period"],
                }
            ],
            "title": gettext("Run billing"),
            "save_label": gettext("Start billing"),
            "save_icon": "player-play",
            "back_label": gettext("Billing runs"),
            "cancel_url": "/gas/billing-run/",
        }
        return render("entities/form.html", **context), 422 if form.errors else 200

    @expose("/<int:id>/result", methods=["GET"])
    def result(self, id: int) -> Any:
        require(RUN, "see")
        run = found(models.BillingRun, id)
        return render("gas/billing_result.html", **_result(run))


def _start(period: str) -> int:
    """Write the run and queue its job in one transaction; answers the job's id."""
    run = runs.new_run(session(), period, today(), current_user_id())
    job = queue.start(
        session(),
        BILLING,
        {"run_id": run.id},
        subject_id=run.id,
        single_key=BILLING,
        started_by=current_user_id(),
    )
    run.job_id = job.id
    session().commit()
    return job.id


def _result(run: models.BillingRun) -> dict[str, Any]:
    total = session().scalar(
        select(func.sum(models.Bill.total, type_=Money())).where(models.Bill.run_id == run.id)
    )
    facts = [
        {"label": gettext("Month"), "value": run.period},
        {"label": gettext("Bills made"), "value": shown.number(run.bills)},
        {"label": gettext("Amount billed"), "value": shown.money(total or 0)},
        {"label": gettext("Accounts not billed"), "value": shown.number(run.skipped)},
        {"label": gettext("Payable until"), "value": _payable_until(run)},
    ]
    return {
        "title": gettext("Billing of %(period)s", period=run.period),
        "run": run,
        "facts": facts,
        "reasons": _reasons(run),
        "skipped": _skipped(run),
        "bills": _bills(run),
        "most_shown": MOST_SHOWN,
    }


def _payable_until(run: models.BillingRun) -> str:
    """The days until which bills of the run are payable: one for each class of use, unless they are alike."""
    days = session().scalars(
        select(models.Bill.due_on).where(models.Bill.run_id == run.id).distinct().order_by(models.Bill.due_on)
    )
    return shown.listed([shown.date(each) for each in days]) or shown.date(run.due_on)


def _reasons(run: models.BillingRun) -> dict[str, Any]:
    skip = models.BillingSkip
    counts = session().execute(
        select(skip.reason, func.count())
        .where(skip.run_id == run.id)
        .group_by(skip.reason)
        .order_by(func.count().desc())
    )
    labels = dict(REASON_LABELS)
    return {
        "columns": columns(gettext("Reason"), (gettext("Accounts"), True)),
        "rows": [
            {
                "url": f"/gas/billing-skip/?f_run_id={run.id}&f_reason={reason}",
                "cells": cells(str(labels[reason]), shown.number(count)),
            }
            for reason, count in counts
        ],
    }


def _skipped(run: models.BillingRun) -> dict[str, Any]:
    rows = session().execute(
        select(models.BillingSkip, models.Account)
        .join(models.Account, models.Account.id == models.BillingSkip.account_id)
        .where(models.BillingSkip.run_id == run.id)
        .order_by(models.BillingSkip.reason, models.Account.number)
        .limit(MOST_SHOWN)
    )
    return {
        "columns": columns(gettext("Account number"), gettext("Name"), gettext("Address"), gettext("Reason")),
        "rows": [
            {
                "url": f"/gas/account/{account.id}",
                "cells": cells(shown_of("number", account.number), *_customer(account), told(skip)),
            }
            for skip, account in rows
        ],
        "more_url": f"/gas/billing-skip/?f_run_id={run.id}",
    }


def _bills(run: models.BillingRun) -> dict[str, Any]:
    rows = session().execute(
        select(models.Bill, models.Account)
        .join(models.Account, models.Account.id == models.Bill.account_id)
        .where(models.Bill.run_id == run.id)
        .order_by(models.Bill.total.desc(), models.Bill.id)
        .limit(12)
    )
    return {
        "columns": columns(
            gettext("Bill number"),
            gettext("Name"),
            gettext("Address"),
            (gettext("Usage"), True),
            (gettext("Total"), True),
        ),
        "rows": [
            {
                "url": f"/gas/bill/{bill.id}",
                "cells": cells(
                    bill.number,
                    *_customer(account),
                    shown.quantity(bill.usage, "m³"),
                    shown.money(bill.total),
                ),
            }
            for bill, account in rows
        ],
        "more_url": f"/gas/bill/?f_run_id={run.id}",
    }


def _customer(account: models.Account) -> tuple[str, str]:
    return shown_of("name", account.name), shown_of("address", account.address)
