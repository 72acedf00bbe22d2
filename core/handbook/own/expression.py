"""Conditions of the builder as an expression of rule-engine: typed by the fields, bounded, without patterns."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask_babel import gettext

from core.data import UserError, clock
from core.data.marks import N_
from core.entities.spec import Entity, Field
from core.handbook import kinds
from core.handbook.comparing import AT_LEAST, AT_MOST, HAS, IS, LESS, MORE
from core.handbook.kinds import AnyOf, Compares, Is
from core.installation import installation

MOST_CONDITIONS = 12
LONGEST_VALUE = 200
IS_NOT, EMPTY, FILLED = "is_not", "empty", "filled"
FIRST_YEAR, LAST_YEAR = 1900, 2999
SIGNS = {IS: "==", IS_NOT: "!=", MORE: ">", LESS: "<", AT_LEAST: ">=", AT_MOST: "<="}
BARE = (EMPTY, FILLED)
"""Operators that compare with nothing."""
_TEXTS = ("text", "long_text", "choice")
_FIGURES = ("integer", "money", "quantity", "reference")
TYPES = {
    **dict.fromkeys(_TEXTS, "STRING"),
    **dict.fromkeys(_FIGURES, "FLOAT"),
    "date": "DATETIME",
    "instant": "DATETIME",
    "yes_no": "BOOLEAN",
}
_OPERATORS = {
    "STRING": (IS, IS_NOT, HAS, EMPTY, FILLED),
    "FLOAT": (*SIGNS, EMPTY, FILLED),
    "DATETIME": (*SIGNS, EMPTY, FILLED),
    "BOOLEAN": (IS,),
}
NO_CONDITION = N_("Choose at least one condition.")
TOO_MANY = N_("Use at most %(most)s conditions.")
NO_FIELD = N_("Choose a field of the object.")
NO_OPERATOR = N_("This cannot be asked of the field %(label)s.")
NO_VALUE = N_("Enter for %(label)s what it is compared with, such as %(example)s.")
_EXAMPLES = {"FLOAT": "12.50", "DATETIME": "2026-11-22", "BOOLEAN": "yes", "STRING": "abc"}


@dataclass(frozen=True)
class Condition:
    """One line of the builder; `value` as it was typed."""

    field: str
    operator: str
    value: str = ""

    def plain(self) -> dict[str, str]:
        return asdict(self)


def of_plain(rows: Sequence[Mapping[str, Any]]) -> list[Condition]:
    """Conditions from what is kept or was sent; texts only."""
    return [
        Condition(*(str(each.get(name, ""))[:LONGEST_VALUE] for name in ("field", "operator", "value")))
        for each in rows
    ]


def fields_of(entity: Entity) -> dict[str, tuple[str, Field]]:
    """By path, kind and field of what can be asked: of the entity itself, and of what it points to by dotted name."""
    found = _own_fields(entity, "")
    for each in entity.fields:
        target = installation().entities.get(each.target)
        if target is not None and each.target and entity.column(each.name) is not None:
            found.update(_own_fields(target, f"{each.name.removesuffix('_id')}."))
    return found


def _own_fields(entity: Entity, before: str) -> dict[str, tuple[str, Field]]:
    return {
        f"{before}{each.name}": (kind, each)
        for each in entity.fields
        if (kind := entity.kind(each)) in TYPES
        and entity.column(each.name) is not None
        and each.value is None
    }


def operators_of(kind: str) -> tuple[str, ...]:
    return _OPERATORS[TYPES[kind]]


def expression_of(
    entity: Entity, conditions: Sequence[Condition], all_of: bool, *, may_lack: bool = False
) -> str:
    """The expression of the conditions; `true` where it `may_lack` them. UserError for what cannot be asked."""
    if not conditions and not may_lack:
        raise UserError(NO_CONDITION)
    if not conditions:
        return "true"
    if len(conditions) > MOST_CONDITIONS:
        raise UserError(TOO_MANY, most=MOST_CONDITIONS)
    known = fields_of(entity)
    parts = [f"({_part(each, known)})" for each in conditions]
    return (" and " if all_of else " or ").join(parts)


def _part(condition: Condition, known: Mapping[str, tuple[str, Field]]) -> str:
    if condition.field not in known:
        raise UserError(NO_FIELD)
    kind, described = known[condition.field]
    if condition.operator not in operators_of(kind):
        raise UserError(NO_OPERATOR, label=str(described.label))
    name = symbol(condition.field)
    empty = f'{name} == null or {name} == ""' if TYPES[kind] == "STRING" else f"{name} == null"
    if condition.operator in BARE:
        return empty if condition.operator == EMPTY else f"not ({empty})"
    value = _literal(kind, described, condition.value.strip())
    if condition.operator == HAS:
        return f"{name} != null and {value} in {name}"
    if condition.operator == IS_NOT:
        return f"{name} == null or {name} != {value}"
    return f"{name} != null and {name} {SIGNS[condition.operator]} {value}"


def _literal(kind: str, described: Field, text: str) -> str:
    made = _LITERALS[TYPES[kind]](described, text)
    if made is None:
        raise UserError(NO_VALUE, label=str(described.label), example=_EXAMPLES[TYPES[kind]])
    return made


def _figure(_described: Field, text: str) -> str | None:
    digits = text.replace(",", "").removeprefix("¥")
    bare = digits.removeprefix("-")
    is_figure = bare.replace(".", "", 1).isdigit() and bare.isascii() and bare[0] != "." and bare[-1] != "."
    return digits if is_figure and len(bare) <= 16 else None


def _text(described: Field, text: str) -> str | None:
    """A text, of a choice its code; escaped as JSON is, which rule-engine reads alike."""
    codes = {str(label): code for code, label in described.options}
    return json.dumps(codes.get(text, text), ensure_ascii=False) if text else None


def _day(_described: Field, text: str) -> str | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return f'd"{day.isoformat()}"' if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _yes_no(_described: Field, text: str) -> str | None:
    return {"yes": "true", "no": "false"}.get(text)


def offered(kind: str, described: Field) -> list[tuple[str, str]]:
    """What a field may be compared with, code and label in the reader's language; empty where anything is entered."""
    if kind == "choice":
        return [(str(code), str(label)) for code, label in described.options]
    return [("yes", gettext("Yes")), ("no", gettext("No"))] if TYPES[kind] == "BOOLEAN" else []


def coded(entity: Entity, conditions: Sequence[Condition]) -> tuple[Condition, ...]:
    """Conditions with the codes of what was chosen by its label, so that every language reads the same."""
    known = fields_of(entity)

    def code_of(each: Condition) -> str:
        codes = {label: code for code, label in offered(*known[each.field])} if each.field in known else {}
        return codes.get(each.value.strip(), each.value)

    return tuple(replace(each, value=code_of(each)) for each in conditions)


_LITERALS: dict[str, Callable[[Field, str], str | None]] = {
    "FLOAT": _figure,
    "STRING": _text,
    "DATETIME": _day,
    "BOOLEAN": _yes_no,
}


def as_conditions(
    entity: Entity, conditions: Sequence[Condition], all_of: bool = True
) -> tuple[kinds.Condition, ...]:
    """The same as conditions that hold in SQL too, for what is asked of thousands at once."""
    known = fields_of(entity)
    found = tuple(_as_condition(each, *known[each.field]) for each in conditions)
    return found if all_of or len(found) < 2 else (AnyOf(found),)


def _as_condition(each: Condition, kind: str, described: Field) -> Is | Compares:
    if each.operator in BARE:
        return Is(each.field, but=each.operator == EMPTY)
    value = _value(kind, described, each.value.strip())
    is_turned = each.operator == IS_NOT
    sign = IS if is_turned else each.operator
    if sign == IS and TYPES[kind] in ("STRING", "BOOLEAN"):
        return Is(each.field, value, but=is_turned)
    return Compares(each.field, sign, value, but=is_turned)


def _value(kind: str, described: Field, text: str) -> Any:
    """What a condition compares with, as the field holds it."""
    literal = _literal(kind, described, text)
    if TYPES[kind] == "STRING":
        return json.loads(literal)
    if TYPES[kind] == "BOOLEAN":
        return literal == "true"
    return date.fromisoformat(text) if TYPES[kind] == "DATETIME" else Decimal(literal)


def symbol(path: str) -> str:
    """A field's name in an expression: a dotted one without its dots."""
    return path.replace(".", "__")


def matches(entity: Entity, expression: str, facts: Mapping[str, Any]) -> bool:
    """Whether an expression holds of a record's facts."""
    known = fields_of(entity)
    types = tuple(sorted((symbol(path), TYPES[kind]) for path, (kind, _each) in known.items()))
    paths = {symbol(path): path for path in known}
    return bool(_compiled(expression, types).matches(_Named(facts, paths)))


@dataclass(frozen=True)
class _Named:
    facts: Mapping[str, Any]
    paths: Mapping[str, str]


@lru_cache(maxsize=512)
def _compiled(expression: str, types: tuple[tuple[str, str], ...]) -> Any:
    """The expression, judged by the types of the fields when it is compiled."""
    import rule_engine

    typed = {name: getattr(rule_engine.DataType, kind) for name, kind in types}
    context = rule_engine.Context(
        resolver=_resolve, type_resolver=rule_engine.type_resolver_from_dict(typed), default_timezone="utc"
    )
    return rule_engine.Rule(expression, context=context)


def _resolve(thing: _Named, name: str) -> Any:
    value = thing.facts[thing.paths[name]]
    if isinstance(value, datetime):
        return clock.local(value).date()
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
