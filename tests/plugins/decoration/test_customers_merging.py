"""Two files of one customer become one: all that points to the one goes over, posted facts and history stay."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from company import Api, Company
from core.data import Base, Posted, clock
from core.data.once import new_key
from core.files.models import StoredFile
from core.history.models import HistoryEntry
from core.timeline.models import Message
from core.worklist.events import happened
from decoration_calls import owed
from decoration_company import DAY, HERE, customer, house
from pages import Page
from plugins.decoration.merging import pointing
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.models.care import CareBatch, CareMessage
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Contact, Customer, Duplicate, House, Member
from plugins.decoration.models.design import Commission, Fee
from plugins.decoration.models.vip import VipArchive, VipReview
from plugins.decoration.rules.names_callbacks import VIP_REPORTED

PAIRS = "/api/v1/decoration/duplicate/"
CUSTOMERS = "/api/v1/decoration/customer/"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
_PHONES = iter(range(1, 1000))


@pytest.fixture(scope="module")
def manager(company: Company) -> Api:
    return company.api_of(f"{HERE}.manager")


def phone() -> str:
    return f"1300000{next(_PHONES):04d}"


def belongings(company: Company, customer_id: int, name: str) -> None:
    """A house with its design, site and contact, and a file on the customer."""
    home = house(company, customer_id, f"{name}的房屋")
    given = {"customer_id": customer_id, "house_id": home}
    made = company.put(
        HERE, Commission(number=f"W{name}", entrusted_on=DAY, fee_on=date(2026, 4, 1), **given)
    )
    company.put(HERE, Site(number=f"G{name}", commission_id=made, started_on=date(2026, 5, 4), **given))
    company.put(HERE, Contact(customer_id=customer_id, name=f"{name}妻", relation="spouse"))
    about = {"media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "stored_as": new_key()}
    company.put(
        HERE,
        StoredFile(entity="decoration.customer", record_id=customer_id, name=f"{name}.pdf", **about),
    )


def merged(manager: Api, first: int, second: int, kept: str = "older") -> Any:
    found = manager("GET", f"{PAIRS}?q=(page:0,page_size:100)").json["result"]
    both = [row["id"] for row in found if (row["first_id"], row["second_id"]) == (first, second)]
    if not both:  # nothing of them is alike
        made = manager("POST", PAIRS, json={"first_id": first, "second_id": second})
        assert made.status_code == 201, made.text
        both = [made.json["id"]]
    pair = both[0]
    answer = manager("POST", f"{PAIRS}{pair}/merge", json={"kept": kept, "reason": "同一业主"})
    assert answer.status_code == 200, answer.text
    return manager("GET", f"{PAIRS}{pair}").json["result"]


def test_all_that_points_to_the_one_goes_over_to_the_other(company: Company, manager: Api) -> None:
    stays = customer(company, "A-1", name="元嘉", phone=phone())
    goes = customer(
        company, "A-2", name="元佳", phone=phone(), state="signed", phase="in_sale", needs="阳台改书房"
    )
    follower = customer(company, "A-3", name="跟随", phone=phone(), source="referral", referred_by_id=goes)
    belongings(company, stays, "甲")
    belongings(company, goes, "乙")
    pair = merged(manager, stays, goes)
    assert pair["decided_by"] == company.people[f"{HERE}.manager"]
    with company.session(HERE) as session:
        for model in (House, Commission, Site, Contact):
            counted = select(func.count()).select_from(model)
            assert session.scalar(counted.where(model.customer_id == goes)) == 0, model
            assert session.scalar(counted.where(model.customer_id == stays)) == 2, model
        files = select(StoredFile.name).where(StoredFile.record_id == stays)
        assert set(session.scalars(files)) == {"甲.pdf", "乙.pdf"}
        assert session.get_one(Customer, follower).referred_by_id == stays
        kept, gone = session.get_one(Customer, stays), session.get_one(Customer, goes)
        assert (kept.state, kept.phase, kept.needs) == ("signed", "in_sale", "阳台改书房")
        assert kept.second_phone == gone.phone
        assert (gone.state, gone.merged_into_id) == ("merged", stays)
    for told in ("Houses: 1", "Design commissions: 1", "Construction sites: 1", "Files: 1"):
        assert told in pair["moved"], pair["moved"]


def test_the_file_that_went_is_found_and_leads_on_and_takes_nothing_more(
    company: Company, manager: Api
) -> None:
    stays, goes = (customer(company, f"B-{n}", name="双份", phone=phone()) for n in (1, 2))
    with company.session(HERE) as session:
        session.add(
            Message(
                entity="decoration.customer",
                record_id=goes,
                user_id=company.people[f"{HERE}.specialist"],
                text="她说周末来",
            )
        )
    merged(manager, stays, goes)
    clerk = company.client_of(f"{HERE}.specialist")
    page = clerk.get(f"/decoration/customer/{goes}").text
    assert "This file was merged into another" in page
    assert f"/decoration/customer/{stays}" in page
    assert "她说周末来" in page
    assert f'href="/decoration/customer/{goes}/edit"' not in page
    assert "她说周末来" in clerk.get(f"/decoration/customer/{stays}").text  # one page tells the whole story
    found = manager("GET", f"{CUSTOMERS}?q=(page:0,page_size:100,search:'B-2')").json["ids"]
    assert goes in found
    assert manager("PUT", f"{CUSTOMERS}{goes}", json={"needs": "x"}).status_code == 400
    specialist = company.api_of(f"{HERE}.specialist")
    more = specialist("POST", "/api/v1/decoration/house/", json={"customer_id": goes, "address": "又一处"})
    assert "B-1" in more.text
    assert more.status_code == 400
    with company.session(HERE) as session:
        moves = select(HistoryEntry).where(HistoryEntry.table_name == "decoration_customer")
        assert session.scalars(moves.where(HistoryEntry.record_id == goes)).all()


def test_what_is_there_only_once_stays_where_both_have_it(company: Company, manager: Api) -> None:
    bare, stays, goes = (customer(company, f"C-{n}", name="会员", phone=phone()) for n in (1, 2, 3))
    ids = {
        each: company.put(HERE, Member(customer_id=each, called="会员", ground="老客户", proposed_on=DAY))
        for each in (stays, goes)
    }
    merged(manager, stays, goes)
    merged(manager, bare, stays)
    with company.session(HERE) as session:
        found = {key: session.get_one(Member, each).customer_id for key, each in ids.items()}
    assert found == {stays: bare, goes: goes}


def test_the_newer_file_may_stay_and_what_was_asked_of_the_other_is_asked_anew(
    company: Company, manager: Api
) -> None:
    shared = phone()
    goes, stays, third = (customer(company, f"E-{n}", name=f"三份{n}", phone=shared) for n in (1, 2, 3))
    with company.session(HERE) as session:
        pair = {"found_by": "phone", "found_on": DAY}
        session.add(Duplicate(first_id=goes, second_id=third, title="E-1 / E-3", **pair))
    merged(manager, goes, stays, kept="newer")
    with company.session(HERE) as session:
        open_ones = select(Duplicate.first_id, Duplicate.second_id).where(Duplicate.state == "found")
        found = [tuple(row) for row in session.execute(open_ones)]
        assert session.get_one(Customer, goes).merged_into_id == stays
    assert (stays, third) in found
    assert not [pair for pair in found if goes in pair]
    again = manager("POST", PAIRS, json={"first_id": goes, "second_id": third})
    assert again.status_code == 400


def test_one_page_tells_the_story_in_order_of_time(company: Company, manager: Api) -> None:
    known = customer(company, "F-1", name="有故事", phone=phone(), deposit_on=date(2026, 3, 20))
    belongings(company, known, "丙")
    clerk = company.client_of(f"{HERE}.specialist")
    page = clerk.get(f"/core/timeline/decoration/customer/{known}?only=story").text
    told = re.sub(r"\s+", " ", " ".join(Page(page).texts))
    days = (
        "Entered on",
        "Design fee paid on",
        "Deposit received on Mar 20, 2026",
        "File opened on Mar 2, 2026",
    )
    places = [told.index(day) for day in days]
    assert places == sorted(places), told
    for each in ("Construction site", "Entered on", "Design commission", "Design fee paid on", "G丙"):
        assert each in told, each
    sales = company.client_of(f"{HERE}.sales").get(f"/core/timeline/decoration/customer/{known}?only=story")
    assert "G丙" not in sales.text  # sales see no sites


def test_nothing_that_refers_to_a_customer_is_left_behind() -> None:
    """Fails for a new table that names customers and does not go over with them: say there how it follows."""
    own = Customer.__table__
    referring = {
        (mapper.local_table.name, key.parent.name)
        for mapper in Base.registry.mappers
        for key in mapper.local_table.foreign_keys
        if key.column.table is own and not issubclass(mapper.class_, Posted)
    }
    carried = {(model.__tablename__, column.name) for model, column in pointing()}
    asked_anew = {("decoration_duplicate", "first_id"), ("decoration_duplicate", "second_id")}
    assert referring - asked_anew == carried
    posted = [each.class_ for each in Base.registry.mappers if issubclass(each.class_, Posted)]
    for model in posted:  # what is posted is never rewritten: it follows with a record that goes over
        keys = model.__table__.foreign_keys
        if any(key.column.table is own for key in keys):
            tables = {key.column.table.name for key in keys}
            assert tables & {name for name, _column in carried}, model


def test_each_area_goes_over_with_the_file(company: Company, manager: Api) -> None:
    stays, goes = (customer(company, f"G-{n}", name="同一人", phone=phone()) for n in (1, 2))
    keeper = company.people[f"{HERE}.vip-keeper"]
    of_it: dict[str, Any] = {"customer_id": goes}
    rows = (
        VipArchive(number="VG-1", state="kept", ground="整装", keeper_id=keeper, **of_it),
        CallBack(number="HG-1", due_on=DAY, **of_it),
        Complaint(number="TG-1", channel="phone", content="x", received_at=NOON, received_on=DAY, **of_it),
        Repair(number="WG-1", kind="other", part="general", fault="x", reported_on=DAY, **of_it),
        Fee(kind="order_deposit", opened_on=DAY, **of_it),
    )
    kept = [(type(row), company.put(HERE, row)) for row in rows]
    with company.session(HERE) as session:
        happened(session, VIP_REPORTED, [session.get_one(Customer, goes)], clock.today())
        session.get_one(Customer, goes).customer_class = "vip"
        session.flush()
        happened(session, VIP_REPORTED, [session.get_one(Customer, goes)], clock.today())
    merged(manager, stays, goes)
    with company.session(HERE) as session:
        for model, key in kept:
            assert session.get_one(model, key).customer_id == stays, model
        customer_now = session.get_one(Customer, stays)
        assert (customer_now.customer_class, customer_now.keeper_id) == ("vip", keeper)
    assert [each.state for each in owed(company, "DEC-R28", stays)] == ["open"]
    assert owed(company, "DEC-R28", goes) == []


def test_of_two_archives_one_stays_with_what_was_in_both(company: Company, manager: Api) -> None:
    keeper = company.people[f"{HERE}.vip-keeper"]
    stays, goes = (
        customer(company, f"H-{n}", name="两档", customer_class="vip", phone=phone()) for n in (1, 2)
    )
    archives = [
        company.put(
            HERE,
            VipArchive(number=f"VH-{each}", customer_id=each, state="kept", ground="整装", keeper_id=keeper),
        )
        for each in (stays, goes)
    ]
    review = company.put(
        HERE, VipReview(archive_id=archives[1], reviewed_on=DAY, reviewed_by=keeper, developments="乔迁")
    )
    batch = company.put(HERE, CareBatch(occasion="campaign", due_on=DAY))
    told = [
        company.put(
            HERE,
            CareMessage(
                batch_id=batch,
                customer_id=each,
                cause=f"h/{each}",
                occasion="campaign",
                name="x",
                text="x",
                due_on=DAY,
            ),
        )
        for each in (stays, goes)
    ]
    merged(manager, stays, goes)
    with company.session(HERE) as session:
        assert session.get_one(VipReview, review).archive_id == archives[0]
        assert [session.get_one(VipArchive, each).state for each in archives] == ["kept", "ended"]
        messages = [session.get_one(CareMessage, each) for each in told]
        assert [each.state for each in messages] == ["draft", "left_out"], "the customer hears once"
        assert session.get_one(Customer, stays).customer_class == "vip"


def test_no_area_begins_anything_for_a_file_that_went(company: Company) -> None:
    """Whatever names a customer is refused, also what an area that comes brings."""
    stays, goes = (customer(company, f"I-{n}", name="已并", phone=phone()) for n in (1, 2))
    with company.session(HERE) as session:
        session.get_one(Customer, goes).merged_into_id = stays
    specialist = company.api_of(f"{HERE}.specialist")
    day = clock.today().isoformat()
    for path, more in (
        ("commission", {"entrusted_on": day}),
        ("complaint", {"channel": "phone", "content": "x"}),
        ("repair", {"kind": "other", "part": "general", "fault": "x"}),
        ("call-back", {"kind": "prospect", "due_on": day}),
        ("fee", {"kind": "order_deposit"}),
        ("appointment", {"stage": "first_meeting", "planned_on": day, "starts": "9:00", "participants": "x"}),
        ("contact", {"name": "x", "relation": "spouse"}),
        ("house", {"address": "x"}),
    ):
        answer = specialist("POST", f"/api/v1/decoration/{path}/", json={"customer_id": goes, **more})
        assert answer.status_code == 400, (path, answer.text)
        assert "customer_id" in answer.json["errors"], (path, answer.text)
        assert "I-1" in answer.text, path
    entities = company.installation.entities.values()
    naming = [
        each for each in entities if hasattr(each.model, "customer_id") and each.id.startswith("decoration.")
    ]
    assert all("of_live_customers" in each.check.__qualname__ for each in naming)
