"""Whether descriptions fit the models and each other: fields, references, rights, grants, menu."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from core.entities.spec import STANDARD_ACTIONS, Entity, Field
from core.host import Host
from core.people.positions import Position
from core.tooling.checks.problem import Problem
from core.visits.kinds import PHOTO, Round


def check_descriptions(owner: str, host: Host) -> Iterator[Problem]:
    """What is wrong in the descriptions of one owner, judged with everything else that runs."""
    entities: dict[str, Entity] = {each.id: each for _owner, each in host.gather("entities")}
    for _owner, entity in _own(owner, host, "entities"):
        yield from _check_entity(entity, entities)
    for _owner, position in _own(owner, host, "positions"):
        yield from _check_position(position, entities)
    for _owner, round_ in _own(owner, host, "rounds"):
        yield from _check_round(round_, entities)
    for hook in ("menu", "jobs", "imports", "rounds", "measures"):
        for _owner, item in _own(owner, host, hook):
            place = f"{hook}: {getattr(item, 'id', '') or item.label}"
            yield from _check_right(place, item.entity, item.right, entities)
    for _owner, work in _own(owner, host, "work"):
        if work.entity:
            yield from _check_right(f"work: {work.id}", work.entity, work.right, entities)


def rights_of(entity: Entity) -> frozenset[str]:
    """The named actions that exist on an entity."""
    return frozenset(entity.rights) | {name for name, _label in entity.extra_rights}


def _own(owner: str, host: Host, hook: str) -> list[tuple[str, Any]]:
    return [each for each in host.gather(hook) if each[0] == owner]


def _check_entity(entity: Entity, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    place = f"entity {entity.id}"
    for each in entity.fields:
        yield from _check_field(place, entity, each, entities)
    yield from _check_names(place, entity)
    for name in sorted(set(entity.rights) - set(STANDARD_ACTIONS)):
        yield Problem(
            place, f"rights name {name!r}", "put actions of its own, with a label, into extra_rights"
        )
    for action in entity.actions:
        if action.right not in rights_of(entity):
            yield Problem(
                place, f"action {action.id} needs the right {action.right!r}", "add it to the entity's rights"
            )
    for related in entity.related:
        yield from _check_related(place, related.entity, related.via, entities)


def _check_names(place: str, entity: Entity) -> Iterator[Problem]:
    if not hasattr(entity.model, entity.title):
        yield Problem(place, f"title is {entity.title!r}", f"name an attribute of {entity.model.__name__}")
    for name in (each.removeprefix("-") for each in entity.order):
        if entity.column(name) is None:
            yield Problem(
                place, f"order names {name!r}", "name columns of the model, with - in front to turn round"
            )
    for name in (*entity.natural_key, *entity.key_facts, *([entity.state] if entity.state else [])):
        if name not in entity.by_name:
            yield Problem(place, f"names {name!r}, which it does not describe", "add a Field of that name")


def _check_field(
    place: str, entity: Entity, each: Field, entities: Mapping[str, Entity]
) -> Iterator[Problem]:
    if not each.label:
        yield Problem(place, f"field {each.name} has no label", "give it one, through lazy_gettext")
    if entity.column(each.name) is None and each.value is None:
        advice = f"add the column to {entity.model.__name__}, or give the field a value function"
        yield Problem(place, f"field {each.name} has no column", advice)
    if each.target and each.target not in entities:
        yield Problem(place, f"field {each.name} points to {each.target}", "name an entity that is there")


def _check_related(place: str, name: str, via: str, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    if name not in entities:
        yield Problem(place, f"related names the entity {name}", "name an entity that is there")
    elif entities[name].column(via) is None:
        yield Problem(
            place, f"related names {via!r}, which is no column of {name}", "name the column that points here"
        )


def _check_position(position: Position, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    place = f"position {position.id}"
    for grant in position.grants:
        if not str(grant.clause).strip():
            yield Problem(
                place, f"grants {grant.entity} without a clause", "name the clause that justifies it"
            )
        for action in sorted(grant.actions):
            yield from _check_right(place, grant.entity, action, entities)
        known = entities[grant.entity].by_name if grant.entity in entities else {}
        for name in sorted(set(grant.fields) - set(known)):
            advice = "name fields that the entity describes"
            yield Problem(
                place, f"says a level for {name} of {grant.entity}, which has no such field", advice
            )


def _check_round(round_: Round, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    place = f"rounds: {round_.id}"
    yield from _check_right(place, round_.stop_entity, "see", entities)
    photos = any(each.kind == PHOTO for each in round_.entries)
    if photos and round_.entity in entities and not entities[round_.entity].files:
        yield Problem(
            place, f"takes photos, and {round_.entity} keeps no files", "give the entity files=True"
        )


def _check_right(place: str, entity: str, right: str, entities: Mapping[str, Entity]) -> Iterator[Problem]:
    if entity not in entities:
        yield Problem(place, f"names the entity {entity}", "name an entity that is there")
    elif right not in rights_of(entities[entity]):
        there = ", ".join(sorted(rights_of(entities[entity])))
        yield Problem(place, f"names the action {right!r} on {entity}", f"there are: {there}")
