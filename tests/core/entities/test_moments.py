"""A moment is a day, in any of its ways, and a time by the branch's clock."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from werkzeug.datastructures import MultiDict

from company import Company
from core.entities.form_fields import InstantField
from core.ui.shell_form import ShellForm


class MomentForm(ShellForm):
    at = InstantField("At")


def entered(company: Company, text: str, before: datetime | None = None) -> MomentForm:
    with company.app.test_request_context():
        form = MomentForm(formdata=MultiDict({"at": text}), data={"at": before}, meta={"csrf": False})
        form.validate()
        assert 'class="day-z"' in form.at()
    return form


@pytest.mark.parametrize(
    "text",
    ["2026-11-22 14:30", "2026-11-22T14:30", "22.11.2026 14:30", "20261122 14:30", "2026-11-22T06:30Z"],
)
def test_a_moment_is_read(company: Company, text):
    assert entered(company, text).at.data == datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["soon", "14:30", "2026-13-01 10:00", "05.06.2026 10:00", "2026-11-22 25:00"]
)
def test_what_is_no_moment_is_refused(company: Company, text):
    form = entered(company, text)
    assert form.at.errors == ["Enter a day and a time, for example 2026-11-22 14:30."]


def test_a_moment_that_nobody_touched_keeps_its_seconds(company: Company):
    exact = datetime(2026, 11, 22, 6, 30, 17, tzinfo=UTC)
    assert entered(company, "2026-11-22 14:30", exact).at.data == exact
