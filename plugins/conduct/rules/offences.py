"""The tariff of offences (处罚条目): the fourteen items with their fines (GPN-R01 to GPN-R14, GPN-R16)."""

from __future__ import annotations

from decimal import Decimal

from core.handbook.kinds import Amount, Clause, Is
from core.handbook.values import MONEY, Setting
from plugins.conduct.rules.figures import between, fixed, misfit
from plugins.conduct.rules.names import HAZARD, N_, NO_HAZARD, SLIP, TARIFF_RULES

TESTS = "tests/plugins/conduct/test_offences.py"
RANGE = N_("The fine is from %(fine_min)s to %(fine_max)s.")
FIGURE = N_("The fine is %(fine)s.")
NO_FIGURE = N_("The paper prints no amount; the fine that is set here: %(fine)s.")


def ranged(rule: str, item: str, says: str, low: int, high: int, consequence: str = "") -> Amount:
    """An item whose fine lies between two figures; `consequence` is the tier that it is for."""
    return Amount(
        rule,
        Clause(f"item-{item}", TARIFF_RULES, item, says),
        RANGE,
        (
            Setting("fine_min", MONEY, Decimal(low), N_("Least fine"), low=Decimal(0)),
            Setting("fine_max", MONEY, Decimal(high), N_("Highest fine"), low=Decimal(0)),
        ),
        entity=SLIP,
        figure=between,
        refuses=misfit,
        where=about(rule, consequence),
        shown_by=(f"{TESTS}::test_a_fine_lies_within_its_range",),
    )


def printed(rule: str, item: str, says: str, fine: int) -> Amount:
    """An item with one figure."""
    return Amount(
        rule,
        Clause(f"item-{item}", TARIFF_RULES, item, says),
        FIGURE,
        (Setting("fine", MONEY, Decimal(fine), N_("Fine"), low=Decimal(0)),),
        entity=SLIP,
        figure=fixed,
        refuses=misfit,
        where=about(rule),
        shown_by=(f"{TESTS}::test_a_fine_is_the_one_figure_of_its_item",),
    )


def unprinted(rule: str, item: str, says: str, suggested: int) -> Amount:
    """An item without a figure in the paper: no fine until somebody sets it; the one of item 9 is offered."""
    return Amount(
        rule,
        Clause(f"item-{item}", TARIFF_RULES, item, says),
        NO_FIGURE,
        (Setting("fine", MONEY, None, N_("Fine"), suggested=Decimal(suggested), low=Decimal(0)),),
        entity=SLIP,
        figure=fixed,
        refuses=misfit,
        where=about(rule),
        shown_by=(f"{TESTS}::test_an_item_without_a_figure_allows_no_fine_until_it_is_set",),
    )


def about(rule: str, consequence: str = "") -> tuple[Is, ...]:
    """Slips that name the item, and the tier where there are some."""
    item = Is("offence.rule", rule)
    return (item, Is("consequence", consequence)) if consequence else (item,)


ITEMS: tuple[Amount, ...] = (
    ranged(
        "GPN-R01", "1", N_("A justified complaint about a poor attitude, without a major effect."), 50, 100
    ),
    ranged("GPN-R02", "2", N_("Training, a meeting or an activity missed without cause."), 50, 100),
    printed(
        "GPN-R03", "3", N_("Who has to supervise saw a problem and neither stopped nor reported it."), 100
    ),
    printed("GPN-R04", "4", N_("A procedure or rule was broken, which made a hazard."), 200),
    ranged("GPN-R05", "5", N_("A customer was kept waiting through one's own fault."), 50, 100),
    printed("GPN-R06", "6", N_("A superior's reasonable instruction was defied or contradicted."), 200),
    unprinted("GPN-R07", "7", N_("Divisive talk, or statements that harm the estate or the company."), 200),
    unprinted(
        "GPN-R08", "8", N_("A quarrel with a colleague or customer in public, with a bad effect."), 200
    ),
    printed(
        "GPN-R09", "9", N_("Leaving one's post or neglecting duty on shift, to the company's harm."), 200
    ),
    printed("GPN-R10", "10", N_("A gas outage or other major accident through one's own fault."), 200),
    ranged("GPN-R11", "11", N_("A resident's interest was harmed, who complained."), 50, 100),
    printed("GPN-R12", "12", N_("A record was incomplete or could not be read."), 200),
    ranged(
        "GPN-R13",
        "13-1",
        N_("No check after gas was opened or installed; no hazard arose."),
        200,
        500,
        NO_HAZARD,
    ),
    ranged(
        "GPN-R14",
        "13-2",
        N_("No check after gas was opened or installed; a hazard arose."),
        500,
        1000,
        HAZARD,
    ),
    ranged("GPN-R16", "14", N_("Data was entered wrongly, or not corrected in time."), 50, 200),
)
