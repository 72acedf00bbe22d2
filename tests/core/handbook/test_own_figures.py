"""Own rules that work out an amount: proposed on the record with its reason, nothing booked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company, counted, customer_values
from core.handbook.models import Finding
from core.handbook.own.expression import Condition
from core.handbook.own.making import MAKERS
from core.handbook.own.models import OwnRule
from core.handbook.own.rules import rule_of
from core.handbook.replay import replay
from duties import at
from everything_kept import everything
from own_rules import FIRM, admin_of, carried, in_force, out_of_force, refused, sent, written
from pages import Page

MONDAY = date(2026, 11, 23)
FIXED = written("figure", moment="added", low="50")
RANGE = written("figure", moment="added", low="20", high="100.50")
RATE = written("figure", moment="added", rate="2.5", of="credit")


def add(company: Company, branch: str = "east", **values: Any) -> int:
    return company.put(
        branch, Customer(**customer_values(**{"kind": "firm", "credit": Decimal(200), **values}))
    )


def kept(company: Company) -> list[tuple[int | None, Any, Any]]:
    with company.session() as session:
        rows = session.scalars(select(Finding).where(Finding.rule.startswith("OWN")).order_by(Finding.id))
        return [(each.subject_id, each.result["low"], each.result["high"]) for each in rows]


@pytest.mark.parametrize(
    ("wanted", "low", "high"),
    [
        (FIXED, "50.00", "50.00"),
        (RANGE, "20.00", "100.50"),
        (RATE, "5.01", "5.01"),
        (written("figure", moment="added", rate="2.5", of="credit", low="10"), "10.00", "10.00"),
        (written("figure", moment="added", rate="2.5", of="credit", high="3"), "3.00", "3.00"),
    ],
)
def test_it_comes_to_what_was_written(own_company: Company, wanted: Any, low: str, high: str):
    with at(MONDAY):
        in_force(own_company, wanted, MONDAY)
        number = add(own_company, credit=Decimal("200.20"))
    [(subject, kept_low, kept_high)] = kept(own_company)
    assert subject == number
    assert [Decimal(str(next(iter(each.values())))) for each in (kept_low, kept_high)] == [
        Decimal(low),
        Decimal(high),
    ]
    with own_company.session() as session:
        again = replay(session)
        assert (again.judged, again.differences) == (1, [])


def test_it_acts_on_what_it_is_about_where_and_while_it_holds(own_company: Company):
    with at(MONDAY):
        add(own_company)
        row = in_force(own_company, RATE, MONDAY)
        mine = add(own_company)
        add(own_company, kind="home")
        add(own_company, credit=Decimal(0))
        add(own_company, "west")
        out_of_force(own_company, row)
        add(own_company)
    assert [each[0] for each in kept(own_company)] == [mine]


def test_what_it_becomes_later_is_no_matter_of_when_it_was_added(own_company: Company):
    with at(MONDAY):
        vip = Condition("vip", "is", "yes")
        in_force(own_company, written("figure", moment="added", low="1", conditions=(vip,)), MONDAY)
        number = add(own_company)
        with own_company.session("east") as session:
            session.get_one(Customer, number).vip = True
    assert kept(own_company) == []


def test_the_record_says_why_and_a_new_version_changes_nothing_that_was(own_company: Company):
    with at(MONDAY):
        row = in_force(own_company, RANGE, MONDAY)
        number = add(own_company)
        in_force(own_company, FIXED, MONDAY, earlier=row)
        page = own_company.client_of("east.manager").get(f"/shop/customer/{number}").text
        assert "this came to from ¥20.00 to ¥100.50" in " ".join(Page(page).texts)
        with own_company.session() as session:
            key = session.scalar(select(Finding.key).where(Finding.rule.startswith("OWN")))
        why = " ".join(
            Page(own_company.client_of("east.manager").get(f"/core/handbook/why/finding/{key}").text).texts
        )
    assert "Firms are 100% different." in why
    assert "House rules 7" in why
    with own_company.session() as session:
        assert replay(session).differences == []


def test_thousands_are_worked_out_in_as_many_statements_as_one(own_company: Company):
    with at(MONDAY):
        in_force(own_company, RATE, MONDAY)
        counts = []
        for many in (1, 40):
            with own_company.session("east") as session:
                session.add_all(
                    Customer(**customer_values(kind="firm", credit=Decimal(9))) for _ in range(many)
                )
                session.flush()
                with counted(own_company.database) as statements:
                    session.commit()
                counts.append(len(statements))
    assert counts[1] <= counts[0]
    assert len(kept(own_company)) == 41


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"low": ""}, "low"),
        ({"low": "5", "high": "4"}, "high"),
        ({"low": "", "rate": "3"}, "of"),
        ({"low": "", "rate": "3", "of": "name"}, "of"),
        ({"low": "five"}, "somewhere"),
        ({"low": "", "rate": "101", "of": "credit"}, "rate"),
        ({"conditions": ()}, "somewhere"),
        ({"moment": "save"}, "moment"),
    ],
)
def test_what_an_amount_needs_is_asked_for(own_company: Company, changes: dict[str, Any], field: str):
    assert refused(own_company, written("figure", **{"moment": "added", "low": "50", **changes})) == field


def test_it_is_previewed_with_the_money_published_by_clicks_and_carried_by_a_file(own_company: Company):
    with at(MONDAY):
        for values in ({}, {"credit": Decimal(100)}, {"kind": "home"}):
            add(own_company, since=MONDAY, **values)
        admin = admin_of(own_company)
        before = everything(own_company.database)
        told = admin.post("/core/own-rules/new", sent(RATE, "preview")).text
        assert everything(own_company.database) == before
        shown = " ".join(Page(told[told.index('id="preview"') :]).texts)
        assert "¥7.50" in shown
        saved = admin.post("/core/own-rules/new", sent(RATE, "publish"))
        assert saved.status_code == 302, saved.text
        page = admin.get(saved.location).text
        assert "work out an amount" in page
    detail = carried(own_company, int(saved.location.rpartition("/")[2]))
    assert {name: detail[name] for name in ("rate", "of")} == {"rate": "2.5", "of": "credit"}


def test_every_effect_is_a_rule_of_the_engine(own_company: Company):
    detail = {
        "owner": "shop.clerk", "length": 1, "kind": "days", "anchor": "since", "low": "1", "of": "phone",
        "measured": "count", "target": "3", "bound": "at_most", "over": "month", "level": "masked",
    }  # fmt: skip
    kinds = []
    with own_company.session():
        for effect in ("refuse", *MAKERS):
            plain = {**FIXED.plain(), "conditions": [FIRM.plain()]}
            texts = {
                name: plain[name] for name in ("entity", "moment", "name", "document", "heading", "says")
            }
            row = OwnRule(
                **texts, number=1, version=1, effect=effect, conditions=plain["conditions"], all_of=True,
                expression="true", detail=detail,
            )  # fmt: skip
            kinds.append(rule_of(row).kind)
    assert sorted(kinds) == sorted(
        ("check", "checklist", "deadline", "cadence", "amount", "threshold", "approval", "notice", "access")
    )
