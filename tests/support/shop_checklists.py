"""Rounds of looking in the shop, and the checklist rules that stand on them."""

from __future__ import annotations

from core.handbook.kinds import Cadence, Checklist, Clause, Rule
from core.handbook.values import MONTHS, NUMBER, YES_NO, Setting
from core.inspections.kinds import WEEK, InspectionRound
from core.people.positions import Position, grant

CLAUSE = Clause("opening", "Shop rules", "7", "Before the shop opens it is looked through.")
OPENING_ITEMS = Checklist(
    "SHOP-R20",
    CLAUSE,
    "Before opening, equipment and supplies are ready.",
    (Setting("opening_checklist", YES_NO, True, "Opening checklist"),),
    round="shop.opening",
    by="shop.inspector",
    items=(("lights", "The lights burn."), ("till", "The till has change.")),
)
CLEAN = Checklist(
    "SHOP-R21",
    Clause("clean", "Shop rules", "8", "The shop is clean."),
    "At most %(most)s things lie about.",
    (Setting("most", NUMBER, 3, "Most things"),),
    round="shop.opening",
    by="shop.inspector",
)
STORE = Checklist(
    "SHOP-R22",
    Clause("store", "Shop rules", "9", "The store is in order."),
    "The store is locked.",
    round="shop.store",
    by="shop.inspector",
)
OFTEN = Cadence(
    "SHOP-R23",
    Clause("often", "Shop rules", "10", "The roof is looked at."),
    "The roof is looked at every %(every)s.",
    (Setting("every", MONTHS, 3, "How often"),),
    owner="shop.inspector",
    every="every",
)
RULES: tuple[Rule, ...] = (OPENING_ITEMS, CLEAN, STORE, OFTEN)
OPENING = InspectionRound("shop.opening", "Opening round", "shop.inspector", order=1)
STORE_ROUND = InspectionRound("shop.store", "Store round", "shop.inspector", every=WEEK, order=2)
ROOF = InspectionRound("shop.roof", "Roof round", "shop.inspector", every="SHOP-R23", order=3)
ROUNDS = (OPENING, STORE_ROUND, ROOF)
INSPECTOR = Position(
    "shop.inspector",
    "Inspector",
    (
        grant("shop.customer", "see", clause="X"),
        grant("core.inspection", "see", "fill", clause="X"),
        grant("core.inspection-result", "see", "export", clause="X"),
    ),
)
"""Who looks; a filler has the right but not the position."""
FILLER = Position("shop.filler", "Filler", (grant("core.inspection", "fill", clause="X"),))
