"""Why an account was not billed: the codes, their short words, and the sentence that says what to do."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.ui import format as shown

HELD = "held"
NOT_OPEN = "not_open"
NO_METER = "no_meter"
NO_READING = "no_reading"
NO_OPENING = "no_opening"
NO_CLOSING = "no_closing"
BELOW = "below"
ROLLOVER = "rollover"
OUT_OF_ORDER = "out_of_order"
NO_TARIFF = "no_tariff"
TOO_MANY_MONTHS = "too_many_months"
RULE = "rule"

MOST_MONTHS = 24
"""A tariff by month is published with the bounds of bills that cover up to so many months."""

REASON_LABELS = (
    (HELD, _("On hold")),
    (NOT_OPEN, _("Not open yet")),
    (NO_METER, _("No meter")),
    (NO_READING, _("No reading in this month")),
    (NO_OPENING, _("No opening reading")),
    (NO_CLOSING, _("No closing reading")),
    (BELOW, _("Reading below the last one")),
    (ROLLOVER, _("Rollover not confirmed")),
    (OUT_OF_ORDER, _("Reading entered too late")),
    (NO_TARIFF, _("No published tariff")),
    (TOO_MANY_MONTHS, _("Too many months at once")),
    (RULE, _("Refused by a rule")),
)

SENTENCES = {
    HELD: N_("The account is on hold: %(note)s. Bill it after the hold is lifted."),
    NOT_OPEN: N_("The account opened after the end of this month."),
    NO_METER: N_("The account had no meter in this month. Enter the meter and its opening reading."),
    NO_READING: N_("There is no reading for this month. Read the meter, or bill it next month."),
    NO_OPENING: N_("The meter has no opening reading. Enter what it showed when it was installed."),
    NO_CLOSING: N_("The meter was removed without a closing reading. Enter what it showed at its removal."),
    BELOW: N_(
        "The reading %(to)s m³ is below the last one, %(from)s m³. Correct it or read the meter again."
    ),
    ROLLOVER: N_(
        "The dial seems to have gone round past zero, from %(from)s m³ to %(to)s m³. Look at the meter and confirm it."
    ),
    OUT_OF_ORDER: N_(
        "A reading was entered whose day lies before a reading that is billed already. Delete or correct it."
    ),
    NO_TARIFF: N_(
        "No published tariff holds for this account on %(on)s. Give the account a tariff, or publish its version."
    ),
    TOO_MANY_MONTHS: N_(
        "More than %(most)s months passed since the last bill. Enter a reading in between and bill that month first."
    ),
    RULE: N_("A rule of the rule book refuses this bill. The findings say which one, and why."),
}


def told(skip: Any) -> str:
    """The sentence of a skipped account in the reader's language."""
    params = {
        "note": skip.note or shown.DASH,
        "from": shown.quantity(skip.from_value),
        "to": shown.quantity(skip.to_value),
        "on": shown.date(skip.read_on),
        "most": MOST_MONTHS,
    }
    return gettext(SENTENCES[skip.reason]) % params
