"""Headers and cookies, on every address, with and without TLS in front."""

from __future__ import annotations

import re

import pytest

from company import PASSWORD, Company, app_on
from core.people.doors.headers import HEADERS

PROXY = "10.1.2.3"


def plain_addresses(company: Company) -> list[str]:
    rules = company.app.url_map.iter_rules()
    found = [rule.rule for rule in rules if "GET" in rule.methods and not rule.arguments]
    return [*found, "/no/such/page", "/core/person/1", "/api/v1/core/branch/", "/shop/customer/"]


@pytest.mark.parametrize("username", ["admin", ""])
def test_every_address_carries_them(company: Company, username):
    client = (company.client_of(username) if username else company.browser()).client
    for path in plain_addresses(company):
        with client.get(path) as answer:
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            assert answer.headers["Cache-Control"] == "no-store", path
            assert "Strict-Transport-Security" not in answer.headers
            assert "Server" not in answer.headers
            for cookie in answer.headers.getlist("Set-Cookie"):
                assert re.search(r"; HttpOnly(;|$)", cookie)
                assert re.search(r"; SameSite=Lax(;|$)", cookie)
                assert "Secure" not in cookie


def test_pages_hold_nothing_that_the_policy_would_have_to_allow(company: Company):
    browser = company.client_of("admin")
    for path in ("/", "/account/", "/core/person/1", "/password/"):
        text = browser.get(path).text
        assert not re.search(r"<script(?![^>]*\bsrc=)", text)
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)


def test_behind_a_trusted_proxy_with_tls(company: Company, tmp_path):
    app = app_on(company.database.url, tmp_path / "proxied", trusted_proxies=("10.0.0.0/8",))
    for sender, forwarded, secure in (
        (PROXY, "https", True),
        (PROXY, "http", False),
        ("192.0.2.1", "https", False),
    ):
        client = app.test_client()
        headers = {"X-Forwarded-Proto": forwarded, "X-Forwarded-For": "192.0.2.77"}
        options = {"headers": headers, "environ_overrides": {"REMOTE_ADDR": sender}}
        answer = client.get("/login/", **options)
        assert ("Strict-Transport-Security" in answer.headers) is secure, (sender, forwarded)
        (cookie,) = answer.headers.getlist("Set-Cookie")
        assert ("; Secure" in cookie) is secure
        assert cookie.startswith("__Host-zhidu=" if secure else "zhidu=")
        assert "; Path=/" in cookie
        assert "Domain" not in cookie
    app.extensions["zhidu"].database.dispose()


def test_no_other_site_is_let_in_and_nothing_is_echoed(company: Company):
    client = company.client_of("admin").client
    for path in ("/", "/login/", "/api/v1/core/branch/"):
        headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT"}
        for method in ("GET", "OPTIONS"):
            answer = client.open(path, method=method, headers=headers)
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")], path
        assert client.open(path, method="TRACE").status_code == 405


def test_over_tls_a_change_must_come_from_the_same_host(company: Company):
    client = company.app.test_client()
    page = client.get("/login/", base_url="https://zhidu.example")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]
    data = {"csrf_token": token, "username": "east.clerk", "password": PASSWORD}
    statuses = [
        client.post("/login/", base_url="https://zhidu.example", data=data, headers=headers).status_code
        for headers in ({"Referer": "https://evil.example/"}, {}, {"Referer": "https://zhidu.example/login/"})
    ]
    assert statuses == [400, 400, 302]
