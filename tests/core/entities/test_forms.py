"""Adding, changing and deleting through the screens that a description gives."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime

import pytest
from shop.models import Customer, Order
from sqlalchemy import select

from company import Company, counted, customer_values
from core.data import clock
from core.people.positions import Position, grant
from core.people.rights.levels import WRITE
from pages import Page


def row(company: Company, number: str, branch: str = "east") -> Customer | None:
    with company.session(branch) as session:
        found = session.scalar(select(Customer).where(Customer.number == number))
        if found is not None:
            session.refresh(found)
            session.expunge(found)
        return found


def count(company: Company, number: str) -> int:
    with company.session() as session:
        return len(session.scalars(select(Customer).where(Customer.number == number)).all())


def test_a_record_is_added_with_every_kind_of_field(company: Company):
    clerk = company.client_of("east.clerk")
    boss = company.put("east", Customer(**customer_values(name="Boss")))
    values = customer_values(
        kind="firm",
        credit="12,345.60",
        volume="7.1234",
        visits="3",
        steps="9000000000",
        since="2026-11-22",
        vip="y",
        note=" first\nsecond ",
        referrer_id=str(boss),
    )
    answer = clerk.fill("/shop/customer/new", values)
    assert answer.status_code == 302, answer.text
    made = row(company, values["number"])
    assert answer.location == f"/shop/customer/{made.id}"
    assert (str(made.credit), str(made.volume), made.visits, made.steps) == (
        "12345.60",
        "7.1234",
        3,
        9_000_000_000,
    )
    assert (made.since.isoformat(), made.vip, made.note, made.referrer_id) == (
        "2026-11-22",
        True,
        "first\nsecond",
        boss,
    )
    page = clerk.get(answer.location).text
    for shown in ("¥12,345.60", "7.1234 m³", "Nov 22, 2026", "Boss", "Firm", "Saved."):
        assert shown in page


def test_a_fresh_form_shows_the_defaults_of_the_columns(company: Company):
    page = company.client_of("east.clerk").get("/shop/customer/new").text
    assert re.search(r'name="visits"[^>]*value="0"', page)
    assert re.search(r'name="credit"[^>]*value="0.00"', page)
    assert re.search(r'name="since"[^>]*value="2026-01-02"', page)
    assert '<option selected value="home">' in page
    assert '<option value="">' not in page.split('name="kind"')[1].split("</select>")[0]


@pytest.mark.parametrize(
    ("entry", "english", "chinese"),
    [
        ({"name": ""}, "Fill in this field.", "请填写此项。"),
        ({"name": "   "}, "Fill in this field.", "请填写此项。"),
        ({"name": "x" * 41}, "Use at most 40 characters.", "最多 40 个字符。"),
        ({"visits": ""}, "Fill in this field.", "请填写此项。"),
        ({"visits": "1.5"}, "Enter a whole number, for example 12.", "请输入整数，例如 12。"),
        ({"visits": "9999999999"}, "This number is too large.", "数值过大。"),
        ({"steps": "9" * 30}, "This number is too large.", "数值过大。"),
        ({"credit": "twelve"}, "Enter a number, for example 12.5.", "请输入数字，例如 12.5。"),
        ({"credit": "1.234"}, "Use at most 2 decimal places.", "最多 2 位小数。"),
        ({"volume": "1.23456"}, "Use at most 4 decimal places.", "最多 4 位小数。"),
        ({"credit": "1e999999"}, "Enter a number, for example 12.5.", "请输入数字，例如 12.5。"),
        ({"credit": "9" * 40}, "This number is too large.", "数值过大。"),
        ({"credit": "NaN"}, "Enter a number, for example 12.5.", "请输入数字，例如 12.5。"),
        (
            {"credit": "0.1000000000000000000000000000000000001"},
            "Use at most 2 decimal places.",
            "最多 2 位小数。",
        ),
        ({"credit": "1_000"}, "Enter a number, for example 12.5.", "请输入数字，例如 12.5。"),
        ({"since": "22.13.2026"}, "Enter a date, for example 2026-11-22.", "请输入日期，例如 2026-11-22。"),
        ({"since": "05.06.2026"}, "Which is the month? Enter the year first", "无法分辨月和日，请先写年份"),
        ({"kind": "castle"}, "Choose one of the options.", "请从选项中选择。"),
        ({"referrer_id": "2000000000"}, "Choose one from the list; this one is not there.", "请从列表中选择"),
        (
            {"referrer_id": "99999999999999999999"},
            "Choose one from the list; this one is not there.",
            "请从列表中选择",
        ),
        ({"referrer_id": "nobody"}, "Choose one from the list; this one is not there.", "请从列表中选择"),
        ({"number": "small"}, "This does not have the right form.", "格式不正确。"),
        ({"name": "a\x00b"}, "This entry holds characters that cannot be stored.", "含有无法保存的字符"),
        (
            {"credit": "20000"},
            "A home has at most 10,000 of credit. Enter less.",
            "家庭用户的额度最多为 10,000",
        ),
    ],
)
def test_a_wrong_entry_is_told_in_the_readers_language_and_nothing_is_lost(
    company: Company, entry, english, chinese
):
    values = {**customer_values(note="keep me"), **entry}
    for language, message in (("en", english), ("zh", chinese)):
        answer = company.client_of("east.clerk", language).fill("/shop/customer/new", values)
        assert answer.status_code == 422
        assert message in answer.text
        assert "keep me" in answer.text
    assert count(company, values["number"]) == 0


@pytest.mark.parametrize(
    ("typed", "day"), [("20261122", "2026-11-22"), ("22.11.2026", "2026-11-22"), ("+3", "2026-11-26")]
)
def test_a_day_is_typed_in_the_usual_ways_and_counted_from_the_branchs_today(company: Company, typed, day):
    values = customer_values(since=typed)
    late = datetime(2026, 11, 22, 17, tzinfo=UTC)  # the 23rd in China
    with clock.frozen(late):
        answer = company.client_of("east.clerk").fill("/shop/customer/new", values)
    assert answer.status_code == 302, answer.text
    assert row(company, values["number"]).since.isoformat() == day


def test_a_line_for_a_day_tells_the_calendar_which_day_is_today(company: Company):
    with clock.frozen(datetime(2026, 11, 22, 17, tzinfo=UTC)):
        page = company.client_of("east.clerk").get("/shop/customer/new").text
    line = re.search(r'<span class="day-z"><input[^>]*name="since"[^>]*>', page)[0]
    for part in ('data-today="2026-11-23"', 'type="text"', 'inputmode="numeric"'):
        assert part in line


def test_a_masked_field_is_marked_so_that_no_draft_outlives_its_tab(company: Company):
    described = company.installation.entities["shop.customer"].field("note")
    told = grant("shop.customer", "see", "add", clause="SHOP 3", fields={"note": WRITE})
    company.installation.positions["shop.told"] = Position("shop.told", "Told", (told,))
    company.add_person("east.told", "east", "shop.told")
    writer = company.client_of("east.told")
    assert "data-private" not in writer.get("/shop/customer/new").text
    object.__setattr__(described, "mask", "all")
    try:
        page = writer.get("/shop/customer/new").text
    finally:
        object.__setattr__(described, "mask", "")
    assert re.search(r'<textarea[^>]*data-private[^>]*name="note"', page)


def test_full_width_figures_are_figures(company: Company):
    values = customer_values(credit="１２．５", visits="３")
    assert company.client_of("east.clerk").fill("/shop/customer/new", values).status_code == 302
    assert str(row(company, values["number"]).credit) == "12.50"


def test_a_number_that_is_there_is_refused_and_the_other_branch_may_have_it(company: Company):
    values = customer_values()
    assert company.client_of("east.clerk").fill("/shop/customer/new", values).status_code == 302
    again = company.client_of("east.clerk").fill("/shop/customer/new", values)
    assert again.status_code == 409
    assert "There is already a record with this Shop number." in again.text
    assert company.client_of("west.manager").fill("/shop/customer/new", values).status_code == 302


def test_a_record_of_another_branch_cannot_be_referred_to(company: Company):
    there = company.put("west", Customer(**customer_values(name="Westerner")))
    answer = company.client_of("east.clerk").fill(
        "/shop/customer/new", customer_values(referrer_id=str(there))
    )
    assert answer.status_code == 422
    assert "Choose one from the list; this one is not there." in answer.text
    assert "Westerner" not in answer.text


def test_a_change_keeps_what_stays_and_a_field_fixed_at_first_is_not_offered(company: Company):
    number = company.put("east", Customer(**customer_values(name="Old", note="stays")))
    clerk = company.client_of("east.clerk")
    answer = clerk.fill(f"/shop/customer/{number}/edit", {"name": "New", "number": "OTHER"})
    assert answer.status_code == 302
    with company.session("east") as session:
        changed = session.get_one(Customer, number)
        assert (changed.name, changed.note, changed.row_version) == ("New", "stays", 2)
        assert changed.number != "OTHER"


def test_emptying_a_field_empties_it(company: Company):
    number = company.put("east", Customer(**customer_values(note="gone", volume=3, vip=True)))
    clerk = company.client_of("east.clerk")
    assert (
        clerk.fill(f"/shop/customer/{number}/edit", {"note": "", "volume": "", "vip": None}).status_code
        == 302
    )
    with company.session("east") as session:
        changed = session.get_one(Customer, number)
        assert (changed.note, changed.volume, changed.vip) == (None, None, False)


def test_a_form_from_before_somebody_elses_change_is_refused(company: Company):
    number = company.put("east", Customer(**customer_values()))
    first, second = company.client_of("east.clerk"), company.client_of("east.manager")
    address = f"/shop/customer/{number}/edit"
    stale = first.get(address)
    assert second.fill(address, {"name": "Second"}).status_code == 302
    answer = first.post(address, {**Page(stale.text).entries, "name": "First"})
    assert answer.status_code == 409
    assert "Somebody else has changed this record meanwhile." in answer.text
    with company.session("east") as session:
        assert session.get_one(Customer, number).name == "Second"


def test_two_changes_at_the_very_same_time_do_not_overwrite_each_other(company: Company):
    number = company.put("east", Customer(**customer_values()))
    address = f"/shop/customer/{number}/edit"
    browsers = [company.client_of("east.clerk") for _ in range(4)]
    forms = [Page(each.get(address).text).entries for each in browsers]
    codes = _together(
        [
            lambda b=b, f=f, n=n: b.post(address, {**f, "name": f"N{n}"}).status_code
            for n, (b, f) in enumerate(zip(browsers, forms, strict=True))
        ]
    )
    assert sorted(codes) == [302, 409, 409, 409]


@pytest.mark.parametrize("unique", [True, False])
def test_a_form_sent_twice_at_once_creates_one(company: Company, unique):
    path = "/shop/customer/new" if unique else "/shop/order/new"
    values = customer_values()
    if not unique:
        values = {"customer_id": str(company.put("east", Customer(**values))), "amount": "5"}
    browser = company.client_of("east.clerk")
    entries = {**Page(browser.get(path).text).entries, **values}
    cookies = browser.client
    senders = []
    for _ in range(3):
        other = company.browser()
        other.client._cookies = dict(cookies._cookies)
        senders.append(lambda o=other: o.client.post(path, data=entries))
    answers = _together(senders)
    assert {each.status_code for each in answers} == {302}
    assert len({each.location for each in answers}) == 1
    again = browser.client.post(path, data=entries)
    assert again.location == answers[0].location
    if unique:
        assert count(company, values["number"]) == 1
    else:
        with company.session("east") as session:
            orders = session.scalars(
                select(Order).where(Order.customer_id == int(values["customer_id"]))
            ).all()
            assert len(orders) == 1


def test_a_record_in_use_is_not_deleted_and_an_unused_one_is(company: Company):
    number = company.put("east", Customer(**customer_values()))
    order = company.put("east", Order(customer_id=number, amount=1))
    manager = company.client_of("east.manager")
    answer = manager.post(f"/shop/customer/{number}/delete")
    assert answer.location == f"/shop/customer/{number}"
    assert "Other records use this one, so it cannot be deleted." in manager.get(answer.location).text
    assert manager.post(f"/shop/order/{order}/delete").location == "/shop/order/"
    assert manager.post(f"/shop/customer/{number}/delete").location == "/shop/customer/"
    assert manager.get(f"/shop/customer/{number}").status_code == 404


def test_who_may_not_is_told_so_before_anything_else(company: Company):
    number = company.put("east", Customer(**customer_values()))
    watcher = company.client_of("east.watcher")
    assert watcher.get(f"/shop/customer/{number}").status_code == 200
    for path in ("/shop/customer/new", f"/shop/customer/{number}/edit"):
        assert watcher.get(path).status_code == 403
        assert watcher.post(path, {"name": "X"}).status_code == 403
    assert watcher.post(f"/shop/customer/{number}/delete").status_code == 403
    assert company.client_of("east.clerk").post(f"/shop/customer/{number}/delete").status_code == 403
    west = company.client_of("west.manager")
    for path in (f"/shop/customer/{number}", f"/shop/customer/{number}/edit"):
        assert west.get(path).status_code == 404
    assert west.post(f"/shop/customer/{number}/delete").status_code == 404
    nobody = company.browser()
    assert nobody.get(f"/shop/customer/{number}").location == f"/login/?next=/shop/customer/{number}"


def test_a_change_without_the_token_of_the_form_is_refused(company: Company):
    clerk = company.client_of("east.clerk")
    values = customer_values()
    answer = clerk.client.post("/shop/customer/new", data=values)
    assert answer.status_code == 400
    assert "This page is too old" in answer.text
    assert count(company, values["number"]) == 0


def test_a_link_may_bring_the_record_to_point_to(company: Company):
    number = company.put("east", Customer(**customer_values(name="Linked")))
    page = company.client_of("east.clerk").get(f"/shop/order/new?customer_id={number}").text
    assert f'<option selected value="{number}">Linked</option>' in page
    there = company.put("west", Customer(**customer_values(name="Far away")))
    assert "Far away" not in company.client_of("east.clerk").get(f"/shop/order/new?customer_id={there}").text


def _together(calls):
    """Call all at the same time, each in a thread of its own."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place):
        barrier.wait()
        answers[place] = calls[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers


def test_saving_looks_up_nothing_that_stays(company: Company):
    first = company.put("east", Customer(**customer_values()))
    path = f"/shop/customer/{company.put('east', Customer(**customer_values(referrer_id=first)))}/edit"
    clerk = company.client_of("east.clerk")
    entries = Page(clerk.get(path).text).entries
    assert entries["referrer_id"] == str(first)
    with counted(company.database) as statements:
        assert clerk.post(path, {**entries, "name": "Zhao"}).status_code == 302
    assert len([each for each in statements if each.startswith("SELECT shop_customer")]) == 1, "\n".join(
        statements
    )


def test_a_form_is_filled_by_one_statement(company: Company):
    first = company.put("east", Customer(**customer_values(name="Zhang first")))
    path = f"/shop/customer/{company.put('east', Customer(**customer_values(referrer_id=first)))}/edit"
    clerk = company.client_of("east.clerk")
    clerk.get(path)
    with counted(company.database) as statements:
        page = clerk.get(path).text
    assert f'<option selected value="{first}">Zhang first</option>' in page
    assert len([each for each in statements if "shop_customer" in each]) == 1, "\n".join(statements)


def test_a_refused_post_leaves_its_key_for_the_next(company: Company):
    number = company.put("east", Customer(**customer_values(name="Before")))
    path, clerk = f"/shop/customer/{number}/edit", company.client_of("east.clerk")
    entries = Page(clerk.get(path).text).entries
    assert clerk.post(path, {**entries, "name": "Stale", "row_version": "99"}).status_code == 409
    assert clerk.post(path, {**entries, "name": "After"}).status_code == 302
    with company.session("east") as session:
        assert session.get_one(Customer, number).name == "After"


def test_results_that_nobody_looks_at_do_not_fill_the_cookie(company: Company):
    browser = company.client_of("east.clerk")
    form = Page(browser.get("/shop/customer/new").text).entries
    for each in range(8):
        values = {**customer_values(number=f"U{each}", name=f"Unseen {each}"), "once": f"unseen-{each:032}"}
        assert browser.post("/shop/customer/new", {**form, **values}).status_code == 302
    with browser.client.session_transaction() as kept:
        assert len(kept["_flashes"]) == 5
