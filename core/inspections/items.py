"""What is looked at on a round: the items of the checklist rules in force in the branch on the day, those of
administrators last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.data.marks import N_
from core.handbook.kinds import Checklist, Rule, Settings
from core.handbook.registry import book
from core.handbook.settings import Shelf, is_unset
from core.handbook.values import YES_NO
from core.handbook.words import label_of, msgid, said, told, told_setting
from core.inspections.kinds import InspectionRound
from core.inspections.own import own_items

DETAIL = N_("%(label)s: %(value)s.")


@dataclass(frozen=True)
class Item:
    """An item with its rule and the settings in force; `key` is empty for a rule whose sentence is the only item."""

    rule: Checklist
    key: str
    text: str
    settings: Settings

    @property
    def name(self) -> str:
        """By what a form names it."""
        return f"{self.rule.id}.{self.key}"


def items_on(session: Session, round_: InspectionRound, branch_id: int, day: date) -> list[Item]:
    """The items of a round in a branch on a day, in the order of the rule book."""
    return items_of_rounds(session, (round_,), branch_id, day)[round_.id]


def items_of_rounds(
    session: Session, rounds: tuple[InspectionRound, ...], branch_id: int, day: date
) -> dict[str, list[Item]]:
    """As `items_on` for several rounds, in as many statements as for one."""
    found: dict[str, list[Item]] = {each.id: [] for each in rounds}
    rules = [each for each in book().of_kind(Checklist) if each.round in found]
    shelf = Shelf(session, rules)
    for rule in rules:
        found[rule.round] += items_of(rule, shelf.settings(rule, branch_id, day))
    for own in own_items(session, found, branch_id, day):
        found[own.round] += items_of(own, {})
    return found


def is_asked(rule: Rule, settings: Settings) -> bool:
    """Whether a checklist is gone through: no figure of it is unset, and none of its switches is off."""
    off = any(each.kind == YES_NO and settings[each.name] is False for each in rule.settings)
    return not off and not is_unset(settings)


def items_of(rule: Checklist, settings: Settings) -> list[Item]:
    """The items of one rule; none where it is not asked."""
    if not is_asked(rule, settings):
        return []
    if not rule.items:
        return [Item(rule, "", msgid(rule.sentence), settings)]
    asked = settings[rule.chosen] if rule.chosen else [key for key, _text in rule.items]
    return [Item(rule, key, msgid(text), settings) for key, text in rule.items if key in asked]


def told_item(text: str, rule_id: str, settings: Mapping[str, Any]) -> str:
    """An item in the reader's language, the settings that it names put in; also of a rule that is gone.

    What else a branch may set of it (the copies, the words, the equipment to look at) stands behind it.
    """
    rule = book().get(rule_id)
    known = {each.name: each for each in rule.settings} if rule is not None else {}
    told_ = {
        name: told_setting(known[name], value) if name in known else told(value)
        for name, value in settings.items()
    }
    named = {name: value for name, value in told_.items() if f"%({name})" in text}
    further = [
        gettext(DETAIL, label=label_of(known[name]), value=value)
        for name, value in told_.items()
        if name not in named and _is_detail(rule, name, settings[name])
    ]
    return " ".join((said(text, named or None), *further))


def _is_detail(rule: Rule | None, name: str, value: Any) -> bool:
    """Whether a setting tells the inspector something: no switch, not the choice of items, and filled in."""
    if rule is None or name == getattr(rule, "chosen", "") or value in (None, "", (), []):
        return False
    return any(each.name == name and each.kind != YES_NO for each in rule.settings)
