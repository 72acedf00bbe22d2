"""The two gates of a design: the deposit after the draft, the fee before the rendering; receipts and what takes them
back."""
# zh-ok-file: what people who do not exist wrote

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from company import Api, Company
from core.data import UserError, clock
from decoration_calls import owed as duties
from decoration_company import HERE, customer, setting_changed
from decoration_design import (
    API,
    BEFORE_DRAFT,
    commission,
    fees,
    kept,
    met,
    move,
    receipts,
    told,
    with_gateway,
)
from plugins.decoration.models.design import Appointment, Receipt
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

DEPOSIT, FEE = d.DESIGN_DEPOSIT, d.DESIGN_FEE


@pytest.fixture(scope="module")
def specialist(company: Company) -> Api:
    return company.api_of(f"{HERE}.specialist")


@pytest.fixture(scope="module")
def designer(company: Company) -> Api:
    return company.api_of(f"{HERE}.designer")


@pytest.fixture(scope="module")
def finance(company: Company) -> Api:
    return company.api_of(f"{HERE}.finance")


def drafted(company: Company, designer: Api, number: str) -> int:
    """A design whose draft the customer has just confirmed."""
    design = commission(company, number, state=n.REFINED)
    met(company, design, *BEFORE_DRAFT)
    answer = move(designer, "commission", design, "draft")
    assert answer.status_code == 200, answer.text
    return design


def asked(company: Company, design: int, kind: str) -> int:
    """What is asked for now."""
    return next(key for key, which, state in fees(company, design) if which == kind and state in d.UNPAID)


def paid(company: Company, finance: Api, design: int, kind: str, amount: str) -> int:
    fee = asked(company, design, kind)
    answer = move(finance, "fee", fee, d.PAY, amount=amount, method=d.TRANSFER)
    assert answer.status_code == 200, answer.text
    return fee


def test_the_design_goes_on_stage_by_stage_after_its_meetings(company: Company, designer: Api) -> None:
    design = commission(company, "F-1", state=n.WELCOMED)
    for transition, stage in (
        ("meet", d.FIRST_MEETING),
        ("measure", d.MEASURING),
        ("sketch", None),
        ("refine", d.SKETCH),
        ("draft", d.REFINED_PLAN),
    ):
        if stage is not None:
            assert move(designer, "commission", design, transition).status_code == 422, transition
            met(company, design, stage)
        assert move(designer, "commission", design, transition).status_code == 200, transition
    assert kept(designer, "commission", design)["draft_on"] == clock.today().isoformat()


def test_the_customer_is_told_to_pay_the_deposit_once_the_draft_is_confirmed(
    company: Company, specialist: Api, designer: Api
) -> None:
    design = drafted(company, designer, "F-2")
    assert [(kind, state) for _id, kind, state in fees(company, design)] == [(DEPOSIT, d.OPEN)]
    fee = asked(company, design, DEPOSIT)
    with with_gateway(company):
        assert move(specialist, "fee", fee, d.NOTIFY, notified_through=d.SMS).status_code == 400, "how much?"
        sent = {"amount": "2000.00", "notified_through": d.SMS}
        assert move(specialist, "fee", fee, d.NOTIFY, **sent).status_code == 200
    [(channel, words)] = told(company, "DEC-R07", fee)
    assert channel == "sms"
    assert "2,000.00" in words
    assert told(company, "DEC-R06", fee) == []


def test_where_the_deposit_is_due_a_branch_may_say_otherwise(company: Company, designer: Api) -> None:
    setting_changed(company, "DEC-R07", "deposit_gate_stage", d.AT_REFINED, clock.today())
    design = commission(company, "F-3", state=n.SKETCHED)
    met(company, design, *BEFORE_DRAFT)
    assert move(designer, "commission", design, "refine").status_code == 200
    assert [(kind, state) for _id, kind, state in fees(company, design)] == [(DEPOSIT, d.OPEN)]
    assert move(designer, "commission", design, "draft").status_code == 200
    assert len(fees(company, design)) == 1, "it is asked for once"
    setting_changed(company, "DEC-R07", "deposit_gate_stage", d.AT_DRAFT, clock.today())


def test_the_customer_is_told_to_pay_the_fee_before_the_rendering(
    company: Company, specialist: Api, designer: Api, finance: Api
) -> None:
    design = drafted(company, designer, "F-4")
    paid(company, finance, design, DEPOSIT, "1000.00")
    assert kept(designer, "commission", design)["state"] == n.DEPOSIT_PAID
    fee = asked(company, design, FEE)
    with with_gateway(company):
        sent = {"amount": "6800.50", "notified_through": d.SMS}
        assert move(specialist, "fee", fee, d.NOTIFY, **sent).status_code == 200
    [(channel, words)] = told(company, "DEC-R06", fee)
    assert channel == "sms"
    assert "6,800.50" in words
    assert told(company, "DEC-R07", fee) == []


def test_no_rendering_before_the_design_fee_is_paid(company: Company, designer: Api, finance: Api) -> None:
    design = drafted(company, designer, "F-5")
    met(company, design, d.RENDERING)
    assert move(designer, "commission", design, d.REVIEW).status_code == 409, "nor before the deposit"
    paid(company, finance, design, DEPOSIT, "1000.00")
    barred = move(designer, "commission", design, d.REVIEW)
    assert barred.status_code == 422
    assert "DEC-R06-B" in barred.text
    paid(company, finance, design, FEE, "5000.00")
    found = kept(designer, "commission", design)
    assert (found["state"], found["fee_on"]) == (n.FEE_PAID, clock.today().isoformat())
    assert move(designer, "commission", design, d.REVIEW).status_code == 200
    assert move(designer, "commission", design, d.FIX).status_code == 200


def test_the_gate_may_stand_elsewhere_or_open(company: Company, designer: Api, finance: Api) -> None:
    late, free = (drafted(company, designer, number) for number in ("F-6", "F-7"))
    for design in (late, free):
        met(company, design, d.RENDERING)
    setting_changed(company, "DEC-R06-B", "fee_gate_stage", d.BEFORE_PLAN_FIXED, clock.today())
    paid(company, finance, late, DEPOSIT, "1000.00")
    assert [kind for _id, kind, _state in fees(company, late)] == [DEPOSIT]
    assert move(designer, "commission", late, d.REVIEW).status_code == 200
    assert [kind for _id, kind, _state in fees(company, late)] == [DEPOSIT, FEE]
    assert move(designer, "commission", late, d.FIX).status_code == 422
    setting_changed(company, "DEC-R06-B", "fee_gate_stage", d.BEFORE_RENDERING, clock.today())
    setting_changed(company, "DEC-R06-B", "fee_gate_blocking", False, clock.today())
    paid(company, finance, free, DEPOSIT, "1000.00")
    assert move(designer, "commission", free, d.REVIEW).status_code == 200
    setting_changed(company, "DEC-R06-B", "fee_gate_blocking", True, clock.today())


def test_a_rendering_is_reviewed_when_the_meeting_was_held(
    company: Company, designer: Api, finance: Api
) -> None:
    design = drafted(company, designer, "F-8")
    paid(company, finance, design, DEPOSIT, "1000.00")
    paid(company, finance, design, FEE, "5000.00")
    barred = move(designer, "commission", design, d.REVIEW)
    assert barred.status_code == 422
    assert "DEC-R09-C" in barred.text
    met(company, design, d.RENDERING)
    assert move(designer, "commission", design, d.REVIEW).status_code == 200


def test_what_is_paid_early_takes_effect_at_its_stage(company: Company, designer: Api, finance: Api) -> None:
    design = commission(company, "F-9", state=n.REFINED)
    met(company, design, *BEFORE_DRAFT)
    whose = kept(designer, "commission", design)["customer_id"]
    for kind, amount in ((DEPOSIT, "500.00"), (FEE, "3000.00")):
        entered = {"customer_id": whose, "commission_id": design, "kind": kind, "amount": amount}
        made = finance("POST", f"{API}/fee/", json=entered)
        assert made.status_code == 201, made.text
        again = finance("POST", f"{API}/fee/", json=entered)
        assert again.status_code in (400, 422), "it is asked for once"
        assert move(finance, "fee", made.json["id"], d.PAY, method=d.CASH).status_code == 200
    assert kept(designer, "commission", design)["state"] == n.REFINED
    assert move(designer, "commission", design, "draft").status_code == 200
    assert kept(designer, "commission", design)["state"] == n.FEE_PAID


def test_receipts_have_no_gaps_and_are_taken_back_by_receipts(
    company: Company, designer: Api, finance: Api
) -> None:
    design = drafted(company, designer, "G-1")
    fee = paid(company, finance, design, DEPOSIT, "1234.56")
    assert move(finance, "fee", fee, d.PAY, method=d.CASH).status_code == 409, "once"
    edited = finance("PUT", f"{API}/fee/{fee}", json={"amount": "1.00"})
    assert edited.status_code == 409, "what was paid stays"
    [(first, amount)] = receipts(company, design)
    assert amount == "1234.56"
    assert move(finance, "fee", fee, d.REVERSE).status_code == 400, "why?"
    assert move(finance, "fee", fee, d.REVERSE, reversed_why="录错金额").status_code == 200
    posted = receipts(company, design)
    assert [each for _number, each in posted] == ["1234.56", "-1234.56"]
    assert int(posted[1][0].removeprefix("SJ")) == int(first.removeprefix("SJ")) + 1
    found = kept(designer, "commission", design)
    assert (found["state"], found["deposit_on"]) == (n.DRAFTED, None)
    again = [state for _id, kind, state in fees(company, design) if kind == DEPOSIT]
    assert again == [d.REVERSED, d.OPEN]
    paid(company, finance, design, DEPOSIT, "1243.56")
    assert kept(designer, "commission", design)["state"] == n.DEPOSIT_PAID


def test_a_receipt_is_never_changed(company: Company, designer: Api, finance: Api) -> None:
    design = drafted(company, designer, "G-2")
    paid(company, finance, design, DEPOSIT, "10.00")
    with company.session(HERE) as session:
        row = session.scalars(select(Receipt).where(Receipt.commission_id == design)).one()
        row.amount = Decimal(11)
        with pytest.raises(UserError):
            session.flush()
        session.rollback()


def test_only_finance_confirms_what_was_paid(company: Company, specialist: Api, designer: Api) -> None:
    design = drafted(company, designer, "G-3")
    fee = asked(company, design, DEPOSIT)
    for who in (specialist, designer, company.api_of(f"{HERE}.manager")):
        assert move(who, "fee", fee, d.PAY, amount="1.00", method=d.CASH).status_code == 403
    assert move(specialist, "commission", design, d.PAY_DEPOSIT).status_code == 404, "the program alone"


def test_what_is_given_up_asks_for_nothing_more(company: Company, specialist: Api, designer: Api) -> None:
    design = drafted(company, designer, "G-4")
    met(company, design, d.OTHER_MEETING, state=d.INVITED)
    assert move(specialist, "commission", design, "give-up").status_code == 200
    assert [state for _id, _kind, state in fees(company, design)] == [d.WITHDRAWN]
    with company.session(HERE) as session:
        states = session.scalars(select(Appointment.state).where(Appointment.commission_id == design)).all()
    assert sorted(states) == sorted([*(d.HELD for _each in BEFORE_DRAFT), d.CALLED_OFF])


def ordered(company: Company, specialist: Api, finance: Api, number: str, state: str) -> int:
    """A prospect in a state who has paid a deposit on the order; answers the id."""
    whose = customer(company, number, state=state)
    sent = {"customer_id": whose, "kind": d.ORDER_DEPOSIT}
    made = specialist("POST", f"{API}/fee/", json=sent)
    assert made.status_code == 201, made.text
    answer = move(finance, "fee", made.json["id"], d.PAY, amount="8000.00", method=d.TRANSFER)
    assert answer.status_code == 200, answer.text
    return whose


def test_a_paid_order_deposit_stands_on_the_list_of_deposits(
    company: Company, specialist: Api, finance: Api
) -> None:
    """DEC-R31: who is in talks is registered with what finance confirmed; of others the manager is asked to look."""
    talks = ordered(company, specialist, finance, "O-1", n.BOOKED)
    found = kept(specialist, "customer", talks)
    assert (found["state"], found["deposit_on"]) == (n.PENDING, clock.today().isoformat())
    assert Decimal(found["deposit_amount"]) == Decimal(8000)
    assert [each.state for each in duties(company, "DEC-R31-B", talks)] == ["done"]
    fresh = ordered(company, specialist, finance, "O-2", n.REGISTERED)
    assert kept(specialist, "customer", fresh)["state"] == n.REGISTERED
    assert [each.owner_position for each in duties(company, "DEC-R31-B", fresh)] == [n.MANAGER]
    signed = ordered(company, specialist, finance, "O-3", n.SIGNED)
    assert duties(company, "DEC-R31-B", signed) == []
