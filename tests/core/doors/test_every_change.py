"""Every address that changes something: who asks and what they may do is judged first, then token, then body."""

from __future__ import annotations

import pytest
from shop.models import Customer
from werkzeug.routing import Rule

from company import Company, customer_values, tables_of

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
# What anybody who is logged in does with what is their own; only row and token are judged.
OWN = {"PasswordView.change", "LogInView.logout", "DelegationView.overview"}
BEFORE_LOG_IN = {
    "LogInView.login",
    "LogInView.code",
    "ForgottenView.ask",
    "ForgottenView.reset",
    "TokenApi.login",
    "LanguageView.choose",
}
# For whoever holds a link: a log-in is neither asked for nor of any use.
BY_LINK = {"OwnerPage.appointment", "OwnerPage.day", "OwnerPage.sign"}
# Whoever may see a list arranges it for themselves.
KEEPING = (
    "ListKeepingView.save",
    "ListKeepingView.opens",
    "ListKeepingView.columns",
    "ListKeepingView.widths",
)
GARBAGE = {"data": b"{not json", "content_type": "application/json"}


def changing_routes(company: Company) -> list[tuple[Rule, str]]:
    rules = company.app.url_map.iter_rules()
    return [(rule, method) for rule in rules for method in CHANGING if method in rule.methods]


def address(rule: Rule, company: Company, number: int) -> str:
    """The rule with something that exists in each of its holes."""
    words = {"plugin": "shop", "name": "customer", "code": "east", "entity_id": "shop.customer",
             "kind_id": "shop.customer", "locale": "zh", "token": "x" * 43}  # fmt: skip
    if rule.endpoint.startswith("SwitchesView"):
        words = {"plugin": "shop", "code": "east"}
    values = {name: words.get(name, number) for name in rule.arguments}
    if rule.endpoint.startswith(("PeopleView", "PersonDoorsView")):
        values["id"] = company.people["west.manager"]
    with company.app.test_request_context():
        return company.app.url_map.bind("localhost").build(rule.endpoint, values)


@pytest.fixture(scope="module")
def number(company: Company) -> int:
    for plugin in company.installation.host.active:
        company.switch(plugin.id, "east", on=True)
    return company.put("east", Customer(**customer_values()))


def rows(company: Company) -> dict[str, int]:
    with company.database.engine.connect() as connection:
        return {
            name: connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar()
            for name in tables_of(company.database)
        }


def test_there_are_such_addresses(company: Company):
    assert len(changing_routes(company)) > 25


def test_nobody_changes_anything(company: Company, number):
    before = rows(company)
    for rule, method in changing_routes(company):
        if rule.endpoint in BEFORE_LOG_IN | BY_LINK:
            continue
        answer = company.app.test_client().open(address(rule, company, number), method=method, **GARBAGE)
        logged_out = answer.status_code == 401 or answer.location.startswith("/login/")
        assert logged_out, (rule, method, answer.status_code)
    assert rows(company) == before


@pytest.mark.parametrize("username", ["east.watcher", "idle"])
def test_rights_are_judged_before_token_and_body(company: Company, number, username):
    """Whoever may not is told that, with a wrong token and a body that nobody can read."""
    browser = company.client_of(username)
    before, checked = rows(company), 0
    for rule, method in changing_routes(company):
        path = address(rule, company, number)
        if rule.endpoint in BEFORE_LOG_IN | BY_LINK | OWN or path.startswith("/account"):
            continue
        answer = browser.client.open(path, method=method, **GARBAGE)
        if answer.status_code == 400:
            assert may_try(rule, username), (rule, method)
        else:
            assert answer.status_code in (403, 404, 405), (rule, method, answer.status_code)
        checked += 1
    assert checked > 20
    assert rows(company) == before


def may_try(rule: Rule, username: str) -> bool:
    """The few that this person holds the right to: a branch to work in, and what a watcher may do in the shop."""
    return rule.endpoint in ("ActiveBranchView.choose", *KEEPING) and username != "idle"


def test_the_token_is_judged_before_the_body_and_before_anything_is_written(company: Company, number):
    browser = company.client_of("admin")
    browser.post("/branch/east")
    before, refused = rows(company), set()
    for rule, method in changing_routes(company):
        if rule.endpoint in BEFORE_LOG_IN:
            continue
        for headers in ({}, {"X-CSRFToken": "wrong"}):
            path = address(rule, company, number)
            answer = browser.client.open(path, method=method, headers=headers, **GARBAGE)
            assert answer.status_code in (400, 403, 404, 405), (rule, method, answer.status_code)
            if answer.status_code == 400:
                assert "too old" in answer.text, (rule, method, answer.text)
                refused.add(rule.endpoint)
    assert rows(company) == before
    assert refused >= {
        "LogInView.logout", "PasswordView.change", "PeopleView.new", "PeopleView.password", "EntityView.new",
        "EntityView.edit", "EntityView.delete", "EntityApi.post", "EntityApi.put", "EntityApi.delete",
        "SwitchesView.switch", "ActiveBranchView.choose", "PersonDoorsView.unlock", "PersonDoorsView.end_all",
        "AccountView.end_others",
    }  # fmt: skip
    assert browser.get("/").status_code == 200


@pytest.mark.parametrize("username", ["", "east.manager"])
def test_what_a_link_opens_asks_everybody_for_the_token(company: Company, number, username):
    browser = company.client_of(username) if username else company.browser()
    before, refused = rows(company), set()
    for rule, method in changing_routes(company):
        if rule.endpoint in BY_LINK:
            answer = browser.client.open(address(rule, company, number), method=method, **GARBAGE)
            assert (answer.status_code, "too old" in answer.text) == (400, True), rule
            refused.add(rule.endpoint)
    assert refused == BY_LINK
    assert rows(company) == before


def test_the_log_in_form_needs_its_token_too(company: Company):
    client = company.app.test_client()
    answer = client.post("/login/", data={"username": "east.clerk", "password": "x"})
    assert (answer.status_code, "too old" in answer.text) == (400, True)


def test_a_token_of_one_session_is_none_in_another(company: Company):
    first, second = company.client_of("east.clerk"), company.client_of("east.clerk")
    assert second.client.post("/logout/", data={"csrf_token": first.token}).status_code == 400
    assert second.post("/logout/").status_code == 302


def test_a_view_that_neither_reads_nor_writes_is_judged_by_its_answer(company: Company, number):
    """The shop's greeting only says something."""
    browser = company.client_of("east.clerk")
    path = next(
        address(rule, company, number) for rule, _ in changing_routes(company) if "greet" in rule.rule
    )
    assert browser.client.post(path).status_code == 400
    assert browser.post(path).status_code < 400


def test_programs_with_a_token_of_their_own_need_no_other(company: Company, number):
    call = company.api_of("east.clerk")
    answer = call("PUT", f"/api/v1/shop/customer/{number}", json={"name": "Renamed"})
    assert answer.status_code == 200
