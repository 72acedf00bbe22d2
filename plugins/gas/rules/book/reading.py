"""Part 2 of the paper, reading meters (抄表)."""

# zh-ok-file: headings as the paper numbers them, and the papers that readers keep to

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from core.data.marks import N_
from core.handbook.kinds import (
    Cadence,
    Check,
    Deadline,
    Facts,
    Is,
    Notice,
    Refusal,
    Rule,
    Settings,
    Threshold,
)
from core.handbook.values import (
    CHOICE,
    DAY_OF_MONTH,
    DAYS,
    DAYS_OF_MONTH,
    LIST,
    PERCENT,
    TIME,
    YES_NO,
    Setting,
)
from core.reports.kinds import by_report
from plugins.gas.rules.book.saying import (
    DEPARTMENT,
    HEAD,
    METER_READER,
    OF_THE_READER,
    READING_REPORT,
    READING_SUMMARY,
    asked,
    clause,
    picked,
    switch,
)

AT_HOME = clause(
    "reading-1",
    "抄表1；催缴1",
    N_("Who enters a customer's home keeps to the in-home work code and the reading instruction."),
)
PARTICULARS = clause(
    "reading-2", "抄表2", N_("The reader knows each meter's type, number, years of service and inlet side.")
)
TRUE = clause(
    "reading-3",
    "抄表3",
    N_("Readings are true and exact, never wrong, estimated or left out; commercial ones have three values."),
)
RATES = clause(
    "reading-4",
    "抄表4",
    N_(
        "All commercial meters and 98 of 100 outside homes are read each month, 70 of 100 inside each quarter."
    ),
)
DAYS_OF_BUSINESS = clause(
    "reading-5", "抄表5", N_("Commercial customers' meters are read on fixed days of the month.")
)
REPORTS = clause(
    "reading-7",
    "抄表7",
    N_("The reading is reported each day and each month, and an abnormal meter at once."),
)
SHEETS = clause(
    "reading-8", "抄表8", N_("Record sheets are kept clean and numbered; none is lost, no page is missing.")
)
URGES = clause("reading-9", "抄表9", N_("The reader urges customers in arrears to pay."))

PARTICULAR_FIELDS = (
    ("type", N_("Meter type")),
    ("number", N_("Meter number")),
    ("service_years", N_("Service life in years")),
    ("inlet_side", N_("Gas inlet side")),
)
COMMERCIAL_FIELDS = (
    ("value", N_("Base-meter reading")),
    ("cumulative_usage", N_("Cumulative usage")),
    ("stored_balance", N_("Balance stored in the meter")),
)
ANOMALIES = (("fast", N_("runs fast")), ("slow", N_("runs slow")), ("dead", N_("does not work")))

READ_RATES = "tests/plugins/gas/test_rule_thresholds.py::"
CHECKS = "tests/plugins/gas/test_rule_checks.py::"
DUTIES = "tests/plugins/gas/test_rule_duties.py::"


def particulars_known(facts: Facts, settings: Settings) -> Refusal | None:
    """GAS-R16: none of the particulars is empty."""
    missing = tuple(each for each in settings["meter_required_fields"] if not facts[each])
    if not missing:
        return None
    text = N_("The reader has to know this of the meter: %(meter_required_fields)s. Fill it in.")
    return Refusal(text, {"meter_required_fields": missing}, missing)


def not_estimated(facts: Facts, settings: Settings) -> Refusal | None:
    """GAS-R17: what was not read is not made up."""
    if settings["estimated_allowed"] or facts["kind"] != "estimated":
        return None
    return Refusal(N_("An estimated reading is no reading. Read the meter, or leave it out."), {}, ("kind",))


def three_values(facts: Facts, settings: Settings) -> Refusal | None:
    """GAS-R18: a commercial meter gives three values."""
    missing = tuple(each for each in settings["commercial_fields"] if facts[each] is None)
    if not missing:
        return None
    text = N_("A commercial customer's meter is read with all its values. Missing: %(commercial_fields)s.")
    return Refusal(text, {"commercial_fields": missing}, missing)


COUNTED = N_("The dashboard counts these meters over this time; over another it would be another figure.")
ONE_REASON = N_(
    "On the round the reader enters that the meter is broken, which is one reason for all of these."
)


def cycle(name: str, default: str, label: str) -> Setting:
    choices = (("month", N_("Every month")), ("quarter", N_("Every quarter")))
    return Setting(name, CHOICE, default, label, choices=choices, fixed=COUNTED)


PAPERS = {
    "进入客户室内工作准则": N_("Rules for work inside a customer's home"),
    "抄表作业指导书": N_("Work instruction for meter reading"),
}

RULES: tuple[Rule, ...] = (
    asked(
        "GAS-R15",
        AT_HOME,
        DEPARTMENT,
        Setting("linked_documents", LIST, tuple(PAPERS), N_("The two papers"), called=tuple(PAPERS.items())),
    ),
    Check(
        "GAS-R16",
        PARTICULARS,
        N_("A meter is kept with these particulars: %(meter_required_fields)s."),
        (picked("meter_required_fields", N_("Particulars of a meter"), *PARTICULAR_FIELDS),),
        entity="gas.meter",
        judge=particulars_known,
        shown_by=(CHECKS + "test_a_meter_without_its_particulars_is_refused",),
    ),
    Check(
        "GAS-R17",
        TRUE,
        N_("Estimated readings are let in: %(estimated_allowed)s."),
        (Setting("estimated_allowed", YES_NO, False, N_("Estimated readings are let in")),),
        entity="gas.reading",
        judge=not_estimated,
        shown_by=(CHECKS + "test_an_estimated_reading_is_refused_until_a_branch_lets_it_in",),
    ),
    Check(
        "GAS-R18",
        TRUE,
        N_("A commercial customer's reading has these values: %(commercial_fields)s."),
        (picked("commercial_fields", N_("Values of a commercial reading"), *COMMERCIAL_FIELDS),),
        entity="gas.reading",
        judge=three_values,
        where=(Is("kind", "actual"), Is("account.use_class", "commercial")),
        shown_by=(CHECKS + "test_a_commercial_reading_has_three_values",),
    ),
    Threshold(
        "GAS-R19",
        RATES,
        N_("At least %(rate_commercial)s of the commercial and public-welfare meters are read each month."),
        (Setting("rate_commercial", PERCENT, Decimal(100), N_("Reading rate")),),
        measure="gas.read-commercial",
        target="rate_commercial",
        shown_by=(READ_RATES + "test_commercial_and_public_welfare_meters_are_all_read_each_month",),
    ),
    Threshold(
        "GAS-R20",
        RATES,
        N_(
            "Of residents' meters outside the home at least %(rate_outside)s are read. How often: %(cycle_outside)s."
        ),
        (
            Setting("rate_outside", PERCENT, Decimal(98), N_("Reading rate")),
            cycle("cycle_outside", "month", N_("Read how often")),
        ),
        measure="gas.read-outside",
        target="rate_outside",
        shown_by=(READ_RATES + "test_of_the_meters_outside_homes_98_in_100_are_read_each_month",),
    ),
    Threshold(
        "GAS-R21",
        RATES,
        N_(
            "Of residents' meters inside the home at least %(rate_inside)s are read. How often: %(cycle_inside)s."
        ),
        (
            Setting("rate_inside", PERCENT, Decimal(70), N_("Reading rate")),
            cycle("cycle_inside", "quarter", N_("Read how often")),
        ),
        measure="gas.read-inside",
        target="rate_inside",
        over="quarter",
        shown_by=(READ_RATES + "test_of_the_meters_inside_homes_70_in_100_are_read_each_quarter",),
    ),
    Cadence(
        "GAS-R22",
        DAYS_OF_BUSINESS,
        N_("Commercial customers' meters are read each month: %(commercial_read_days)s."),
        (Setting("commercial_read_days", DAYS_OF_MONTH, (22, 23), N_("Days of reading")),),
        owner=METER_READER,
        ladder=OF_THE_READER,
        on="commercial_read_days",
        roll="none",
        title=N_("Read the commercial customers' meters"),
        shown_by=(DUTIES + "test_series_fall_on_their_days",),
    ),
    Deadline(
        "GAS-R24",
        REPORTS,
        N_("On each day of reading the daily report is there by %(daily_report_cutoff)s."),
        (Setting("daily_report_cutoff", TIME, None, N_("Daily report by")),),
        event="gas.reading.day-begun",
        by="daily_report_cutoff",
        owner=METER_READER,
        ladder=OF_THE_READER,
        where=(Is("kind", "actual"),),
        closed_by=by_report(READING_REPORT),
        roll="none",
        title=N_("Hand in the daily reading report"),
        shown_by=(DUTIES + "test_reports_are_owed_once_their_day_is_set",),
    ),
    Deadline(
        "GAS-R25",
        REPORTS,
        N_("The month's readings are summed up and analysed by %(month_summary_day)s."),
        (Setting("month_summary_day", DAY_OF_MONTH, 31, N_("Monthly summary by")),),
        event="gas.reading.day-begun",
        by="month_summary_day",
        owner=METER_READER,
        ladder=OF_THE_READER,
        where=(Is("kind", "actual"),),
        closed_by=by_report(READING_SUMMARY),
        roll="none",
        title=N_("Sum up and analyse the month's readings"),
        shown_by=(DUTIES + "test_reports_are_owed_once_their_day_is_set",),
    ),
    Notice(
        "GAS-R26",
        REPORTS,
        N_("A meter that %(anomaly_kinds)s is told to the head of the department."),
        (replace(picked("anomaly_kinds", N_("Abnormal is a meter that"), *ANOMALIES), fixed=ONE_REASON),),
        event="core.visit.added",
        template="gas.abnormal-meter",
        to=(HEAD,),
        where=(Is("round", "gas.readings"), Is("reason", "broken")),
        shown_by=(DUTIES + "test_an_abnormal_meter_is_told_to_the_head",),
    ),
    Deadline(
        "GAS-R26-B",
        REPORTS,
        N_("An abnormal meter is reported within %(report_days)s."),
        (Setting("report_days", DAYS, None, N_("Reported within"), suggested=1),),
        event="core.visit.added",
        within="report_days",
        owner=METER_READER,
        ladder=OF_THE_READER,
        where=(Is("round", "gas.readings"), Is("reason", "broken")),
        title=N_("Report the abnormal meter"),
        shown_by=(DUTIES + "test_an_abnormal_meter_is_reported_within_the_days_that_are_set",),
    ),
    asked(
        "GAS-R27", SHEETS, DEPARTMENT, switch("page_sequence_check", N_("The sequence of pages is looked at"))
    ),
    Notice(
        "GAS-R28",
        URGES,
        N_(
            "The meter reader is told of every bill that is not paid by the time that the reader works towards."
        ),
        event="gas.bill.GAS-R71-late",
        template="gas.urge-payment",
        to=(METER_READER,),
        shown_by=(DUTIES + "test_the_reader_is_told_to_urge_who_has_not_paid",),
    ),
    Deadline(
        "GAS-R28-B",
        URGES,
        N_("The meter reader urges who has not paid by then, within %(urge_days)s."),
        (Setting("urge_days", DAYS, None, N_("Urged within"), suggested=3),),
        entity="gas.bill",
        event="gas.bill.GAS-R71-late",
        within="urge_days",
        owner=METER_READER,
        ladder=OF_THE_READER,
        closed_by=(("gas.bill.paid", ""),),
        roll="none",
        title=N_("Urge the customer to pay"),
        shown_by=(DUTIES + "test_the_reader_is_told_to_urge_who_has_not_paid",),
    ),
)
