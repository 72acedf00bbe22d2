"""Which days a branch works: the yearly notice, the company's own word, and the nearest branch up the tree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import delete, select

from company import Company
from core.workdays import USUAL_HOURS
from core.workdays.kept import calendar_of, hours_of
from core.workdays.models import NOTICE, OWN, ServiceTime, Workday

FAIR = date(2026, 11, 25)  # a Wednesday
SATURDAY = date(2026, 11, 28)
SPRING = date(2027, 2, 8)  # a Monday; of 2027 nothing is announced in the library


@pytest.fixture(autouse=True)
def as_before(company: Company) -> Iterator[None]:
    """What a test enters is gone after it. East and west lie below the head office."""
    yield
    with company.session() as session:
        for model in (Workday, ServiceTime):
            session.execute(delete(model))


def enter(company: Company, day: date, worked: bool, branch: str | None = None, **more: Any) -> None:
    with company.session() as session:
        where = company.branches[branch] if branch else None
        session.add(Workday(day=day, is_workday=worked, branch_id=where, name="Fair", **more))


def works(company: Company, day: date, branch: str | None) -> bool:
    with company.session() as session:
        return calendar_of(session, company.branches[branch] if branch else None).is_workday(day)


def test_what_nobody_says_is_as_announced(company: Company):
    assert works(company, FAIR, "east")
    assert not works(company, SATURDAY, "east")


def test_a_branchs_word_counts_there_and_below_and_nowhere_else(company: Company):
    enter(company, FAIR, False, "hq")
    assert not works(company, FAIR, "hq")
    assert not works(company, FAIR, "east")
    assert works(company, FAIR, None)
    enter(company, FAIR, True, "east")
    assert works(company, FAIR, "east")
    assert not works(company, FAIR, "hq")


def test_a_word_without_a_branch_counts_everywhere_until_a_branch_says_otherwise(company: Company):
    enter(company, SATURDAY, True)
    enter(company, SATURDAY, False, "west")
    assert works(company, SATURDAY, "east")
    assert not works(company, SATURDAY, "west")


def test_a_year_is_settled_by_its_notice_alone(company: Company):
    enter(company, SPRING, False, source=OWN)
    with company.session() as session:
        assert calendar_of(session, None).is_provisional(date(2027, 3, 1))
    enter(company, date(2027, 10, 4), False, source=NOTICE)
    with company.session() as session:
        settled = calendar_of(session, company.branches["east"])
    assert not settled.is_provisional(date(2027, 3, 1))
    assert not settled.is_workday(SPRING)
    assert settled.is_workday(date(2027, 3, 1))


def test_hours_of_service_come_from_the_nearest_branch(company: Company):
    with company.session() as session:
        assert hours_of(session, company.branches["east"]) == USUAL_HOURS
        session.add(ServiceTime(branch_id=company.branches["hq"], windows="08:00-17:00"))
        session.add(ServiceTime(windows="10:00-11:00"))
        session.flush()
        assert hours_of(session, company.branches["east"]).windows == ((time(8), time(17)),)
        assert hours_of(session, company.branches["west"]).windows == ((time(8), time(17)),)
        assert hours_of(session, None).windows == ((time(10), time(11)),)


# ---------------------------------------------------------------- screens


def day_form(company: Company, branch: str | None, day: str = "2026-11-25") -> dict[str, Any]:
    where = str(company.branches[branch]) if branch else ""
    return {"day": day, "name": "Fair", "is_workday": None, "branch_id": where}


def test_a_day_is_entered_on_a_screen_once(company: Company):
    admin = company.client_of("admin")
    assert admin.fill("/core/workday/new", day_form(company, "east")).status_code == 302
    assert not works(company, FAIR, "east")
    again = admin.fill("/core/workday/new", day_form(company, "east"))
    assert again.status_code == 422
    assert "Something is said of this day already" in again.text
    assert admin.fill("/core/workday/new", day_form(company, None)).status_code == 302
    again = admin.fill("/core/workday/new", day_form(company, None))
    assert again.status_code == 422


def test_who_holds_no_right_enters_none(company: Company):
    assert company.client_of("east.manager").get("/core/workday/").status_code == 403
    assert company.client_of("east.manager").get("/core/service_time/new").status_code == 403


def test_hours_are_read_before_they_are_kept(company: Company):
    admin = company.client_of("admin")
    for wrong in ("9 to 5", "12:00-09:00", "09:00-12:00 11:00-13:00", "25:00-26:00"):
        answer = admin.fill("/core/service_time/new", {"windows": wrong, "branch_id": ""})
        assert "Write the hours like" in answer.text, wrong
    form = {"windows": "8:30-12:00  13:00-17:30", "branch_id": str(company.branches["west"])}
    assert admin.fill("/core/service_time/new", form).status_code == 302
    with company.session() as session:
        assert session.scalars(select(ServiceTime.windows)).one() == "08:30-12:00 13:00-17:30"
    assert admin.fill("/core/service_time/new", form).status_code == 422
