"""What pages of accounts and bills show beside the fields: what is still owed, and why the amount."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from core.entities.reading import readable
from core.entities.registry import entity_by_id
from core.handbook.settings import settings_on
from core.handbook.words import label_of, said, told_field, told_setting
from core.installation import installation
from core.people.access import may
from core.ui import format as shown
from core.work.groups import today
from plugins.gas import explain, owing, why_due
from plugins.gas.models import Account, Bill, CutOff
from plugins.gas.rules.book.arrears import CUT_OFF_APPROVED
from plugins.gas.rules.cutting_off import HANDED_OVER, NOTICED


def owed_panel(account: Account) -> Markup:
    """What the account owes today, for those who see bills."""
    if not may("gas.bill", "see"):
        return Markup()
    bills = owing.open_bills(installation().database.session(), account.id)
    facts = [
        {"label": gettext("Owed"), "value": shown.money(sum((each.owed for each in bills), owing.ZERO))},
        {"label": gettext("Bills not paid in full"), "value": shown.number(len(bills))},
        {
            "label": gettext("Payable until"),
            "value": shown.date(min((each.due_on for each in bills), default=None)),
        },
    ]
    return Markup(render_template("gas/owed.html", facts=facts))  # noqa: S704 - Jinja escapes


STANDING = ("protected", "disputed", "in_transit", "still_owed")
"""What bars the steps of an order that is there already."""
BEFORE_THE_DECISION = (HANDED_OVER, NOTICED)


def standing_panel(order: CutOff) -> Markup:
    """What its bills owe now, and what bars a step towards the cut-off today."""
    session = installation().database.session()
    entity = entity_by_id("gas.cut-off")
    asked = (each for each in entity.facts if each.told.name in STANDING)
    known = ((each.told, each.of(session, order)) for each in asked)
    facts = [{"label": str(each.label), "value": told_field(entity, each, value)} for each, value in known]
    if order.state in BEFORE_THE_DECISION:
        facts.append(_wait_of(session, order))
    return Markup(render_template("gas/standing.html", facts=facts))  # noqa: S704 - Jinja escapes


def _wait_of(session: Session, order: CutOff) -> dict[str, str]:
    """How long the customer has between the notice and the decision; said plainly where nobody has set it."""
    wait = CUT_OFF_APPROVED.setting(CUT_OFF_APPROVED.wait)
    value = settings_on(session, CUT_OFF_APPROVED, order.branch_id, today())[wait.name]
    return {
        "label": label_of(wait),
        "value": said(wait.unset) if value is None else told_setting(wait, value),
    }


def still_owed(session: Session, bills: Sequence[Bill]) -> dict[int, str]:
    """What bills that wait to be paid still owe, as the time line says it."""
    owed = owing.owed_on(session, [bill.id for bill in bills])
    return {key: gettext("Still owed: %(amount)s", amount=shown.money(left)) for key, left in owed.items()}


def why_panel(bill: Bill) -> Markup:
    """ "Why this amount", and the way to why it is payable until its day."""
    why = explain.explain_bill(installation().database.session(), bill)
    context = why_context(why, f"/core/handbook/why/gas.bill/{bill.id}")
    address = why_due.address(bill)
    if address:
        payable = {"label": gettext("Payable until"), "value": shown.date(bill.due_on), "url": address}
        context["sources"].append(payable)
    return Markup(render_template("gas/why.html", why=context))  # noqa: S704 - Jinja escapes


def bill_state(bill: Bill) -> tuple[str, str] | None:
    """Whether the bill is paid, or overdue."""
    if not readable(entity_by_id("gas.bill"), "total"):
        return None
    if owing.paid_on(installation().database.session(), bill.id) >= bill.total:
        return gettext("Paid in full"), "success"
    return (gettext("Overdue"), "danger") if bill.due_on < today() else (gettext("Not paid in full"), "info")


def payments_panel(bill: Bill) -> Markup:
    """What is paid of the bill, and what is still owed."""
    paid = owing.paid_on(installation().database.session(), bill.id)
    facts = [
        {"label": gettext("Total"), "value": shown.money(bill.total)},
        {"label": gettext("Paid"), "value": shown.money(paid)},
        {"label": gettext("Still owed"), "value": shown.money(bill.total - paid)},
    ]
    return Markup(render_template("gas/owed.html", facts=facts))  # noqa: S704 - Jinja escapes


def why_context(why: explain.Explanation, url: str = "") -> dict[str, Any]:
    """The explanation as the shell's macro wants it; the clause leads to `url`."""
    headings = (
        (gettext("Tier"), False),
        (gettext("Above"), True),
        (gettext("Up to and including"), True),
        (gettext("Volume"), True),
        (gettext("Price per m³"), True),
        (gettext("Amount"), True),
    )
    sources = [{"label": gettext("Clause"), "value": why.clause, "url": url}]
    if why.legal_basis:
        sources.append({"label": gettext("Legal basis"), "value": why.legal_basis})
    if why.tariff_id and may("gas.tariff", "see"):
        url = f"/gas/tariff/{why.tariff_id}"
        sources.append({"label": gettext("Tariff"), "value": gettext("Open the tariff"), "url": url})
    return {
        "title": gettext("Why this amount"),
        "sentences": [str(sentence) for sentence in why.sentences],
        "columns": [{"label": label, "numeric": numeric} for label, numeric in headings],
        "rows": [{"cells": _cells(tier)} for tier in why.tiers],
        "footer": _footer(why) if why.tiers else (),
        "sources": sources,
    }


def _cells(tier: explain.Tier) -> list[dict[str, Any]]:
    texts = (
        str(tier.tier),
        explain.volume(tier.lower),
        explain.volume(tier.upper) if tier.upper is not None else gettext("no end"),
        explain.volume(tier.volume),
        shown.price(tier.price),
        shown.money(tier.amount),
    )
    return [{"value": text} for text in texts]


def _footer(why: explain.Explanation) -> list[dict[str, Any]]:
    return [{"value": gettext("Total")}, *[{"value": ""}] * 4, {"value": shown.money(why.total)}]
