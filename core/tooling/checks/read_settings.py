"""Whether something reads each setting of a rule: one that nothing reads changes nothing but the handbook's text."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import partial
from types import CodeType, FunctionType
from typing import Any

from core.handbook.kinds import Amount, Approval, Check, Checklist, Rule
from core.handbook.naming import settings_named
from core.handbook.values import Setting


def unread(rule: Rule) -> list[str]:
    """The settings that neither the rule's kind nor its functions read; those that are fixed may be read by nobody."""
    if isinstance(rule, Checklist):
        return []  # switches, the choice of items, and what stands behind an item
    known = {*settings_named(rule), *(name for each in _functions(rule) for name in named_in(each))}
    return [
        each.name
        for each in rule.settings
        if not each.fixed and each.name not in known and not _is_read_elsewhere(each)
    ]


def named_in(function: Callable[..., Any]) -> set[str]:
    """The texts that a function names, and those that it calls in its own package; also by a module's constants."""
    return set(_named(function, set()))


def _named(function: Any, seen: set[Any]) -> Iterator[str]:
    while isinstance(function, partial):
        yield from (each for each in (*function.args, *function.keywords.values()) if isinstance(each, str))
        function = function.func
    if not isinstance(function, FunctionType) or function in seen:
        return
    seen.add(function)
    yield from _constants(function.__code__)
    package = function.__module__.rpartition(".")[0]
    for name in _names(function.__code__):
        value = function.__globals__.get(name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, FunctionType) and value.__module__.startswith(package):
            yield from _named(value, seen)


def _constants(code: CodeType) -> Iterator[str]:
    for each in code.co_consts:
        if isinstance(each, str):
            yield each
        elif isinstance(each, CodeType):
            yield from _constants(each)


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _names(each)


def _functions(rule: Rule) -> list[Callable[..., Any]]:
    if isinstance(rule, Check):
        return [rule.judge]
    if isinstance(rule, Amount):
        return [rule.figure]
    return [rule.needed] if isinstance(rule, Approval) and rule.needed is not None else []


def _is_read_elsewhere(setting: Setting) -> bool:
    """Whether the function that it names is there, and names it."""
    module, _colon, name = setting.read_by.partition(":")
    if not module:
        return False
    try:
        function = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return False
    return function is not None and setting.name in named_in(function)
