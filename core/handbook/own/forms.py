"""The builder's form: the rule's texts, its effect, and a line for each condition."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from core.entities.spec import Entity
from core.handbook import comparing
from core.handbook.own import expression as asks
from core.handbook.own import moments
from core.handbook.own.demands import LEVELS
from core.handbook.own.making import AT_MOST, LENGTHS, SHARE
from core.handbook.own.models import (
    APPROVE,
    COUNT,
    FIGURE,
    HIDE,
    INSPECT,
    OBLIGE,
    REFUSE,
    REPEAT,
    TELL,
    WARN,
)
from core.handbook.own.written import DETAIL, FURTHER, TEXTS, Written
from core.handbook.thresholds import MONTHS
from core.installation import installation
from core.people.access import current_person, may
from core.ui.shell_form import ShellForm, options

LEAST_LINES = 3
OPERATORS = {
    comparing.IS: lazy_gettext("is"),
    asks.IS_NOT: lazy_gettext("is not"),
    comparing.MORE: lazy_gettext("is more than"),
    comparing.LESS: lazy_gettext("is less than"),
    comparing.AT_LEAST: lazy_gettext("is at least"),
    comparing.AT_MOST: lazy_gettext("is at most"),
    comparing.HAS: lazy_gettext("contains"),
    asks.EMPTY: lazy_gettext("is empty"),
    asks.FILLED: lazy_gettext("is filled in"),
}
EFFECTS = {
    REFUSE: lazy_gettext("refuse it"),
    WARN: lazy_gettext("save it, with a doubt"),
    OBLIGE: lazy_gettext("open an obligation"),
    TELL: lazy_gettext("tell somebody"),
    APPROVE: lazy_gettext("have the position approve it first"),
    REPEAT: lazy_gettext("open an obligation again and again"),
    INSPECT: lazy_gettext("have it looked at on an inspection round"),
    FIGURE: lazy_gettext("work out an amount"),
    COUNT: lazy_gettext("count them against a target"),
    HIDE: lazy_gettext("keep a field back from a position"),
}
NEEDS = {
    "owner": (OBLIGE, TELL, APPROVE, REPEAT, HIDE),
    "length": (OBLIGE, REPEAT),
    "kind": (OBLIGE, REPEAT),
    "anchor": (REPEAT,),
    "of": (FIGURE, HIDE),
    "level": (HIDE,),
    "rate": (FIGURE,),
    "low": (FIGURE,),
    "high": (FIGURE,),
    "measured": (COUNT,),
    "bound": (COUNT,),
    "target": (COUNT,),
    "over": (COUNT,),
}
"""What the form asks for beside the effect, and the effects that need it: a style sheet shows these alone."""
MEASURED = {"count": lazy_gettext("how many there are"), SHARE: lazy_gettext("their share of all records")}
BOUNDS = {"at_least": lazy_gettext("is at least"), AT_MOST: lazy_gettext("is at most")}
PERIODS = {
    "month": lazy_gettext("a month"),
    "quarter": lazy_gettext("a quarter"),
    "half": lazy_gettext("half a year"),
    "year": lazy_gettext("a year"),
}
LEFT = {"masked": lazy_gettext("masked"), "hidden": lazy_gettext("hidden")}
UNITS = {
    "days": lazy_gettext("days"),
    "workdays": lazy_gettext("working days"),
    "hours": lazy_gettext("hours"),
    "months": lazy_gettext("months"),
    "years": lazy_gettext("years"),
}
_FILLED = lazy_gettext("Fill in this field.")


def _texts(longest: int) -> list[Any]:
    too_long = lazy_gettext("Use at most %(max)d characters.")
    return [InputRequired(_FILLED), Length(max=longest, message=too_long)]


class OwnRuleForm(ShellForm):
    """The rule without its conditions, which are lines of plain entries beside it."""

    name = StringField(lazy_gettext("Name of the rule"), validators=_texts(120))
    document = StringField(
        lazy_gettext("Document"),
        description=lazy_gettext("Where the clause stands, as the paper is called."),
        validators=_texts(120),
    )
    heading = StringField(lazy_gettext("Heading"), validators=_texts(60))
    entity = SelectField(
        lazy_gettext("Object"), validate_choice=False, render_kw={"data-submit-on-change": ""}
    )
    moment = SelectField(lazy_gettext("When"), validate_choice=False)
    effect = SelectField(lazy_gettext("What to do when the condition holds"), validate_choice=False)
    says = TextAreaField(
        lazy_gettext("What it says"),
        description=lazy_gettext("This is shown to whoever is refused, and stands in the handbook."),
        validators=_texts(500),
    )
    owner = SelectField(
        lazy_gettext("Position"),
        description=lazy_gettext("Who owes the obligation, is told, approves, or does not see the field."),
        validate_choice=False,
    )
    length = StringField(
        lazy_gettext("Within, or every"), description=lazy_gettext("Of an obligation: how many.")
    )
    kind = SelectField(lazy_gettext("Counted in"), validate_choice=False)
    anchor = SelectField(
        lazy_gettext("Counted from"),
        description=lazy_gettext("Of what comes again and again: the day of the record that it begins with."),
        validate_choice=False,
    )
    of = SelectField(
        lazy_gettext("Which field"),
        description=lazy_gettext("The one that is kept back, or the figure that the percentage is taken of."),
        validate_choice=False,
    )
    level = SelectField(lazy_gettext("What stays of it"), validate_choice=False)
    rate = StringField(
        lazy_gettext("Percent"),
        description=lazy_gettext("Of the field, such as 2.5. Empty for an amount that is fixed."),
    )
    low = StringField(
        lazy_gettext("From, in yuan"),
        description=lazy_gettext("Of a percentage: at least. The amount is proposed; nothing is booked."),
    )
    high = StringField(
        lazy_gettext("To, in yuan"), description=lazy_gettext("Of a percentage: at most. May stay empty.")
    )
    measured = SelectField(lazy_gettext("What is counted"), validate_choice=False)
    bound = SelectField(lazy_gettext("It is reached when the figure"), validate_choice=False)
    target = StringField(
        lazy_gettext("Target"), description=lazy_gettext("How many records, or of a share how many percent.")
    )
    over = SelectField(lazy_gettext("Counted over"), validate_choice=False)
    joined = SelectField(lazy_gettext("The conditions"), validate_choice=False)


def own_form(written: Written | None, entity_id: str) -> OwnRuleForm:
    """The form, filled with what is kept."""
    kept = {**written.plain(), "joined": "all" if written.all_of else "any"} if written else {}
    kept["length"] = str(kept.get("length") or "")
    if written is not None:
        kept["moment"] = moments.as_chosen(written.effect, written.moment)
    form = OwnRuleForm(data={"entity": entity_id, **kept})
    person = current_person()
    is_everywhere = person is not None and person.everything
    offered = [
        each
        for each in installation().entities.values()
        if each.plugin != "core" and (is_everywhere or may(each.id, "see"))
    ]
    form.entity.choices = options((each.id, each.label) for each in offered)
    chosen = installation().entities.get(entity_id or next((each.id for each in offered), ""))
    form.moment.choices = options(moments.offered(chosen) if chosen is not None else moments.LABELS.items())
    days = moments.days_of(chosen) if chosen is not None else {}
    form.anchor.choices = options([("", "—"), *days.items()])
    form.effect.choices = options(EFFECTS.items())
    positions = [(each.id, each.label) for each in installation().positions.values()]
    form.owner.choices = options([("", "—"), *positions])
    form.kind.choices = options((each, UNITS[each]) for each in LENGTHS)
    _offer_details(form, chosen)
    form.joined.choices = options(
        [("all", gettext("all have to hold")), ("any", gettext("one of them has to hold"))]
    )
    return form


def _offer_details(form: OwnRuleForm, entity: Entity | None) -> None:
    fields = {each.name: str(each.label) for each in entity.fields} if entity is not None else {}
    form.of.choices = options([("", "—"), *fields.items()])
    form.level.choices = options((each, LEFT[each]) for each in LEVELS)
    form.measured.choices = options(MEASURED.items())
    form.bound.choices = options(BOUNDS.items())
    form.over.choices = options((each, PERIODS[each]) for each in MONTHS)


def lines(entity: Entity, written: Written | None) -> dict[str, Any]:
    """The lines of the builder: what stands in them, and what they offer."""
    known = asks.fields_of(entity)
    held = [
        each.plain()
        for each in (sent() if request.method == "POST" else written.conditions if written else ())
    ]
    empty = {"field": "", "operator": comparing.IS, "value": ""}
    room = max(LEAST_LINES, min(len(held) + 1, asks.MOST_CONDITIONS))
    choices = {path: found for path, each in known.items() if (found := dict(asks.offered(*each)))}
    for each in held:
        each["value"] = choices.get(each["field"], {}).get(each["value"], each["value"])
    return {
        "rows": [*held, *([empty] * (room - len(held)))],
        "fields": [(path, label_of(path, entity, each.label)) for path, (_kind, each) in known.items()],
        "operators": [(code, str(label)) for code, label in OPERATORS.items()],
        "choices": {path: list(each.values()) for path, each in choices.items()},
    }


def label_of(path: str, entity: Entity, label: Any) -> str:
    """A field, or one of what the record points to: `Account · Phone`."""
    before, dot, _name = path.rpartition(".")
    if not dot:
        return str(label)
    reference = entity.by_name.get(before) or entity.field(f"{before}_id")
    return f"{reference.label} · {label}"


def sent() -> list[asks.Condition]:
    """The lines that were filled in."""
    columns = (request.form.getlist(name) for name in ("field", "operator", "value"))
    rows = [
        asks.Condition(field, operator, value[: asks.LONGEST_VALUE])
        for field, operator, value in zip(*columns, strict=False)
        if field
    ]
    return rows[: asks.MOST_CONDITIONS + 1]


def written(form: OwnRuleForm) -> Written:
    """What was written, as it came; the service judges it."""
    given = {name: form[name].data or "" for name in (*TEXTS, *DETAIL, *FURTHER)}
    needless = [name for name, effects in NEEDS.items() if given["effect"] not in effects]
    given |= dict.fromkeys(needless, "")
    given["moment"] = moments.of_chosen(given["moment"])
    rows = [each.plain() for each in sent()]
    return Written.of_plain({**given, "conditions": rows, "all_of": form.joined.data != "any"})
