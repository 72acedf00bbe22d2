"""From the record of an event to what the obligation is about, as SQL over plain tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, Subquery, select, true
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import table_of
from core.entities.spec import Entity
from core.handbook.conditions import as_sql, target_of
from core.handbook.kinds import Obliging, Rule
from core.handbook.own.rules import own_rule
from core.installation import installation
from core.worklist.models import BRANCH_ENTITY


@dataclass(frozen=True)
class Subjects:
    """What an obligation of a rule is about: an entity's rows, or the branch itself."""

    entity: Entity
    is_branch: bool

    @property
    def table(self) -> Any:
        return table_of(self.entity.model)


def subjects_of(rule: Obliging) -> Subjects:
    known = installation().entities
    return Subjects(known[rule.entity or BRANCH_ENTITY], not rule.entity)


def entity_of_event(event: str) -> Entity:
    return installation().entities[event.rpartition(".")[0]]


def way_to(source: Entity, rule: Obliging) -> str:
    """The dotted field by which an event's record leads to the rule's subject; empty where it is the subject itself.

    Raises ValueError where none or several of its references do.
    """
    if not rule.entity or source.id == rule.entity:
        return ""
    found = [each.name for each in source.fields if each.target == rule.entity]
    if len(found) != 1:
        raise ValueError(f"rule {rule.id}: {source.id} does not lead to one {rule.entity}")
    return found[0]


def led(source: Entity, path: str, happened: Subquery, is_branch: bool) -> Select[Any]:
    """subject, record, day of the records of an event (`happened`: id and day) whose `path` leads to a subject."""
    rows: Any = table_of(source.model).alias("happened_to")
    if is_branch:
        return select(_here().label("subject"), happened.c.id.label("record"), happened.c.day)
    if not path:
        return select(happened.c.id.label("subject"), happened.c.id.label("record"), happened.c.day)
    joined: FromClause = happened.join(rows, rows.c.id == happened.c.id)
    way = target_of(source, f"{path}.id", installation().entities).way
    for number, (column, entity) in enumerate(way[:-1]):
        further: Any = table_of(entity.model).alias(f"way_{number}")
        joined = joined.join(further, further.c.id == rows.c[column])
        rows = further
    subject = rows.c[way[-1][0]]
    led_to = select(subject.label("subject"), happened.c.id.label("record"), happened.c.day)
    return led_to.select_from(joined).where(subject.is_not(None))


def narrowed_by(rule: Obliging, conditions: Sequence[Any], rows: Any) -> ColumnElement[bool]:
    """What keeps the rows of the subject (or, where that is the branch, of the event) that the conditions hold of."""
    if not conditions:
        return true()
    entity = subjects_of(rule).entity if rule.entity else entity_of_event(getattr(rule, "event", ""))
    return as_sql(entity, conditions, installation().entities, source=rows)


def person_of(rule: Obliging, rows: Any) -> Any:
    """The user who owes it, in the rows of the subject (where that is the branch, of the event) or in those that they
    point to; None where the rule names nobody."""
    if not rule.person:
        return None
    entity = subjects_of(rule).entity if rule.entity else entity_of_event(getattr(rule, "event", ""))
    target = target_of(entity, rule.person, installation().entities)
    return _through(target.way, rows, target.name)


def _through(way: Sequence[tuple[str, Entity]], rows: Any, name: str) -> Any:
    if not way:
        return rows.c[name]
    (column, entity), *further = way
    there = table_of(entity.model).alias()
    found = select(_through(further, there, name)).where(there.c.id == rows.c[column])
    return found.correlate(rows).scalar_subquery()


def _here() -> Any:
    from sqlalchemy import literal

    return literal(current_branch_id())


def known(session: Session, rule_id: str, version: int | None = None) -> Rule | None:
    """The rule of an id: of a department, or an administrator's own (of a version, else as last published)."""
    return installation().rules.get(rule_id) or own_rule(session, rule_id, version)


def is_on(session: Session, rule: Rule) -> bool:
    """Whether the plugin whose rule it is, is on in the active branch."""
    from core.branches.switches import CORE, plugins_on

    owner = installation().rules.owners.get(rule.id, CORE)
    return owner == CORE or owner in plugins_on(session, current_branch_id())
