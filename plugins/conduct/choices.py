"""The words for the codes in the tables of conduct, and the tones in which screens show them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.handbook.registry import book
from plugins.conduct import models
from plugins.conduct.rules import names

TARIFF_STATES = ((models.DRAFT, _("Tariff being written")), (models.PUBLISHED, _("Tariff in force")))
TARIFF_TONES = {models.DRAFT: "neutral", models.PUBLISHED: "success"}
SLIP_STATES = (
    (names.DRAFTED, _("Drafted")),
    (names.ISSUED, _("Issued")),
    (names.REFUSED, _("Signature refused")),
    (names.EFFECTIVE, _("In effect")),
    (names.CANCELLED, _("Called off")),
)
SLIP_TONES = {
    names.DRAFTED: "neutral",
    names.ISSUED: "info",
    names.REFUSED: "warning",
    names.EFFECTIVE: "danger",
    names.CANCELLED: "neutral",
}
CONSEQUENCES = (
    (names.NO_HAZARD, _("No hazard arose")),
    (names.HAZARD, _("A hazard arose")),
    (names.SERIOUS, _("A serious case")),
)
APPEAL_STATES = ((models.FILED, _("Waits for an answer")), (models.ANSWERED, _("Answered")))
APPEAL_TONES = {models.FILED: "warning", models.ANSWERED: "success"}
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
MEASURE_STATES = (
    (models.ASKED, _("The company is asked")),
    (models.GRANTED, _("Granted")),
    (models.DECLINED, _("Declined")),
)
MEASURE_TONES = {models.ASKED: "warning", models.GRANTED: "danger", models.DECLINED: "neutral"}
DEDUCTION_STATES = ((models.WAITING, _("To be booked")), (models.BOOKED, _("Booked")))
DEDUCTION_TONES = {models.WAITING: "warning", models.BOOKED: "success"}


def rules_of_items() -> tuple[tuple[str, object], ...]:
    """The rules that an item of a tariff may name, with what their clause says."""
    from plugins.conduct.checks import rules_of_items as found

    return tuple((rule, f"{rule} {book().rules[rule].clause.heading}") for rule in found())
