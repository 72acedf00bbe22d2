"""Fills each gas branch of the example company."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from random import Random

from core.branches import Branch, branch_scope
from core.demo import DemoCompany
from core.history import one_entry
from plugins.gas.demo import accounts, cutting_off, duties, money, readings, reports, targets, tariffs
from plugins.gas.inspections import INSPECTIONS

log = logging.getLogger(__name__)

PLUGIN = "gas"
MONTHS = 12
ACCOUNTS = {"mixed": 1_000}
MOST = 5_000


def fill(company: DemoCompany) -> None:
    """Twelve months of readings that end last month; all but the last month billed and mostly paid.

    The same data each time for the same day and size.
    """
    for branch in company.branches_with(PLUGIN):
        # Nobody entered the example data: one entry in the history says that it was put in.
        with branch_scope(branch.id), one_entry(company.session, Branch, branch.id, example_data=True):
            _office(company, branch, company.size(ACCOUNTS.get(branch.code, MOST)))


def _office(company: DemoCompany, branch: Branch, count: int) -> None:
    random = Random(f"zhidu {branch.code}")  # noqa: S311 - example data, not secrets
    session, today = company.session, company.today(branch)
    months = past_months(today)
    tariff_ids = tariffs.publish_all(session, branch.code)
    customers = accounts.make(session, random, branch.code, count, tariff_ids, months)
    accounts.give_routes(session, company.user_id(f"{branch.code}.meter-reader"))
    readings.make(session, random, customers, months)
    log.info("%s: %d accounts read for %d months", branch.code, count, len(months))
    money.bill(session, months[:-1], today)
    money.pay(session, random, company.user_id(f"{branch.code}.cashier"), today)
    targets.enter(session, [*months, today.replace(day=1)], count)
    duties.follow(session, today)
    duties.look(session, random, _looking(company, branch), today)
    cutting_off.follow(session, random, _staff(company, branch), today)
    reports.hand_in(session, _staff(company, branch), today)


def _staff(company: DemoCompany, branch: Branch) -> dict[str, int | None]:
    """Who takes part in cut-offs, and writes and signs reports."""
    return {name: company.user_id(f"{branch.code}.{name}") for name in cutting_off.STAFF}


def _looking(company: DemoCompany, branch: Branch) -> dict[str, int | None]:
    """Who makes the rounds of looking: the account of each position."""
    named = {each.by: each.by.rpartition(".")[2] for each in INSPECTIONS}
    return {position: company.user_id(f"{branch.code}.{name}") for position, name in named.items()}


def past_months(today: date) -> list[date]:
    """The first days of the twelve months before the one that `today` lies in, oldest first."""
    months = []
    first = today.replace(day=1)
    for _ in range(MONTHS):
        first = (first - timedelta(days=1)).replace(day=1)
        months.append(first)
    return months[::-1]
