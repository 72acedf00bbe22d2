"""What follows from a call-back, and when a project is over: told to the rule book."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.entities.service import ADDED, tell
from core.handbook.settings import settings_on
from core.installation import installation
from core.people.access import current_person
from core.workflow.service import carry_out
from core.worklist.events import happened
from plugins.decoration.calls.ending import tell_subject, tell_visits
from plugins.decoration.checks.callbacks import check_call_back
from plugins.decoration.models.callbacks import CallBack, Questionnaire
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

SATISFACTION_RULE = "DEC-R70"


def written(session: Session, record: CallBack, what: str) -> None:
    """A call-back that is done closes what asked for it, plans what follows, and is heard of."""
    if what != c.DONE:
        return
    for kind in kinds_closed(session, record):
        happened(session, c.event(kind), [record], record.done_on)
    tell_who_called(session, record)
    rate(session, record)
    tell_subject(session, record)
    if record.kind == c.PROSPECT:
        _prospect_called(session, record)
    elif record.next_on is not None:
        plan_next(session, record)


def kinds_closed(session: Session, record: CallBack) -> tuple[str, ...]:
    """Its own kind; where a branch lets one call stand for both weekly series, the other of them too (AMB-12)."""
    if record.kind in c.BOTH_WEEKLY and stands_for_both(session, record):
        return c.BOTH_WEEKLY
    return (record.kind,)


def stands_for_both(session: Session, record: CallBack) -> bool:
    """DEC-R70, as set on the day of the call."""
    rule = installation().rules.rules[SATISFACTION_RULE]
    day = record.done_on or record.due_on
    return bool(settings_on(session, rule, current_branch_id(), day)["one_call_for_both"])


def tell_who_called(session: Session, record: CallBack) -> None:
    """The manager's own call is what the manager owes; of any other the manager hears, and calls VIPs back."""
    if not is_the_managers():
        happened(session, c.REPORTED, [record], record.done_on)
        tell_of_vip(session, record.customer_id, record.done_on)
        return
    happened(session, c.BY_MANAGER, [record], record.done_on)
    if record.kind == c.PROSPECT:
        happened(session, c.PROSPECT_BY_MANAGER, [record], record.done_on)
    tell_visits(session, record)


def rate(session: Session, record: CallBack) -> None:
    """What the customer thinks of how it was settled counts among the scores of the call."""
    if record.rating is None:
        return
    record.lowest = min(record.rating, record.lowest or record.rating)
    record.satisfied = record.lowest >= satisfied_from(session, record.done_on or record.due_on)
    session.flush()


def satisfied_from(session: Session, day: date) -> int:
    """The score from which on a customer is content (DEC-R70), as set on a day."""
    rule = installation().rules.rules[SATISFACTION_RULE]
    return int(settings_on(session, rule, current_branch_id(), day)["satisfied_from"])


def tell_of_vip(session: Session, customer_id: int, day: date | None) -> None:
    """Something was reported of a customer; of a VIP the manager asks in person (DEC-R28)."""
    customer = session.get(Customer, customer_id)
    if customer is not None:
        happened(session, c.VIP_REPORTED, [customer], day)


def is_the_managers() -> bool:
    person = current_person()
    return person is not None and any(each.id == n.MANAGER for each in person.positions)


def plan_next(session: Session, record: CallBack) -> None:
    """What follows on a day is an ad hoc call-back of its own (DEC-R66), by the same person."""
    following = CallBack(
        branch_id=record.branch_id,
        customer_id=record.customer_id,
        house_id=record.house_id,
        commission_id=record.commission_id,
        site_id=record.site_id,
        kind=c.AD_HOC,
        about=record.follow_up,
        due_on=record.next_on,
        person_id=record.caller_id,
    )
    check_call_back(following)
    session.add(following)
    session.flush()
    tell(session, installation().entities[c.CALL_BACK], following, ADDED)


def _prospect_called(session: Session, record: CallBack) -> None:
    """The prospect's file tells of the last call, and when to call next (DEC-R03); with the first the prospect is
    contacted (DEC-W1)."""
    customer = session.get(Customer, record.customer_id)
    if customer is not None:
        customer.call_result = record.summary
        customer.call_back_on = record.next_on or customer.call_back_on
        session.flush()
        if customer.state == n.REGISTERED:
            carry_out(session, installation().entities[n.CUSTOMER], customer, "contact", {})


def questionnaire_written(session: Session, record: Questionnaire, what: str) -> None:
    """Of the versions of a branch one is in force."""
    if what != c.IN_FORCE:
        return
    earlier = Questionnaire.state == c.IN_FORCE, Questionnaire.id != record.id
    for each in session.scalars(select(Questionnaire).where(*earlier)).all():
        carry_out(session, installation().entities[c.QUESTIONNAIRE], each, "replace", {})


def project_ended(session: Session, site: Site) -> None:
    """A project ends on the day on which its works are completed: the weekly call on satisfaction ends with it."""
    if site.commission_id is None or site.completed_on is None:
        return
    commission: Any = session.get(Commission, site.commission_id)
    if commission is not None and commission.ended_on != site.completed_on:
        commission.ended_on = site.completed_on
        session.flush()
