"""Positions of the shop that see less than everything."""

from __future__ import annotations

import pytest

from company import Company
from core.people.positions import Position, grant
from core.people.rights.levels import HIDDEN, MASKED, READ

DESK = Position(
    "shop.desk",
    "Shop desk",
    (
        grant(
            "shop.customer",
            "see",
            "add",
            "edit",
            "export",
            clause="SHOP 2",
            fields={"name": MASKED, "note": HIDDEN, "kind": HIDDEN, "credit": READ, "visits": HIDDEN},
        ),
        grant("shop.order", "see", "add", clause="SHOP 2"),
    ),
)


@pytest.fixture(scope="module")
def desk(company: Company) -> Company:
    """The company with somebody at the desk, who gets masked names and no notes."""
    company.installation.positions[DESK.id] = DESK
    company.add_person("east.desk", "east", DESK.id)
    return company
