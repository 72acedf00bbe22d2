"""What the paper, and the law, say of repairs and their warranty."""

# zh-ok-file: headings as the papers number them

from __future__ import annotations

from core.data.marks import N_
from core.handbook.kinds import Check, Clause, Deadline, Facts, Is, Refusal, Rule, Settings
from core.handbook.values import YEARS, YES_NO, Setting
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c
from plugins.decoration.rules.book.saying import called, clause, switch
from plugins.decoration.rules.names_callbacks import REPAIR

CARD = clause(
    "repair-card",
    "一·3(3)2)售后A",
    N_("The repair card that the customer filled in is collected and filed."),
)
CALLED_BACK = clause(
    "repairs-flow",
    "一·1(4)3)C；一·3(3)2)售后D",
    N_("Repairs are settled without delay, and the customer is called back."),
)
WARRANTY = Clause(
    "warranty",
    N_("Measures for residential interior decoration"),
    "第三十二条",
    N_("The works are under warranty for two years, what keeps water out for five, from acceptance on."),
)
LAST_DAYS = "plugins.decoration.warranty:ends"
_TESTS = "tests/plugins/decoration/test_repairs.py::"
_CALLS = "tests/plugins/decoration/test_calls_ending.py::"


def card_is_filed(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R71: the customer's card is in the file before the order is closed."""
    if not settings["repair_card_required"] or facts["card_filed_on"] is not None:
        return None
    return Refusal(
        N_("Collect the card that the customer filled in, and enter when it was filed."),
        fields=("card_filed_on",),
    )


def is_called_back(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R16 for repairs: the customer is called back."""
    if facts["call_back_said"]:
        return None
    return Refusal(N_("Call the customer back about the repair first."), fields=("call_back_said",))


def is_charged_rightly(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R71-B: nothing is charged within the warranty."""
    if not facts["in_warranty"] or not facts["charge"]:
        return None
    return Refusal(
        N_("This is under warranty until %(day)s, so nothing is charged."),
        {"day": facts["warranty_until"]},
        ("charge",),
    )


def has_a_charge(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R71-C: what is repaired out of warranty says what it costs, be it nothing."""
    if facts["in_warranty"] or facts["charge"] is not None:
        return None
    return Refusal(
        N_("This is out of warranty: enter what is charged, 0 where the firm bears it."), fields=("charge",)
    )


RULES: tuple[Rule, ...] = (
    Check(
        "DEC-R16-B",
        CALLED_BACK,
        N_("A repair ends with a call-back."),
        entity=c.REPAIR,
        judge=is_called_back,
        moments=("close",),
        shown_by=(_TESTS + "test_a_repair_ends_with_the_card_and_a_call_back",),
    ),
    Deadline(
        "DEC-R16-D",
        CALLED_BACK,
        N_("Once the customer has accepted a repair, the customer is called back about it."),
        entity=c.REPAIR,
        event=f"{c.REPAIR}.{c.ACCEPTED}",
        at_once=True,
        owner=n.SPECIALIST,
        closed_by=called(REPAIR, "repair"),
        while_=(Is("state", c.ACCEPTED, c.CLOSED),),
        title=N_("Call back after a repair"),
        shown_by=(_CALLS + "test_an_accepted_repair_is_called_back_and_filed_once_its_card_is",),
    ),
    Check(
        "DEC-R71",
        CARD,
        N_("A repair is closed once the customer's card is filed: %(repair_card_required)s."),
        (switch("repair_card_required", N_("The repair card is collected")),),
        entity=c.REPAIR,
        judge=card_is_filed,
        moments=("close",),
        shown_by=(_TESTS + "test_a_repair_ends_with_the_card_and_a_call_back",),
    ),
    Check(
        "DEC-R71-B",
        WARRANTY,
        N_(
            "Nothing is charged under warranty: %(general_years)s for the works, %(waterproof_years)s for what keeps"
            " water out; a last day that is off gives way to the next working day: %(rolls_to_workday)s."
        ),
        (
            Setting(
                "general_years",
                YEARS,
                2,
                N_("Warranty of the works"),
                low=1,
                inferred=True,
                read_by=LAST_DAYS,
            ),
            Setting(
                "waterproof_years",
                YEARS,
                5,
                N_("Warranty against leaks"),
                low=1,
                inferred=True,
                read_by=LAST_DAYS,
            ),
            Setting(
                "rolls_to_workday",
                YES_NO,
                False,
                N_("Last day by article 203 of the Civil Code"),
                inferred=True,
                read_by="plugins.decoration.warranty:last_day",
            ),
        ),
        entity=c.REPAIR,
        judge=is_charged_rightly,
        moments=("save", "finish"),
        shown_by=(
            _TESTS + "test_nothing_is_charged_under_warranty",
            _TESTS + "test_a_warranty_runs_to_its_last_day",
            _TESTS + "test_a_last_day_off_gives_way_where_the_branch_says_so",
        ),
    ),
    Check(
        "DEC-R71-C",
        WARRANTY,
        N_("A repair out of warranty says what is charged."),
        entity=c.REPAIR,
        judge=has_a_charge,
        moments=("finish",),
        shown_by=(_TESTS + "test_what_is_out_of_warranty_says_what_it_costs",),
    ),
)
