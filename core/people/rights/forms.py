"""The forms of the screens of rights."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext, lazy_gettext
from wtforms import SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from core.data import clock
from core.installation import installation
from core.people.rights.holding import name_of
from core.people.rights.models import ACTION, FIELD, GRANTED, REFUSED
from core.people.rights.overriding import LONGEST_REASON
from core.people.rights.words import ALLOWED, LEVELS, NOT_ALLOWED, actions_of
from core.ui.day_field import DayField
from core.ui.shell_form import ShellForm, options

_FILLED = lazy_gettext("Fill in this field.")
_CHOOSE = lazy_gettext("Choose one of the options.")
_PERSON = {"data-picker-url": "/core/person/picker"}


def as_id(value: Any) -> int:
    """The id that an entry names; 0, which is nobody's, for anything else."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


class ChangeForm(ShellForm):
    what = SelectField(
        lazy_gettext("What"), validators=[InputRequired(_FILLED)], invalid_choice_message=_CHOOSE
    )
    value = SelectField(
        lazy_gettext("From then on"),
        description=lazy_gettext("An action is allowed or not; a field has a level."),
        validators=[InputRequired(_FILLED)],
        invalid_choice_message=_CHOOSE,
    )
    where = SelectField(
        lazy_gettext("Branch"),
        description=lazy_gettext("What is said of a branch goes before what is said of the whole company."),
        invalid_choice_message=_CHOOSE,
    )
    since = DayField(lazy_gettext("Since"), validators=[InputRequired(_FILLED)])
    reason = StringField(
        lazy_gettext("Clause or reason"),
        description=lazy_gettext("It stands in the matrix, and in every answer to the question why."),
        validators=[
            DataRequired(_FILLED),
            Length(max=LONGEST_REASON, message=lazy_gettext("Use at most %(max)d characters.")),
        ],
    )


def change_form(entity: Any, branches: list[tuple[str, str]], code: str) -> ChangeForm:
    """The form to change a position's rights on a business object."""
    form = ChangeForm(data={"since": clock.today(), "where": code})
    actions = [(f"{ACTION}:{name}", str(label)) for name, label in actions_of(entity).items()]
    fields = [
        (f"{FIELD}:{each.name}", gettext("Field: %(name)s", name=str(each.label))) for each in entity.fields
    ]
    form.what.choices = options([("", ""), *actions, *fields])
    levels = [(level.code, str(label)) for level, label in LEVELS.items()]
    form.value.choices = options([("", ""), (GRANTED, str(ALLOWED)), (REFUSED, str(NOT_ALLOWED)), *levels])
    form.where.choices = options(branches)
    return form


def split(text: str) -> tuple[str, str]:
    """The two parts of an option's value."""
    first, _, second = text.partition(":")
    return first, second


class WhatForm(ShellForm):
    """What can this person do: asked in the address, so without a token."""

    class Meta(ShellForm.Meta):
        csrf = False

    person = SelectField(
        lazy_gettext("Person"),
        coerce=as_id,
        validate_choice=False,
        render_kw=_PERSON,
    )
    branch = SelectField(lazy_gettext("Branch"), validate_choice=False)

    @classmethod
    def for_branches(cls, branches: list[tuple[str, str]]) -> WhatForm:
        form = cls(formdata=request.args)
        form.branch.choices = options([each for each in branches if each[0]])
        chosen = installation().database.session().get(User, form.person.data) if form.person.data else None
        form.person.choices = options([("", ""), *([(str(chosen.id), name_of(chosen))] if chosen else [])])
        return form


class WhoForm(ShellForm):
    """Who can do this: asked in the address, so without a token."""

    class Meta(ShellForm.Meta):
        csrf = False

    right = SelectField(lazy_gettext("Right"), invalid_choice_message=_CHOOSE)
    branch = SelectField(lazy_gettext("Branch"), validate_choice=False)

    @classmethod
    def for_branches(cls, branches: list[tuple[str, str]]) -> WhoForm:
        form = cls(formdata=request.args)
        form.branch.choices = options([each for each in branches if each[0]])
        form.right.choices = options(
            (f"{entity.id}:{name}", f"{entity.label_plural}: {label}")
            for entity in installation().entities.values()
            for name, label in actions_of(entity).items()
        )
        return form
