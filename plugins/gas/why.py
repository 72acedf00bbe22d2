"""Bills among all that answers "why?": by REST, at the command line, and worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.entities.reading import readable
from core.entities.registry import entity_by_id
from core.handbook import stored
from core.handbook.basis import grounds_of
from core.handbook.explain import Explanation, Line, explain_basis
from core.handbook.registry import book
from core.handbook.replay import Difference, Replayed
from core.handbook.settings import settings_on
from core.people.access import current_person
from core.ui import format as shown
from plugins.gas import explain, tariffs
from plugins.gas.billing import periods
from plugins.gas.models import USAGE, Bill, Tariff, TariffVersion
from plugins.gas.rules import Rounding
from plugins.gas.rules.pricing import price_usage

AT_ONCE = 1_000


def why_bill(session: Session, bill: Bill) -> Explanation:
    """Why the amount: the readings, the tariff's version and tiers, and the rule under its settings of that day."""
    told = explain.explain_bill(session, bill)
    sentences = tuple(str(each) for each in told.sentences)
    rule = book().rules[explain.CLAUSE]
    settings = settings_on(session, rule, bill.branch_id, bill.billed_on)
    resting = explain_basis(
        grounds_of(rule, settings),
        first=sentences[0],
        day=bill.billed_on,
        entity="gas.bill",
        subject_id=bill.id,
    )
    every = (*sentences, *resting.sentences[1:])
    return replace(resting, sentences=every, inputs=tuple(_inputs(session, bill, told)))


def _inputs(session: Session, bill: Bill, told: explain.Explanation) -> Iterator[Line]:
    entity = entity_by_id("gas.bill")
    if current_person() is not None and not readable(entity, "total"):
        return
    if bill.tariff_version_id is not None:
        version = session.get_one(TariffVersion, bill.tariff_version_id)
        tariff = session.get_one(Tariff, version.tariff_id)
        yield Line("tariff", gettext("Tariff"), f"{tariff.code} ({shown.date(version.valid_from)})")
    yield Line("usage", gettext("Usage"), explain.volume(bill.usage))
    for each in told.tiers:
        label = f"{gettext('Tier')} {each.tier}"
        value = f"{explain.volume(each.volume)} × {shown.price(each.price)} = {shown.money(each.amount)}"
        yield Line(f"tier-{each.tier}", label, value)
    yield Line("total", gettext("Total"), shown.money(bill.total))


def bills_again(session: Session, found: Replayed) -> None:
    """Every bill for usage priced again, from what is stored with it."""
    known: dict[int, Any] = {}
    for bill in _bills(session):
        version_id = bill.tariff_version_id
        if version_id is None:
            found.passed_over += 1
            continue
        if version_id not in known:
            known[version_id] = tariffs.rules_of(session.get_one(TariffVersion, version_id))
        rules = replace(known[version_id], rounding=Rounding(bill.rounding))
        priced = price_usage(
            rules,
            bill.usage,
            bill.volume_before,
            end_month=periods.month_of(bill.period),
            months=bill.months,
            extra=bill.extra_allowance,
        )
        total = priced.total
        found.judged += 1
        if total != bill.total:
            kept, now = stored.plain(bill.total), stored.plain(total)
            found.differences.append(Difference(explain.CLAUSE, f"bill {bill.number}", kept, now))


def _bills(session: Session) -> Iterator[Bill]:
    last = 0
    while True:
        wanted = select(Bill).where(Bill.id > last, Bill.kind == USAGE).order_by(Bill.id).limit(AT_ONCE)
        chunk = session.scalars(wanted).all()
        yield from chunk
        if len(chunk) < AT_ONCE:
            return
        last = chunk[-1].id
