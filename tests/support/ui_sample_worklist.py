"""Sample contexts of obligations that end by hand."""

from __future__ import annotations

from typing import Any

from wtforms import Form, TextAreaField
from wtforms.validators import InputRequired

from ui_sample_words import Say


def worklist(t: Say) -> dict[str, dict[str, Any]]:
    class EndForm(Form):  # type: ignore[misc]
        note = TextAreaField(t("Reason", "原因"), [InputRequired()])

    wrong = EndForm()
    wrong.note.errors = [t("Fill in this field.", "请填写此项。")]
    close = {
        "form": EndForm(),
        "title": t("Mark as done", "标为完成"),
        "button": t("Mark as done", "标为完成"),
        "button_icon": "check",
        "about": t("Call for the late bill · Bill 1", "逾期致电 · 账单 1"),
        "cancel_url": "/core/obligation/1",
    }
    waive = {"form": wrong, "title": t("Waive", "免除"), "button": t("Waive", "免除"), "button_icon": "ban"}
    return {"worklist/end.html": close, "worklist/end.html#wrong": {**close, **waive}}
