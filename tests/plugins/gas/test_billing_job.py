"""The billing run as a job: its plan, its chunks, its end, and what is left when it is stopped."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

import gas_company
import gas_office
from company import Company
from core.jobs.kinds import JobContext
from gas_office import Office
from plugins.gas import jobs, models
from plugins.gas.billing import runs

[KIND] = jobs.JOBS
_codes = itertools.count(1)


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = gas_company.found(module_migrated_url, module_home)
    yield made
    made.database.dispose()


@pytest.fixture
def office(company: Company) -> Iterator[Office]:
    """A branch with nothing in it, inside the application, as the worker runs a job."""
    with company.app.app_context():
        yield Office(company.database, gas_office.add_branch(company.database, f"job-{next(_codes)}"))


@pytest.fixture
def job(office: Office) -> JobContext:
    """A started run over two accounts, one of which was not read."""
    with office.session() as session:
        tariff = gas_office.tariff(session)
        gas_office.metered(session, tariff.id, ("2026-05-31", "0"), ("2026-06-30", "10"))
        gas_office.metered(session, tariff.id, ("2026-05-31", "0"))
        run = runs.new_run(session, "2026-06", date(2026, 7, 1))
        return JobContext(7, office.branch_id, None, {"run_id": run.id})


def test_run_counts_what_it_did(office: Office, job: JobContext) -> None:
    assert KIND.finish is not None
    with office.session() as session:
        planned = KIND.plan(session, job)
        run = session.get_one(models.BillingRun, job.params["run_id"])
        assert (run.state, run.job_id, planned.total) == (models.RUNNING, 7, 2)
        done = [KIND.work(session, job, chunk) for chunk in planned.chunks]
        assert [(each.units, each.counts) for each in done] == [(2, {"bills": 1, "skipped": 1})]
        KIND.finish(session, job)
        assert (run.state, run.accounts, run.bills, run.skipped) == (models.DONE, 2, 1, 1)
        assert run.finished_at is not None
        assert run.due_on == date(2026, 7, 8)


def test_stopped_run_keeps_what_it_did(office: Office, job: JobContext) -> None:
    assert KIND.cancelled is not None
    with office.session() as session:
        for chunk in KIND.plan(session, job).chunks:
            KIND.work(session, job, chunk)
        KIND.cancelled(session, job)
        run = session.get_one(models.BillingRun, job.params["run_id"])
        assert (run.state, run.bills, run.skipped) == (models.CANCELLED, 1, 1)


def test_run_that_broke_off_is_closed_by_the_next(office: Office, job: JobContext) -> None:
    with office.session() as session:
        for chunk in KIND.plan(session, job).chunks:
            KIND.work(session, job, chunk)
    with office.session() as session:
        runs.new_run(session, "2026-06", date(2026, 7, 2))
        states = session.execute(
            select(models.BillingRun.state, models.BillingRun.bills).order_by(models.BillingRun.id)
        )
        assert [tuple(row) for row in states] == [(models.CANCELLED, 1), (models.WAITING, 0)]
