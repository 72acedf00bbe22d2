"""The reader's round: which meters, what the reader is told of each, and what becomes of a reading."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

import gas_company
import gas_office
from company import Browser, Company
from core.data import clock
from core.files.models import StoredFile
from core.people.positions import Position, grant
from core.people.rights.levels import HIDDEN
from core.visits import sent
from core.visits.models import TakenVisit
from pages import Page
from plugins.gas import models
from plugins.gas.rules import ReadingError, judge_reading, ranges_of_dial

BASE = "/core/round/gas/readings/"
NOW = datetime(2026, 6, 28, 3, tzinfo=UTC)
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 60
BLIND = Position(
    "gas.blind",
    "Reads without seeing",
    (
        grant("gas.meter", "see", clause="GAS 4.1"),
        grant("gas.account", "see", clause="GAS 4.1", fields={"name": HIDDEN, "address": HIDDEN}),
        grant("gas.reading", "see", "add", clause="GAS 4.1", fields={"value": HIDDEN}),
    ),
)


@pytest.fixture(scope="module")
def company(company: Company) -> Company:
    company.installation.positions[BLIND.id] = BLIND
    company.add_person("gas-east.blind", "gas-east", BLIND.id)
    return company


@pytest.fixture(autouse=True)
def _in_june(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIDU_NOW", NOW.isoformat())  # threads see it too


@pytest.fixture
def reader(company: Company) -> Browser:
    return company.client_of("gas-east.meter-reader")


def meter(
    company: Company, last: str = "100", route: str = "", branch: str = "gas-east", **of_account: Any
) -> models.Meter:
    """A meter whose opening reading is of the end of May, on a route (made when it is new)."""
    with gas_company.office_of(company, branch).session() as session:
        if route:
            known = session.scalar(select(models.Route).where(models.Route.code == route))
            if known is None:
                known = models.Route(code=route, name="和平里线")
                session.add(known)
                session.flush()
            of_account["route_id"] = known.id
        account = gas_office.account(session, None, phone="13812345678", **of_account)
        made = gas_office.meter(session, account, ("2026-05-28", last))
        session.commit()
        session.refresh(made)
        session.expunge(made)
    return made


def visit(stop: int, value: str = "110", **changes: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()), "branch": "gas-east", "stop": stop, "basis": {"period": "2026-06"},
        "values": {"value": value, "note": ""}, "at": "2026-06-28T10:30:00+08:00", "confirmed": False,
        "reason": "", "skip": "", "note": "", **changes,
    }  # fmt: skip


def send(browser: Browser, given: dict[str, Any], **files: Any) -> dict[str, Any]:
    data = {"visit": json.dumps(given), **files}
    told = browser.post(f"{BASE}visits", data, headers={"Accept": "application/json"})
    assert told.status_code == 200, told.text
    answer: dict[str, Any] = told.json
    return answer


def readings(company: Company, of: models.Meter) -> list[models.Reading]:
    """Those that were read: not the opening one."""
    with company.session() as session:
        found = select(models.Reading).where(
            models.Reading.meter_id == of.id, models.Reading.kind == models.ACTUAL
        )
        read = list(session.scalars(found))
        session.expunge_all()
    return read


# ------------------------------------------------------------ the judgement beforehand


@given(
    previous=st.decimals(0, 9999, places=4),
    current=st.decimals(0, 12_000, places=4),
    digits=st.integers(1, 4),
)
def test_the_ranges_say_what_the_rule_says(previous: Decimal, current: Decimal, digits: int):
    try:
        ranges = ranges_of_dial(previous, digits)
    except ReadingError:
        with pytest.raises(ReadingError):
            judge_reading(previous, current, digits)
        return
    fitting = [each.judgement for each in ranges if each.low <= current <= each.high]
    if not fitting:
        with pytest.raises(ReadingError):
            judge_reading(previous, current, digits)
    else:
        assert fitting == [judge_reading(previous, current, digits)]


# ------------------------------------------------------------ the stops


def stops(browser: Browser, book: str) -> dict[str, Any]:
    found: dict[str, Any] = browser.get(f"{BASE}stops?book={book}").json
    return found


def test_a_route_is_walked_in_its_order_without_what_is_read(company: Company, reader: Browser):
    last, first = meter(company, route="W1", read_order=2), meter(company, route="W1", read_order=1)
    done, elsewhere = meter(company, route="W1", read_order=3), meter(company, route="W2")
    closed = meter(company, route="W1", state=models.CLOSED)
    with gas_company.office_of(company, "gas-east").session() as session:
        gas_office.read(session, session.get_one(models.Meter, done.id), "2026-06-20", "120")
    found = stops(reader, "W1")
    assert [each["id"] for each in found["stops"]] == [first.id, last.id]
    assert (found["done"], found["basis"], found["title"]) == (1, {"period": "2026-06"}, "June 2026")
    assert elsewhere.id not in [each["id"] for each in found["stops"]]
    assert closed.id not in [each["id"] for each in found["stops"]]
    books = reader.get(f"{BASE}stops").json["books"]
    assert {"id": "W1", "label": "W1 和平里线", "own": False} in books


def test_the_readers_own_route_comes_first(company: Company, reader: Browser):
    meter(company, route="X1")
    meter(company, route="X2")
    with gas_company.office_of(company, "gas-east").session() as session:
        own = session.scalars(select(models.Route).where(models.Route.code == "X2")).one()
        own.reader_id = company.people["gas-east.meter-reader"]
    books = reader.get(f"{BASE}stops").json["books"]
    assert (books[0]["id"], books[0]["own"]) == ("X2", True)
    assert not any(each["own"] for each in books[1:])


def test_accounts_on_no_route_are_a_part_of_their_own(company: Company, reader: Browser):
    lost = meter(company)
    assert reader.get(f"{BASE}stops").json["books"][-1]["label"] == "On no route"
    assert lost.id in [each["id"] for each in stops(reader, "-")["stops"]]


def test_a_route_that_is_not_there_is_not_there(company: Company, reader: Browser):
    meter(company, route="WEST", branch="gas-west")
    for book in ("WEST", "nothing"):
        assert reader.get(f"{BASE}stops?book={book}").status_code == 404


def test_the_reader_is_told_what_is_known_and_expected(company: Company, reader: Browser):
    its = meter(company, "99985", route="Y1", address="和平里7号", name="王芳")
    [stop] = stops(reader, "Y1")["stops"]
    assert (stop["title"], stop["number"]) == ("和平里7号", its.number)
    lines = dict(stop["lines"])
    assert lines["Customer"] == "王芳"
    assert lines["Phone"] == "13812345678"
    assert lines["Last reading"].startswith("99,985 m³")
    expected = stop["expected"]["value"]
    assert expected["before"] == "99985"
    assert [(each[0], each[1], each[2]) for each in expected["bands"]] == [
        ("0", "9985", "confirm"),
        ("9985.0001", "99984.9999", "refuse"),
        ("99985", "99999.9999", "fine"),
    ]


def test_what_a_position_hides_does_not_reach_the_phone(company: Company):
    its = meter(company, "4711", route="Y2", address="和平里8号", name="李秘")
    text = company.client_of("gas-east.blind").get(f"{BASE}stops?book=Y2").text
    stop = json.loads(text)["stops"][0]
    assert stop["id"] == its.id
    assert stop["expected"]["value"] == {"bands": [], "outside": "", "before": None}
    for hidden in ("4711", "4,711", "和平里8号", "李秘", "13812345678"):
        assert hidden not in json.dumps(stop, ensure_ascii=False)
    assert "5678" in json.dumps(stop)  # masked, as everywhere


def test_my_work_leads_to_the_unread_meters_of_the_own_routes(company: Company, reader: Browser):
    its = [meter(company, route="V1") for _number in range(3)]
    meter(company, route="V2")
    with gas_company.office_of(company, "gas-east").session() as session:
        for code, person in (("V1", "gas-east.meter-reader"), ("V2", "gas-east.blind")):
            route = session.scalars(select(models.Route).where(models.Route.code == code)).one()
            route.reader_id = company.people[person]
        gas_office.read(session, session.get_one(models.Meter, its[0].id), "2026-06-20", "120")
    address = f"{BASE}?book=V1"
    work = Page(reader.get("/my-work/").text)
    assert {"Meters to read", "V1 和平里线"} <= set(work.texts)
    assert address in work.links
    assert f"{BASE}?book=V2" not in work.links
    assert reader.get(address).status_code == 200
    assert len(stops(reader, "V1")["stops"]) == 2
    for left in its[1:]:
        assert send(reader, visit(left.id))["state"] == "accepted"
    assert address not in Page(reader.get("/my-work/").text).links
    assert address not in Page(company.client_of("gas-east.team-leader").get("/my-work/").text).links


# ------------------------------------------------------------ a reading


def test_a_reading_is_entered_with_its_photo(company: Company, reader: Browser):
    its = meter(company)
    given = visit(its.id, "110.5", values={"value": "110.5", "note": "dog"})
    files = {"photo": (BytesIO(JPEG), "photo.jpg")}
    told = send(reader, given, **files)
    assert told["state"] == "accepted"
    [read] = readings(company, its)
    assert told["url"] == f"/gas/reading/{read.id}"
    assert (read.value, read.period, read.read_on) == (Decimal("110.5"), "2026-06", date(2026, 6, 28))
    assert (read.source, read.account_id, read.rollover_confirmed) == ("round", its.account_id, False)
    assert read.reader_id == company.people["gas-east.meter-reader"]
    # Sent again, the photo is kept once as well.
    assert send(reader, given, photo=(BytesIO(JPEG), "photo.jpg")) == told
    with company.session() as session:
        photos = session.scalars(
            select(StoredFile).where(StoredFile.entity == "gas.reading", StoredFile.record_id == read.id)
        ).all()
        assert [(each.name, each.media_type, each.size) for each in photos] == [
            ("photo.jpg", "image/jpeg", len(JPEG))
        ]
    page = reader.get(f"/gas/reading/{read.id}").text
    assert "photo.jpg" in page
    assert "dog" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": "99"}, "The reading is below the last one, 100 m³ on May 28, 2026. Read the meter again."),
        (
            {"value": "100000"},
            "This meter shows 5 digits before the point, so it cannot show this.",
        ),
        (
            {"basis": {"period": "2026-07"}},
            "This month has not begun yet. Choose this month or an earlier one.",
        ),
        ({"basis": {"period": "June"}}, "June is not a month. Write it like 2026-10."),
        ({"basis": {}}, " is not a month. Write it like 2026-10."),
        ({"at": "2026-05-28T08:00:00+08:00"}, "The day lies before the month of this sheet."),
    ],
)
def test_what_the_sheet_refuses_is_refused(company: Company, reader: Browser, changes, message):
    its = meter(company)
    told = send(reader, visit(its.id, **{"value": "110", **changes}))
    assert (told["state"], told["message"]) == ("refused", message)
    assert readings(company, its) == []


def test_a_meter_is_read_once_a_month(company: Company, reader: Browser):
    its = meter(company)
    assert send(reader, visit(its.id))["state"] == "accepted"
    told = send(reader, visit(its.id, "111", at="2026-06-28T11:00:00+08:00"))
    assert told["state"] == "refused"
    assert told["message"] == "This meter was read for this month already, on Jun 28, 2026."
    assert [each.value for each in readings(company, its)] == [Decimal(110)]


def test_two_phones_at_one_meter_enter_one_reading(company: Company):
    its, count = meter(company), 4
    browsers = [company.client_of("gas-east.meter-reader") for _ in range(count)]
    start, told = threading.Barrier(count), []

    def post(number: int) -> None:
        start.wait()
        told.append(send(browsers[number], visit(its.id, str(110 + number))))

    threads = [threading.Thread(target=post, args=(each,)) for each in range(count)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(each["state"] for each in told) == ["accepted", *["refused"] * (count - 1)]
    assert len(readings(company, its)) == 1


def test_a_month_that_is_billed_takes_no_more(company: Company, reader: Browser):
    its = meter(company)
    with gas_company.office_of(company, "gas-east").session() as session:
        account = session.get_one(models.Account, its.account_id)
        bill = gas_office.opening_bill(session, account, date(2026, 6, 28), "10")
        later = gas_office.read(
            session, session.get_one(models.Meter, its.id), "2026-06-28", "120", period="2026-07"
        )
        later.bill_id = bill.id
    told = send(reader, visit(its.id, at="2026-06-20T08:00:00+08:00"))
    assert told["state"] == "refused"
    assert len(readings(company, its)) == 1


def test_a_dial_that_went_round_is_confirmed_with_a_reason_or_a_photo(company: Company, reader: Browser):
    its = meter(company, "99985")
    told = send(reader, visit(its.id, "15"))
    assert told["state"] == "confirm"
    assert told["message"].startswith("The reading is below the last one, 99,985 m³.")
    assert send(reader, visit(its.id, "15", confirmed=True))["state"] == "refused"
    assert readings(company, its) == []
    assert send(reader, visit(its.id, "15", confirmed=True, reason="rollover"))["state"] == "accepted"
    assert [each.rollover_confirmed for each in readings(company, its)] == [True]

    other = meter(company, "99985")
    photo = (BytesIO(JPEG), "photo.jpg")
    assert send(reader, visit(other.id, "15", confirmed=True), photo=photo)["state"] == "accepted"


def test_confirming_helps_no_reading_that_is_below(company: Company, reader: Browser):
    its = meter(company)
    assert send(reader, visit(its.id, "50", confirmed=True, reason="looked-again"))["state"] == "refused"
    assert readings(company, its) == []


def test_a_meter_of_another_branch_is_answered_as_none(company: Company, reader: Browser):
    there = meter(company, branch="gas-west")
    message = "This meter is not in your branch. Check its number."
    for stop in (there.id, 2_000_000_000):
        told = send(reader, visit(stop))
        assert (told["state"], told["message"]) == ("refused", message)
    assert readings(company, there) == []


def test_without_the_right_nothing_is_read(company: Company):
    its = meter(company)
    cashier = company.client_of("gas-east.cashier")
    assert cashier.get(BASE).status_code == 403
    told = cashier.post(f"{BASE}visits", {"visit": json.dumps(visit(its.id))})
    assert told.status_code == 403
    blind = company.client_of("gas-east.blind")
    assert send(blind, visit(its.id))["message"] == "Your position does not enter readings."
    assert readings(company, its) == []


@pytest.mark.parametrize(
    ("file", "name"),
    [(b"<script>", "photo.jpg"), (JPEG, "photo.exe"), (b"%PDF-1.7", "photo.pdf"), (b"", "photo.jpg")],
)
def test_what_is_no_photo_is_refused_with_its_reading(company: Company, reader: Browser, file, name):
    its = meter(company)
    assert send(reader, visit(its.id), photo=(BytesIO(file), name))["state"] == "refused"
    assert readings(company, its) == []


def test_a_photo_has_a_size(company: Company, reader: Browser, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sent, "LARGEST_PHOTO", len(JPEG))
    its = meter(company)
    large = (BytesIO(JPEG + b"\x00"), "photo.jpg")
    assert send(reader, visit(its.id), photo=large)["message"] == "This photo is too large. Take it again."
    many = [(BytesIO(JPEG), f"{each}.jpg") for each in range(4)]
    told = send(reader, visit(its.id), photo=many)
    assert told["message"] == "These are too many photos. Keep at most 3."
    assert readings(company, its) == []


def test_a_meter_that_was_not_seen_stays_to_be_read(company: Company, reader: Browser):
    its = meter(company, route="Z1")
    told = send(reader, visit(its.id, skip="nobody-home", note="twice", values={}))
    assert (told["state"], told["url"]) == ("accepted", f"/gas/meter/{its.id}")
    assert [each["id"] for each in stops(reader, "Z1")["stops"]] == [its.id]
    with company.session() as session:
        seen = session.scalars(select(TakenVisit).where(TakenVisit.stop_id == its.id)).one()
        assert (seen.reason, seen.note) == ("nobody-home", "twice")
    assert "Nobody at home" in company.client_of("gas-east.department-head").get("/core/visit/").text


def test_the_day_is_that_of_the_branch(company: Company, reader: Browser):
    its = meter(company)
    assert clock.now() == NOW
    # Eleven at night in London is the next morning in Shanghai.
    assert send(reader, visit(its.id, at="2026-06-26T23:00:00+01:00"))["state"] == "accepted"
    assert [each.read_on for each in readings(company, its)] == [date(2026, 6, 27)]
