"""Negotiations, deposits and conversion: of the branch by month, and of each designer with the lists behind them."""

# zh-ok-file: what people read in Chinese

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import decoration_company
from company import Company
from core.measures.months import Months
from decoration_company import HERE, setting_changed
from decoration_design import at, commission, customer_of, met
from pages import Page
from plugins.decoration import designers
from plugins.decoration.models.design import Fee, Receipt
from plugins.decoration.rules import names_design as d

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def company(module_migrated_url: str, module_home: Path) -> Iterator[Company]:
    made = decoration_company.found(module_migrated_url, module_home)
    made.add_person(f"{HERE}.second", HERE, "decoration.designer")
    first, second = made.people[f"{HERE}.designer"], made.people[f"{HERE}.second"]
    with at(TODAY):
        for number, (designer, day) in enumerate(
            [(first, 2), (first, 9), (first, 16), (second, 3), (second, 30)]
        ):
            held = date(2026, 11 if day < 30 else 10, day)
            design = commission(made, f"S-{number}", designer_id=designer)
            met(made, design, d.FIRST_MEETING, designer_id=designer, planned_on=held, held_on=held)
            met(made, design, d.MEASURING, designer_id=designer, planned_on=held, held_on=held)
            if number in (0, 1, 3):
                deposit(made, design, designer, held, back=number == 3)
    yield made
    made.database.dispose()


def deposit(company: Company, design: int, designer: int, day: date, back: bool) -> None:
    """A design deposit that finance received, and perhaps took back."""
    whose = {"customer_id": customer_of(company, design), "commission_id": design, "kind": d.DESIGN_DEPOSIT}
    fee = company.put(HERE, Fee(**whose, amount=Decimal(1000), opened_on=day, state=d.PAID, paid_on=day))
    posted = {**whose, "fee_id": fee, "designer_id": designer, "received_on": day, "method": d.CASH}
    taken = company.put(HERE, Receipt(number=f"SJ{design:08d}", amount=Decimal(1000), **posted))
    if back:
        number = f"SJ{design + 1000:08d}"
        reversal = company.put(
            HERE, Receipt(number=number, amount=Decimal(-1000), reverses_id=taken, **posted)
        )
        with company.session(HERE) as session:
            session.get_one(Receipt, taken).reversed_by_id = reversal


def test_conversion_is_deposits_of_negotiations(company: Company) -> None:
    with company.session(HERE) as session:
        found = designers.counted(session, Months("2026-11", TODAY, 2))
    of = {
        name: {each.month: (each.amount, each.of) for each in found[name]}
        for name in (designers.NEGOTIATIONS, designers.DEPOSITS, designers.CONVERSION)
    }
    assert of[designers.NEGOTIATIONS] == {"2026-10": (1, None), "2026-11": (4, None)}
    assert of[designers.DEPOSITS] == {"2026-10": (0, None), "2026-11": (2, None)}
    assert of[designers.CONVERSION] == {"2026-10": (0, 1), "2026-11": (2, 4)}


def rows_of(company: Company, who: str, month: str = "2026-11", language: str = "en") -> list[list[str]]:
    with at(TODAY):
        answer = company.client_of(f"{HERE}.{who}", language).get(f"/decoration/designers/?month={month}")
    assert answer.status_code == 200, answer.text
    return cells(answer.text)


def cells(markup: str) -> list[list[str]]:
    """The rows of the page's only table, as they are read."""
    table = markup.partition("<table")[2].partition("</table>")[0]
    rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]*>", "", cell).strip() for cell in row] for row in found]


def test_each_designer_has_figures_with_the_list_behind_them(company: Company) -> None:
    head, *rows = rows_of(company, "manager")
    assert head == ["Designer", "Negotiations held", "Deposits taken", "Conversion rate"]
    assert [row[1:] for row in rows] == [["3", "2", "66.7%"], ["1", "0", "0%"]]
    with at(TODAY):
        browser = company.client_of(f"{HERE}.manager")
        page = browser.get("/decoration/designers/?month=2026-11")
        links = [each for each in Page(page.text).links if "f_designer_id" in each]
        counts = [len(cells(browser.get(each).text)[1:]) for each in links]
    assert counts == [3, 2, 1, 0]


def test_a_designer_reads_their_own_figures(company: Company) -> None:
    _head, *rows = rows_of(company, "second")
    assert [row[1:] for row in rows] == [["1", "0", "0%"]]


def test_a_branch_publishes_what_it_chooses(company: Company) -> None:
    with at(TODAY):
        setting_changed(company, "DEC-R42", "designer_stats", ("deposits",), TODAY)
    head, *_rows = rows_of(company, "manager", language="zh")
    assert head == ["设计师", "订金数"]
    with at(TODAY):
        setting_changed(
            company, "DEC-R42", "designer_stats", ("negotiations", "deposits", "conversion"), TODAY
        )
