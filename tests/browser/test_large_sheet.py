"""A large sheet: its bar, the button that stops it, and the same preview as ever once a worker has checked it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import rest_client
import servers
from core.exchange.limits import MAX_ROWS_AT_ONCE
from sheet_office import xlsx
from visitor import Visitor
from walks import DESK, settings

pytestmark = [pytest.mark.long, pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)]
ROWS = MAX_ROWS_AT_ONCE + 1
IMPORT, ROUTES = "/core/import/gas.route", "/gas/route/"


@pytest.fixture
def site(company_url: str, live_server: Callable[..., servers.LiveServer]) -> servers.LiveServer:
    """Without a worker, so that the button is pressed before the work is over."""
    return live_server(company_url, command="web")


def test_it_is_stopped_and_then_checked_and_stored_with_its_bar(
    visitor: Callable[..., Visitor],
    site: servers.LiveServer,
    live_server: Callable[..., servers.LiveServer],
    company_url: str,
    tmp_path: Path,
) -> None:
    file = tmp_path / "routes.xlsx"
    file.write_bytes(xlsx(("code", "name"), *((f"L{each:05}", f"册{each}") for each in range(ROWS))))
    program = rest_client.log_in(site, "gas-east.department-head")
    before = program.count(ROUTES)
    admin = visitor(data=("routes.xlsx", "L0", "册"))
    admin.log_in("admin")
    admin.go_to_branch("gas-east")

    admin.open(IMPORT)
    admin.upload(file)
    assert admin.browser.one("progress").get_attribute("value") == "0"
    admin.confirm("Stop the work")
    admin.sees("Stopped by hand. Nothing was kept of it.")
    admin.leave(admin.button("See the result"))
    admin.sees("The sheet is discarded; nothing of it was stored.")

    admin.open(IMPORT)
    admin.upload(file)
    live_server(company_url, command="worker")
    admin.sees("Accept the good rows")
    admin.press("Accept the good rows")
    admin.sees("%(count)s rows are stored.", count=f"{ROWS:,}")
    assert program.count(ROUTES) == before + ROWS
