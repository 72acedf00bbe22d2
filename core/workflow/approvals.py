"""Which approvals a move needs, by the approval rules of the rule book: who may say yes, how many, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.entities.spec import Entity
from core.handbook.basis import basis_of
from core.handbook.conditions import holds
from core.handbook.facts import FactsOf
from core.handbook.kinds import Approval as Rule
from core.handbook.kinds import Settings
from core.handbook.own.rules import approvals
from core.handbook.settings import decisive, is_unset, settings_on
from core.installation import installation
from core.people.access import current_person
from core.people.rights.holding import Held
from core.workflow.kinds import Transition
from core.workflow.models import WAITING, Approval, MoveRequest
from core.workflow.patience import demand_waited

Step = dict[str, Any]
"""The rule and its basis, the positions that may decide, and the user ids that may not; `also` are the ids of further
rules that ask for the same yes."""


def rules_about(entity: Entity) -> list[Rule]:
    """The approval rules about moves of an entity."""
    every: list[Rule] = installation().rules.of_kind(Rule)
    return [each for each in every if each.entity == entity.id]


def rules_for(entity: Entity, transition: Transition) -> list[Rule]:
    """The approval rules about one move."""
    return [each for each in rules_about(entity) if each.transition == transition.id]


def rules_here(session: Session, entity: Entity, transition: Transition, day: date) -> list[Rule]:
    """As `rules_for`, then those that administrators wrote, as they are in force in the active branch on a day."""
    own = approvals(session, entity.id, transition.id, current_branch_id(), day)
    return [*rules_for(entity, transition), *own]


def chain_for(
    session: Session,
    entity: Entity,
    record: Any,
    transition: Transition,
    values: Mapping[str, Any],
    day: date,
) -> list[Step]:
    """The steps of approval that a move with these values needs; none where nobody is asked.

    Rules that ask the same positions share their steps: nobody says yes twice, and one may suffice for all of them.
    """
    facts = FactsOf(session, entity, record, installation().entities, values)
    chain: list[Step] = []
    for rule in rules_here(session, entity, transition, day):
        _join(chain, _steps(session, facts, rule, day), rule.in_order)
    return chain


def _join(chain: list[Step], more: list[Step], in_order: bool) -> None:
    """Add the steps of a rule to those of others."""
    earlier = [] if in_order else list(chain)
    for step in more:
        same = next((each for each in earlier if each["positions"] == step["positions"]), None)
        if same is None:
            chain.append(step)
            continue
        earlier.remove(same)
        same["also"] = [*same.get("also", ()), step["rule"]]
        same["not"] = sorted({*same["not"], *step["not"]})


def _steps(session: Session, facts: FactsOf, rule: Rule, day: date) -> list[Step]:
    settings = settings_on(session, rule, current_branch_id(), day)
    people = asked_people(rule, settings, facts)
    if not people:
        return []
    demand_waited(session, rule, settings, facts, day)
    barred = [value for value in (facts[name] for name in rule.not_by) if value is not None]
    basis = basis_of(session, rule, settings).id
    return [{"rule": rule.id, "basis": basis, "positions": positions, "not": barred} for positions in people]


def asked_people(rule: Rule, settings: Settings, facts: FactsOf) -> list[list[str]]:
    """The positions of each step of a rule, one of which says yes in it; none where nobody is asked."""
    if is_unset(_decisive(rule, settings)) or not holds(rule.where, facts):
        return []
    if rule.needed is not None and not rule.needed(facts, settings):
        return []
    positions = deciders(rule, settings)
    count = int(settings[rule.count]) if rule.count else (len(positions) if rule.in_order else 1)
    return [
        [positions[min(number, len(positions) - 1)]] if rule.in_order else positions
        for number in range(count)
    ]


def _decisive(rule: Rule, settings: Settings) -> Settings:
    """What has to be set for anybody to be asked; without a figure for it nobody waits."""
    return {name: value for name, value in decisive(rule, settings).items() if name != rule.wait}


def deciders(rule: Rule, settings: Settings) -> list[str]:
    """The positions that decide by a rule with its settings."""
    return [settings[rule.decider]] if rule.decider else list(rule.positions)


def waiting_of(session: Session, entity: Entity, record_id: int) -> MoveRequest | None:
    """What waits for approval of a record."""
    wanted = select(MoveRequest).where(
        MoveRequest.entity == entity.id, MoveRequest.record_id == record_id, MoveRequest.state == WAITING
    )
    return session.scalar(wanted.order_by(MoveRequest.id).limit(1))


def said_of(session: Session, requests: Sequence[MoveRequest]) -> dict[int, list[Approval]]:
    """What was said of each of some requests, in order; one statement."""
    ids = [each.id for each in requests]
    found: dict[int, list[Approval]] = {each: [] for each in ids}
    if ids:
        rows = session.scalars(select(Approval).where(Approval.request_id.in_(ids)).order_by(Approval.id))
        for row in rows:
            found[row.request_id].append(row)
    return found


def present_step(request: MoveRequest) -> Step:
    """The step that waits."""
    step: Step = request.chain[min(request.said, request.steps - 1)]
    return step


def voice(request: MoveRequest, said: Sequence[Approval]) -> Held | None:
    """The appointment by which the reader may decide the step that waits; None where they may not.

    Nobody decides twice, be it for somebody else, nor what they asked for or what is about them.
    """
    person = current_person()
    if person is None or request.state != WAITING:
        return None
    step = present_step(request)
    barred = {request.asked_by, *step["not"]}
    barred |= {who for each in said for who in (each.user_id, each.for_user_id)}
    fitting = [
        held
        for held in person.held
        if held.position.id in step["positions"]
        and not ({person.user_id, held.acting_for_id} - {None}) & barred
    ]
    return min(fitting, key=lambda held: held.acting_for_id is not None, default=None)
