"""The arrears list (GAS-K11) as it was at the end of a day that is over, and handing an account over from today's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, ngettext
from werkzeug.exceptions import NotFound

from core.branches.scope import current_scope
from core.data import UserError
from core.entities.reading import readable
from core.entities.registry import entity_by_id
from core.entities.service import find
from core.entities.spanning import branch_names, branch_of, branches_with, spans
from core.exchange.limits import MAX_EXPORT_ROWS
from core.exchange.writing import MEDIA_TYPES, Heading, write
from core.history import note
from core.history.models import EXPORT
from core.people.access import may, require
from core.people.doors.csrf import demand_token
from core.ui import format as shown
from core.ui.page import render
from plugins.gas import cutting_off, models
from plugins.gas.arrears import ENTITY
from plugins.gas.customers import shown_of
from plugins.gas.entities import accounts
from plugins.gas.owing import OVERDUE, Debtor, Debts, debt_in_all, debtors
from plugins.gas.views.common import cells, columns, session, today

ACCOUNT, SEE, BILL = "gas.account", "see-arrears", "gas.bill"
PAGE = 50
LAST_PAGE = 2_000


class GasArrears(BaseView):
    """`/gas/past-arrears/`: who owed at the end of a day that is over; all debts, or those overdue then."""

    route_base = "/gas/past-arrears"
    default_view = "list"

    @expose("/<int:id>/hand-over", methods=["POST"])
    def hand_over(self, id: int) -> Any:
        """Hand what is overdue over to the meter reader; the order is shown."""
        require(ENTITY, "hand-over")
        demand_token()
        found = find(session(), entity_by_id(ENTITY), id)
        try:
            order = cutting_off.hand_over(session(), found.account_id)
            session().commit()
        except UserError as error:
            session().rollback()
            flash(str(error), "danger")
            return redirect(f"/gas/arrears/{id}")
        return redirect(f"/gas/cut-off/{order.id}")

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        require(ACCOUNT, SEE)
        asked, number = _asked(), _page_number()
        if not asked.which.past:
            return redirect("/gas/arrears/")
        count, owed = debt_in_all(session(), asked.which)
        found = debtors(session(), asked.which, limit=PAGE, offset=(number - 1) * PAGE)
        facts = [
            {"label": gettext("As of the end of"), "value": shown.date(asked.which.day)},
            {"label": gettext("Accounts that owe"), "value": shown.number(count)},
            {"label": gettext("Owed in all"), "value": shown.money(owed)},
        ]
        if asked.branch:
            facts.insert(
                0, {"label": gettext("Branch"), "value": asked.names[(asked.which.branches or (0,))[0]]}
            )
        context = {
            "tabs": _tabs(asked),
            "now_url": "/gas/arrears/",
            "facts": facts,
            "columns": columns(
                gettext("Account number"),
                *((gettext("Branch"),) if asked.names else ()),
                gettext("Name"),
                gettext("Telephone"),
                gettext("Address"),
                (gettext("Bills"), True),
                (gettext("Owed"), True),
                gettext("Oldest due date"),
                (gettext("Days overdue"), True),
            ),
            "rows": [_row(each, asked.names) for each in found],
            "page": _pager(number, count, asked),
            "exports": [(kind, asked.address(f"export.{kind}")) for kind in MEDIA_TYPES],
        }
        return render("gas/arrears.html", **context)

    @expose("/export.<string:kind>", methods=["GET"])
    def export(self, kind: str) -> Any:
        require(ACCOUNT, SEE)
        if kind not in MEDIA_TYPES:
            raise NotFound
        asked = _asked()
        if not asked.which.past:
            raise NotFound
        found = debtors(session(), asked.which, limit=MAX_EXPORT_ROWS)
        headings = [
            Heading(gettext("Account number")),
            *((Heading(gettext("Branch")),) if asked.names else ()),
            Heading(gettext("Name")),
            Heading(gettext("Telephone")),
            Heading(gettext("Address"), width=32),
            Heading(gettext("Bills"), number_format="0"),
            Heading(gettext("Owed"), number_format="0.00"),
            Heading(gettext("Oldest due date")),
            Heading(gettext("Days overdue"), number_format="0"),
        ]
        rows = ([*_plain(each, asked.names)] for each in found)
        file = write(kind, gettext("Arrears list"), headings, rows)
        note(session(), EXPORT, models.Account.__tablename__, file=kind, list="arrears")
        session().commit()
        name = f"{gettext('Arrears list')}.{kind}"
        return send_file(file, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=name, max_age=0)


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `names` are those of the branches, where rows of several are shown."""

    which: Debts
    arguments: dict[str, str]
    names: dict[int, str]
    branch: str = ""

    def address(self, tail: str = "", **changes: str) -> str:
        """This list with changes, from its first page; an empty value takes an argument away."""
        left = {key: value for key, value in {**self.arguments, **changes}.items() if value}
        return f"/gas/past-arrears/{tail}" + (f"?{urlencode(left)}" if left else "")


def _asked() -> Asked:
    """Read it; what makes no sense is passed over."""
    due = OVERDUE if request.args.get("due") == OVERDUE else ""
    day = _day(request.args.get("on", ""))
    bills = entity_by_id(BILL)
    names = branch_names() if spans(bills) else {}
    branch_id = branch_of(bills, request.args.get("f_branch", ""))
    there = branches_with("gas") if names else None
    if branch_id is not None and there is not None:
        there = tuple(each for each in there if each == branch_id)
    branch = request.args.get("f_branch", "") if branch_id is not None and there else ""
    which = Debts(day or today(), due, past=day is not None, branches=there)
    arguments = {"due": due, "on": day.isoformat() if day else "", "f_branch": branch}
    return Asked(which, arguments, names, branch)


def _day(text: str) -> date | None:
    """A day that is over; None for any other text."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found < today() else None


def _tabs(asked: Asked) -> list[dict[str, Any]]:
    labels = (("", gettext("All that owe")), (OVERDUE, gettext("Only overdue")))
    return [
        {"label": label, "url": asked.address(due=due), "active": due == asked.which.due}
        for due, label in labels
    ]


def _page_number() -> int:
    text = request.args.get("page", "1")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _row(each: Debtor, names: dict[int, str]) -> dict[str, Any]:
    pays = may(ACCOUNT, "collect") and each.branch_id == current_scope().active
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
            *((names.get(each.branch_id, ""),) if names else ()),
            shown_of("name", each.name),
            _phone(each.phone),
            shown_of("address", each.address),
            shown.number(each.bills),
            shown.money(each.owed),
            shown.date(each.oldest_due),
            late,
        ),
    }


def _phone(number: str | None) -> dict[str, Any]:
    """The telephone; whoever may read it calls by it, as the reader on a round does (GAS-R28)."""
    cell = {"value": shown_of("phone", number)}
    if not number or not readable(accounts.ACCOUNT, "phone"):
        return cell
    return {**cell, "url": f"tel:{''.join(number.split())}"}


def _plain(each: Debtor, names: dict[int, str]) -> tuple[Any, ...]:
    return (
        shown_of("number", each.number),
        *((names.get(each.branch_id, ""),) if names else ()),
        shown_of("name", each.name),
        shown_of("phone", each.phone),
        shown_of("address", each.address),
        each.bills,
        each.owed,
        each.oldest_due,
        max(each.days_overdue, 0),
    )


def _pager(number: int, count: int, asked: Asked) -> dict[str, Any]:
    return {
        "number": number,
        "total_text": ngettext("%(num)s account", "%(count)s accounts", count, count=shown.number(count)),
        "prev_url": asked.address(page=str(number - 1)) if number > 1 else None,
        "next_url": asked.address(page=str(number + 1)) if number * PAGE < count else None,
    }
