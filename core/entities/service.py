"""Saving a record from a judged form; screens and REST calls share it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.models import BranchOwned
from core.branches.scope import ScopeError, current_branch_id
from core.data import RowVersion, UserError
from core.entities.forms import is_written
from core.entities.spec import Entity
from core.ui.shell_form import ShellForm


def find(session: Session, entity: Entity, record_id: int) -> Any:
    """The record of an id inside the scope; NotFound for any other, whether it exists elsewhere or not."""
    statement = select(entity.model).where(entity.model.id == record_id)
    if entity.criteria is not None:
        statement = statement.where(*entity.criteria())
    record = session.scalar(statement) if record_id < 2**62 else None
    if record is None:
        raise NotFound
    return record


def check_version(record: Any, form: ShellForm) -> None:
    """Refuse a form that was opened before somebody else saved the record."""
    if not isinstance(record, RowVersion) or not form.row_version.data:
        return
    if str(form.row_version.data) != str(record.row_version):
        raise UserError(
            "Somebody else has changed this record meanwhile. Open it again, then enter your change.",
            status=409,
        )


def save(session: Session, entity: Entity, record: Any, form: ShellForm) -> Any:
    """Write the form's values into `record` (a new one when None) and flush.

    Raises UserError for what the entity's check or the database refuses; the caller rolls back.
    """
    fresh = record is None
    record = entity.model() if fresh else record
    if fresh and isinstance(record, BranchOwned):
        record.branch_id = current_branch_id()
    for each in entity.fields:
        if is_written(entity, each, None if fresh else record):
            setattr(record, each.name, _value(entity, each, form[each.name].data))
    with session.no_autoflush:
        if entity.check is not None:
            entity.check(record)
    if fresh:
        session.add(record)
    elif isinstance(record, RowVersion) and session.is_modified(record):
        record.row_version += 1
    _flush(session, entity)
    return record


def _value(entity: Entity, each: Any, value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()
    column = entity.column(each.name)
    return None if value == "" and column.nullable else value


def remove(session: Session, entity: Entity, record: Any) -> None:
    """Delete a record; UserError when others point to it."""
    session.delete(record)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise UserError("Other records use this one, so it cannot be deleted.", status=409) from None


def _flush(session: Session, entity: Entity) -> None:
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        labels = ", ".join(str(entity.field(name).label) for name in entity.natural_key)
        if labels:
            raise UserError(
                "There is already a record with this %(fields)s.", fields=labels, status=409
            ) from None
        raise UserError(
            "This does not fit the records that are there already. Check what you entered.", status=409
        ) from None
    except ScopeError:
        session.rollback()
        raise NotFound from None
