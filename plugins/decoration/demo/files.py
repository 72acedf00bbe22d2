"""How the example firm keeps its files: deposits, members, the days' collections, and files that may be one."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.merging import merge
from plugins.decoration.models.customers import (
    Collection,
    Customer,
    Duplicate,
    FileReading,
    Member,
    MemberCare,
)
from plugins.decoration.rules import names_customers as c

MEMBER_EVERY, PROPOSED_EVERY = 8, 32
"""Of the customers whose final payment is settled, one in so many is a member, or proposed as one."""
GROUNDS = ("介绍三户以上", "全屋大户型", "多次合作")
CARES = ("中秋送月饼", "上门保养五金件", "生日送鲜花")
COLLECTED_DAYS = 30
BACKUP = "资料室二号柜，移动硬盘A"
OFF_DUTY = time(17, 40)
PAIRS_EVERY = 61
"""Of two customers who came one after the other, in every so many the second has the telephone of the first."""


def fill(firm: Firm) -> None:
    _members(firm)
    _collections(firm)
    _pairs(firm)


def is_second(story: Story) -> bool:
    """Whether a story is that of the second file of a pair."""
    return story.key % PAIRS_EVERY == PAIRS_EVERY - 1


def _members(firm: Firm) -> None:
    settled = [story for story in firm.stories if story.settled_on is not None]
    rows = [_member(firm, place, story) for place, story in enumerate(settled) if place % MEMBER_EVERY == 0]
    rows += [
        {
            **_member(firm, place, story),
            "state": c.PROPOSED,
            "joined_on": None,
            "decided_by": None,
            "cared_on": None,
        }
        for place, story in enumerate(settled)
        if place % PROPOSED_EVERY == 1
    ]
    names = _names(firm)
    setwise.insert_rows(firm.session, Member, [{**row, "called": names[row["customer_id"]]} for row in rows])
    table = setwise.table_of(Member)
    asked = select(table.c.id, table.c.customer_id, table.c.cared_on).where(table.c.cared_on.is_not(None))
    cares = [
        {
            "member_id": row.id,
            "customer_id": row.customer_id,
            "done_on": row.cared_on,
            "done_by": firm.staff["manager"],
            "what": CARES[place % len(CARES)],
        }
        for place, row in enumerate(setwise.fetch(firm.session, asked.order_by(table.c.id)))
    ]
    setwise.insert_rows(firm.session, MemberCare, cares)


def _member(firm: Firm, place: int, story: Story) -> dict[str, Any]:
    settled = story.settled_on or firm.today
    joined = min(settled + timedelta(days=10), firm.today)
    return {
        "customer_id": story.customer_id,
        "ground": GROUNDS[place % len(GROUNDS)],
        "state": c.ADMITTED,
        "proposed_by": firm.staff["specialist"],
        "proposed_on": settled,
        "joined_on": joined,
        "decided_by": firm.staff["manager"],
        "cared_on": min(joined + timedelta(days=60), firm.today),
    }


def _names(firm: Firm) -> dict[int, str]:
    table = setwise.table_of(Customer)
    return dict(setwise.fetch(firm.session, select(table.c.id, table.c.name)))


def _collections(firm: Firm) -> None:
    """Every day on which files were opened lately; the manager has read all but those of the last days."""
    since = firm.today - timedelta(days=COLLECTED_DAYS)
    days = Counter(story.filed_on for story in firm.stories if story.filed_on >= since)
    readings = [
        {"read_on": day, "read_by": firm.staff["manager"], "files": days[day], "backup_place": BACKUP}
        for day in sorted(days)[:-2]
    ]
    setwise.insert_rows(firm.session, FileReading, readings)
    table = setwise.table_of(FileReading)
    read = dict(setwise.fetch(firm.session, select(table.c.read_on, table.c.id)))
    rows = [
        {
            "day": day,
            "specialist_id": firm.staff["specialist"],
            "files": count,
            "state": c.HANDED_IN,
            "handed_in_at": _at(firm, day),
            "reading_id": read.get(day),
        }
        for day, count in sorted(days.items())
    ]
    setwise.insert_rows(firm.session, Collection, rows)


def _at(firm: Firm, day: date) -> datetime:
    return datetime.combine(day, OFF_DUTY, ZoneInfo(firm.branch.time_zone))


def _pairs(firm: Firm) -> None:
    """Couples of whom each has a file, some told apart and the first of them merged."""
    pairs = [(firm.stories[each.key - 1], each) for each in firm.stories if is_second(each)]
    names = _names(firm)
    rows = [_pair(firm, names, place, *both) for place, both in enumerate(pairs)]
    setwise.insert_rows(firm.session, Duplicate, rows)
    for first, second in pairs[:1]:
        kept, gone = (firm.session.get_one(Customer, each.customer_id) for each in (first, second))
        merge(firm.session, kept, gone)
        second.customer_id = first.customer_id  # what other areas bring belongs to the file that stayed


def _pair(firm: Firm, names: dict[int, str], place: int, first: Story, second: Story) -> dict[str, Any]:
    decided = (
        (c.MERGED, "older", "同一业主，两次登记") if place == 0 else (c.APART, None, "夫妻二人，各有一套房")
    )
    state, kept, reason = decided if place % 2 == 0 else (c.FOUND, None, None)
    title = " / ".join(names[each.customer_id] for each in (first, second))
    is_open = state == c.FOUND
    return {
        "first_id": first.customer_id,
        "second_id": second.customer_id,
        "title": title,
        "found_by": c.BY_PHONE,
        "found_on": second.filed_on,
        "state": state,
        "kept": kept,
        "reason": reason,
        "decided_on": None if is_open else min(second.filed_on + timedelta(days=2), firm.today),
        "decided_by": None if is_open else firm.staff["manager"],
    }
