"""What happened on the example firm's sites: hand-overs, notices, stages, acceptances, pauses, checks."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.checks.construction_works import COMPLETIONS, STARTS
from plugins.decoration.demo.construction import PAUSED_FOR, WHY, state_of
from plugins.decoration.demo.construction_days import REPEATED_EVERY, Step, later, steps_of
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.construction_stages import (
    Acceptance,
    CompletionNotice,
    Handover,
    Pause,
    SiteCheck,
    Stage,
    StartNotice,
)
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

RESTED_EVERY, ISSUE_EVERY = 11, 5
CHECKS = 4
"""Checks of a site under way, one a week."""
RECORDS = ("现场验收合格，签字齐全", "已按图施工，尺寸无误", "材料与清单一致，验收通过")
SAID = ("满意，师傅认真", "满意，现场整洁", "总体满意，希望进度快些")
ISSUES = ("墙面局部空鼓", "插座位置偏差3厘米", "现场材料堆放凌乱", "卫生间找坡不足")
REST = "业主出差，暂停施工"


def fill(firm: Firm) -> None:
    sites = [story for story in firm.stories if story.site_id]
    begun = [story for story in sites if story.started_on is not None]
    setwise.insert_rows(firm.session, Handover, [_handover(firm, each) for each in sites])
    firm.insert(StartNotice, [_start(firm, each) for each in sites], STARTS)
    done = [story for story in begun if story.completed_on is not None]
    firm.insert(CompletionNotice, [_completion(firm, each) for each in done], COMPLETIONS)
    setwise.insert_rows(firm.session, Stage, [row for each in begun for row in _stages(firm, each)])
    setwise.insert_rows(firm.session, Acceptance, [row for each in begun for row in _first(firm, each)])
    _again(firm, begun)
    setwise.insert_rows(firm.session, Pause, [row for each in begun for row in _pauses(firm, each)])
    setwise.insert_rows(firm.session, SiteCheck, [row for each in begun for row in _checks(firm, each)])


def own(story: Story) -> dict[str, Any]:
    return {"site_id": story.site_id, "customer_id": story.customer_id}


def _handover(firm: Firm, story: Story) -> dict[str, Any]:
    held, planned = story.started_on, story.started_on or firm.today + timedelta(days=4)
    there = held is not None
    return {
        **own(story),
        "planned_on": planned,
        "entry_on": planned,
        "designer_id": firm.staff["designer"] if there else None,
        "engineer_id": firm.staff["engineering"] if there else None,
        "customer_head": "业主本人" if there else None,
        "record": "三方现场交底，图纸与工艺已说明" if there else None,
        "held_on": held,
        "state": c.HELD if there else c.PLANNED,
    }


def _notice(firm: Firm, story: Story, day: date, received: date | None) -> dict[str, Any]:
    return {
        **own(story),
        "remark": None,
        "sent_on": received or firm.today,
        "sent_by": firm.staff["engineering"],
        "received_on": received,
        "received_by": firm.staff["specialist"] if received is not None else None,
        "state": c.RECEIVED if received is not None else c.SENT,
    }


def _start(firm: Firm, story: Story) -> dict[str, Any]:
    day = story.started_on or firm.today + timedelta(days=5)
    return {**_notice(firm, story, day, story.started_on), "start_on": day}


def _completion(firm: Firm, story: Story) -> dict[str, Any]:
    day = story.completed_on or firm.today
    return {**_notice(firm, story, day, day), "completed_on": day}


def _stages(firm: Firm, story: Story) -> Iterator[dict[str, Any]]:
    for position, step in enumerate(steps_of(story, firm.today), 1):
        state = c.WORKING if step.begun is not None else c.WAITING
        yield {
            **own(story),
            "stage": step.stage,
            "position": position,
            "planned_from": step.planned[0],
            "planned_until": step.planned[1],
            "started_on": step.begun,
            "passed_on": step.passed,
            "override_why": None,
            "overridden_by": None,
            "state": c.DONE if step.passed is not None else state,
        }


def is_repeated(story: Story, step: Step) -> bool:
    """Whether the first inspection of a stage failed."""
    return step.stage == n.PLUMBING and step.passed is not None and story.key % REPEATED_EVERY == 3


def _first(firm: Firm, story: Story) -> Iterator[dict[str, Any]]:
    """The first inspection of each stage; one that failed was four days before the one that passed."""
    for step in steps_of(story, firm.today):
        if is_repeated(story, step) and step.passed is not None:
            failed = _held(firm, story, step.stage, step.passed - timedelta(days=4))
            yield {
                **failed,
                "state": c.FAILED,
                "record": "线管间距不足，需整改后复验",
                "called_on": None,
                "called_by": None,
                "call_result": None,
            }
        elif step.passed is not None:
            yield _held(firm, story, step.stage, step.passed)
        else:
            yield _ahead(firm, story, step)


def _again(firm: Firm, begun: list[Story]) -> None:
    """Inspections after one that failed."""
    table = setwise.table_of(Acceptance)
    failed = select(table.c.site_id, table.c.id).where(table.c.state == c.FAILED)
    previous = dict(setwise.fetch(firm.session, failed))
    rows = [
        {**_held(firm, story, step.stage, step.passed), "attempt": 2, "previous_id": previous[story.site_id]}
        for story in begun
        for step in steps_of(story, firm.today)
        if is_repeated(story, step) and step.passed is not None
    ]
    setwise.insert_rows(firm.session, Acceptance, rows)


def _held(firm: Firm, story: Story, stage: str, day: date) -> dict[str, Any]:
    called = later(day, 1, firm.today)
    return {
        **own(story),
        "checkpoint": stage,
        "attempt": 1,
        "previous_id": None,
        "planned_on": day,
        "announced_on": day - timedelta(days=3),
        "notified_on": day - timedelta(days=2),
        "notified_by": firm.staff["specialist"],
        "attended": (story.key + len(stage)) % 6 != 0,
        "held_on": day,
        "held_by": firm.staff["inspector"],
        "record": RECORDS[story.key % len(RECORDS)],
        "called_on": called,
        "called_by": firm.staff["specialist"] if called is not None else None,
        "call_result": SAID[story.key % len(SAID)] if called is not None else None,
        "state": c.CLOSED if called is not None else c.PASSED,
    }


def _ahead(firm: Firm, story: Story, step: Step) -> dict[str, Any]:
    """An inspection that is to come: told to the customer in the last days, announced before."""
    left = (step.planned[1] - firm.today).days if step.begun is not None else 99
    state = c.NOTIFIED if left <= 4 else c.ANNOUNCED if left <= 10 else c.PLANNED
    is_told, is_known = state == c.NOTIFIED, state != c.PLANNED
    return {
        **_held(firm, story, step.stage, max(step.planned[1], firm.today + timedelta(days=1))),
        "announced_on": firm.today - timedelta(days=1) if is_known else None,
        "notified_on": firm.today if is_told else None,
        "notified_by": firm.staff["specialist"] if is_told else None,
        "attended": False,
        "held_on": None,
        "held_by": None,
        "record": None,
        "called_on": None,
        "called_by": None,
        "call_result": None,
        "state": state,
    }


def _pauses(firm: Firm, story: Story) -> Iterator[dict[str, Any]]:
    begun = story.started_on or firm.today
    if story.key % RESTED_EVERY == 2:
        first, on = later(begun, 30, firm.today), later(begun, 37, firm.today)
        if first is not None and on is not None:
            yield {**own(story), "paused_on": first, "resumed_on": on, "reason": REST}
    if state_of(story) == n.PAUSED:
        since = max(begun, firm.today - timedelta(days=PAUSED_FOR))
        yield {**own(story), "paused_on": since, "resumed_on": None, "reason": WHY}


def _checks(firm: Firm, story: Story) -> Iterator[dict[str, Any]]:
    """The weekly checks of the last month of the works."""
    last = story.completed_on or firm.today
    for week in range(CHECKS, 0, -1):
        day = last - timedelta(days=7 * week - 3)
        if story.started_on is None or day < story.started_on:
            continue
        stage = next(
            (each.stage for each in steps_of(story, firm.today) if each.passed is None or each.passed >= day),
            n.COMPLETION,
        )
        issue = (story.key + week) % ISSUE_EVERY == 0
        settled = later(day, 5, firm.today) if issue else None
        state = (c.SETTLED if settled is not None else c.OPEN) if issue else c.FINE
        yield {
            **own(story),
            "checked_on": day,
            "checked_by": firm.staff["inspector"],
            "stage": stage,
            "found": ISSUES[story.key % len(ISSUES)] if issue else None,
            "settled_how": "已返工，复查合格" if settled is not None else None,
            "settled_on": settled,
            "state": state,
        }
