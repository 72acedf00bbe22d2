"""The words of a message: the nearest branch's own up the tree, else those of its plugin, with a record's values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from core.branches.models import Branch
from core.branches.scope import system_scope
from core.data import UserError
from core.data.marks import N_
from core.entities.spec import Entity, Field
from core.installation import installation
from core.messages.kinds import BEYOND, MessageTemplate, is_whole, places
from core.messages.models import OwnTemplate
from core.people.rights.masks import masked
from core.ui import format as shown

LONGEST_SUBJECT = 200
UNKNOWN_PLACE = N_("%(names)s is no place that this message has. It has: %(known)s.")
LONE_PERCENT = N_("Write a percent sign twice, and places as they stand in the list of names.")


@dataclass(frozen=True)
class Words:
    """A text with its places still open."""

    subject: str
    body: str


def template_of(template_id: str) -> MessageTemplate:
    """A declared template; LookupError for one that no running plugin declares."""
    return installation().templates[template_id]


def words_for(session: Session, template: MessageTemplate, branch_id: int, language: str) -> Words:
    """The words that hold in a branch for a language ("zh" or "en")."""
    way = _way_up(session, branch_id)
    wanted = select(OwnTemplate).where(
        OwnTemplate.template == template.id,
        OwnTemplate.language == language[:2],
        OwnTemplate.branch_id.in_(way),
    )
    with system_scope("words of branches above hold below them"), session.no_autoflush:
        found = {each.branch_id: each for each in session.scalars(wanted)}
    own = next((found[each] for each in way if each in found), None)
    if own is not None:
        return Words(own.subject, own.body)
    with force_locale(language):
        return Words(gettext(template.subject), gettext(template.body))


def _way_up(session: Session, branch_id: int) -> list[int]:
    above = {row[0]: row[1] for row in session.execute(select(Branch.id, Branch.parent_id))}
    way: list[int] = []
    here: int | None = branch_id
    while here is not None and here not in way:
        way.append(here)
        here = above.get(here)
    return way


def filled(words: Words, values: Mapping[str, str], language: str) -> Words:
    """The words with their places filled."""
    subject = " ".join((words.subject % dict(values)).split())[:LONGEST_SUBJECT]
    return Words(subject, words.body % dict(values))


def values_of(
    entity: Entity, record: Any, branch: Branch, language: str, named: Collection[str] | None = None
) -> dict[str, str]:
    """Everything that a text may name, as text in a language; with `named`, no record is read for other references."""
    with force_locale(language):
        found = {
            each.name: _text(entity, each, record)
            for each in entity.fields
            if named is None or each.name in named or not each.target
        }
        found["branch"] = branch.name(language)
    found["link"] = f"{installation().settings.public_url}{entity.path}{record.id}"
    return found


def _text(entity: Entity, each: Field, record: Any) -> str:
    value = each.value(record) if each.value is not None else getattr(record, each.name)
    if value is None:
        return ""
    kind = entity.kind(each)
    if kind == "reference":
        return _title(record, each.target, value)
    if kind == "choice":
        return str(dict(each.options).get(value, value))
    if kind == "money" and isinstance(value, Decimal):
        return shown.money(value)
    if isinstance(value, datetime):
        return shown.datetime(value)
    return shown.date(value) if isinstance(value, date) else str(value)


def _title(record: Any, target: str, row_id: int) -> str:
    """How a record is called that another points to; masked where that is not for everybody, as any may read it."""
    entity, session = installation().entities[target], object_session(record)
    row = (
        session.scalar(select(entity.model).where(entity.model.id == row_id)) if session is not None else None
    )
    if row is None:
        return f"#{row_id}"
    title = entity.field(entity.title) if entity.title in entity.by_name else None
    text = entity.title_of(row) if title is None or title.value is None else str(title.value(row))
    return masked(title.mask, text) if title is not None and title.mask else text


def known_places(entity: Entity) -> frozenset[str]:
    """The names that a text about a record of an entity may hold."""
    return frozenset({*entity.by_name, *BEYOND})


def demand_places(entity: Entity, subject: str, body: str) -> None:
    """Raise UserError for a text with places that the entity does not fill."""
    for name, text in (("subject", subject), ("body", body)):
        unknown = sorted(places(text) - known_places(entity))
        if unknown:
            known = shown.listed(sorted(known_places(entity)))
            raise UserError(UNKNOWN_PLACE, status=422, field=name, names=shown.listed(unknown), known=known)
        if not is_whole(text):
            raise UserError(LONE_PERCENT, status=422, field=name)


def problems_of(template: MessageTemplate, entities: Mapping[str, Entity]) -> list[str]:
    """What does not fit of a declared template, one sentence each."""
    entity = entities.get(template.entity)
    if entity is None:
        return [f"message {template.id}: there is no entity {template.entity}"]
    found = sorted((places(template.subject) | places(template.body)) - known_places(entity))
    wrong = [f"message {template.id}: it names {each}, which {entity.id} has not" for each in found]
    if not is_whole(template.subject) or not is_whole(template.body):
        wrong.append(f"message {template.id}: a percent sign stands alone; write it twice")
    return wrong
