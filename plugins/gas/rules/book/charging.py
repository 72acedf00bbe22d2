"""Part 3 of the paper, charging (收费)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Access, Check, Deadline, Facts, Is, Refusal, Rule, Settings
from core.handbook.values import DAYS, POSITION, Setting
from core.reports.kinds import by_report
from plugins.gas.rules.book.saying import (
    CASHIER,
    DOORS,
    FINANCE,
    OF_THE_HALL,
    OPENING,
    SALES_SUMMARY,
    asked,
    by_right,
    clause,
    switch,
)

SUPERVISION = clause(
    "charging-1", "收费1", N_("Planning and finance manages and supervises the collection of money.")
)
TARIFFS = clause(
    "charging-2", "收费2", N_("Only published tariffs and the company's charge rules are charged.")
)
SAFETY = clause("charging-4", "收费4", N_("The place of collection, money, vouchers and people are safe."))
SUMMARY = clause("charging-5", "收费5", N_("The day's gas sales are summed up and handed in the same day."))


def has_a_tariff(facts: Facts, settings: Settings) -> Refusal | None:
    """GAS-R30: an account that is billed has a tariff of the table."""
    if not settings["tariff_table"] or facts["tariff_id"] is not None:
        return None
    text = N_("This account has no tariff, so nothing can be charged. Choose one of the published tariffs.")
    return Refusal(text, {}, ("tariff_id",))


RULES: tuple[Rule, ...] = (
    Access(
        "GAS-R29",
        SUPERVISION,
        N_("%(supervising_department)s sees bills, payments and the figures of every month."),
        (by_right("supervising_department", POSITION, FINANCE, N_("Supervises collection")),),
        grants=(
            (FINANCE, "gas.bill", "see"),
            (FINANCE, "gas.payment", "see"),
            (FINANCE, "core.target", "see"),
        ),
        shown_by=(DOORS, "tests/plugins/gas/test_rule_access.py::test_finance_supervises_collection"),
    ),
    Check(
        "GAS-R30",
        TARIFFS,
        N_("An active account has a tariff of the table of published ones: %(tariff_table)s."),
        (switch("tariff_table", N_("A tariff of the table is needed")),),
        entity="gas.account",
        judge=has_a_tariff,
        where=(Is("state", "active"),),
        warns=True,
        shown_by=("tests/plugins/gas/test_rule_checks.py::test_an_account_without_a_tariff_raises_a_doubt",),
    ),
    asked("GAS-R33", SAFETY, OPENING, switch("safety_checklist", N_("Safety is looked at"))),
    Deadline(
        "GAS-R34",
        SUMMARY,
        N_("The day's sales summary is handed in %(daily_sales_report)s after the day of the sales."),
        (Setting("daily_sales_report", DAYS, 0, N_("Sales summary within")),),
        event="gas.payment.day-begun",
        within="daily_sales_report",
        owner=CASHIER,
        ladder=OF_THE_HALL,
        closed_by=by_report(SALES_SUMMARY),
        roll="none",
        title=N_("Hand in the day's gas sales summary"),
        shown_by=("tests/plugins/gas/test_rule_duties.py::test_the_sales_summary_is_owed_the_same_day",),
    ),
)
