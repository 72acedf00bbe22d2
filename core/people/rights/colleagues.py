"""The people of the active branch: a control finds them by search, a few at a time, and never lists them all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import ValidationError

from core.branches.models import Branch
from core.branches.scope import current_branch_id
from core.data import clock
from core.installation import installation
from core.people.access import today_in
from core.people.models import Appointment
from core.people.rights.forms import as_id
from core.people.rights.holding import in_period
from core.people.rights.words import names_of
from core.ui.shell_form import options

MOST_OFFERED = 20
PICKER = "/core/delegations/colleagues?all=1"
"""Where controls search for people of the active branch, the reader among them."""


def colleagues(
    session: Session, branch: Branch, but: int = 0, search: str = "", person_id: int | None = None
) -> list[User]:
    """People who hold something in a branch today and may log in; at most MOST_OFFERED."""
    here = _held_in(branch.id, clock.today(branch.time_zone))
    statement = select(User).where(here, User.active, User.id != but)
    if search:
        statement = statement.where(
            or_(
                User.last_name.contains(search, autoescape=True),
                User.username.icontains(search, autoescape=True),
            )
        )
    if person_id is not None:
        statement = statement.where(User.id == person_id)
    return list(session.scalars(statement.order_by(User.last_name, User.id).limit(MOST_OFFERED)))


def names_here(session: Session, branch_id: int, day: date, ids: Collection[int]) -> dict[int, str]:
    """Id to name, of those of `ids` who hold a position in a branch on a day."""
    if not ids:
        return {}
    held = session.scalars(select(User.id).where(_held_in(branch_id, day), User.id.in_(ids)))
    return names_of(session, set(held))


class ColleagueField(SelectField):
    """Somebody of the active branch, found by searching."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *args, choices=[], validate_choice=False, render_kw={"data-picker-url": PICKER}, **kwargs
        )

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Offer nobody but who is chosen."""
        super().process(*args, **kwargs)
        self.choices = options([("", ""), *((str(key), name) for key, name in self._chosen().items())])

    def pre_validate(self, form: Any) -> None:
        """Who is chosen has to be of the branch."""
        if self.data and not self._chosen():
            raise ValidationError(gettext("Choose one of the options."))

    def _chosen(self) -> dict[int, str]:
        number, branch_id, session = as_id(self.data), current_branch_id(), installation().database.session()
        if not number or branch_id is None:
            return {}
        return names_here(session, branch_id, today_in(session, branch_id), {number})


def _held_in(branch_id: int, day: date) -> ColumnElement[bool]:
    here = select(Appointment.user_id).where(
        Appointment.branch_id == branch_id, in_period(Appointment, day, day)
    )
    found: ColumnElement[bool] = User.id.in_(here)
    return found
