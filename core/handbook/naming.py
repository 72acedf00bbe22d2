"""Whether what a rule names is there: entities and their fields, positions, measures and its own settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import inspect as sa_inspect

from core.entities.spec import Entity
from core.handbook.conditions import NoFieldError, named_in, target_of
from core.handbook.kinds import (
    Access,
    Approval,
    Cadence,
    Checklist,
    Deadline,
    Notice,
    Obliging,
    Rule,
    Threshold,
)
from core.handbook.values import DATE, DAYS, MONTHS, POSITION, WEEKS, WORKDAYS, YEARS, YES_NO, Setting


def problems_of(
    rule: Rule, entities: Mapping[str, Entity], positions: frozenset[str], measures: frozenset[str]
) -> Iterator[str]:
    """Each thing that a rule names and nobody declares."""
    for name in _entities(rule):
        if name not in entities:
            yield f"there is no entity {name}"
    for name in _positions(rule):
        if name not in positions:
            yield f"there is no position {name}"
    if isinstance(rule, Threshold) and rule.measure not in measures:
        yield f"there is no measure {rule.measure}"
    names = [each.name for each in rule.settings]
    for name in settings_named(rule):
        if name not in names:
            yield f"it has no setting {name}"
    if len(set(names)) < len(names):
        yield "two of its settings have one name"
    if not [name for name in settings_named(rule) if name not in names]:
        yield from _uncountable(rule)
    yield from _fields(rule, entities)
    yield from _person(rule, entities)


def _person(rule: Rule, entities: Mapping[str, Entity]) -> Iterator[str]:
    """Whether the field of a person leads to one."""
    path = rule.person if isinstance(rule, Obliging) else ""
    entity = (
        entities.get(rule.entity or _entity_of_event(rule)) if path and isinstance(rule, Obliging) else None
    )
    if entity is None:
        if path:
            yield f"the branch itself has no field {path}, so no person can be found by it"
        return
    try:
        found = target_of(entity, path, entities)
    except NoFieldError:
        return  # said of all fields
    column = sa_inspect(found.entity.model).columns.get(found.name)
    if column is None or not any(key.column.table.name == "ab_user" for key in column.foreign_keys):
        yield f"{path} is no user; name the field that keeps one"


def _uncountable(rule: Rule) -> Iterator[str]:
    """What of a deadline or cadence no calendar can count."""
    if isinstance(rule, Deadline) and rule.within and rule.before:
        yield "it is counted both from its event and back from it; keep one of within and before"
    if isinstance(rule, Obliging) and rule.switch and rule.setting(rule.switch).kind != YES_NO:
        yield "its switch says neither yes nor no; let it name a setting of that kind"
    if isinstance(rule, Cadence):
        kinds = {name: rule.setting(name).kind for name in settings_named(rule)}
        counted = [name for name in ("begins_after", "ends_after", "lunar") if getattr(rule, name)]
        if counted and not rule.anchor:
            yield f"without an anchor nothing can be counted for {', '.join(counted)}"
        if rule.before and not rule.every and not rule.anchor and kinds.get(rule.on) != DATE:
            yield "it tells ahead of no date: name an anchor, every, or a date in on"
        if rule.lunar and (rule.on or kinds.get(rule.every) != YEARS):
            yield "a lunar day comes every so many years; let every name a setting of that kind, and on none"
    for name in ("before", "begins_after", "ends_after"):
        length = getattr(rule, name, "")
        if length and rule.setting(length).kind not in (DAYS, WORKDAYS, WEEKS, MONTHS, YEARS):
            yield f"{name} is counted in days, working days, weeks, months or years"


def _entities(rule: Rule) -> list[str]:
    named = [getattr(rule, "entity", "")]
    if isinstance(rule, Access):
        named += [each[1] for each in rule.grants]
        named += [each[0] for each in (*rule.only, *rule.masked)]
    return [name for name in dict.fromkeys(named) if name]


def _positions(rule: Rule) -> list[str]:
    named: list[str] = [
        each.default for each in rule.settings if each.kind == POSITION and each.default is not None
    ]
    if isinstance(rule, Obliging):
        named += [rule.owner, *(step.position for step in rule.ladder)]
    if isinstance(rule, Checklist):
        named.append(rule.by)
    if isinstance(rule, Approval):
        named += rule.positions
    if isinstance(rule, Notice):
        named += rule.to
    if isinstance(rule, Access):
        named += [each[0] for each in rule.grants]
    return [name for name in dict.fromkeys(named) if name]


def settings_named(rule: Rule) -> list[str]:
    """The settings that a rule's kind reads by their names."""
    named: list[str] = []
    if isinstance(rule, Deadline):
        named = [rule.within, rule.before, rule.by]
    if isinstance(rule, Cadence):
        named = [rule.every, rule.on, rule.before, rule.begins_after, rule.ends_after]
    if isinstance(rule, Threshold):
        named = [rule.target]
    if isinstance(rule, Approval):
        named = [rule.count, rule.decider, rule.wait]
    if isinstance(rule, Checklist | Notice):
        named = [rule.chosen]
    if isinstance(rule, Obliging):
        named += [rule.switch, *(step.days.name for step in rule.ladder if isinstance(step.days, Setting))]
    return [name for name in named if name]


def _fields(rule: Rule, entities: Mapping[str, Entity]) -> Iterator[str]:
    entity = entities.get(getattr(rule, "entity", "") or _entity_of_event(rule))
    if entity is None:
        return
    conditions = [*rule.where, *getattr(rule, "while_", ()), *getattr(rule, "paused", ())]
    plain = [getattr(rule, name, "") for name in ("anchor", "until", "person", "address", "first", "since")]
    known = entity.fact_of if isinstance(rule, Notice) else {}  # what is told of is judged record by record
    for path in (*named_in(conditions), *plain, *getattr(rule, "not_by", ())):
        if path and path not in known:
            try:
                target_of(entity, path, entities)
            except NoFieldError as error:
                yield str(error)


def _entity_of_event(rule: Rule) -> str:
    return str(getattr(rule, "event", "")).rpartition(".")[0]
