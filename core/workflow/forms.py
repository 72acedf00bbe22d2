"""The small form in which a move asks for what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from wtforms.validators import InputRequired

from core.entities.forms import form_of
from core.entities.reading import readable
from core.entities.service import stored
from core.entities.spec import Entity, Field
from core.people.rights.colleagues import ColleagueField
from core.ui.shell_form import ShellForm
from core.workflow.kinds import Transition


def is_asking(transition: Transition) -> bool:
    """Whether a move asks for anything before it is made."""
    return bool(transition.entered) or transition.witnesses is not None


def form_for_move(
    session: Session,
    entity: Entity,
    record: Any,
    transition: Transition,
    formdata: Any = None,
    csrf: bool = True,
) -> ShellForm:
    """The form of a move, for no record where it is entered for many. What the reader may not see is not filled in."""
    wanted = [_asked(entity.field(name), required=True) for name in transition.fields]
    wanted += [_asked(entity.field(name), required=False) for name in transition.asks]
    shown = wanted if record is not None else []
    known = {each.name: getattr(record, each.name) for each in shown if readable(entity, each.name)}
    return form_of(entity, wanted, None, known, formdata, csrf, _witnesses(transition))


def witness_names(transition: Transition) -> list[str]:
    """The names of the form's fields for witnesses."""
    count = transition.witnesses.count if transition.witnesses is not None else 0
    return [f"witness_{number}" for number in range(1, count + 1)]


def entered(entity: Entity, transition: Transition, form: ShellForm) -> dict[str, Any]:
    """What was entered, as the columns hold it."""
    return {name: stored(entity, entity.field(name), form[name].data) for name in transition.entered}


def witnessed(transition: Transition, form: ShellForm) -> list[int]:
    """The user ids of the witnesses that were chosen."""
    return [int(form[name].data) for name in witness_names(transition) if form[name].data]


def _asked(each: Field, required: bool) -> Field:
    return replace(each, readonly=False, only_new=False, required=True if required else each.required)


def _witnesses(transition: Transition) -> Mapping[str, Any]:
    return {
        name: ColleagueField(
            gettext("Witness %(number)s", number=number),
            validators=[InputRequired(lazy_gettext("Fill in this field."))],
        )
        for number, name in enumerate(witness_names(transition), start=1)
    }
