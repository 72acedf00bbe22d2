"""What does not fit an entity is refused when the program starts, in a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from company import Company
from core.workflow.kinds import State, Transition, Witnesses, Workflow
from core.workflow.registry import judged
from leave_office import LEAVE as LEAVE_FOLDER  # noqa: F401 - makes `leave` importable

from leave.workflows import LEAVE  # isort: skip

FIRST = LEAVE.transitions[0]


def with_first(**changes: Any) -> Workflow:
    return replace(LEAVE, transitions=(replace(FIRST, **changes), *LEAVE.transitions[1:]))


def added(transition: Transition) -> Workflow:
    return replace(LEAVE, transitions=(*LEAVE.transitions, transition))


CASES: dict[str, tuple[Callable[[], Workflow], str]] = {
    "entity": (lambda: replace(LEAVE, entity="leave.nothing"), "there is no such entity"),
    "row version": (lambda: replace(LEAVE, entity="shop.order"), "add RowVersion"),
    "posted": (lambda: replace(LEAVE, entity="shop.receipt"), "posted fact"),
    "field": (lambda: replace(LEAVE, field="mood"), "describe it"),
    "by hand": (lambda: replace(LEAVE, field="reason"), "describe it as readonly"),
    "initial": (lambda: replace(LEAVE, initial="submitted"), "does not begin as submitted"),
    "no initial": (lambda: replace(LEAVE, initial="nowhere"), "none of its states"),
    "lost state": (
        lambda: replace(LEAVE, states=(*LEAVE.states, State("lost", "Lost"))),
        "no move leads to the state lost",
    ),
    "state": (lambda: with_first(to="nowhere"), "names the state nowhere"),
    "from": (lambda: with_first(source=()), "starts from no state"),
    "right": (lambda: with_first(right="fly"), "needs the right fly"),
    "id": (lambda: with_first(id="Do It"), "small letters"),
    "asked": (lambda: with_first(fields=("mood",)), "asks for mood"),
    "state asked": (lambda: with_first(asks=("state",)), "nobody can enter"),
    "witness": (lambda: with_first(witnesses=Witnesses(2, ("mood",))), "not to be in mood"),
    "set": (lambda: with_first(sets=(("state", "granted"),)), "it sets state"),
    "mover": (lambda: with_first(only_by="mood"), "leave.application has no field mood"),
    "barred": (lambda: with_first(not_by=("boss.id",)), "leave.application has no reference boss"),
    "otherwise": (lambda: with_first(otherwise="vanish"), "names vanish, which is no transition"),
    "asker": (
        lambda: with_first(asker="note"),
        "names note, which is no field with a column for a reference",
    ),
    "person": (lambda: with_first(by="note"), "names note, which is no field with a column for a reference"),
    "day": (lambda: with_first(on="person_id"), "which is no field with a column for a date or instant"),
    "lock": (lambda: with_first(locks="mood"), "names mood"),
    "guard": (lambda: with_first(guards=("LEAVE-R01",)), "LEAVE-R01 is no check of leave.application"),
    "deadline": (lambda: with_first(within="LEAVE-R02"), "which is no deadline"),
    "double": (lambda: added(FIRST), "submit stands there twice"),
}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
@pytest.mark.parametrize("case", CASES)
def test_what_does_not_fit_is_named(office: Company, case: str):
    make, said = CASES[case]
    found = judged([make()], office.installation.entities, office.installation.rules.rules)
    assert any(said in each for each in found), found


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_fits_is_taken(office: Company):
    assert judged([LEAVE], office.installation.entities) == []
