"""The story of a record: the days of what refers to it, told in its time line from the rows as they stand.

Nothing has to be told by whoever adds an entity: one that refers to the record takes part by itself, with the day of
its event and every date that no hand enters, such as those that moves of its workflow stamp.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from sqlalchemy import Column, ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from core.data import clock
from core.entities.cells import texts_of, values_of
from core.entities.hints import hint_names
from core.entities.reading import is_shown, readable, title_for_reader
from core.entities.registry import allowed
from core.entities.spanning import across, is_own
from core.entities.spec import Entity, Field
from core.installation import installation
from core.messages.kinds import IN_APP
from core.messages.models import Outgoing
from core.people.access import current_person, oversees
from core.timeline.rights import works_with
from core.ui import format as shown

MOST = 400
"""So many of the latest rows of one entity are told of one record; its list has them all."""
MOST_PARTICULARS = 3
_KEYS = 1_000_000
"""The keys that each kind of day has; of what happened in one instant they make an order that stays."""
_DAYS = frozenset({"date", "instant"})


@dataclass(frozen=True)
class Source:
    """Rows of `entity` whose field `via` points to the record; without `via`, the record itself."""

    entity: Entity
    via: str = ""

    def rows_of(self, record: Any) -> Any:
        """A select of the rows' ids that the reader may see."""
        return self.narrowed(select(self.entity.model.id), record)

    def narrowed(self, statement: Any, record: Any) -> Any:
        model = self.entity.model
        pointing: ColumnElement[bool] = getattr(model, self.via or "id") == record.id
        found = statement.where(pointing, *across(self.entity))
        return (
            found.where(*self.entity.criteria()) if self.via and self.entity.criteria is not None else found
        )


@dataclass(frozen=True)
class Told:
    """A day of a row: when it was, and which field of which entity says so; or a message that went out, of which the
    field is None. `key` orders those of one instant."""

    at: datetime
    key: int
    entity: Entity
    field: Field | None
    row: Any


def sources_of(entity: Entity, record: Any) -> list[Source]:
    """What the reader may see of what refers to the record; nothing where its description tells no story."""
    if not entity.story:
        return []
    found = [Source(entity)]
    for each in installation().entities.values():
        found += [Source(each, field.name) for field in each.fields if _leads(each, field, entity, record)]
    return found


def _leads(source: Entity, field: Field, entity: Entity, record: Any) -> bool:
    if field.target != entity.id or field.of or not isinstance(source.column(field.name), Column):
        return False
    if source.id == entity.id and not field.readonly:  # of its like only what no hand brought here
        return False
    if not allowed(source, "see") or not readable(source, field.name):
        return False
    return is_own(record) or oversees(source.id, "see")


def story(session: Session, entity: Entity, record: Any) -> Iterator[Told]:
    """The days that are past or today, in no order; one statement for each entity that refers to the record."""
    kinds, today, zone = 0, clock.today(_zone()), ZoneInfo(_zone())
    sources = sources_of(entity, record)
    for source in sources:
        names = _days_of(source.entity)
        if not names:
            continue
        model = source.entity.model
        wanted = source.narrowed(select(model), record).order_by(model.id.desc()).limit(MOST)
        rows: Sequence[Any] = session.scalars(wanted).all() if source.via else [record]
        for number, name in enumerate(names, start=kinds):
            each = source.entity.field(name)
            for row in rows:
                value = getattr(row, name)
                if value is not None and _day(value, zone) <= today:
                    key = number * _KEYS + row.id % _KEYS
                    yield Told(_instant(value, zone), key, source.entity, each, row)
        kinds += len(names)
    for row in _gone_out(session, sources, record):
        yield Told(
            row.sent_at or row.written_at,
            kinds * _KEYS + row.id % _KEYS,
            installation().entities[row.entity],
            None,
            row,
        )


def _gone_out(session: Session, sources: Sequence[Source], record: Any) -> Sequence[Outgoing]:
    """What was told to people outside about the record and what refers to it, to those who work with such records."""
    about = [
        and_(Outgoing.entity == each.entity.id, Outgoing.record_id.in_(each.rows_of(record)))
        for each in sources
        if works_with(each.entity)
    ]
    if not about or not is_own(record):
        return ()
    wanted = select(Outgoing).where(or_(*about), Outgoing.channel != IN_APP, Outgoing.sent_at.is_not(None))
    return session.scalars(wanted.order_by(Outgoing.id.desc()).limit(MOST)).all()


def shown_at(each: Told) -> str:
    """The day or moment as people read it."""
    value = each.at if each.field is None else getattr(each.row, each.field.name)
    return shown.datetime(value, _zone()) if isinstance(value, datetime) else shown.date(value)


def told(each: Told, record: Any) -> dict[str, Any]:
    """What the time line shows of a day: which it was, of what, and a few of its fields."""
    if each.field is None:
        return {"what": gettext("Told"), "tone": "info", "text": each.row.body or each.row.subject}
    item: dict[str, Any] = {"what": str(each.field.label), "tone": "neutral", "lines": [], "of": ""}
    if each.row is record:
        return item
    item["of"] = str(each.entity.label)
    if is_shown(each.entity, each.entity.title):
        item |= {"title": title_for_reader(each.entity, each.row), "url": f"{each.entity.path}{each.row.id}"}
    item["lines"] = list(_particulars(each.entity, each.row))
    return item


def _particulars(entity: Entity, row: Any) -> Iterator[str]:
    """A few of the row's fields, each with its label."""
    for name in hint_names(entity)[:MOST_PARTICULARS]:
        value = values_of(entity.field(name))(row)
        if value not in (None, ""):
            yield f"{entity.field(name).label}: {texts_of(entity, entity.field(name), {})(value)}"


def _days_of(entity: Entity) -> list[str]:
    """The day of the entity's event, and the dates that nobody enters by hand, as far as the reader may read them."""
    return [
        each.name
        for each in entity.fields
        if (each.readonly or each.name == entity.day)
        and entity.kind(each) in _DAYS
        and isinstance(entity.column(each.name), Column)
        and readable(entity, each.name)
    ]


def _day(value: date | datetime, zone: ZoneInfo) -> date:
    return value.astimezone(zone).date() if isinstance(value, datetime) else value


def _instant(value: date | datetime, zone: ZoneInfo) -> datetime:
    """A day stands at its beginning: what happened on it at some time follows it."""
    return value if isinstance(value, datetime) else datetime.combine(value, time.min, zone)


def _zone() -> str:
    person = current_person()
    return (
        person.branch.time_zone
        if person is not None and person.branch is not None
        else clock.DEFAULT_TIME_ZONE
    )
