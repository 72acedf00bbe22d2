"""The token of forms: the session's own, signed with HMAC-SHA-256, and no other is taken."""

from __future__ import annotations

import base64
import hashlib

import pytest
from itsdangerous import URLSafeSerializer

from company import Company
from core.ui.form_token import FIELD, HEADER

SALT = "zhidu form token"


def signed(company: Company, secret: str, digest=hashlib.sha256, key: str = "") -> str:
    keys = key or company.app.secret_key
    return URLSafeSerializer(keys, salt=SALT, signer_kwargs={"digest_method": digest}).dumps(secret)


def secret_of(browser) -> str:
    with browser.client.session_transaction() as cookie:
        return cookie[FIELD]


def test_it_is_signed_with_sha_256(company: Company):
    browser = company.client_of("east.clerk")
    secret = secret_of(browser)
    assert len(base64.urlsafe_b64decode(secret + "=")) == 32
    assert browser.token == signed(company, secret)
    assert (
        len(base64.urlsafe_b64decode(browser.token.rpartition(".")[2] + "=")) == hashlib.sha256().digest_size
    )
    with browser.client.session_transaction() as cookie:
        cookie["of"] = "the test"  # the cookie's own signature is as long
    value = browser.client.get_cookie("zhidu").value
    assert len(base64.urlsafe_b64decode(value.rpartition(".")[2] + "=")) == hashlib.sha256().digest_size


@pytest.mark.parametrize("what", ["digest", "key", "secret", "nothing", "plain", "no text"])
def test_another_is_not_taken(company: Company, what):
    browser = company.client_of("east.clerk")
    secret = secret_of(browser)
    token = {
        "digest": signed(company, secret, hashlib.sha1),
        "key": signed(company, secret, key="another key"),
        "secret": signed(company, "of another session"),
        "nothing": "",
        "plain": secret,
        "no text": signed(company, ["a", "list"]),
    }[what]
    assert browser.client.post("/account/sessions/end-others", data={FIELD: token}).status_code == 400
    assert browser.client.post("/account/sessions/end-others", headers={HEADER: token}).status_code == 400
    assert browser.post("/account/sessions/end-others").status_code == 302


def test_it_is_taken_from_the_header_too(company: Company):
    browser = company.client_of("east.clerk")
    sent = {"headers": {HEADER: browser.token}}
    assert browser.client.post("/account/sessions/end-others", **sent).status_code == 302


def test_a_session_without_a_secret_takes_none(company: Company):
    browser = company.client_of("east.clerk")
    secret = secret_of(browser)
    with browser.client.session_transaction() as cookie:
        del cookie[FIELD]
    data = {FIELD: signed(company, secret)}
    assert browser.client.post("/account/sessions/end-others", data=data).status_code == 400
