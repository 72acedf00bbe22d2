"""What people and programs are told when something goes wrong: never SQL, never a trace."""

from __future__ import annotations

import re

import pytest

from company import Company, app_on
from pages import Page

SECRETS = ("SELECT", "secret_column", "shop_nowhere", "Traceback", "sqlalchemy", "psycopg", "sqlite3", ".py")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
TOKEN = re.compile(r"[\w.-]{60,}")  # drawn by chance, and may spell anything
WORDS = {
    404: ("There is nothing here", "没有找到这个页面"),
    403: ("Your position does not allow this", "您的岗位没有此权限"),
    405: ("This cannot be done here", "此处不能这样操作"),
    400: ("This page is too old", "页面已过期"),
    413: ("The file is too large", "文件太大"),
    500: ("Something went wrong", "出现了问题"),
}


def provoke(browser, code):
    calls = {
        404: lambda: browser.get("/shop/customer/99999"),
        403: lambda: browser.get("/core/person/"),
        405: lambda: browser.client.delete("/shop/customer/1"),
        400: lambda: browser.client.post("/logout/"),
        413: lambda: browser.client.post("/logout/", data={"csrf_token": "x" * 26 * 1024 * 1024}),
        500: lambda: browser.get("/shop/board/broken"),
    }
    return calls[code]()


def told_too_much(text):
    text = TOKEN.sub("", text)
    return [each for each in SECRETS if each in text]


@pytest.mark.parametrize("code", WORDS)
def test_a_friendly_page_in_the_readers_language(company: Company, code):
    for language, word in zip(("en", "zh"), WORDS[code], strict=True):
        answer = provoke(company.client_of("east.clerk", language), code)
        assert (answer.status_code, answer.mimetype) == (code, "text/html")
        assert word in answer.text
        assert not told_too_much(answer.text)
        assert "/" in Page(answer.text).links
        assert Page(answer.text).refused == []


def test_an_unexpected_error_has_a_reference_number_that_the_log_knows(company: Company, caplog):
    answer = company.client_of("east.clerk", "zh").get("/shop/board/broken")
    reference = re.search(r"错误编号 <code>([0-9A-F]{8})</code>", answer.text).group(1)
    assert reference in caplog.text
    assert "secret_column" in caplog.text


def test_programs_are_answered_in_json(company: Company, caplog):
    call, nobody = company.api_of("east.clerk"), company.app.test_client()
    answers = {
        404: call("GET", "/api/v1/shop/customer/99999"),
        403: call("GET", "/api/v1/core/person/"),
        405: call("PATCH", "/api/v1/shop/customer/1"),
        400: call("POST", "/api/v1/shop/customer/", data=b"{"),
        401: nobody.get("/api/v1/shop/customer/"),
        500: call("GET", "/shop/board/broken", headers={"Accept": "application/json"}),
    }
    for code, answer in answers.items():
        assert (answer.status_code, answer.mimetype) == (code, "application/json"), code
        assert answer.json["message"]
        assert not told_too_much(answer.text)
    assert re.fullmatch("[0-9A-F]{8}", answers[500].json["reference"])
    assert nobody.get("/api/v1/no/such/thing/at/all").json["message"]
    assert nobody.get("/api/v1/nothing").status_code in (308, 401, 404)


def test_a_page_that_asks_for_log_in_comes_back_after_it(company: Company):
    nobody = company.browser()
    assert (
        nobody.get("/shop/customer/?q=a&page=2").location == "/login/?next=/shop/customer/%3Fq%3Da%26page%3D2"
    )
    assert nobody.get("/").location == "/login/"
    assert nobody.client.post("/shop/customer/new").location == "/login/"
    for sender, target in (
        ("http://localhost/shop/customer/new?a=1", "/login/?next=/shop/customer/new%3Fa%3D1"),
        ("http://localhost//elsewhere.test/", "/login/"),
        ("http://elsewhere.test/shop/customer/new", "/login/"),
        ("http://localhost/login/?next=/x", "/login/"),
        ("nonsense", "/login/"),
    ):
        answer = nobody.client.post("/shop/customer/new", headers={"Referer": sender})
        assert answer.location == target, sender
    assert nobody.get("/no/such/page/anywhere").status_code == 404


def test_a_database_that_is_gone_is_a_friendly_error_too(company: Company, tmp_path, caplog):
    app = app_on(f"sqlite:///{tmp_path / 'home' / 'x.sqlite'}", tmp_path / "home")
    database = app.extensions["zhidu"].database
    broken = app_on_nothing(app, database)
    browser = company.browser("zh", app=broken)
    with browser.client.session_transaction() as session:
        session["sid"] = "of somebody"
    answer = browser.get("/")
    assert (answer.status_code, "出现了问题" in answer.text) == (500, True)
    assert not told_too_much(answer.text)
    assert broken.test_client().get("/healthz").status_code == 200
    ready = broken.test_client().get("/readyz")
    assert (ready.status_code, ready.json["status"]) == (503, "not ready")
    database.dispose()


def app_on_nothing(app, database):
    """The application with every connection failing."""
    from sqlalchemy import event
    from sqlalchemy.exc import OperationalError

    database.dispose()

    def fail(*_arguments):
        raise OperationalError("SELECT secret_column", {}, Exception("sqlite3: gone"))

    event.listen(database.engine, "do_connect", fail)
    return app


def test_every_answer_carries_the_security_headers(company: Company, caplog):
    browser, call = company.client_of("admin"), company.api_of("admin")
    asset = next(link for link in re.findall(r'href="(/assets/[^"]+)"', browser.get("/").text))
    pages = ("/", "/nope", "/lang/zh", "/healthz", "/readyz", asset)
    answers = [
        *(browser.get(path) for path in pages),
        *(call("GET", path) for path in ("/api/v1/core/branch/", "/api/v1/nope/x/")),
        *(company.browser().get(path) for path in ("/login/", "/core/branch/")),
        company.client_of("east.clerk").get("/shop/board/broken"),
        browser.client.options("/login/"),
    ]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.request.path
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        if "/assets/" not in answer.request.path:
            assert answer.headers["Cache-Control"] == "no-store"
    assert "no-store" not in browser.get(asset).headers["Cache-Control"]


def test_probes_need_nobody_and_tell_no_secret(company: Company):
    client = company.app.test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json["database"], ready.json["plugins"]) == (200, "ok", "ok")
