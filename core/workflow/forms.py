"""The small form in which a move asks for what it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import InputRequired

from core.branches.scope import current_branch_id
from core.entities.forms import form_of
from core.entities.reading import readable
from core.entities.service import stored
from core.entities.spec import Entity, Field
from core.people.access import today_in
from core.people.models import Appointment
from core.people.rights.words import names_of
from core.ui.shell_form import ShellForm, options
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
    """The form of a move. What the reader may not see is not filled in beforehand."""
    wanted = [_asked(entity.field(name), required=True) for name in transition.fields]
    wanted += [_asked(entity.field(name), required=False) for name in transition.asks]
    known = {each.name: getattr(record, each.name) for each in wanted if readable(entity, each.name)}
    return form_of(entity, wanted, None, known, formdata, csrf, _witnesses(session, transition))


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


def _witnesses(session: Session, transition: Transition) -> Mapping[str, Any]:
    names = witness_names(transition)
    if not names:
        return {}
    people = colleagues(session)
    wrong = lazy_gettext("Choose one of the options.")
    return {
        name: SelectField(
            gettext("Witness %(number)s", number=number),
            choices=options([("", ""), *((str(key), label) for key, label in people)]),
            validators=[InputRequired(lazy_gettext("Fill in this field."))],
            invalid_choice_message=wrong,
        )
        for number, name in enumerate(names, start=1)
    }


def colleagues(session: Session) -> list[tuple[int, str]]:
    """Who holds any position in the active branch today, by name."""
    day = today_in(session, current_branch_id())
    held = select(Appointment.user_id).where(
        Appointment.branch_id == current_branch_id(),
        Appointment.valid_from <= day,
        or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day),
    )
    known = names_of(session, set(session.scalars(held)))
    return sorted(known.items(), key=lambda each: each[1])
