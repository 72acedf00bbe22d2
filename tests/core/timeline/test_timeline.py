"""A record's time line: what was done, what was said, what was added; for whom, and in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from shop.models import Customer, Order
from sqlalchemy import delete, select, update

from company import Browser, Company, counted, customer_values
from core.data import clock
from core.data.once import new_key
from core.entities.spec import Due
from core.files.models import StoredFile
from core.people.positions import Position, grant
from core.people.rights.levels import HIDDEN, MASKED
from core.timeline.due import MOST
from core.timeline.models import LONGEST, Message
from core.timeline.reading import SIZE, read_place
from pages import Page

START = datetime(2026, 11, 22, 1, tzinfo=UTC)


@pytest.fixture
def number(company: Company) -> int:
    with clock.frozen(START):
        return company.put("east", Customer(**customer_values(name="First")))


def line_of(number: int, name: str = "customer") -> str:
    return f"/core/timeline/shop/{name}/{number}"


def say(browser: Browser, number: int, text: str, **more: str):
    browser.get(f"/shop/customer/{number}")
    return browser.post(line_of(number), {"text": text, **more})


def messages(company: Company) -> list[Message]:
    with company.session() as session:
        found = list(session.scalars(select(Message).order_by(Message.id)))
        session.expunge_all()
        return found


def words(answer) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(Page(answer.text).texts)


def test_a_message_is_written_and_read_by_those_who_work_on_the_record(company: Company, number):
    clerk = company.client_of("east.clerk")
    answer = say(clerk, number, " Call again\r\ntomorrow <b>. ", at="timeline")
    assert answer.location == f"/shop/customer/{number}#timeline"
    (stored,) = [each for each in messages(company) if each.record_id == number]
    assert (stored.text, stored.entity) == ("Call again\ntomorrow <b>.", "shop.customer")
    assert (stored.user_id, stored.branch_id) == (company.people["east.clerk"], company.branches["east"])
    page = company.client_of("east.manager").get(f"/shop/customer/{number}")
    assert "Call again\ntomorrow &lt;b&gt;." in page.text


def test_whoever_only_looks_neither_reads_nor_writes_messages(company: Company, number):
    say(company.client_of("east.clerk"), number, "For the office only")
    watcher = company.client_of("east.watcher")
    for path in (f"/shop/customer/{number}", line_of(number), f"{line_of(number)}?only=messages"):
        page = watcher.get(path)
        assert page.status_code == 200
        assert "For the office only" not in page.text
        assert "message-text" not in page.text
    assert watcher.post(line_of(number), {"text": "Hello"}).status_code == 403
    assert len([each for each in messages(company) if each.record_id == number]) == 1


def test_another_branchs_record_has_no_time_line_here(company: Company, number):
    west = company.client_of("west.manager")
    west.get("/shop/customer/")
    assert west.get(line_of(number)).status_code == 404
    assert west.post(line_of(number), {"text": "Hello"}).status_code == 404
    assert company.browser().get(line_of(number)).status_code == 302
    assert company.client_of("idle").get(line_of(number)).status_code == 404
    assert company.client_of("east.clerk").get(line_of(1, "receipt")).status_code == 403
    assert company.client_of("east.clerk").get(line_of(1, "nothing")).status_code == 404


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("  ", "Write something first.", "请先填写内容。"),
        ("x" * (LONGEST + 1), "Use at most 2000 characters.", "最多 2000 个字符。"),
        ("a\x00b", "This entry holds characters that cannot be stored.", "含有无法保存的字符"),
    ],
)
def test_what_is_no_message_is_refused_and_stays_in_the_field(
    company: Company, number, text, english, chinese
):
    before = len(messages(company))
    for language, told in (("en", english), ("zh", chinese)):
        clerk = company.client_of("east.clerk", language)
        answer = say(clerk, number, text)
        assert answer.status_code == 422
        assert told in answer.text
        part = clerk.post(line_of(number), {"text": text}, headers={"HX-Request": "true"})
        assert part.status_code == 422
        assert "<html" not in part.text
    assert "x" * LONGEST in answer.text or not text.startswith("x")
    assert len(messages(company)) == before


def test_a_message_sent_twice_stands_once_and_without_a_token_not_at_all(company: Company, number):
    clerk, key = company.client_of("east.clerk"), new_key()
    for _ in range(2):
        assert say(clerk, number, "Once", once=key).status_code == 302
    assert clerk.client.post(line_of(number), data={"text": "Forged"}).status_code == 400
    assert [each.text for each in messages(company) if each.record_id == number] == ["Once"]


def test_a_message_is_never_changed(company: Company, number):
    say(company.client_of("east.clerk"), number, "As it was")
    for harm in (update(Message).values(text="Otherwise"), delete(Message)):
        with (
            pytest.raises(Exception, match=r"posted record cannot|setwise"),
            company.session("east") as session,
        ):
            session.execute(harm)
    assert messages(company)[-1].text == "As it was"


def test_the_line_is_one_from_the_latest_to_the_first(company: Company, number):
    company.put("east", stored_file(number, "contract.pdf", START + timedelta(hours=2)))
    with clock.frozen(START + timedelta(hours=1)):
        say(company.client_of("east.clerk"), number, "Said after one hour")
    with clock.frozen(START + timedelta(hours=3)), company.session("east") as session:
        session.get_one(Customer, number).name = "Second"
    page = words(company.client_of("east.clerk").get(f"/shop/customer/{number}"))
    told = ("from First to Second", "Said after one hour", "Created")
    assert sorted(told, key=page.index) == list(told)
    assert "contract.pdf" not in page  # customers of the shop have no files


def stored_file(number: int, name: str, at: datetime, **more) -> StoredFile:
    about = {"media_type": "application/pdf", "size": 1, "sha256": "0" * 64, "stored_as": new_key()}
    return StoredFile(
        entity="shop.customer", record_id=number, name=name, uploaded_at=at, **{**about, **more}
    )


def test_files_stand_in_the_line_of_what_has_files(company: Company, number):
    entity = company.installation.entities["shop.customer"]
    object.__setattr__(entity, "files", True)
    try:
        company.put("east", stored_file(number, "contract.pdf", START))
        company.put("east", stored_file(number, "gone.pdf", START, removed_at=START))
        page = words(company.client_of("east.watcher").get(f"{line_of(number)}?only=files"))
        assert "contract.pdf" in page
        assert "gone.pdf" not in page
        assert "Created" not in page
    finally:
        object.__setattr__(entity, "files", False)


@pytest.fixture
def with_due(company: Company) -> Iterator[None]:
    """Important customers are due on the day since when they are customers: on their own page, and on that of who
    brought them."""
    entity = company.installation.entities["shop.customer"]
    more = {"note": lambda _session, rows: {row.id: f"Volume {row.volume:.0f}" for row in rows}}
    more["rests_on"] = ("volume",)
    open_ones = lambda: [Customer.vip.is_(True)]  # noqa: E731 - as a plugin declares it
    found = tuple(Due("shop.customer", "since", open_ones, via=via, **more) for via in ("referrer_id", ""))
    object.__setattr__(entity, "due", found)
    try:
        yield
    finally:
        object.__setattr__(entity, "due", ())


def due_one(company: Company, number: int, name: str, day: date, vip: bool = True) -> int:
    values = customer_values(name=name, since=day, vip=vip, referrer_id=number, volume=Decimal(7))
    return company.put("east", Customer(**values))


def due_of(page: str) -> list[str]:
    """What the page says is due, entry by entry."""
    found = re.search(r'<ol class="history-list due-list".*?</ol>', page, re.DOTALL)
    entries = re.findall(r"<li.*?</li>", found[0], re.DOTALL) if found else []
    return [" ".join(Page(each).texts) for each in entries]


def test_what_is_due_stands_first_and_the_earliest_in_front(company: Company, number, with_due):
    for name, day in (("Later", date(2026, 12, 1)), ("Late", date(2026, 11, 1)), ("Now", date(2026, 11, 22))):
        due_one(company, number, name, day)
    due_one(company, number, "Done", date(2026, 11, 1), vip=False)
    with clock.frozen(START):
        clerk = company.client_of("east.clerk")
        page = clerk.get(f"/shop/customer/{number}").text
        assert due_of(page) == [
            "Overdue Nov 1, 2026 Shop customer Late Volume 7",
            "Due today Nov 22, 2026 Shop customer Now Volume 7",
            "Due Dec 1, 2026 Shop customer Later Volume 7",
        ]
        assert page.index("due-list") < page.index("Created")
        assert due_of(clerk.get(f"{line_of(number)}?only=due").text) == due_of(page)
        assert "Created" not in words(clerk.get(f"{line_of(number)}?only=due"))
        assert due_of(clerk.get(f"{line_of(number)}?only=history").text) == []
        zh = company.client_of("east.clerk", "zh").get(f"/shop/customer/{number}").text
        assert [each.split()[0] for each in due_of(zh)] == ["已逾期", "今日到期", "期限"]


def test_a_record_that_is_due_itself_says_so_without_a_link(company: Company, number, with_due):
    own = due_one(company, number, "Own", date(2026, 12, 1))
    with clock.frozen(START):
        page = company.client_of("east.clerk").get(f"/shop/customer/{own}").text
    assert due_of(page) == ["Due Dec 1, 2026 Shop customer Volume 7"]


def test_what_is_due_is_bounded_and_costs_the_same(company: Company, number, with_due):
    clerk = company.client_of("east.clerk")

    def cost() -> int:
        with counted(company.database) as statements:
            assert clerk.get(line_of(number)).status_code == 200
        return len(statements)

    due_one(company, number, "First", date(2026, 12, 1))
    cost()
    before = cost()
    for place in range(MOST):
        due_one(company, number, f"No. {place}", date(2026, 12, 2))
    assert cost() == before
    page = clerk.get(line_of(number)).text
    assert len(due_of(page)) == MOST
    assert "There is more." in page


def test_what_is_due_is_kept_from_whom_its_fields_are_kept(company: Company, number, with_due):
    due_one(company, number, "Somebody", date(2026, 12, 1))
    levels = {"volume": {"volume": HIDDEN}, "name": {"name": MASKED}, "since": {"since": HIDDEN}}
    told = {}
    for field, fields in levels.items():
        position = Position(
            f"shop.{field}", "Desk", (grant("shop.customer", "see", clause="SHOP 2", fields=fields),)
        )
        company.installation.positions[position.id] = position
        company.add_person(f"east.{field}", "east", position.id)
        page = company.client_of(f"east.{field}").get(line_of(number)).text
        told[field] = (len(due_of(page)), "Volume 7" in page, "Somebody" in page, "only=due" in page)
    assert told == {
        "volume": (1, False, True, True),
        "name": (1, True, False, True),
        "since": (0, False, False, False),
    }


def test_one_kind_is_shown_alone(company: Company, number):
    clerk = company.client_of("east.clerk")
    say(clerk, number, "Said so")
    only = words(clerk.get(f"{line_of(number)}?only=messages"))
    assert "Said so" in only
    assert "Created" not in only
    changes = words(clerk.get(f"{line_of(number)}?only=history"))
    assert "Created" in changes
    assert "Said so" not in changes
    for odd in ("only=odd", "before=x", "before=2026_1_1", "before=0001-01-01T00:00:00%2B00:00_0_1"):
        assert clerk.get(f"{line_of(number)}?{odd}").status_code == 200


def test_a_long_line_comes_in_parts_and_nothing_is_missed_or_repeated(company: Company, number):
    with company.session("east") as session:
        for place in range(2 * SIZE + 5):
            at = START + timedelta(minutes=place // 3)  # several in one instant
            session.add(
                Message(
                    entity="shop.customer",
                    record_id=number,
                    user_id=company.people["east.clerk"],
                    at=at,
                    text=f"No. {place}.",
                )
            )
    clerk, seen = company.client_of("east.clerk"), []
    address: str | None = f"/shop/customer/{number}"
    parts = 0
    while address:
        answer = clerk.get(address, headers={"HX-Request": "true"} if parts else {})
        assert answer.status_code == 200
        seen += [int(each) for each in re.findall(r"<bdi>No\. (\d+)\.</bdi>", answer.text)]
        found = re.search(r'hx-get="(/core/timeline/[^"]*before=[^"]*)"', answer.text)
        address, parts = (found[1].replace("&amp;", "&") if found else None), parts + 1
    assert seen == list(range(2 * SIZE + 4, -1, -1))
    assert parts == 3
    assert "Created" in answer.text


DESK = Position(
    "shop.desk",
    "Shop desk",
    (
        grant(
            "shop.customer",
            "see",
            "edit",
            clause="SHOP 2",
            fields={"name": MASKED, "note": HIDDEN},
        ),
    ),
)


def test_what_is_masked_is_masked_in_the_line_too(company: Company, number):
    company.installation.positions[DESK.id] = DESK
    company.add_person("east.desk", "east", DESK.id)
    with company.session("east") as session:
        session.get_one(Customer, number).note = "The safe is behind the door"
        session.get_one(Customer, number).name = "Somebody"
    assert "behind the door" in company.client_of("east.clerk").get(line_of(number)).text
    part = company.client_of("east.desk").get(line_of(number)).text
    assert "Shop name" in part
    assert "behind the door" not in part
    assert "Somebody" not in part


def test_a_records_number_given_out_twice_brings_no_old_messages(company: Company, number):
    say(company.client_of("east.clerk"), number, "About the first")
    with company.session("east") as session:
        session.delete(session.get_one(Customer, number))
    with company.session("east") as session:
        session.add(Customer(id=number, **customer_values(name="Another")))
    page = company.client_of("east.clerk").get(f"/shop/customer/{number}").text
    assert "About the first" not in page


def test_a_line_costs_the_same_however_long_it_is(company: Company, number):
    clerk = company.client_of("east.clerk")

    def cost() -> int:
        with counted(company.database) as statements:
            assert clerk.get(f"/shop/customer/{number}").status_code == 200
        return len(statements)

    cost()
    before = cost()
    for place in range(5):
        with company.session("east") as session:
            session.get_one(Customer, number).visits = place + 1
        say(clerk, number, f"No. {place}")
    assert cost() == before


@pytest.mark.parametrize(
    "text", ["", "x", "a_b_c", "2026-11-22T00:00:00_0_1", "2026-11-22T00:00:00+00:00_9_1"]
)
def test_what_is_no_place_is_none(text):
    assert read_place(text) is None


def test_a_related_list_goes_on_where_it_stands(company: Company, number):
    for amount in range(30):
        company.put("east", Order(customer_id=number, amount=amount + 1))
    clerk = company.client_of("east.clerk")
    page = clerk.get(f"/shop/customer/{number}").text
    rows: list[str] = []
    parts = 0
    while page:
        parts += 1
        rows += re.findall(r'data-row-url="(/shop/order/\d+)"', page)
        found = re.search(r'hx-get="(/shop/customer/\d+/related/0\?after=[^"]+)"', page)
        page = clerk.get(found[1].replace("&amp;", "&")).text if found else ""
        assert "<html" not in page
    assert len(rows) == len(set(rows)) == 30
    assert parts == 3
    address = f"/shop/customer/{number}/related"
    assert clerk.get(f"{address}/1").status_code == 404
    assert clerk.get(f"{address}/0?after=odd").status_code == 200
    assert company.client_of("west.manager").get(f"{address}/0").status_code == 404
    assert company.client_of("east.watcher").get(f"{address}/0").status_code == 404  # they see no orders
