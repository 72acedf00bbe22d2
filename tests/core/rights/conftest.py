"""Positions of the shop that see less than everything, or rule over people below."""

from __future__ import annotations

from datetime import timedelta

import pytest

from company import Company
from core.branches import Branch
from core.branches.models import BRANCH
from core.data import clock
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


KEPT = ("see", "add", "edit")
OFFICE = Position(
    "shop.office",
    "Shop office",
    (
        grant("core.person", *KEPT, clause="SHOP 8"),
        grant("core.appointment", *KEPT, clause="SHOP 8"),
        grant("core.branch", *KEPT, clause="SHOP 8"),
        grant("core.plugin", "see", "edit", clause="SHOP 8"),
        grant("core.factor_duty", *KEPT, "delete", clause="SHOP 8"),
        grant("shop.customer", "see", clause="SHOP 8"),
    ),
)


@pytest.fixture
def office(own_company: Company) -> Company:
    """East has a branch below it; its office keeps people, and may do what a watcher may."""
    own_company.installation.positions[OFFICE.id] = OFFICE
    with own_company.session() as session:
        below = Branch(code="corner", name_zh="街角", name_en="Corner", kind=BRANCH)
        below.parent_id = own_company.branches["east"]
        session.add(below)
        session.flush()
        own_company.branches["corner"] = below.id
    own_company.add_person("east.office", "east", OFFICE.id)
    own_company.add_person("corner.watcher", "corner", "shop.watcher")
    own_company.add_person("newcomer")
    own_company.add_person("left.watcher", "west", "shop.watcher", valid_to=clock.today() - timedelta(days=9))
    return own_company
