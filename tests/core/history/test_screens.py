"""A record's page tells its history in words; versions and deleted rows come back; administrators read everything."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shop.models import Customer, Order, Receipt
from sqlalchemy import select

from company import Company, counted, customer_values
from core.branches import setwise
from core.data import clock
from core.history import HistoryEntry, one_entry
from pages import Page


@pytest.fixture
def number(company: Company) -> int:
    """A customer whom the manager made and changed twice, through the screens."""
    boss = company.client_of("east.manager")
    values = customer_values(name="First", credit="5")
    answer = boss.fill("/shop/customer/new", values)
    made = int(answer.location.rpartition("/")[2])
    boss.fill(f"/shop/customer/{made}/edit", {"name": "Second", "kind": "firm"})
    boss.fill(f"/shop/customer/{made}/edit", {"name": "Third", "credit": "1234.5"})
    return made


def text_of(answer) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(" ".join(Page(answer.text).texts).split())


def test_the_page_tells_what_was_done_in_words(company: Company, number):
    page = text_of(company.client_of("east.clerk").get(f"/shop/customer/{number}"))
    assert "Shop name: from Second to Third" in page
    assert "Shop name: from First to Second" in page
    assert "Sort: from Household use to Firm" in page
    assert "Credit: from ¥5.00 to ¥1,234.50" in page
    assert "Created" in page
    with company.session() as session:
        manager = company.user(session, "east.manager").last_name
    assert manager in page


def test_it_does_so_in_the_readers_language(company: Company, number):
    page = text_of(company.client_of("east.clerk", "zh").get(f"/shop/customer/{number}"))
    assert "时间线" in page
    assert "由 Second 改为 Third" in page
    assert "新建" in page


def test_references_are_told_by_their_titles(company: Company, number):
    friend = company.put("east", Customer(**customer_values(name="The friend")))
    with company.session("east") as session:
        session.get_one(Customer, number).referrer_id = friend
    page = text_of(company.client_of("east.clerk").get(f"/shop/customer/{number}"))
    assert "Brought by: The friend" in page


def test_only_who_may_see_the_record_reads_its_history(company: Company, number):
    address = f"/core/history/of/shop/customer/{number}"
    assert "from Second to Third" in text_of(company.client_of("east.watcher").get(address))
    assert company.client_of("west.manager").get(address).status_code == 404
    assert company.client_of("idle").get(address).status_code == 404
    assert company.browser().get(address).status_code == 302
    assert company.client_of("east.clerk").get("/core/history/of/shop/receipt/1").status_code == 403
    assert company.client_of("east.clerk").get("/core/history/of/shop/nothing/1").status_code == 404


def test_a_long_history_has_pages(company: Company, number):
    for n in range(30):
        with company.session("east") as session:
            session.get_one(Customer, number).visits = n + 1
    clerk = company.client_of("east.clerk")
    page = Page(clerk.get(f"/shop/customer/{number}").text)
    assert f"/core/history/of/shop/customer/{number}" in page.links
    own = f"/core/history/of/shop/customer/{number}"
    assert "<h1><bdi>Third</bdi></h1>" in clerk.get(own).text  # data, in whatever language it is
    first, second = text_of(clerk.get(own)), text_of(clerk.get(f"{own}?page=2"))
    assert "Visits: from 29 to 30" in first
    assert "Shop name: from First to Second" not in first
    assert "Shop name: from First to Second" in second
    for odd in ("page=x", "page=0", "page=99999999", "page=²"):
        assert clerk.get(f"{own}?{odd}").status_code == 200


def test_a_page_with_its_history_takes_one_statement_more(company: Company, number):
    clerk = company.client_of("east.clerk")
    with counted(company.database) as statements:
        clerk.get(f"/shop/customer/{number}")
    told = [each for each in statements if "core_history" in each and each.startswith("SELECT")]
    assert len(told) == 1
    assert len(statements) <= 10, "\n".join(statements)


def entry_of(company: Company, number: int, word: str) -> int:
    """The entry in which the customer's name became `word`."""
    return entry_with(company, number, "name", word)


def entry_with(company: Company, number: int, name: str, value: str) -> int:
    with company.session("east") as session:
        rows = session.scalars(select(HistoryEntry).filter_by(table_name="shop_customer", record_id=number))
        return next(row.id for row in rows if row.changes.get(name, [None])[-1] == value)


def test_an_earlier_version_is_restored_as_a_new_change(company: Company, number, entries):
    boss = company.client_of("east.manager")
    assert "Restore this version" in boss.get(f"/shop/customer/{number}").text
    first = entry_of(company, number, "First")
    address = f"/core/history/of/shop/customer/{number}/restore/{first}"
    assert boss.post(address).status_code == 302
    with company.session("east") as session:
        customer = session.get_one(Customer, number)
        assert (customer.name, customer.kind, customer.credit) == ("First", "home", Decimal("5.00"))
        assert customer.row_version == 4
    (entry,) = entries(action="restore")
    assert entry.changes["name"] == ["Third", "First"]
    assert (entry.user_id, entry.details["version"]) == (company.people["east.manager"], first)
    page = text_of(boss.get(f"/shop/customer/{number}"))
    assert "Earlier version restored" in page
    boss.post(address)
    assert "stands like this already" in boss.get(f"/shop/customer/{number}").text


def test_the_first_change_of_what_was_put_in_by_the_thousand_is_taken_back_too(company: Company):
    with company.session("east") as session:
        with one_entry(session, Customer):
            stamps = {"created_at": clock.now(), "changed_at": clock.now(), "row_version": 1}
            row = {
                **customer_values(name="By the thousand"),
                **stamps,
                "kind": "home",
                "credit": 0,
                "visits": 0,
            }
            setwise.insert_rows(session, Customer, [{**row, "vip": False}])
        number = session.scalars(select(Customer.id).filter_by(name="By the thousand")).one()
    boss = company.client_of("east.manager")
    boss.fill(f"/shop/customer/{number}/edit", {"name": "Renamed"})
    before = f"/core/history/of/shop/customer/{number}/restore/0"
    assert before in Page(boss.get(f"/shop/customer/{number}").text).posts
    boss.post(before)
    with company.session("east") as session:
        assert session.get_one(Customer, number).name == "By the thousand"


def test_of_what_was_entered_nothing_stood_before(company: Company, number):
    boss = company.client_of("east.manager")
    page = boss.get(f"/core/history/of/shop/customer/{number}")
    assert not [each for each in Page(page.text).posts if each.endswith("/restore/0")]
    assert boss.post(f"/core/history/of/shop/customer/{number}/restore/0").status_code == 404


def test_a_version_comes_back_as_a_whole(company: Company, number):
    boss = company.client_of("east.manager")
    boss.fill(f"/shop/customer/{number}/edit", {"credit": "20000"})
    boss.fill(f"/shop/customer/{number}/edit", {"credit": "0", "name": "Poor"})
    boss.fill(f"/shop/customer/{number}/edit", {"kind": "home"})
    rich = entry_with(company, number, "credit", "20000.00")
    boss.post(f"/core/history/of/shop/customer/{number}/restore/{rich}")
    with company.session("east") as session:
        customer = session.get_one(Customer, number)
        # The version was a firm, to which so much credit may be given: both come back together.
        assert (customer.kind, customer.credit) == ("firm", Decimal("20000.00"))


def test_who_may_not_edit_restores_nothing(company: Company, number):
    first = entry_of(company, number, "First")
    address = f"/core/history/of/shop/customer/{number}/restore/{first}"
    assert (
        "Restore this version" not in company.client_of("east.watcher").get(f"/shop/customer/{number}").text
    )
    assert company.client_of("east.watcher").post(address).status_code == 403
    assert company.client_of("west.manager").post(address).status_code == 404
    other = company.put("east", Customer(**customer_values()))
    boss = company.client_of("east.manager")
    assert boss.post(f"/core/history/of/shop/customer/{other}/restore/{first}").status_code == 404
    assert boss.post(f"/core/history/of/shop/customer/{number}/restore/99999999").status_code == 404
    with company.session("east") as session:
        assert session.get_one(Customer, number).name == "Third"


def test_posted_facts_are_neither_restored_nor_brought_back(company: Company):
    receipt = company.put("east", Receipt(amount=5))
    boss = company.client_of("east.manager")
    with company.session("east") as session:
        entry = session.scalars(
            select(HistoryEntry.id).filter_by(table_name="shop_receipt", record_id=receipt)
        ).one()
    assert boss.post(f"/core/history/of/shop/receipt/{receipt}/restore/{entry}").status_code == 403
    assert boss.post(f"/core/history/of/shop/receipt/{receipt}/bring-back").status_code == 403


def test_a_deletion_is_undone_from_the_message_after_it(company: Company, number):
    boss = company.client_of("east.manager")
    boss.get(f"/shop/customer/{number}")
    with company.session("east") as session:
        before = {
            key: value for key, value in vars(session.get_one(Customer, number)).items() if key[0] != "_"
        }
    assert boss.post(f"/shop/customer/{number}/delete").status_code == 302
    page = boss.get("/shop/customer/").text
    undo = f"/core/history/of/shop/customer/{number}/bring-back"
    assert undo in Page(page).posts
    assert boss.get(f"/shop/customer/{number}").status_code == 404
    assert boss.post(undo).status_code == 302
    with company.session("east") as session:
        after = {
            key: value for key, value in vars(session.get_one(Customer, number)).items() if key[0] != "_"
        }
    passing = {"row_version", "changed_at"}
    assert {k: v for k, v in after.items() if k not in passing} == {
        k: v for k, v in before.items() if k not in passing
    }
    assert "Brought back" in text_of(boss.get(f"/shop/customer/{number}"))
    boss.post(undo)
    assert "something has taken its place" in boss.get("/shop/customer/").text


def test_what_was_deleted_over_rest_is_on_the_list_of_deleted_records(company: Company, number):
    call = company.api_of("east.manager")
    assert call("DELETE", f"/api/v1/shop/customer/{number}").status_code == 200
    boss = company.client_of("east.manager")
    page = boss.get("/core/history/deleted/shop/customer")
    assert f"/core/history/of/shop/customer/{number}/bring-back" in Page(page.text).posts
    assert "Third" in text_of(page)
    assert company.client_of("east.clerk").get("/core/history/deleted/shop/customer").status_code == 403
    assert "Third" not in text_of(
        company.client_of("west.manager").get("/core/history/deleted/shop/customer")
    )


def test_a_list_leads_to_what_was_deleted_and_back(company: Company, number):
    boss, deleted = company.client_of("east.manager"), "/core/history/deleted/shop/customer"
    undo = f"/core/history/of/shop/customer/{number}/bring-back"
    boss.get(f"/shop/customer/{number}")
    boss.post(f"/shop/customer/{number}/delete")
    assert deleted in Page(boss.get("/shop/customer/").text).links
    page = Page(boss.get(deleted).text)
    assert "/shop/customer/" in page.links
    assert undo in page.posts
    assert boss.post(undo).location == f"/shop/customer/{number}"
    assert "/shop/customer/" in Page(boss.get(f"/shop/customer/{number}").text).links
    assert undo not in Page(boss.get(deleted).text).posts  # it came back, and is offered no second time
    boss.get(f"/shop/customer/{number}")
    boss.post(f"/shop/customer/{number}/delete")
    boss.get("/shop/customer/")  # with the message after the deletion, which offers to undo it too
    assert Page(boss.get(deleted).text).posts.count(undo) == 1


def test_only_who_may_undo_there_is_led_to_what_was_deleted(company: Company, number):
    def links(person: str, entity: str) -> list[str]:
        found = Page(company.client_of(person).get(f"/shop/{entity}/").text).links
        return [link for link in found if "/deleted/" in link]

    assert links("east.manager", "customer") == ["/core/history/deleted/shop/customer"]
    assert links("east.clerk", "customer") == links("east.watcher", "customer") == []
    assert links("east.manager", "receipt") == []  # posted facts do not come back
    assert company.client_of("east.manager").get("/core/history/deleted/shop/receipt").status_code == 403


def test_a_deletion_of_another_branch_is_not_undone(company: Company, number):
    boss = company.client_of("east.manager")
    boss.get(f"/shop/customer/{number}")
    boss.post(f"/shop/customer/{number}/delete")
    address = f"/core/history/of/shop/customer/{number}/bring-back"
    assert company.client_of("west.manager").post(address).status_code == 404
    assert company.client_of("east.clerk").post(address).status_code == 403
    assert company.client_of("admin").post(address).status_code == 404


def test_a_taken_value_keeps_a_record_from_coming_back(company: Company):
    values = customer_values(name="Unique")
    first = company.put("east", Customer(**values))
    boss = company.client_of("east.manager")
    boss.get(f"/shop/customer/{first}")
    boss.post(f"/shop/customer/{first}/delete")
    company.put("east", Customer(**values))
    boss.post(f"/core/history/of/shop/customer/{first}/bring-back")
    assert "something has taken its place" in boss.get("/shop/customer/").text


def test_what_is_used_by_others_is_not_deleted_and_so_never_dangles(company: Company, number):
    company.put("east", Order(customer_id=number, amount=1))
    boss = company.client_of("east.manager")
    boss.get(f"/shop/customer/{number}")
    boss.post(f"/shop/customer/{number}/delete")
    assert boss.get(f"/shop/customer/{number}").status_code == 200


# ---------------------------------------------------------------- the list of everything


def test_an_administrator_reads_what_was_done_in_every_branch(company: Company, number):
    company.put("west", Customer(**customer_values(name="Far away")))
    admin = company.client_of("admin")
    page = admin.get("/core/history/")
    told = text_of(page)
    assert "East" in told
    assert "West" in told
    assert "Shop customer no." in told
    assert Page(page.text).refused == []


def test_the_list_is_narrowed_by_person_branch_kind_and_day(company: Company, number):
    admin = company.client_of("admin")
    manager, east = company.people["east.manager"], company.branches["east"]
    narrowed = f"/core/history/?person={manager}&branch={east}&thing=shop.customer&action=edit"
    assert f"Shop customer no. {number}" in text_of(admin.get(narrowed))
    for nothing in (
        f"branch={company.branches['hq']}&thing=shop.customer",
        f"person={company.people['idle']}&action=edit",
        "from=2999-01-01",
        "to=1999-01-01",
        "action=print&thing=shop.customer",
    ):
        assert "Nothing matches." in text_of(admin.get(f"/core/history/?{nothing}")), nothing
    for odd in (
        "person=x",
        "branch=²",
        "thing=no.such",
        "action=odd",
        "from=x",
        "to=9999-12-31",
        "page=x",
        "from=0001-01-01",
    ):
        assert admin.get(f"/core/history/?{odd}").status_code == 200, odd


def test_the_list_takes_few_statements(company: Company, number):
    admin = company.client_of("admin")
    admin.get("/core/history/")
    with counted(company.database) as statements:
        page = admin.get(f"/core/history/?branch={company.branches['east']}&thing=shop.customer&action=edit")
    assert page.status_code == 200
    assert len(statements) <= 8, "\n".join(statements)


def test_one_entry_tells_everything(company: Company, number):
    admin = company.client_of("admin")
    entry = entry_of(company, number, "Third")
    page = text_of(admin.get(f"/core/history/{entry}"))
    for word in ("Second", "Third", "¥1,234.50", "127.0.0.1", "East", "Not yet"):
        assert word in page, word
    assert admin.get("/core/history/99999999").status_code == 404
    assert admin.get("/core/history/99999999999999").status_code == 404


def test_nobody_else_reads_it(company: Company, number):
    entry = entry_of(company, number, "Third")
    for person in ("east.manager", "east.clerk"):
        browser = company.client_of(person)
        assert browser.get("/core/history/").status_code == 403
        assert browser.get(f"/core/history/{entry}").status_code == 403
        call = company.api_of(person)
        assert call("GET", "/api/v1/core/history/").status_code == 403
        assert call("GET", f"/api/v1/core/history/{entry}").status_code == 403


def test_rest_reads_and_never_writes_it(company: Company, number):
    call = company.api_of("admin")
    first = call("GET", "/api/v1/core/history/").json
    assert all("changes" not in each for each in first["result"])
    entry = entry_of(company, number, "Third")
    for method, path in (("POST", ""), ("PUT", str(entry)), ("DELETE", str(entry))):
        answer = call(method, f"/api/v1/core/history/{path}", json={"origin": "forged"})
        assert answer.status_code in (403, 404, 405), answer.text
    assert call("GET", "/api/v1/core/history/?q=(order_column:changes)").status_code == 400
