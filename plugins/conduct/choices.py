"""The words for the codes in the tables of conduct; those of states stand in `workflows.py`."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.handbook.registry import book
from plugins.conduct import models
from plugins.conduct.rules import names

CONSEQUENCES = (
    (names.NO_HAZARD, _("No hazard arose")),
    (names.HAZARD, _("A hazard arose")),
    (names.SERIOUS, _("A serious case")),
)
OUTCOMES = (
    (models.UPHELD, _("The slip stands")),
    (models.CHANGED, _("The fine is changed")),
    (models.CALLED_OFF, _("The slip is called off")),
)
MEASURES = (
    (names.WARNING, _("Warning")),
    (names.FINE, _("Penalty")),
    (names.FINAL_WARNING, _("Final warning")),
    (names.URGED_RESIGNATION, _("Urged resignation")),
    (names.DISMISSAL, _("Dismissal from the company")),
)


def rules_of_items() -> tuple[tuple[str, object], ...]:
    """The rules that an item of a tariff may name, with what their clause says."""
    from plugins.conduct.checks import rules_of_items as found

    return tuple((rule, f"{rule} {book().rules[rule].clause.heading}") for rule in found())
