"""What the paper says of the reports of the department (DEC-W7)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from dataclasses import replace

from core.data.marks import N_
from core.handbook.kinds import Cadence, Rule, Threshold
from core.handbook.values import DAY_OF_MONTH, MONTHS, PERCENT, WEEKDAY, WEEKS, Setting
from core.reports.kinds import by_report
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o
from plugins.decoration.rules.book.design import PUBLISHED
from plugins.decoration.rules.book.saying import clause, picked, switch

MONTH_ENDED = clause(
    "month-end-set",
    "一·2(3)3)A",
    N_(
        "At the month's end the manager hands engineering monthly, customer service monthly, summary and plan "
        "to the leaders of the company."
    ),
)
WEEKLY = clause(
    "weekly-report", "一·3(3)1)D", N_("Every Friday the assistant hands the weekly report to the manager.")
)
COUNTED = clause(
    "site-count",
    "一·3(3)2)售中C",
    N_("Each week the sites are counted: under construction, mid-term payment due, final payment due."),
)
SPECIALISTS_SET = clause(
    "specialists-set",
    "一·3(3)2)售后B",
    N_(
        "On the 26th the specialists hand engineering monthly, customer service monthly, summary and quarterly "
        "plan to the manager."
    ),
)
ANSWERS = clause(
    "manager-answers",
    "一·2 6)责任A、B",
    N_("The manager answers for complaints, and for data reports that are complete, exact and in time."),
)
MANAGER_JUDGED = clause(
    "manager-indicators",
    "一·2 4)关键绩效指标A–D",
    N_("The manager is judged by data in time, satisfaction, quality and schedule of sites, and call-backs."),
)
SPECIALIST_JUDGED = clause(
    "specialist-indicators",
    "一·3(4)",
    N_(
        "Specialists are judged by data in time, complaints and satisfaction, complete files, and call-backs."
    ),
)
BY_THE_PAPER = N_("So says the paper; nobody else can answer for it.")
KPIS = "tests/plugins/decoration/test_office_figures.py::"
TESTS = "tests/plugins/decoration/test_office_reports.py::"

MONTH_END = Cadence(
    "DEC-R40",
    MONTH_ENDED,
    N_(
        "The manager hands the reports, the summary and the plan of the month in on %(month_end_report_day)s, on "
        "the working day before where that is a day off."
    ),
    (Setting("month_end_report_day", DAY_OF_MONTH, 31, N_("Reports of the month's end on")),),
    on="month_end_report_day",
    owner=n.MANAGER,
    closed_by=by_report(o.MONTH_END),
    roll="previous",
    title=N_("Hand in the reports of the month's end"),
    shown_by=(TESTS + "test_the_set_of_the_months_end_is_due_on_its_last_day",),
)
PUBLISHED_REGULARLY = Cadence(
    "DEC-R42-B",
    PUBLISHED,
    N_("Every %(designer_report_weeks)s, for the regular meeting, the designers' figures are handed in."),
    (
        Setting(
            "designer_report_weeks",
            WEEKS,
            None,
            N_("Designers' figures every"),
            suggested=1,
            inferred=True,
        ),
    ),
    every="designer_report_weeks",
    owner=n.MANAGER,
    closed_by=by_report(o.DESIGNERS),
    roll="next",
    title=N_("Publish the designers' figures at the regular meeting"),
    shown_by=(TESTS + "test_designers_figures_are_owed_once_a_branch_says_how_often",),
)
FRIDAYS = Cadence(
    "DEC-R58",
    WEEKLY,
    N_(
        "The weekly report is handed in every %(weekly_report_weekday)s, on the working day before where that is "
        "a day off."
    ),
    (Setting("weekly_report_weekday", WEEKDAY, 5, N_("Weekly report on")),),
    on="weekly_report_weekday",
    owner=n.ASSISTANT,
    closed_by=by_report(o.WEEKLY),
    roll="previous",
    title=N_("Hand in the weekly report"),
    shown_by=(
        TESTS + "test_the_weekly_report_is_due_on_friday_or_the_working_day_before",
        TESTS + "test_a_weekly_report_is_written_handed_in_and_signed_off",
    ),
)
SITES_COUNTED = Cadence(
    "DEC-R65",
    COUNTED,
    N_(
        "Every %(site_count_interval)s, on %(site_count_weekday)s, the specialists count the sites under "
        "construction and those with a mid-term or the final payment due."
    ),
    (
        Setting("site_count_interval", WEEKS, 1, N_("Sites counted every")),
        Setting("site_count_weekday", WEEKDAY, 5, N_("Sites counted on"), inferred=True),
    ),
    every="site_count_interval",
    on="site_count_weekday",
    owner=n.SPECIALIST,
    closed_by=by_report(o.SITE_COUNT),
    roll="previous",
    title=N_("Count the sites"),
    shown_by=(
        TESTS + "test_the_site_count_is_owed_every_week_until_a_branch_says_otherwise",
        TESTS + "test_sites_are_counted_as_they_stood",
    ),
)
TWENTY_SIXTH = Cadence(
    "DEC-R72",
    SPECIALISTS_SET,
    N_(
        "The specialists hand the reports and the summary of the month in on %(specialist_monthly_day)s, on the "
        "working day before where that is a day off."
    ),
    (Setting("specialist_monthly_day", DAY_OF_MONTH, 26, N_("Specialists' monthly reports on")),),
    on="specialist_monthly_day",
    owner=n.SPECIALIST,
    closed_by=by_report(o.SPECIALIST_MONTH),
    roll="previous",
    title=N_("Hand in the monthly reports"),
    shown_by=(TESTS + "test_the_specialists_set_is_due_on_the_26th_or_the_working_day_before",),
)
QUARTER_PLANNED = Cadence(
    "DEC-R72-B",
    SPECIALISTS_SET,
    N_(
        "The quarterly plan is handed in with the reports of the last month of each %(quarter_plan_interval)s, on "
        "%(quarter_plan_day)s."
    ),
    (
        Setting("quarter_plan_interval", MONTHS, 3, N_("Plan for every"), inferred=True),
        Setting("quarter_plan_day", DAY_OF_MONTH, 26, N_("Quarterly plan on"), inferred=True),
    ),
    every="quarter_plan_interval",
    on="quarter_plan_day",
    at_end=True,
    owner=n.SPECIALIST,
    closed_by=by_report(o.QUARTER_PLAN),
    roll="previous",
    title=N_("Hand in the quarterly plan"),
    shown_by=(TESTS + "test_the_quarterly_plan_is_asked_for_in_the_last_month_of_a_quarter_alone",),
)

NO_TARGET = N_("The paper names no target: until somebody sets one, the figure is shown without.")
EACH_ITS_OWN = N_("Each indicator is a figure with a target of its own; weights the paper does not name.")
MANAGERS_INDICATORS = (
    ("data", N_("Data accurate and in time")),
    ("satisfaction", N_("Satisfaction of customers")),
    ("sites", N_("Sites as they should be in quality and schedule")),
    ("calls", N_("Call-backs made")),
)
SPECIALISTS_INDICATORS = (
    ("data", N_("Data accurate and in time")),
    ("complaints", N_("Rate of complaints, and satisfaction of customers")),
    ("files", N_("Files complete and exact")),
    ("calls", N_("Call-backs made")),
)


def target(name: str, label: str) -> Setting:
    """What a branch aims at; the paper names none."""
    return Setting(name, PERCENT, None, label, optional=True, inferred=True, unset=NO_TARGET)


ANSWERED_FOR = Threshold(
    "DEC-R50",
    ANSWERS,
    N_(
        "The manager answers for the reports (%(manager_accountability)s): %(reports_target)s of them are in time "
        "and right."
    ),
    (
        replace(switch("manager_accountability", N_("The manager answers for them")), fixed=BY_THE_PAPER),
        target("reports_target", N_("Reports in time and right")),
    ),
    measure="decoration.reports-right",
    target="reports_target",
    shown_by=(KPIS + "test_reports_count_as_right_in_time_and_not_sent_back",),
)
MANAGERS_SITES = Threshold(
    "DEC-R51",
    MANAGER_JUDGED,
    N_(
        "The manager is judged by %(manager_kpis)s. Of the stages inspected for the first time, "
        "%(stages_target)s pass."
    ),
    (
        replace(
            picked("manager_kpis", N_("Indicators of the manager"), *MANAGERS_INDICATORS), fixed=EACH_ITS_OWN
        ),
        target("stages_target", N_("Stages passed at the first inspection")),
    ),
    measure="decoration.passed-at-first",
    target="stages_target",
    shown_by=(KPIS + "test_targets_of_the_indicators_are_the_branchs_own",),
)
MANAGERS_CALLS = Threshold(
    "DEC-R51-B",
    MANAGER_JUDGED,
    N_("Of the call-backs due, %(calls_target)s are made."),
    (target("calls_target", N_("Call-backs made")),),
    measure="decoration.calls-made",
    target="calls_target",
    shown_by=(
        "tests/plugins/decoration/test_callbacks_figures.py::test_call_backs_made_are_a_share_of_those_that_were_due",
        KPIS + "test_targets_of_the_indicators_are_the_branchs_own",
    ),
)
MANAGERS_SATISFACTION = Threshold(
    "DEC-R51-C",
    MANAGER_JUDGED,
    N_("Of the customers asked, %(satisfaction_target)s are content."),
    (target("satisfaction_target", N_("Customers who are content")),),
    measure="decoration.content",
    target="satisfaction_target",
    shown_by=(KPIS + "test_satisfaction_and_complaint_rate_are_held_against_their_targets",),
)
SPECIALISTS_COMPLAINTS = Threshold(
    "DEC-R81-B",
    SPECIALIST_JUDGED,
    N_("Complaints come from at most %(complaints_target)s of the customers in service."),
    (target("complaints_target", N_("Complaint rate at most")),),
    measure="decoration.complaint-rate",
    target="complaints_target",
    at_most=True,
    shown_by=(KPIS + "test_satisfaction_and_complaint_rate_are_held_against_their_targets",),
)
SPECIALISTS_FILES = Threshold(
    "DEC-R81",
    SPECIALIST_JUDGED,
    N_("Specialists are judged by %(specialist_kpis)s. Of the files, %(files_target)s are complete."),
    (
        replace(
            picked("specialist_kpis", N_("Indicators of specialists"), *SPECIALISTS_INDICATORS),
            fixed=EACH_ITS_OWN,
        ),
        target("files_target", N_("Complete files")),
    ),
    measure="decoration.files-complete",
    target="files_target",
    shown_by=(
        KPIS + "test_a_file_is_complete_with_address_needs_and_place",
        KPIS + "test_targets_of_the_indicators_are_the_branchs_own",
    ),
)

RULES: tuple[Rule, ...] = (
    ANSWERED_FOR,
    MANAGERS_SITES,
    MANAGERS_CALLS,
    MANAGERS_SATISFACTION,
    SPECIALISTS_FILES,
    SPECIALISTS_COMPLAINTS,
    MONTH_END,
    PUBLISHED_REGULARLY,
    FRIDAYS,
    SITES_COUNTED,
    TWENTY_SIXTH,
    QUARTER_PLANNED,
)
