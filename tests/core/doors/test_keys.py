"""Keys for programs: shown once, narrow, ending, and for REST alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from shop.models import Customer
from sqlalchemy import select, update

from company import PASSWORD, Company, customer_values, password_hash
from core.data import clock
from core.history import HistoryEntry
from core.people.doors.models import ApiKey, FactorDuty
from core.people.service import profile_of
from pages import told_in

LIST = "/api/v1/shop/customer/"
NEW = "/account/keys/new"
OWN = "a word of my own choice"


def make(company: Company, username: str, reach: str = "read", **data) -> str:
    browser = company.client_of(username)
    browser.get(NEW)
    answer = browser.post(
        NEW, {"label": "nightly report", "days": "30", "reach": reach, "present": PASSWORD, **data}
    )
    assert answer.status_code == 200, answer.text
    return re.search(r'<code class="key-text text-break">(zhidu_[\w-]{43})</code>', answer.text)[1]


def call(company: Company, key: str, method: str, path: str, **options):
    headers = {"Authorization": f"Bearer {key}", **options.pop("headers", {})}
    return company.app.test_client().open(path, method=method, headers=headers, **options)


def new_customer(name: str = "Zhang") -> dict:
    return {**{k: v for k, v in customer_values().items() if isinstance(v, str)}, "name": name}


@pytest.fixture(scope="module")
def number(company: Company) -> int:
    return company.put("east", Customer(**customer_values()))


def test_it_is_shown_once_and_its_hash_stored(company: Company, number):
    key = make(company, "east.manager")
    page = company.client_of("east.manager").get("/account/").text
    assert key not in page
    assert key[:12] in page
    with company.session() as session:
        rows = session.execute(select(ApiKey.prefix, ApiKey.key_hash)).all()
    assert not [row for row in rows if key in row]
    assert call(company, key, "GET", LIST).status_code == 200


def test_read_only_reads_what_the_owner_sees_and_writes_nothing(company: Company, number):
    key = make(company, "east.manager")
    assert call(company, key, "GET", f"{LIST}{number}").status_code == 200
    assert call(company, key, "GET", "/api/v1/core/person/").status_code == 403
    for method, path in (("POST", LIST), ("PUT", f"{LIST}{number}"), ("DELETE", f"{LIST}{number}")):
        assert call(company, key, method, path, json={"name": "X"}).status_code == 403, method
    administrators = make(company, "admin")
    assert call(company, administrators, "GET", "/api/v1/core/person/").status_code == 200
    one = company.people["idle"]
    assert (
        call(
            company, administrators, "PUT", f"/api/v1/core/person/{one}", json={"last_name": "X"}
        ).status_code
        == 403
    )


def test_chosen_scopes_and_nothing_else(company: Company, number):
    key = make(company, "east.manager", "chosen", scopes=["shop.customer:edit"])
    assert call(company, key, "GET", LIST).status_code == 403
    assert call(company, key, "PUT", f"{LIST}{number}", json={"name": "Renamed"}).status_code == 200
    assert call(company, key, "DELETE", f"{LIST}{number}").status_code == 403
    assert call(company, key, "GET", "/api/v1/shop/order/").status_code == 403


def test_nobody_gives_a_key_what_they_do_not_hold(company: Company):
    browser = company.client_of("east.watcher")
    page = browser.get(NEW).text
    assert 'value="shop.customer:see"' in page
    assert 'value="shop.customer:delete"' not in page
    for scopes in (["core.person:edit"], ["shop.customer:delete"], ["shop.customer:see", "*"], ["read"], []):
        data = {"label": "x", "days": "30", "reach": "chosen", "scopes": scopes, "present": PASSWORD}
        assert browser.post(NEW, data).status_code == 422, scopes
    assert (
        browser.post(NEW, {"label": "x", "days": "99999", "reach": "read", "present": PASSWORD}).status_code
        == 422
    )


def test_a_key_needs_the_password_again(company: Company):
    browser = company.client_of("east.manager")
    data = {"label": "x", "days": "30", "reach": "read"}
    for present in ("", "not the password"):
        browser.get(NEW)
        answer = browser.post(NEW, {**data, "present": present})
        assert (answer.status_code, "zhidu_" in answer.text) == (422, False), present
    assert "This is not your present password." in answer.text


def test_a_right_that_is_lost_is_lost_for_the_key_too(own_company: Company):
    company = own_company
    key = make(company, "east.manager", "chosen", scopes=["shop.customer:see"])
    assert call(company, key, "GET", LIST).status_code == 200
    company.switch("shop", "east", on=False)
    assert call(company, key, "GET", LIST).status_code == 404
    company.switch("shop", "east", on=True)
    with company.session() as session:
        company.user(session, "east.manager").active = False
    assert call(company, key, "GET", LIST).status_code == 401


def test_it_stays_in_the_owners_branches(company: Company):
    key = make(company, "east.manager")
    assert call(company, key, "GET", LIST, headers={"X-Branch": "west"}).status_code == 404
    west = company.put("west", Customer(**customer_values()))
    assert call(company, key, "GET", f"{LIST}{west}").status_code == 404


def test_it_opens_rest_only(company: Company):
    key = make(company, "admin")
    for path in ("/", "/account/", "/core/person/", "/shop/customer/", "/password/"):
        assert call(company, key, "GET", path).status_code == 302, path
    for path in ("/account/keys/new", "/logout/", "/core/people/1/password"):
        assert call(company, key, "POST", path).status_code in (302, 401), path
    assert call(company, key, "GET", "/api/v1/_openapi").status_code == 200


def test_it_ends_by_day_by_owner_and_by_administrator(own_company: Company):
    company = own_company
    first, second, third = (make(company, "east.manager") for _ in range(3))
    with company.session() as session:
        ids = list(session.scalars(select(ApiKey.id).order_by(ApiKey.id)))
        session.execute(update(ApiKey).where(ApiKey.id == ids[0]).values(ends_at=clock.now()))
    assert call(company, first, "GET", LIST).status_code == 401
    owner, stranger, admin = (company.client_of(name) for name in ("east.manager", "east.clerk", "admin"))
    assert "Past its end" in owner.get("/account/").text
    assert stranger.post(f"/account/keys/{ids[1]}/end").status_code == 404
    assert owner.post(f"/account/keys/{ids[1]}/end", {"at": "keys"}).location == "/account/#keys"
    assert told_in(owner.get("/account/").text, "keys") == "The key has ended."
    person = company.people["east.manager"]
    admin.get(f"/core/person/{person}")
    assert stranger.post(f"/core/people/{person}/keys/{ids[2]}/end").status_code == 403
    assert call(company, third, "GET", LIST).status_code == 200
    assert admin.post(f"/core/people/{person}/keys/{ids[2]}/end").status_code == 302
    for key in (second, third, "zhidu_" + "x" * 43, "zhidu_"):
        assert call(company, key, "GET", LIST).status_code == 401


def test_a_password_that_somebody_else_set_ends_them(own_company: Company):
    company, person = own_company, own_company.people["east.manager"]
    admin, other = company.client_of("admin"), make(company, "east.clerk")
    admin.get(f"/core/person/{person}")
    first = make(company, "east.manager")
    assert admin.post(f"/core/people/{person}/password").status_code == 200
    assert call(company, first, "GET", LIST).status_code == 401
    with company.session() as session:
        company.user(session, "east.manager").password = password_hash()
        profile_of(session, person).must_change_password = False
    second = make(company, "east.manager")
    assert call(company, second, "GET", LIST).status_code == 200
    link = re.search(r"http://localhost(/reset/[\w-]{43})", admin.post(f"/core/people/{person}/link").text)[1]
    assert call(company, second, "GET", LIST).status_code == 200
    browser = company.browser()
    browser.get(link)
    assert browser.post(link, {"password": OWN, "again": OWN}).status_code == 302
    assert call(company, second, "GET", LIST).status_code == 401
    assert call(company, other, "GET", LIST).status_code == 200
    with company.session() as session:
        ended = (HistoryEntry.table_name == "core_api_key") & (HistoryEntry.action == "delete")
        assert len(session.scalars(select(HistoryEntry.id).where(ended)).all()) == 2


@pytest.mark.parametrize("ticked", [True, False])
def test_whoever_changes_their_own_password_may_end_them(own_company: Company, ticked):
    company = own_company
    owner = company.client_of("east.manager")
    offer = "End my keys for programs too"
    assert offer not in owner.get("/password/").text
    key = make(company, "east.manager")
    assert offer in owner.get("/password/").text
    new = {"present": PASSWORD, "password": OWN, "again": OWN, "end_keys": "y" if ticked else None}
    answer = owner.fill("/password/", new)
    assert answer.location == "/"
    assert call(company, key, "GET", LIST).status_code == (401 if ticked else 200)
    assert ("your keys have ended" in owner.get("/").text) is ticked


def test_its_last_use_is_noted_once_a_minute(own_company: Company):
    key = make(own_company, "east.manager")
    call(own_company, key, "GET", LIST)
    with own_company.session() as session:
        row = session.scalar(select(ApiKey))
        noted = row.last_used_at
        assert (clock.now() - noted < timedelta(minutes=1), row.last_address) == (True, "127.0.0.1")
    call(own_company, key, "GET", LIST)
    with own_company.session() as session:
        assert session.scalar(select(ApiKey.last_used_at)) == noted


def test_a_key_is_no_way_around_a_second_factor(own_company: Company):
    key = make(own_company, "east.manager")
    with own_company.session() as session:
        session.add(FactorDuty(position="shop.manager", branch_id=None))
    assert call(own_company, key, "GET", LIST).status_code == 401
