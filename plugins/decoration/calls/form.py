"""The form of a call: how it went, what the customer answers about each person, what was said, what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from core.ui.day_field import DayField
from core.ui.shell_form import ShellForm, options
from plugins.decoration.calls.recording import Tried
from plugins.decoration.calls.scoring import Answer, Concerned
from plugins.decoration.entities.callbacks import CHANNELS, OUTCOMES, PASSED_TO, PERSONS
from plugins.decoration.models.callbacks import Question
from plugins.decoration.rules import names_callbacks as c

REACHED = "reached"
LONGEST = 2_000
SHORT = 200


class CallForm(ShellForm):
    """What every call has; questions come beside it."""

    outcome = RadioField(
        lazy_gettext("How did it go?"),
        choices=options(((REACHED, lazy_gettext("The customer was reached")), *OUTCOMES)),
        default=REACHED,
    )
    channel = SelectField(lazy_gettext("Reached by"), choices=options(CHANNELS), default=c.TELEPHONE)
    summary = TextAreaField(
        lazy_gettext("What was said"),
        validators=[Length(max=LONGEST)],
        render_kw={"rows": 3, "data-begin": ""},
    )
    rating = RadioField(
        lazy_gettext("How content is the customer with how it was settled?"),
        default="",
        validators=[Optional()],
    )
    problems = TextAreaField(
        lazy_gettext("Problems"), validators=[Length(max=LONGEST)], render_kw={"rows": 2}
    )
    passed_to = SelectField(
        lazy_gettext("Passed on to"),
        choices=options((("", lazy_gettext("(nobody)")), *PASSED_TO)),
        default="",
    )
    follow_up = StringField(lazy_gettext("What follows"), validators=[Length(max=SHORT)])
    next_on = DayField(
        lazy_gettext("Call again on"),
        description=lazy_gettext("Of a customer who was not reached, the day of the next try."),
        validators=[Optional()],
    )
    key = HiddenField()


AFTER_CALL = ("summary", "problems", "passed_to", "follow_up", "next_on")


def form_for(
    questions: Sequence[Question], people: Mapping[str, Concerned], names: Mapping[str, str]
) -> CallForm:
    """The form with the questions of the version in force about those who are there; `names` says who they are."""
    fields: dict[str, Any] = {}
    for each in questions:
        if each.about not in people:
            continue
        label = _label(each, names)
        if each.scored:
            fields[f"score_{each.id}"] = RadioField(
                label,
                choices=options((("", gettext("not asked")), *_scores())),
                default="",
                validators=[Optional()],
            )
        else:
            fields[f"words_{each.id}"] = StringField(label, validators=[Length(max=LONGEST)])
    made: CallForm = type("CallFormWithQuestions", (CallForm,), fields)()
    made.rating.choices = options((("", gettext("not asked")), *_scores()))
    return made


def question_names(form: CallForm) -> list[str]:
    """The fields of the form that are questions."""
    return [each.name for each in form if each.name.startswith(("score_", "words_"))]


def answers(form: CallForm) -> dict[int, Answer]:
    """What was answered, by the id of the question."""
    found: dict[int, Answer] = {}
    for name in question_names(form):
        what, _line, key = name.partition("_")
        text = (form[name].data or "").strip()
        found[int(key)] = Answer(int(text), "") if what == "score" and text else Answer(None, text)
    return {key: answer for key, answer in found.items() if answer.is_given}


def entered(form: CallForm) -> dict[str, Any]:
    """What the move of the call-back enters."""
    texts = {name: (form[name].data or "").strip() or None for name in (*AFTER_CALL[:-1], "channel")}
    rating = int(form.rating.data) if form.rating.data else None
    return {**texts, "rating": rating, "next_on": form.next_on.data}


def how_tried(form: CallForm) -> Tried | None:
    """How it went when the customer was not reached; None without a day for the next try."""
    if form.next_on.data is None:
        return None
    remark = (form.summary.data or "").strip()[:SHORT]
    return Tried(form.outcome.data, form.next_on.data, remark)


def _label(question: Question, names: Mapping[str, str]) -> str:
    about = str(dict(PERSONS)[question.about])
    name = names.get(question.about, "")
    who = f"{about} {name}".strip()
    return gettext("%(who)s: %(question)s", who=who, question=question.text)


def _scores() -> list[tuple[str, str]]:
    return [(str(each), str(each)) for each in range(c.HIGHEST, c.LOWEST - 1, -1)]
