"""Lists that are drawn from what is kept: the same as the macros draw, and never of other rights, words or people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from markupsafe import Markup
from shop.entities import CUSTOMER
from shop.models import Customer
from sqlalchemy import select

from company import Browser, Company, app_on, counted, customer_values
from core.branches import Branch
from core.data import clock
from core.entities.listing import columns_of, rows_of
from core.entities.lists.rows import drawn_rows
from core.entities.query import ListPage, attributes_of
from core.people.access import load_person
from core.people.models import Appointment
from core.people.rights.models import ACTION, FIELD, GRANTED, REFUSED
from core.people.rights.overriding import Change, override
from pages import Page

LIST = "/shop/customer/"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def one(own_company: Company) -> int:
    return own_company.put("east", Customer(**customer_values(name="<Drawn> & 'kept'", credit=5)))


@pytest.fixture
def both(own_company: Company) -> Iterator[tuple[Browser, Browser]]:
    """One person in two processes, as it were."""
    other: Flask = app_on(own_company.database.url, own_company.installation.settings.home)
    here, there = own_company.client_of("east.clerk"), own_company.client_of("east.clerk")
    there.client = other.test_client()
    there.client._cookies = dict(here.client._cookies)
    other.config["SECRET_KEY"] = own_company.app.config["SECRET_KEY"]
    yield here, there
    other.extensions["zhidu"].database.dispose()


def change(company: Company, wanted: Change) -> None:
    with company.app.test_request_context(), company.session() as session:
        from flask import g

        g.zhidu_person = load_person(session, company.user(session, "admin"), None)
        override(session, g.zhidu_person, replace(wanted, valid_from=clock.today()))


def of_clerks(kind: str, name: str, value: str) -> Change:
    return Change("shop.clerk", "shop.customer", kind, name, value, None, date(2026, 1, 1), "SHOP 3")


def pages(both: tuple[Browser, Browser], path: str = LIST) -> list[str]:
    found = []
    for each in both:
        answer = each.get(path)
        assert answer.status_code == 200
        found.append(answer.text)
    return found


def test_a_row_is_what_the_macro_draws(own_company: Company, one):
    names = CUSTOMER.list_columns
    with own_company.app.test_request_context():
        session = own_company.database.session()
        from flask import g

        from core.branches.scope import Scope, enter, leave

        token = enter(Scope(own_company.branches["east"], (own_company.branches["east"],)))
        g.zhidu_person = load_person(session, own_company.user(session, "east.watcher"), None)
        records = list(session.scalars(select(Customer)))
        widths = [{"name": name, "width": 90 if name == "name" else 0} for name in names]
        drawn = drawn_rows(CUSTOMER, ListPage(records, 1), widths, can_pick=False)
        columns = [{**each, **width} for each, width in zip(columns_of(CUSTOMER, names), widths, strict=True)]
        macros = own_company.app.jinja_env.get_template("macros/tables.html").module
        rows = rows_of(CUSTOMER, records, {"referrer_id": {}}, names)
        assert drawn == Markup("").join(macros.row(each, columns) for each in rows)
        assert "&lt;Drawn&gt; &amp; &#39;kept&#39;" in drawn
        session.close()
        leave(token)


def test_a_right_that_changes_changes_the_list_at_once_in_every_process(own_company: Company, one, both):
    for _ in range(2):
        assert all("data-cell-url" in page and f"{LIST}export.xlsx" in page for page in pages(both))
    change(own_company, of_clerks(ACTION, "edit", REFUSED))
    change(own_company, of_clerks(ACTION, "export", REFUSED))
    for page in pages(both):
        assert "data-cell-url" not in page
        assert "data-edit-url" not in page
        assert f"{LIST}export.xlsx" not in page
    change(own_company, of_clerks(ACTION, "delete", GRANTED))
    assert all(f"{LIST}bulk/delete" in page for page in pages(both))


def test_a_field_that_is_hidden_leaves_columns_filters_and_rows(own_company: Company, one, both):
    assert all("add=credit" in page and "¥5.00" in page for page in pages(both))
    change(own_company, of_clerks(FIELD, "credit", "hidden"))
    for page in pages(both):
        assert "credit" not in page
        assert "¥5.00" not in page


def test_a_plugin_that_is_switched_off_leaves_the_menu_and_its_lists(own_company: Company, one, both):
    assert all(f'href="{LIST}"' in page for page in pages(both, "/"))
    own_company.switch("shop", "east", on=False)
    assert all(f'href="{LIST}"' not in page for page in pages(both, "/"))
    assert [each.get(LIST).status_code for each in both] == [404, 404]
    own_company.switch("shop", "east", on=True)
    assert all(f'href="{LIST}"' in page for page in pages(both, "/"))


def test_an_appointment_that_ends_ends_at_once_in_every_process(own_company: Company, one, both):
    pages(both)
    with own_company.session() as session:
        row = session.scalar(select(Appointment).filter_by(user_id=own_company.people["east.clerk"]))
        row.valid_to = clock.today() - timedelta(days=1)
    assert [each.get(LIST).status_code for each in both] == [404, 404]
    with own_company.session() as session:
        row = session.scalar(select(Appointment).filter_by(user_id=own_company.people["east.clerk"]))
        row.valid_to = None
    pages(both)


def test_names_of_branch_and_person_are_those_of_now(own_company: Company, one, both):
    pages(both)
    with own_company.session() as session:
        branch = session.get(Branch, own_company.branches["east"])
        branch.name_en = branch.name_zh = "Far East"
        own_company.user(session, "east.clerk").last_name = "Renamed"
    assert all("Far East" in page and "Renamed" in page for page in pages(both))


def test_languages_and_people_keep_apart(own_company: Company, one):
    own_company.add_person("east.second", "east", "shop.clerk")
    browsers = {name: own_company.client_of(name) for name in ("east.clerk", "east.second")}
    tokens = set()
    for name, browser in browsers.items():
        page = browser.get(LIST).text
        assert f'data-holder="{own_company.people[name]}"' in page
        assert not [each for each in browsers if each != name and f'"{own_company.people[each]}"' in page]
        assert len(set(TOKEN.findall(page))) == 1
        tokens |= set(TOKEN.findall(page))
    assert len(tokens) == 2
    chinese = own_company.client_of("east.clerk", language="zh").get(LIST).text
    assert "筛选" in chinese
    assert "筛选" not in browsers["east.clerk"].get(LIST).text


@pytest.mark.parametrize("text", ['"><script>x</script>', "a&sort=name", "%(token)s %s", "张三 + 100%"])
def test_what_is_searched_is_filled_in_escaped_and_quoted(own_company: Company, one, text):
    clerk = own_company.client_of("east.clerk")
    seen = []
    for _ in range(2):
        page = clerk.get(LIST, query_string={"q": text}).text
        assert "<script>x" not in page
        assert unescape(re.findall(r'name="q" value="([^"]*)"', page)[0]) == text
        seen.append(sorted(each for each in Page(page).links if "sort=" in each or "add=" in each))
    assert seen[0] == seen[1]
    assert seen[0]
    assert all(parse_qs(urlsplit(each).query)["q"] == [text] for each in seen[0])


def test_only_a_table_has_columns_to_arrange(own_company: Company, one):
    clerk = own_company.client_of("east.clerk")
    for _ in range(2):
        assert f"{LIST}columns" in clerk.get(LIST).text
        assert f"{LIST}columns" not in clerk.get(f"{LIST}?as=board").text


def test_a_list_and_a_rest_list_ask_for_little(own_company: Company, one):
    clerk, call = own_company.client_of("east.clerk"), own_company.api_of("east.clerk")
    clerk.get(LIST)
    with counted(own_company.database) as listing:
        clerk.get(LIST)
    call("GET", "/api/v1/shop/customer/")
    with counted(own_company.database) as wire:
        call("GET", "/api/v1/shop/customer/")
    told = [each for each in listing if each.startswith("SELECT set_config")]
    assert len(listing) - len(told) == 3, "\n".join(listing)  # who asks, what they keep of the list, the rows
    assert len([each for each in wire if not each.startswith("SELECT set_config")]) == 2, "\n".join(wire)


def test_rows_are_read_whole_where_values_are_computed(own_company: Company):
    stored = [
        each.name for each in CUSTOMER.fields if each.value is None and CUSTOMER.column(each.name) is not None
    ]
    assert set(attributes_of(CUSTOMER, stored) or ()) >= set(stored)
    computed = [each.name for each in CUSTOMER.fields if each.value is not None]
    assert all(attributes_of(CUSTOMER, [name]) is None for name in computed)
