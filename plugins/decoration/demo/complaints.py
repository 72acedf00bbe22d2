"""Complaints, penalties, repair files and repairs of the example firm, over its thirty months."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from core.branches import setwise
from core.worklist.events import happened
from plugins.decoration.checks.complaints import PREFIX
from plugins.decoration.checks.penalties import PREFIX as PENALTY_PREFIX
from plugins.decoration.checks.repairs import FILE_PREFIX
from plugins.decoration.checks.repairs import PREFIX as REPAIR_PREFIX
from plugins.decoration.demo import words_complaints as words
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.complaints import Complaint, Involved, Penalty, Repair, RepairFile
from plugins.decoration.models.construction import Crew
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.warranty import ends, terms, until

OPEN_DAYS = 16
"""Younger complaints are still under way, by the state that fits their age."""
UNDER_WAY = (
    (2, c.RECEIVED),
    (3, c.RECORDED),
    (5, c.RESPONDED),
    (7, c.ASSIGNED),
    (10, c.HANDLING),
    (13, c.RESOLVED),
    (OPEN_DAYS, c.VERIFIED),
)
ORDER = (
    c.RECEIVED,
    c.RECORDED,
    c.RESPONDED,
    c.ASSIGNED,
    c.HANDLING,
    c.RESOLVED,
    c.VERIFIED,
    c.CLOSED,
)
REPEATED_EVERY, PENALISED_EVERY = 6, 5
HOURS = timedelta(hours=24)
ANSWERED = (*((20, 1300),) * 9, (1500, 2400))
"""Minutes until the answer; one in ten comes too late."""


@dataclass
class Case:
    """A complaint in the making, with the place of the one that it repeats."""

    story: Story
    day: date
    kind: str
    repeats: int | None = None
    place: int = 0


def fill(firm: Firm) -> None:
    # Figures of its own, so that what other areas draw stays the same.
    random = Random(f"complaints {firm.branch.code}")  # noqa: S311 - example data, not secrets
    table = setwise.table_of(Crew)
    crews = [row.id for row in setwise.fetch(firm.session, select(table.c.id).order_by(table.c.id))]
    cases = _cases(firm, random)
    ids = _complaints(firm, random, cases, crews)
    _involved(firm, cases, ids)
    _penalties(firm, cases, ids, crews)
    files = _files(firm)
    _repairs(firm, random, files, crews)


# ---------------------------------------------------------------- complaints


def _cases(firm: Firm, random: Random) -> list[Case]:
    """Two in five sites are complained of, one of these twice; and the last weeks have some of every state."""
    built = [story for story in firm.stories if story.started_on is not None]
    found: list[Case] = []
    for story in built:
        if random.random() < 0.4:
            found += _of_site(firm, random, story, len(found))
    settled = firm.today - timedelta(days=OPEN_DAYS)
    recent = [story for story in built if story.started_on is not None and story.started_on <= settled]
    for place, (age, _state) in enumerate(UNDER_WAY):
        if recent:
            story = recent[-1 - place % len(recent)]
            day = firm.today - timedelta(days=age - 1)
            found.append(Case(story, day, words.KINDS[place % len(words.KINDS)]))
    found.sort(key=lambda case: (case.day, case.story.key))
    for place, case in enumerate(found):
        case.place = place
        same = (each for each in found[:place] if each.story is case.story and each.kind == case.kind)
        before = max(same, key=lambda each: each.place, default=None)
        case.repeats = before.place if before is not None else None
    return found


def _of_site(firm: Firm, random: Random, story: Story, count: int) -> list[Case]:
    begun = story.started_on or firm.today
    day = begun + timedelta(days=random.randint(3, 150))
    kind = random.choice(words.KINDS)
    days = [day] if count % REPEATED_EVERY else [day, day + timedelta(days=random.randint(12, 40))]
    return [Case(story, each, kind) for each in days if each <= firm.today - timedelta(days=OPEN_DAYS)]


def _complaints(firm: Firm, random: Random, cases: list[Case], crews: list[int]) -> list[int]:
    """The sheets; answers their ids in the order of the cases."""
    times: list[int] = []
    rows = []
    for case in cases:
        times.append(times[case.repeats] + 1 if case.repeats is not None else 1)
        rows.append(_complaint(firm, random, case, crews[case.story.key % len(crews)], times[-1]))
    numbers = firm.insert(Complaint, rows, PREFIX)
    ids = [numbers[f"{PREFIX}{place:06d}"] for place in range(1, len(rows) + 1)]
    _link(firm, cases, ids)
    _owe_answers(firm, ids, cases)
    return ids


def _link(firm: Firm, cases: list[Case], ids: list[int]) -> None:
    """What repeats an earlier one points to it."""
    for case in cases:
        if case.repeats is not None:
            again = firm.session.get_one(Complaint, ids[case.place])
            again.repeat_of_id = ids[case.repeats]
    firm.session.flush()


def _owe_answers(firm: Firm, ids: list[int], cases: list[Case]) -> None:
    """Who has no answer yet is owed one (DEC-R59)."""
    waiting = [ids[case.place] for case in cases if state_of(firm, case) in c.UNANSWERED]
    for complaint in firm.session.scalars(
        select(Complaint).where(Complaint.id.in_(waiting)).order_by(Complaint.id)
    ):
        happened(
            firm.session,
            f"{c.COMPLAINT}.added",
            [complaint],
            complaint.received_on,
            field="received_at",
            at=complaint.received_at,
        )


def state_of(firm: Firm, case: Case) -> str:
    age = (firm.today - case.day).days
    return next((state for days, state in UNDER_WAY if age < days), c.CLOSED)


def _complaint(firm: Firm, random: Random, case: Case, crew: int, times: int) -> dict[str, Any]:
    state, staff = state_of(firm, case), firm.staff
    came = _at(firm, case.day, random.randint(9, 17), random.randint(0, 59))
    answered = came + timedelta(minutes=random.randint(*random.choice(ANSWERED)))
    reached = ORDER.index(state)
    said = words.SAID[case.kind]

    def later(step: str, value: Any) -> Any:
        """What is known from a state on."""
        return value if reached >= ORDER.index(step) else None

    day = case.day
    return {
        "customer_id": case.story.customer_id,
        "house_id": case.story.house_id,
        "site_id": case.story.site_id,
        "phase": n.IN_SALE if case.story.completed_on is None else n.AFTER_SALE,
        "channel": words.CHANNELS[case.place % len(words.CHANNELS)],
        "received_at": came,
        "received_on": day,
        "received_by": staff["specialist"],
        "kind": later(c.RECORDED, case.kind),
        "content": said.content,
        "state": state,
        "respond_until": came + HOURS,
        "response": later(c.RESPONDED, words.RESPONSE),
        "responded_at": later(c.RESPONDED, answered),
        "responded_by": later(c.RESPONDED, staff["assistant"]),
        "justified": reached >= ORDER.index(c.ASSIGNED),
        "responsible_id": later(c.ASSIGNED, staff["designer"] if case.kind == c.DESIGN else None),
        "crew_id": later(c.ASSIGNED, None if case.kind == c.DESIGN else crew),
        "opinion": later(c.ASSIGNED, said.opinion),
        "handler_id": later(c.ASSIGNED, staff["designer" if case.kind == c.DESIGN else "inspector"]),
        "handle_until": later(c.ASSIGNED, day + timedelta(days=9)),
        "result": later(c.RESOLVED, said.result),
        "resolved_on": later(c.RESOLVED, day + timedelta(days=9)),
        "proof": later(c.VERIFIED, words.PROOF),
        "verified_on": later(c.VERIFIED, day + timedelta(days=11)),
        "verified_by": later(c.VERIFIED, staff["specialist"]),
        "reopened_why": None,
        "call_back_said": later(c.CLOSED, words.CALLED[case.place % len(words.CALLED)]),
        "called_back_on": later(c.CLOSED, day + timedelta(days=13)),
        "called_back_by": later(c.CLOSED, staff["specialist"]),
        "rating": later(c.CLOSED, 3 + case.place % 3),
        "repeat_of_id": None,
        "times": times,
        "batch": False,
        "common": False,
        "told_on": None,
        "closed": state == c.CLOSED,
    }


def _at(firm: Firm, day: date, hour: int, minute: int) -> datetime:
    """An instant of a day by the branch's clock."""
    zone = ZoneInfo(firm.branch.time_zone)
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def _involved(firm: Firm, cases: list[Case], ids: list[int]) -> None:
    assigned = ORDER.index(c.ASSIGNED)
    rows = []
    for case in cases:
        if ORDER.index(state_of(firm, case)) < assigned:
            continue
        design, done = case.kind == c.DESIGN, ORDER.index(state_of(firm, case)) >= ORDER.index(c.RESOLVED)
        rows.append(
            {
                "complaint_id": ids[case.place],
                "department": c.OF_DESIGN if design else c.OF_ENGINEERING,
                "person_id": firm.staff["designer" if design else "inspector"],
                "measure": words.SAID[case.kind].opinion,
                "due_on": case.day + timedelta(days=9),
                "done_on": case.day + timedelta(days=8) if done else None,
            }
        )
    setwise.insert_rows(firm.session, Involved, rows)


# ---------------------------------------------------------------- penalties


def _penalties(firm: Firm, cases: list[Case], ids: list[int], crews: list[int]) -> None:
    """For every fifth complaint that is closed, and a proposal that waits."""
    known = [case for case in cases if state_of(firm, case) in (c.HANDLING, c.RESOLVED, c.VERIFIED, c.CLOSED)]
    chosen = [case for place, case in enumerate(known) if place % PENALISED_EVERY == 0]
    rows = [
        _penalty(firm, case, ids[case.place], crews[case.story.key % len(crews)], place == len(chosen) - 1)
        for place, case in enumerate(chosen)
    ]
    firm.insert(Penalty, rows, PENALTY_PREFIX)


def _penalty(firm: Firm, case: Case, complaint_id: int, crew: int, waits: bool) -> dict[str, Any]:
    repeated = case.repeats is not None
    decided = case.day + timedelta(days=7)
    waits = waits or decided > firm.today
    decider = firm.staff["specialist" if repeated else "manager"]
    return {
        "ground": c.OF_REPEAT if repeated else c.OF_COMPLAINT,
        "complaint_id": complaint_id,
        "site_id": None,
        "subject_id": None,
        "crew_id": crew,
        "occurred_on": case.day,
        "facts": words.SAID[case.kind].content,
        "measure": words.MEASURE,
        "amount": Decimal(200 if repeated else 100),
        "state": c.PROPOSED if waits else c.DECIDED,
        "proposed_by": firm.staff["specialist"],
        "proposed_on": min(case.day + timedelta(days=5), firm.today),
        "emergency_reason": None,
        "declined_why": None,
        "decided_by": None if waits else decider,
        "decided_on": None if waits else decided,
        "slip": None,
    }


# ---------------------------------------------------------------- repairs


def _files(firm: Firm) -> list[tuple[Story, RepairFile, int]]:
    """A file for each site that is completed, with the site's story and the file's id."""
    done = [story for story in firm.stories if story.completed_on is not None]
    known = terms(firm.session, firm.today)
    rows = []
    for story in done:
        opened = story.completed_on or firm.today
        general, waterproof = ends(opened, *known)
        rows.append(
            {
                "site_id": story.site_id,
                "customer_id": story.customer_id,
                "accepted_on": opened,
                "general_until": general,
                "waterproof_until": waterproof,
                "opened_on": opened,
                "opened_by": firm.staff["specialist"],
                "card_given_on": opened,
                "remark": None,
            }
        )
    ids = firm.insert(RepairFile, rows, FILE_PREFIX)
    return [
        (story, RepairFile(**row), ids[f"{FILE_PREFIX}{place:06d}"])
        for place, (story, row) in enumerate(zip(done, rows, strict=True), start=1)
    ]


def _repairs(
    firm: Firm, random: Random, files: list[tuple[Story, RepairFile, int]], crews: list[int]
) -> None:
    rows: list[dict[str, Any]] = []
    for story, file, file_id in files:
        for _each in range(random.choice((0, 0, 1, 1, 2))):
            day = (story.completed_on or firm.today) + timedelta(days=random.randint(10, 760))
            if day <= firm.today:
                rows.append(_repair(firm, random, story, file, file_id, day, crews))
    for age, (story, file, file_id) in enumerate(files[-4:]):
        day = max(firm.today - timedelta(days=age * 2), file.opened_on)
        rows.append(_repair(firm, random, story, file, file_id, day, crews))
    rows.sort(key=lambda row: (row["reported_on"], row["customer_id"]))
    firm.insert(Repair, rows, REPAIR_PREFIX)


def _repair(
    firm: Firm,
    random: Random,
    story: Story,
    file: RepairFile,
    file_id: int,
    day: date,
    crews: list[int],
) -> dict[str, Any]:
    kind, part, fault, work = random.choice(words.FAULTS)
    age = (firm.today - day).days
    state = c.REPORTED if age < 2 else c.APPOINTED if age < 5 else c.DONE if age < 7 else c.CLOSED
    last = until(file, part)
    covered, appointed, over = day <= last, state != c.REPORTED, state in (c.DONE, c.CLOSED)
    closed = state == c.CLOSED
    return {
        "customer_id": story.customer_id,
        "file_id": file_id,
        "complaint_id": None,
        "reported_on": day,
        "kind": kind,
        "part": part,
        "fault": fault,
        "warranty_until": last,
        "in_warranty": covered,
        "charge": Decimal(random.randint(8, 60) * 10) if over and not covered else None,
        "state": state,
        "appointed_on": day + timedelta(days=5) if appointed else None,
        "slot": "morning" if appointed else None,
        "crew_id": crews[story.key % len(crews)] if appointed else None,
        "handler_id": firm.staff["inspector"] if appointed else None,
        "work_done": work if over else None,
        "done_on": day + timedelta(days=5) if over else None,
        "customer_accepted_on": day + timedelta(days=5) if closed else None,
        "card_filed_on": day + timedelta(days=6) if closed else None,
        "call_back_said": words.CALLED[story.key % len(words.CALLED)] if closed else None,
        "called_back_on": day + timedelta(days=7) if closed else None,
        "called_back_by": firm.staff["specialist"] if closed else None,
        "rating": 4 + story.key % 2 if closed else None,
        "cancelled_why": None,
    }
