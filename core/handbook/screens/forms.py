"""The form that changes a setting: one entry by the setting's kind, from which day on, where, and why."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import Field, SelectField, StringField
from wtforms.validators import InputRequired, Length

from core.data.marks import N_
from core.handbook import values as kinds
from core.handbook.changing import LONGEST_WHY
from core.handbook.entered import written
from core.handbook.values import Setting
from core.handbook.words import label_of, length, said, told_setting, weekday
from core.installation import installation
from core.ui.day_field import DayField
from core.ui.shell_form import ShellForm, options

GIVES_NONE = N_("The rule book gives no figure; without one the rule does nothing.")
GIVES_NONE_ALL_THE_SAME = N_(
    "The rule book gives no figure; without one the rest of the rule holds all the same."
)

_FILLED = lazy_gettext("Fill in this field.")
INHERITS = "inherits"


class SettingForm(ShellForm):
    how = SelectField(lazy_gettext("From then on"))
    from_on = DayField(lazy_gettext("From this day on"), validators=[InputRequired(_FILLED)])
    branch = SelectField(lazy_gettext("Branch"))
    why = StringField(
        lazy_gettext("Reason"),
        description=lazy_gettext("It stands in the history of the rule, for whoever asks later."),
        validators=[
            InputRequired(_FILLED),
            Length(max=LONGEST_WHY, message=lazy_gettext("Use at most %(max)d characters.")),
        ],
    )


def setting_form(
    setting: Setting, branches: list[tuple[str, str]], value: Any, from_on: Any, branch: str
) -> Any:
    """The form of a setting, its entry first; `value` and `from_on` as it opens."""
    made = type("OneSettingForm", (SettingForm,), {"value": _entry(setting)})
    form = made(data={"value": written(setting, value), "from_on": from_on, "branch": branch, "how": "value"})
    form.how.choices = options(
        [("value", gettext("the value below")), (INHERITS, gettext("the value of the branch above"))]
    )
    form.branch.choices = options(branches)
    return form


def _entry(setting: Setting) -> Field:
    label, about = label_of(setting), _about(setting)
    offered = _offered(setting)
    if offered is not None:
        return SelectField(label, description=about, choices=options([("", gettext("not set")), *offered]))
    return StringField(label, description=about, validators=[Length(max=500)])


def _offered(setting: Setting) -> list[tuple[str, str]] | None:
    if setting.kind == kinds.YES_NO:
        return [("yes", gettext("Yes")), ("no", gettext("No"))]
    if setting.kind == kinds.WEEKDAY:
        return [(str(day), weekday(day)) for day in range(1, 8)]
    if setting.kind == kinds.POSITION:
        return [(each.id, str(each.label)) for each in installation().positions.values()]
    if setting.kind == kinds.CHOICE:
        return [(choice, said(label)) for choice, label in setting.choices]
    return None


def _about(setting: Setting) -> str:
    """The unit, and the rule book's own value."""
    own = gettext("The rule book says %(value)s.", value=told_setting(setting, setting.default))
    if setting.default is None:
        own = gettext(GIVES_NONE_ALL_THE_SAME if setting.optional else GIVES_NONE)
        if setting.suggested is not None:
            own += " " + gettext("Suggested: %(value)s.", value=told_setting(setting, setting.suggested))
    if setting.kind in kinds.LENGTHS:
        return gettext("As a whole number: 3 means %(three)s.", three=length(setting.kind, 3)) + " " + own
    if setting.kind == kinds.DAY_OF_MONTH:
        return gettext("A day of the month; 31 is the last day of any month.") + " " + own
    if setting.kind == kinds.LIST:
        return gettext("Several are parted by commas.") + " " + own
    return own
