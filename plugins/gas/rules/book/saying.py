"""How the rules of the gas office are said: the paper, its positions, the rounds of looking, switches."""

from __future__ import annotations

from typing import Any

from core.data.marks import N_
from core.handbook.kinds import Cadence, Checklist, Clause, Step
from core.handbook.values import DAYS, LIST, YES_NO, Setting
from core.inspections.kinds import finished

PAPER = N_("Customer service rules")

HEAD, TEAM_LEADER, FINANCE = "gas.department-head", "gas.team-leader", "gas.finance"
CASHIER, CARD_CLERK, DUTY_CLERK = "gas.cashier", "gas.card-clerk", "gas.duty-clerk"
METER_READER = "gas.meter-reader"


def to_head(days: int) -> Step:
    """Up to the head of the department, after so many days unless a branch says otherwise."""
    label = N_("Goes up to the head when late by")
    return Step(Setting("raised_to_head", DAYS, days, label, low=1, optional=True, inferred=True), HEAD)


TO_LEADER = Step(
    Setting(
        "raised_to_leader",
        DAYS,
        1,
        N_("Goes up to the team leader when late by"),
        low=1,
        optional=True,
        inferred=True,
    ),
    TEAM_LEADER,
)
OF_THE_READER = (to_head(1),)
OF_THE_HALL = (TO_LEADER, to_head(3))
OF_THE_LEADER = (to_head(1),)
"""To whom it goes up when something is late: the superiors that section 4.1 names. The days are inferred."""

OPENING, HALL, CLOSING = "gas.hall-opening", "gas.hall", "gas.hall-closing"
SIGNS, SERVICE, DEPARTMENT = "gas.hall-signs", "gas.service", "gas.department"
LOOKS = {
    OPENING: DUTY_CLERK,
    HALL: DUTY_CLERK,
    CLOSING: DUTY_CLERK,
    SIGNS: TEAM_LEADER,
    SERVICE: TEAM_LEADER,
    DEPARTMENT: HEAD,
}
"""Who makes which round."""
OVER = 7
"""Days after which a round that nobody made is given up as missed. The paper names none (inferred)."""

READING_REPORT, READING_SUMMARY = "gas.daily-reading", "gas.monthly-reading"
SALES_SUMMARY, COLLECTION_REPORT = "gas.daily-sales", "gas.monthly-collection"
"""The reports that rules ask for (GAS-K01, K02, K06, K09)."""

_TESTS = "tests/plugins/gas/test_rule_checklists.py::"
CHECKLISTS = (
    _TESTS + "test_each_item_is_asked_on_its_round_until_it_is_switched_off",
    _TESTS + "test_what_is_not_in_order_is_found_and_what_is_leaves_nothing",
)
ROUNDS = (
    "tests/plugins/gas/test_rule_rounds.py::test_each_round_is_owed_in_its_period_and_ended_by_itself",
    "tests/plugins/gas/test_rule_rounds.py::test_what_nobody_made_goes_up_and_is_missed",
)
DOORS = "tests/plugins/gas/test_rule_access.py::test_doors_open_to_those_of_the_clause_and_to_nobody_else"
BY_RIGHT = N_("Rights are given and taken on the page of a position, for a branch or for the company.")


def clause(number: str, heading: str, says: str) -> Clause:
    """An item of the paper; `says` is a marked text."""
    return Clause(number, PAPER, heading, says)


def switch(name: str, label: str) -> Setting:
    """What a branch may switch off."""
    return Setting(name, YES_NO, True, label)


def picked(name: str, label: str, *choices: tuple[str, Any]) -> Setting:
    """A list of which all is meant, until a branch says otherwise."""
    return Setting(name, LIST, tuple(each for each, _label in choices), label, choices=choices)


def by_right(name: str, kind: str, default: Any, label: str, **others: Any) -> Setting:
    """Who may, as the paper says: positions hold the rights themselves."""
    return Setting(name, kind, default, label, fixed=BY_RIGHT, **others)


def asked(
    rule: str, where: Clause, round_: str, *settings: Setting, items: tuple[tuple[str, Any], ...] = ()
) -> Checklist:
    """What an inspector judges on a round; what the clause says is the item, unless there are several: of these the
    first setting names those that are asked."""
    return Checklist(
        rule,
        where,
        where.says,
        settings,
        round=round_,
        by=LOOKS[round_],
        items=items,
        chosen=settings[0].name if items else "",
        shown_by=CHECKLISTS,
    )


def round_owed(
    rule: str, where: Clause, round_: str, sentence: str, title: str, ladder: tuple[Step, ...]
) -> Cadence:
    """The round itself, owed by whoever makes it; what is looked at are the rules that were `asked` for it."""
    return Cadence(
        rule,
        where,
        sentence,
        round=round_,
        owner=LOOKS[round_],
        closed_by=((finished(round_), ""),),
        roll="none",
        ladder=ladder,
        missed_after=OVER,
        title=title,
        shown_by=ROUNDS,
    )
