"""Design commissions of the example firm, in every stage, with the meetings that led there and those to come."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Date, literal, select

from core.branches import setwise
from core.data import clock
from core.worklist.events import happened
from plugins.decoration.checks.design import PREFIX
from plugins.decoration.demo import design_money
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.design import Appointment, Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

EARLY = (n.ENTRUSTED, n.WELCOMED, n.MET, n.MEASURED, n.SKETCHED, n.REFINED, n.DRAFTED)
PAID = (n.DEPOSIT_PAID, n.FEE_PAID, n.REVIEWED)
LED_TO = {n.MET: d.FIRST_MEETING, n.MEASURED: d.MEASURING, n.REFINED: d.SKETCH, n.DRAFTED: d.REFINED_PLAN}
"""By the stage that a design came to early: the meeting that led there."""
NEXT = {
    n.ENTRUSTED: d.FIRST_MEETING,
    n.WELCOMED: d.FIRST_MEETING,
    n.MET: d.MEASURING,
    n.MEASURED: d.OTHER_MEETING,
    n.SKETCHED: d.SKETCH,
    n.REFINED: d.REFINED_PLAN,
    n.FEE_PAID: d.RENDERING,
    n.FIXED: d.SITE_HAND_OVER,
}
"""What is to come at a stage."""
TIMES = (("09:00", "10:00"), ("10:30", "12:00"), ("14:00", "15:00"), ("15:30", "17:00"), ("19:00", "20:00"))
PLACES = {d.MEASURING: "客户房屋现场", d.SITE_HAND_OVER: "客户房屋现场"}
AT_THE_STORE = "店面洽谈区"
RECORDS = (
    "客户认可整体方向，收纳再调整",
    "尺寸已复核，厨房烟道位置需注意",
    "客户希望下周看到修改稿",
    "夫妻双方到场，意见一致",
    "预算略超，主材再做两档对比",
)
MISSED_WHY = "客户临时加班，未能到店"
MISSED_EVERY, PUT_OFF_EVERY, UNTOLD_EVERY = 23, 17, 3
"""One design in so many has a meeting that was missed, that was put off, one to which nobody has invited yet."""


def fill(firm: Firm) -> None:
    entrusted = [story for story in firm.stories if story.entrusted_on is not None]
    rows = [_commission(firm, story) for story in entrusted]
    ids = firm.insert(Commission, rows, PREFIX)
    for place, story in enumerate(entrusted, start=1):
        story.commission_id = ids[f"{PREFIX}{place:06d}"]
    random = Random(f"meetings {firm.branch.code}")  # noqa: S311 - example data, not secrets
    designs = list(zip(entrusted, rows, strict=True))
    meetings = [each for story, row in designs for each in _meetings(firm, random, story, row)]
    setwise.insert_rows(firm.session, Appointment, meetings)
    design_money.fill(firm, designs)
    _follow(firm, [story for story, row in designs if row["state"] == n.ENTRUSTED])


def state_of(story: Story, today: date) -> str:
    if story.started_on is not None:
        return n.HANDED_OVER
    if story.fixed_on is not None:
        return n.FIXED
    if story.lost_on is not None:
        return n.GIVEN_UP
    if story.deposit_on is not None:
        return PAID[story.key % len(PAID)]
    return EARLY[min(story.key % len(EARLY), (today - (story.entrusted_on or today)).days)]


def _commission(firm: Firm, story: Story) -> dict[str, Any]:
    state, paid = state_of(story, firm.today), story.deposit_on
    signing = n.SIGNED if story.fixed_on is not None else n.PENDING
    fee = paid + timedelta(days=3) if paid is not None and state != n.DEPOSIT_PAID else None
    drafted = firm.today if state == n.DRAFTED else None
    return {
        "customer_id": story.customer_id,
        "house_id": story.house_id,
        "entrusted_on": story.entrusted_on,
        "designer_id": firm.staff["designer"],
        "state": state,
        "signing": n.LOST if state == n.GIVEN_UP else signing,
        "draft_on": paid - timedelta(days=1) if paid is not None else drafted,
        "deposit_on": paid,
        "fee_on": fee if fee is not None and fee <= firm.today else paid if fee is not None else None,
        "fixed_on": story.fixed_on,
        "handed_over_on": story.started_on,
        "entry_on": story.started_on,
        "ended_on": story.lost_on or story.completed_on,
    }


# ---------------------------------------------------------------- meetings


def _meetings(firm: Firm, random: Random, story: Story, design: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Those that were held, in their order, and the one to come."""
    begun: date = design["entrusted_on"]
    stages = [*_held(story, design["state"])]
    until = design["draft_on"] or design["ended_on"] or firm.today
    before = [each for each in stages if each in d.BOOKED_AHEAD]
    for place, stage in enumerate(before, start=1):
        day = begun + (until - begun) * place // max(len(before), 1)
        yield _meeting(firm, random, story, stage, min(day, firm.today))
    if d.RENDERING in stages:
        reviewed = design["fixed_on"] or firm.today
        yield _meeting(firm, random, story, d.RENDERING, max(design["fee_on"], reviewed - timedelta(days=4)))
    if story.started_on is not None:
        yield _meeting(firm, random, story, d.SITE_HAND_OVER, story.started_on)
    if before and story.key % MISSED_EVERY == 0:
        missed = {"state": d.MISSED, "held_on": None, "record": None, "missed_why": MISSED_WHY}
        yield {**_meeting(firm, random, story, before[0], begun), **missed}
    if before and story.key % PUT_OFF_EVERY == 0:
        later = min(begun + timedelta(days=2), firm.today)
        put_off = {"state": d.MOVED, "held_on": None, "record": None, "new_on": later, "new_starts": "14:00"}
        yield {**_meeting(firm, random, story, before[0], begun), **put_off}
    if design["state"] in NEXT:
        yield _to_come(firm, random, story, NEXT[design["state"]])


def _held(story: Story, state: str) -> Iterator[str]:
    """The meetings that a design has behind it."""
    if state in EARLY:
        reached = EARLY[: EARLY.index(state) + 1]
        yield from (stage for come_to, stage in LED_TO.items() if come_to in reached)
        return
    yield from (
        d.BOOKED_AHEAD if story.deposit_on is not None or story.fixed_on is not None else (d.FIRST_MEETING,)
    )
    if state in (n.REVIEWED, n.FIXED, n.HANDED_OVER):
        yield d.RENDERING


def _meeting(firm: Firm, random: Random, story: Story, stage: str, day: date) -> dict[str, Any]:
    """One that was held."""
    starts, ends = random.choice(TIMES)
    invited = max(day - timedelta(days=random.randint(1, 3)), story.entrusted_on or day)
    return {
        "customer_id": story.customer_id,
        "commission_id": story.commission_id,
        "stage": stage,
        "planned_on": day,
        "starts": starts,
        "minutes": _minutes(ends) - _minutes(starts),
        "ends": ends,
        "place": PLACES.get(stage, AT_THE_STORE),
        "designer_id": firm.staff["designer"],
        "engineer_id": firm.staff["engineering"] if stage == d.SITE_HAND_OVER else None,
        "asked_by": firm.staff["designer"],
        "state": d.HELD,
        "invited_on": invited,
        "invited_by": firm.staff["specialist"],
        "invited_through": random.choice((d.PHONE, d.PHONE, d.SMS)),
        "confirmed_at": datetime.combine(invited, time(8), UTC),
        "confirmed_how": d.PHONE,
        "held_on": day,
        "record": random.choice(RECORDS),
        "missed_why": None,
        "new_on": None,
        "new_starts": None,
    }


def _to_come(firm: Firm, random: Random, story: Story, stage: str) -> dict[str, Any]:
    """The next one: asked for, to be confirmed, or confirmed; some are today."""
    day = firm.today + timedelta(days=random.randint(0, 6))
    found = {**_meeting(firm, random, story, stage, day), "held_on": None, "record": None}
    if story.key % UNTOLD_EVERY == 0:
        untold = dict.fromkeys(
            ("invited_on", "invited_by", "invited_through", "confirmed_at", "confirmed_how")
        )
        return {**found, **untold, "state": d.ASKED}
    found["invited_on"] = firm.today
    if story.key % UNTOLD_EVERY == 1:
        return {**found, "state": d.INVITED, "confirmed_at": None, "confirmed_how": None}
    return {**found, "state": d.CONFIRMED, "confirmed_at": datetime.combine(firm.today, time(1), UTC)}


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _follow(firm: Firm, stories: list[Story]) -> None:
    """Who has only just entrusted a design is to be welcomed (DEC-R69)."""
    rows = setwise.table_of(Commission)
    for story in stories:
        if story.entrusted_on is not None:
            entrusted = select(rows.c.id, rows.c.branch_id, literal(story.entrusted_on, Date))
            with clock.frozen(datetime.combine(story.entrusted_on, time(4), UTC)):
                happened(
                    firm.session,
                    f"{n.COMMISSION}.added",
                    entrusted.where(rows.c.id == story.commission_id),
                    field="entrusted_on",
                )
