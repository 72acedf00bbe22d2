"""The headings of the rule books' clauses: data, which every language shows as its paper numbers them."""

from __future__ import annotations

import functools

import plugins.conduct.rules as conduct_rules
import plugins.decoration.rules.book as decoration_rules
import plugins.gas.rules.book as gas_rules


@functools.cache
def clause_headings() -> tuple[str, ...]:
    """Of every department's rule book; long ones first, so that none is taken for a shorter one."""
    rules = (*gas_rules.RULES, *conduct_rules.RULES, *decoration_rules.RULES)
    return tuple(sorted({each.clause.heading for each in rules}, key=len, reverse=True))
