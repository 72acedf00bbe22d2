"""What the paper says of call-backs: the weekly series, those of the warranty, tracking for life, and ad hoc ones."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from typing import Any

from core.data.marks import N_
from core.handbook.kinds import Cadence, Deadline, Is, Notice, Rule
from core.handbook.values import MONTHS, NUMBER, WEEKS, WORKDAYS, YEARS, YES_NO, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c
from plugins.decoration.rules.book.saying import called, clause, switch
from plugins.decoration.rules.names_customers import MERGED

LIFETIME = clause(
    "lifetime",
    "一·1(4)3)A",
    N_("After completion the customer is tracked for life: planned and ad hoc calls."),
)
VIPS = clause(
    "vip-callbacks",
    "一·2(3)4)C",
    N_("What is reported of VIPs, the manager asks about and calls back in person."),
)
CONSTRUCTION = clause(
    "weekly-in-construction",
    "一·3(3)2)售中A",
    N_("From the start to completion there is one call-back a week."),
)
AD_HOC = clause(
    "ad-hoc-callbacks", "一·3(3)2)售中C", N_("Ad hoc call-backs; the manager hears of the progress in time.")
)
SATISFACTION = clause(
    "weekly-satisfaction",
    "一·3(3)2)售中G",
    N_(
        "Once the design is entrusted, a weekly call asks how content the customer is with each person involved."
    ),
)
WARRANTY = clause(
    "warranty-callbacks",
    "一·3(3)2)售后C",
    N_("After completion: one call-back a quarter in the first year, one each half-year in the second."),
)

BY_PAPER = N_("The paper counts by years; how often is called within them can be set.")
COMPLETED = Is("state", n.COMPLETED, n.SETTLED)
GIVEN_UP_AFTER = 7
"""Days after which a weekly call counts as missed: the next one is due."""
_TESTS = "tests/plugins/decoration/test_callbacks.py::"
_SERIES = "tests/plugins/decoration/test_callback_series.py::"


def year(name: str, count: int, label: str) -> Setting:
    """So many years after completion."""
    return Setting(name, YEARS, count, label, fixed=BY_PAPER)


def after_completion(
    number: str, kind: str, says: str, settings: tuple[Setting, ...], **more: Any
) -> Cadence:
    """A series counted from the day of completion."""
    return Cadence(
        number,
        more.pop("of", WARRANTY),
        says,
        settings,
        entity=n.SITE,
        owner=n.SPECIALIST,
        anchor="completed_on",
        closed_by=called(kind, "site"),
        where=(COMPLETED,),
        **more,
    )


RULES: tuple[Rule, ...] = (
    after_completion(
        "DEC-R14",
        c.LIFETIME,
        N_(
            "From the third year on the customer is called every %(lifetime_interval)s: %(lifetime_tracking)s."
        ),
        (
            switch("lifetime_tracking", N_("Customers are tracked for life")),
            Setting("lifetime_interval", MONTHS, None, N_("Called for life every"), low=1),
            year("second_year", 2, N_("Begins after")),
        ),
        of=LIFETIME,
        every="lifetime_interval",
        begins_after="second_year",
        switch="lifetime_tracking",
        title=N_("Call-back for life"),
        shown_by=(_SERIES + "test_who_is_tracked_for_life_is_called_once_an_interval_is_set",),
    ),
    Deadline(
        "DEC-R28",
        VIPS,
        N_(
            "When the summary of a visit or a call of a VIP or key account was reported, the manager calls back in "
            "person within %(vip_callback_days)s: %(vip_manager_callback)s."
        ),
        (
            switch("vip_manager_callback", N_("The manager calls VIPs back")),
            Setting("vip_callback_days", WORKDAYS, 3, N_("Called back within"), low=1, inferred=True),
        ),
        entity=n.CUSTOMER,
        event=c.VIP_REPORTED,
        within="vip_callback_days",
        owner=n.MANAGER,
        closed_by=((c.BY_MANAGER, "customer"),),
        where=(Is("customer_class", n.VIP, n.KEY),),
        while_=(Is("state", MERGED, but=True),),
        switch="vip_manager_callback",
        title=N_("The manager's own call with a VIP"),
        shown_by=(
            _TESTS + "test_what_is_reported_of_a_vip_the_manager_calls_back",
            "tests/plugins/decoration/test_vip.py::"
            "test_a_vip_is_received_by_the_custodian_and_the_manager_asks_after_it",
        ),
    ),
    Cadence(
        "DEC-R63",
        CONSTRUCTION,
        N_("While the works go on the customer is called every %(construction_callback_weeks)s."),
        (Setting("construction_callback_weeks", WEEKS, 1, N_("Called in construction every"), low=1),),
        entity=n.SITE,
        owner=n.SPECIALIST,
        every="construction_callback_weeks",
        anchor="started_on",
        closed_by=called(c.CONSTRUCTION, "site"),
        where=(Is("state", n.UNDER_WAY, n.PAUSED),),
        paused=(Is("state", n.PAUSED),),
        missed_after=GIVEN_UP_AFTER,
        title=N_("Weekly call-back in construction"),
        shown_by=(
            _SERIES + "test_weekly_calls_last_from_the_start_to_completion",
            _SERIES + "test_weekly_series_are_those_of_a_walk_through_the_calendar",
        ),
    ),
    Deadline(
        "DEC-R66",
        AD_HOC,
        N_("An ad hoc call-back that was planned is made on its day: %(adhoc_callbacks)s."),
        (switch("adhoc_callbacks", N_("Ad hoc call-backs")),),
        entity=c.CALL_BACK,
        event=f"{c.CALL_BACK}.added",
        at_once=True,
        owner=n.SPECIALIST,
        person="person_id",
        closed_by=called(c.AD_HOC, ""),
        where=(Is("kind", c.AD_HOC),),
        while_=(Is("state", c.PLANNED, c.DONE),),
        switch="adhoc_callbacks",
        title=N_("Ad hoc call-back"),
        shown_by=(_TESTS + "test_a_planned_ad_hoc_call_is_owed_on_its_day",),
    ),
    Notice(
        "DEC-R66-B",
        AD_HOC,
        N_("The manager hears what came of an ad hoc call-back."),
        event=c.REPORTED,
        where=(Is("kind", c.AD_HOC),),
        template="decoration.call-report",
        to=(n.MANAGER,),
        shown_by=(_TESTS + "test_the_manager_hears_of_ad_hoc_calls_and_of_no_others",),
    ),
    Cadence(
        "DEC-R70",
        SATISFACTION,
        N_(
            "From the day on which the design is entrusted until the project ends, the customer is asked every "
            "%(satisfaction_call_weeks)s about each person involved. Content is who gives %(satisfied_from)s or more. "
            "One call stands for this and for the weekly one in construction: %(one_call_for_both)s."
        ),
        (
            Setting("satisfaction_call_weeks", WEEKS, 1, N_("Asked every"), low=1),
            Setting(
                "satisfied_from",
                NUMBER,
                4,
                N_("Content from this score on"),
                low=c.LOWEST,
                high=c.HIGHEST,
                inferred=True,
                read_by="plugins.decoration.calls.closing:satisfied_from",
            ),
            Setting(
                "one_call_for_both",
                YES_NO,
                False,
                N_("One call for both weekly series"),
                inferred=True,
                read_by="plugins.decoration.calls.closing:stands_for_both",
            ),
        ),
        entity=n.COMMISSION,
        owner=n.SPECIALIST,
        every="satisfaction_call_weeks",
        anchor="entrusted_on",
        until="ended_on",
        closed_by=called(c.SATISFACTION, "commission"),
        where=(Is("state", n.GIVEN_UP, but=True),),
        missed_after=GIVEN_UP_AFTER,
        title=N_("Weekly call on satisfaction"),
        shown_by=(
            _SERIES + "test_satisfaction_is_asked_weekly_until_the_project_ends",
            _SERIES + "test_one_call_may_stand_for_both_weekly_series",
        ),
    ),
    after_completion(
        "DEC-R74",
        c.WARRANTY,
        N_("In the first year after completion the customer is called every %(warranty_y1_months)s."),
        (
            Setting("warranty_y1_months", MONTHS, 3, N_("Called in the first year every"), low=1),
            year("first_year", 1, N_("First year")),
        ),
        every="warranty_y1_months",
        ends_after="first_year",
        title=N_("Call-back of the first year"),
        shown_by=(_SERIES + "test_quarterly_in_the_first_year_and_half_yearly_in_the_second",),
    ),
    after_completion(
        "DEC-R75",
        c.WARRANTY,
        N_("In the second year after completion the customer is called every %(warranty_y2_months)s."),
        (
            Setting("warranty_y2_months", MONTHS, 6, N_("Called in the second year every"), low=1),
            year("first_year", 1, N_("Begins after")),
            year("second_year", 2, N_("Ends after")),
        ),
        every="warranty_y2_months",
        begins_after="first_year",
        ends_after="second_year",
        title=N_("Call-back of the second year"),
        shown_by=(_SERIES + "test_quarterly_in_the_first_year_and_half_yearly_in_the_second",),
    ),
)
