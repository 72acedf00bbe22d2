"""The series of call-backs as the rules declare them, on known dates and against a plain walk through the calendar."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from company import Company
from core.handbook.registry import book
from core.workdays import Calendar
from core.worklist.models import DONE, DROPPED, MISSED, OPEN
from core.worklist.reckoning import dates
from decoration_calls import Works, at, called, days, owed, plan, put, works
from decoration_company import BY_ID, HERE, setting_changed
from plugins.decoration.models.construction import Site
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

ONE_DAY, WEEK = timedelta(days=1), timedelta(days=7)
KNOWN = Calendar()


def day(written: str) -> date:
    return date.fromisoformat(written)


def finished(company: Company, completed: date) -> Works:
    return works(company, completed - timedelta(days=150), completed - timedelta(days=90), completed)


# ---------------------------------------------------------------- known dates


@pytest.mark.parametrize(
    ("completed", "due", "provisional"),
    [
        ("2024-02-29", "2024-05-29 2024-08-29 2024-11-29 2025-02-28 2025-08-29 2026-02-28", 0),
        ("2025-11-30", "2026-02-28 2026-06-01 2026-08-31 2026-11-30 2027-05-31 2027-11-30", 2),
        ("2026-05-15", "2026-08-17 2026-11-16 2027-02-15 2027-05-17 2027-11-15 2028-05-15", 4),
    ],
)
def test_quarterly_in_the_first_year_and_half_yearly_in_the_second(
    company: Company, completed: str, due: str, provisional: int
) -> None:
    """DC-CAD-1, DC-CAD-2, DC-CAD-4, by DEC-R74 and DEC-R75: both counted from the completion, never from a call."""
    site = finished(company, day(completed)).site
    for rule in ("DEC-R74", "DEC-R75"):
        plan(company, rule, day(completed), ahead=900)
    found = [*owed(company, "DEC-R74", site, OPEN), *owed(company, "DEC-R75", site, OPEN)]
    assert [each.due_on.isoformat() for each in found] == due.split()
    assert [each.provisional for each in found] == [False] * (6 - provisional) + [True] * provisional


def test_weekly_calls_last_from_the_start_to_completion(company: Company) -> None:
    """DC-WEEK-1, by DEC-R63: two that roll onto one day are one; none on the day of completion or after it."""
    site = works(company, day("2025-11-03"), day("2026-01-26")).site
    plan(company, "DEC-R63", day("2026-01-26"), ahead=60)
    found = owed(company, "DEC-R63", site, OPEN)
    asked = [each.due_on.isoformat() for each in found if each.due_on < day("2026-03-16")]
    assert asked == ["2026-02-02", "2026-02-09", "2026-02-24", "2026-03-02", "2026-03-09"]
    assert [each.nominal_on.isoformat() for each in found][:3] == ["2026-02-02", "2026-02-09", "2026-02-16"]
    put(company, Site, site, state=n.COMPLETED, completed_on=day("2026-03-16"))
    plan(company, "DEC-R63", day("2026-03-16"), ahead=60)
    assert owed(company, "DEC-R63", site, OPEN) == []
    before = works(company, day("2026-05-04")).site
    plan(company, "DEC-R63", day("2026-06-01"))
    assert owed(company, "DEC-R63", before) == [], "nobody is called about works that have not begun"


def test_satisfaction_is_asked_weekly_until_the_project_ends(company: Company) -> None:
    """DEC-R70: every week from the day of entrusting, through design and works."""
    made = works(company, day("2026-04-07"), day("2026-05-25"))
    plan(company, "DEC-R70", day("2026-04-07"), ahead=30)
    asked = ["2026-04-14", "2026-04-21", "2026-04-28", "2026-05-06"]
    assert days(company, "DEC-R70", made.commission) == asked
    put(company, Commission, made.commission, ended_on=day("2026-04-21"))
    plan(company, "DEC-R70", day("2026-04-10"), ahead=30)
    assert days(company, "DEC-R70", made.commission) == asked[:2], "the last day counts, and none after it"
    given_up = works(company, day("2026-04-07")).commission
    put(company, Commission, given_up, state=n.GIVEN_UP)
    plan(company, "DEC-R70", day("2026-04-10"), ahead=30)
    assert owed(company, "DEC-R70", given_up) == []


def test_the_project_ends_when_its_works_are_completed(company: Company) -> None:
    with at(day("2026-06-10")):
        made = works(company, day("2026-04-07"), day("2026-05-25"))
        api = company.api_of(f"{HERE}.engineering")
        moved = api("POST", f"/api/v1/decoration/site/{made.site}/complete", json={})
        assert moved.status_code == 200, moved.text
        kept = company.api_of(f"{HERE}.specialist")("GET", f"/api/v1/decoration/commission/{made.commission}")
    assert kept.status_code == 200, kept.text
    assert kept.json["result"]["ended_on"] == "2026-06-10"


def test_a_call_is_kept_and_the_next_week_asked_for(company: Company) -> None:
    made = works(company, day("2026-04-07"), day("2026-06-01"))
    plan(company, "DEC-R63", day("2026-06-01"), ahead=15)
    with at(day("2026-06-05")):
        key = called(company.api_of(f"{HERE}.specialist"), made, c.CONSTRUCTION)
    [done] = owed(company, "DEC-R63", made.site, DONE)
    assert (done.due_on, done.closed_entity, done.closed_record) == (day("2026-06-08"), c.CALL_BACK, key)
    assert days(company, "DEC-R63", made.site) == ["2026-06-15"]


def test_a_week_without_a_call_is_missed_when_the_next_is_over(company: Company) -> None:
    from core.worklist.lateness import fall_late

    made = works(company, day("2026-04-07"), day("2026-06-01"))
    plan(company, "DEC-R63", day("2026-06-01"), ahead=10)
    with at(day("2026-06-17")), company.session(HERE) as session:
        fall_late(session, book().rules["DEC-R63"], day("2026-06-17"))
    assert days(company, "DEC-R63", made.site, MISSED) == ["2026-06-08"]


def test_one_call_may_stand_for_both_weekly_series(company: Company) -> None:
    """AMB-12: separate series, unless the branch says otherwise."""

    def both(first: str, kind: str) -> tuple[int, int]:
        begun = day(first)
        made = works(company, begun, begun)
        for rule in ("DEC-R63", "DEC-R70"):
            plan(company, rule, begun, ahead=10)
        with at(begun + timedelta(days=4)):
            called(company.api_of(f"{HERE}.specialist"), made, kind)
        return (
            len(owed(company, "DEC-R63", made.site, DONE)),
            len(owed(company, "DEC-R70", made.commission, DONE)),
        )

    assert both("2026-06-01", c.CONSTRUCTION) == (1, 0)
    assert both("2026-06-01", c.SATISFACTION) == (0, 1)
    setting_changed(company, "DEC-R70", "one_call_for_both", True, day("2028-09-01"))
    assert both("2028-09-04", c.CONSTRUCTION) == (1, 1)
    assert both("2028-09-04", c.SATISFACTION) == (1, 1)
    assert both("2026-06-01", c.WARRANTY) == (0, 0)


def test_who_is_tracked_for_life_is_called_once_an_interval_is_set(company: Company) -> None:
    """DEC-R14: without a figure nothing is asked; with one, from the third year on, as long as the branch wants it."""
    site = finished(company, day("2026-08-31")).site
    plan(company, "DEC-R14", day("2028-08-31"), ahead=900)
    assert owed(company, "DEC-R14", site) == []
    setting_changed(company, "DEC-R14", "lifetime_interval", 12, day("2028-10-01"))
    plan(company, "DEC-R14", day("2028-10-02"), ahead=900)
    assert [each.nominal_on.isoformat() for each in owed(company, "DEC-R14", site, OPEN)] == [
        "2029-08-31",
        "2030-08-31",
    ]
    setting_changed(company, "DEC-R14", "lifetime_tracking", False, day("2028-11-01"))
    plan(company, "DEC-R14", day("2028-11-01"), ahead=900)
    assert owed(company, "DEC-R14", site, OPEN) == []


def test_the_rhythm_that_a_branch_sets_is_counted_from_the_first_day(company: Company) -> None:
    """Re-planning: what is to come follows the new figure, what was called stays."""
    site = finished(company, day("2029-01-31")).site
    plan(company, "DEC-R74", day("2029-01-31"), ahead=400)
    assert [f"{each.nominal_on:%m-%d}" for each in owed(company, "DEC-R74", site, OPEN)] == [
        "04-30",
        "07-31",
        "10-31",
        "01-31",
    ]
    setting_changed(company, "DEC-R74", "warranty_y1_months", 4, day("2029-05-02"))
    plan(company, "DEC-R74", day("2029-05-02"), ahead=400)
    again = [f"{each.nominal_on:%m-%d}" for each in owed(company, "DEC-R74", site, OPEN)]
    assert again == ["05-31", "09-30", "01-31"]


# ---------------------------------------------------------------- a plain walk through the calendar


def worked(one: date) -> date:
    """The first working day from a day on."""
    while not KNOWN.is_workday(one):
        one += ONE_DAY
    return one


def months_after(one: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(one.year * 12 + one.month - 1 + months, 12)
    return one.replace(year=year, month=month + 1, day=min(one.day, calendar.monthrange(year, month + 1)[1]))


FIRST = date(2026, 1, 5)
HORIZON = FIRST + timedelta(days=120)


@dataclass(frozen=True)
class Weeks:
    """A site: when its works began, the spans in which they rested, and when they were completed."""

    started: date
    rests: tuple[tuple[date, date], ...] = ()
    completed: date | None = None
    corrected: tuple[date, date] | None = None
    nights: frozenset[date] = field(default_factory=frozenset)


@st.composite
def sites(draw: st.DrawFn) -> Weeks:
    started = FIRST + timedelta(days=draw(st.integers(-20, 20)))
    so_far, rests = FIRST + ONE_DAY, []
    for _each in range(draw(st.integers(0, 2))):
        begins = so_far + timedelta(days=draw(st.integers(0, 25)))
        so_far = begins + timedelta(days=draw(st.integers(1, 30)))
        rests.append((begins, so_far))
    ends = so_far + timedelta(days=draw(st.integers(1, 20))) if draw(st.booleans()) else None
    moved = None
    if not rests and draw(st.booleans()):
        moved = (
            so_far + timedelta(days=draw(st.integers(0, 30))),
            FIRST + timedelta(days=draw(st.integers(-30, 30))),
        )
        ends = None
    return Weeks(started, tuple(rests), ends, moved)


def walked(site: Weeks) -> list[date]:
    """The days of the calls: every seventh day, later by the days of each rest that began before the call was due."""
    begins, from_ = site.started, FIRST
    if site.corrected is not None:
        from_, begins = site.corrected
    found = set()
    for week in range(1, 30):
        nominal = begins + WEEK * week
        if not from_ <= nominal <= HORIZON:
            continue
        for first, last in site.rests:
            if worked(nominal) >= first:
                nominal += last - first
        found.add(worked(nominal))
    return sorted(found) if site.completed is None else []


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(sites(), min_size=1, max_size=25))
@example([Weeks(date(2026, 1, 26), ((date(2026, 2, 10), date(2026, 2, 24)),))])
def test_weekly_series_are_those_of_a_walk_through_the_calendar(company: Company, found: list[Weeks]) -> None:
    """Pausing, merging, a corrected start and completion, for DEC-R63."""
    ids = [works(company, FIRST, each.started).site for each in found]
    nights: dict[date, list[tuple[int, dict[str, object]]]] = {FIRST: []}
    for each, site in zip(found, ids, strict=True):
        for first, last in each.rests:
            nights.setdefault(first, []).append((site, {"state": n.PAUSED}))
            nights.setdefault(last, []).append((site, {"state": n.UNDER_WAY}))
        if each.completed is not None:
            over = {"state": n.COMPLETED, "completed_on": each.completed}
            nights.setdefault(each.completed, []).append((site, over))
        if each.corrected is not None:
            nights.setdefault(each.corrected[0], []).append((site, {"started_on": each.corrected[1]}))
    for night in sorted(nights):
        for site, values in nights[night]:
            put(company, Site, site, **values)
        plan(company, "DEC-R63", night, ahead=(HORIZON - night).days)
    for each, site in zip(found, ids, strict=True):
        assert [one.due_on for one in owed(company, "DEC-R63", site, OPEN)] == walked(each), each
        put(company, Site, site, state=n.SETTLED)


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(st.dates(date(2024, 1, 1), date(2026, 6, 30)), st.integers(0, 500), st.integers(-40, 40)),
        min_size=1,
        max_size=6,
    )
)
@example([(date(2024, 2, 29), 0, 1), (date(2025, 11, 30), 100, -1)])
def test_moving_the_completion_moves_what_is_to_come(
    company: Company, found: list[tuple[date, int, int]]
) -> None:
    """DEC-R74 and DEC-R75 after the day of completion was corrected: counted anew, nothing of the old plan left."""
    for completed, after, by in found:
        night = completed + timedelta(days=after)
        right = completed + timedelta(days=by)
        site = finished(company, completed).site
        for rule in ("DEC-R74", "DEC-R75"):
            plan(company, rule, completed, ahead=800)
        put(company, Site, site, completed_on=right)
        for rule, months in (("DEC-R74", (3, 6, 9, 12)), ("DEC-R75", (18, 24))):
            plan(company, rule, night, ahead=1_000)
            nominal = [months_after(right, each) for each in months]
            asked_from = night if by else completed  # what is right already is not planned anew
            expected = sorted({worked(each) for each in nominal if each >= asked_from})
            assert [each.due_on for each in owed(company, rule, site, OPEN)] == expected
        put(company, Site, site, state=n.PREPARED)


def test_both_years_are_counted_with_one_clause_and_one_anchor() -> None:
    first, second = BY_ID["DEC-R74"], BY_ID["DEC-R75"]
    assert first.clause is second.clause
    assert {first.anchor, second.anchor} == {"completed_on"}  # type: ignore[attr-defined]
    held = {each.name: each.default for each in second.settings}
    found = dates(second, held, date(2024, 2, 29), date(2030, 1, 1), KNOWN)  # type: ignore[arg-type]
    assert [base for base, _opens in found] == [date(2025, 8, 29), date(2026, 2, 28)]


def test_nothing_of_what_was_dropped_is_asked_again(company: Company) -> None:
    """Planned twice, a night comes to the same."""
    site = works(company, day("2026-01-05"), day("2026-01-26")).site
    for _twice in range(2):
        plan(company, "DEC-R63", day("2026-01-26"), ahead=60)
    assert len(owed(company, "DEC-R63", site, OPEN)) == len(set(days(company, "DEC-R63", site)))
    assert owed(company, "DEC-R63", site, DROPPED) == []
