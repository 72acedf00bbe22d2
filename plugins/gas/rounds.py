"""The reader's round (抄表): the meters of a route in the order of walking, each read with the phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches import setwise
from core.data import UserError, Warned, clock
from core.data.marks import N_
from core.entities.reading import may_write, readable, shown_to_reader
from core.exchange.kinds import Finding, Row
from core.handbook.findings import keep
from core.handbook.judging import Said, judge
from core.handbook.words import msgid, told_figures
from core.installation import installation
from core.people.access import current_user_id
from core.ui import format as shown
from core.visits.kinds import (
    CONFIRM,
    FINE,
    MOST_STOPS,
    NOTE,
    PHOTO,
    REFUSE,
    Band,
    Book,
    Entry,
    Expected,
    Made,
    Round,
    Stop,
    Stops,
    Visit,
)
from plugins.gas import models, readings
from plugins.gas.billing import periods
from plugins.gas.customers import shown_of
from plugins.gas.entities.accounts import METER
from plugins.gas.entities.choices import INLET_SIDES, METER_TYPES, MOUNTINGS
from plugins.gas.entities.readings import READING
from plugins.gas.happenings import meters_read
from plugins.gas.rules import DialRange, ReadingError, ReadingJudgement, ranges_of_dial
from plugins.gas.sheets import facts, reading
from plugins.gas.sheets.cells import NOT_HERE

NO_ROUTE = "-"
VERDICTS = {
    ReadingJudgement.OK: FINE,
    ReadingJudgement.ROLLOVER: CONFIRM,
    ReadingJudgement.BELOW: REFUSE,
}
MAY_NOT = N_("Your position does not enter readings.")


def books(session: Session) -> Sequence[Book]:
    """The reading routes of the branch, the reader's own first; and the accounts on none, where there are some."""
    route = models.Route
    mine = current_user_id()
    found = session.execute(select(route.code, route.name, route.reader_id).order_by(route.code)).all()
    routes = [
        Book(code, f"{code} {name}", mine is not None and reader == mine) for code, name, reader in found
    ]
    routes.sort(key=lambda each: not each.own)
    account = models.Account
    lost = session.scalar(select(account.id).where(account.route_id.is_(None)).limit(1))
    return [*routes, Book(NO_ROUTE, gettext("On no route"))] if lost is not None else routes


def stops(session: Session, book: str | None) -> Stops:
    """The meters of a route that are not read for this month yet, as the reader may know them."""
    period = periods.period_of(readings.branch_today(session))
    account, meter = facts.ACCOUNT, facts.METER
    on_route = _on_route(book)
    last = facts.last_readings(
        select(meter.c.id)
        .join(account, account.c.id == meter.c.account_id)
        .join(reading.ROUTE, reading.ROUTE.c.id == account.c.route_id, isouter=True)
        .where(on_route)
    )
    known = (
        meter.c.id,
        meter.c.number,
        meter.c.digits,
        meter.c.type,
        meter.c.inlet_side,
        meter.c.mounting,
        account.c.address,
        account.c.name,
        account.c.phone,
        account.c.use_class,
        last.c.value,
        last.c.read_on,
    )
    unread = reading.to_read(period, last).where(on_route).with_only_columns(*known).limit(MOST_STOPS)
    every = reading.in_service(period, last).where(on_route).with_only_columns(func.count()).order_by(None)
    left = reading.to_read(period, last).where(on_route).with_only_columns(func.count()).order_by(None)
    done = setwise.fetch(session, every)[0][0] - setwise.fetch(session, left)[0][0]
    found = [_stop(*row) for row in setwise.fetch(session, unread)]
    return Stops(found, done, {"period": period}, shown.month(periods.first_day(period)))


def unread_by_own_route(session: Session, period: str, most: int) -> Sequence[Any]:
    """Code, name and number of unread meters of the reader's own routes, of those that have some; at most so many."""
    account, meter, route = facts.ACCOUNT, facts.METER, reading.ROUTE
    own = route.c.reader_id == current_user_id()
    last = facts.last_readings(
        select(meter.c.id)
        .join(account, account.c.id == meter.c.account_id)
        .join(route, route.c.id == account.c.route_id)
        .where(own)
    )
    counted = reading.to_read(period, last).where(own).order_by(None)
    counted = counted.with_only_columns(route.c.code, route.c.name, func.count())
    by_route = counted.group_by(route.c.code, route.c.name).order_by(route.c.code).limit(most)
    return list(setwise.fetch(session, by_route))


def _on_route(book: str | None) -> Any:
    if book in (None, NO_ROUTE):
        return facts.ACCOUNT.c.route_id.is_(None)
    return reading.ROUTE.c.code == book


def _stop(
    meter_id: int, number: str, digits: int, type_: str, inlet: str, mounting: str,
    address: str, name: str, phone: str | None, use_class: str, last: Decimal, last_on: date,
) -> Stop:  # fmt: skip
    def of_meter(field: str, value: Any) -> str:
        return str(shown_to_reader(METER, field, value) or "")

    about = (
        of_meter("type", _word(METER_TYPES, type_)),
        of_meter("inlet_side", _word(INLET_SIDES, inlet)),
        of_meter("mounting", _word(MOUNTINGS, mounting)),
    )
    lines = (
        (gettext("Last reading"), _last(last, last_on)),
        (gettext("Customer"), shown_of("name", name)),
        (gettext("Phone"), shown_of("phone", phone)),
        (gettext("Meter"), shown.listed(each for each in about if each)),
    )
    title = shown_of("address", address)
    return Stop(
        meter_id,
        title,
        of_meter("number", number),
        lines,
        {"value": _expected(last, last_on, digits)},
        without=() if use_class == models.COMMERCIAL else tuple(reading.COMMERCIAL),
    )


def _word(choices: Sequence[tuple[str, Any]], code: str) -> str:
    return str(dict(choices).get(code, code))


def _last(value: Decimal, day: date) -> str:
    parts = (
        shown.quantity(value, gettext("m³")) if readable(READING, "value") else "",
        shown.date(day) if readable(READING, "read_on") else "",
    )
    return shown.listed(each for each in parts if each)


def _expected(last: Decimal, last_on: date, digits: int) -> Expected:
    """The sheet's judgement of every reading of the dial; nothing where it would tell a hidden reading."""
    if not (readable(READING, "value") and readable(READING, "read_on")):
        return Expected()
    known: dict[str, Any] = {"last": shown.quantity(last), "day": shown.date(last_on)}
    says = {
        ReadingJudgement.OK: "",
        ReadingJudgement.ROLLOVER: str(UserError(reading.ROLLOVER, **known)),
        ReadingJudgement.BELOW: str(UserError(reading.BELOW, **known)),
    }
    try:
        ranges: Sequence[DialRange] = ranges_of_dial(last, digits)
    except ReadingError:
        return Expected()
    bands = tuple(
        Band(each.low, each.high, VERDICTS[each.judgement], says[each.judgement]) for each in ranges
    )
    return Expected(bands, str(UserError(reading.TOO_LONG, digits=digits)), last)


def enter(session: Session, visit: Visit, user_id: int) -> Made:
    """Enter a reading: judged as a row of the reading sheet is, and as one that is entered at the office."""
    if not may_write(READING, "value"):
        raise UserError(MAY_NOT, status=403)
    # One reading of a meter at a time, so that the second of two phones finds the first one's.
    meter = session.scalar(select(models.Meter).where(models.Meter.id == visit.stop).with_for_update())
    if meter is None:
        raise UserError(NOT_HERE)
    period = periods.checked(visit.basis.get("period", ""))
    made = models.Reading(
        meter_id=meter.id,
        account_id=meter.account_id,
        period=period,
        read_on=clock.local(visit.at, readings.branch_time_zone(session)).date(),
        value=visit.values["value"],
        kind=models.ACTUAL,
        reader_id=user_id,
        source="round",
        **{name: visit.values.get(name) for name in reading.COMMERCIAL},
    )
    row = _judged(session, meter.number, made)
    made.rollover_confirmed = bool(row.values.get("rollover_confirmed"))
    doubts = [each for each in row.findings if each.level == "warning"]
    if doubts and not visit.confirmed:
        raise Warned(doubts[0].message, field="value", **doubts[0].params)
    readings.check_entered(session, made)
    doubted = _doubted(session, made, visit.confirmed)
    session.add(made)
    session.flush()
    for each in doubted:
        keep(session, each.found, made.id)
    meters_read(session, (made.read_on,))
    return Made(READING.id, made.id)


def _doubted(session: Session, made: models.Reading, is_confirmed: bool) -> list[Said]:
    """What the rule book doubts, which the reader has to confirm. RuleRefusedError for what it refuses."""
    found = judge(session, installation().entities[READING.id], made)
    if found and not is_confirmed:
        first = found[0]
        figures: dict[str, Any] = told_figures(first.rule, READING, first.refusal.figures)
        raise Warned(msgid(first.refusal.text), field="value", **figures)
    return found


def _judged(session: Session, number: str, made: models.Reading) -> Row:
    cells = {"meter_number": number, "read_on": made.read_on.isoformat(), "reading": f"{made.value:f}"}
    row = Row(1, cells)
    reading.check(session, [row], {"period": made.period})
    wrong: list[Finding] = [each for each in row.findings if each.level == "error"]
    if wrong:
        raise UserError(wrong[0].message, field="value", **wrong[0].params)
    return row


READINGS = Round(
    id="gas.readings",
    label=_("Reading round"),
    entity="gas.reading",
    right="add",
    stop_entity="gas.meter",
    entries=(
        Entry("value", _("Reading"), unit=_("m³"), places=4, required=True),
        *(Entry(name, label, unit=_("m³"), places=4) for name, label in reading.COMMERCIAL.items()),
        Entry("photo", _("Photo"), PHOTO),
        Entry("note", _("Note"), NOTE),
    ),
    books=books,
    stops=stops,
    enter=enter,
    skips=(
        ("nobody-home", _("Nobody at home")),
        ("no-access", _("Could not get to the meter")),
        ("unreadable", _("The dial cannot be read")),
        ("broken", _("The meter stands still or runs wrong (GAS-R26)")),
        ("other", _("Something else")),
    ),
    reasons=(
        ("rollover", _("The dial went round past zero")),
        ("looked-again", _("I looked again: the figure stands on the dial")),
    ),
    help=_("Choose your route. What you enter stays on this phone until it is sent."),
)

ROUNDS: tuple[Round, ...] = (READINGS,)
