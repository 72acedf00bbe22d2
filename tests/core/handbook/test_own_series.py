"""Own rules by which something is owed again and again, counted from a day of each record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from shop.models import Customer

from company import Company, customer_values
from core.data import UserError
from core.handbook.own.expression import Condition
from core.handbook.own.models import OwnRule
from core.handbook.own.service import Written, as_file, draft, from_file, publish, retire
from core.handbook.replay import replay
from duties import at, night, owed, ruled_by
from everything_kept import everything
from pages import Page
from shop_duties import DUTIES

MONDAY = date(2026, 11, 23)
SAYS = "A firm is called every month."
CALL = Written(
    entity="shop.customer",
    moment="always",
    name="Call",
    document="House rules",
    heading="8",
    says=SAYS,
    effect="repeat",
    conditions=(Condition("kind", "is", "firm"), Condition("credit", "more", "100")),
    owner="shop.clerk",
    length=1,
    kind="months",
    anchor="since",
)


@pytest.fixture
def shop(own_company: Company) -> Iterator[Company]:
    """A company of its own; its clerks owe something by the shop's rules already."""
    with ruled_by(own_company, DUTIES[:1]):
        yield own_company


def written(**changes: Any) -> Written:
    return Written(**{**CALL.__dict__, **changes})


def put_in_force(company: Company, wanted: Written = CALL, earlier: int | None = None) -> int:
    with company.session() as session:
        before = session.get_one(OwnRule, earlier) if earlier is not None else None
        row = draft(session, wanted, company.branches["east"], None, before)
        publish(session, row, MONDAY, company.people["admin"])
        return row.id


def customer(company: Company, branch: str = "east", **values: Any) -> int:
    given = {"kind": "firm", "credit": 200, "since": date(2025, 8, 31), **values}
    with company.session(branch) as session:
        row = Customer(**customer_values(**given))
        session.add(row)
        session.flush()
        return row.id


def calls(company: Company) -> list[tuple[int, str, str]]:
    found = [each for each in owed(company) if each.rule.startswith("OWN-R")]
    return [(each.record_id, each.occurrence, each.state) for each in found]


def test_it_comes_again_and_again_for_what_it_is_about_alone(shop: Company):
    with at(MONDAY):
        put_in_force(shop)
        firm = customer(shop)
        for other in ({"kind": "home"}, {"credit": 100}, {"since": None}, {"branch": "west"}):
            customer(shop, **other)
    night(shop, MONDAY)
    night(shop, MONDAY, "west")
    night(shop, MONDAY + timedelta(days=1))
    assert calls(shop) == [(firm, "2026-11-30", "open"), (firm, "2026-12-31", "open")]
    clerk = shop.client_of("east.clerk")
    with at(MONDAY):
        (first, _second) = [each for each in owed(shop) if each.rule.startswith("OWN-R")]
        why = " ".join(Page(clerk.get(f"/core/obligation/{first.id}").text).texts)
        assert SAYS in why
        assert "House rules 8" in why
        assert clerk.fill(f"/core/obligation/{first.id}/close", {"note": "called"}).status_code == 302
    night(shop, date(2026, 12, 29))
    assert calls(shop) == [
        (firm, "2026-11-30", "done"), (firm, "2026-12-31", "open"), (firm, "2027-01-31", "open"),
    ]  # fmt: skip
    with shop.session() as session:
        again = replay(session)
        assert [each for each in again.differences if each.rule.startswith("OWN")] == []


def test_a_new_version_plans_anew_and_a_retired_rule_no_more(shop: Company):
    with at(MONDAY):
        row_id = put_in_force(shop)
        firm = customer(shop)
    night(shop, MONDAY)
    with at(MONDAY):
        second = put_in_force(shop, written(length=2), row_id)
    night(shop, MONDAY + timedelta(days=1))
    assert [each for each in calls(shop) if each[2] == "open"] == [(firm, "2026-12-31", "open")]
    with at(MONDAY + timedelta(days=1)), shop.session() as session:
        retire(session, session.get_one(OwnRule, second), None)
    night(shop, date(2027, 2, 10))
    assert [each[1] for each in calls(shop) if each[2] == "open"] == ["2026-12-31"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"anchor": ""},
        {"anchor": "name"},
        {"kind": "hours"},
        {"length": 0},
        {"moment": "added"},
        {"owner": ""},
    ],
)
def test_what_a_series_needs_is_asked_for(shop: Company, wrong: dict[str, Any]):
    with shop.session() as session, pytest.raises(UserError):
        draft(session, written(**wrong), shop.branches["east"], None)


def test_it_is_written_by_clicks_previewed_and_carried_by_a_file(shop: Company):
    with at(MONDAY):
        number = customer(shop)
        customer(shop, kind="home")
        admin = shop.client_of("admin")
        admin.get("/")
        admin.post("/branch/east")
        page = "/core/own-rules/new?entity=shop.customer"
        assert "for as long as the conditions hold" in admin.get(page).text
        lines = {"field": ["kind"], "operator": ["is"], "value": ["Firm"]}
        sent = {name: str(value) for name, value in CALL.plain().items() if name != "conditions"}
        sent |= {"joined": "all"}
        before = everything(shop.database)
        told = admin.post(page, {**sent, **lines, "do": "preview"}).text
        assert everything(shop.database) == before
        shown = " ".join(Page(told[told.index('id="preview"') :]).texts)
        assert "Of 2 judged again" in shown
        assert f"Shop customer {number}" in shown
        saved = admin.post(page, {**sent, **lines, "do": "publish"})
        assert saved.status_code == 302, saved.text
    row_id = int(saved.location.rpartition("/")[2])
    with shop.session() as session:
        (copy,) = from_file(session, as_file([session.get_one(OwnRule, row_id)]), shop.branches["west"], None)
        assert copy.detail == {"owner": "shop.clerk", "length": 1, "kind": "months", "anchor": "since"}
