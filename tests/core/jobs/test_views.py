"""The page of a job, its progress and its button, for those who may start such a job in its branch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from company import Company
from core.data import clock
from core.jobs.kinds import Done, JobContext, JobKind, Planned
from core.jobs.models import CANCELLED, DONE, FAILED, RUNNING, Job
from core.jobs.steps import FAULT
from pages import Page


def _none(*_: Any) -> Planned:
    return Planned([], 0)


def _nothing(_session: Any, _job: JobContext, _chunk: Any) -> Done:
    return Done(0)


KIND = JobKind(
    "shop.stocktaking", "Stock-taking", "shop.order", "add", _none, _nothing, result_endpoint="JobView.run"
)


@pytest.fixture(autouse=True)
def kind(company: Company) -> Iterator[None]:
    company.installation.jobs[KIND.id] = KIND
    yield
    company.installation.jobs.pop(KIND.id)


def put(company: Company, branch: str = "east", **values: Any) -> int:
    values = {"kind": KIND.id, "state": RUNNING, "done": 1200, "total": 5000, **values}
    return company.put(branch, Job(started_by=company.people["east.clerk"], created_at=clock.now(), **values))


def progress_of(company: Company, number: int, username: str = "east.clerk") -> TestResponse:
    return company.client_of(username).get(f"/core/job/{number}/progress")


def test_progress_tells_how_far_a_job_is(company: Company):
    number = put(company, counts={"counted": 1200})
    assert progress_of(company, number).json == {
        "state": "running",
        "done": 1200,
        "total": 5000,
        "percent": 24,
        "counts": {"counted": 1200},
        "speed": "",
        "left": "",
        "label": "Running",
        "result_url": "",
        "error": "",
    }


@pytest.mark.parametrize(
    ("minutes", "done", "speed", "left"),
    [
        (2, 1200, "600 a minute", "about 6 minutes left"),
        (1, 4990, "4,990 a minute", "about 1 second left"),
        (240, 60, "less than one a minute", "about 2 weeks left"),
        (0, 10, "", ""),
        (2, 0, "", ""),
    ],
)
def test_it_tells_its_speed_and_the_time_left(
    company: Company, minutes: int, done: int, speed: str, left: str
):
    now = clock.now()
    number = put(company, done=done, started_at=now - timedelta(minutes=minutes))
    with clock.frozen(now):
        told = progress_of(company, number).json
        assert (told["speed"], told["left"]) == (speed, left)
        page = Page(company.client_of("east.clerk", "zh").get(f"/core/job/{number}").text).texts
        assert ("每分钟 600 项" in page) is (speed == "600 a minute")


def test_a_run_that_is_over_or_stopping_has_no_speed(company: Company):
    begun = clock.now() - timedelta(minutes=3)
    stopping = put(company, started_at=begun, cancel_requested=True)
    over = put(company, state=DONE, done=5000, started_at=begun, finished_at=clock.now())
    for number in (stopping, over):
        told = progress_of(company, number).json
        assert (told["speed"], told["left"]) == ("", "")
    page = Page(company.client_of("east.clerk").get(f"/core/job/{over}").text).texts
    assert page[page.index("Took") + 1] == "3 minutes"


def test_ones_own_runs_are_listed_with_their_results(company: Company):
    done = put(company, state=DONE, done=5000, subject_id=900_009)
    failed = put(company, state=FAILED, message=FAULT, message_params={"reference": "X"})
    others = put(company, branch="west")
    with company.session("east") as session:
        foreign = Job(kind=KIND.id, started_by=company.people["east.manager"], state=DONE)
        session.add(foreign)
        session.flush()
        foreign_id = foreign.id
    clerk = company.client_of("east.clerk")
    for path in ("/core/job/mine", "/"):
        links = Page(clerk.get(path).text).links
        assert {f"/core/job/{done}", f"/core/job/{failed}", "/core/job/900009"} <= set(links)
        assert f"/core/job/{others}" not in links
        assert f"/core/job/{foreign_id}" not in links
    narrowed = Page(clerk.get("/core/job/mine?state=failed").text).links
    assert (f"/core/job/{failed}" in narrowed, f"/core/job/{done}" in narrowed) == (True, False)
    assert company.client_of("idle").get("/core/job/mine").status_code == 404
    assert company.browser().get("/core/job/mine").status_code in (302, 401)


def test_runs_of_a_kind_that_one_may_no_longer_start_are_not_listed(company: Company):
    number = put(company, state=DONE)
    with company.session("east") as session:
        session.scalars(select(Job).where(Job.id == number)).one().started_by = company.people["east.watcher"]
    assert f"/core/job/{number}" not in company.client_of("east.watcher").get("/core/job/mine").text


def test_the_page_shows_the_progress_and_offers_to_stop(company: Company):
    number = put(company)
    answer = company.client_of("east.clerk").get(f"/core/job/{number}")
    page = Page(answer.text)
    assert answer.status_code == 200
    assert {"Stock-taking", "24%", "Running", "Started by"} <= set(page.texts)
    assert page.posts.count(f"/core/job/{number}/cancel") == 1
    assert page.refused == []
    assert f'data-job-url="/core/job/{number}/progress"' in answer.text


def test_the_page_speaks_chinese(company: Company):
    number = put(company)
    page = Page(company.client_of("east.clerk", "zh").get(f"/core/job/{number}").text)
    assert {"进行中", "发起人", "提交时间"} <= set(page.texts)


def test_a_job_that_is_done_leads_to_its_result(company: Company):
    number = put(company, state=DONE, done=5000, subject_id=7)
    told = progress_of(company, number).json
    assert (told["percent"], told["result_url"], told["label"]) == (100, "/core/job/7", "Done")
    page = Page(company.client_of("east.clerk").get(f"/core/job/{number}").text)
    assert "/core/job/7" in page.links
    assert f"/core/job/{number}/cancel" not in page.posts


def test_a_fault_is_told_in_the_readers_language_and_its_place_to_the_administrator(company: Company):
    number = put(
        company,
        state=FAILED,
        message=FAULT,
        message_params={"reference": "0A1B2C3D"},
        error_reference="0A1B2C3D",
        error_place="ValueError in count (shop/jobs.py:7)",
    )
    told = progress_of(company, number).json["error"]
    assert "reference number 0A1B2C3D" in told
    chinese = company.client_of("east.clerk", "zh").get(f"/core/job/{number}")
    assert "错误编号 0A1B2C3D" in chinese.text
    assert "shop/jobs.py" not in chinese.text
    admin = company.client_of("admin")
    admin.post("/branch/east")
    assert "shop/jobs.py" in admin.get(f"/core/job/{number}").text


def test_stopping_asks_the_job_to_stop_and_offers_it_no_more(company: Company):
    number = put(company)
    clerk = company.client_of("east.clerk")
    answer = clerk.post(f"/core/job/{number}/cancel")
    assert (answer.status_code, answer.location) == (302, f"/core/job/{number}")
    with company.session("east") as session:
        assert session.scalars(select(Job).where(Job.id == number)).one().cancel_requested
    assert clerk.get(f"/core/job/{number}/progress").json["label"] == "Stopping"
    assert f"/core/job/{number}/cancel" not in Page(clerk.get(f"/core/job/{number}").text).posts


def test_stopping_a_waiting_job_ends_it(company: Company):
    number = put(company, state="queued", done=0)
    company.client_of("east.clerk").post(f"/core/job/{number}/cancel")
    told = progress_of(company, number).json
    assert (told["state"], told["error"]) == (CANCELLED, "Stopped by hand. What was finished before stays.")


def test_stopping_needs_the_token_of_the_page(company: Company):
    number = put(company)
    clerk = company.client_of("east.clerk")
    clerk.token = ""
    assert clerk.post(f"/core/job/{number}/cancel").status_code == 400


@pytest.mark.parametrize("path", ["", "/progress"])
def test_nobody_else_sees_it(company: Company, path: str):
    number = put(company)
    address = f"/core/job/{number}{path}"
    asked = {
        name: company.client_of(name).get(address).status_code for name in ("east.watcher", "west.manager")
    }
    assert asked == {"east.watcher": 403, "west.manager": 404}
    assert company.browser().get(address).status_code in (302, 401)
    assert company.client_of("east.clerk").get(f"/core/job/{number + 1000}{path}").status_code == 404


def test_it_is_hidden_where_its_plugin_is_off(company: Company):
    number = put(company)
    company.switch("shop", "east", on=False)
    try:
        assert progress_of(company, number).status_code == 404
    finally:
        company.switch("shop", "east", on=True)
    assert progress_of(company, number).status_code == 200


def test_the_list_of_runs_is_for_those_who_hold_it(company: Company):
    number = put(company, state=DONE)
    admin = company.client_of("admin")
    admin.post("/branch/east")
    page = Page(admin.get("/core/job/").text)
    assert f"/core/job/{number}" in page.links
    assert company.client_of("east.clerk").get("/core/job/").status_code == 403
