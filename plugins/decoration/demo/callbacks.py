"""Call-backs of the example firm: the weekly series and those of the warranty, what was tried and answered, and what
the last days left open."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from core.branches.scope import current_branch_id
from core.data import clock
from core.handbook.registry import book
from core.workdays import Calendar, later, rolled
from core.worklist import series
from core.worklist.events import happened
from core.worklist.places import place_of
from plugins.decoration.checks.callbacks import PREFIX
from plugins.decoration.demo import calls_ending
from plugins.decoration.demo.calls_ending import BLANK
from plugins.decoration.demo.customers import class_of
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.demo.questionnaire import scores, write
from plugins.decoration.demo.words_callbacks import AD_HOC, ADVICE, PROBLEMS, SAID
from plugins.decoration.models.callbacks import CallBack, CallTry
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

FOLLOWED = 10
"""Days before today since which the rule book asks for call-backs."""
LEFT_OPEN, TRIED, ASKED_EVERY, PAUSED_FOR = 0.12, 0.07, 4, 6
PLANNED_EVERY = 17
SERIES = ("DEC-R63", "DEC-R70", "DEC-R74", "DEC-R75")
Row = dict[str, Any]


def fill(firm: Firm) -> None:
    calendar = place_of(firm.session, current_branch_id()).calendar
    asked = write(firm)
    rows = sorted(_made(firm, calendar), key=lambda row: (row["due_on"], row["customer_id"], row["kind"]))
    rows += [*_to_come(firm, calendar), *calls_ending.rows(firm)]
    answers = scores(firm, rows, asked)
    ids = firm.insert(CallBack, rows, PREFIX)
    _tries(firm, rows, ids)
    asked.keep(firm, rows, ids, answers)
    _follow(firm)
    calls_ending.follow(firm)


def _made(firm: Firm, calendar: Calendar) -> Iterator[Row]:
    """What was called, each on the day that a walk through the calendar finds."""
    for story in firm.stories:
        if story.called_on is not None:
            yield _call(firm, story, c.PROSPECT, rolled(story.called_on, calendar, "previous"))
        for kind, days in _series_of(firm, story):
            due = dict.fromkeys(rolled(day, calendar, "next") for day in days)
            for day in due:
                recent = day > firm.today - timedelta(days=FOLLOWED)
                if day < firm.today and not (recent and firm.random.random() < LEFT_OPEN):
                    yield _call(firm, story, kind, day)


def _series_of(firm: Firm, story: Story) -> Iterator[tuple[str, list[date]]]:
    """The days of each series of a customer, before they roll off days off."""
    ends = story.lost_on or story.completed_on or firm.today
    if story.entrusted_on is not None:
        yield c.SATISFACTION, _weekly(story.entrusted_on, ends)
    if story.started_on is not None:
        rests = story.completed_on is None and story.key % 9 == 0
        until = firm.today - timedelta(days=PAUSED_FOR) if rests else ends - timedelta(days=1)
        yield c.CONSTRUCTION, _weekly(story.started_on, until)
    if story.completed_on is not None:
        days = [later(story.completed_on, months) for months in (3, 6, 9, 12, 18, 24)]
        yield c.WARRANTY, [day for day in days if day <= firm.today]


def _weekly(first: date, until: date) -> list[date]:
    return [first + timedelta(days=7 * each) for each in range(1, (until - first).days // 7 + 1)]


def _call(firm: Firm, story: Story, kind: str, day: date) -> Row:
    trouble = firm.random.random() < 0.06
    return _row(
        story,
        kind,
        day,
        state=c.DONE,
        done_on=day,
        caller_id=firm.staff["specialist"],
        channel=c.TELEPHONE if firm.random.random() < 0.8 else c.WECHAT,
        summary=firm.random.choice(SAID[kind]),
        problems=firm.random.choice(PROBLEMS) if trouble else None,
        passed_to="engineering" if trouble else None,
        follow_up=firm.random.choice(ADVICE) if trouble else None,
        tries=1 if firm.random.random() < TRIED else 0,
    )


def _row(story: Story, kind: str, day: date, **values: Any) -> Row:
    of_site = kind in (c.CONSTRUCTION, c.SATISFACTION, c.WARRANTY, c.AD_HOC) and story.site_id
    begun = of_site and story.started_on is not None
    row: Row = {
        **BLANK,
        "customer_id": story.customer_id,
        "house_id": story.house_id if kind != c.PROSPECT else None,
        "commission_id": story.commission_id or None if kind != c.PROSPECT else None,
        "site_id": story.site_id if begun else None,
        "kind": kind,
        "state": c.PLANNED,
        "due_on": day,
        "tries": 0,
        **values,
    }
    if row["tries"]:
        row["tried_on"] = day - timedelta(days=1)
    return row


def _to_come(firm: Firm, calendar: Calendar) -> Iterator[Row]:
    """Ad hoc call-backs that somebody promised for the days around today."""
    building = [each for each in firm.stories if each.started_on is not None and each.completed_on is None]
    for place, story in enumerate((building or firm.stories)[: len(firm.stories) // PLANNED_EVERY + 1]):
        day = rolled(firm.today + timedelta(days=place % 5), calendar, "next")
        yield _row(
            story,
            c.AD_HOC,
            day,
            about=AD_HOC[place % len(AD_HOC)],
            person_id=firm.staff["specialist"],
        )


def _tries(firm: Firm, rows: list[Row], ids: dict[str, int]) -> None:
    tried = [
        {
            "call_back_id": ids[row["number"]],
            "customer_id": row["customer_id"],
            "tried_on": row["tried_on"],
            "tried_by": firm.staff["specialist"],
            "outcome": (c.NO_ANSWER, c.BUSY, c.LATER)[place % 3],
            "again_on": row["due_on"],
            "remark": None,
        }
        for place, row in enumerate(rows)
        if row["tries"]
    ]
    if tried:
        setwise.insert_rows(firm.session, CallTry, tried)


def _follow(firm: Firm) -> None:
    """The last days as the rule book followed them: what it asked for, what was called, what stayed open."""
    setwise.join_sets(firm.session)
    first = firm.today - timedelta(days=FOLLOWED)
    with _noon(first):
        for number in SERIES:
            rule: Any = book().rules[number]
            series.plan(firm.session, rule, first)
    rows = setwise.table_of(CallBack)
    columns = (rows.c.id, rows.c.branch_id)
    vips = {each.customer_id for each in firm.stories if class_of(each.key) != n.ORDINARY}
    for back in range(FOLLOWED, 0, -1):
        day = firm.today - timedelta(days=back)
        done = firm.session.scalars(select(CallBack).where(CallBack.done_on == day)).all()
        told = select(Customer).where(Customer.id.in_({each.customer_id for each in done} & vips))
        with _noon(day):
            for kind in (c.CONSTRUCTION, c.SATISFACTION, c.WARRANTY):
                happened(firm.session, c.event(kind), [each for each in done if each.kind == kind], day)
            happened(firm.session, c.VIP_REPORTED, firm.session.scalars(told).all(), day)
    planned = select(*columns, rows.c.due_on).where(rows.c.kind == c.AD_HOC)
    happened(firm.session, f"{c.CALL_BACK}.added", planned, field="due_on")
    setwise.join_sets(firm.session, False)


@contextmanager
def _noon(day: date) -> Iterator[None]:
    """Noon in the office on a day."""
    with clock.frozen(datetime.combine(day, time(4), UTC)):
        yield
