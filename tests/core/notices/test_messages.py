"""The bell tells what colleagues write on the records that a person follows, and nothing that they may not read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from shop.models import Customer, Order, Receipt
from sqlalchemy import event
from sqlalchemy.sql import ColumnElement

import databases
from company import Browser, Company, counted, customer_values
from core.data import clock
from core.people.positions import Position, grant
from core.people.rights.levels import HIDDEN
from core.timeline.models import Message
from core.timeline.notices import LENGTH, MOST

_months = itertools.count(1)
BLIND = Position(
    "shop.blind",
    "Works without seeing names",
    (grant("shop.customer", "see", "edit", clause="SHOP 1", fields={"number": HIDDEN, "name": HIDDEN}),),
)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    """Each test in a month of its own: a message stays for good, and the bell tells of two weeks."""
    with clock.frozen(datetime(2026, 1, 22, 4, tzinfo=UTC) + timedelta(days=40 * next(_months))):
        yield


@pytest.fixture
def number(company: Company) -> int:
    with clock.frozen(clock.now() - timedelta(days=30)):
        return company.put("east", Customer(**customer_values(name="First")))


def write(
    company: Company, who: str, record: int, text: str = "Call again", hours: float = 1, **more: Any
) -> None:
    given = {"entity": "shop.customer", "branch": "east", **more}
    at = clock.now() - timedelta(hours=hours)
    branch, of = given.pop("branch"), company.people[who]
    company.put(branch, Message(record_id=record, user_id=of, at=at, text=text, **given))


def told(browser: Browser) -> list[tuple[str, str, str]]:
    """The address, the title and what is said below it."""
    pattern = r'class="noticed-link" href="([^"]+)">([^<]+)</a><span class="quiet">([^<]*)<'
    return re.findall(pattern, browser.get("/notices/").text)


def test_who_wrote_on_a_record_is_told_of_the_latest_that_a_colleague_wrote(company: Company, number: int):
    other = company.put("east", Customer(**customer_values(name="Other")))
    write(company, "east.clerk", number, "Who knows?", hours=400)  # their own may be long ago
    write(company, "east.manager", number, "First answer", hours=3)
    write(company, "east.manager", number, "Second\n answer: " + "x" * LENGTH, hours=2)
    write(company, "east.clerk", number, "Thank you")
    write(company, "east.manager", other, "To nobody")
    ((url, title, hint),) = told(company.client_of("east.clerk"))
    assert url == f"/shop/customer/{number}#timeline"
    assert re.fullmatch(r"员工\d+ wrote on Shop customer First", title)
    assert hint.startswith("Second answer: xxx")
    assert hint.endswith(" 10:00")
    assert "上留言" in told(company.client_of("east.clerk", "zh"))[0][1]
    urls = [each[0] for each in told(company.client_of("east.manager"))]
    assert urls == [
        f"/shop/customer/{number}#timeline"
    ]  # answered by the clerk; their own other one is no news


def test_what_is_older_than_the_bell_keeps_or_on_a_record_that_is_gone_is_not_told(
    company: Company, number: int
):
    for record in (number, 1_000_000):
        write(company, "east.clerk", record, hours=500)
        write(company, "east.manager", record, hours=15 * 24 if record == number else 1)
    assert told(company.client_of("east.clerk")) == []


def test_of_an_id_that_was_given_out_twice_only_the_present_record_counts(company: Company):
    with clock.frozen(clock.now() - timedelta(hours=2)):
        customer = company.put("east", Customer(**customer_values(name="New")))
        order = company.put("east", Order(customer_id=customer, amount=1))
    for entity, record in (("shop.customer", customer), ("shop.order", order)):
        write(company, "east.clerk", record, hours=5, entity=entity)
        write(company, "east.manager", record, "of the former one", hours=3, entity=entity)
    assert told(company.client_of("east.clerk")) == []
    for entity, record in (("shop.customer", customer), ("shop.order", order)):
        write(company, "east.manager", record, "of this one", hours=1, entity=entity)
    assert [each[2].partition(" · ")[0] for each in told(company.client_of("east.clerk"))] == [
        "of this one"
    ] * 2


def test_only_who_reads_the_messages_of_a_record_is_told_of_them(company: Company, number: int):
    receipt = company.put("east", Receipt(amount=1))
    for who in ("east.watcher", "east.clerk", "west.manager"):
        write(company, who, number, hours=20)
        write(company, who, receipt, hours=20, entity="shop.receipt")
    write(company, "east.manager", number, "For the office only")
    write(company, "east.manager", receipt, "For managers only", entity="shop.receipt")
    assert [each[0] for each in told(company.client_of("east.clerk"))] == [
        f"/shop/customer/{number}#timeline"
    ]
    assert told(company.client_of("east.watcher")) == []
    assert told(company.client_of("west.manager")) == []
    assert told(company.client_of("idle")) == []


def test_a_hidden_name_does_not_reach_the_bell(company: Company):
    company.installation.positions[BLIND.id] = BLIND
    blind = company.add_person("east.blind", "east", BLIND.id)
    number = company.put("east", Customer(**customer_values(number="K-4711", name="Unseen")))
    assert blind
    write(company, "east.blind", number, hours=-1)
    write(company, "east.manager", number, hours=-2)
    with clock.frozen(clock.now() + timedelta(hours=3)):
        ((_url, title, _hint),) = told(company.client_of("east.blind"))
    assert title.endswith(f"Shop customer #{number}")


def test_nothing_of_a_plugin_that_is_off(company: Company, number: int):
    write(company, "east.clerk", number, hours=20)
    write(company, "east.manager", number)
    clerk = company.client_of("east.clerk")
    assert len(told(clerk)) == 1
    company.switch("shop", "east", on=False)
    try:
        assert told(clerk) == []
    finally:
        company.switch("shop", "east", on=True)


def test_who_is_responsible_for_a_record_is_told_without_having_written(company: Company, number: int):
    clerk = company.people["east.clerk"]

    def in_hands(person_id: int) -> Sequence[ColumnElement[bool]]:
        return [Customer.id == (number if person_id == clerk else -1)]

    other = company.put("east", Customer(**customer_values(name="Other")))
    entities = company.installation.entities
    before = entities["shop.customer"]
    entities["shop.customer"] = replace(before, responsible=in_hands)
    try:
        for record in (number, other):
            write(company, "east.manager", record, hours=-1)
        with clock.frozen(clock.now() + timedelta(hours=2)):
            assert [each[0] for each in told(company.client_of("east.clerk"))] == [
                f"/shop/customer/{number}#timeline"
            ]
    finally:
        entities["shop.customer"] = before


def test_the_statements_do_not_grow_with_the_messages(company: Company, number: int):
    clerk = company.client_of("east.clerk")

    def asked() -> int:
        with counted(company.database) as statements:
            assert told(clerk)
        return len(statements)

    write(company, "east.clerk", number, hours=20)
    write(company, "east.manager", number)
    told(clerk)
    few = asked()
    for name in range(MOST + 5):
        with clock.frozen(clock.now() - timedelta(days=30)):
            record = company.put("east", Customer(**customer_values(name=f"More {name}")))
        write(company, "east.clerk", record, hours=20)
        write(company, "east.manager", record)
    assert asked() == few
    assert len(told(clerk)) == MOST


def test_messages_are_found_by_indexes(company: Company):
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if "core_message" in statement:
            asked.append((statement, parameters))

    clerk = company.client_of("east.clerk")
    event.listen(company.database.engine, "before_cursor_execute", note)
    try:
        clerk.get("/notices/")
    finally:
        event.remove(company.database.engine, "before_cursor_execute", note)
    ((statement, parameters),) = asked
    plan = explained(company, statement, parameters)
    assert not re.search(r"Seq Scan on core_message|SCAN core_message", plan), plan
    for index in ("ix_core_message_at", "ix_core_message_user"):
        assert index in plan, plan


def explained(company: Company, statement: str, parameters: Any) -> str:
    """The plan; few rows are read whole unless PostgreSQL is told not to."""
    with databases.as_owner(company.database.url) as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return "\n".join(str(row[-1]) for row in rows)
        connection.exec_driver_sql("SET enable_seqscan = off")
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
