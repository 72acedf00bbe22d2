"""The rule book as plain data, in both languages at once: for `zhidu rules list` and for programs."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

from flask_babel import force_locale

from core.handbook.kinds import Rule
from core.handbook.registry import RuleBook
from core.handbook.values import Setting
from core.handbook.words import label_of, said, sentence

LANGUAGES = ("zh", "en")


def listed(rule_book: RuleBook) -> list[dict[str, Any]]:
    """Every rule: id, kind, plugin and owner, clause, sentence with the rule book's own figures, settings, tests."""
    found = [_neutral(rule_book, each) for each in rule_book.rules.values()]
    for language in LANGUAGES:
        with force_locale(language):
            for row, rule in zip(found, rule_book.rules.values(), strict=True):
                _add_texts(row, rule, language)
    return found


def _neutral(rule_book: RuleBook, rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "kind": rule.kind,
        "plugin": rule_book.owners[rule.id],
        "owner": rule_book.owners[rule.id],
        "version": rule.version,
        "clause": {
            "id": rule.clause.id,
            "document": str(rule.clause.document),
            "heading": rule.clause.heading,
            "says": {},
        },
        "sentence": {},
        "settings": [_setting(each) for each in rule.settings],
        "tests": list(rule.shown_by),
    }


def _setting(setting: Setting) -> dict[str, Any]:
    return {
        "name": setting.name,
        "kind": setting.kind,
        "default": simple(setting.default),
        "suggested": simple(setting.suggested),
        "low": simple(setting.low),
        "high": simple(setting.high),
        "choices": [choice for choice, _label in setting.choices],
        "by_two": setting.by_two,
        "inferred": setting.inferred,
        "label": {},
        "fixed": {},
        "unset": {},
    }


def _add_texts(row: dict[str, Any], rule: Rule, language: str) -> None:
    row["clause"]["says"][language] = said(rule.clause.says)
    row["sentence"][language] = sentence(rule, {each.name: each.default for each in rule.settings})
    for shown, setting in zip(row["settings"], rule.settings, strict=True):
        shown["label"][language] = label_of(setting)
        shown["fixed"][language] = said(setting.fixed)
        shown["unset"][language] = said(setting.unset)


def simple(value: Any) -> Any:
    """A value as JSON has it; exact figures and times as texts."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal | date):
        return str(value)
    if isinstance(value, tuple | list):
        return [simple(each) for each in value]
    return value
