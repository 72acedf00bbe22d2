"""The month's billing while its worker is killed in the middle: no bill lost, none double, every amount right."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

import gas_office
from core.app import create_app
from core.branches import BranchPlugin, setwise, system_scope
from core.data.database import Database
from core.installation import EXTENSION
from core.jobs import queue
from core.jobs.models import Job
from core.settings import Settings
from gas_office import Office
from plugins.gas import models
from plugins.gas.billing import runs
from plugins.gas.jobs import BILLING
from run_folder import kills
from servers import LiveServer

PATIENCE = 240.0  # seconds; only bounds a wait for what never comes


@pytest.fixture
def accounts(backend: str) -> int:
    """More than are billed before the last kill."""
    return (kills(backend) + 3) * runs.CHUNK


@pytest.fixture
def killed_office(migrated_url: str, accounts: int) -> Iterator[Office]:
    database = Database(migrated_url)
    office = Office(database, gas_office.add_branch(database, "gas"))
    with database.sessions() as session, system_scope("a test switches a plugin on"):
        session.add(BranchPlugin(branch_id=office.branch_id, plugin="gas"))
        session.commit()
    with office.session() as session:
        _fill(session, gas_office.tariff(session).id, accounts)
    yield office
    database.dispose()


def test_a_killed_worker_loses_no_bill_and_makes_none_twice(
    killed_office: Office, live_server: Callable[..., LiveServer], tmp_path: Path, accounts: int, backend: str
):
    job_id = _start(killed_office, tmp_path)
    url = killed_office.database.url
    for _kill in range(kills(backend)):
        before = _job(killed_office, job_id).chunks_done
        worker = live_server(url, command="worker", environment={"ZHIDU_WORKER_ID": "one"})
        _wait(killed_office, job_id, lambda job, passed=before + 1: job.chunks_done >= passed)
        worker.kill()
        assert _job(killed_office, job_id).state == "running"
    live_server(url, command="worker", environment={"ZHIDU_WORKER_ID": "one"})
    _wait(killed_office, job_id, lambda job: job.state != "running")
    assert _job(killed_office, job_id).state == "done"
    with killed_office.session() as session:
        run = session.scalars(select(models.BillingRun)).one()
        assert (run.state, run.accounts, run.bills, run.skipped) == (models.DONE, accounts, accounts, 0)
        bills = session.execute(
            select(
                func.count(), func.count(func.distinct(models.Bill.account_id)), func.min(models.Bill.total)
            )
        ).one()
        assert tuple(bills) == (accounts, accounts, Decimal("30.00"))
        billed = select(func.count()).where(
            models.Reading.kind == models.ACTUAL, models.Reading.bill_id.is_not(None)
        )
        assert session.scalar(billed) == accounts


def _fill(session: object, tariff_id: int, accounts: int) -> None:
    """Accounts with a meter that stood at 0 and shows 10 m³ or more (10 m³ at 3.00 is 30.00)."""
    numbers = [f"{number:08d}" for number in range(accounts)]
    opened = date(2025, 1, 1)
    account = {"name": "王芳", "address": "和平里1号", "opened_on": opened, "tariff_id": tariff_id}
    setwise.insert_rows(session, models.Account, [{**account, "number": number} for number in numbers])
    ids = _ids(session, models.Account)
    meter = {"type": "diaphragm", "installed_on": opened}
    setwise.insert_rows(
        session, models.Meter, [{**meter, "number": f"M{each}", "account_id": ids[each]} for each in numbers]
    )
    meters = _ids(session, models.Meter)
    rows = []
    for place, each in enumerate(numbers):
        reading = {"account_id": ids[each], "meter_id": meters[f"M{each}"], "source": "sheet"}
        first, second = Decimal(0), Decimal(10 + place % 20)
        rows.append(
            {**reading, "period": "2025-01", "read_on": opened, "value": first, "kind": models.OPENING}
        )
        rows.append(
            {
                **reading,
                "period": "2025-02",
                "read_on": date(2025, 2, 10),
                "value": second,
                "kind": models.ACTUAL,
            }
        )
    setwise.insert_rows(session, models.Reading, rows)


def _ids(session: object, model: object) -> dict[str, int]:
    table = setwise.table_of(model)
    return dict(tuple(row) for row in setwise.fetch(session, select(table.c.number, table.c.id)))


def _start(office: Office, home: Path) -> int:
    settings = Settings(0, office.database.url, home, "secret", home)
    app = create_app(settings)
    with app.app_context(), office.session() as session:
        run = runs.new_run(session, "2025-02", date(2025, 2, 26))
        job = queue.start(session, BILLING, {"run_id": run.id}, subject_id=run.id, single_key=BILLING)
        number = job.id
    app.extensions[EXTENSION].database.dispose()
    return number


def _job(office: Office, job_id: int) -> Job:
    with office.session() as session:
        job = session.get_one(Job, job_id)
        session.expunge(job)
        return job


def _wait(office: Office, job_id: int, reached: Callable[[Job], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not reached(job := _job(office, job_id)):
        assert job.state in ("queued", "running"), job.message
        assert time.monotonic() < give_up, f"{job.chunks_done} of {job.chunks} chunks"
        time.sleep(0.05)
