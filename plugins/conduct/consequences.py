"""What follows once slips, witnesses, appeals and measures are written or moved, in the same transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.entities.registry import entity_by_id
from core.entities.service import ADDED, claim
from core.handbook.registry import book
from core.handbook.settings import is_unset, settings_on
from core.people.access import current_user_id
from core.workflow.moving import move
from core.workflow.service import carry_out
from plugins.conduct import dates, fines, models
from plugins.conduct.rules.names import ANSWERED, CALL_OFF, CONFIRM, GRANT, ISSUED, MEASURE, SLIP

WITNESS_RULE = "HR-R03"


def after_slip(session: Session, slip: models.Slip, what: str) -> None:
    """What the rule of its item came to is kept when it is issued."""
    if what == ISSUED:
        fines.keep_fine(session, slip)


def after_witness(session: Session, witness: models.SlipWitness, what: str) -> None:
    """With the last witness whom it needs, a refused slip takes effect."""
    if what != ADDED:
        return
    slip = session.get_one(models.Slip, witness.slip_id)
    if is_witnessed(session, slip):
        carry_out(session, entity_by_id(SLIP), slip, CONFIRM, {})


def is_witnessed(session: Session, slip: models.Slip) -> bool:
    """Whether so many have signed a refused slip as HR-R03 asks."""
    rule = book().rules[WITNESS_RULE]
    settings = settings_on(session, rule, current_branch_id(), slip.issued_on or dates.today(session))
    if is_unset(settings):
        return False
    signed = select(func.count(models.SlipWitness.id)).where(models.SlipWitness.slip_id == slip.id)
    return (session.scalar(signed) or 0) >= int(settings["min_witnesses"])


def after_appeal(session: Session, appeal: models.Appeal, what: str) -> None:
    """Its answer lets the slip stand, changes the fine, or calls the slip off."""
    if what != ANSWERED:
        return
    slip = session.get_one(models.Slip, appeal.slip_id)
    if appeal.outcome == models.CALLED_OFF:
        carry_out(session, entity_by_id(SLIP), slip, CALL_OFF, {})
    elif appeal.outcome == models.CHANGED:
        with session.no_autoflush:
            slip.fine = appeal.new_fine
            claim(session, slip)
        session.flush()


def after_measure(session: Session, measure: models.Measure, what: str) -> None:
    """What the department may decide is in effect at once; anything else waits for the company."""
    if what == ADDED:
        move(session, entity_by_id(MEASURE), measure, GRANT, {}, user_id=current_user_id())


def items_of(session: Session, tariff: models.OffenceTariff) -> int:
    """How many items a tariff has."""
    counted: Any = session.scalar(
        select(func.count(models.Offence.id)).where(models.Offence.tariff_id == tariff.id)
    )
    return int(counted or 0)
