"""The editor of one filter: what it offers, and what was entered in it. It is a plain form, so it needs no scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, gettext

from core.entities.filters import Filter, clean, is_narrowing, values_of
from core.entities.form_fields import ReferenceField, plain_figure
from core.entities.lists.asked import Asked
from core.entities.lists.words import DAYS, FIGURES, operators
from core.entities.query import MOST_FILTERS, ListQuery, fits, key_of, statement_of
from core.entities.registry import allowed, entity_by_id
from core.entities.spanning import branches, spans
from core.entities.spec import Entity, Field
from core.installation import installation
from core.ui.day_field import today_here, typed_day
from core.ui.shell_form import ShellForm

PLACE = "branch"
"""What the branch of a row is called in an address, where a list shows several."""


@dataclass(frozen=True)
class Entered:
    """What somebody sent with the editor: a field, an operator, values; `replaces` is the filter that was opened."""

    field: str
    operator: str
    values: Sequence[str]
    typed: str = ""
    replaces: str = ""


def offered(entity: Entity) -> list[dict[str, Any]]:
    """The fields that a list can be narrowed by: those that the description names first, then those it shows."""
    usual = [each for each in entity.fields if each.filterable]
    shown = [entity.field(name) for name in entity.list_columns]
    found = [each for each in dict.fromkeys([*usual, *shown, *entity.fields]) if can_be_chosen(entity, each)]
    place = [{"name": PLACE, "label": gettext("Branch")}] if spans(entity) else []
    return [*place, *({"name": each.name, "label": each.label} for each in found)]


def can_be_chosen(entity: Entity, each: Field) -> bool:
    """Whether the reader may narrow the list by a field."""
    if not is_narrowing(entity, each.name) or not operators(entity, each):
        return False
    return entity.kind(each) != "reference" or allowed(entity_by_id(each.target), "see")


def is_opened(asked: Asked) -> bool:
    """Whether the address asks for an editor."""
    return "edit" in asked.arguments or "add" in asked.arguments


def editor(asked: Asked, entered: Entered | None = None) -> dict[str, Any] | None:
    """The editor that the address opens, or that what was entered did not fit; None when there is none."""
    opened, replaces = _opened(asked, entered)
    if opened is None:
        return None
    entity = asked.entity
    hidden = {**asked.stays, "fk": replaces, "ff": opened.column}
    found = {
        "hidden": [
            {"name": key, "value": value} for key, value in hidden.items() if value and key != replaces
        ],
        "cancel_url": asked.address(),
        "error": _fault(asked, entered) if entered is not None else "",
    }
    if opened.column == PLACE:
        return {**found, **_place_editor(opened)}
    described = entity.field(opened.column)
    operator = "in" if opened.operator == "eq" and entity.kind(described) == "choice" else opened.operator
    codes = [
        {"code": code, "label": label, "chosen": code == operator}
        for code, label in operators(entity, described)
    ]
    return {**found, "label": described.label, "operators": codes, **_control(entity, described, opened)}


def _opened(asked: Asked, entered: Entered | None) -> tuple[Filter | None, str]:
    if entered is not None:
        return _as_filter(asked.entity, entered), entered.replaces
    key = asked.arguments.get("edit", "")
    if key == f"f_{PLACE}" and spans(asked.entity):
        return Filter(PLACE, "eq", asked.arguments.get(key, "")), key
    known = {key_of(each): each for each in asked.query.filters}
    if key in known and can_be_chosen(asked.entity, asked.entity.field(known[key].column)):
        return known[key], key
    name = asked.arguments.get("add", "")
    if name == PLACE and spans(asked.entity):
        return Filter(PLACE, "eq", ""), ""
    if name in asked.entity.by_name and can_be_chosen(asked.entity, asked.entity.field(name)):
        return Filter(name, operators(asked.entity, asked.entity.field(name))[0][0], ""), ""
    return None, ""


def _as_filter(entity: Entity, entered: Entered) -> Filter | None:
    if entered.field == PLACE:
        return Filter(PLACE, "eq", "".join(entered.values[:1])) if spans(entity) else None
    if entered.field not in entity.by_name or not can_be_chosen(entity, entity.field(entered.field)):
        return None
    described = entity.field(entered.field)
    known = [code for code, _label in operators(entity, described)]
    operator = entered.operator if entered.operator in known else known[0]
    if operator in ("none", "some"):
        return Filter(described.name, operator, "1")
    if entity.kind(described) == "choice":
        codes = [text for text in entered.values if text]
        is_one = operator == "in" and len(codes) == 1
        return Filter(described.name, "eq" if is_one else operator, ",".join(codes))
    return Filter(described.name, operator, _plain(entity, described, entered))


def _plain(entity: Entity, described: Field, entered: Entered) -> str:
    text, kind = "".join(entered.values[:1]).strip(), entity.kind(described)
    if kind in FIGURES:
        return plain_figure(text).replace(",", "")
    if kind in DAYS:
        return _plain_day(text)
    if kind == "reference" and not text and entered.typed:
        return _by_title(entity_by_id(described.target), entered.typed)
    return clean(text)


def _plain_day(text: str) -> str:
    """A day as addresses have it; what is none stays as it was typed, to be complained of."""
    try:
        return typed_day(text).isoformat()
    except ValueError:
        return plain_figure(text)


def _by_title(target: Entity, text: str) -> str:
    """The id of the one record that a text finds, for browsers without scripts."""
    session = installation().database.session()
    found = statement_of(target, ListQuery(search=clean(text))).with_only_columns(target.model.id).limit(2)
    ids = list(session.scalars(found))
    return str(ids[0]) if len(ids) == 1 else ""


def address_with(asked: Asked, entered: Entered) -> str | None:
    """The list's address with what was entered; None where it does not fit."""
    made = _as_filter(asked.entity, entered)
    if made is None or _fault(asked, entered):
        return None
    changes = {entered.replaces: ""} if entered.replaces.startswith("f_") else {}
    return asked.address({**changes, key_of(made): made.value})


def _fault(asked: Asked, entered: Entered) -> str:
    """What is wrong with an entry, in words; nothing when it fits."""
    made = _as_filter(asked.entity, entered)
    if made is None:
        return gettext("The list cannot be narrowed by this field.")
    if len(asked.query.filters) >= MOST_FILTERS and not entered.replaces:
        return gettext("These are as many filters as a list takes. Take one away first.")
    if made.column == PLACE:
        return (
            "" if made.value in {each.code for each in branches()} else gettext("Choose one of the options.")
        )
    if not made.value:
        is_choice = asked.entity.kind(asked.entity.field(made.column)) in ("choice", "reference")
        return gettext("Choose at least one.") if is_choice else gettext("Fill in this field.")
    if fits(asked.entity, made):
        return ""
    kind = asked.entity.kind(asked.entity.field(made.column))
    if kind in DAYS:
        return _fault_of_day(made.value)
    return gettext("Enter a number, for example 12.5.")


def _fault_of_day(text: str) -> str:
    try:
        typed_day(text)
    except ValueError as error:
        return str(error)
    return gettext("Enter a date, for example 2026-11-22.")


def _place_editor(opened: Filter) -> dict[str, Any]:
    locale = str(get_locale() or "en")
    choices = [
        {"code": each.code, "label": each.name(locale), "chosen": each.code == opened.value}
        for each in branches()
    ]
    return {"label": gettext("Branch"), "operators": [], "control": "one", "choices": choices}


def _control(entity: Entity, described: Field, opened: Filter) -> dict[str, Any]:
    """What takes the value: boxes to tick, a drop-down, a picker, or a line."""
    kind = entity.kind(described)
    if kind == "choice":
        chosen = values_of(Filter(opened.column, "in", opened.value))
        return {
            "control": "many",
            "choices": [
                {"code": code, "label": label, "chosen": code in chosen} for code, label in described.options
            ],
        }
    if kind == "yes_no":
        both = (("yes", gettext("Yes")), ("no", gettext("No")))
        choices = [{"code": code, "label": label, "chosen": code == opened.value} for code, label in both]
        return {"control": "one", "choices": choices}
    if kind == "reference":
        return {"control": "picker", "picker": _picker(described, opened.value)}
    control = "day" if kind in DAYS else "figure" if kind in FIGURES else "text"
    return {
        "control": control,
        "value": opened.value,
        "unit": described.unit,
        "today": today_here().isoformat(),
    }


def _picker(described: Field, value: str) -> Any:
    fields = {"fv": ReferenceField(described.label, target=described.target)}
    form: ShellForm = type("FilterForm", (ShellForm,), fields)(formdata=None, meta={"csrf": False})
    form["fv"].process_data(int(value) if value.isdigit() else None)
    form["fv"].offer_current()
    return form["fv"]
