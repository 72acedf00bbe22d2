"""Log-in, log-out, passwords, sessions and tokens."""

from __future__ import annotations

import re

import pytest

from company import PASSWORD, Company, field_value
from core.data import UserError
from core.people.passwords import check_password, one_time_password

NEW = "quite another one"


def test_the_right_password_opens_the_page_that_was_asked_for(company: Company):
    browser = company.browser()
    asked = browser.get("/shop/customer/?q=x&f_kind=home")
    assert asked.status_code == 302
    answer = browser.log_in("east.clerk", address=asked.location)
    assert answer.location == "/shop/customer/?q=x&f_kind=home"
    assert browser.get(answer.location).status_code == 200
    assert browser.get("/login/").location == "/"


@pytest.mark.parametrize(
    ("username", "password"),
    [
        ("east.clerk", "wrong password"), ("nobody", PASSWORD), ("east.clerk", "\x00"),
        ("east.clerk\x00", PASSWORD), ("' OR 1=1 --", "' OR 1=1 --"), ("east.clerk", PASSWORD + "x" * 5000),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_one_sentence_that_tells_nothing(company: Company, username, password):
    company.calm()
    for language, sentence in (
        ("en", "User name or password is wrong. Check both and try again."),
        ("zh", "用户名或密码错误，请检查后重试。"),
    ):
        browser = company.browser(language)
        answer = browser.log_in(username, password)
        assert (answer.status_code, sentence in answer.text) == (401, True)
        assert browser.get("/").status_code == 302
    body = {"username": username, "password": password, "provider": "db"}
    assert company.app.test_client().post("/api/v1/security/login", json=body).status_code in (400, 401)


def test_empty_entries_are_named(company: Company):
    answer = company.browser().log_in("", "")
    assert answer.status_code == 422
    assert answer.text.count("Fill in this field.") == 2


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "evil",
     "/\t/evil.example", "http:/evil.example", "///evil.example", "/%0d%0aSet-Cookie:x=1\r\n"],
)  # fmt: skip
def test_nobody_is_led_off_the_site(company: Company, target):
    browser = company.browser()
    browser.get("/login/", query_string={"next": target})
    answer = browser.client.post(
        "/login/",
        query_string={"next": target},
        data={"csrf_token": browser.token, "username": "east.clerk", "password": PASSWORD},
    )
    assert answer.status_code == 302
    assert "evil" not in answer.location or answer.location.startswith("/%")
    assert answer.location.startswith("/")
    assert not answer.location.startswith("//")
    browser.get("/")
    language = browser.post("/lang/zh", {"next": target})
    assert language.location.startswith("/")
    assert not language.location.startswith("//")


def test_who_may_not_log_in_any_more_is_out_at_once(own_company: Company):
    browser, call = own_company.client_of("east.clerk"), own_company.api_of("east.clerk")
    with own_company.session() as session:
        own_company.user(session, "east.clerk").active = False
    assert browser.get("/").status_code == 302
    assert call("GET", "/api/v1/shop/customer/").status_code == 401
    assert own_company.browser().log_in("east.clerk").status_code == 401
    body = {"username": "east.clerk", "password": PASSWORD, "provider": "db"}
    assert own_company.app.test_client().post("/api/v1/security/login", json=body).status_code == 401


def test_logging_out_is_a_post_with_the_token(company: Company):
    browser = company.client_of("east.clerk")
    assert browser.get("/logout/").status_code == 405
    assert browser.client.post("/logout/").status_code == 400
    assert browser.get("/").status_code == 200
    assert browser.post("/logout/").location == "/login/"
    assert browser.get("/").status_code == 302


def test_a_new_session_begins_at_log_in(company: Company):
    browser = company.browser()
    browser.get("/login/")
    before = browser.client.get_cookie("zhidu").value
    token = browser.token
    browser.log_in("east.clerk")
    assert browser.client.get_cookie("zhidu").value != before
    assert browser.token != token
    cookie = browser.client.get_cookie("zhidu")
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")


def test_a_one_time_password_has_to_be_changed_first(own_company: Company):
    company = own_company
    admin = company.client_of("admin")
    answer = admin.fill(
        "/core/people/new", {"name": "新人", "username": "new.one", "email": "new@example.com"}
    )
    told = re.search(r'key-text text-break">([a-z0-9]{12})<', answer.text)
    password = told.group(1)
    assert password not in admin.get("/core/person/").text
    call = company.app.test_client()
    browser = company.browser()
    assert browser.log_in("new.one", password).status_code == 302
    for path in ("/", "/shop/customer/", "/core/person/", "/api/v1/_openapi"):
        answer = browser.get(path)
        assert (answer.status_code, answer.location) in ((302, "/password/"), (401, None))
    token = company.token_of("new.one", password)
    assert call.get("/api/v1/_openapi", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert "Choose a password of your own first." in browser.get("/password/").text
    wrong = {
        ("wrong", NEW, NEW): "This is not your present password.",
        (password, NEW, "different text"): "The two new passwords differ. Enter them again.",
        (password, "short", "short"): "Use at least 12 characters.",
        (password, "x" * 129, "x" * 129): "Use at most 128 characters.",
        (password, "Password-2024", "Password-2024"): "This password is one of the first that are tried.",
        (password, "my NEW.ONE is", "my NEW.ONE is"): "The password must not hold the user name.",
        (password, password, password): "The new password is the present one. Choose another.",
    }
    for (present, first, second), message in wrong.items():
        answer = browser.post("/password/", {"present": present, "password": first, "again": second})
        assert (answer.status_code, message in answer.text) == (422, True), message
    answer = browser.post("/password/", {"present": password, "password": NEW, "again": NEW})
    assert answer.location == "/"
    assert browser.get("/").status_code == 200
    assert company.browser().log_in("new.one", password).status_code == 401
    assert company.browser().log_in("new.one", NEW).status_code == 302


def test_sessions_and_tokens_end_when_the_password_changes(own_company: Company):
    mine, other = own_company.client_of("east.clerk"), own_company.client_of("east.clerk")
    call = own_company.api_of("east.clerk")
    answer = mine.fill("/password/", {"present": PASSWORD, "password": NEW, "again": NEW})
    assert answer.location == "/"
    assert mine.get("/").status_code == 200
    assert other.get("/").status_code == 302
    assert call("GET", "/api/v1/shop/customer/").status_code == 401
    token = own_company.token_of("east.clerk", NEW)
    headers = {"Authorization": f"Bearer {token}"}
    assert own_company.app.test_client().get("/api/v1/shop/customer/", headers=headers).status_code == 200


def test_the_administrator_ends_them_too(own_company: Company):
    browser = own_company.client_of("east.clerk")
    admin = own_company.client_of("admin")
    number = own_company.people["east.clerk"]
    assert browser.post(f"/core/people/{number}/password").status_code == 403
    assert admin.post(f"/core/people/{number}/password").status_code == 200
    assert browser.get("/").status_code == 302
    assert own_company.browser().log_in("east.clerk").status_code == 401
    assert admin.post("/core/people/99999/password").status_code == 404


def test_tokens_are_not_renewed_past_the_password(company: Company):
    body = {"username": "east.clerk", "password": PASSWORD, "provider": "db", "refresh": True}
    client = company.app.test_client()
    given = client.post("/api/v1/security/login", json=body).json
    headers = {"Authorization": f"Bearer {given.get('refresh_token')}"}
    assert client.post("/api/v1/security/refresh/", headers=headers).status_code == 401
    assert client.get("/api/v1/shop/customer/", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body", [{}, {"username": 5, "password": [], "provider": "db"}, [], "x", {"username": "a", "provider": "db"},
             {"username": "a", "password": "b", "provider": "elsewhere"}],
)  # fmt: skip
def test_a_rest_log_in_that_makes_no_sense_is_refused(company: Company, body):
    answer = company.app.test_client().post("/api/v1/security/login", json=body)
    assert answer.status_code in (400, 401)
    assert answer.is_json


def test_forged_tokens_and_cookies_are_nobody(company: Company):
    client = company.app.test_client()
    for value in ("Bearer ", "Bearer x.y.z", "Bearer " + "a" * 9000, "Basic YTpi", "bearer"):
        assert client.get("/api/v1/shop/customer/", headers={"Authorization": value}).status_code == 401
    client.set_cookie("zhidu", "eyJfdXNlcl9pZCI6IjEifQ.forged.value")
    assert client.get("/").status_code == 302


def test_passwords_made_by_the_program_are_good_ones():
    made = {one_time_password() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        check_password(each, "somebody")
    with pytest.raises(UserError):
        check_password("123456789", "somebody")


def test_the_log_in_page_tells_no_names(company: Company):
    page = company.browser().get("/login/")
    assert page.status_code == 200
    assert field_value(page.text, "csrf_token")
    assert not [name for name in company.people if name in page.text and name != "admin"]
