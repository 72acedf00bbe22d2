"""Large sheets: a worker checks and accepts them, with a bar, and they end as small ones do."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

import jobs_by_hand
from core.branches import system_scope
from core.data import clock
from core.exchange import limits, parts
from core.exchange.export_jobs import KEPT_DAYS, REMOVE
from core.exchange.models import ImportRow, ImportSheet
from core.files.models import StoredFile
from core.jobs import queue
from core.jobs.daily import start_daily
from core.people.behalf import NO_LONGER
from core.people.models import Appointment
from sheet_office import ITEM, READER, Office, SampleItem, post, xlsx

UPLOAD = f"/core/import/{ITEM}"
BAR = re.compile(r'data-job-url="/core/job/(\d+)/progress"')
HEADING = ("number", "name", "count")
ROWS = (
    ("001", "Ann", 1),
    ("002", "", 2),
    ("003", "Cid", 3),
    ("004", "Dan", "many"),
    ("001", "Eve", 5),
    ("006", "crash", 6),
    ("007", "Gil", 7),
)


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has more than three rows is large, and is judged two rows at a time."""
    monkeypatch.setattr(limits, "MAX_ROWS_AT_ONCE", 3)
    monkeypatch.setattr(parts, "PART", 2)


def upload(client: FlaskClient, rows: Sequence[Any] = ROWS) -> str:
    """Upload a sheet; answers the address of its page."""
    answer = post(client, UPLOAD, UPLOAD, file=(io.BytesIO(xlsx(HEADING, *rows)), "a.xlsx"))
    assert answer.status_code == 302
    return str(answer.location)


def text_of(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def bar_of(client: FlaskClient, address: str) -> str:
    """The number of the job whose bar a page shows."""
    found = BAR.search(text_of(client, address))
    assert found, f"{address} shows no bar"
    return found[1]


def test_from_the_upload_to_the_stored_rows(office: Office, branch: int) -> None:
    client = office.client(branch)
    address = upload(client)
    page = text_of(client, address)
    assert BAR.search(page)
    assert "Stop the work" in page
    assert "Accept the good rows" not in page
    (checked,) = jobs_by_hand.do_all(office.app)
    assert (checked.state, checked.done, checked.total) == ("done", 7, 7)
    assert checked.counts == {"good": 3, "doubtful": 0, "wrong": 4}
    page = text_of(client, address)
    assert "Accept the good rows" in page
    assert "This stands in the sheet before, in row 2." in page
    assert post(client, f"{address}/accept", address).location == address
    bar_of(client, address)
    assert office.items(branch) == []
    (accepted,) = jobs_by_hand.do_all(office.app)
    assert (accepted.state, accepted.counts) == ("done", {"stored": 3})
    assert [item.number for item in office.items(branch)] == ["001", "003", "007"]
    assert "3 rows are stored." in text_of(client, address)
    runs, result = text_of(client, "/core/job/mine"), address.replace("/sheet/", "/sheet/of/")
    assert all(f"/core/job/{each.id}" in runs for each in (checked, accepted))
    assert runs.count(result) == 2
    assert client.get(result).location == address


def test_in_parts_the_rows_are_judged_as_all_at_once(
    office: Office, branch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = office.client(branch)
    office.add(branch, SampleItem(number="007", name="x", urgent=False))
    sheets = [upload(client)]
    jobs_by_hand.do_all(office.app)
    monkeypatch.setattr(limits, "MAX_ROWS_AT_ONCE", 100)
    sheets.append(upload(client))
    with office.session(branch) as session:
        found = [
            [
                (row.number, row.level, row.cells, sorted(map(str, row.findings)))
                for row in session.scalars(
                    select(ImportRow).where(ImportRow.sheet_id == int(each.split("/")[-1]))
                )
            ]
            for each in sheets
        ]
    assert found[0] == found[1]
    assert [row[1] for row in found[0]] == ["ok", "error", "ok", "error", "error", "error", "error"]


def test_stopped_while_it_is_checked_the_sheet_is_given_up(office: Office, branch: int) -> None:
    client = office.client(branch)
    address = upload(client)
    (job,) = jobs_by_hand.do_all(office.app, stop_at=2)
    assert (job.state, job.message) == ("cancelled", queue.STOPPED_WHOLE)
    assert "The sheet is discarded" in text_of(client, address)
    with office.session(branch) as session:
        sheet = session.get_one(ImportSheet, job.subject_id)
        assert (sheet.state, sheet.content) == ("discarded", None)
    assert office.count(ImportRow, branch) == 0


@pytest.mark.parametrize("stop_at", [1, 4])
def test_stopped_while_it_is_accepted_nothing_is_stored_and_it_can_be_accepted_again(
    office: Office, branch: int, stop_at: int
) -> None:
    client = office.client(branch)
    rows = [(f"{number:03}", "Ann", number) for number in range(5)]
    address = upload(client, rows)
    jobs_by_hand.do_all(office.app)
    post(client, f"{address}/accept", address)
    (job,) = jobs_by_hand.do_all(office.app, stop_at)
    assert (job.state, job.done) == ("cancelled", 0)
    assert office.items(branch) == []
    assert "Stopped by hand. Nothing was kept of it." in text_of(client, address)
    post(client, f"{address}/accept", address)
    jobs_by_hand.do_all(office.app)
    assert len(office.items(branch)) == 5


def test_the_button_stops_it_before_a_worker_has_it(office: Office, branch: int) -> None:
    client = office.client(branch)
    address = upload(client)
    post(client, f"/core/job/{bar_of(client, address)}/cancel", address)
    assert jobs_by_hand.do_all(office.app) == []
    assert "The sheet is discarded" in text_of(client, address)


def test_while_it_is_at_work_it_is_neither_accepted_again_nor_discarded(office: Office, branch: int) -> None:
    client = office.client(branch)
    address = upload(client)
    for refused in ("discard", "accept"):
        assert post(client, f"{address}/{refused}", address).status_code == 409
    jobs_by_hand.do_all(office.app)
    assert post(client, f"{address}/accept", address).status_code == 302
    for refused in ("discard", "accept"):
        assert post(client, f"{address}/{refused}", address).status_code == 409
    assert len(jobs_by_hand.do_all(office.app)) == 1


def test_who_lost_the_right_has_nothing_done_in_their_name(office: Office, branch: int) -> None:
    address = upload(office.client(branch))
    with system_scope("a test ends an appointment"), office.installed.database.sessions() as session:
        for each in session.scalars(select(Appointment).where(Appointment.branch_id == branch)):
            each.valid_to = clock.today() - timedelta(days=1)
        session.commit()
    (job,) = jobs_by_hand.do_all(office.app)
    assert (job.state, job.message) == ("failed", NO_LONGER)
    colleague = office.client(branch)
    page = text_of(colleague, address)
    assert "may not do it any more" in page
    assert "Discard the sheet" in page
    assert post(colleague, f"{address}/discard", address).status_code == 302
    assert "The sheet is discarded" in text_of(colleague, address)


def test_only_who_may_use_the_sheet_sees_its_work(office: Office, branch: int) -> None:
    address = upload(office.client(branch))
    number = bar_of(office.client(branch), address)
    assert office.client(branch, READER).get(f"/core/job/{number}").status_code == 403
    assert office.client(office.branch()).get(f"/core/job/{number}").status_code == 404
    jobs_by_hand.do_all(office.app)


# ---------------------------------------------------------------- exports

EXPORT = "/core/sample_item/export"


def full(office: Office, branch: int, count: int = 5) -> None:
    office.add(branch, *(SampleItem(number=f"{each:03}", name="Ann", urgent=False) for each in range(count)))


def test_a_large_export_is_made_by_a_worker_and_fetched_by_who_asked(office: Office, branch: int) -> None:
    full(office, branch)
    client = office.client(branch)
    answer = client.get(f"{EXPORT}.csv?sort=number&dir=desc&f_number.gt=000&cols=number,name")
    assert answer.status_code == 302
    bar_of(client, answer.location)
    number = int(answer.location.split("/")[-1])
    assert client.get(f"/core/export/{number}").status_code == 404
    (job,) = jobs_by_hand.do_all(office.app)
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert f"/core/export/{number}" in text_of(client, answer.location)
    file = client.get(f"/core/export/{number}", buffered=True)
    assert "attachment" in file.headers["Content-Disposition"]
    lines = file.get_data(as_text=True).splitlines()
    assert [each.split(",")[0] for each in lines[1:]] == ["004", "003", "002", "001"]
    for other in (office.client(branch), office.client(branch, READER), office.client(office.branch())):
        assert other.get(f"/core/export/{number}").status_code in (403, 404)
        assert other.get(answer.location).status_code in (403, 404)


def test_a_small_export_is_there_at_once(office: Office, branch: int) -> None:
    full(office, branch, 3)
    answer = office.client(branch).get(f"{EXPORT}.csv", buffered=True)
    assert answer.status_code == 200
    assert len(answer.get_data(as_text=True).splitlines()) == 4


def test_an_export_that_is_stopped_leaves_no_file(office: Office, branch: int) -> None:
    full(office, branch)
    client = office.client(branch)
    address = client.get(f"{EXPORT}.xlsx").location
    (job,) = jobs_by_hand.do_all(office.app, stop_at=1)
    assert job.state == "cancelled"
    assert client.get(f"/core/export/{address.split('/')[-1]}").status_code == 404
    assert office.count(StoredFile, branch) == 0


def test_a_file_is_kept_for_some_days_and_then_removed(office: Office, branch: int) -> None:
    full(office, branch)
    client = office.client(branch)
    number = client.get(f"{EXPORT}.xlsx").location.split("/")[-1]
    jobs_by_hand.do_all(office.app)
    home = office.installed.settings.home
    with office.session(branch) as session:
        path = home / "files" / session.scalars(select(StoredFile.stored_as)).one()
    assert path.is_file()
    kinds = office.installed.jobs.values()
    database = office.installed.database
    with clock.frozen(clock.now() + timedelta(days=KEPT_DAYS - 1)):
        start_daily(office.app, database, [each for each in kinds if each.id == REMOVE])
        assert jobs_by_hand.do_all(office.app) == []
    with clock.frozen(clock.now() + timedelta(days=KEPT_DAYS, minutes=1)):
        start_daily(office.app, database, [each for each in kinds if each.id == REMOVE])
        done = [each for each in jobs_by_hand.do_all(office.app) if each.branch_id == branch]
        assert [(each.state, each.done) for each in done] == [("done", 1)]
    assert not path.exists()
    assert client.get(f"/core/export/{number}").status_code == 404
