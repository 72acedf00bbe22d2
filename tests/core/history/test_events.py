"""What changes no row of anybody's is on record too: log-ins, refusals, log-outs, exports."""

from __future__ import annotations

import threading

import pytest
from shop.models import Customer

from company import Company, customer_values
from core.history.verify import verify_chain
from core.jobs.worker import Worker, WorkerOptions


@pytest.fixture(autouse=True)
def by_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Company, "by_form", True)


def test_log_ins_and_log_outs_are_told(company: Company, entries):
    browser = company.client_of("east.clerk")
    browser.get("/")
    browser.post("/logout/")
    company.token_of("east.clerk")
    clerk = company.people["east.clerk"]
    told = [(each.action, each.user_id, each.origin) for each in entries(table_name="ab_user")]
    assert told == [
        ("logged_in", clerk, "127.0.0.1"),
        ("logged_out", clerk, "127.0.0.1"),
        ("token_given", clerk, "127.0.0.1"),
    ]


def test_a_refused_log_in_is_told_without_what_was_typed(company: Company, entries):
    browser = company.browser()
    browser.get("/login/")
    browser.post("/login/", {"username": "east.clerk", "password": "my secret guess"})
    browser.post("/login/", {"username": "my secret guess", "password": "x"})
    known, unknown = entries(action="log_in_failed")
    assert (known.user_id, known.record_id) == (None, company.people["east.clerk"])
    assert (unknown.user_id, unknown.record_id) == (None, None)
    assert all("guess" not in f"{each.changes}{each.details}" for each in entries())


def test_the_administrators_list_tells_of_them_in_words(company: Company, entries):
    company.client_of("east.clerk")
    page = company.client_of("admin", "zh").get("/core/history/?action=logged_in")
    assert page.status_code == 200
    assert "登录" in page.text
    assert "127.0.0.1" in page.text


def test_an_export_is_told_with_how_it_was_narrowed(company: Company, entries):
    manager = company.client_of("east.manager")
    with manager.get("/shop/customer/export.xlsx?q=Row&f_kind=firm") as answer:
        assert answer.status_code == 200
    (entry,) = entries(action="export")
    assert (entry.table_name, entry.user_id) == ("shop_customer", company.people["east.manager"])
    assert entry.details == {"file": "xlsx", "search": "Row", "filters": {"kind": "firm"}}
    assert entry.branch_id == company.branches["east"]


def test_the_worker_seals_by_the_way(company: Company, entries):
    company.put("east", Customer(**customer_values()))
    worker = Worker(company.app, company.installation, "w", WorkerOptions(), threading.Event())
    with company.app.app_context():
        worker._tick()
        with company.database.sessions() as session:
            report = verify_chain(session)
    assert report.unsealed == 0
    assert report.sealed > 0
    assert report.is_whole
