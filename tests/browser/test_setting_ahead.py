"""An administrator changes a setting from next month on; what was decided last month still explains itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

import rest_client
import servers
from shown_as import yuan
from visitor import Visitor
from walks import DESK, settings

ADMIN, HEAD = "admin", "gas-east.department-head"
RULE, WHY = "GPN-R01", "2026-11"
OLD, NEW = Decimal("100.00"), Decimal("150.00")


@pytest.mark.parametrize("setting", settings((DESK,)), indirect=True)
def test_a_setting_is_changed_ahead_and_the_past_keeps_its_reasons(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    slip = drafted_for_last_month(site)
    people = visitor(data=(WHY,))
    people.log_in(HEAD)
    people.open(f"/conduct/slip/{slip}")
    people.confirm("Issue")
    people.log_out()
    people.log_in(ADMIN)
    people.go_to_branch("gas-east")
    people.open(f"/core/handbook/rule/{RULE}")
    people.reads(yuan(OLD))
    people.leave(people.browser.one(f"main a[href='/core/handbook/rule/{RULE}/fine_max']"))

    people.fill("Highest fine", str(NEW))
    people.fill("From this day on", next_month().isoformat())
    people.fill("Reason", WHY)
    people.press("Preview")
    people.reads(yuan(NEW), "#preview")
    people.sees("Nothing was written. What was decided stays as it was decided.", "#preview")
    assert people.column("Records that come out otherwise", "As it was")

    people.press("Change")
    people.sees("Kept. It takes effect on its day; what was decided before stays.")
    people.sees("Begins later")
    people.reads(yuan(OLD), ".table-box[aria-labelledby='settings-title']")
    people.log_out()

    people.log_in(HEAD)
    people.open(f"/conduct/slip/{slip}")
    people.leave(people.browser.one("main a[href^='/core/handbook/why/']"))
    people.reads(RULE, "#why")
    assert people.fact("Highest fine") == yuan(OLD)


def drafted_for_last_month(site: servers.LiveServer) -> int:
    """A slip about a breach on the last day of last month."""
    program = rest_client.log_in(site, HEAD)
    breach = (today().replace(day=1) - timedelta(days=1)).isoformat()
    return program.add(
        "/conduct/slip/",
        employee_id=program.search("/conduct/employee/")["ids"][0],
        occurred_on=breach,
        educated_on=breach,
        offence_id=program.search("/conduct/offence/", ("rule", "eq", RULE))["ids"][0],
        facts="业主投诉服务态度差",  # zh-ok: an example
        evidence="录音",  # zh-ok: an example
        opinion="罚款",  # zh-ok: an example
        fine="80.00",
    )


def next_month() -> date:
    return (today().replace(day=28) + timedelta(days=4)).replace(day=1)


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
