"""Facts of slips and measures as rules are told them, for tests of rules without a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core.handbook.kinds import Amount, Rule, Span
from plugins.conduct.rules import RULES

BY_ID: dict[str, Rule] = {each.id: each for each in RULES}


def settings_of(rule: Rule, **changes: Any) -> dict[str, Any]:
    """The rule book's own settings, some of them otherwise."""
    return {each.name: each.default for each in rule.settings} | changes


def slip(rule: str = "GPN-R04", **changes: Any) -> dict[str, Any]:
    """A slip that is complete and ready to be issued."""
    return {
        "offence_id": 1,
        "offence.rule": rule,
        "consequence": None,
        "employee.department": "客户服务部",  # zh-ok: the rule book's own name
        "facts": "left the gas valve open",
        "evidence": "photograph",
        "opinion": "a fine by the tariff",
        "educated_on": date(2026, 3, 2),
        "state": "drafted",
        "signed_on": None,
        "refused_on": None,
        **changes,
    }


def measure(kind: str, **changes: Any) -> dict[str, Any]:
    """A measure of a slip that its employee signed."""
    return {
        "kind": kind,
        "slip.state": "effective",
        "slip.bad_attitude": False,
        "slip.refused_on": None,
        "slip.evidence": "photograph",
        "slip.offence.rule": "GPN-R04",
        **changes,
    }


def span(rule_id: str, facts: dict[str, Any], **changes: Any) -> Span | None:
    """What an amount comes to by the rule book's own settings, some of them otherwise."""
    from core.handbook.amounts import figured

    rule = BY_ID[rule_id]
    assert isinstance(rule, Amount)
    return figured(rule, facts, settings_of(rule, **changes))


def yuan(low: str, high: str | None = None) -> Span:
    return Span(Decimal(low), Decimal(high or low))
