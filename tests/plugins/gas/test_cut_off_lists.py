"""Orders and holds as boards whose cards move by their workflow, and moved by the dozen with a preview."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sqlalchemy import select

from company import Browser, Company
from core.workflow.models import MoveRequest
from gas_cut_offs import EAST, HOLDS, at, decided, handed_over, notice, owing, put, state_of
from pages import Page
from plugins.gas import models

DUE, TODAY = date(2026, 11, 2), date(2026, 11, 10)
ORDERS_LIST, HOLDS_LIST, MOVE = "/gas/cut-off/", "/gas/hold/", "/core/workflow/gas/cut-off"
BOARD = f"{ORDERS_LIST}?as=board"


def order(company: Company) -> int:
    with at(TODAY):
        return handed_over(company, owing(company, DUE)[0])


def hold(company: Company, **more: Any) -> int:
    known = {"kind": "dispute", "reason": "The reading is wrong", **more}
    with at(TODAY):
        return put(company, "cashier", HOLDS, account_id=owing(company, DUE)[0], **known)


def ways(browser: Browser, order: int) -> set[tuple[str, str]]:
    """The moves on the card of an order: their names, and the columns to which they lead."""
    with at(TODAY):
        page = browser.get(BOARD).text
    forms = re.findall(rf'action="{MOVE}/{order}/([a-z-]+)" data-card-way="([a-z-]+)"', page)
    links = re.findall(rf'data-card-way="([a-z-]+)" draggable="false" href="{MOVE}/{order}/([a-z-]+)\?', page)
    return {*forms, *((name, to) for to, name in links)}


def test_a_card_offers_the_moves_that_its_state_and_the_rights_allow(company: Company) -> None:
    new, ready = order(company), order(company)
    with at(TODAY):
        decided(company, ready)
    reader, head, cashier = (
        company.client_of(f"{EAST}.{each}") for each in ("meter-reader", "department-head", "cashier")
    )
    assert (ways(reader, new), ways(reader, ready)) == ({("notice", "noticed")}, {("execute", "executed")})
    assert ways(head, new) == ways(head, ready) == {("withdraw", "withdrawn")}
    assert ways(cashier, new) == set()


def test_a_move_from_the_board_is_judged_and_leads_back_to_it(company: Company) -> None:
    ready, barred = order(company), order(company)
    reader = company.client_of(f"{EAST}.meter-reader")
    with at(TODAY):
        for each in (ready, barred):
            decided(company, each)
        with company.session(EAST) as session:
            account = session.get_one(models.CutOff, barred).account_id
        put(company, "cashier", HOLDS, account_id=account, kind="dispute", reason="No")
        page = reader.get(BOARD).text
        assert "Is the gas of this customer cut off now?" in page
        for each, state in ((ready, "executed"), (barred, "decided")):
            sent = {"address": "as=board", "at": "list"}
            assert reader.post(f"{MOVE}/{each}/execute", sent).location == BOARD
            assert state_of(company, each) == state
        assert "Settle the dispute first." in reader.get(BOARD).text


def test_a_move_that_asks_opens_its_form_and_leads_back_to_the_board(company: Company) -> None:
    new, head = order(company), company.client_of(f"{EAST}.department-head")
    with at(TODAY):
        address = f"{MOVE}/{new}/withdraw?at=list&address=as%3Dboard"
        page = head.get(address).text
        assert BOARD in Page(page).links
        sent = dict(re.findall(r'name="(row_version|once)"[^>]*value="([^"]*)"', page))
        assert head.post(address, {**sent, "withdrawn_why": "other"}).location == BOARD
    assert state_of(company, new) == "withdrawn"


def previewed(browser: Browser, address: str, ids: list[int], **entered: str) -> tuple[str, dict[str, str]]:
    """The preview of what is done to many, and what has to be sent to do it."""
    sent = {"ids": ",".join(map(str, ids)), "address": ""}
    page = browser.post(address, sent).text
    if entered:
        assert "data-guard" in page
        values = {f"value-{name}": value for name, value in entered.items()}
        page = browser.post(address, {**sent, "valued": "1", **values}).text
    form = page[page.index('class="form-page bulk-form"') :]
    return page, dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form))


def test_several_holds_are_closed_at_once_with_one_outcome(company: Company) -> None:
    one, two = hold(company), hold(company)
    money = hold(company, kind="in_transit", amount="5.00", expected_on="2026-11-20")
    leader, address = company.client_of(f"{EAST}.team-leader"), f"{HOLDS_LIST}bulk/move-close"
    with at(TODAY):
        leader.get(HOLDS_LIST)
        page, sent = previewed(leader, address, [one, two, money], outcome="rejected")
        assert "1 record will stay as it is." in Page(page).texts
        assert "This is no outcome of such a hold." in page
        assert states(company, one, two, money) == ["open", "open", "open"]
        done = leader.post(address, sent).location
        assert done.endswith("#bulk-done")
        assert "Close the hold: 2 records." in leader.get(HOLDS_LIST).text
    assert states(company, one, two, money) == ["closed", "closed", "open"]
    with company.session(EAST) as session:
        closed = session.get_one(models.Hold, one)
        assert (closed.outcome, closed.closed_on, closed.closed_by) == (
            "rejected",
            TODAY,
            company.people[f"{EAST}.team-leader"],
        )


def states(company: Company, *holds: int) -> list[str]:
    with company.session(EAST) as session:
        return [session.get_one(models.Hold, each).state for each in holds]


def test_what_has_to_be_approved_is_asked_for_and_what_is_not_due_is_named(company: Company) -> None:
    new, noticed = order(company), order(company)
    reader, address = company.client_of(f"{EAST}.meter-reader"), f"{ORDERS_LIST}bulk/move-decide"
    with at(TODAY):
        assert notice(company, noticed).status_code == 200
        page, sent = previewed(reader, address, [new, noticed])
        assert "is not possible while this is in the state Handed over to the reader" in page
        assert requests(company, noticed) == 0
        reader.post(address, sent)
        assert "Approval was asked for 1 record." in reader.get(ORDERS_LIST).text
    assert (requests(company, noticed), requests(company, new)) == (1, 0)
    assert state_of(company, noticed) == "noticed"


def requests(company: Company, order: int) -> int:
    with company.session(EAST) as session:
        asked = select(MoveRequest.id).where(
            MoveRequest.entity == "gas.cut-off", MoveRequest.record_id == order
        )
        return len(session.scalars(asked).all())


def test_moves_of_many_take_the_right_and_what_differs_is_moved_one_by_one(company: Company) -> None:
    new = order(company)
    reader = company.client_of(f"{EAST}.meter-reader")
    with at(TODAY):
        posts = Page(reader.get(ORDERS_LIST).text).posts
        assert f"{ORDERS_LIST}bulk/move-execute" in "".join(posts) + reader.get(ORDERS_LIST).text
        sent = {"ids": str(new), "address": ""}
        assert reader.post(f"{ORDERS_LIST}bulk/move-withdraw", sent).status_code == 403
        assert reader.post(f"{ORDERS_LIST}bulk/move-notice", sent).status_code == 404
