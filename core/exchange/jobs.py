"""Large sheets are checked and accepted by a worker, with a bar; both end where small ones end at once."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from typing import TypeGuard

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from core.data import UserError
from core.exchange import limits, service
from core.exchange.kinds import ImportKind
from core.exchange.models import ACCEPTED, CHECKED, CHECKING, ImportSheet
from core.exchange.registry import kind_of
from core.jobs import queue
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned, about_entity
from core.jobs.models import FINAL, Job
from core.jobs.shown import latest
from core.people.behalf import in_the_name_of

CHECK, ACCEPT = "core.sheet-check", "core.sheet-accept"
JUDGED = 0.3
"""About this share of the time of accepting goes by before the first row is stored."""


def is_large(sheet: ImportSheet) -> bool:
    """Whether it is accepted by a worker."""
    return sheet.rows > limits.MAX_ROWS_AT_ONCE


def check_later(session: Session, kind: ImportKind, sheet: ImportSheet, rows: int) -> Job:
    """Have a sheet that was taken in (`CHECKING`) checked."""
    return _start(session, CHECK, kind, sheet, rows, sheet.uploaded_by)


def accept_later(
    session: Session,
    kind: ImportKind,
    sheet: ImportSheet,
    confirmed: Collection[int] | None,
    user_id: int | None,
) -> Job:
    """Have a sheet accepted; `confirmed` None: with all doubtful rows. UserError while that is under way already."""
    if sheet.state != CHECKED:
        raise UserError(service.WAS_DISCARDED, status=409)
    named = None if confirmed is None else sorted(confirmed)
    return _start(session, ACCEPT, kind, sheet, sheet.rows, user_id, confirmed=named)


def _start(
    session: Session,
    job: str,
    kind: ImportKind,
    sheet: ImportSheet,
    rows: int,
    user_id: int | None,
    **more: object,
) -> Job:
    about = {"entity": kind.entity, "right": kind.right, "sheet_id": sheet.id, "rows": rows}
    params = {**about, "locale": str(get_locale() or "en"), **more}
    key = f"sheet {sheet.id}"
    return queue.start(session, job, params, subject_id=sheet.id, single_key=key, started_by=user_id)


def job_of(session: Session, sheet: ImportSheet) -> Job | None:
    """The work on a large sheet that is not over, or ended without what was asked for; small ones have none."""
    if sheet.state == CHECKING:
        return latest(session, sheet.id, CHECK)
    return latest(session, sheet.id, ACCEPT) if sheet.state == CHECKED and is_large(sheet) else None


def is_working(job: Job | None, sheet: ImportSheet) -> TypeGuard[Job]:
    """Whether the sheet's page shows the bar and nothing else."""
    return job is not None and (sheet.state == CHECKING or job.state not in FINAL)


def _plan(_session: Session, job: JobContext) -> Planned:
    return Planned([{}], job.params["rows"])


@contextlib.contextmanager
def _sheet(session: Session, job: JobContext) -> Iterator[tuple[ImportSheet, ImportKind]]:
    right = about_entity(job.params)
    with in_the_name_of(session, job.started_by, job.branch_id, right, job.params["locale"]):
        sheet = service.sheet_of(session, job.params["sheet_id"])
        yield sheet, kind_of(sheet.kind)


def _check(session: Session, job: JobContext, _chunk: Chunk) -> Done:
    with _sheet(session, job) as (sheet, kind):
        service.check_kept(session, sheet, kind, job.told)
        counts = {"good": sheet.ok_rows, "doubtful": sheet.warning_rows, "wrong": sheet.error_rows}
    return Done(job.params["rows"], counts)


def _given_up(session: Session, job: JobContext) -> None:
    service.discard(session, job.params["sheet_id"])


def _accept(session: Session, job: JobContext, _chunk: Chunk) -> Done:
    def judged(rows: int) -> None:
        job.told(round(rows * JUDGED))

    def stored(rows: int) -> None:
        job.told(round(job.params["rows"] * JUDGED + rows * (1 - JUDGED)))

    with _sheet(session, job) as (sheet, kind):
        named = job.params["confirmed"]
        confirmed = service.doubtful(session, sheet.id) if named is None else set(named)
        done = service.accept(session, sheet.id, confirmed, job.started_by, kind, judged, stored)
        counts = {"stored": done.stored_rows} if done.state == ACCEPTED else {}
    return Done(job.params["rows"], counts)


JOBS = (
    JobKind(
        id=CHECK,
        label=_("Check of a sheet"),
        entity="core.import_sheet",
        right="see",
        plan=_plan,
        work=_check,
        cancelled=_given_up,
        result_endpoint="ExchangeView.open",
        about=about_entity,
        whole=True,
        reads_first=True,
    ),
    JobKind(
        id=ACCEPT,
        label=_("Acceptance of a sheet"),
        entity="core.import_sheet",
        right="see",
        plan=_plan,
        work=_accept,
        result_endpoint="ExchangeView.open",
        about=about_entity,
        whole=True,
    ),
)
