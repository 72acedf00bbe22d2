"""One record by its id: the statement is made once for each entity, and asked with the id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, bindparam, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Session, aliased
from werkzeug.exceptions import NotFound

from core.data import Posted, RowVersion
from core.entities.forms import is_written
from core.entities.query import MAX_ID
from core.entities.reading import title_texts_for_reader
from core.entities.reads import remembered
from core.entities.registry import entity_by_id
from core.entities.spanning import across, spans
from core.entities.spec import Entity

_ID = bindparam("one_id", type_=Integer)
_HELD = "zhidu_held"
_AS_HELD: dict[str, Any] = {}
_NEWEST = {"populate_existing": True}


def find(session: Session, entity: Entity, record_id: int) -> Any:
    """The record of an id inside the scope; NotFound for any other, whether it exists elsewhere or not."""
    return _row(session, entity, record_id)[0]


def find_with_titles(session: Session, entity: Entity, record_id: int) -> tuple[Any, dict[str, str]]:
    """As `find`; and, by the same statement, what the reader is shown of each record that its form refers to.

    By the fields' names. What is no column of the other record, or out of reach, is left out.
    """
    titled = tuple(each.name for each in entity.fields if _has_title_beside(entity, each))
    record, *texts = _row(session, entity, record_id, titled)
    found = {name: text for name, text in zip(titled, texts, strict=True) if text is not None}
    return record, {name: _shown(entity, record, name, text) for name, text in found.items()}


def find_to_change(session: Session, entity: Entity, record_id: int) -> Any:
    """As `find`; where the database can hold a row, nobody else changes it until the transaction ends.

    What is read then is the newest that there is, so its row version can be counted up with the change itself.
    """
    can_be_held = issubclass(entity.model, RowVersion) and not issubclass(entity.model, Posted)
    hold = can_be_held and session.get_bind().dialect.name == "postgresql"
    record = _row(session, entity, record_id, hold=hold)[0]
    if hold:
        session.info[_HELD] = (session.get_transaction(), record)
    return record


def is_held(session: Session, record: Any) -> bool:
    """Whether `find_to_change` has read the record in this transaction, and holds it."""
    transaction, held = session.info.get(_HELD, (None, None))
    return held is record and transaction is not None and transaction is session.get_transaction()


def _row(
    session: Session, entity: Entity, record_id: int, titled: tuple[str, ...] = (), hold: bool = False
) -> Any:
    def made() -> list[Select[Any]]:
        statement = select(entity.model).where(entity.model.id == _ID, *across(entity))
        if hold:
            # As an UPDATE holds it: what only points to the row is not kept waiting.
            statement = statement.with_for_update(key_share=True, of=entity.model)
        return [statement.add_columns(*(_title_beside(entity, name) for name in titled))]

    statement = remembered(("one", entity.serial, spans(entity), titled, hold), made)[0]
    if entity.criteria is not None:
        statement = statement.where(*entity.criteria())
    options = _NEWEST if hold else _AS_HELD
    given = {_ID.key: record_id}
    row = (
        session.execute(statement, given, execution_options=options).first() if record_id <= MAX_ID else None
    )
    if row is None:
        raise NotFound
    return row


def _has_title_beside(entity: Entity, each: Any) -> bool:
    if entity.kind(each) != "reference" or not is_written(entity, each, entity):
        return False
    target = entity_by_id(each.target)
    return target.title in sa_inspect(target.model).columns


def _title_beside(entity: Entity, name: str) -> Any:
    target = entity_by_id(entity.field(name).target)
    other = aliased(target.model)
    found = select(getattr(other, target.title)).where(other.id == getattr(entity.model, name))
    return found.scalar_subquery().label(f"title_of_{name}")


def _shown(entity: Entity, record: Any, name: str, text: Any) -> str:
    target = entity_by_id(entity.field(name).target)
    return title_texts_for_reader(target)(getattr(record, name), text)
