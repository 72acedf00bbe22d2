"""What a password may be: long, not common, not guessed in a moment; nothing about kinds of characters."""

from __future__ import annotations

import re

import pytest

from company import PASSWORD, Company
from core.commands.people import first_administrator
from core.data import UserError
from core.people.known_words import known_words
from core.people.passwords import COMMON, LONGEST, SHORTEST, check_password, is_common


def refusal(password: str) -> str:
    try:
        check_password(password, "east.clerk", "王建国", "wang.jianguo@example.com")
    except UserError as error:
        return f"{error.field}: {error.message}"
    return ""


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD, "correct horse battery staple", "我们在城东抄表收费每天都很忙", "all lower case words",
        "928374650192837",
        " leading and trailing ", "x9!kQ2#vB7$m", "ALL UPPER CASE WORDS", "🙂🙃 more than words 🙂",
    ],
)  # fmt: skip
def test_anything_long_and_unusual_will_do(password):
    assert refusal(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "password2024!", "Password-2024", "passwordpassword", "iloveyou1314", "123456789012", "aaaaaaaaaaaa",
        "qwertyuiop12", "abcdefghijklm", "woaini1314520", "zhiduzhiduzhidu", "wang.jianguo1", "P@ssw0rd1234",
        "1q2w3e4r5t6y",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password):
    assert refusal(password) == f"password: {COMMON}"


def test_length_and_user_name():
    assert refusal("k7 zebra la" + "x" * (SHORTEST - 12)) == "password: Use at least %(count)s characters."
    assert refusal("zebra " * 30) == "password: Use at most %(count)s characters."
    assert len("zebra " * 30) > LONGEST
    assert refusal("so EAST.Clerk it is") == "password: The password must not hold the user name."


@pytest.mark.parametrize("password", ["Shop manager 2026", "west shop manager", "administrator-West"])
def test_names_of_the_company_are_known_to_whoever_guesses(own_company: Company, password):
    """They count by every way to a new password; elsewhere, where nobody knows them, they would do."""
    company = own_company
    assert refusal(password) == ""
    mine, admin = company.client_of("east.clerk"), company.client_of("admin")
    new = {"present": PASSWORD, "password": password, "again": password}
    answer = mine.fill("/password/", new)
    assert (answer.status_code, str(COMMON) in answer.text) == (422, True)
    person = company.people["east.clerk"]
    admin.get(f"/core/person/{person}")
    told = admin.post(f"/core/people/{person}/link").text
    link = re.search(r"http://localhost(/reset/[\w-]{43})", told)[1]
    browser = company.browser()
    browser.get(link)
    answer = browser.post(link, {"password": password, "again": password})
    assert (answer.status_code, str(COMMON) in answer.text) == (422, True)
    with company.session() as session, pytest.raises(UserError) as refused:
        first_administrator(session, "chief", password)
    assert refused.value.message == COMMON


def test_words_of_the_company(own_company: Company):
    with own_company.session() as session:
        known = known_words(session)
    assert {"east", "城东", "Head office", "总部", "shop.clerk", "Shop clerk"} <= set(known)
    assert len(known) == len(set(known))


def test_the_list_is_the_packages_own():
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    assert len(FREQUENCY_LISTS["passwords"]) >= 10_000
    assert is_common("DRAGON99")
    assert not is_common("quite another one")
