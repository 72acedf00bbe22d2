"""Notices: what came for a person of late, in the active branch, of plugins that are on, the latest first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from company import Browser, Company, counted
from core.data import clock
from core.jobs.kinds import JobKind
from core.jobs.models import DONE, FAILED, RUNNING, Job
from core.notices.kinds import Notice, NoticeKind
from core.people.models import ACTING, Appointment
from pages import Page

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
KIND = JobKind("shop.count", "Stock-taking", "shop.order", "see", plan=lambda *_: None, work=lambda *_: None)  # type: ignore[arg-type,return-value]


def greeting(_session: Any, since: datetime) -> list[Notice]:
    """One that is as old as can be."""
    return [Notice("Welcome to the shop", "/shop/order/", since)]


@pytest.fixture(autouse=True)
def told(company: Company) -> Iterator[None]:
    jobs, before = company.installation.jobs, company.installation.notices
    company.installation.jobs = {KIND.id: KIND}
    company.installation.notices = [*before, ("shop", NoticeKind("shop.greeting", greeting))]
    with clock.frozen(NOON):
        yield
    company.installation.jobs, company.installation.notices = jobs, before


@pytest.fixture(scope="module")
def runs(company: Company) -> None:
    def ended(branch: str, who: str, state: str, days: int) -> None:
        at = NOON - timedelta(days=days)
        finished = None if state == RUNNING else at
        job = Job(
            kind=KIND.id,
            state=state,
            started_by=company.people[who],
            total=7,
            done=days,
            finished_at=finished,
        )
        company.put(branch, job)

    for each in (
        ("east", "east.clerk", DONE, 3),
        ("east", "east.clerk", FAILED, 1),
        ("east", "east.clerk", RUNNING, 0),
    ):
        ended(*each)
    ended("east", "east.clerk", DONE, 15)  # too long ago
    ended("east", "east.manager", DONE, 5)
    ended("west", "east.clerk", DONE, 6)


def titles(browser: Browser, **headers: str) -> list[str]:
    page = browser.get("/notices/", headers=headers).text
    return re.findall(r'class="noticed-link" href="[^"]+">([^<]+)<', page)


def test_ones_own_runs_that_ended_the_latest_first(company: Company, runs: None):
    clerk = company.client_of("east.clerk")
    assert titles(clerk) == ["Stock-taking: Failed", "Stock-taking: Done", "Welcome to the shop"]
    assert titles(company.client_of("east.manager")) == ["Stock-taking: Done", "Welcome to the shop"]
    assert titles(company.client_of("west.manager")) == ["Welcome to the shop"]
    page = Page(clerk.get("/notices/").text)
    assert {"1 of 7 · Nov 21, 2026 12:00", "Of the last 14 days, in this branch."} <= set(page.texts)


def test_the_bell_gets_the_part_alone(company: Company, runs: None):
    clerk = company.client_of("east.clerk", "zh")
    part = clerk.get("/notices/", headers={"X-Part": "1"}).text
    assert part.lstrip().startswith("<ul")
    assert re.findall(r'data-notice-at="([^"]+)"', part)[0] == "2026-11-21T04:00:00.000000+00:00"
    assert "Stock-taking：失败" in part
    home = clerk.get("/").text
    assert 'data-notices="/notices/"' in home
    assert f'data-notices-holder="{company.people["east.clerk"]}.east"' in home


def test_a_position_that_was_handed_over_is_told_from_its_first_day_on(company: Company):
    def hand_over(first: date) -> None:
        with company.session() as session:
            session.add(
                Appointment(
                    user_id=company.people["east.watcher"],
                    branch_id=company.branches["east"],
                    position="shop.clerk",
                    valid_from=first,
                    valid_to=date(2026, 12, 1),
                    kind=ACTING,
                    acting_for_id=company.people["east.clerk"],
                )
            )

    hand_over(date(2026, 11, 23))
    watcher = company.client_of("east.watcher")
    assert titles(watcher) == ["Welcome to the shop"]
    hand_over(date(2026, 11, 22))
    found = titles(watcher)
    assert len(found) == 2
    assert re.fullmatch(r"You act for 员工\d+ as Shop clerk", found[0])


def test_nothing_of_a_plugin_that_is_off_and_nothing_for_nobody(company: Company):
    company.switch("shop", "west", on=False)
    try:
        page = company.client_of("west.manager").get("/notices/").text
    finally:
        company.switch("shop", "west", on=True)
    assert "Nothing has come for you of late." in page
    assert company.browser().get("/notices/", headers={"X-Part": "1"}).status_code in (302, 401)
    assert "Nothing has come for you of late." in company.client_of("idle").get("/notices/").text


def test_no_page_asks_for_them_by_itself(company: Company, runs: None):
    """They cost a page nothing: the browser asks, at most once a minute."""
    clerk = company.client_of("east.clerk")
    clerk.get("/notices/")
    with counted(company.database) as statements:
        clerk.get("/my-work/")
    assert not [
        each for each in statements if "core_job" in each and "finished_at >=" in each and "LIMIT" in each
    ]
    with counted(company.database) as statements:
        clerk.get("/notices/")
    assert len(statements) <= 8, "\n".join(statements)
