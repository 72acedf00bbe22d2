"""The permission matrix of section 1.1 for customers, commissions and sites, and whose rows each position sees."""

from __future__ import annotations

import pytest

from company import Company
from core.people.positions import Position
from decoration_company import DAY, HERE, customer, house
from plugins.decoration.models.construction import Site
from plugins.decoration.models.design import Commission
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

CALLED = {"L": "see", "A": "add", "E": "edit", "X": "export"}
MATRIX = {
    n.CUSTOMER: {
        n.MANAGER: "LEX",
        n.ASSISTANT: "LEX",
        n.SPECIALIST: "LAE",
        n.VIP_KEEPER: "LAE",
        n.GENERAL_MANAGER: "LX",
        n.DESIGNER: "L",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
        n.SALES: "LA",
        n.FINANCE: "L",
    },
    n.COMMISSION: {
        n.MANAGER: "LEX",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LAE",
        n.VIP_KEEPER: "L",
        n.GENERAL_MANAGER: "L",
        n.DESIGNER: "LAE",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
        n.SALES: "L",
        n.FINANCE: "L",
    },
    n.SITE: {
        n.MANAGER: "LX",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LAE",
        n.VIP_KEEPER: "L",
        n.GENERAL_MANAGER: "L",
        n.DESIGNER: "L",
        n.ENGINEERING: "LAE",
        n.INSPECTOR: "LAE",
        n.FINANCE: "L",
    },
    c.CALL_BACK: {
        n.MANAGER: "LAEX",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LAE",
        n.VIP_KEEPER: "LAE",
        n.DESIGNER: "L",
        n.ENGINEERING: "L",
        n.INSPECTOR: "L",
    },
}
"""What the matrix lets each do; taking out (X) stands with the reports of the manager where the matrix has none."""
SEEN = {
    "manager": "ABCD",
    "assistant": "ABCD",
    "specialist": "ABCD",
    "vip-keeper": "D",
    "general-manager": "ABCD",
    "designer": "AB",
    "engineering": "C",
    "inspector": "C",
    "sales": "ABCD",
    "finance": "ABCD",
}
"""A: designed by the designer; B: has a commission of theirs; C: has a site of the inspector; D: a VIP."""


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
@pytest.mark.parametrize("entity", MATRIX)
def test_positions_may_what_the_matrix_says(position: Position, entity: str) -> None:
    held = {action for each in position.grants if each.entity == entity for action in each.actions} & set(
        CALLED.values()
    )
    assert held == {CALLED[letter] for letter in MATRIX[entity].get(position.id, "")}


def test_each_position_sees_its_own_customers_and_what_belongs_to_them(company: Company) -> None:
    people = {name.removeprefix(f"{HERE}."): each for name, each in company.people.items()}
    ids = {
        "A": customer(company, "A", designer_id=people["designer"]),
        "B": customer(company, "B"),
        "C": customer(company, "C"),
        "D": customer(company, "D", customer_class=n.VIP),
    }
    houses = {key: house(company, each, key) for key, each in ids.items()}
    given = {"customer_id": ids["B"], "entrusted_on": DAY, "designer_id": people["designer"]}
    company.put(HERE, Commission(number="B", **given))
    site = {"customer_id": ids["C"], "house_id": houses["C"], "inspector_id": people["inspector"]}
    company.put(HERE, Site(number="C", **site))
    for name, seen in SEEN.items():
        api = company.api_of(f"{HERE}.{name}")
        found = api("GET", "/api/v1/decoration/customer/").json["result"]
        assert {row["number"] for row in found} == set(seen), name
        own = api("GET", "/api/v1/decoration/house/").json["result"]
        assert {row["address"] for row in own} == set(seen), name
        expected = 200 if "A" in seen else 404
        assert api("GET", f"/api/v1/decoration/customer/{ids['A']}").status_code == expected, name


def test_telephones_are_masked_for_those_who_call_nobody(company: Company) -> None:
    known = customer(company, "T-1", phone="13800007777", designer_id=company.people[f"{HERE}.designer"])

    def phone(name: str) -> str:
        answer = company.api_of(f"{HERE}.{name}")("GET", f"/api/v1/decoration/customer/{known}")
        return str(answer.json["result"]["phone"])

    assert {phone(name) for name in ("specialist", "designer", "sales")} == {"13800007777"}
    assert not any("13800007777" in phone(name) for name in ("finance", "general-manager"))
