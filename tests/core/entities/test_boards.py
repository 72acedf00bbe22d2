"""Lists as boards of states and as calendars of days."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from shop.models import Customer

from company import Company, counted, customer_values
from core.entities import counting
from core.entities.lists import board, month
from core.entities.spec import Entity
from pages import Page

LIST = "/shop/customer/"


@pytest.fixture(scope="module")
def stocked(company: Company) -> dict[str, int]:
    rows = {
        "Brd home": company.put(
            "east", Customer(**customer_values(name="Brd home", since=date(2026, 11, 5)))
        ),
        "Brd rich": company.put(
            "east",
            Customer(**customer_values(name="Brd rich", kind="firm", credit=20_000, since=date(2026, 11, 5))),
        ),
        "Brd late": company.put(
            "east", Customer(**customer_values(name="Brd late", since=date(2026, 12, 31)))
        ),
        "Brd far": company.put("west", Customer(**customer_values(name="Brd far", since=date(2026, 11, 5)))),
    }
    return rows


def columns(page: str) -> dict[str, list[str]]:
    parts = re.split(r'data-board-code="([^"]*)"', page)
    found = zip(parts[1::2], parts[2::2], strict=True)
    return {
        code: [text for text in Page("<section>" + part).texts if text.startswith("Brd ")]
        for code, part in found
    }


def test_a_board_has_a_column_for_each_choice(company: Company, stocked):
    page = company.client_of("east.clerk").get(f"{LIST}?as=board&q=Brd").text
    assert columns(page) == {"home": ["Brd home", "Brd late"], "firm": ["Brd rich"]}
    assert "Brd far" not in page


def test_filters_and_search_hold_on_the_board(company: Company, stocked):
    page = company.client_of("east.watcher").get(f"{LIST}?as=board&q=Brd&f_credit.gt=1").text
    assert columns(page) == {"home": [], "firm": ["Brd rich"]}
    assert "Credit is over" in page


def test_a_column_shows_its_first_cards_and_leads_to_all(company: Company, stocked, monkeypatch):
    monkeypatch.setattr(board, "CARDS", 1)
    monkeypatch.setattr(counting, "GLANCE_CAP", 1)
    page = company.client_of("east.watcher").get(f"{LIST}?as=board&q=Brd").text
    assert columns(page)["home"] == ["Brd home"]
    assert "1+" in Page(page).texts
    more = next(link for link in Page(page).links if "f_kind=home" in link)
    assert parse_qs(urlsplit(more).query) == {"q": ["Brd"], "f_kind": ["home"]}


def test_a_card_moves_and_is_judged(company: Company, stocked):
    clerk = company.client_of("east.clerk")

    def version(name: str) -> str:
        page = clerk.get(f"{LIST}?as=board&q=Brd").text
        part = page[page.index(f"{LIST}{stocked[name]}/move") :]
        return re.search(r'name="row_version" value="(\d+)"', part).group(1)

    def kind(name: str) -> str:
        with company.session("east") as session:
            return session.get(Customer, stocked[name]).kind

    old = version("Brd home")
    sent = {"to": "firm", "row_version": old, "address": "as=board&q=Brd"}
    answer = clerk.post(f"{LIST}{stocked['Brd home']}/move", sent)
    assert answer.location == f"{LIST}?as=board&q=Brd"
    assert kind("Brd home") == "firm"
    clerk.post(f"{LIST}{stocked['Brd home']}/move", {"to": "home", "row_version": old})
    assert kind("Brd home") == "firm"
    assert "changed this record meanwhile" in clerk.get(LIST).text
    clerk.post(f"{LIST}{stocked['Brd rich']}/move", {"to": "home", "row_version": version("Brd rich")})
    assert kind("Brd rich") == "firm"
    assert "A home has at most 10,000" in clerk.get(LIST).text
    clerk.post(f"{LIST}{stocked['Brd home']}/move", {"to": "castle", "row_version": version("Brd home")})
    assert kind("Brd home") == "firm"
    clerk.post(f"{LIST}{stocked['Brd home']}/move", {"to": "home", "row_version": version("Brd home")})
    assert kind("Brd home") == "home"


def test_moving_takes_right_and_row(company: Company, stocked):
    clerk, watcher = company.client_of("east.clerk"), company.client_of("east.watcher")
    assert watcher.post(f"{LIST}{stocked['Brd home']}/move", {"to": "firm"}).status_code == 403
    assert clerk.post(f"{LIST}{stocked['Brd far']}/move", {"to": "firm"}).status_code == 404
    assert "/move" not in watcher.get(f"{LIST}?as=board").text


@pytest.mark.parametrize(
    ("asked", "title", "names"),
    [
        ("2026-11", "November 2026", ["Brd home", "Brd rich"]),
        ("2026-12", "December 2026", ["Brd late"]),
        ("2025-02", "February 2025", []),
    ],
)
def test_a_month_shows_its_days(company: Company, stocked, asked, title, names):
    page = company.client_of("east.clerk").get(f"{LIST}?as=calendar&q=Brd&month={asked}").text
    texts = Page(page).texts
    assert title in texts
    assert [text for text in texts if text.startswith("Brd ")] == names
    assert page.count('<td class="day') % 7 == 0


def test_a_day_with_more_leads_to_its_list(company: Company, stocked, monkeypatch):
    monkeypatch.setattr(month, "OF_A_DAY", 1)
    page = company.client_of("east.clerk").get(f"{LIST}?as=calendar&q=Brd&month=2026-11").text
    assert "1 more" in Page(page).texts
    link = next(each for each in Page(page).links if "f_since=2026-11-05" in each)
    assert parse_qs(urlsplit(link).query) == {"q": ["Brd"], "f_since": ["2026-11-05"]}


def test_a_day_is_counted_no_further_than_a_list(company: Company, stocked, monkeypatch):
    monkeypatch.setattr(counting, "COUNT_CAP", 1)
    with counted(company.database) as statements:
        page = company.client_of("east.clerk").get(f"{LIST}?as=calendar&q=Brd&month=2026-11").text
    assert {"Brd home", "1+ more", "1+ records"} <= set(Page(page).texts)
    [days] = [each for each in statements if "UNION ALL" in each and "FROM shop_customer" in each]
    assert days.count("LIMIT") >= 2 * 35


@pytest.mark.parametrize("wrong", ["", "x", "2026-13", "0001-01", "9999-12", "2026-1", "²026-01"])
def test_a_month_that_makes_no_sense_is_the_present_one(company: Company, stocked, wrong):
    answer = company.client_of("east.clerk").get(LIST, query_string={"as": "calendar", "month": wrong})
    assert answer.status_code == 200
    assert "day-today" in answer.text


@pytest.mark.parametrize(("mode", "most"), [("board", 8), ("calendar", 8)])
def test_they_take_few_statements(company: Company, stocked, mode, most):
    clerk = company.client_of("east.clerk")
    clerk.get(LIST)
    with counted(company.database) as statements:
        clerk.get(f"{LIST}?as={mode}&q=Brd&f_credit.gt=0")
    assert len(statements) <= most, "\n".join(statements)


def test_a_list_without_them_is_a_table(company: Company, stocked):
    page = company.client_of("east.clerk").get("/shop/order/?as=board").text
    assert "board-z" not in page
    assert "mode-z" not in page


def test_a_description_that_names_no_field_of_its_own_is_refused(company: Company):
    known = company.installation.entities["shop.order"]
    for wrong in ({"board": "nothing"}, {"calendar": "nothing"}):
        values = {
            "model": known.model,
            "label": "x",
            "label_plural": "x",
            "fields": known.fields,
            "title": "id",
        }
        with pytest.raises(ValueError, match="nothing"):
            Entity(id="shop.wrong", list_columns=("amount",), **values, **wrong)
