"""The calendar of a year: every day with its kind, exceptions marked, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import delete

from company import Browser, Company
from core.workdays import Calendar
from core.workdays.models import NOTICE, OWN, Workday
from core.workdays.year import HOLIDAY, MADE_UP, REST, WORK, Said, year_of
from duties import at


@pytest.fixture(autouse=True)
def as_before(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "company" in request.fixturenames:
        with request.getfixturevalue("company").session() as session:
            session.execute(delete(Workday))


def test_the_year_2026_day_by_day():
    days = {f"{each.day:%m-%d}": each for each in year_of(2026, Calendar(), {})}
    assert Counter(each.kind for each in days.values()) == {WORK: 242, REST: 84, HOLIDAY: 33, MADE_UP: 6}
    assert (days["10-01"].kind, days["10-01"].name) == (HOLIDAY, "National Day")
    assert (days["10-10"].kind, days["10-10"].name) == (MADE_UP, "National Day")
    assert (days["11-23"].kind, days["11-23"].name) == (WORK, "")
    assert not any(each.provisional for each in days.values())


def test_a_year_without_a_notice_is_provisional_and_what_is_said_comes_first():
    fair = date(2027, 5, 6)
    said = {fair: Said("Fair", OWN, 2)}
    days = {each.day: each for each in year_of(2027, Calendar({fair: False}), said)}
    assert (days[fair].kind, days[fair].name, days[fair].provisional) == (HOLIDAY, "Fair", False)
    assert (days[date(2027, 2, 5)].kind, days[date(2027, 2, 5)].name) == (HOLIDAY, "Spring Festival")
    assert days[date(2027, 2, 5)].provisional
    assert len(year_of(2028, Calendar(), {})) == 366


def words_of(browser: Browser, year: str) -> dict[str, str]:
    """What a screen reader says of each day."""
    page = browser.get(f"/core/workdays/?year={year}").text
    found = re.findall(
        r'<time datetime="([\d-]+)".*?<span class="visually-hidden">(.*?)</span></time>', page, re.S
    )
    return dict(found)


def test_the_page_says_each_day_in_the_readers_language_and_marks_what_was_entered(company: Company):
    with company.session() as session:
        session.add(Workday(day=date(2027, 10, 4), is_workday=False, name="National Day", source=NOTICE))
        for branch, day in (("hq", 8), ("east", 9)):
            there = company.branches[branch]
            session.add(Workday(day=date(2027, 5, day), is_workday=True, name="Fair", branch_id=there))
    with at(date(2026, 11, 23)):
        admin = company.client_of("admin")
        said = words_of(admin, "2027")
        assert len(said) == 365
        assert said["2027-10-04"] == "Oct 4, 2027, holiday, National Day, Yearly notice"
        assert "make-up working day, Fair, " in said["2027-05-08"]
        assert "Fair" not in said["2027-05-09"]  # that is what another branch says
        assert "provisional" not in said["2027-05-10"]
        assert "provisional" in words_of(admin, "2028")["2028-05-10"]
        assert "Working days of 2026" in admin.get("/core/workdays/?year=soon").text
        assert company.client_of("east.clerk").get("/core/workdays/").status_code == 403
        chinese = company.browser("zh")
        chinese.log_in("admin")
        assert words_of(chinese, "2026")["2026-10-10"] == "2026年10月10日、调休上班日、国庆节"
        page = chinese.get("/core/workdays/?year=2026").text
        assert re.search(r'year-days">1–7</span> <bdi>国庆节</bdi> <span class="quiet">节假日', page)
