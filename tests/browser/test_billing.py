"""A cashier bills the month, and every bill says why it has its amount."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

import rest_client
import servers
from databases import COMPANY_ACCOUNTS
from rest_client import RestClient
from shown_as import amount, cubic_metres, day, number, yuan
from visitor import Visitor

FEN = Decimal("0.01")


def test_a_month_is_billed_once_and_each_bill_says_why(
    visitor: Callable[..., Visitor], site: servers.LiveServer
) -> None:
    month = last_month()
    program = rest_client.log_in(site, "gas-east.cashier")
    cashier = visitor()
    cashier.log_in("gas-east.cashier")
    assert bills_of(program, month) == 0

    bill_the_month(cashier, month)
    made = int(cashier.fact("Bills made"))
    left_out = cashier.rows("Accounts not billed")
    assert 0 < made == bills_of(program, month)
    assert made + len(left_out) == COMPANY_ACCOUNTS
    assert int(cashier.fact("Accounts not billed")) == len(left_out) > 0
    assert all(row[cashier.words("Reason")].endswith(("。", ".")) for row in left_out)
    assert amount(cashier.fact("Amount billed")) == sum_of(program, month)
    largest = [amount(each) for each in cashier.column("The largest bills", "Total")]
    assert largest == sorted(largest, reverse=True)

    cashier.open(f"/gas/bill/{resident_bill(program, month)['id']}")
    says_why(cashier, program, resident_bill(program, month))

    bill_the_month(cashier, month)
    cashier.sees("No bill was made.")
    assert cashier.fact("Bills made") == "0"
    assert bills_of(program, month) == made


def last_month() -> str:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def bill_the_month(cashier: Visitor, month: str) -> None:
    """Start the run, watch it to its end, and go to its result."""
    cashier.follow("Run billing")
    assert cashier.field("Month").get_attribute("value") == month
    cashier.press("Start billing")
    cashier.reads("100%", ".job-percent")
    result = cashier.button("See the result")
    bar = cashier.browser.one("progress")
    assert bar.get_attribute("value") == bar.get_attribute("max")
    cashier.leave(result)


def bills_of(program: RestClient, month: str) -> int:
    return program.count("/gas/bill/", ("period", "eq", month))


def sum_of(program: RestClient, month: str) -> Decimal:
    pages = range(-(-bills_of(program, month) // 100))
    found = [program.search("/gas/bill/", ("period", "eq", month), page=page)["result"] for page in pages]
    return sum((Decimal(bill["total"]) for page in found for bill in page), Decimal(0))


def resident_bill(program: RestClient, month: str) -> dict[str, Any]:
    """A bill by a tariff with tiers, of somebody who used gas in the months before too."""
    tariff = next(each["id"] for each in records(program, "/gas/tariff/") if each["code"] == "BJ-general")
    versions = {each["id"] for each in records(program, "/gas/tariff-version/", ("tariff_id", "eq", tariff))}
    bills = records(
        program, "/gas/bill/", ("period", "eq", month), ("volume_before", "gt", 0), ("usage", "gt", 0)
    )
    return next(each for each in bills if each["tariff_version_id"] in versions)


def records(program: RestClient, path: str, *filters: tuple[str, str, Any]) -> list[dict[str, Any]]:
    answer = program.search(path, *filters)
    return [{"id": each, **fields} for each, fields in zip(answer["ids"], answer["result"], strict=True)]


def says_why(reader: Visitor, program: RestClient, bill: dict[str, Any]) -> None:
    """The bill names tariff and version, volume before, tiers and rounding; and the tiers add up to the total."""
    lang = reader.words.lang
    version = program.call(f"/gas/tariff-version/{bill['tariff_version_id']}")[1]["result"]
    before, used = Decimal(bill["volume_before"]), Decimal(bill["usage"])
    reader.sees(
        "Tariff %(code)s (%(name)s) holds in the version of %(valid_from)s, because the reading is of %(read_to)s.",
        within="#why",
        code="BJ-general",
        name="北京居民一般用气" if lang == "zh" else "Beijing, residents",
        valid_from=day(date.fromisoformat(version["valid_from"]), lang),
        read_to=day(date.fromisoformat(bill["read_to"]), lang),
    )
    reader.sees(
        "Its tiers count by calendar year. Since %(start)s, %(before)s were billed before; "
        "with this bill it is %(after)s.",
        within="#why",
        start=day(date.fromisoformat(bill["pricing_year"]), lang),
        before=cubic_metres(before),
        after=cubic_metres(before + used),
    )
    reader.sees(
        "Every line is rounded to the fen, half a fen upwards; the total is the sum of the lines.",
        within="#why",
    )
    words = reader.words
    tiers = [row for row in reader.rows("Why this amount") if words("Price per m³") in row]
    uppers = [row[words("Up to and including")] for row in tiers]
    assert uppers == [cubic_metres(Decimal(350)), cubic_metres(Decimal(500)), words("no end")]
    total = Decimal(0)
    for row in tiers:
        volume = Decimal(row[words("Volume")].removesuffix(" m³").replace(",", ""))
        line = (volume * amount(row[words("Price per m³")])).quantize(FEN, ROUND_HALF_UP)
        assert row[words("Amount")] == yuan(line)
        total += line
    assert total == Decimal(bill["total"])
    assert reader.fact("Total") == yuan(total)
    assert number(used) in reader.fact("Usage")
