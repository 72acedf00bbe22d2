"""Every page that a link or an address leads to: it answers, keeps to the policy, and speaks one language."""

from __future__ import annotations

import re
from itertools import product

import pytest
from shop.models import Customer, Order, Receipt

from clause_headings import clause_headings
from company import Company, customer_values
from core.entities.registry import all_rights
from pages import Page, latin_words, read

MOST_PAGES = 250
LANG = ("zh", "en")
# Names that are the same in every language, and data of the test itself.
SAME = {
    *(
        "admin",
        "idle",
        "hq",
        "east",
        "west",
        "Head",
        "office",
        "East",
        "West",
        "Asia",
        "Shanghai",
        "Wang",
        "English",
    ),
    *("VI", "VIP"),  # the visual identity, and who is served first, as the rule books call them
    *("shop", "gas", "shopcards", "xlsx", "csv", "CSV", "PDF", "Excel", "JSON", "KB", "MB", "m", "IC", "QB"),
}
DATA = re.compile(
    r"\b((GAS|GPN|HR|DEC|OWN|SHOP)-[RW]\d+(-[A-Z])?"  # rules and workflows
    r"|the test itself"  # in whose name it stores
    r"|N\d{5}|[\w.-]+@zhidu\.invalid|(east|west)\.\w+|(GAS|SHOP)[ -][A-Z]?\d[\d.]*)\b"
    r"|%\([a-z_]+\)s",  # the places of a letter's text
    re.ASCII,
)


@pytest.fixture(scope="module")
def filled(company: Company) -> Company:
    """Something to see on every kind of page, and every plugin on in the east."""
    number = company.put("east", Customer(**customer_values(credit=5, extra={"1": 1})))
    company.put("east", Order(customer_id=number, amount=3))
    company.put("east", Receipt(amount=3))
    for plugin in company.installation.host.active:
        company.switch(plugin.id, "east", on=True)
    return company


def addresses(company: Company) -> list[str]:
    """Every GET address without parameters, and those of every entity."""
    rules = [
        rule for rule in company.app.url_map.iter_rules() if "GET" in rule.methods and not rule.arguments
    ]
    found = [rule.rule for rule in rules if not rule.rule.startswith(("/api/", "/healthz", "/readyz"))]
    for entity in company.installation.entities.values():
        found.append(entity.path)
        found += [f"{entity.path}new"] if "add" in all_rights(entity) else []
    return found


@pytest.mark.parametrize(
    ("backend", "username", "language"),
    [
        *product(("sqlite", "postgresql"), ("admin",), ("zh",)),
        ("sqlite", "admin", "en"),
        *product(("sqlite",), ("east.manager", "east.watcher"), LANG),
    ],
    indirect=["backend"],
)
def test_every_page(filled: Company, username, language):
    browser = filled.client_of(username, language)
    if username == "admin":
        browser.post("/branch/east")
    ahead, seen, wrong = addresses(filled), set(), []
    while ahead and len(seen) < MOST_PAGES:
        path = ahead.pop(0)
        shape = re.sub(r"\d+|=[^&]*", "0", path.partition("#")[0])  # one of each kind of page
        shape = re.sub(r"^/core/rights/[\w-]+\.[\w-]+/[\w.-]+", "/core/rights/0/0", shape)
        if shape in seen or path.startswith(("/assets/", "/logout", "/shop/board/broken")):
            continue
        seen.add(shape)
        with browser.get(path) as answer:
            wrong += [f"{path}: {each}" for each in complaints(answer, language)]
            if answer.status_code == 200 and answer.mimetype == "text/html":
                ahead += read(answer.text).links
    assert wrong == [], "\n".join(wrong)
    assert len(seen) >= {"admin": 40, "east.manager": 12, "east.watcher": 6}[username]


def complaints(answer, language):
    if answer.status_code not in (200, 302, 308, 403, 404):
        yield f"answers {answer.status_code}"
    if answer.mimetype != "text/html" or answer.status_code in (302, 308):
        return
    page = read(answer.text)
    yield from page.refused
    if language == "zh":
        words = latin_words([without_data(text) for text in page.texts], SAME)
        if words:
            yield f"says in Latin letters: {words[:12]}"
    elif chinese_left(page):
        yield f"says in Chinese: {chinese_left(page)[:5]}"


def without_data(text: str) -> str:
    """Rules' names and clauses' headings are the same in every language."""
    text = DATA.sub("", text)
    for heading in clause_headings():
        text = text.replace(heading, " ")
    return text


def chinese_left(page: Page) -> list[str]:
    """Texts with Chinese on an English page, but for names that people gave."""
    given = ("员", "中文", "总部", "城东", "城西")
    texts = [text for text in page.texts if re.search(r"[一-鿿]", without_data(text))]
    return [text for text in texts if not any(name in text for name in given)]


def test_pages_that_nobody_is_logged_in_for(filled: Company):
    for language in ("en", "zh"):
        browser = filled.browser(language)
        for path in ("/login/", "/no/such/page", "/lang/xx"):
            assert list(complaints(browser.get(path), language)) == [], path


def test_no_screen_of_the_framework_is_left(company: Company):
    theirs = [
        rule.rule
        for rule in company.app.url_map.iter_rules()
        if re.search(
            r"/(users?|roles?|groups?|registeruser|userinfo|resetmy|static|back|api/v1/_|swagger)", rule.rule
        )
    ]
    assert theirs == ["/api/v1/_openapi"]
