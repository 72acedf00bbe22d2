"""Reading a tariff from a JSON file (GAS-R30).

The file holds an object with `model`, and either `uppers` and `prices`, or `seasons`: a list of objects with
`months`, `uppers` and `prices`. Figures are numbers or strings of digits; other keys are ignored.
"""

import json
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from plugins.gas.rules import ALL_MONTHS, GasRuleError, Model, Season, Tariff, TariffError
from plugins.gas.rules.errors import N_

NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+")


def read_tariff(file: Path) -> Tariff:
    """The tariff in a JSON file; TariffError saying what to correct when it holds none."""
    document = _object(_load(file))
    model = _entry(document, "model")
    if model not in list(Model):
        raise TariffError(
            N_("The model %(model)s is unknown: choose one of %(models)s."),
            model=_shown(model),
            models=", ".join(Model),
        )
    return Tariff(Model(model), _seasons(document))


def number(text: str, error: type[GasRuleError]) -> Decimal:
    """The exact figure that a text of plain digits stands for; raised as `error` when it is none."""
    if not NUMBER.fullmatch(text):
        raise error(N_("%(text)s is not a number: write it in digits, like 12.5."), text=text or '""')
    return Decimal(text)


def _load(file: Path) -> Any:
    """The JSON in a file; a byte-order mark, as Windows editors write it, is skipped."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise TariffError(N_("There is no such file: check its name.")) from None
    except (OSError, UnicodeDecodeError):
        raise TariffError(
            N_("The file cannot be read: give a text file in UTF-8 that you may open.")
        ) from None
    try:
        return json.loads(text, parse_float=_json_float, parse_int=Decimal, parse_constant=_json_constant)
    except json.JSONDecodeError as error:
        raise TariffError(
            N_("The file is not valid JSON at line %(line)s, column %(column)s: correct it there."),
            line=error.lineno,
            column=error.colno,
        ) from None
    except RecursionError:
        raise TariffError(N_("The file nests too deep for a tariff: give a plain list of bounds.")) from None


def _json_float(text: str) -> Decimal:
    """A number with a point or an exponent, exact; TariffError for an exponent beyond all figures."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return number(text, TariffError)


def _json_constant(word: str) -> Decimal:
    """NaN and Infinity, which JSON readers let through, are no figures: TariffError."""
    return number(word, TariffError)


def _seasons(document: dict[str, Any]) -> tuple[Season, ...]:
    if "seasons" not in document:
        return (_season(document, ALL_MONTHS),)
    seasons = [_object(season) for season in _list(document, "seasons")]
    return tuple(_season(season, _months(season)) for season in seasons)


def _season(document: dict[str, Any], months: frozenset[int]) -> Season:
    return Season(months, _figures(document, "uppers"), _figures(document, "prices"))


def _months(season: dict[str, Any]) -> frozenset[int]:
    months = _figures(season, "months")
    for month in months:
        if month not in ALL_MONTHS:
            raise TariffError(N_("There is no month %(month)s: give a month from 1 to 12."), month=str(month))
    return frozenset(int(month) for month in months)


def _figures(document: dict[str, Any], key: str) -> tuple[Decimal, ...]:
    return tuple(_figure(value) for value in _list(document, key))


def _figure(value: Any) -> Decimal:
    return value if isinstance(value, Decimal) else number(_shown(value), TariffError)


def _list(document: dict[str, Any], key: str) -> list[Any]:
    value = _entry(document, key)
    if not isinstance(value, list):
        raise TariffError(N_('"%(key)s" must be a list: write it in square brackets.'), key=key)
    return value


def _entry(document: dict[str, Any], key: str) -> Any:
    if key not in document:
        raise TariffError(N_('"%(key)s" is missing: add it.'), key=key)
    return document[key]


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TariffError(N_("A tariff or season is a JSON object: write it in curly brackets."))
    return value


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
