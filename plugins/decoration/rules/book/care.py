"""What the paper says of news, greetings, reminders and campaigns by short message and telephone."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.data.marks import N_
from core.handbook.kinds import Cadence, Check, Deadline, Facts, Is, Notice, Refusal, Rule, Settings
from core.handbook.values import CHOICE, DATE, DAYS, Setting
from core.messages.kinds import CALL_LIST, SMS
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book.saying import clause, picked
from plugins.decoration.rules.names import ASSISTANT, MANAGER, SPECIALIST, VIP_KEEPER

VIPS_FIRST = clause(
    "vips-first",
    "一·1(4)4)D；一·2(3)4)D",
    N_("VIPs hear of new products and major events three days before, by telephone or short message."),
)
TAKES_PART = clause(
    "takes-part",
    "一·2(3)5)B、C；一·3(3)3)D",
    N_("The department takes an active part in celebrations, commemorations and openings of the company."),
)
MARKETING = clause(
    "marketing",
    "一·3(3)2)售前E",
    N_(
        "Targets get short messages by groups; key customers are called together with the business department."
    ),
)
CARE = "一·3(3)2)售后F"
BIRTHDAYS = clause("birthdays", CARE, N_("Customers and their families are greeted on birthdays."))
HOLIDAYS = clause("holidays", CARE, N_("Customers are greeted on public holidays."))
EVENTS = clause(
    "house-events", CARE, N_("Customers hear of the store's anniversary and other events of the company.")
)
HEATING = clause(
    "heating", CARE, N_("Seven days before heating starts, customers are reminded to look for leaking pipes.")
)
WEATHER = clause("weather", CARE, N_("When the weather changes strongly, customers are asked to take care."))

WAYS = ((SMS, "sms"), (CALL_LIST, "phone"))
CHANNELS = (("sms", N_("By short message")), ("phone", N_("By telephone")))
EVENT_KINDS = (
    (c.CELEBRATION, N_("Celebration")),
    (c.COMMEMORATION, N_("Commemoration")),
    (c.OPENING, N_("Opening")),
    (c.STORE_DAY, N_("Anniversary of the store")),
    (c.PRODUCT, N_("New product")),
    (c.NEWS, N_("Other news")),
    (c.TASK, N_("Task from the company's leaders")),
)
NEW_YEAR, SPRING, LABOUR, DRAGON_BOATS, MID_AUTUMN, NATIONAL = (
    "new_year",
    "spring",
    "labour",
    "dragon_boats",
    "mid_autumn",
    "national",
)
HOLIDAY_NAMES = (
    (NEW_YEAR, N_("New Year")),
    (SPRING, N_("Spring Festival")),
    (LABOUR, N_("Labour Day")),
    (DRAGON_BOATS, N_("Dragon Boat Festival")),
    (MID_AUTUMN, N_("Mid-Autumn Festival")),
    (NATIONAL, N_("National Day")),
)
OLD_CUSTOMERS_HEAR = (c.CELEBRATION, c.COMMEMORATION, c.OPENING, c.STORE_DAY)
VIPS_HEAR = (*OLD_CUSTOMERS_HEAR, c.PRODUCT, c.NEWS)
_COLLECTING = "plugins.decoration.care.collecting:"
_TESTS = "tests/plugins/decoration/test_care.py::"
_EVENTS = "tests/plugins/decoration/test_care_events.py::"


def of_kinds(name: str, label: str, *kinds: str) -> Setting:
    """A choice among the kinds of events."""
    whole = picked(name, label, *EVENT_KINDS)
    return replace(whole, default=kinds)


def told(number: str, where: Any, sentence: str, occasion: str, *settings: Setting, **others: Any) -> Notice:
    """What customers hear on an occasion, each by the way that was chosen for them, once a person has approved it."""
    return Notice(
        number,
        where,
        sentence,
        settings,
        event=f"{c.MESSAGE}.{c.RELEASED}",
        template="decoration.care",
        address="phone",
        channels=(SMS, CALL_LIST),
        first="channel",
        where=(Is("occasion", occasion),),
        **others,
    )


def vips_have_heard(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R24: nobody else hears of it before the VIPs."""
    if facts["event_id"] is None or facts["event_id.vips_told_on"] is not None:
        return None
    return Refusal(N_("VIPs hear first. Send their messages of this event before the others."), {}, ())


RULES: tuple[Rule, ...] = (
    told(
        "DEC-R24",
        VIPS_FIRST,
        N_("VIPs and key accounts hear of news and events by %(vip_notice_channels)s."),
        c.VIP_NEWS,
        picked("vip_notice_channels", N_("VIPs hear by"), *reversed(CHANNELS)),
        chosen="vip_notice_channels",
        ways=WAYS,
        shown_by=(_EVENTS + "test_vips_hear_of_an_event_before_everybody_else",),
    ),
    Deadline(
        "DEC-R24-B",
        VIPS_FIRST,
        N_("VIPs hear of news and events %(vip_notice_days)s before."),
        (Setting("vip_notice_days", DAYS, 3, N_("Told ahead"), low=1),),
        entity=c.EVENT,
        event=f"{c.EVENT}.added",
        before="vip_notice_days",
        roll="previous",
        owner=MANAGER,
        where=(Is("kind", *VIPS_HEAR),),
        while_=(Is("state", c.PLANNED),),
        closed_by=((f"{c.EVENT}.{c.VIPS_TOLD}", ""),),
        title=N_("Tell VIPs of the event"),
        shown_by=(
            _EVENTS + "test_vips_are_told_three_days_before_on_a_working_day",
            _EVENTS + "test_vips_hear_of_an_event_before_everybody_else",
        ),
    ),
    Check(
        "DEC-R24-C",
        VIPS_FIRST,
        N_("Others hear of an event after the VIPs have."),
        entity=c.BATCH,
        judge=vips_have_heard,
        moments=("approve",),
        where=(Is("occasion", c.HOUSE_NEWS),),
        shown_by=(_EVENTS + "test_vips_hear_of_an_event_before_everybody_else",),
    ),
    Notice(
        "DEC-R45",
        TAKES_PART,
        N_("The department is told of each event of these kinds, in which it takes part: %(event_types)s."),
        (
            replace(
                of_kinds(
                    "event_types",
                    N_("The department takes part in"),
                    c.CELEBRATION,
                    c.COMMEMORATION,
                    c.OPENING,
                ),
                read_by="plugins.decoration.checks.care:check_event",
            ),
        ),
        event=f"{c.EVENT}.added",
        template="decoration.house-event",
        to=(MANAGER, ASSISTANT, SPECIALIST, VIP_KEEPER),
        where=(Is("takes_part", True),),
        shown_by=(_EVENTS + "test_the_department_is_told_of_events_in_which_it_takes_part",),
    ),
    told(
        "DEC-R61",
        MARKETING,
        N_("Customers whom a campaign is meant for hear of it by %(campaign_channels)s."),
        c.CAMPAIGN,
        picked("campaign_channels", N_("Campaigns go by"), *CHANNELS),
        chosen="campaign_channels",
        ways=WAYS,
        shown_by=(_TESTS + "test_a_campaign_reaches_whom_it_is_meant_for",),
    ),
    told(
        "DEC-R76",
        BIRTHDAYS,
        N_(
            "Customers and their families are greeted %(birthday_offset_days)s before their birthday; 0: on the day."
        ),
        c.BIRTHDAY,
        Setting(
            "birthday_offset_days",
            DAYS,
            0,
            N_("Greeted ahead"),
            low=0,
            high=30,
            inferred=True,
            read_by=_COLLECTING + "collect_birthdays",
        ),
        shown_by=(
            _TESTS + "test_birthdays_of_customers_and_families_are_collected_and_sent",
            _TESTS + "test_nobody_else_is_greeted",
        ),
    ),
    told(
        "DEC-R77",
        HOLIDAYS,
        N_("Customers are greeted on these holidays: %(holiday_calendar)s."),
        c.HOLIDAY,
        replace(
            picked("holiday_calendar", N_("Holidays with greetings"), *HOLIDAY_NAMES),
            inferred=True,
            read_by=_COLLECTING + "collect_holidays",
        ),
        shown_by=(_TESTS + "test_holidays_are_greeted_as_the_branch_lists_them",),
    ),
    told(
        "DEC-R78",
        EVENTS,
        N_("Customers hear of events of these kinds: %(event_calendar)s."),
        c.HOUSE_NEWS,
        replace(
            of_kinds("event_calendar", N_("Customers hear of"), *OLD_CUSTOMERS_HEAR),
            inferred=True,
            read_by="plugins.decoration.care.news:make_batches",
        ),
        shown_by=(_EVENTS + "test_vips_hear_of_an_event_before_everybody_else",),
    ),
    told(
        "DEC-R79",
        HEATING,
        N_("Customers are reminded before the heating season to look for leaking pipes."),
        c.HEATING,
        shown_by=(_TESTS + "test_heating_is_told_of_once_the_branch_names_its_start",),
    ),
    Cadence(
        "DEC-R79-B",
        HEATING,
        N_(
            "The reminder of the heating season is sent %(heating_notice_days)s before %(heating_start_date)s."
        ),
        (
            Setting("heating_notice_days", DAYS, 7, N_("Reminded ahead"), low=1),
            Setting("heating_start_date", DATE, None, N_("Heating starts on")),
        ),
        on="heating_start_date",
        before="heating_notice_days",
        roll="previous",
        owner=SPECIALIST,
        closed_by=((f"{c.BATCH}.{c.HEATING}-{c.SENT}", ""),),
        title=N_("Remind customers of the heating season"),
        shown_by=(_TESTS + "test_heating_is_told_of_once_the_branch_names_its_start",),
    ),
    told(
        "DEC-R80",
        WEATHER,
        N_(
            "When the weather changes strongly, customers are asked to take care; who says so: %(weather_trigger)s."
        ),
        c.WEATHER,
        Setting(
            "weather_trigger",
            CHOICE,
            "manual",
            N_("Warnings are begun"),
            choices=(("manual", N_("by hand")),),
            inferred=True,
            fixed=N_("No weather service is asked; a person makes the batch of messages."),
        ),
        shown_by=(_TESTS + "test_a_weather_warning_is_begun_by_hand",),
    ),
)
