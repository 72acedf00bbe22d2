"""The periods of rounds, and what is wrong with rounds that name what is not there."""

from __future__ import annotations

from datetime import date

import pytest

from core.handbook.kinds import Checklist
from core.handbook.periods import Period, period_of
from core.handbook.values import DAYS, MONTHS, WEEKS, YEARS
from core.inspections.judging import judged
from core.inspections.kinds import InspectionRound
from core.inspections.often import is_known
from shop_checklists import CLAUSE, OFTEN, OPENING, OPENING_ITEMS, ROOF


@pytest.mark.parametrize(
    ("unit", "count", "first", "last"),
    [
        (DAYS, 1, date(2026, 11, 25), date(2026, 11, 25)),
        (DAYS, 3, date(2026, 11, 25), date(2026, 11, 27)),
        (WEEKS, 1, date(2026, 11, 23), date(2026, 11, 29)),
        (WEEKS, 2, date(2026, 11, 16), date(2026, 11, 29)),
        (MONTHS, 1, date(2026, 11, 1), date(2026, 11, 30)),
        (MONTHS, 3, date(2026, 10, 1), date(2026, 12, 31)),
        (YEARS, 1, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_lies_in_one_period(unit: str, count: int, first: date, last: date):
    assert period_of(date(2026, 11, 25), unit, count) == Period(first, last)
    assert period_of(first, unit, count) == Period(first, last)
    assert period_of(last, unit, count) == Period(first, last)


def test_how_often_is_said_by_a_word_a_cadence_or_a_setting():
    book = {each.id: each for each in (OFTEN, OPENING_ITEMS)}
    assert is_known(OPENING, book)
    assert is_known(ROOF, book)
    assert is_known(InspectionRound("shop.a", "A", "x", every="SHOP-R23.every"), book)
    assert not is_known(InspectionRound("shop.a", "A", "x", every="SHOP-R99"), book)
    assert not is_known(InspectionRound("shop.a", "A", "x", every="SHOP-R20.opening_checklist"), book)


def test_a_round_and_a_checklist_name_what_is_there():
    rules, rounds = {OFTEN.id: OFTEN}, {OPENING.id: OPENING, ROOF.id: ROOF}
    assert judged([OPENING_ITEMS], rounds.values(), rounds, rules, {"shop.inspector"}) == []
    wrong = judged([OPENING_ITEMS], [ROOF], {}, {}, ())
    assert "there is no inspection round shop.opening" in wrong[0]
    assert any("there is no position shop.inspector" in each for each in wrong)
    assert any("how often" in each for each in wrong)
    doubled = Checklist("SHOP-R1", CLAUSE, "X.", round=OPENING.id, by="x", items=(("a", "A"), ("a", "B")))
    assert "keys of their own" in judged([doubled], (), rounds, rules, ())[0]
