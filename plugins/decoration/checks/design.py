"""What is judged before a design commission, an appointment or a fee is saved."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_user_id
from core.work.groups import today
from plugins.decoration.checks.belonging import demand_own_house
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.design import Appointment, Commission, Fee
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.names import ENTRUSTED

PREFIX = "WT"
CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")
SHORTEST, LONGEST, WHOLE_DAY = 10, 600, 24 * 60
OTHER_COMMISSION = N_("This commission belongs to another customer. Choose one of this customer's.")
NO_COMMISSION = N_("Name the design commission: this stage belongs to one.")
NO_PEOPLE = N_("Name who takes part beside the customer: the designer, somebody of engineering, or others.")
NO_TIME = N_("Enter the time as 14:30.")
NO_LENGTH = N_("An appointment takes from 10 minutes to 10 hours, and ends on the same day.")
STAYS = N_("This appointment is over and stays as it is. Enter a new one.")
PAST = N_("Choose a day that is still to come.")
NO_AMOUNT = N_("The amount is more than nothing.")
ASKED_ALREADY = N_("This is asked for already. Open what is there.")
PAID_STAYS = N_("What was paid or ended stays as it is: finance takes a payment back by a second receipt.")


def check_commission(commission: Commission) -> None:
    commission.state = commission.state or ENTRUSTED  # rules ask for it before it is written
    demand_own_house(commission)
    numbered(commission, PREFIX)


def check_appointment(appointment: Appointment) -> None:
    """Time and length are ones of the clock; commission and customer belong together, and name the designer."""
    appointment.state = appointment.state or d.ASKED  # rules ask for it before it is written
    if not appointment.id:
        appointment.asked_by = appointment.asked_by or current_user_id()
    commission = _own_commission(appointment)
    if commission is None and appointment.stage in (d.MEASURING, d.SKETCH, d.REFINED_PLAN, d.RENDERING):
        raise UserError(NO_COMMISSION, field="commission_id")
    if commission is not None and appointment.designer_id is None:
        appointment.designer_id = commission.designer_id
    people = appointment.designer_id, appointment.engineer_id, appointment.participants
    if not appointment.id and not any(people):
        raise UserError(NO_PEOPLE, field="designer_id")
    _clocked(appointment)
    if appointment.new_starts:
        appointment.new_starts = _written(appointment.new_starts, "new_starts")
    if appointment.state in d.AHEAD and appointment.new_on is not None and appointment.new_on < today():
        raise UserError(PAST, field="new_on")


def _own_commission(record: Any) -> Commission | None:
    """The commission that a record names, which is one of its customer's."""
    if record.commission_id is None:
        return None
    with session().no_autoflush:
        commission = session().get(Commission, record.commission_id)
    if commission is None or commission.customer_id != record.customer_id:
        raise UserError(OTHER_COMMISSION, field="commission_id")
    return commission


def _clocked(appointment: Appointment) -> None:
    """`starts` as 09:30, and when it ends."""
    appointment.starts = _written(appointment.starts or "", "starts")
    length = 60 if appointment.minutes is None else appointment.minutes
    hours, minutes = appointment.starts.split(":")
    end = int(hours) * 60 + int(minutes) + length
    if not SHORTEST <= length <= LONGEST or end >= WHOLE_DAY:
        raise UserError(NO_LENGTH, field="minutes")
    appointment.minutes, appointment.ends = length, f"{end // 60:02d}:{end % 60:02d}"


def _written(text: str, field: str) -> str:
    """A time of day as 09:30, however it was typed."""
    plain = text.strip().replace("\N{FULLWIDTH COLON}", ":")
    if not CLOCK.fullmatch(plain):
        raise UserError(NO_TIME, field=field)
    return plain.zfill(5)


def guard_appointment(appointment: Appointment) -> None:
    if appointment.state not in d.AHEAD:
        raise UserError(STAYS, status=409)


def check_fee(fee: Fee) -> None:
    """What belongs to the design names its commission, and is asked for once."""
    fee.state = fee.state or d.OPEN  # rules ask for it before it is written
    fee.opened_on = fee.opened_on or today()
    if fee.amount is not None and fee.amount <= 0:
        raise UserError(NO_AMOUNT, field="amount")
    commission = _own_commission(fee)
    if commission is None and fee.kind != d.ORDER_DEPOSIT:
        raise UserError(NO_COMMISSION, field="commission_id")
    if not fee.id and commission is not None:
        standing = select(Fee.id).where(
            Fee.commission_id == commission.id,
            Fee.kind == fee.kind,
            Fee.state.not_in((d.REVERSED, d.WITHDRAWN)),
        )
        with session().no_autoflush:
            if session().scalar(standing.limit(1)) is not None:
                raise UserError(ASKED_ALREADY, field="kind")


def guard_fee(fee: Fee) -> None:
    if fee.state not in d.UNPAID:
        raise UserError(PAID_STAYS, status=409)
