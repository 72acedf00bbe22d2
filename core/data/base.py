"""The declarative base of all models, and the mixins that say how a row may change."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from flask_appbuilder.models.sqla import Model as FabModel
from sqlalchemy import JSON, MetaData, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, make_transient_to_detached, mapped_column

from core.data import clock
from core.data.types import UtcDateTime

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _shared_metadata() -> MetaData:
    # Flask-AppBuilder's tables live in the same MetaData, so that foreign keys to ab_user resolve. Its own Model
    # merges tables of equal names silently; Base below does not, and raises.
    metadata: MetaData = FabModel.metadata
    metadata.naming_convention = NAMING_CONVENTION
    return metadata


class Base(DeclarativeBase):
    """Base of every model. Table names start with the owner's id: `core_` or `<plugin>_`."""

    metadata = _shared_metadata()
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-10)


COUNTS_UP = "counts_row_version_up"
"""Execution option of a statement that counts the version of a row up and changes nothing else."""


class RowVersion:
    """A counter that an edit form carries, so that a stale form is noticed; also when and by whom a row was touched."""

    row_version: Mapped[int] = mapped_column(default=1, server_default="1")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)


class Posted:
    """A posted fact: inserted once, never changed and never deleted by any flush or statement of a session.

    `posted_open_columns` names the columns that may still be filled in later (a link to what followed).
    """

    posted_open_columns: ClassVar[frozenset[str]] = frozenset()


class Unrecorded:
    """Bookkeeping of the program itself (a counter, a heartbeat, a stage), of which the history keeps nothing.

    What people or their work bring about is recorded; see `core.history`.
    """


def freed(row: Any) -> Any:
    """A copy of a row that several threads may read, and which no session loads anew or writes."""
    mapper = inspect(row).mapper
    made = mapper.class_(**{each.key: getattr(row, each.key) for each in mapper.column_attrs})
    make_transient_to_detached(made)
    return made
