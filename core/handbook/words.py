"""Values, sentences and refusals of rules in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from babel.dates import get_day_names
from flask_babel import get_locale, gettext, ngettext

from core.entities.reading import readable, shown_to_reader
from core.entities.spec import Entity, Field
from core.handbook import values as kinds
from core.handbook.kinds import Rule, Settings
from core.handbook.values import Setting
from core.installation import installation
from core.ui import format as shown

LAST_DAY = 31


def msgid(text: Any) -> str:
    """The English text under which catalogues know a text, be it lazy or plain."""
    arguments = getattr(text, "_args", None)
    return str(arguments[0]) if arguments else str(text or "")


def said(text: Any, figures: Mapping[str, Any] | None = None) -> str:
    """A text in the reader's language, its figures (written already) put in."""
    plain = msgid(text)
    translated: str = gettext(plain) if plain else ""
    return str(translated % figures) if figures else translated


def sentence(rule: Rule, settings: Settings) -> str:
    """What a rule says under settings. Each figure brings its unit: `%(days)s` becomes `3 days`; what is unset leaves a
    gap, so that the sentence can still be read."""
    told = {each.name: told_setting(each, settings[each.name]) for each in rule.settings}
    gaps = {name: gettext("[not set]") for name in told if settings[name] is None}
    return said(rule.sentence, {**told, **gaps})


def label_of(setting: Setting) -> str:
    """What people call a setting; its name where nobody said."""
    return said(setting.label) or setting.name


def told_setting(setting: Setting, value: Any) -> str:
    """The value of a setting with its unit."""
    if value is None:
        return gettext("not set")
    if setting.kind in kinds.LENGTHS:
        return length(setting.kind, int(value))
    teller = _TELLERS.get(setting.kind)
    if teller is not None:
        return str(teller(value))
    labels = {choice: said(label) for choice, label in (*setting.choices, *setting.called)}
    if setting.kind == kinds.POSITION:
        found = installation().positions.get(value)
        return str(found.label) if found is not None else str(value)
    if isinstance(value, tuple | list):
        return shown.listed(labels.get(each, each) for each in value) or gettext("(none)")
    return str(labels.get(value, value))


def length(kind: str, count: int) -> str:
    """A length of time: `3 working days`."""
    if kind == kinds.DAYS:
        return str(ngettext("%(num)s day", "%(num)s days", count))
    if kind == kinds.WORKDAYS:
        return str(ngettext("%(num)s working day", "%(num)s working days", count))
    if kind == kinds.HOURS:
        return str(ngettext("%(num)s hour", "%(num)s hours", count))
    if kind == kinds.MINUTES:
        return str(ngettext("%(num)s minute", "%(num)s minutes", count))
    if kind == kinds.CLOCK_HOURS:
        return str(ngettext("%(num)s hour by the clock", "%(num)s hours by the clock", count))
    if kind == kinds.WEEKS:
        return str(ngettext("%(num)s week", "%(num)s weeks", count))
    if kind == kinds.MONTHS:
        return str(ngettext("%(num)s month", "%(num)s months", count))
    return str(ngettext("%(num)s year", "%(num)s years", count))


def day_of_month(day: int) -> str:
    return gettext("the last day of the month") if day == LAST_DAY else gettext("day %(day)s", day=day)


def days_of_month(days: tuple[int, int]) -> str:
    first, last = days
    return gettext("from %(first)s to %(last)s", first=day_of_month(first), last=day_of_month(last))


def weekday(day: int) -> str:
    names: Mapping[int, str] = get_day_names("wide", locale=get_locale() or "en")
    return names[day - 1]


def told(value: Any) -> str:
    """A value of which only the type is known."""
    if value is None:
        return shown.DASH
    if isinstance(value, bool):
        return str(shown.yes_no(value))
    if isinstance(value, int | Decimal):
        return shown.quantity(value)
    if isinstance(value, datetime):
        return shown.datetime(value)
    if isinstance(value, date):
        return shown.date(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple | list | set | frozenset):
        return shown.listed(told(each) for each in value)
    return str(value)


def told_field(entity: Entity, each: Field, value: Any) -> str:
    """A field's value as lists show it, masked for whom it is masked there. A reference is told by its number."""
    kind = entity.kind(each)
    if not readable(entity, each.name):
        return str(shown_to_reader(entity, each.name, value) or shown.DASH)
    if value is None or kind not in ("choice", "money", "quantity"):
        return told(value)
    if kind == "choice":
        return str(dict(each.options).get(value, value))
    return shown.money(value) if kind == "money" else shown.quantity(value, each.unit)


def told_figures(rule: Rule, entity: Entity | None, figures: Mapping[str, Any]) -> dict[str, str]:
    """The figures of a refusal: those with the name of a setting or field as that is told."""
    settings = {each.name: each for each in rule.settings}
    return {name: _told_named(name, value, settings, entity) for name, value in figures.items()}


def _told_named(name: str, value: Any, settings: Mapping[str, Setting], entity: Entity | None) -> str:
    if name in settings:
        return told_setting(settings[name], value)
    each = _field(entity, name) if entity is not None else None
    return told_field(entity, each, value) if entity is not None and each is not None else told(value)


def _field(entity: Entity, name: str) -> Field | None:
    """A field, or a fact that is told as one."""
    fact = entity.fact_of.get(name)
    return fact.told if fact is not None else entity.by_name.get(name)


def _percent(value: Any) -> str:
    return shown.percent(Decimal(value) / 100, 4)


_TELLERS: dict[str, Any] = {
    kinds.NUMBER: shown.number,
    kinds.MONEY: shown.money,
    kinds.PERCENT: _percent,
    kinds.DAY_OF_MONTH: day_of_month,
    kinds.DAYS_OF_MONTH: days_of_month,
    kinds.WEEKDAY: weekday,
    kinds.TIME: told,
    kinds.DATE: told,
    kinds.YES_NO: told,
}
