"""The permission matrix of section 1.1 for appointments and payments, and whose designs a designer sees."""

from __future__ import annotations

import pytest

from company import Company
from core.people.positions import Position
from decoration_company import HERE, customer
from decoration_design import API, commission, met
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

BOOKS, ASKS = "LAE invite confirm hold", "LA confirm hold"
MATRIX = {
    d.APPOINTMENT: {
        n.MANAGER: "LE invite confirm hold",
        n.ASSISTANT: "L",
        n.SPECIALIST: BOOKS,
        n.VIP_KEEPER: BOOKS,
        n.DESIGNER: ASKS,
        n.ENGINEERING: ASKS,
        n.INSPECTOR: ASKS,
        n.SALES: "L",
    },
    d.FEE: {
        n.MANAGER: "LAE",
        n.ASSISTANT: "L",
        n.SPECIALIST: "LA notify",
        n.VIP_KEEPER: "L",
        n.GENERAL_MANAGER: "L",
        n.DESIGNER: "L",
        n.SALES: "L",
        n.FINANCE: "LAE confirm",
    },
}
CALLED = {"L": "see", "A": "add", "E": "edit"}


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
@pytest.mark.parametrize("entity", MATRIX)
def test_positions_may_what_the_matrix_says(position: Position, entity: str) -> None:
    held = {action for each in position.grants if each.entity == entity for action in each.actions}
    letters, *named = MATRIX[entity].get(position.id, "").split(" ")
    assert held - {"print", "export"} == {*(CALLED[each] for each in letters), *named}


def test_a_designer_sees_own_designs_only(company: Company) -> None:
    other = company.add_person(f"{HERE}.colleague", HERE, n.DESIGNER)
    mine = company.people[f"{HERE}.designer"]
    whose = customer(company, "O-1", designer_id=mine)
    seen = commission(company, "O-own", customer_id=whose, designer_id=mine)
    hidden = commission(company, "O-other", customer_id=whose, designer_id=other)
    untaken = commission(company, "O-nobody", customer_id=whose, designer_id=None)
    for design in (seen, hidden, untaken):
        met(company, design, d.MEASURING)

    def designs(name: str, who: str) -> set[int]:
        answer = company.api_of(f"{HERE}.{who}")("GET", f"{API}/{name}/?q=(page:0,page_size:100)")
        column = "id" if name == "commission" else "commission_id"
        return {row[column] for row in answer.json["result"]} & {seen, hidden, untaken}

    for name in ("commission", "appointment"):
        assert designs(name, "designer") == {seen, untaken}, name
        assert designs(name, "colleague") == {hidden}, name
        assert designs(name, "specialist") == {seen, hidden, untaken}, name
