"""What becomes of slips, tariffs, measures and deductions. Each move is judged by the rule book; the caller commits."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError, clock
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.handbook.facts import FactsOf
from core.handbook.findings import keep
from core.handbook.judging import judge
from core.handbook.kinds import Approval
from core.handbook.registry import book
from core.handbook.settings import is_unset, settings_on
from core.installation import installation
from core.people.access import current_user_id
from core.worklist.events import happened
from plugins.conduct import dates, fines
from plugins.conduct.models import (
    ASKED,
    BOOKED,
    DECLINED,
    DRAFT,
    GRANTED,
    PUBLISHED,
    WAITING,
    Deduction,
    Measure,
    OffenceTariff,
    Slip,
    SlipWitness,
)
from plugins.conduct.rules.names import DEDUCTION, DRAFTED, EFFECTIVE, ISSUED, MEASURE, REFUSED, SLIP

WITNESS_RULE = "HR-R03"
NOT_NOW = N_("This is not possible in the present state. Open the page again to see what became of it.")
NOT_YOURS = N_("Only the employee can sign this slip, with an account of their own.")
NOT_TWICE = N_("Two people sign a tariff: you have signed it already.")
ITEMS_FIRST = N_("Give the tariff its items before you sign it.")
ABOUT_YOU = N_("This is about yourself: somebody else decides.")


def issue(session: Session, slip: Slip) -> None:
    """Hand the slip out: complete, with evidence and a fine that fits. The time to appeal begins."""
    demand(slip.state == DRAFTED)
    fines.demand_fitting(session, slip)
    doubts = judge(session, entity_by_id(SLIP), slip, "issue")
    slip.issued_on, slip.issued_by = dates.today(session), current_user_id()
    slip.appeal_until = dates.until(session, dates.APPEAL_RULE, slip.issued_on)
    slip.state = ISSUED
    slip.row_version += 1
    session.flush()
    fines.keep_fine(session, slip)
    for each in doubts:
        keep(session, each.found, slip.id)
    happened(session, f"{SLIP}.issued", [slip], slip.issued_on)


def sign(session: Session, slip: Slip) -> None:
    """The employee signs. Who has no account signs on paper, which whoever may issue slips enters."""
    demand(slip.state == ISSUED)
    if slip.subject_id is not None and slip.subject_id != current_user_id():
        raise UserError(NOT_YOURS, status=403)
    slip.signed_on = dates.today(session)
    _take_effect(session, slip)


def refuse(session: Session, slip: Slip, *, bad_attitude: bool = False) -> None:
    """The employee does not sign; witnesses have to (HR-R03), and with a bad attitude the company is asked (HR-R04)."""
    demand(slip.state == ISSUED)
    slip.refused_on, slip.bad_attitude = dates.today(session), bad_attitude
    slip.state = REFUSED
    slip.row_version += 1
    session.flush()


def witnessed(session: Session, slip: Slip, more: int = 0) -> bool:
    """Whether so many have signed a refused slip as HR-R03 asks; `more` are about to be stored."""
    rule = book().rules[WITNESS_RULE]
    settings = settings_on(session, rule, current_branch_id(), slip.issued_on or dates.today(session))
    if is_unset(settings):
        return False
    wanted = select(func.count(SlipWitness.id)).where(SlipWitness.slip_id == slip.id)
    with session.no_autoflush:
        return (session.scalar(wanted) or 0) + more >= int(settings["min_witnesses"])


def confirm(session: Session, slip: Slip) -> None:
    """Enough witnesses have signed: the slip counts as effective."""
    demand(slip.state == REFUSED)
    _take_effect(session, slip)


def _take_effect(session: Session, slip: Slip) -> None:
    judge(session, entity_by_id(SLIP), slip, "sign")
    slip.effective_on = dates.today(session)
    slip.state = EFFECTIVE
    slip.row_version += 1


def sign_tariff(session: Session, tariff: OffenceTariff, *, approver: bool) -> None:
    """The department head's signature, then the approver's, of two people; with both it is in force (GPN-R20)."""
    from plugins.conduct.models import Offence

    demand(tariff.state == DRAFT)
    demand(approver is (tariff.signed_by_head is not None))
    if session.scalar(select(Offence.id).where(Offence.tariff_id == tariff.id).limit(1)) is None:
        raise UserError(ITEMS_FIRST, status=422)
    if not approver:
        tariff.signed_by_head = current_user_id()
    elif tariff.signed_by_head == current_user_id():
        raise UserError(NOT_TWICE, status=403)
    else:
        tariff.signed_by_approver = current_user_id()
        tariff.state, tariff.published_on = PUBLISHED, dates.today(session)
    tariff.row_version += 1
    session.flush()


def approvals_of(session: Session, measure: Measure) -> list[Approval]:
    """The rules by which the company has to decide on a measure; none where the department may itself."""
    facts = FactsOf(session, entity_by_id(MEASURE), measure, installation().entities)
    every: list[Approval] = book().of_kind(Approval)
    return [rule for rule in every if rule.entity == MEASURE and _asks(session, rule, facts, measure)]


def _asks(session: Session, rule: Approval, facts: FactsOf, measure: Measure) -> bool:
    settings = settings_on(session, rule, current_branch_id(), measure.asked_on)
    return not is_unset(settings) and (rule.needed is None or rule.needed(facts, settings))


def decide(session: Session, measure: Measure, *, yes: bool) -> None:
    """The company grants or declines what it was asked for."""
    demand(measure.state == ASKED)
    if session.get_one(Slip, measure.slip_id).subject_id == current_user_id():
        raise UserError(ABOUT_YOU, status=403)
    measure.state = GRANTED if yes else DECLINED
    measure.decided_on, measure.decided_by = dates.today(session), current_user_id()
    measure.row_version += 1
    session.flush()


def book_deduction(session: Session, deduction: Deduction) -> None:
    """It was kept back of the wage."""
    demand(deduction.state == WAITING)
    deduction.state, deduction.booked_at = BOOKED, clock.now()
    deduction.row_version += 1
    session.flush()
    happened(session, f"{DEDUCTION}.booked", [deduction])


def demand(possible: bool) -> None:
    """Raise UserError for a move that the present state does not allow."""
    if not possible:
        raise UserError(NOT_NOW, status=409)
