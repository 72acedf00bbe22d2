"""Own rules that act when something happens: obligations they open and messages they write, where they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from company import Company, customer_values
from core.data import UserError
from core.handbook.own.expression import Condition
from core.handbook.own.models import OwnRule
from core.handbook.own.service import Written, draft, publish, retire
from core.handbook.replay import replay
from core.messages.models import Outgoing
from core.worklist.models import Obligation
from duties import at, night, owed, ruled_by
from everything_kept import everything
from pages import Page
from shop_duties import DUTIES

WEDNESDAY = date(2026, 11, 25)
SAYS = "A firm is asked for 100% of its papers."
OBLIGE = Written(
    entity="shop.customer",
    moment="added",
    name="Papers",
    document="House rules",
    heading="7",
    says=SAYS,
    effect="oblige",
    conditions=(Condition("kind", "is", "firm"), Condition("note", "empty")),
    owner="shop.clerk",
    length=3,
    kind="workdays",
)
TELL = Written(**{**OBLIGE.__dict__, "effect": "tell", "owner": "shop.manager"})


@pytest.fixture
def shop(own_company: Company) -> Any:
    """A company of its own; its clerks owe something by the shop's rules already."""
    with ruled_by(own_company, DUTIES[:1]):
        yield own_company


def put_in_force(company: Company, wanted: Written, branch: str = "east") -> int:
    with company.session() as session:
        row = draft(session, wanted, company.branches[branch], company.people["admin"])
        publish(session, row, WEDNESDAY, company.people["admin"])
        return row.id


def put_out_of_force(company: Company, row_id: int) -> None:
    with company.session() as session:
        retire(session, session.get_one(OwnRule, row_id), None)


def add(company: Company, user: str = "east.clerk", **values: Any) -> int:
    """A firm by REST, without a note."""
    sent = {**customer_values(**values), "kind": values.get("kind", "firm")}
    answer = company.api_of(user)("POST", "/api/v1/shop/customer/", json=sent)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def told(company: Company) -> list[Outgoing]:
    with company.session() as session:
        found = list(session.scalars(select(Outgoing).order_by(Outgoing.id)))
        session.expunge_all()
        return found


def of_own(company: Company, branch: str = "east") -> list[Obligation]:
    return [each for each in owed(company, branch=branch) if each.rule.startswith("OWN-R")]


def test_a_deadline_opens_for_what_it_is_about_and_in_its_branch_alone(shop: Company):
    with at(WEDNESDAY):
        add(shop)
        assert of_own(shop) == [], "there was no rule yet"
        put_in_force(shop, OBLIGE)
        number = add(shop)
        add(shop, kind="home")
        add(shop, note="has papers")
        add(shop, "west.manager")
    (found,) = of_own(shop)
    assert (found.entity, found.record_id, found.owner_position) == ("shop.customer", number, "shop.clerk")
    assert (found.starts_on, found.due_on, found.state) == (WEDNESDAY, date(2026, 11, 30), "open")
    assert of_own(shop, "west") == []


def test_a_rule_of_the_branch_above_holds_below_it(shop: Company):
    with at(WEDNESDAY):
        put_in_force(shop, OBLIGE, "hq")
        add(shop)
        add(shop, "west.manager")
    assert [len(of_own(shop, each)) for each in ("east", "west")] == [1, 1]


def test_it_stands_in_my_work_explains_itself_falls_late_and_is_closed_by_hand(shop: Company):
    with at(WEDNESDAY):
        put_in_force(shop, OBLIGE)
        add(shop)
        clerk = shop.client_of("east.clerk")
        assert SAYS in clerk.get("/").text
        (found,) = of_own(shop)
        with shop.session() as session:
            again = replay(session)
        assert (again.judged, again.passed_over, again.differences) == (1, 0, [])
        assert SAYS in clerk.get("/core/obligation/").text
        why = " ".join(Page(clerk.get(f"/core/obligation/{found.id}").text).texts)
        assert "Nov 25, 2026" in why
        assert f"{found.rule} (House rules 7)" in why
        answer = clerk.fill(f"/core/obligation/{found.id}/close", {"note": "filed"})
        assert answer.status_code == 302
        add(shop)
    night(shop, date(2026, 12, 1))
    states = sorted((each.state, each.late_on) for each in of_own(shop))
    assert states == [("done", None), ("open", date(2026, 12, 1))]
    with shop.session() as session:
        assert [each for each in replay(session).differences if each.rule.startswith("OWN")] == []


def test_retired_it_opens_nothing_more_and_what_is_owed_stays(shop: Company):
    with at(WEDNESDAY):
        row_id = put_in_force(shop, OBLIGE)
        add(shop)
        put_out_of_force(shop, row_id)
        add(shop)
        assert len(of_own(shop)) == 1
        assert SAYS in shop.client_of("east.clerk").get("/").text


def test_a_notice_tells_who_holds_the_position_where_it_holds(shop: Company):
    with at(WEDNESDAY):
        row_id = put_in_force(shop, TELL)
        number = add(shop)
        add(shop, kind="home")
        add(shop, "west.manager")
        (found,) = told(shop)
        assert (found.user_id, found.record_id, found.channel) == (
            shop.people["east.manager"],
            number,
            "in_app",
        )
        assert (found.subject, found.rule) == (SAYS, "OWN-R01")
        assert f"/shop/customer/{number}" in found.body
        put_out_of_force(shop, row_id)
        add(shop)
    assert len(told(shop)) == 1


def test_figures_and_one_of_several_conditions_set_a_rule_off(shop: Company):
    more = Condition("credit", "more", "100")
    either = Written(
        **{**OBLIGE.__dict__, "conditions": (more, Condition("note", "has", "late")), "all_of": False}
    )
    with at(WEDNESDAY):
        put_in_force(shop, either)
        wanted = [add(shop, credit="100.01"), add(shop, note="often late")]
        add(shop, credit="100.00")
    assert [each.record_id for each in of_own(shop)] == wanted


def test_nobody_is_told_of_what_they_did_themselves(shop: Company):
    with at(WEDNESDAY):
        put_in_force(shop, TELL)
        add(shop, "east.manager")
    assert told(shop) == []


def test_nobody_owes_what_they_could_not_see(shop: Company):
    with shop.session() as session, pytest.raises(UserError, match="see no obligations"):
        draft(session, Written(**{**OBLIGE.__dict__, "owner": "shop.watcher"}), shop.branches["east"], None)


def test_a_preview_says_on_which_records_it_would_have_acted_and_writes_nothing(shop: Company):
    with at(WEDNESDAY):
        number = add(shop)
        add(shop, kind="home")
        add(shop, "west.manager")
        admin = shop.client_of("admin")
        admin.get("/")
        admin.post("/branch/east")
        page = "/core/own-rules/new?entity=shop.customer"
        admin.get(page)
        lines = {"field": ["kind", "note"], "operator": ["is", "empty"], "value": ["Firm", ""]}
        sent = {name: str(value) for name, value in OBLIGE.plain().items() if name != "conditions"}
        before = everything(shop.database)
        answer = admin.post(page, {**sent, **lines, "joined": "all", "do": "preview"})
        assert everything(shop.database) == before
    assert answer.status_code == 200, answer.text
    told_of = " ".join(Page(answer.text[answer.text.index('id="preview"') :]).texts)
    assert "Of 2 judged again" in told_of
    assert "1 come out otherwise" in told_of
    assert f"Shop customer {number} Nov 25, 2026 — An obligation opens" in told_of
