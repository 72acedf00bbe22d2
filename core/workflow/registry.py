"""What is wrong with workflows, judged when the application is made; and the one of an entity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from core.data import Posted, RowVersion
from core.entities.spec import Entity
from core.handbook.conditions import NoFieldError, target_of
from core.handbook.kinds import Check, Deadline, Rule
from core.installation import installation
from core.workflow.kinds import Transition, Workflow

TRANSITION_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
LONGEST_ID = 40


def workflow_of(entity: Entity) -> Workflow | None:
    """How records of an entity move; None where they do not."""
    return installation().workflows.get(entity.id)


NO_RULES: Mapping[str, Rule] = {}


def judged(
    workflows: Iterable[Workflow], entities: Mapping[str, Entity], rules: Mapping[str, Rule] = NO_RULES
) -> list[str]:
    """What does not fit the entities and the rules, one sentence each."""
    return [
        f"workflow of {each.entity}: {problem}"
        for each in workflows
        for problem in (*_problems(each, entities.get(each.entity), rules), *_people(each, entities))
    ]


def _problems(workflow: Workflow, entity: Entity | None, rules: Mapping[str, Rule]) -> Iterator[str]:
    if entity is None:
        yield "there is no such entity; name one that is there"
        return
    yield from _model(entity)
    yield from _field(workflow, entity)
    yield from _table(workflow)
    for each in workflow.transitions:
        for problem in (*_transition(workflow, entity, each), *_ruled(entity, each, rules)):
            yield f"transition {each.id}: {problem}"


def _people(workflow: Workflow, entities: Mapping[str, Entity]) -> Iterator[str]:
    if workflow.entity not in entities:
        return
    for each in workflow.transitions:
        for path in filter(None, (each.only_by, *each.not_by)):
            try:
                target_of(entities[workflow.entity], path, entities)
            except NoFieldError as error:
                yield f"transition {each.id}: {error}"


def _model(entity: Entity) -> Iterator[str]:
    name = entity.model.__name__
    if issubclass(entity.model, Posted):
        yield f"{name} is a posted fact, which never changes; keep the state in a record of its own"
    elif not issubclass(entity.model, RowVersion):
        yield f"{name} has no row version, by which two moves at a time are told apart; add RowVersion to it"


def _field(workflow: Workflow, entity: Entity) -> Iterator[str]:
    each, column = entity.by_name.get(workflow.field), entity.column(workflow.field)
    if each is None or column is None:
        yield f"the field {workflow.field} is none of the entity's with a column; describe it"
        return
    if entity.writable(each):
        yield f"the field {workflow.field} can be entered by hand; describe it as readonly"
    if {code for code, _label in each.options} != {state.id for state in workflow.states}:
        yield f"the choices of {workflow.field} are not its states; make the field by `state_field`"
    if entity.default_of(each) != workflow.initial:
        yield f"a new record does not begin as {workflow.initial}; make that the column's default"


def _table(workflow: Workflow) -> Iterator[str]:
    states = [each.id for each in workflow.states]
    moves = [each.id for each in workflow.transitions]
    for name, ids in (("state", states), ("transition", moves)):
        for double in sorted({each for each in ids if ids.count(each) > 1}):
            yield f"the {name} {double} stands there twice"
    if workflow.initial not in states:
        yield f"it begins as {workflow.initial}, which is none of its states"
    else:
        for lost in sorted(set(states) - reached(workflow)):
            yield f"no move leads to the state {lost}"


def reached(workflow: Workflow) -> frozenset[str]:
    """The states that a new record can come to."""
    found, ahead = {workflow.initial}, [workflow.initial]
    while ahead:
        here = ahead.pop()
        new = {each.to for each in workflow.out_of(here)} - found
        found |= new
        ahead += sorted(new)
    return frozenset(found)


def _transition(workflow: Workflow, entity: Entity, each: Transition) -> Iterator[str]:
    if not TRANSITION_ID.fullmatch(each.id) or len(each.id) > LONGEST_ID:
        yield "write its id in small letters, digits and hyphens"
    states = {state.id for state in workflow.states}
    for name in (*each.source, each.to):
        if name not in states:
            yield f"it names the state {name}, which is not there"
    if not each.source:
        yield "it starts from no state"
    if each.right and each.right not in (*entity.rights, *(name for name, _label in entity.extra_rights)):
        yield f"it needs the right {each.right}, which does not exist on {entity.id}"
    if each.otherwise and workflow.transition(each.otherwise) is None:
        yield f"where approval is refused it names {each.otherwise}, which is no transition"
    yield from _entered(workflow, entity, each)


def _ruled(entity: Entity, each: Transition, rules: Mapping[str, Rule]) -> Iterator[str]:
    for name in (guard for guard in each.guards if isinstance(guard, str)):
        rule = rules.get(name)
        if not isinstance(rule, Check) or rule.entity != entity.id or each.id not in rule.moments:
            yield f"its guard {name} is no check of {entity.id} whose moments name {each.id}"
    if each.within and not isinstance(rules.get(each.within), Deadline):
        yield f"it is due within {each.within}, which is no deadline of the rule book"


def _entered(workflow: Workflow, entity: Entity, each: Transition) -> Iterator[str]:
    for name in each.entered:
        field = entity.by_name.get(name)
        if field is None or entity.column(name) is None or field.value is not None:
            yield f"it asks for {name}, which is no field with a column"
        elif name == workflow.field or entity.kind(field) == "json":
            yield f"it asks for {name}, which nobody can enter"
    named: list[tuple[str, tuple[str, ...]]] = [
        (name, ("reference",)) for name in (each.by, each.asker, each.locks) if name
    ]
    named += [(name, ("date", "instant")) for name in each.dated]
    for name, kinds in named:
        field = entity.by_name.get(name)
        if field is None or entity.column(name) is None or entity.kind(field) not in kinds:
            yield f"it names {name}, which is no field with a column for a {' or '.join(kinds)}"
    for name, _value in each.sets:
        if name == workflow.field or name not in entity.by_name or entity.column(name) is None:
            yield f"it sets {name}, which is no field with a column of its own"
    for name in each.witnesses.not_in if each.witnesses is not None else ():
        if name not in entity.by_name:
            yield f"its witnesses are not to be in {name}, which is no field"
