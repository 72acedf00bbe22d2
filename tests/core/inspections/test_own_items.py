"""Items that an administrator puts onto a declared round: asked, judged, explained, previewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from shop.models import Customer
from sqlalchemy import select

from company import Company, customer_values
from core.handbook.models import Finding
from core.handbook.own.models import PUBLISHED, OwnRule
from core.handbook.own.service import retire
from core.handbook.registry import RuleBook
from core.handbook.replay import replay
from core.inspections.duty import of_month
from core.inspections.items import items_on
from duties import at
from everything_kept import everything
from own_rules import admin_of, carried, in_force, out_of_force, refused, sent, written
from pages import Page
from shop_checklists import OPENING, STORE_ROUND

MONDAY = date(2032, 3, 1)
SAYS = "The firms' shelf is 100% full."
ASK = written("inspect", moment="shop.opening", says=SAYS)
ALWAYS = written("inspect", moment="shop.opening", says=SAYS, conditions=())


@pytest.fixture
def rounds(looked: Company) -> Iterator[Company]:
    yield looked
    with looked.session() as session:
        for row in session.scalars(select(OwnRule).where(OwnRule.state == PUBLISHED)):
            retire(session, row, None)


def own_asked(company: Company, branch: str = "east", round_: Any = OPENING, day: date = MONDAY) -> list[str]:
    with company.session(branch) as session:
        found = items_on(session, round_, company.branches[branch], day)
        return [each.text for each in found if each.rule.id.startswith("OWN")]


def test_it_is_asked_on_its_round_in_its_branch_from_its_day_on_until_it_is_retired(rounds: Company):
    with at(MONDAY):
        row = in_force(rounds, ALWAYS, MONDAY)
        assert own_asked(rounds) == [SAYS]
        assert own_asked(rounds, "west") == []
        assert own_asked(rounds, round_=STORE_ROUND) == []
        assert own_asked(rounds, day=MONDAY - timedelta(days=1)) == []
        out_of_force(rounds, row)
        assert own_asked(rounds) == []


def test_it_is_asked_while_a_record_is_there_that_it_is_about(rounds: Company):
    with at(MONDAY):
        in_force(rounds, ASK, MONDAY)
        with rounds.session() as session:
            for each in session.scalars(select(Customer)):
                each.kind = "home"
        assert own_asked(rounds) == []
        rounds.put("west", Customer(**customer_values(kind="firm")))
        assert own_asked(rounds) == [], "that one is of another branch"
        rounds.put("east", Customer(**customer_values(kind="firm")))
        assert own_asked(rounds) == [SAYS]


def test_what_is_not_in_order_becomes_a_finding_of_the_rule(rounds: Company):
    with at(MONDAY):
        in_force(rounds, ALWAYS, MONDAY)
        browser = rounds.client_of("east.inspector")
        page = browser.get("/core/inspections/shop/opening").text
        texts = Page(page).texts
        assert SAYS in texts
        assert any("House rules 7" in each for each in texts)
        [name] = {each.partition(":")[2] for each in Page(page).entries if each.startswith("remark:OWN")}
        others = ("SHOP-R20.lights", "SHOP-R20.till", "SHOP-R21.")
        entered = {f"verdict:{each}": "ok" for each in others}
        entered |= {f"verdict:{name}": "not_ok", f"remark:{name}": "half empty", "do": "finish"}
        answer = browser.post("/core/inspections/shop/opening", entered)
        assert answer.status_code == 302, answer.text
        with rounds.session() as session:
            wanted = select(Finding).where(Finding.rule.startswith("OWN"), Finding.day == MONDAY)
            found = session.scalars(wanted).one()
            key, outcome = found.key, found.outcome
        assert outcome == "not_ok"
        why = " ".join(Page(browser.get(f"/core/handbook/why/finding/{key}").text).texts)
        assert SAYS in why
        assert "House rules 7" in why
        report = browser.get("/core/inspections/report?month=2032-03")
        assert report.status_code == 200
        assert SAYS in report.text.replace("&#39;", "'")
    with rounds.session() as session:
        assert replay(session).differences == []


def test_a_round_that_has_nothing_else_is_due_for_it(rounds: Company, monkeypatch: pytest.MonkeyPatch):
    """Only what is always asked: what was there on a day that is over is not known any more."""
    monkeypatch.setattr(rounds.installation, "rules", RuleBook.of([]))
    here, dues = rounds.branches["east"], []
    with at(MONDAY):
        for wanted in (ASK, ALWAYS):
            in_force(rounds, wanted, MONDAY)
            with rounds.session("east") as session:
                found = of_month(session, [here], "2032-03", MONDAY + timedelta(days=20))
                dues.append(getattr(found.get((here, "shop.opening")), "due", 0))
    assert dues == [0, 20]


@pytest.mark.parametrize("changes", [{"moment": "shop.nowhere"}, {"moment": "save"}, {"says": ""}])
def test_what_an_item_needs_is_asked_for(rounds: Company, changes: dict[str, Any]):
    assert refused(rounds, written("inspect", **{"moment": "shop.opening", **changes}))


def test_it_is_previewed_published_by_clicks_and_carried_by_a_file(rounds: Company):
    with at(MONDAY + timedelta(days=1)):
        inspector = rounds.client_of("east.inspector")
        inspector.get("/core/inspections/shop/opening")
        inspector.post("/core/inspections/shop/opening", {"do": "keep", "verdict:SHOP-R20.lights": "ok"})
        admin = admin_of(rounds)
        page = admin.get("/core/own-rules/new?entity=shop.customer").text
        assert "on the round: Opening round" in page
        before = everything(rounds.database)
        told = admin.post("/core/own-rules/new", sent(ALWAYS, "preview", "round:shop.opening")).text
        assert everything(rounds.database) == before
        shown = " ".join(Page(told[told.index('id="preview"') :]).texts)
        assert "Not asked" in shown
        saved = admin.post("/core/own-rules/new", sent(ALWAYS, "publish", "round:shop.opening"))
        assert saved.status_code == 302, saved.text
        assert own_asked(rounds, day=MONDAY + timedelta(days=1)) == [SAYS]
        assert "on the round: Opening round" in admin.get(saved.location).text
    assert carried(rounds, int(saved.location.rpartition("/")[2]))["owner"] == ""
