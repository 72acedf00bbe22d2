"""A field is drawn once for all forms that have it; what is entered is filled in, and escaped."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from wtforms import BooleanField, Form, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired

from core.ui import drawn as pieces
from core.ui.drawn_fields import drawn_field
from core.ui.shell_form import options

ATTACK = '"><script>%(value)s</textarea>'


class Entered(Form):
    name = StringField("Name", [DataRequired("Fill it in")], description="As people say it")
    note = TextAreaField("Note")
    kind = SelectField("Kind", choices=options([("a", "First"), ("b", "Second")]))
    other = SelectField("Other", validate_choice=False, render_kw={"data-picker-url": "/pick"})
    agreed = BooleanField("Agreed")


@pytest.fixture
def app(face: Flask) -> Flask:
    face.extensions[pieces.KEPT_IN].clear()
    return face


def form(**values: Any) -> Entered:
    made = Entered(data=values)
    made.other.choices = options([("", ""), ("7", values.get("title", "Seven"))])
    return made


def kept(app: Flask) -> int:
    return len(app.extensions[pieces.KEPT_IN])


def test_what_is_entered_is_filled_in(app: Flask):
    with app.test_request_context():
        drawn_field(form(name="one").name)
        assert kept(app) == 1
        shown = drawn_field(form(name="two").name)
    assert kept(app) == 1
    assert 'value="two"' in shown
    assert "As people say it" in shown


@pytest.mark.parametrize("name", ["name", "note"])
def test_nothing_that_is_entered_leaves_its_place(app: Flask, name: str):
    with app.test_request_context():
        shown = drawn_field(form(**{name: ATTACK})[name])
    assert "<script>" not in shown
    assert "%(value)s" in shown


def test_options_belong_to_the_field_and_records_are_filled_in(app: Flask):
    with app.test_request_context():
        assert '<option selected value="b">' in drawn_field(form(kind="b").kind)
        assert '<option selected value="a">' in drawn_field(form(kind="a").kind)
        assert kept(app) == 2
        drawn_field(form(other="7").other)
        before = kept(app)
        shown = drawn_field(form(other="7", title=ATTACK).other)
    assert kept(app) == before
    assert "<script>" not in shown
    assert 'value="7"' in shown


def test_an_error_and_a_tick_are_drawn_anew(app: Flask):
    with app.test_request_context():
        wrong = form()
        assert not wrong.validate()
        assert "Fill it in" in drawn_field(wrong.name)
        assert "checked" in drawn_field(form(agreed=True).agreed)
        assert "checked" not in drawn_field(form(agreed=False).agreed)
        assert kept(app) == 0
        assert "Fill it in" not in drawn_field(form(name="one").name)
