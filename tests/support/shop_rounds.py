"""Rounds that the shop owes, and the rules that ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import shop_checklists as lists
from company import Company
from core.handbook.kinds import Cadence, Clause, Rule, Step
from core.handbook.values import WEEKS, Setting
from core.inspections.kinds import finished
from duties import ruled_by

CLAUSE = Clause("rounds", "Shop rules", "11", "The shop is looked through.")
DAILY = Cadence(
    "SHOP-R30",
    CLAUSE,
    "The opening round is made every day.",
    round="shop.opening",
    owner="shop.inspector",
    closed_by=((finished("shop.opening"), ""),),
    roll="none",
    ladder=(Step(1, "shop.clerk"), Step(2, "shop.manager")),
    missed_after=3,
    title="Opening rounds",
)
OFTEN = Cadence(
    "SHOP-R31",
    CLAUSE,
    "The store is looked at every %(every)s.",
    (Setting("every", WEEKS, 1, "How often"),),
    round="shop.store",
    every="every",
    owner="shop.inspector",
    closed_by=((finished("shop.store"), ""),),
    roll="none",
    title="Store rounds",
)
STORE_ROUND = replace(lists.STORE_ROUND, every=OFTEN.id)
ROUNDS = (lists.OPENING, STORE_ROUND)
RULES: tuple[Rule, ...] = (lists.OPENING_ITEMS, lists.CLEAN, lists.STORE, DAILY, OFTEN)


@contextmanager
def looked_through(company: Company) -> Iterator[None]:
    """Both branches have an inspector, who owes the rounds."""
    known = company.installation
    before = known.inspections, known.positions
    known.inspections = {each.id: each for each in ROUNDS}
    known.positions = {**known.positions, lists.INSPECTOR.id: lists.INSPECTOR}
    for branch in ("east", "west"):
        name = f"{branch}.inspector"
        if name not in company.people:
            company.add_person(name, branch, lists.INSPECTOR.id)
    try:
        with ruled_by(company, RULES):
            yield
    finally:
        known.inspections, known.positions = before
