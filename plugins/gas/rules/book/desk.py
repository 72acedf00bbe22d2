"""Part 4 of the paper, the front desk (前台)."""

# zh-ok-file: headings as the paper numbers them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Access, Check, Facts, Is, Refusal, Rule, Settings
from core.handbook.values import LIST, MINUTES, TEXT, YES_NO, Setting
from plugins.gas.rules.book.saying import (
    CARD_CLERK,
    CASHIER,
    DOORS,
    FINANCE,
    HALL,
    HEAD,
    OPENING,
    SERVICE,
    TEAM_LEADER,
    asked,
    by_right,
    clause,
    switch,
)

DISCIPLINE = clause(
    "desk-1", "前台1", N_("Clerks at the desk are disciplined; their work is good and quick.")
)
QUICK = clause(
    "desk-3", "前台3", N_("Accounts are opened, cards made, money taken and settled fast and exactly.")
)
NOTES = clause("desk-4", "前台4", N_("Nothing is charged wrongly or forgotten; every note is checked."))
REVENUE = clause("desk-5", "前台5", N_("Revenue data is not disclosed to those whom it does not concern."))
BANK_CARDS = clause("desk-7", "前台7", N_("Payments by UnionPay card follow the bank's rules."))
EQUIPMENT = clause(
    "desk-8",
    "前台8",
    N_("Computer, printer, calculator and note detector are cared for, clean and used rightly."),
)
CLEAN_HALL = clause(
    "desk-9", "前台9", N_("Before opening the hall is cleaned inside and out, the desks are tidy.")
)

READERS = (
    (CASHIER, N_("Cashier clerk")),
    (TEAM_LEADER, N_("Business centre team leader")),
    (HEAD, N_("Customer service head")),
    (FINANCE, N_("Planning and finance")),
)


def notes_were_checked(facts: Facts, settings: Settings) -> Refusal | None:
    """GAS-R38: cash is taken once its notes were looked at."""
    if not settings["note_check_required"] or facts["notes_checked"]:
        return None
    return Refusal(N_("Check every note for counterfeits and confirm it here."), {}, ("notes_checked",))


RULES: tuple[Rule, ...] = (
    asked("GAS-R36", DISCIPLINE, SERVICE, switch("desk_checklist", N_("Work at the desk is looked at"))),
    asked("GAS-R37", QUICK, SERVICE),
    asked(
        "GAS-R37-B",
        clause("desk-3-time", "前台3", N_("No customer is served longer than the target says.")),
        SERVICE,
        Setting("service_time_target", MINUTES, None, N_("Served within"), suggested=15),
    ),
    Check(
        "GAS-R38",
        NOTES,
        N_("Cash is taken after every note was checked for counterfeits: %(note_check_required)s."),
        (Setting("note_check_required", YES_NO, True, N_("Notes have to be checked")),),
        entity="gas.payment",
        judge=notes_were_checked,
        where=(Is("method", "cash"),),
        shown_by=(
            "tests/plugins/gas/test_rule_checks.py::test_cash_is_refused_until_its_notes_were_checked",
        ),
    ),
    Access(
        "GAS-R41",
        REVENUE,
        N_("Payments are seen by %(revenue_readers)s, and by the card clerk who stands in at the counter."),
        (
            by_right(
                "revenue_readers",
                LIST,
                (CASHIER, TEAM_LEADER, HEAD, FINANCE),
                N_("May read revenue data"),
                choices=READERS,
            ),
        ),
        grants=tuple(
            (each, "gas.payment", "see") for each in (CASHIER, TEAM_LEADER, HEAD, FINANCE, CARD_CLERK)
        ),
        only=(("gas.payment", "see"),),
        shown_by=(
            DOORS,
            "tests/plugins/gas/test_rule_access.py::test_revenue_is_read_by_those_whom_it_concerns",
        ),
    ),
    asked(
        "GAS-R42", BANK_CARDS, SERVICE, Setting("bank_rules_ref", TEXT, "", N_("Where the bank's rules are"))
    ),
    asked(
        "GAS-R43", EQUIPMENT, HALL, Setting("equipment_list", LIST, (), N_("Further equipment to look at"))
    ),
    asked("GAS-R44", CLEAN_HALL, OPENING, switch("opening_cleaning", N_("Cleaning before opening"))),
)
