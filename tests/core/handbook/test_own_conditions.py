"""What an administrator's conditions find: the expression, the engine's conditions and the database say the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shop.entities import CUSTOMER
from shop.models import Customer
from sqlalchemy import select

from company import Company, customer_values
from core.branches.setwise import fetch, table_of
from core.data import UserError
from core.handbook.conditions import as_sql, holds
from core.handbook.facts import FactsOf
from core.handbook.own.expression import (
    MOST_CONDITIONS,
    Condition,
    as_conditions,
    expression_of,
    fields_of,
    matches,
    operators_of,
)

FIELDS = (
    "kind", "note", "name", "credit", "volume", "visits", "steps", "since", "seen_at", "vip", "referrer_id",
    "referrer.note", "referrer.credit", "referrer.seen_at", "referrer.vip",
)  # fmt: skip
VALUES = {
    "text": ("late", "Late", "a%", "_", "中"),
    "money": ("0", "12.50", "12.505", "-1", "99999999999999"),
    "quantity": ("0.0001", "0.00005", "3", "3.00001"),
    "integer": ("0", "2", "2.5", "-3", "9999999999999999"),
    "reference": ("1", "2.5"),
    "choice": ("home", "firm"),
    "date": ("2026-03-01", "2026-02-28"),
    "yes_no": ("yes", "no"),
}
VALUES |= {"long_text": VALUES["text"], "instant": VALUES["date"]}


@pytest.fixture(scope="module")
def facts(company: Company) -> Iterator[dict[int, FactsOf]]:
    """Customers of east, each unlike the others, by their ids; and one of west, whom no question may find."""
    figures = (Decimal("12.50"), Decimal("12.51"), Decimal(-1), Decimal(0))
    notes = (None, "", "often late", "Late 中 a%", "_")
    days = (None, date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2))
    instants = (None, datetime(2026, 2, 28, 15, 59, tzinfo=UTC), datetime(2026, 2, 28, 16, tzinfo=UTC))
    volumes = (None, Decimal("0.0001"), Decimal(3))
    each = [itertools.cycle(values) for values in (figures, notes, days, instants, volumes, (None, 2, -3))]
    with company.session("east") as session:
        rows = []
        for place in range(30):
            credit, note, since, seen_at, volume, steps = (next(one) for one in each)
            given_ = {"credit": credit, "note": note, "since": since, "seen_at": seen_at, "volume": volume}
            kind, name = ("firm", "中") if place % 3 else ("home", "Late")
            more = {"steps": steps, "visits": place % 5, "vip": place % 2 == 1, "kind": kind, "name": name}
            rows.append(Customer(**customer_values(**given_, **more)))
        session.add_all(rows)
        session.flush()
        for place, row in enumerate(rows[1:]):
            row.referrer_id = rows[place].id if place % 4 else None
    with company.session("west") as session:
        session.add(Customer(**customer_values(kind="home", note="late")))
    with company.session("east") as session:
        known = company.installation.entities
        found = {
            row.id: FactsOf(session, CUSTOMER, row, known)
            for row in session.scalars(select(Customer).order_by(Customer.id))
        }
        for one in found.values():
            for path in FIELDS:
                one[path]
        yield found


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    path = draw(st.sampled_from(FIELDS))
    described = CUSTOMER.by_name[path.rpartition(".")[2]]
    kind = CUSTOMER.kind(described)
    return Condition(path, draw(st.sampled_from(operators_of(kind))), draw(st.sampled_from(VALUES[kind])))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(wanted=st.lists(conditions(), min_size=1, max_size=3), all_of=st.booleans())
def test_the_expression_and_the_database_find_the_same(
    company: Company, facts: dict[int, FactsOf], wanted: list[Condition], all_of: bool
):
    with company.session("east") as session:
        assert set(FIELDS) <= set(fields_of(CUSTOMER))
        text = expression_of(CUSTOMER, wanted, all_of)
        asked = as_conditions(CUSTOMER, wanted, all_of)
        found = {number for number, one in facts.items() if matches(CUSTOMER, text, one)}
        assert {number for number, one in facts.items() if holds(asked, one)} == found
        table, known = table_of(Customer), company.installation.entities
        mapped = session.scalars(select(Customer.id).where(as_sql(CUSTOMER, asked, known)))
        assert set(mapped) == found
        plain: Any = select(table.c.id).where(as_sql(CUSTOMER, asked, known, table))
        assert {row.id for row in fetch(session, plain)} == found


@pytest.mark.parametrize(
    ("condition", "count"),
    [(("credit", "more", "12.505"), 8), (("seen_at", "is", "2026-03-01"), 10), (("note", "has", "late"), 6)],
)
def test_each_way_of_asking_finds_something_and_not_all(
    company: Company, facts: dict[int, FactsOf], condition: Any, count: int
):
    with company.session("east") as session:
        asked = as_conditions(CUSTOMER, [Condition(*condition)])
        assert sum(holds(asked, one) for one in facts.values()) == count
        where = as_sql(CUSTOMER, asked, company.installation.entities)
        assert len(session.scalars(select(Customer.id).where(where)).all()) == count


# ---------------------------------------------------------------- one by one

CASES = (
    (("name", "is", "Wei"), {"name": "Wei"}, {"name": "Wang"}),
    (("name", "is_not", "Wei"), {"name": "Wang"}, {"name": "Wei"}),
    (("name", "is", 'a "b" 中\\'), {"name": 'a "b" 中\\'}, {"name": "a"}),
    (("note", "has", "late"), {"note": "often late"}, {"note": None}),
    (("note", "empty", ""), {"note": ""}, {"note": "x"}),
    (("note", "filled", ""), {"note": "x"}, {"note": None}),
    (("kind", "is", "Firm"), {"kind": "firm"}, {"kind": "home"}),
    (("credit", "more", "12.50"), {"credit": Decimal("12.51")}, {"credit": Decimal("12.50")}),
    (("credit", "at_least", "¥1,012.5"), {"credit": Decimal("1012.50")}, {"credit": Decimal("1012.49")}),
    (("visits", "less", "3"), {"visits": 2}, {"visits": 3}),
    (("steps", "at_most", "-3"), {"steps": -3}, {"steps": None}),
    (("since", "at_least", "2026-03-01"), {"since": date(2026, 3, 1)}, {"since": date(2026, 2, 28)}),
    (("since", "is", "2026-03-01"), {"since": date(2026, 3, 1)}, {"since": None}),
    (("vip", "is", "yes"), {"vip": True}, {"vip": False}),
)


def asked(company: Company, conditions: list[Condition], values: dict[str, Any], all_of: bool = True) -> bool:
    text = expression_of(CUSTOMER, conditions, all_of)
    facts = {**dict.fromkeys(fields_of(CUSTOMER)), "vip": False, **values}
    with company.app.app_context():
        return matches(CUSTOMER, text, facts)


@pytest.mark.parametrize(("condition", "yes", "no"), CASES, ids=[" ".join(each[0]) for each in CASES])
def test_a_condition_holds_of_what_it_names_alone(company: Company, condition: Any, yes: Any, no: Any):
    with company.app.app_context():
        assert asked(company, [Condition(*condition)], yes)
        assert not asked(company, [Condition(*condition)], no)


def test_several_are_joined_by_and_or_by_or(company: Company):
    both = [Condition("name", "is", "Wei"), Condition("visits", "more", "3")]
    with company.app.app_context():
        assert not asked(company, both, {"name": "Wei", "visits": 1})
        assert asked(company, both, {"name": "Wei", "visits": 1}, all_of=False)


@pytest.mark.parametrize(
    "condition",
    [
        ("nothing", "is", "1"),
        ("name", "more", "1"),
        ("credit", "is", "much"),
        ("credit", "is", "1e5"),
        ("since", "is", "soon"),
        ("vip", "is", "1"),
        ("name", "is", ""),
        ("credit", "is", "1) or (1 == 1"),
        ("password", "filled", ""),
    ],
)
def test_what_cannot_be_asked_is_refused(company: Company, condition: Any):
    with company.app.app_context(), pytest.raises(UserError):
        expression_of(CUSTOMER, [Condition(*condition)], True)


def test_conditions_are_bounded_in_number(company: Company):
    with company.app.app_context():
        for count in (0, MOST_CONDITIONS + 1):
            with pytest.raises(UserError):
                expression_of(CUSTOMER, [Condition("name", "is", "x")] * count, True)
