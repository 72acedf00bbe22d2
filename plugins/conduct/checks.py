"""What is judged, and filled in, before a record is saved, beside the rules of the rule book."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from core.branches import setwise
from core.branches.scope import current_branch_id
from core.data import UserError, next_number
from core.data.marks import N_
from core.entities.service import ADDED
from core.handbook import amounts, refusing, stored
from core.handbook.facts import FactsOf
from core.handbook.kinds import Amount, Approval
from core.handbook.registry import book
from core.installation import installation
from core.people.access import current_user_id
from core.workflow.approvals import waiting_of
from plugins.conduct import dates, fines, models
from plugins.conduct.rules.names import (
    APPEAL,
    ASKED,
    DEDUCTION,
    DRAFTED,
    EFFECTIVE,
    FILED,
    ISSUED,
    MEASURE,
    PUBLISHED,
    REFUSED,
    SLIP,
    TARIFF,
    WAITING,
)

NUMBERS = "conduct.slip"
FUND_RULE = "HR-R06"
STAYS = N_("An issued slip stays as it is: who finds it unreasonable appeals.")
PUBLISHED_STAYS = N_("A published tariff stays as it is. Make a new version with its own date of effect.")
UNKNOWN_RULE = N_("There is no rule %(rule)s about an offence: use one of the handbook, such as GPN-R01.")
NOT_IN_FORCE = N_(
    "This tariff was not in force on the day of the breach: choose an item of the one that was."
)
FUTURE = N_("A breach cannot lie in the future.")
NOT_REFUSED = N_("Witnesses sign slips that were refused; this one was not.")
CONCERNED = N_("Neither the employee nor whoever issued the slip can witness it.")
NOT_YOUR_SLIP = N_("Only the employee whom a slip is about appeals against it.")
NOT_SIGNED = N_("Sign the slip first, then appeal: the signature is no consent.")
NOT_NOW = N_("This is not possible in the present state. Open the page again to see what became of it.")
NEW_FINE = N_("Enter the fine to which it is changed.")
FILED_STAYS = N_("An appeal stays as it was filed. Answer it on its page.")
NOT_EFFECTIVE = N_("Deductions follow from slips in effect, with a fine.")


def _session() -> Session:
    return installation().database.session()


def check_offence(offence: models.Offence) -> None:
    """An item names a rule about slips; a published tariff gets no more items."""
    if offence.rule not in rules_of_items():
        raise UserError(UNKNOWN_RULE, field="rule", rule=offence.rule)
    guard_offence(offence)


def rules_of_items() -> list[str]:
    """The rules that an item may name: amounts of slips, and approvals of measures that carry an item's clause."""
    return [
        rule.id
        for rule in book().rules.values()
        if (isinstance(rule, Amount) and rule.entity == SLIP)
        or (isinstance(rule, Approval) and rule.entity == MEASURE and rule.clause.id.startswith("item-"))
    ]


def guard_tariff(tariff: models.OffenceTariff) -> None:
    """One that is signed, be it by the department head alone, stays as it is."""
    session = _session()
    with session.no_autoflush:
        waits = tariff.id and waiting_of(session, installation().entities[TARIFF], tariff.id)
    if tariff.state == PUBLISHED or tariff.signed_by_head is not None or waits:
        raise UserError(PUBLISHED_STAYS, status=409)


def guard_offence(offence: models.Offence) -> None:
    session = _session()
    with session.no_autoflush:
        tariff = session.get(models.OffenceTariff, offence.tariff_id) if offence.tariff_id else None
    if tariff is not None:
        guard_tariff(tariff)


def check_slip(slip: models.Slip) -> None:
    """A draft gets its number; its item belongs to the tariff of the day, its fine to its item. The time to appeal runs
    from its issue."""
    session = _session()
    if not slip.state:
        slip.state = DRAFTED
    if slip.state != DRAFTED:
        return
    with session.no_autoflush:
        employee = session.get(models.Employee, slip.employee_id) if slip.employee_id else None
        slip.subject_id = employee.user_id if employee is not None else None
        if slip.occurred_on > dates.today(session):
            raise UserError(FUTURE, field="occurred_on")
        if slip.offence_id is not None:
            _demand_in_force(session, slip)
        fines.demand_fitting(session, slip)
        if not slip.number:
            slip.number = numbered(session)
        if slip.issued_on is not None:
            slip.appeal_until = dates.until(session, dates.APPEAL_RULE, slip.issued_on)


def numbered(session: Session) -> str:
    """The next number of a slip in the branch, without gaps."""
    return f"CF{next_number(session, current_branch_id(), NUMBERS):06d}"


def _demand_in_force(session: Session, slip: models.Slip) -> None:
    offence = session.get(models.Offence, slip.offence_id)
    tariff = session.get(models.OffenceTariff, offence.tariff_id) if offence is not None else None
    if tariff is None or tariff.state != PUBLISHED or tariff.effective_on > slip.occurred_on:
        raise UserError(NOT_IN_FORCE, field="offence_id")


def guard_slip(slip: models.Slip) -> None:
    if slip.state != DRAFTED:
        raise UserError(STAYS, status=409)


def check_witness(witness: models.SlipWitness) -> None:
    """A witness signs in person, one after the other, and neither is concerned."""
    session = _session()
    with session.no_autoflush:
        setwise.hold(session, models.Slip, witness.slip_id)
        slip = session.get(models.Slip, witness.slip_id, populate_existing=True)
        if slip is None or slip.state != REFUSED:
            raise UserError(NOT_REFUSED, field="slip_id")
        witness.user_id, witness.signed_on = current_user_id() or 0, dates.today(session)
        if witness.user_id in (slip.subject_id, slip.issued_by):
            raise UserError(CONCERNED, field="slip_id", status=403)


def check_appeal(appeal: models.Appeal) -> None:
    """Filed by the employee in time; the answer may change the fine within what the slip's item allows."""
    session = _session()
    with session.no_autoflush:
        slip = session.get_one(models.Slip, appeal.slip_id)
        if not appeal.id:
            _file(session, appeal, slip)
        else:
            _fits(session, appeal, slip)


def _file(session: Session, appeal: models.Appeal, slip: models.Slip) -> None:
    if slip.subject_id != current_user_id():
        raise UserError(NOT_YOUR_SLIP, field="slip_id", status=403)
    if slip.state == ISSUED:
        raise UserError(NOT_SIGNED, field="slip_id")
    if slip.state not in (EFFECTIVE, REFUSED):
        raise UserError(NOT_NOW, status=409)
    appeal.filed_on = dates.today(session)
    refusing.demand(session, dates.APPEAL_RULE, APPEAL, appeal, slip.issued_on or appeal.filed_on)
    appeal.subject_id, appeal.state = slip.subject_id, FILED
    appeal.answer = appeal.outcome = appeal.new_fine = None
    appeal.answer_until = dates.until(session, dates.ANSWER_RULE, appeal.filed_on)


def _fits(session: Session, appeal: models.Appeal, slip: models.Slip) -> None:
    if appeal.outcome != models.CHANGED:
        appeal.new_fine = None
        return
    if appeal.new_fine is None:
        raise UserError(NEW_FINE, field="new_fine")
    fines.demand_within(session, slip, appeal.new_fine, "new_fine")


def guard_appeal(_appeal: models.Appeal) -> None:
    """What was filed stays; the move that answers it is all that changes it."""
    raise UserError(FILED_STAYS, status=409)


def check_measure(measure: models.Measure) -> None:
    """It is asked for on the day on which it is entered."""
    measure.state = measure.state or ASKED
    measure.asked_on = measure.asked_on or dates.today(_session())


def check_deduction(deduction: models.Deduction) -> None:
    """What is kept back is worked out by HR-R06 once, when it is entered; while that is off, nothing is."""
    if deduction.id:
        return
    session = _session()
    with session.no_autoflush:
        slip = session.get_one(models.Slip, deduction.slip_id)
        if slip.state != EFFECTIVE or not slip.fine:
            raise UserError(NOT_EFFECTIVE, field="slip_id")
        day = _effective(session, slip)
        refusing.demand(session, FUND_RULE, DEDUCTION, deduction, day)
        span, basis = amounts.amount(session, FUND_RULE, _facts(session, deduction), day, current_branch_id())
        if span is None:
            raise UserError(NOT_EFFECTIVE, field="slip_id")
        settings = stored.live_map(basis.settings)
        deduction.amount, deduction.fund = span.high, settings["fund"]
        deduction.wage_month = f"{day:%Y-%m}"
        deduction.state = WAITING


def keep_deduction(session: Session, deduction: models.Deduction, what: str) -> None:
    """Write down what HR-R06 came to, so that it can be explained and worked out again."""
    if what == ADDED:
        day = _effective(session, session.get_one(models.Slip, deduction.slip_id))
        facts = _facts(session, deduction)
        amounts.keep_amount(session, FUND_RULE, DEDUCTION, deduction.id, facts, day, deduction.branch_id)


def _effective(session: Session, slip: models.Slip) -> date:
    return slip.effective_on or dates.today(session)


def _facts(session: Session, deduction: models.Deduction) -> FactsOf:
    entities = installation().entities
    return FactsOf(session, entities[DEDUCTION], deduction, entities)
