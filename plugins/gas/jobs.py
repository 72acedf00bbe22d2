"""The month's billing as a job with chunks, which survives a killed worker."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned
from plugins.gas import happenings
from plugins.gas.billing import runs
from plugins.gas.models import BillingRun

BILLING = "gas.billing"


def plan(session: Session, job: JobContext) -> Planned:
    ranges = runs.plan(session, _run(session, job))
    return Planned(
        [{"first": first, "last": last} for first, last, _count in ranges],
        sum(count for *_ids, count in ranges),
    )


def work(session: Session, job: JobContext, chunk: Chunk) -> Done:
    run = _run(session, job)
    made = runs.bill_chunk(session, run, chunk["first"], chunk["last"])
    happenings.bills_posted(session, run, chunk["first"], chunk["last"])
    return Done(made.bills + made.skipped, {"bills": made.bills, "skipped": made.skipped})


def finish(session: Session, job: JobContext) -> None:
    run = _run(session, job)
    runs.close_run(session, run)
    happenings.billing_done(session, run)


def cancelled(session: Session, job: JobContext) -> None:
    runs.cancel_run(session, _run(session, job))


def _run(session: Session, job: JobContext) -> BillingRun:
    run = session.get_one(BillingRun, job.params["run_id"])
    run.job_id = job.job_id
    return run


JOBS = (
    JobKind(
        id=BILLING,
        label=_("Billing run"),
        entity="gas.billing-run",
        right="run",
        plan=plan,
        work=work,
        finish=finish,
        cancelled=cancelled,
        result_endpoint="GasBilling.result",
    ),
)
