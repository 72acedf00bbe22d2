"""A form from before somebody else's change: both versions side by side, and the person goes on with either."""

from __future__ import annotations

import re

import pytest
from shop.models import Customer
from sqlalchemy import func, select

from company import Company, customer_values
from core.data.once import SubmittedOnce
from pages import Page


@pytest.fixture
def stale(company: Company):
    """A customer, two people at its form, and the answer to the one who saved second."""
    number = company.put("east", Customer(**customer_values(name="First of all", note="as it was")))
    address = f"/shop/customer/{number}/edit"
    mine, other = company.client_of("east.clerk"), company.client_of("east.manager")
    entries = Page(mine.get(address).text).entries
    assert other.fill(address, {"name": "Theirs", "credit": "77.70"}).status_code == 302
    answer = mine.post(address, {**entries, "name": "Mine", "credit": "12.30"})
    return number, mine, answer


def compared(page: str) -> dict[str, tuple[str, str, bool]]:
    """Field -> my text, the stored text, whether the row is marked."""
    panel = page[page.index('id="versions"') :].partition("</section>")[0]
    found = {}
    for row in re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", panel, re.S):
        label = re.search(r"<th[^>]*>([^<]*)", row)[1].strip()
        mine, stored = (text.strip() for text in re.findall(r"<td[^>]*>(.*?)</td>", row, re.S))
        found[label] = (mine, stored, "differs" in row)
    return found


def stored(company: Company, number: int) -> tuple[str, str]:
    with company.session("east") as session:
        found = session.get_one(Customer, number)
        return found.name, str(found.credit)


def test_both_stand_side_by_side_field_by_field(company: Company, stale):
    number, _mine, answer = stale
    assert answer.status_code == 409
    rows = compared(answer.text)
    assert rows["Shop name"] == ("Mine", "Theirs", True)
    assert rows["Credit"] == ("¥12.30", "¥77.70", True)
    assert [row for row in rows.values() if row[2]] == [rows["Shop name"], rows["Credit"]]
    assert len(rows) > 5
    assert Page(answer.text).refused == []
    assert stored(company, number) == ("Theirs", "77.70")


def test_going_on_with_mine_is_sending_the_form_again(company: Company, stale):
    number, mine, answer = stale
    entries = Page(answer.text).entries
    assert entries["name"] == "Mine"
    assert mine.post(f"/shop/customer/{number}/edit", entries).status_code == 302
    assert stored(company, number) == ("Mine", "12.30")


def test_going_on_with_the_stored_one_is_a_link(company: Company, stale):
    number, mine, answer = stale
    address = f"/shop/customer/{number}/edit"
    assert address in Page(answer.text).links
    entries = Page(mine.get(address).text).entries
    assert entries["name"] == "Theirs"
    assert mine.post(address, {**entries, "note": "and a note"}).status_code == 302
    assert stored(company, number) == ("Theirs", "77.70")


def test_a_third_change_meanwhile_is_compared_again(company: Company, stale):
    number, mine, answer = stale
    address = f"/shop/customer/{number}/edit"
    entries = Page(answer.text).entries
    assert company.client_of("east.manager").fill(address, {"name": "Third"}).status_code == 302
    again = mine.post(address, entries)
    assert (again.status_code, compared(again.text)["Shop name"]) == (409, ("Mine", "Third", True))


def test_in_chinese(company: Company):
    number = company.put("east", Customer(**customer_values()))
    address = f"/shop/customer/{number}/edit"
    mine = company.client_of("east.clerk", "zh")
    entries = Page(mine.get(address).text).entries
    company.client_of("east.manager").fill(address, {"name": "Theirs"})
    text = mine.post(address, {**entries, "name": "Mine"}).text
    assert "他人刚刚修改了此记录，请对照下方的两个版本。" in text
    assert "采用已保存的版本" in text


def test_a_form_sent_twice_creates_once(company: Company):
    clerk = company.client_of("east.clerk")
    page = clerk.get("/shop/customer/new")
    values = {**Page(page.text).entries, **customer_values(), "number": "N99997"}
    texts = {name: str(value) for name, value in values.items() if value is not None}
    first, second = (clerk.post("/shop/customer/new", texts) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location
    with company.session() as session:
        made = select(func.count()).select_from(Customer).where(Customer.number == "N99997")
        assert session.scalar(made) == 1
        assert (
            session.scalar(
                select(func.count()).select_from(SubmittedOnce).where(SubmittedOnce.url == first.location)
            )
            == 1
        )
