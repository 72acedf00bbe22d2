"""The example firm: customers in every phase, whose designs and sites fit what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

import decoration_company
from company import Company
from core.branches import Branch
from core.data import clock
from core.demo import DemoCompany
from core.handbook.replay import replay
from core.worklist.models import DONE, OPEN, Obligation
from decoration_company import HERE, entered
from plugins.decoration.demo import fill
from plugins.decoration.demo.callbacks import SERIES
from plugins.decoration.demo.firm import DAYS
from plugins.decoration.models import office as f
from plugins.decoration.models.callbacks import CallBack, CallScore, CallTry
from plugins.decoration.models.care import CareBatch, CareMessage
from plugins.decoration.models.complaints import Complaint, Penalty, Repair, RepairFile
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import Contract, Instalment, Settlement
from plugins.decoration.models.construction_stages import Acceptance, Pause, Stage
from plugins.decoration.models.customers import Collection, Customer, Duplicate, House, Member
from plugins.decoration.models.design import Commission
from plugins.decoration.models.vip import VipArchive
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as b
from plugins.decoration.rules import names_care as v
from plugins.decoration.rules import names_complaints as k
from plugins.decoration.rules import names_customers as c
from plugins.decoration.rules import names_office as o

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
SIZE = 300


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = decoration_company.found(module_migrated_url, module_home)
    with clock.frozen(NOW), made.session() as session:
        branch = session.get_one(Branch, made.branches[HERE])
        fill(DemoCompany(session, {HERE: branch}, {HERE: ("decoration",)}))
    yield made
    made.database.dispose()


def test_customers_are_in_every_phase_and_state(company: Company) -> None:
    with company.session(HERE) as session:
        rows = session.execute(select(Customer.phase, Customer.state, Customer.filed_on)).all()
        sites = set(session.scalars(select(Site.state)))
        stages = set(session.scalars(select(Commission.state)))
    assert len(rows) == SIZE
    assert set(Counter(row.phase for row in rows)) == {n.PRE_SALE, n.IN_SALE, n.AFTER_SALE, n.VIP_PHASE}
    assert {n.PENDING, n.SIGNED, n.LOST, n.REFERRED} <= {row.state for row in rows}
    assert min(row.filed_on for row in rows) == NOW.date() - timedelta(days=DAYS)
    assert {n.UNDER_WAY, n.COMPLETED, n.SETTLED} <= sites
    assert {n.HANDED_OVER, n.GIVEN_UP} < stages


def test_what_belongs_to_a_customer_fits_the_customer(company: Company) -> None:
    with company.session(HERE) as session:
        foreign = select(func.count()).select_from(Site).join(House, House.id == Site.house_id)
        assert session.scalar(foreign.where(House.customer_id != Site.customer_id)) == 0
        early = (
            select(func.count()).select_from(Commission).join(Customer, Customer.id == Commission.customer_id)
        )
        assert session.scalar(early.where(Commission.entrusted_on < Customer.filed_on)) == 0
        unsigned = select(func.count()).select_from(Site).join(Customer, Customer.id == Site.customer_id)
        assert session.scalar(unsigned.where(Customer.state != n.SIGNED)) == 0
        days = session.execute(select(Site.started_on, Site.completed_on, Site.settled_on)).all()
    for started, completed, settled in days:
        known = [day for day in (started, completed, settled) if day is not None]
        assert known == sorted(known)
        assert not known or known[-1] <= NOW.date()


def test_the_next_customer_goes_on_counting(company: Company) -> None:
    api = company.api_of(f"{HERE}.specialist")
    made = api("POST", "/api/v1/decoration/customer/", json=entered())
    assert made.status_code == 201, made.text
    assert made.json["result"]["number"] == f"KH{SIZE + 1:06d}"


def test_what_is_told_of_sites_agrees_with_the_sites(company: Company) -> None:
    with company.session(HERE) as session:
        sites = {each.id: each for each in session.scalars(select(Site))}
        stages = session.scalars(select(Stage).order_by(Stage.site_id, Stage.position)).all()
        owed = session.scalars(select(Instalment)).all()
        acceptances = session.scalars(select(Acceptance)).all()
        settled = session.scalars(select(Settlement)).all()
        contracts = {each.id: each.amount for each in session.scalars(select(Contract))}
        pauses = session.scalars(select(Pause).where(Pause.resumed_on.is_(None))).all()
        session.expunge_all()
    for of in sites.values():
        own = [each for each in stages if each.site_id == of.id]
        begun = [each.stage for each in own if each.started_on is not None]
        assert (begun[-1] if begun else None) == of.stage
        if of.state in (n.COMPLETED, n.SETTLED):
            assert {each.state for each in own} == {"done"}
        due = [each for each in owed if each.site_id == of.id and each.state == "due"]
        assert of.mid_due_on == next((each.due_on for each in due if each.kind == "mid"), None)
        assert of.final_due_on == next(
            (each.due_on for each in due if each.kind in ("final", "change")), None
        )
    planned = Counter[int]()
    for each in owed:
        planned[each.contract_id] += (each.amount or 0) if each.kind != "change" else 0
    assert dict(planned) == contracts
    assert {each.site_id for each in pauses} == {each.id for each in sites.values() if each.state == n.PAUSED}
    assert {each.state for each in acceptances} >= {"planned", "notified", "failed", "closed"}
    assert {each.state for each in settled} >= {"settled"}
    assert {each.site_id for each in settled} == {
        each.id for each in sites.values() if each.completed_on is not None
    }


def test_files_are_kept_and_found_twice_files_are_one_or_told_apart(company: Company) -> None:
    with company.session(HERE) as session:
        pairs = session.execute(select(Duplicate.state, Duplicate.first_id, Duplicate.second_id)).all()
        gone = session.scalars(select(Customer).where(Customer.state == c.MERGED)).one()
        houses = select(func.count()).select_from(House).where(House.customer_id == gone.id)
        assert session.scalar(houses) == 0
        assert (c.MERGED, gone.merged_into_id, gone.id) in [tuple(row) for row in pairs]
        numbers = dict(session.execute(select(Customer.id, Customer.phone)).all())
        assert all(numbers[first] == numbers[second] for _state, first, second in pairs)
        of_demo = Collection.day <= NOW.date()  # another test enters a file of its own
        read = session.scalars(select(Collection.reading_id).where(of_demo).order_by(Collection.day)).all()
        assert [each is None for each in read] == [False] * (len(read) - 2) + [True, True]
        joined = session.scalars(select(Member.joined_on).where(Member.state == c.ADMITTED)).all()
        assert joined
        assert all(day is not None and day <= NOW.date() for day in joined)
    assert {state for state, _first, _second in pairs} == {c.FOUND, c.APART, c.MERGED}


def test_complaints_and_repairs_are_in_every_state_and_fit_their_customers(company: Company) -> None:
    with company.session(HERE) as session:
        states = Counter(session.scalars(select(Complaint.state)))
        foreign = select(func.count()).select_from(Complaint).join(Site, Site.id == Complaint.site_id)
        assert session.scalar(foreign.where(Site.customer_id != Complaint.customer_id)) == 0
        times = session.execute(select(Complaint.times, Complaint.repeat_of_id)).all()
        late = select(func.count()).where(Complaint.responded_at > Complaint.respond_until)
        assert session.scalar(late)
        owed = set(session.scalars(select(Obligation.record_id).where(Obligation.rule == "DEC-R59")))
        waiting = set(session.scalars(select(Complaint.id).where(Complaint.state.in_(k.UNANSWERED))))
        penalties = Counter(session.scalars(select(Penalty.state)))
        repairs = session.execute(select(Repair.state, Repair.in_warranty, Repair.charge)).all()
        files = session.scalar(select(func.count(RepairFile.id)))
        done = session.scalar(select(func.count(Site.id)).where(Site.completed_on.is_not(None)))
    assert set(states) == {*k.UNSETTLED, k.CLOSED}
    assert owed == waiting
    assert {(row.times > 1) == (row.repeat_of_id is not None) for row in times} == {True}
    assert any(row.times > 1 for row in times)
    assert set(penalties) == {k.PROPOSED, k.DECIDED}
    assert {k.REPORTED, k.APPOINTED, k.DONE, k.CLOSED} == {row.state for row in repairs}
    assert all(row.charge is None for row in repairs if row.in_warranty)
    assert files == done


def test_vips_have_archives_and_customers_have_heard_from_the_firm(company: Company) -> None:
    with company.session(HERE) as session:
        vips = set(session.scalars(select(Customer.id).where(Customer.customer_class != n.ORDINARY)))
        assert set(session.scalars(select(VipArchive.customer_id))) == vips
        late = NOW.date() - timedelta(days=11)
        reviewed = select(VipArchive.opened_on).where(VipArchive.last_reviewed_on < late)
        assert session.scalars(reviewed).all() == []
        states = Counter(session.scalars(select(CareMessage.state)))
        occasions = set(session.scalars(select(CareBatch.occasion).where(CareBatch.state == v.DRAFT)))
        asked = select(CareBatch.due_on).where(CareBatch.occasion == v.VIP_NEWS)
        owed = select(Obligation.due_on).where(Obligation.rule == "DEC-R24-B")
        assert session.scalars(owed).all() == session.scalars(asked).all()
    assert states[v.RELEASED] > SIZE
    assert {v.BIRTHDAY, v.VIP_NEWS, v.HOUSE_NEWS} <= occasions


def test_call_backs_were_made_in_their_series_and_some_are_left_open(company: Company) -> None:
    with company.session(HERE) as session:
        kinds = Counter(session.scalars(select(CallBack.kind).where(CallBack.state == b.DONE)))
        foreign = select(func.count()).select_from(CallBack).join(Site, Site.id == CallBack.site_id)
        assert session.scalar(foreign.where(Site.customer_id != CallBack.customer_id)) == 0
        rested = session.scalar(
            foreign.where(CallBack.done_on < Site.started_on, CallBack.kind == b.CONSTRUCTION)
        )
        assert rested == 0
        tries = session.scalar(select(func.count(CallTry.id))) or 0
        unhappy = session.scalar(select(func.count(CallBack.id)).where(CallBack.satisfied.is_(False))) or 0
        scored = session.scalar(select(func.count(CallScore.id))) or 0
        states = Counter(session.scalars(select(Obligation.state).where(Obligation.rule.in_(SERIES))))
    series = {b.PROSPECT, b.CONSTRUCTION, b.SATISFACTION, b.WARRANTY}
    assert series | {b.COMPLAINT, b.REPAIR, b.ACCEPTANCE} == set(kinds)
    assert kinds[b.CONSTRUCTION] > SIZE
    assert tries > 0
    assert 0 < unhappy < scored
    assert {DONE, OPEN} <= set(states)


def test_what_the_rule_book_decided_comes_out_the_same_again(company: Company) -> None:
    with clock.frozen(NOW), company.session() as session:
        found = replay(session)
    assert found.judged > 100
    assert found.differences == []


def test_the_office_has_papers_in_every_state_and_appraisals_with_ratings(company: Company) -> None:
    with company.session(HERE) as session:
        states = {
            each: set(session.scalars(select(each.state).distinct()))
            for each in (f.Expense, f.PersonnelProposal, f.Document, f.Suggestion, f.Appraisal)
        }
        rated = session.scalar(select(func.count(f.Appraisal.id)).where(f.Appraisal.ratings > 0))
    assert states == {
        f.Expense: {o.OPEN, o.SIGNED, o.RETURNED, o.PAID},
        f.PersonnelProposal: {o.PROPOSED, o.DECIDED, o.DECLINED},
        f.Document: {o.DRAFT, o.ISSUED},
        f.Suggestion: {o.MADE, o.ANSWERED},
        f.Appraisal: {o.DRAFTED, o.APPRAISED, o.FED_BACK},
    }
    assert rated
