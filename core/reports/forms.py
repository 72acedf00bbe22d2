"""What is written beside the figures of a report."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from core.reports.service import LONGEST_REMARKS
from core.ui.shell_form import ShellForm


class FillForm(ShellForm):
    """`digest` are the figures that were read, `row_version` the text that was."""

    remarks = TextAreaField(
        _("Remarks"), filters=[lambda text: (text or "").strip()], validators=[Length(max=LONGEST_REMARKS)]
    )
    once = HiddenField()
    digest = HiddenField()
    row_version = HiddenField()
