"""Saving a record from a judged form; screens and REST calls share it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import inspect, update
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value
from werkzeug.exceptions import NotFound

from core.branches.models import BranchOwned
from core.branches.scope import ScopeError, current_branch_id
from core.data import RowVersion, UserError
from core.data.base import COUNTS_UP
from core.data.marks import N_
from core.entities.changing import demand_open
from core.entities.finding import find as _find
from core.entities.finding import is_held
from core.entities.forms import stands_for_default, written_names
from core.entities.spec import Entity
from core.installation import installation
from core.ui import format as shown
from core.ui.shell_form import ShellForm

ADDED, SAVED = "added", "saved"
"""What is told of a record when it has been written; a new one is both."""
STALE = N_("Somebody else has changed this record meanwhile. Open it again, then enter your change.")
IN_USE = N_("Other records use this one, so it cannot be deleted.")
find = _find
TRIAL = "zhidu_trial"
"""In a session's `info` while what is done will be undone: of what is found then, nothing is kept."""
SAVE, DELETE = "save", "delete"
"""The moments at which the rule book's checks are asked here; workflows ask at their transitions."""
_UNIQUE = ("23505", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY")


class StaleError(UserError):
    """Somebody else has saved the record since the form was opened."""

    def __init__(self) -> None:
        super().__init__(STALE, status=409)


def check_version(record: Any, form: ShellForm) -> None:
    """Refuse a form that was opened before somebody else saved the record."""
    if not isinstance(record, RowVersion) or not form.row_version.data:
        return
    if str(form.row_version.data) != str(record.row_version):
        raise StaleError


def save(session: Session, entity: Entity, record: Any, form: ShellForm) -> Any:
    """Write the form's values into `record` (a new one when None) and flush.

    Raises UserError for what the entity's check or the database refuses; the caller rolls back.
    """
    fresh = record is None
    if not fresh:
        demand_open(entity, record)
    record = entity.model() if fresh else record
    if fresh and isinstance(record, BranchOwned):
        record.branch_id = current_branch_id()
    afterwards = _assign(session, entity, record, form, fresh)
    led_to = _state_led_to(entity, record)
    if fresh:
        session.add(record)
    flush(session, entity)
    afterwards()
    for what in (*((ADDED, SAVED) if fresh else (SAVED,)), *led_to):
        tell(session, entity, record, what)
    return record


def _state_led_to(entity: Entity, record: Any) -> tuple[str, ...]:
    """The state that the values lead to, where it is another: an event as those of workflows are."""
    state = inspect(record).attrs.get(entity.state) if entity.state else None
    return (str(state.value),) if state is not None and state.history.added else ()


def save_one_of_many(session: Session, entity: Entity, record: Any, form: ShellForm) -> None:
    """Write the form's values into a record and flush. What is refused (UserError) leaves the others as they are."""
    demand_open(entity, record)
    try:
        with session.begin_nested():
            afterwards = _assign(session, entity, record, form, fresh=False)
            session.flush()
            afterwards()
            tell(session, entity, record, SAVED)
    except (IntegrityError, DataError) as error:
        raise refusal(entity, error) from None


def remove_one_of_many(session: Session, entity: Entity, record: Any) -> None:
    """Delete a record and flush. UserError when it stays or others point to it; then nothing else is undone."""
    demand_open(entity, record)
    afterwards = judged(session, entity, record, DELETE)
    try:
        with session.begin_nested():
            session.delete(record)
            session.flush()
            afterwards()
    except IntegrityError:
        raise UserError(IN_USE, status=409) from None


def _assign(
    session: Session, entity: Entity, record: Any, form: ShellForm, fresh: bool
) -> Callable[[], None]:
    names = written_names(entity, fresh)
    with session.no_autoflush:
        for each in entity.fields:
            if each.name in form and each.name in names:
                setattr(record, each.name, stored(entity, each, form[each.name].data))
        if entity.check is not None:
            entity.check(record)
        afterwards = judged(session, entity, record, SAVE)
        if not fresh and isinstance(record, RowVersion) and session.is_modified(record):
            claim(session, record)
    return afterwards


def judged(session: Session, entity: Entity, record: Any, moment: str) -> Callable[[], None]:
    """Ask the rule book about a record at a moment: save, delete, or the id of a transition.

    What it answers is called when the record has been written.
    """
    judge = installation().judge
    return judge(session, entity, record, moment) if judge is not None else _nothing


def tell(session: Session, entity: Entity, record: Any, what: str, on: date | None = None) -> None:
    """What follows from what became of a record: what its entity does by itself, and whoever waits for events.

    `on` is the day of what happened, where it is not the one that the record tells of.
    """
    if entity.afterwards is not None:
        entity.afterwards(session, record, what)
    told = installation().happened
    if told is not None:
        told(session, entity, record, what, on)


def _nothing() -> None:
    """No rule says anything."""


def claim(session: Session, record: Any) -> None:
    """Count the row version up in the database; of two changes at the same time only one can: StaleError."""
    model, seen = type(record), record.row_version
    if is_held(session, record):  # nobody can be before us: it goes with the change itself
        record.row_version = seen + 1
        return
    counted = session.execute(
        update(model)
        .where(model.id == record.id, model.row_version == seen)
        .values(row_version=seen + 1)
        .execution_options(synchronize_session=False, **{COUNTS_UP: True})
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise StaleError
    set_committed_value(record, "row_version", seen + 1)


def stored(entity: Entity, each: Any, value: Any) -> Any:
    """What a form's value becomes in the column."""
    if isinstance(value, str):
        value = value.strip().replace("\r\n", "\n")
    column = entity.column(each.name)
    if value in (None, "") and stands_for_default(entity, each):
        return entity.default_of(each)
    if value is None and not column.nullable and isinstance(column.type.python_type, type):
        return "" if column.type.python_type is str else value
    return None if value == "" and column.nullable else value


def remove(session: Session, entity: Entity, record: Any) -> None:
    """Delete a record; UserError when it stays as it is, or others point to it."""
    demand_open(entity, record)
    afterwards = judged(session, entity, record, DELETE)
    session.delete(record)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise UserError(IN_USE, status=409) from None
    afterwards()


def flush(session: Session, entity: Entity) -> None:
    """Flush; what the database refuses is told as UserError, after a rollback."""
    try:
        session.flush()
    except (IntegrityError, DataError) as error:
        session.rollback()
        raise refusal(entity, error) from None
    except ScopeError:
        session.rollback()
        raise NotFound from None


def refusal(entity: Entity, error: IntegrityError | DataError) -> UserError:
    """What the database refuses, in words."""
    labels = shown.listed(entity.field(name).label for name in entity.natural_key)
    if labels and _is_double(error):
        return UserError("There is already a record with this %(fields)s.", fields=labels, status=409)
    return UserError(
        "This does not fit the records that are there already. Check what you entered.", status=409
    )


def _is_double(error: IntegrityError | DataError) -> bool:
    code = getattr(error.orig, "sqlstate", None) or getattr(error.orig, "sqlite_errorname", None)
    return code in _UNIQUE
