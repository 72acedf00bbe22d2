"""How the rules of the decoration firm are said: the paper, and settings that are said often."""

from __future__ import annotations

from typing import Any

from core.data.marks import N_
from core.handbook.kinds import Clause
from core.handbook.values import LIST, YES_NO, Setting
from plugins.decoration.rules.names_callbacks import event

PAPER = N_("Work rules of the customer service department")


def clause(number: str, heading: str, says: str) -> Clause:
    """A place in the paper; `says` is a marked text."""
    return Clause(number, PAPER, heading, says)


def called(kind: str, way: str) -> tuple[tuple[str, str], ...]:
    """What a call-back of a kind fulfils, of the object to which `way` leads from the call-back."""
    return ((event(kind), way),)


def switch(name: str, label: str) -> Setting:
    """What a branch may switch off."""
    return Setting(name, YES_NO, True, label)


def picked(name: str, label: str, *choices: tuple[str, Any]) -> Setting:
    """A list of which all is meant, until a branch says otherwise."""
    return Setting(name, LIST, tuple(each for each, _label in choices), label, choices=choices)
