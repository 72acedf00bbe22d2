"""A month's report leads nobody to reasons that are not told them; `test_reports` follows those of its author."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask

import servers
from company import Browser, demo_app
from core.data import clock
from core.measures.months import moved

REASONS = re.compile(r"/core/handbook/why/measure/[^\"]+")


@pytest.fixture(scope="module")
def app(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with demo_app(backend, tmp_path_factory.mktemp("reported")) as made:
        yield made


def reasons(app: Flask, username: str) -> tuple[Browser, list[str]]:
    """Somebody's browser, and the reasons that the report of last month leads them to."""
    browser = Browser(app.test_client())
    assert browser.log_in(username, servers.DEMO_PASSWORD).status_code == 302
    month = moved(clock.today().strftime("%Y-%m"), -1)
    page = browser.get(f"/core/reports/gas/monthly-collection?on={month}-01")
    assert page.status_code == 200, page.text
    return browser, sorted(set(REASONS.findall(page.text)))


def test_whoever_is_not_told_meets_no_link_to_nowhere(app: Flask) -> None:
    reader, found = reasons(app, "gas-east.meter-reader")
    assert [each for each in found if reader.get(each).status_code != 200] == []
