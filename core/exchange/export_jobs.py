"""Large exports: a worker writes the file, which waits some days for whoever asked for it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data import clock
from core.entities.lists.asked import Asked, asked_for
from core.entities.query import ListQuery, key_of, order_of, statement_of
from core.entities.reading import shown_names
from core.entities.registry import entity_by_id
from core.entities.spec import Entity
from core.exchange import limits
from core.exchange.export import export_rows
from core.files import service as files
from core.files.models import StoredFile
from core.history import note
from core.history.models import EXPORT
from core.jobs import queue
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned, about_entity
from core.jobs.labels import ENTITY as JOB
from core.jobs.models import Job
from core.people.access import Person
from core.people.behalf import in_the_name_of

log = logging.getLogger(__name__)
MAKE, REMOVE = "core.export", "core.export-removal"
KEPT_DAYS = 7
"""So long a file can be fetched."""
_TOLD_EVERY = 1_000
ABOUT = partial(about_entity, right="export")


def records_of(session: Session, entity: Entity, query: ListQuery) -> Any:
    """What an export holds, as a stream in the order of the list; one more than it may hold at most."""
    return session.scalars(_chosen(entity, query).execution_options(yield_per=1_000))


def _chosen(entity: Entity, query: ListQuery) -> Any:
    ordered = statement_of(entity, query).order_by(*order_of(entity, query))
    return ordered.limit(limits.MAX_EXPORT_ROWS + 1)


def zone_of(person: Person | None) -> dict[str, str]:
    """By whose clock instants are written."""
    return {"time_zone": person.branch.time_zone} if person is not None and person.branch is not None else {}


def note_export(session: Session, entity: Entity, file_format: str, query: ListQuery) -> None:
    """Who took what out of the house, and how it was narrowed."""
    narrowed = {key_of(each).removeprefix("f_"): each.value for each in query.filters}
    table = entity.model.__table__.name
    note(session, EXPORT, table, file=file_format, search=query.search, filters=narrowed)


def export_later(session: Session, asked: Asked, file_format: str, person: Person) -> Job:
    """Have the list as it is asked for now written to a file."""
    params = {
        "entity": asked.entity.id,
        "format": file_format,
        "arguments": dict(asked.arguments),
        "columns": list(asked.columns),
        "locale": str(get_locale() or "en"),
    }
    return queue.start(session, MAKE, params, started_by=person.user_id)


def file_of(session: Session, job_id: int) -> StoredFile | None:
    """The file that a job made, as long as it is kept."""
    made = select(StoredFile).where(
        StoredFile.entity == JOB, StoredFile.record_id == job_id, StoredFile.removed_at.is_(None)
    )
    return session.scalar(made.where(StoredFile.uploaded_at >= _first_kept()))


def _first_kept() -> Any:
    return clock.now() - timedelta(days=KEPT_DAYS)


def _asked(session: Session, params: dict[str, Any]) -> Asked:
    return asked_for(session, entity_by_id(params["entity"]), params["arguments"])


def _plan(session: Session, job: JobContext) -> Planned:
    with in_the_name_of(session, job.started_by, job.branch_id, ABOUT(job.params), job.params["locale"]):
        asked = _asked(session, job.params)
        ids = _chosen(asked.entity, asked.query).with_only_columns(asked.entity.model.id).subquery()
        rows = session.scalar(select(func.count()).select_from(ids)) or 0
    return Planned([{}], rows)


def _make(session: Session, job: JobContext, _chunk: Chunk) -> Done:
    params = job.params
    right = ABOUT(params)
    with in_the_name_of(session, job.started_by, job.branch_id, right, params["locale"]) as person:
        asked = _asked(session, params)
        entity = asked.entity
        columns: Sequence[str] = shown_names(entity, params["columns"])
        with records_of(session, entity, asked.query) as found:
            written = _Counted(found, job)
            made = export_rows(session, entity, columns, written, params["format"], **zone_of(person))
        with made as out:
            name = f"{entity.label_plural}.{params['format']}"
            most = limits.MAX_EXPORT_BYTES
            files.store(session, JOB, job.job_id, out, name, job.started_by, most=most)
        note_export(session, entity, params["format"], asked.query)
    return Done(written.count)


class _Counted(Iterable[Any]):
    """Records as they are read, which tells how many they are so far."""

    def __init__(self, records: Iterable[Any], job: JobContext) -> None:
        self.records, self.job, self.count = records, job, 0

    def __iter__(self) -> Iterator[Any]:
        for each in self.records:
            if self.count % _TOLD_EVERY == 0:
                self.job.told(self.count)
            self.count += 1
            yield each


def _to_remove(session: Session) -> list[tuple[int, dict[str, Any]]]:
    old = select(StoredFile.branch_id).where(
        StoredFile.entity == JOB, StoredFile.uploaded_at < _first_kept(), StoredFile.removed_at.is_(None)
    )
    return [(branch_id, {}) for branch_id in session.scalars(old.distinct())]


def _remove(session: Session, _job: JobContext, _chunk: Chunk) -> Done:
    old = select(StoredFile).where(
        StoredFile.entity == JOB, StoredFile.uploaded_at < _first_kept(), StoredFile.removed_at.is_(None)
    )
    found = session.scalars(old).all()
    for each in found:
        each.removed_at = clock.now()
        path: Path = files.files_folder() / each.stored_as
        path.unlink(missing_ok=True)
    return Done(len(found))


JOBS = (
    JobKind(
        id=MAKE,
        label=_("Export"),
        entity=JOB,
        right="see",
        plan=_plan,
        work=_make,
        result_endpoint="ExportView.made",
        about=ABOUT,
        private=True,
        whole=True,
        keeps_result=True,
        reads_first=True,
    ),
    JobKind(
        id=REMOVE,
        label=_("Removal of old exports"),
        entity=JOB,
        right="see",
        plan=lambda _session, _job: Planned([{}], 1),
        work=_remove,
        daily=_to_remove,
    ),
)
