"""Form fields as controls: classes, keyboards, and what assistive technology is told."""

from __future__ import annotations

import pytest

import ui_samples
from core.ui import widgets

KINDS = {
    "version": "hidden",
    "number": "text",
    "route": "select",
    "members": "figure",
    "opened": "date",
    "deposit": "figure",
    "inlet": "choices",
    "held": "check",
    "remarks": "long",
    "photo": "file",
}


@pytest.fixture
def form():
    return ui_samples.account_form(ui_samples.said("en"))


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_each_field_has_its_kind(form, name, kind):
    assert widgets.kind(form[name]) == kind


@pytest.mark.parametrize("name", ["members", "deposit"])
def test_a_figure_is_a_text_field_that_no_mouse_wheel_changes(form, name):
    drawn = widgets.control(form[name])
    assert 'type="text"' in drawn
    assert 'inputmode="decimal"' in drawn
    assert "step=" not in drawn
    assert 'class="form-control num' in drawn


def test_a_wrong_field_is_tied_to_its_help_and_error(form):
    drawn = widgets.control(form.number)
    assert 'aria-invalid="true"' in drawn
    assert 'aria-describedby="number-help number-error"' in drawn
    assert "is-invalid" in drawn


def test_a_right_field_without_help_says_nothing_more(form):
    drawn = widgets.control(form.name)
    assert "aria-" not in drawn
    assert "is-invalid" not in drawn


def test_a_picker_keeps_its_address(form):
    drawn = widgets.control(form.route)
    assert 'data-picker-url="/picker/gas.route"' in drawn
    assert 'class="form-select"' in drawn


def test_a_day_is_picked_or_typed(form, reading):
    with reading("en"):
        drawn = widgets.control(form.opened)
    assert drawn.startswith('<span class="day-z"><input')
    for part in ('type="text"', 'data-day="day"', 'inputmode="numeric"', 'value="2026-03-01"'):
        assert part in drawn


def test_what_a_person_typed_is_escaped(form, reading):
    form.name.data = '"><script>'
    assert "<script>" not in widgets.control(form.name)
    form.opened.raw_data = ['"><script>']
    with reading("en"):
        assert "<script>" not in widgets.control(form.opened)
