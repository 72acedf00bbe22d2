"""Settings: the nearest branch up the tree, on the day; the past stays; two people where one is too few."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from company import Company, counted
from core.branches.models import Branch
from core.data import UserError, clock
from core.handbook.basis import basis_of
from core.handbook.changing import Change, approve, change, proposed, withdraw
from core.handbook.models import RuleBasis, RuleSetting
from core.handbook.settings import Shelf, settings_of_branches, settings_on
from shop_rules import CREDIT, FINE, VISITS

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
TODAY = date(2026, 3, 10)
APRIL = date(2026, 4, 1)
WHY = "as the meeting decided"


@pytest.fixture(autouse=True)
def at_noon():
    with clock.frozen(NOW):
        yield


@pytest.fixture(autouse=True)
def below_head_office(own_company: Company) -> None:
    with own_company.session() as session:
        for code in ("east", "west"):
            session.get_one(Branch, own_company.branches[code]).parent_id = own_company.branches["hq"]


def put(company: Company, branch: str, from_on: date, value: Any, rule: Any = FINE, **more: Any) -> int:
    wanted = Change(more.pop("setting", "fine"), company.branches[branch], from_on, value, WHY, **more)
    with company.session() as session:
        return change(session, rule, wanted, company.people["admin"]).id


def fine(company: Company, branch: str, day: date) -> Any:
    with company.session() as session:
        return settings_on(session, FINE, company.branches[branch], day)["fine"]


def test_the_rule_books_own_figure_holds_until_somebody_says_otherwise(own_company: Company):
    assert fine(own_company, "east", TODAY) == Decimal("20.00")
    put(own_company, "hq", APRIL, Decimal("30.00"))
    assert fine(own_company, "east", date(2026, 3, 31)) == Decimal("20.00")
    assert fine(own_company, "east", APRIL) == Decimal("30.00")
    with own_company.session() as session:
        assert settings_on(session, FINE, own_company.branches["east"], APRIL)["share"] == Decimal(50)


def test_the_nearest_branch_wins_and_may_take_the_upper_one_again(own_company: Company):
    put(own_company, "hq", TODAY, Decimal("30.00"))
    put(own_company, "east", APRIL, Decimal("5.50"))
    assert fine(own_company, "east", date(2026, 3, 31)) == Decimal("30.00")
    assert fine(own_company, "east", APRIL) == Decimal("5.50")
    assert fine(own_company, "west", APRIL) == Decimal("30.00")
    put(own_company, "east", date(2026, 5, 1), None, inherits=True)
    assert fine(own_company, "east", date(2026, 4, 30)) == Decimal("5.50")
    assert fine(own_company, "east", date(2026, 5, 1)) == Decimal("30.00")


def test_of_two_from_one_day_the_later_word_counts_and_empty_means_unset(own_company: Company):
    put(own_company, "hq", APRIL, Decimal("30.00"))
    put(own_company, "hq", APRIL, Decimal("31.00"))
    assert fine(own_company, "hq", APRIL) == Decimal("31.00")
    put(own_company, "hq", APRIL, None)
    assert fine(own_company, "hq", APRIL) is None


def test_many_branches_and_days_are_asked_in_two_statements(own_company: Company):
    put(own_company, "hq", APRIL, Decimal("30.00"))
    branches = [own_company.branches[each] for each in ("hq", "east", "west")]
    days = [date(2026, 3, day) for day in range(1, 31)] + [APRIL]
    with own_company.session() as session, counted(own_company.database) as statements:
        found = settings_of_branches(session, FINE, branches, days)
    assert len(found) == len(branches) * len(days)
    assert {found[each, APRIL]["fine"] for each in branches} == {Decimal("30.00")}
    assert len([each for each in statements if "FROM core_" in each]) == 2


def test_what_is_past_stays(own_company: Company):
    with pytest.raises(UserError) as told:
        put(own_company, "hq", date(2026, 3, 9), Decimal("30.00"))
    assert told.value.field == "from_on"
    row_id = put(own_company, "hq", TODAY, Decimal("30.00"))
    with own_company.session() as session, pytest.raises(UserError):
        withdraw(session, session.get_one(RuleSetting, row_id), None)
    with pytest.raises(UserError), own_company.session() as session:
        session.get_one(RuleSetting, row_id).value = 1
    with pytest.raises(UserError), own_company.session() as session:
        session.delete(session.get_one(RuleSetting, row_id))


def test_what_has_not_begun_can_be_withdrawn(own_company: Company):
    row_id = put(own_company, "hq", APRIL, Decimal("30.00"))
    with own_company.session() as session:
        withdraw(session, session.get_one(RuleSetting, row_id), own_company.people["admin"])
    assert fine(own_company, "hq", APRIL) == Decimal("20.00")


def test_no_reason_no_change_and_bounds_hold(own_company: Company):
    with own_company.session() as session:
        for value, why in ((Decimal(30), " "), (Decimal(-1), WHY)):
            with pytest.raises(UserError):
                change(session, FINE, Change("fine", own_company.branches["hq"], APRIL, value, why), None)


def test_where_two_are_asked_for_the_second_makes_it_hold(own_company: Company):
    admin, manager = own_company.people["admin"], own_company.people["east.manager"]
    row_id = put(own_company, "hq", APRIL, Decimal("50.00"), CREDIT, setting="most")

    def most(day: date) -> Any:
        with own_company.session() as session:
            return settings_on(session, CREDIT, own_company.branches["hq"], day)["most"]

    assert most(APRIL) == Decimal("100.00")
    with pytest.raises(UserError), own_company.session() as session:
        approve(session, session.get_one(RuleSetting, row_id), admin)
    with clock.frozen(datetime(2026, 4, 5, 4, tzinfo=UTC)), own_company.session() as session:
        approve(session, session.get_one(RuleSetting, row_id), manager)
    assert most(date(2026, 4, 4)) == Decimal("100.00"), (
        "the days before the approval stay as they were judged"
    )
    assert most(date(2026, 4, 5)) == Decimal("50.00")


def test_a_proposal_is_asked_without_being_kept(own_company: Company):
    row = proposed(FINE, Change("fine", own_company.branches["hq"], APRIL, Decimal("1.00"), WHY))
    with own_company.session() as session:
        shelf = Shelf(session, (FINE,), (row,))
        assert shelf.settings(FINE, own_company.branches["east"], APRIL)["fine"] == Decimal("1.00")
        assert session.scalar(select(RuleSetting.id)) is None


def test_a_basis_is_kept_once_for_each_that_differs(own_company: Company):
    with own_company.session() as session:
        one = basis_of(session, FINE, {"fine": Decimal("20.00"), "share": Decimal(50)})
        same = basis_of(session, FINE, {"share": Decimal(50), "fine": Decimal("20.00")})
        other = basis_of(session, VISITS, {"visits": None})
        assert one.id == same.id != other.id
        assert one.clause == {"id": "fines", "document": "Shop rules", "heading": "5"}
    with own_company.session() as session:
        assert len(session.scalars(select(RuleBasis)).all()) == 2


def test_a_figure_that_is_fixed_stays_as_the_rule_book_has_it(own_company: Company):
    """Also where somebody set it before it was fixed."""
    put(own_company, "east", TODAY, Decimal("30.00"))
    held = replace(FINE, settings=(replace(FINE.settings[0], fixed="The law says so."), *FINE.settings[1:]))
    with own_company.session() as session:
        assert settings_on(session, held, own_company.branches["east"], TODAY)["fine"] == Decimal("20.00")
        wanted = Change("fine", own_company.branches["east"], TODAY, Decimal("1.00"), WHY)
        with pytest.raises(UserError, match="The law says so"):
            change(session, held, wanted, own_company.people["admin"])
