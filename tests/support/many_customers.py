"""A decoration firm of any size in one branch, filled in sets, the same in every run.

PATTERN customers in every phase are put with all that belongs to them, and their series are planned by the program for
a year ahead; of these as many copies are made as are wanted, row by row alike, so that what waits for people grows with
the firm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Table

import databases
import decoration_company
from company import Company
from core.branches import setwise
from core.data import clock
from core.entities.searching import plan_for
from core.search.models import SearchToken
from core.worklist.models import Obligation, Series
from core.worklist.planner import plan_night
from decoration_company import HERE
from million import as_superuser
from plugins.decoration.entities import ENTITIES
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.models.complaints import Complaint, Involved, Repair, RepairFile
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.models.construction_papers import Contract, HandbookReturn, Instalment, Settlement
from plugins.decoration.models.construction_stages import Acceptance, SiteCheck, Stage, StartNotice
from plugins.decoration.models.customers import Contact, Customer, Duplicate, House, Member
from plugins.decoration.models.design import Appointment, Commission, Fee
from plugins.decoration.models.vip import VipArchive
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as calls
from plugins.decoration.rules import names_complaints as complaints
from plugins.decoration.rules import names_construction as works
from plugins.decoration.rules import names_customers as files
from plugins.decoration.rules import names_design as design
from plugins.decoration.rules.book import RULES

PATTERN = 200
DAY = date(2026, 11, 4)
"""A Wednesday on which the firm is looked at; its nights are planned since PLANNED."""
PLANNED, AHEAD = DAY - timedelta(days=5), 365
SPECIALIST, MANAGER = f"{HERE}.specialist", f"{HERE}.manager"
SURNAMES, GIVEN, LAST = "王李", "建晓若", "国雨兰明芳"
CREWS = 6
COPIED = (
    Customer, Contact, House, Member, Duplicate, Commission, Appointment, Fee, Site, Stage, Acceptance, StartNotice,
    SiteCheck, Contract, Instalment, Settlement, HandbookReturn, CallBack, Complaint, Involved, RepairFile, Repair,
    VipArchive,
)  # fmt: skip
TABLES: tuple[Table, ...] = tuple(setwise.table_of(each) for each in (*COPIED, Obligation, Series))
OBLIGATIONS, SERIES = Obligation.__tablename__, Series.__tablename__

OWN = ("number", "phone")
"""What a copy has of its own."""

Rows = list[dict[str, Any]]


@contextmanager
def today() -> Iterator[None]:
    """Noon of DAY in the branch."""
    with at(DAY):
        yield


@contextmanager
def at(day: date) -> Iterator[None]:
    with clock.frozen(datetime.combine(day, time(4), UTC)):
        yield


def found(url: str, home: Path, ahead: int = AHEAD) -> Company:
    """The firm with PATTERN customers in a migrated database, its series planned so many days ahead."""
    company = decoration_company.found(url, home)
    with at(PLANNED), company.session(HERE) as session:
        for model, rows in pattern(company.people).items():
            setwise.insert_rows(session, model, _alike(model, rows))
        plan_night(session, PLANNED, ahead)
    with at(DAY), company.session(HERE) as session:
        plan_night(session, DAY, ahead)
    return company


def _alike(model: Any, rows: Rows) -> Rows:
    """The rows with the same columns each, and without their ids, which a fresh table gives in the same order."""
    columns = setwise.table_of(model).columns
    names = {name for row in rows for name in row} - {"id"}
    defaults = {name: columns[name].default for name in names}
    blank = {name: each.arg if each is not None else None for name, each in defaults.items()}
    return [{**blank, **{name: each for name, each in row.items() if name != "id"}} for row in rows]


# ---------------------------------------------------------------- the pattern


def pattern(people: Mapping[str, int]) -> dict[Any, Rows]:
    """The rows of PATTERN customers, in an order in which what is pointed to comes first."""
    rows: dict[Any, Rows] = {Crew: [], **{model: [] for model in COPIED}}
    rows[Crew] = [{"id": each, "name": f"{each}队", "foreman": f"队长{each}"} for each in range(1, CREWS + 1)]
    hands = {name.rpartition(".")[2]: person for name, person in people.items()}
    for number in range(1, PATTERN + 1):
        _customer(rows, number, hands)
        for begin in _BY_PHASE[number % len(_BY_PHASE)]:
            begin(rows, number, hands)
    return {model: some for model, some in rows.items() if some}


def _customer(rows: dict[Any, Rows], number: int, hands: Mapping[str, int]) -> None:
    phase, state = _STANDING[number % len(_STANDING)]
    undecided = state in n.UNDECIDED
    rows[Customer].append({
        "id": number, "number": f"K{number:05}", "phone": f"139{number:08}", "source": n.STORE, "phase": phase,
        "state": state, "name": SURNAMES[number % 2] + GIVEN[number // 2 % 3] + LAST[number // 6 % 5],
        "customer_class": n.VIP if phase == n.VIP_PHASE else n.ORDINARY,
        "filed_on": DAY - timedelta(days=number * 4), "filed_by": hands["specialist"],
        "designer_id": hands["designer"] if number % 4 else None, "consultant_id": hands["sales"],
        "intent": number % 3 == 0, "needs_designer": number % 4 == 0, "address": f"竹溪里{number}号楼",
        "call_back_on": DAY + timedelta(days=number % 21 - 10) if undecided else None,
        "deposit_on": DAY - timedelta(days=number) if state == n.PENDING else None,
        "decided_on": DAY - timedelta(days=number * 3) if state in (n.SIGNED, n.LOST) else None,
        "birthday": date(1980, 1 + number % 12, 1 + number % 28),
        "birthday_key": 100 * (1 + number % 12) + 1 + number % 28,
    })  # fmt: skip
    _add(rows, House, customer_id=number, address=f"竹溪里{number}号楼")
    _add(rows, Contact, customer_id=number, name=f"家属{number}", relation="spouse", phone=f"138{number:08}")
    if number % 25 == 0:
        _add(rows, Duplicate, first_id=number - 1, second_id=number, title=f"K{number:05}", found_by=files.BY_NAME,
             found_on=DAY)  # fmt: skip
    if number % 40 == 0:
        _add(rows, Member, customer_id=number, called=f"会员{number}", ground="旧客户", proposed_on=DAY)


def _add(rows: dict[Any, Rows], model: Any, **values: Any) -> int:
    """Put a row with the next id of its table; answers the id."""
    number = len(rows[model]) + 1
    rows[model].append({"id": number, **values})
    return number


def _designed(rows: dict[Any, Rows], number: int, hands: Mapping[str, int]) -> None:
    """The design goes on, with an appointment ahead and a fee that is asked for."""
    entrusted = DAY - timedelta(days=5 + number % 40)
    commission = _commission(rows, number, hands, entrusted, state=n.DRAFTED)
    _add(rows, Fee, customer_id=number, commission_id=commission, kind=design.DESIGN_DEPOSIT, opened_on=entrusted,
         state=design.NOTIFIED if number % 2 else design.OPEN, amount=2000)  # fmt: skip
    for days, state in ((-20, design.HELD), (number % 9, (design.ASKED, design.INVITED)[number % 2])):
        day = DAY + timedelta(days=days)
        _add(rows, Appointment, customer_id=number, commission_id=commission, stage=design.SKETCH, planned_on=day,
             starts="14:30", ends="15:30", state=state, designer_id=hands["designer"],
             held_on=day if state == design.HELD else None)  # fmt: skip


def _commission(
    rows: dict[Any, Rows], number: int, hands: Mapping[str, int], entrusted: date, **values: Any
) -> int:
    return _add(rows, Commission, number=f"S{number:05}", customer_id=number, house_id=number, entrusted_on=entrusted,
                designer_id=hands["designer"], **values)  # fmt: skip


def _built(rows: dict[Any, Rows], number: int, hands: Mapping[str, int]) -> None:
    """The works go on: stages, what is to be accepted, what is due, calls that were made and one that is planned."""
    started = DAY - timedelta(days=20 + number % 60)
    commission = _commission(
        rows, number, hands, started - timedelta(days=50), state=n.HANDED_OVER, signing=n.SIGNED
    )
    at_stage = len(rows[Contract]) % len(n.STAGES)
    site = _site(rows, number, hands, started, commission, state=n.PAUSED if number % 7 == 0 else n.UNDER_WAY,
                 stage=n.STAGES[at_stage], mid_due_on=DAY if number % 3 == 0 else None)  # fmt: skip
    of_site = {"site_id": site, "customer_id": number}
    for position, stage in enumerate(n.STAGES, start=1):
        first = started + timedelta(days=15 * (position - 1))
        begun, passed = position <= at_stage + 1, position <= at_stage
        _add(rows, Stage, **of_site, stage=stage, position=position, planned_from=first,
             planned_until=first + timedelta(days=14), started_on=first if begun else None,
             passed_on=first + timedelta(days=14) if passed else None,
             state=works.DONE if passed else works.WORKING if begun else works.WAITING)  # fmt: skip
        _add(rows, Acceptance, **of_site, checkpoint=stage, attempt=1,
             planned_on=DAY + timedelta(days=15 * (position - at_stage - 1) + number % 9 - 4),
             held_on=first if passed else None,
             state=works.CLOSED if passed else _NEXT[number % 3] if begun else works.PLANNED)  # fmt: skip
    contract = _add(rows, Contract, **of_site, number=f"H{number:05}", amount=120_000, signed_on=started,
                    state=works.SIGNED)  # fmt: skip
    for kind, state in ((works.DEPOSIT, works.PAID), (works.MID, works.DUE), (works.FINAL, works.PLANNED)):
        _add(rows, Instalment, **of_site, contract_id=contract, kind=kind, due_at=n.PLUMBING, amount=40_000,
             state=state, due_on=DAY if state == works.DUE else None)  # fmt: skip
    _add(rows, StartNotice, **of_site, number=f"A{number:05}", start_on=started, sent_on=started,
         state=works.SENT if number % 2 else works.RECEIVED)  # fmt: skip
    _add(rows, SiteCheck, **of_site, checked_on=DAY - timedelta(days=2), checked_by=hands["inspector"],
         found="墙面不平", state=works.OPEN if number % 2 else works.FINE)  # fmt: skip
    _called(rows, number, hands, calls.CONSTRUCTION, commission_id=commission, site_id=site)


_NEXT = (works.ANNOUNCED, works.NOTIFIED, works.PASSED)


def _site(
    rows: dict[Any, Rows],
    number: int,
    hands: Mapping[str, int],
    started: date,
    commission: int,
    **values: Any,
) -> int:
    return _add(rows, Site, number=f"G{number:05}", customer_id=number, house_id=number, commission_id=commission,
                crew_id=1 + number % CREWS, inspector_id=hands["inspector"], planned_from=started,
                planned_until=started + timedelta(days=90), started_on=started, **values)  # fmt: skip


def _called(rows: dict[Any, Rows], number: int, hands: Mapping[str, int], kind: str, **of: Any) -> None:
    for week in range(1, 4):
        day = DAY - timedelta(days=7 * week + number % 5)
        _add(rows, CallBack, number=f"V{number:05}{week}", customer_id=number, kind=kind, state=calls.DONE,
             due_on=day, done_on=day, caller_id=hands["specialist"], summary="一切顺利", satisfied=True, lowest=4,
             **of)  # fmt: skip
    if number % 3 == 0:
        _add(rows, CallBack, number=f"V{number:05}P", customer_id=number, kind=calls.AD_HOC, about="油漆",
             due_on=DAY + timedelta(days=number % 7 - 3), **of)  # fmt: skip


def _lived_in(rows: dict[Any, Rows], number: int, hands: Mapping[str, int]) -> None:
    """The works were completed within the last three years: papers to end, a warranty, now and then a repair."""
    completed = DAY - timedelta(days=10 + number * 5)
    started = completed - timedelta(days=90)
    commission = _commission(rows, number, hands, started - timedelta(days=50), state=n.HANDED_OVER,
                             signing=n.SIGNED, ended_on=completed)  # fmt: skip
    settled = number % 2 == 0
    site = _site(rows, number, hands, started, commission, state=n.SETTLED if settled else n.COMPLETED,
                 stage=n.COMPLETION, completed_on=completed, settled_on=completed if settled else None,
                 final_due_on=None if settled else completed)  # fmt: skip
    of_site = {"site_id": site, "customer_id": number}
    state = works.SETTLED if settled else (works.LISTED, works.TOLD)[number // 2 % 2]
    _add(rows, Settlement, **of_site, completed_on=completed, owed=40_000, state=state)
    _add(rows, HandbookReturn, **of_site, state=works.CHECKED if settled else works.AWAITED)
    file = _add(rows, RepairFile, **of_site, number=f"F{number:05}", opened_on=completed,
                general_until=completed + timedelta(days=730),
                waterproof_until=completed + timedelta(days=1826))  # fmt: skip
    if number % 3 == 0:
        _add(rows, Repair, number=f"X{number:05}", customer_id=number, file_id=file, reported_on=DAY, kind="general",
             part=complaints.GENERAL, fault="龙头漏水", state=_REPAIR[number // 3 % 4])  # fmt: skip
    if number % 4 == 0:
        _complaint(rows, number, hands, site)
    _called(rows, number, hands, calls.WARRANTY, site_id=site)


_REPAIR = (complaints.REPORTED, complaints.APPOINTED, complaints.DONE, complaints.ACCEPTED)


def _complaint(rows: dict[Any, Rows], number: int, hands: Mapping[str, int], site: int) -> None:
    state = complaints.UNSETTLED[number // 4 % len(complaints.UNSETTLED)]
    received = datetime.combine(DAY - timedelta(days=number % 6), time(2), UTC)
    made = _add(rows, Complaint, number=f"T{number:05}", customer_id=number, house_id=number, site_id=site,
                phase=n.AFTER_SALE, channel=complaints.PHONE, received_at=received, received_on=received.date(),
                received_by=hands["specialist"], kind=complaints.WORKMANSHIP, content="瓷砖空鼓", state=state,
                respond_until=received + timedelta(days=1), handler_id=hands["engineering"],
                handle_until=DAY + timedelta(days=3))  # fmt: skip
    _add(rows, Involved, complaint_id=made, department=complaints.OF_ENGINEERING, person_id=hands["engineering"],
         measure="返工", due_on=DAY)  # fmt: skip


def _very_important(rows: dict[Any, Rows], number: int, hands: Mapping[str, int]) -> None:
    _add(rows, VipArchive, number=f"P{number:05}", customer_id=number, customer_class=n.VIP, ground="推荐多位客户",
         keeper_id=hands["vip-keeper"], state="kept", granted_on=DAY - timedelta(days=99),
         opened_on=DAY - timedelta(days=98))  # fmt: skip


_STANDING = (
    (n.PRE_SALE, n.REGISTERED), (n.PRE_SALE, n.CONTACTED), (n.PRE_SALE, n.REFERRED), (n.PRE_SALE, n.LOST),
    (n.IN_SALE, n.PENDING), *(((n.IN_SALE, n.SIGNED),) * 11), *(((n.AFTER_SALE, n.SIGNED),) * 2),
    *(((n.VIP_PHASE, n.SIGNED),) * 2),
)  # fmt: skip
"""Phase and state of the customers whose numbers leave the same rest. So many are in construction that every column of
the board of sites is full."""
_BY_PHASE: tuple[tuple[Any, ...], ...] = (
    *((),) * 4,
    (_designed,),
    *((_built,),) * 11,
    *((_lived_in,),) * 2,
    *((_lived_in, _very_important),) * 2,
)


# ---------------------------------------------------------------- copies


def multiply(url: str, times: int) -> None:
    """Make of every row of the pattern, of the obligations and series on it and of the tokens `times - 1` copies."""
    if url.startswith("sqlite"):
        with databases.as_owner(url) as connection:
            _multiply(connection.exec_driver_sql, times)
        return
    with psycopg.connect(as_superuser(url), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # no key is looked up a million times
        _multiply(connection.execute, times)
        for table in TABLES:
            connection.execute(f"SELECT setval('{table.name}_id_seq', (SELECT max(id) FROM {table.name}))")
        connection.execute("VACUUM ANALYZE")


def _multiply(execute: Callable[[str], Any], times: int) -> None:
    steps = {
        each.name: execute(f"SELECT coalesce(max(id), 1) FROM {each.name}").fetchone()[0] for each in TABLES
    }
    copies = (
        f"CROSS JOIN (WITH RECURSIVE made(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM made WHERE n < {times - 1})"
        " SELECT n FROM made) AS copies"
    )
    for table in TABLES:
        execute(_copying(table, steps, copies))
    execute(_tokens(steps, copies))


def _copying(table: Table, steps: Mapping[str, int], copies: str) -> str:
    names = ", ".join(each.name for each in table.columns)
    values = ", ".join(_value(table, each, steps) for each in table.columns)
    about = ""
    if table.name == OBLIGATIONS:
        about = f"WHERE entity IN ({_list(_step_of_entities(steps))})"
    elif table.name == SERIES:
        about = f"WHERE rule IN ({_list(_step_of_rules(steps))})"
    return f"INSERT INTO {table.name} ({names}) SELECT {values} FROM {table.name} {copies} {about}"


def _value(table: Table, column: Any, steps: Mapping[str, int]) -> str:
    """A column of a copy: another id, what it points to in the same copy, its own number and telephone."""
    target = next((key.column.table.name for key in column.foreign_keys), "")
    step = steps[table.name]
    if column.name == "id":
        return f"id + n * {step}"
    if target in steps:
        return f"{column.name} + n * {steps[target]}"
    if column.name == "number":
        return "number || '-' || n"
    if column.name == "phone" and table.name == "decoration_customer":
        return f"'139' || (10000000 + id + n * {step})"
    if column.name == "record_id":
        on = (
            ("entity", _step_of_entities(steps))
            if table.name == "core_obligation"
            else ("rule", _step_of_rules(steps))
        )
        return f"record_id + n * {_case(*on)}"
    return str(column.name)


def _step_of_entities(steps: Mapping[str, int]) -> dict[str, int]:
    return {
        each.id: steps[each.model.__tablename__] for each in ENTITIES if each.model.__tablename__ in steps
    }


def _step_of_rules(steps: Mapping[str, int]) -> dict[str, int]:
    by_entity = _step_of_entities(steps)
    return {each.id: by_entity[each.entity] for each in RULES if getattr(each, "entity", "") in by_entity}


def _tokens(steps: Mapping[str, int], copies: str) -> str:
    """By what the copies are found: by all that is alike in them, which their numbers and telephones are not."""
    by_field: dict[str, int] = {}
    for entity in ENTITIES:
        plan = plan_for(entity) if entity.model.__tablename__ in steps else None
        for each in plan.fields if plan is not None else ():
            if each.name in OWN:
                continue
            by_field |= {str(one): steps[entity.model.__tablename__] for one in each.ids}
    table = SearchToken.__tablename__
    return (
        f"INSERT INTO {table} (branch_id, field_id, token, record_id)"
        f" SELECT branch_id, field_id, token, record_id + n * {_case('field_id', by_field, '')}"
        f" FROM {table} {copies} WHERE field_id IN ({_list(by_field, '')})"
    )


def _list(known: Mapping[str, int], quote: str = "'") -> str:
    return ", ".join(f"{quote}{each}{quote}" for each in known) or "NULL"


def _case(column: str, known: Mapping[str, int], quote: str = "'") -> str:
    return f"CASE {column} {' '.join(f'WHEN {quote}{one}{quote} THEN {step}' for one, step in known.items())} END"
