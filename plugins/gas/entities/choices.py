"""The words for the codes in the gas tables, and the tones in which screens show them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from plugins.gas import models, owing
from plugins.gas.rules import Model, Rounding, cutting_off

USE_CLASSES = (
    (models.RESIDENT, _("Resident")),
    (models.COMMERCIAL, _("Commercial")),
    (models.PUBLIC_WELFARE, _("Public welfare")),
)
ACCOUNT_STATES = (
    (models.ACTIVE, _("Active account")),
    (models.HELD, _("On hold")),
    (models.CLOSED, _("Closed account")),
)
ACCOUNT_TONES = {models.ACTIVE: "success", models.HELD: "warning", models.CLOSED: "neutral"}
INLET_SIDES = ((models.LEFT, _("Inlet left")), (models.RIGHT, _("Inlet right")))
MOUNTINGS = ((models.OUTSIDE, _("Outside the home")), (models.INSIDE, _("Inside the home")))
METER_STATES = ((models.INSTALLED, _("Installed")), (models.REMOVED, _("Removed")))
METER_TONES = {models.INSTALLED: "success", models.REMOVED: "neutral"}
METER_TYPES = (
    ("diaphragm", _("Diaphragm meter")),
    ("ic_card", _("IC card meter")),
    ("remote", _("Remote-reading meter")),
    ("turbine", _("Turbine meter")),
    ("roots", _("Rotary meter")),
)
READING_KINDS = (
    (models.OPENING, _("Opening reading")),
    (models.ACTUAL, _("Actual reading")),
    (models.CLOSING, _("Closing reading")),
    (models.ESTIMATED, _("Estimated reading")),
)
READING_SOURCES = (
    ("sheet", _("Reading sheet")),
    ("round", _("Reading round")),
    ("counter", _("Entered at the office")),
    ("go_live", _("Taken over at go-live")),
)
MODELS = (
    (Model.FLAT.value, _("One price, no tiers")),
    (Model.ANNUAL.value, _("Tiers by calendar year")),
    (Model.METER_YEAR.value, _("Tiers by reading year")),
    (Model.MONTHLY.value, _("Tiers by month")),
)
ROUNDINGS = (
    (Rounding.LINE.value, _("Every line to the fen")),
    (Rounding.TOTAL.value, _("The total once to the fen")),
)
VERSION_STATES = ((models.DRAFT, _("Draft")), (models.PUBLISHED, _("Published")))
VERSION_TONES = {models.DRAFT: "warning", models.PUBLISHED: "success"}
RUN_STATES = (
    (models.WAITING, _("Waiting")),
    (models.RUNNING, _("Running")),
    (models.DONE, _("Done")),
    (models.CANCELLED, _("Cancelled")),
)
RUN_TONES = {
    models.WAITING: "neutral",
    models.RUNNING: "info",
    models.DONE: "success",
    models.CANCELLED: "warning",
}
BILL_KINDS = ((models.USAGE, _("Gas used")), (models.OPENING_BALANCE, _("Balance taken over")))
METHODS = ((models.CASH, _("Cash")), (models.UNIONPAY, _("UnionPay card")))
PROTECTIONS = (
    ("hospital", _("Hospital")),
    ("school", _("School")),
    ("welfare_home", _("Welfare home")),
    ("hardship", _("Household in hardship")),
    ("five_guarantees", _("Five-guarantee household")),
)
HOLD_KINDS = ((cutting_off.DISPUTE, _("Dispute")), (cutting_off.IN_TRANSIT, _("Payment in transit")))
HOLD_TONES = {cutting_off.DISPUTE: "warning", cutting_off.IN_TRANSIT: "info"}
DUE = ((owing.OVERDUE, _("Overdue")), (owing.TODAY, _("Due today")), (owing.LATER, _("Due later")))
DUE_TONES = {owing.OVERDUE: "danger", owing.TODAY: "warning", owing.LATER: "neutral"}
OUTCOMES = (
    (cutting_off.UPHELD, _("Dispute upheld")),
    (cutting_off.REJECTED, _("Dispute rejected")),
    (cutting_off.ARRIVED, _("Money arrived")),
    (cutting_off.NOT_ARRIVED, _("Money did not arrive")),
)
WITHDRAWALS = (
    ("paid", _("Paid")),
    ("held", _("Dispute or payment in transit")),
    ("protected", _("Protected customer")),
    ("other", _("Handed over by mistake")),
)
