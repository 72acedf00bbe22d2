"""Part 8 of the paper, collecting what is owed (催缴)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from decimal import Decimal

from core.data.marks import N_
from core.handbook.kinds import Approval, Cadence, Check, Deadline, Is, Notice, Rule, Threshold
from core.handbook.values import DAY_OF_MONTH, DAYS, DAYS_OF_MONTH, PERCENT, POSITION, Setting
from core.reports.kinds import by_report
from plugins.gas.rules.book.saying import (
    CASHIER,
    COLLECTION_REPORT,
    HEAD,
    METER_READER,
    OF_THE_HALL,
    OF_THE_READER,
    clause,
    picked,
)
from plugins.gas.rules.cutting_off import CUT_OFF, DECIDE, TOWARDS, is_barred, is_too_early
from plugins.gas.rules.cutting_off import HANDED_OVER as HANDED_OVER_STATE

TOGETHER = clause(
    "arrears-2-rate", "催缴2", N_("Reading and collecting together reach the company's standard.")
)
THREE_DAYS = clause("arrears-2-days", "催缴2", N_("Customers are to pay at the counter within three days."))
RECOVERY = clause("arrears-2-recovery", "催缴2", N_("Of every 100 yuan charged at least 95 are recovered."))
ON_SITE = clause(
    "arrears-4",
    "催缴4",
    N_("Public-welfare and commercial customers are read on the spot from the 20th to the 25th."),
)
MONTHLY = clause(
    "arrears-5", "催缴5", N_("The monthly reading-and-collection report is handed in in time, and is right.")
)
A_WEEK = clause("arrears-6", "催缴6", N_("Every customer pays at the hall within a week."))
REMINDER = clause(
    "arrears-7", "催缴7", N_("Who has not paid in time is reminded by telephone or in writing.")
)
HANDED_OVER = clause(
    "arrears-8", "催缴8", N_("Three days after the reminder the clerk hands what is owed over to the reader.")
)
NOTICE_UP_TO_CUT_OFF = clause(
    "arrears-8-cut-off",
    "催缴8",
    N_("The reader issues the dunning notice, and goes on up to cutting off the gas."),
)

BUSINESS = Is("account.use_class", "commercial", "public_welfare")
RESIDENT = Is("account.use_class", "resident")
FOR_USAGE = Is("kind", "usage")
PAID = (("gas.bill.paid", ""),)
"""What fulfils all that is owed for a bill: the payment that settles it in full."""
HELD, RELEASED = (("gas.bill.held", ""),), (("gas.bill.released", ""),)
"""A dispute or money on the way lets all that is owed for a bill rest."""
CHANNELS = (("phone", N_("By telephone")), ("written", N_("In writing")))
"""In writing is a text message to the customer's telephone; who is rung up stands on the call list."""

DUTIES = "tests/plugins/gas/test_rule_duties.py::"
RATES = "tests/plugins/gas/test_rule_thresholds.py::"
HANDING_OVER = "tests/plugins/gas/test_handing_over.py::"
CUTTING_OFF = "tests/plugins/gas/test_cut_off.py::"
LADDER = (DUTIES + "test_the_ladder_of_a_late_bill",)
PAYABLE = (
    *LADDER,
    "tests/plugins/gas/test_payable_until.py::test_a_bill_is_payable_as_long_as_is_settled_for_its_class",
)
REMINDED = (DUTIES + "test_the_customer_is_reminded_when_the_week_is_over",)


def reminder(rule: str, after: str, says: str) -> Notice:
    """The customer is reminded once the bill is late by the rule named."""
    return Notice(
        rule,
        REMINDER,
        says,
        (picked("reminder_channels", N_("Reminded how"), *CHANNELS),),
        event=f"gas.bill.{after}-late",
        template="gas.reminder",
        address="account.phone",
        channels=("sms", "call_list"),
        chosen="reminder_channels",
        ways=(("sms", "written"), ("call_list", "phone")),
        shown_by=REMINDED,
    )


def handing_over(rule: str, after: str, says: str, title: str) -> Deadline:
    """Counted from the reminder by the rule named, as the paper says, be it sent in the night or said days later. The
    day of the reminder is not counted: reminded on the 10th, handed over on the 13th."""
    return Deadline(
        rule,
        HANDED_OVER,
        says,
        (Setting("dunning_wait_days", DAYS, 3, N_("Handed over after")),),
        entity="gas.bill",
        event=f"gas.bill.{after}-told",
        within="dunning_wait_days",
        owner=CASHIER,
        ladder=OF_THE_HALL,
        closed_by=(*PAID, ("gas.cut-off-bill.added", "bill")),
        paused_by=HELD,
        resumed_by=RELEASED,
        roll="none",
        version=3,
        title=title,
        shown_by=(*LADDER, HANDING_OVER + "test_the_days_of_the_clerk_are_those_after_the_reminder"),
    )


PAID_BY_BUSINESS = Deadline(
    "GAS-R78",
    A_WEEK,
    N_("Public-welfare and commercial customers pay within %(pw_commercial_pay_days)s."),
    (Setting("pw_commercial_pay_days", DAYS, 7, N_("Paid within")),),
    entity="gas.bill",
    event="gas.bill.posted",
    within="pw_commercial_pay_days",
    owner=METER_READER,
    closed_by=PAID,
    paused_by=HELD,
    resumed_by=RELEASED,
    where=(FOR_USAGE, BUSINESS),
    roll="none",
    version=2,
    title=N_("Payment of a business customer"),
    shown_by=PAYABLE,
)
PAID_BY_RESIDENTS = Deadline(
    "GAS-R79",
    A_WEEK,
    N_("Residents pay within %(resident_pay_days)s."),
    (Setting("resident_pay_days", DAYS, 7, N_("Paid within")),),
    entity="gas.bill",
    event="gas.bill.posted",
    within="resident_pay_days",
    owner=METER_READER,
    closed_by=PAID,
    paused_by=HELD,
    resumed_by=RELEASED,
    where=(FOR_USAGE, RESIDENT),
    roll="none",
    version=2,
    title=N_("Payment of a resident"),
    shown_by=PAYABLE,
)
PAID_WITHIN: tuple[tuple[Deadline, tuple[str, ...]], ...] = (
    (PAID_BY_BUSINESS, BUSINESS.values),
    (PAID_BY_RESIDENTS, RESIDENT.values),
)
"""Who pays within which time: the rule, and the classes of use that it is about."""

OF_RESIDENTS = handing_over(
    "GAS-R81",
    "GAS-R80",
    N_(
        "What a resident still owes %(dunning_wait_days)s after the reminder is handed over to the meter reader."
    ),
    N_("Hand what residents owe over to the meter reader"),
)
OF_BUSINESS = handing_over(
    "GAS-R81-B",
    "GAS-R80-B",
    N_(
        "What a business customer still owes %(dunning_wait_days)s after the reminder is handed over to the meter"
        " reader."
    ),
    N_("Hand what businesses owe over to the meter reader"),
)
HANDED_OVER_AFTER: dict[str, Deadline] = {
    **dict.fromkeys(RESIDENT.values, OF_RESIDENTS),
    **dict.fromkeys(BUSINESS.values, OF_BUSINESS),
}
"""By class of use: the rule that says how long after the reminder arrears are handed over."""
REMINDERS = ("GAS-R80", "GAS-R80-B")

CUT_OFF_APPROVED = Approval(
    "GAS-R82",
    NOTICE_UP_TO_CUT_OFF,
    N_(
        "Gas is cut off for arrears when %(cutoff_approver)s has decided so; between the dunning notice and the "
        "decision the customer has this long: %(cutoff_wait_days)s."
    ),
    (
        Setting(
            "cutoff_wait_days",
            DAYS,
            None,
            N_("Days between notice and decision"),
            suggested=3,
            optional=True,
            unset=N_(
                "Until somebody sets it nobody waits: the decision may follow the dunning notice on the same day."
            ),
        ),
        Setting("cutoff_approver", POSITION, HEAD, N_("Decides on cut-offs"), inferred=True),
    ),
    entity=CUT_OFF,
    transition=DECIDE,
    decider="cutoff_approver",
    wait="cutoff_wait_days",
    since="noticed_on",
    shown_by=(
        CUTTING_OFF + "test_from_overdue_to_cut_off_and_restored",
        CUTTING_OFF + "test_the_customer_has_as_many_days_as_are_set",
        CUTTING_OFF + "test_without_days_nobody_waits_and_still_the_head_decides",
    ),
)

RULES: tuple[Rule, ...] = (
    Threshold(
        "GAS-R70",
        TOGETHER,
        N_("At least %(company_rate_standard)s of the meters are read and billed."),
        (
            Setting(
                "company_rate_standard", PERCENT, None, N_("The company's standard"), suggested=Decimal(95)
            ),
        ),
        measure="gas.read-and-billed",
        target="company_rate_standard",
        shown_by=(RATES + "test_reading_and_collecting_has_a_target_once_the_company_sets_one",),
    ),
    Deadline(
        "GAS-R71",
        THREE_DAYS,
        N_("A bill is to be paid within %(target_pay_days)s."),
        (Setting("target_pay_days", DAYS, 3, N_("To be paid within")),),
        entity="gas.bill",
        event="gas.bill.posted",
        within="target_pay_days",
        owner=METER_READER,
        closed_by=PAID,
        paused_by=HELD,
        resumed_by=RELEASED,
        where=(FOR_USAGE,),
        roll="none",
        version=2,
        title=N_("See that the bill is paid"),
        shown_by=LADDER,
    ),
    Threshold(
        "GAS-R72",
        RECOVERY,
        N_("At least %(recovery_rate)s of what was charged is collected."),
        (Setting("recovery_rate", PERCENT, Decimal(95), N_("Recovery rate")),),
        measure="gas.collected",
        target="recovery_rate",
        shown_by=(RATES + "test_95_in_100_of_what_was_charged_are_recovered",),
    ),
    Cadence(
        "GAS-R73",
        ON_SITE,
        N_("Public-welfare and commercial customers are read and collected from: %(pw_commercial_days)s."),
        (Setting("pw_commercial_days", DAYS_OF_MONTH, (20, 25), N_("Days on the spot")),),
        owner=METER_READER,
        ladder=OF_THE_READER,
        on="pw_commercial_days",
        roll="none",
        title=N_("Read and collect from public-welfare and commercial customers"),
        shown_by=(DUTIES + "test_series_fall_on_their_days",),
    ),
    Deadline(
        "GAS-R76",
        MONTHLY,
        N_("The monthly reading-and-collection report is handed in by %(monthly_report_day)s."),
        (Setting("monthly_report_day", DAY_OF_MONTH, None, N_("Monthly report by"), suggested=31),),
        event="gas.billing-run.done",
        by="monthly_report_day",
        owner=METER_READER,
        ladder=OF_THE_READER,
        closed_by=by_report(COLLECTION_REPORT),
        roll="none",
        title=N_("Hand in the monthly reading-and-collection report"),
        shown_by=(DUTIES + "test_reports_are_owed_once_their_day_is_set",),
    ),
    Threshold(
        "GAS-R77",
        MONTHLY,
        N_("At least %(report_accuracy)s of what is reported for the month is right."),
        (Setting("report_accuracy", PERCENT, Decimal(100), N_("Accuracy")),),
        measure="gas.report-accuracy",
        target="report_accuracy",
        shown_by=(RATES + "test_what_is_reported_is_right_to_the_last_account",),
    ),
    PAID_BY_BUSINESS,
    PAID_BY_RESIDENTS,
    reminder(
        "GAS-R80", "GAS-R79", N_("A resident who has not paid in time is reminded: %(reminder_channels)s.")
    ),
    reminder(
        "GAS-R80-B",
        "GAS-R78",
        N_("A business customer who has not paid in time is reminded: %(reminder_channels)s."),
    ),
    OF_RESIDENTS,
    OF_BUSINESS,
    Check(
        "GAS-R81-C",
        HANDED_OVER,
        N_(
            "Nothing is handed over before the customer was reminded and the days after the reminder are over."
        ),
        entity=CUT_OFF,
        judge=is_too_early,
        shown_by=(
            HANDING_OVER + "test_nothing_is_handed_over_before_the_days_after_the_reminder",
            HANDING_OVER + "test_nothing_is_handed_over_without_a_reminder",
        ),
    ),
    CUT_OFF_APPROVED,
    Deadline(
        "GAS-R82-B",
        NOTICE_UP_TO_CUT_OFF,
        N_("The reader issues the dunning notice on the day on which what is owed was handed over."),
        entity=CUT_OFF,
        event="gas.cut-off.added",
        at_once=True,
        owner=METER_READER,
        ladder=OF_THE_READER,
        closed_by=(("gas.cut-off.noticed", ""),),
        paused_by=(("gas.cut-off.held", ""),),
        resumed_by=(("gas.cut-off.released", ""),),
        while_=(Is("state", HANDED_OVER_STATE),),
        title=N_("Issue the dunning notice"),
        shown_by=(
            CUTTING_OFF + "test_the_reader_owes_the_notice_once_arrears_are_handed_over",
            CUTTING_OFF + "test_what_is_withdrawn_asks_for_no_notice",
        ),
    ),
    Check(
        "GAS-R82-C",
        NOTICE_UP_TO_CUT_OFF,
        N_(
            "No step towards a cut-off is made for a protected customer, with a bill under dispute, with money on the "
            "way, or when nothing is owed any more."
        ),
        entity=CUT_OFF,
        judge=is_barred,
        moments=TOWARDS,
        shown_by=(CUTTING_OFF + "test_what_bars_a_step_refuses_each_of_them",),
    ),
)
