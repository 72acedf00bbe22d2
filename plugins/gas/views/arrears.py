"""The arrears list (GAS-K11): who owes, how much, since when."""

from __future__ import annotations

from typing import Any

from flask import request, send_file, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from core.exchange.limits import MAX_EXPORT_ROWS
from core.exchange.writing import MEDIA_TYPES, Heading, write
from core.history import note
from core.history.models import EXPORT
from core.people.access import may, require
from core.ui import format as shown
from core.ui.page import render
from plugins.gas import models
from plugins.gas.customers import shown_of
from plugins.gas.owing import Debtor, debt_in_all, debtors
from plugins.gas.views.common import cells, columns, session, today

ACCOUNT, SEE = "gas.account", "see-arrears"
PAGE = 50
LAST_PAGE = 2_000


class GasArrears(BaseView):
    """`/gas/arrears/`."""

    route_base = "/gas/arrears"
    default_view = "list"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        require(ACCOUNT, SEE)
        number = _page_number()
        overdue = request.args.get("overdue") == "1"
        count, owed = debt_in_all(session(), today(), overdue_only=overdue)
        found = debtors(session(), today(), overdue_only=overdue, limit=PAGE, offset=(number - 1) * PAGE)
        context = {
            "overdue": overdue,
            "facts": [
                {"label": gettext("Accounts that owe"), "value": shown.number(count)},
                {"label": gettext("Owed in all"), "value": shown.money(owed)},
            ],
            "columns": columns(
                gettext("Account number"),
                gettext("Name"),
                gettext("Telephone"),
                gettext("Address"),
                (gettext("Bills"), True),
                (gettext("Owed"), True),
                gettext("Oldest due date"),
                (gettext("Days overdue"), True),
            ),
            "rows": [_row(each) for each in found],
            "page": _pager(number, count, overdue),
            "export_url": url_for("GasArrears.export", kind="xlsx", overdue="1" if overdue else None),
        }
        return render("gas/arrears.html", **context)

    @expose("/export.<string:kind>", methods=["GET"])
    def export(self, kind: str) -> Any:
        require(ACCOUNT, SEE)
        if kind not in MEDIA_TYPES:
            raise NotFound
        overdue = request.args.get("overdue") == "1"
        found = debtors(session(), today(), overdue_only=overdue, limit=MAX_EXPORT_ROWS)
        headings = [
            Heading(gettext("Account number")),
            Heading(gettext("Name")),
            Heading(gettext("Telephone")),
            Heading(gettext("Address"), width=32),
            Heading(gettext("Bills"), number_format="0"),
            Heading(gettext("Owed"), number_format="0.00"),
            Heading(gettext("Oldest due date")),
            Heading(gettext("Days overdue"), number_format="0"),
        ]
        rows = ([*_plain(each)] for each in found)
        file = write(kind, gettext("Arrears list"), headings, rows)
        note(session(), EXPORT, models.Account.__tablename__, file=kind, list="arrears")
        session().commit()
        name = f"{gettext('Arrears list')}.{kind}"
        return send_file(file, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=name, max_age=0)


def _page_number() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _row(each: Debtor) -> dict[str, Any]:
    pays = may(ACCOUNT, "collect")
    url = url_for("GasPayments.take", id=each.account_id) if pays else f"/gas/account/{each.account_id}"
    late = (
        {"value": shown.number(each.days_overdue), "badge": "danger"}
        if each.days_overdue > 0
        else {"value": shown.DASH}
    )
    return {
        "url": url,
        "cells": cells(
            shown_of("number", each.number),
            shown_of("name", each.name),
            shown_of("phone", each.phone),
            shown_of("address", each.address),
            shown.number(each.bills),
            shown.money(each.owed),
            shown.date(each.oldest_due),
            late,
        ),
    }


def _plain(each: Debtor) -> tuple[Any, ...]:
    return (
        shown_of("number", each.number),
        shown_of("name", each.name),
        shown_of("phone", each.phone),
        shown_of("address", each.address),
        each.bills,
        each.owed,
        each.oldest_due,
        max(each.days_overdue, 0),
    )


def _pager(number: int, count: int, overdue: bool) -> dict[str, Any]:
    def address(to: int) -> str:
        return url_for("GasArrears.list", page=to, overdue="1" if overdue else None)

    return {
        "number": number,
        "total_text": ngettext("%(num)s account", "%(count)s accounts", count, count=shown.number(count)),
        "prev_url": address(number - 1) if number > 1 else None,
        "next_url": address(number + 1) if number * PAGE < count else None,
    }
