"""Parts 5 and 6 of the paper, the hall and the clerks in it (大厅一, 大厅二)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Access, Cadence, Rule
from core.handbook.values import NUMBER, POSITION, WEEKDAY, YES_NO, Setting
from plugins.gas.rules.book.saying import (
    CARD_CLERK,
    CASHIER,
    CLOSING,
    DOORS,
    DUTY_CLERK,
    HALL,
    HEAD,
    OF_THE_HALL,
    OF_THE_LEADER,
    OPENING,
    SERVICE,
    SIGNS,
    TEAM_LEADER,
    asked,
    by_right,
    clause,
    picked,
    round_owed,
    switch,
)

HALL_OWNER = clause(
    "hall-1", "大厅一", N_("The team leader answers for the hall; the duty clerk carries it out every day.")
)
OUTSIDE_SIGNS = clause(
    "hall-1-1", "大厅一1", N_("The sign of opening hours and the notices outside are whole and can be read.")
)
VI_SIGNS = clause(
    "hall-1-2", "大厅一2", N_("The company's signs are whole; every desk shows what it is for.")
)
WALL = clause("hall-1-3", "大厅一3", N_("The notices on the wall are clear, right and up to date."))
BROCHURES = clause("hall-1-4", "大厅一4", N_("Free brochures are there, within everybody's reach."))
STOCK = clause("hall-1-4-stock", "大厅一4", N_("There are enough copies of every brochure."))
WATER = clause("hall-1-5", "大厅一5", N_("The water dispenser works; there are water and cups."))
TIDY = clause(
    "hall-1-6", "大厅一6", N_("The hall is clean; nothing lies on the counters that does not belong.")
)
FILM = clause("hall-1-7", "大厅一7", N_("The television shows the company's film, and is off after work."))
MEETING = clause("hall-2-3", "大厅二3", N_("Each Monday after work the team leader holds a meeting."))
BEFORE = clause(
    "hall-2-4-before",
    "大厅二4",
    N_("Before opening the equipment is tried; supplies and blank slips are ready."),
)
AFTER = clause(
    "hall-2-4-after", "大厅二4", N_("After closing the equipment is off; supplies and slips are put away.")
)
STAND_IN = clause(
    "hall-2-6", "大厅二6", N_("While the cashier settles the day's money, the card clerk takes payments.")
)
ONE_THING = clause(
    "hall-2-7", "大厅二7", N_("Whoever serves a customer does no other business, does not chat or joke.")
)
SILENCE = clause("hall-2-8", "大厅二8", N_("Clerks never disclose customers' data."))
NO_GUESTS = clause(
    "hall-2-9", "大厅二9；大厅二10", N_("No private guests or family at the counter, and no snacks.")
)
TITLES = (("journal", N_("Company journal")), ("safety", N_("Gas safety handbook")))


def looked_at() -> Setting:
    return switch("check_item", N_("This is looked at"))


def conduct() -> Setting:
    return switch("conduct_checklist", N_("Conduct is looked at"))


RULES: tuple[Rule, ...] = (
    Access(
        "GAS-R45",
        HALL_OWNER,
        N_("The %(hall_owner)s answers for the hall; the duty clerk looks at it every day."),
        (by_right("hall_owner", POSITION, TEAM_LEADER, N_("Answers for the hall")),),
        grants=tuple(
            (position, "core.inspection", action)
            for position in (TEAM_LEADER, DUTY_CLERK)
            for action in ("see", "fill")
        ),
        shown_by=(
            DOORS,
            "tests/plugins/gas/test_rule_access.py::test_leader_and_duty_clerk_look_at_the_hall",
        ),
    ),
    round_owed(
        "GAS-R45-B",
        HALL_OWNER,
        HALL,
        N_("The duty clerk looks at the hall every day."),
        N_("Look at the hall"),
        OF_THE_HALL,
    ),
    asked("GAS-R46", OUTSIDE_SIGNS, SIGNS, looked_at()),
    round_owed(
        "GAS-R46-B",
        OUTSIDE_SIGNS,
        SIGNS,
        N_("The team leader looks at signs and notices every week."),
        N_("Look at signs and notices"),
        OF_THE_LEADER,
    ),
    asked("GAS-R47", VI_SIGNS, HALL, looked_at()),
    asked("GAS-R48", WALL, SIGNS, switch("notice_expiry", N_("Notices out of date are looked for"))),
    asked("GAS-R49", BROCHURES, HALL, picked("brochures", N_("Brochures"), *TITLES), items=TITLES),
    asked("GAS-R49-B", STOCK, HALL, Setting("min_stock", NUMBER, None, N_("Copies at least"), suggested=20)),
    asked("GAS-R50", WATER, HALL, looked_at()),
    asked("GAS-R51", TIDY, HALL, looked_at()),
    asked("GAS-R52", FILM, HALL, looked_at()),
    asked("GAS-R53", NO_GUESTS, SERVICE, conduct()),
    asked("GAS-R54", ONE_THING, SERVICE, conduct()),
    Cadence(
        "GAS-R55",
        MEETING,
        N_("The weekly meeting is on %(weekly_meeting)s after work."),
        (Setting("weekly_meeting", WEEKDAY, 1, N_("Day of the meeting")),),
        owner=TEAM_LEADER,
        ladder=OF_THE_LEADER,
        on="weekly_meeting",
        roll="next",
        title=N_("Hold the weekly meeting"),
        shown_by=("tests/plugins/gas/test_rule_duties.py::test_series_fall_on_their_days",),
    ),
    asked("GAS-R56", BEFORE, OPENING, switch("opening_checklist", N_("The opening is looked at"))),
    round_owed(
        "GAS-R56-B",
        BEFORE,
        OPENING,
        N_("The duty clerk makes the round before opening every day."),
        N_("Make the round before opening"),
        OF_THE_HALL,
    ),
    asked("GAS-R57", AFTER, CLOSING, switch("closing_checklist", N_("The closing is looked at"))),
    round_owed(
        "GAS-R57-B",
        AFTER,
        CLOSING,
        N_("The duty clerk makes the round after closing every day."),
        N_("Make the round after closing"),
        OF_THE_HALL,
    ),
    Access(
        "GAS-R58",
        STAND_IN,
        N_("Payments are taken by the cashier, and meanwhile by the %(stand_in_role)s."),
        (by_right("stand_in_role", POSITION, CARD_CLERK, N_("Stands in for the cashier")),),
        grants=((CASHIER, "gas.account", "collect"), (CARD_CLERK, "gas.account", "collect")),
        only=(("gas.account", "collect"),),
        shown_by=(
            DOORS,
            "tests/plugins/gas/test_rule_access.py::test_the_card_clerk_stands_in_and_nobody_else",
        ),
    ),
    Access(
        "GAS-R59",
        SILENCE,
        N_("Clerks take customers' data out of the system: %(customer_data_export)s."),
        (by_right("customer_data_export", YES_NO, False, N_("Clerks may export customers' data")),),
        grants=((HEAD, "gas.account", "export"), (HEAD, "gas.household", "export")),
        only=(("gas.account", "export"), ("gas.household", "export")),
        masked=(("gas.account", "phone"),),
        shown_by=(DOORS, "tests/plugins/gas/test_rule_access.py::test_clerks_take_no_customers_data_away"),
    ),
)
