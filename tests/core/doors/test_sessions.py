"""Sessions and tokens are rows: listed, used, ended by their owner, by the administrator and by themselves."""

from __future__ import annotations

import re
from datetime import timedelta

import jwt
import pytest
from sqlalchemy import select, update

from company import PASSWORD, Company, counted
from core.data import clock
from core.people.doors import sessions
from core.people.doors.browsers import short_name
from core.people.doors.models import BROWSER, LogInSession

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"


def ids(company: Company, username: str) -> list[int]:
    with company.session() as session:
        of_user = LogInSession.user_id == company.people[username]
        return list(session.scalars(select(LogInSession.id).where(of_user).order_by(LogInSession.id)))


def set_all(company: Company, **values) -> None:
    with company.session() as session:
        session.execute(update(LogInSession).values(**values))


def is_in(browser) -> bool:
    return browser.get("/").status_code == 200


def test_the_cookie_holds_a_secret_whose_hash_alone_is_stored(company: Company):
    browser = company.client_of("east.clerk")
    with browser.client.session_transaction() as cookie:
        secret = cookie["sid"]
        assert set(cookie) <= {"sid", "csrf_token", "locale", "_flashes"}
    assert len(secret) >= 43
    with company.session() as session:
        stored = session.execute(select(LogInSession.key_hash)).scalars().all()
    assert secret not in stored
    assert sessions.fingerprint(secret) in stored


def test_a_person_sees_and_ends_their_own(own_company: Company):
    company = own_company
    mine = company.browser()
    mine.client.environ_base["HTTP_USER_AGENT"] = CHROME
    mine.log_in("east.clerk")
    other, token = company.client_of("east.clerk"), company.api_of("east.clerk")
    page = mine.get("/account/")
    assert "Chrome 131 · Windows" in page.text
    assert "127.0.0.1" in page.text
    assert "Program (bearer token)" in page.text
    assert page.text.count("This session") == 1
    ends = re.findall(r'action="(/account/sessions/\d+/end)"', page.text)
    assert len(ends) == 2
    assert mine.post(ends[0]).location == "/account/"
    assert mine.post(ends[1]).location == "/account/"
    assert mine.post(ends[1]).status_code == 404
    assert not is_in(other)
    assert token("GET", "/api/v1/shop/customer/").status_code == 401
    assert is_in(mine)


def test_all_others_end_at_once(own_company: Company):
    mine, other = own_company.client_of("east.clerk"), own_company.client_of("east.clerk")
    stranger = own_company.client_of("east.manager")
    assert mine.post("/account/sessions/end-others").location == "/account/"
    assert (is_in(mine), is_in(other), is_in(stranger)) == (True, False, True)


def test_nobody_ends_the_session_of_another(own_company: Company):
    clerk, manager = own_company.client_of("east.clerk"), own_company.client_of("east.manager")
    number = ids(own_company, "east.clerk")[0]
    person = own_company.people["east.clerk"]
    assert manager.post(f"/account/sessions/{number}/end").status_code == 404
    assert manager.post(f"/core/people/{person}/sessions/{number}/end").status_code == 403
    assert manager.post(f"/core/people/{person}/sessions/end-all").status_code == 403
    assert own_company.browser().get("/account/").status_code == 302
    assert is_in(clerk)


def test_the_administrator_sees_and_ends_them_on_the_persons_page(own_company: Company):
    company = own_company
    first, second, admin = (company.client_of(name) for name in ("east.clerk", "east.clerk", "admin"))
    person = company.people["east.clerk"]
    one, _two = ids(company, "east.clerk")
    page = admin.get(f"/core/person/{person}").text
    assert f"/core/people/{person}/sessions/{one}/end" in page
    assert admin.post(f"/core/people/{person}/sessions/{one}/end").location == f"/core/person/{person}"
    assert (is_in(first), is_in(second)) == (False, True)
    own = company.people["admin"]
    assert admin.post(f"/core/people/{own}/sessions/{_two}/end").status_code == 404
    assert admin.post("/core/people/99999/sessions/end-all").status_code == 404
    assert admin.post(f"/core/people/{person}/sessions/end-all").status_code == 302
    assert not is_in(second)
    assert "Not logged in anywhere." in admin.get(f"/core/person/{person}").text


def test_logging_out_ends_the_session_for_a_copied_cookie_too(own_company: Company):
    browser = own_company.client_of("east.clerk")
    copied = own_company.browser()
    copied.client.set_cookie("zhidu", browser.client.get_cookie("zhidu").value)
    assert is_in(copied)
    assert browser.post("/logout/").headers["Clear-Site-Data"] == '"cache"'
    assert not is_in(copied)
    assert ids(own_company, "east.clerk") == []


def test_nothing_but_logging_out_clears_the_browser(company: Company):
    browser = company.client_of("east.clerk")
    answers = [browser.get("/"), browser.client.post("/logout/"), company.browser().client.post("/logout/")]
    assert [each.status_code for each in answers] == [200, 400, 302]
    assert not [each for each in answers if "Clear-Site-Data" in each.headers]


def test_who_was_shut_out_is_not_let_in_again_by_an_old_session(own_company: Company):
    browser, call = own_company.client_of("east.clerk"), own_company.api_of("east.clerk")
    admin, number = own_company.client_of("admin"), own_company.people["east.clerk"]
    for active in (None, "y"):
        assert admin.fill(f"/core/person/{number}/edit", {"active": active}).status_code == 302
    assert not is_in(browser)
    assert call("GET", "/api/v1/shop/customer/").status_code == 401


@pytest.mark.parametrize(("name", "back"), [("ends_at", timedelta(0)), ("last_used_at", sessions.UNUSED)])
def test_a_session_ends_by_itself(own_company: Company, name, back):
    browser, call = own_company.client_of("east.clerk"), own_company.api_of("east.clerk")
    set_all(own_company, **{name: clock.now() - back})
    assert not is_in(browser)
    assert call("GET", "/api/v1/shop/customer/").status_code == 401
    assert is_in(own_company.client_of("east.clerk"))


def test_the_last_use_is_written_once_a_minute_and_never_between(own_company: Company):
    browser = own_company.client_of("east.clerk")
    long_ago = clock.now() - timedelta(minutes=5)
    set_all(own_company, last_used_at=long_ago)
    written = []
    for _ in range(3):
        with counted(own_company.database) as statements:
            browser.get("/", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
        written.append(sum(each.startswith("UPDATE") for each in statements))
    assert written == [1, 0, 0]
    with own_company.session() as session:
        row = session.scalar(select(LogInSession))
        assert row.last_used_at > long_ago
        assert row.address == "192.0.2.7"


def test_what_is_past_its_end_goes_at_the_next_log_in(own_company: Company):
    own_company.client_of("east.clerk")
    set_all(own_company, ends_at=clock.now())
    own_company.client_of("east.clerk")
    assert len(ids(own_company, "east.clerk")) == 1


def test_a_browsers_secret_is_no_token_and_a_token_is_for_its_own_person(own_company: Company):
    browser = own_company.client_of("east.clerk")
    with browser.client.session_transaction() as cookie:
        secret = cookie["sid"]
    with own_company.app.test_request_context():
        from flask_jwt_extended import create_access_token

        clerk, admin = (str(own_company.people[name]) for name in ("east.clerk", "admin"))
        made_up = [
            create_access_token(identity=clerk, additional_claims={"jti": secret}),
            create_access_token(identity=clerk),
        ]
        with own_company.session() as session:
            known = sessions.begin(session, int(clerk), "token", "", "")
        made_up.append(create_access_token(identity=admin, additional_claims={"jti": known}))
        right = create_access_token(identity=clerk, additional_claims={"jti": known})
        claims = jwt.decode(right, options={"verify_signature": False})
        made_up.append(jwt.encode(claims, None, algorithm="none"))
    for token in made_up:
        headers = {"Authorization": f"Bearer {token}"}
        answer = own_company.app.test_client().get("/api/v1/shop/customer/", headers=headers)
        assert answer.status_code == 401


def test_a_one_time_password_and_an_own_one_end_all(own_company: Company):
    company = own_company
    mine, other = company.client_of("east.clerk"), company.client_of("east.clerk")
    new = {"present": PASSWORD, "password": "a new word for me", "again": "a new word for me"}
    before = mine.client.get_cookie("zhidu").value
    assert mine.fill("/password/", new).status_code == 302
    assert (is_in(mine), is_in(other)) == (True, False)
    old = company.browser()
    old.client.set_cookie("zhidu", before)
    assert not is_in(old)
    assert len(ids(company, "east.clerk")) == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (CHROME, "Chrome 131 · Windows"),
        (CHROME + " Edg/131.0", "Edge 131 · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox 133 · Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
         "Version/18.1 Mobile/15E148 Safari/604.1", "Safari 18 · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile MicroMessenger/8.0", "WeChat 8 · Android"),
        ("curl/8.9.1", "curl 8"),
        ("<script>alert(1)</script>", ""),
    ],
)  # fmt: skip
def test_browsers_are_named_in_a_few_words(said, name):
    assert short_name(said) == name


def test_kinds_do_not_mix(company: Company):
    with company.session() as session:
        assert sessions.visitor(session, None, BROWSER) is None
        assert sessions.visitor(session, 5, BROWSER) is None
