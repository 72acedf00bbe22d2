"""Judging readings before they are stored: one entered at the office, or a whole sheet of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.marks import N_
from core.people.access import time_zone, today_in
from core.ui import format as shown
from plugins.gas.billing import periods
from plugins.gas.models import OPENING, Meter, Reading
from plugins.gas.refusals import shown_to_people
from plugins.gas.rules import ReadingJudgement, judge_reading

FUTURE = N_("The day lies in the future. Enter the day on which the meter was read.")
BELOW = N_("The reading %(value)s m³ is below the last one, %(last)s m³ on %(day)s. Read the meter again.")
ROLLOVER = N_(
    "The dial would have gone round past zero after %(last)s m³. Look at the meter again and confirm it."
)
NOT_AFTER = N_("The last reading of this meter is of %(day)s. Enter a later day.")
BILLED_LATER = N_("A reading of %(day)s is billed already. A reading before it can no longer be entered.")
OPENED_TWICE = N_("This meter has an opening reading already.")
NO_OPENING = N_("This meter has no opening reading yet. Enter that one first.")
NEXT_BELOW = N_("The next reading, %(next)s m³ on %(day)s, would be below this one. Correct one of them.")


def branch_today(session: Session) -> date:
    """The business date of the active branch."""
    return today_in(session, current_branch_id())


def branch_time_zone(session: Session) -> str:
    """The time zone of the active branch."""
    return time_zone(session, current_branch_id())


def check_entered(session: Session, reading: Reading) -> None:
    """Judge a reading that is entered or changed by hand, and fill in its account. Raises UserError."""
    meter = session.get(Meter, reading.meter_id)
    if meter is None:
        raise UserError("Choose a meter of this branch.", field="meter_id")
    reading.account_id = meter.account_id
    periods.checked(reading.period)
    if reading.read_on > branch_today(session):
        raise UserError(FUTURE, field="read_on")
    before, after = _neighbours(session, reading)
    _check_place(reading, before, after)
    _check_step(before, reading, meter.digits)
    if after is not None:
        _check_next(reading, after, meter.digits)


def _neighbours(session: Session, reading: Reading) -> tuple[Reading | None, Reading | None]:
    others = select(Reading).where(Reading.meter_id == reading.meter_id, Reading.id != (reading.id or 0))
    before = session.scalar(
        others.where(Reading.read_on <= reading.read_on)
        .order_by(Reading.read_on.desc(), Reading.id.desc())
        .limit(1)
    )
    after = session.scalar(
        others.where(Reading.read_on > reading.read_on).order_by(Reading.read_on, Reading.id).limit(1)
    )
    return before, after


def _check_place(reading: Reading, before: Reading | None, after: Reading | None) -> None:
    if after is not None and after.bill_id is not None:
        raise UserError(BILLED_LATER, field="read_on", day=shown.date(after.read_on))
    if reading.kind == OPENING and before is not None:
        raise UserError(OPENED_TWICE, field="kind")
    if reading.kind != OPENING and before is None:
        raise UserError(NO_OPENING, field="kind")
    if before is not None and before.read_on == reading.read_on and before.kind == reading.kind:
        raise UserError(NOT_AFTER, field="read_on", day=shown.date(before.read_on))


def _check_step(before: Reading | None, reading: Reading, digits: int) -> None:
    last = before.value if before is not None else reading.value
    with shown_to_people("value"):
        judgement = judge_reading(last, reading.value, digits)
    if judgement is ReadingJudgement.BELOW and before is not None:
        raise UserError(
            BELOW,
            field="value",
            value=shown.quantity(reading.value),
            last=shown.quantity(last),
            day=shown.date(before.read_on),
        )
    if judgement is ReadingJudgement.ROLLOVER and not reading.rollover_confirmed:
        raise UserError(ROLLOVER, field="rollover_confirmed", last=shown.quantity(last))


def _check_next(reading: Reading, after: Reading, digits: int) -> None:
    judgement = judge_reading(reading.value, after.value, digits)
    if judgement is not ReadingJudgement.OK and not after.rollover_confirmed:
        raise UserError(
            NEXT_BELOW, field="value", next=shown.quantity(after.value), day=shown.date(after.read_on)
        )
