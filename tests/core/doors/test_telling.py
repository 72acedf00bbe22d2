"""One-time passwords, links, keys: told once on the page that answers, in no cookie; loading it anew does nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import func, select

from company import PASSWORD, Browser, Company
from core.people.doors.models import ApiKey, PasswordLink

CLERK = "east.clerk"
NOT_AGAIN = "This was shown before and is not shown again. If it is lost, make a new one."
SECRET = re.compile(r'<code class="key-text text-break">([^<]+)</code>')


def form_of(browser: Browser, page: str, action: str = "") -> dict[str, str]:
    """The keys of a form on a page, as a browser sends them."""
    text = browser.get(page).text
    form = text[text.index(f'action="{action}"') :] if action else text
    key = re.search(r'<input[^>]*name="once"[^>]*value="([\w-]{24})"', form)
    return {"once": key[1]}


def what_is_stored(company: Company) -> tuple[Any, ...]:
    with company.session() as session:
        return (
            session.scalar(select(User.password).where(User.username == CLERK)),
            session.scalar(select(func.count()).select_from(User)),
            list(session.scalars(select(PasswordLink.token_hash))),
            session.scalar(select(func.count()).select_from(ApiKey)),
        )


def sent(company: Company, browser: Browser, what: str) -> tuple[str, dict[str, str]]:
    """Where a form goes, and what is sent."""
    number = company.people[CLERK]
    if what in ("password", "link"):
        action = f"/core/people/{number}/{what}"
        return action, form_of(browser, f"/core/person/{number}", action)
    if what == "person":
        new = {"name": "新人", "username": "new.one", "email": ""}
        return "/core/people/new", {**form_of(browser, "/core/people/new"), **new}
    key = {"label": "report", "days": "30", "reach": "read", "present": PASSWORD}
    return "/account/keys/new", {**form_of(browser, "/account/keys/new"), **key}


@pytest.mark.parametrize("what", ["password", "link", "person", "key"])
def test_it_is_told_once_and_in_no_cookie(own_company: Company, what):
    admin = own_company.client_of("admin")
    path, data = sent(own_company, admin, what)
    before = what_is_stored(own_company)
    answer = admin.post(path, data)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    (secret,) = SECRET.findall(answer.text)
    assert len(secret) >= 12
    with admin.client.session_transaction() as cookie:
        assert secret not in str(dict(cookie))
        assert not cookie.get("_flashes")
    done = what_is_stored(own_company)
    assert done != before
    again = admin.post(path, data)
    assert again.status_code == 302
    assert what_is_stored(own_company) == done
    shown = admin.get(again.location).text
    assert NOT_AGAIN in shown
    assert secret not in shown


def test_a_password_that_was_told_lets_in(own_company: Company):
    admin = own_company.client_of("admin")
    path, data = sent(own_company, admin, "password")
    answer = admin.post(path, data)
    (secret,) = SECRET.findall(answer.text)
    assert f"Tell {CLERK} this password." in answer.text
    assert own_company.browser().log_in(CLERK, secret).status_code == 302


def test_a_form_that_is_wrong_keeps_its_key(own_company: Company):
    admin = own_company.client_of("admin")
    path, data = sent(own_company, admin, "person")
    wrong = admin.post(path, {**data, "username": "a b"})
    assert (wrong.status_code, data["once"] in wrong.text) == (422, True)
    assert admin.post(path, data).status_code == 200


def test_nobody_uses_the_key_of_somebody_else(own_company: Company):
    admin = own_company.client_of("admin")
    own_company.add_person("second", "hq", "core.administrator")
    second = own_company.client_of("second")
    path, data = sent(own_company, admin, "link")
    assert admin.post(path, data).status_code == 200
    done = what_is_stored(own_company)
    second.get(f"/core/person/{own_company.people[CLERK]}")
    refused = second.post(path, data, headers={"Accept": "application/json"})
    assert refused.status_code == 409
    assert what_is_stored(own_company) == done
