"""What is written when obligations end by hand, of one or of many at once."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from core.installation import installation
from core.people.access import current_user_id
from core.ui.shell_form import ShellForm
from core.worklist.closing import LONGEST_NOTE, waive
from core.worklist.models import Obligation


def _written(label: Any) -> TextAreaField:
    filled = DataRequired(lazy_gettext("Fill in this field."))
    return TextAreaField(
        label,
        filters=[lambda text: (text or "").strip()],
        validators=[filled, Length(max=LONGEST_NOTE)],
    )


class CloseForm(ShellForm):
    note = _written(lazy_gettext("How it was done"))


class WaiveForm(ShellForm):
    note = _written(lazy_gettext("Reason"))


def waiver_of_many(sent: Any) -> ShellForm:
    """The reason for which many are waived; the post that carries it is judged with its token as a whole."""
    return WaiveForm(formdata=sent, meta={"csrf": False})


def waive_one(record: Obligation, note: str | None) -> None:
    """Waive one of many. UserError for what is not open any more."""
    waive(installation().database.session(), record, note or "", current_user_id())
