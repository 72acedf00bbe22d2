"""Which language a person reads."""

from __future__ import annotations

import pytest

from company import Company

LANG = {"en": '<html lang="en"', "zh": '<html lang="zh-CN"'}


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("zh-TW", "zh"), ("en-GB,zh;q=0.5", "en"), ("fr,zh;q=0.2", "zh"), ("fr", "en"),
     ("", "en"), ("*", "en"), (";;;q=x", "en"), ("zh;q=0", "en")],
)  # fmt: skip
def test_the_browsers_wish_counts_before_log_in(company: Company, header, language):
    page = company.app.test_client().get("/login/", headers={"Accept-Language": header})
    assert LANG[language] in page.text


def test_a_choice_is_kept_for_the_session_and_for_the_person(own_company: Company):
    browser = own_company.client_of("east.clerk", "en")
    assert browser.post("/lang/zh", {"next": "/shop/customer/"}).location == "/shop/customer/"
    assert LANG["zh"] in browser.get("/shop/customer/").text
    elsewhere = own_company.client_of("east.clerk", "en")
    assert LANG["zh"] in elsewhere.get("/").text
    assert (
        own_company.api_of("east.clerk", "en")("POST", "/api/v1/shop/customer/", json=[])
        .json["message"]
        .startswith("请")
    )
    assert LANG["en"] in own_company.client_of("east.watcher", "en").get("/").text


def test_a_choice_before_log_in_goes_with_the_person(own_company: Company):
    browser = own_company.browser("en")
    browser.get("/login/")
    browser.post("/lang/zh")
    assert LANG["zh"] in browser.get("/login/").text
    browser.log_in("east.clerk")
    assert LANG["zh"] in browser.get("/").text
    browser.post("/logout/")
    assert LANG["zh"] in browser.get("/login/").text
    browser.log_in("east.watcher")
    assert LANG["en"] in browser.get("/").text


def test_nobody_elses_page_chooses_a_language(own_company: Company):
    browser = own_company.client_of("east.clerk", "en")
    assert browser.get("/lang/zh", follow_redirects=True).status_code == 404
    assert browser.client.post("/lang/zh").status_code == 400
    assert LANG["en"] in browser.get("/").text


def test_an_unknown_language_is_not_there(company: Company):
    browser = company.client_of("east.clerk")
    for path in ("/lang/fr", "/lang/zh-CN", "/lang/../etc", "/lang/"):
        assert browser.post(path).status_code == 404
    assert LANG["en"] in browser.get("/?_l_=tlh").text


def test_a_language_that_was_taken_away_is_passed_over(own_company: Company):
    browser = own_company.client_of("east.clerk", "zh")
    with browser.client.session_transaction() as session:
        session["locale"] = "fr"
    with own_company.session() as session:
        from core.people.service import profile_of

        profile_of(session, own_company.people["east.clerk"]).locale = "fr"
    assert LANG["zh"] in browser.get("/").text


def test_the_branchs_language_is_the_last_resort(own_company: Company):
    browser = own_company.client_of("east.clerk", "en")
    browser.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "fr"
    assert LANG["zh"] in browser.get("/").text
