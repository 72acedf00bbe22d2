"""What is judged before a record of the gas office is saved."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.data import UserError
from core.installation import installation
from plugins.gas import models, readings, tariffs
from plugins.gas.refusals import shown_to_people
from plugins.gas.rules import pricing_year_of
from plugins.gas.rules.metering import MOST_DIGITS


def check_account(account: models.Account) -> None:
    """A hold carries its reason; the pricing year starts on a day that every year has."""
    if account.state == models.HELD and not account.hold_reason:
        raise UserError("Say why the account is on hold.", field="hold_reason")
    if account.state != models.HELD:
        account.hold_reason = None
    with shown_to_people("pricing_year_day"):
        pricing_year_of(account.opened_on, account.pricing_year_month or 1, account.pricing_year_day or 1)


def check_household(household: models.Household) -> None:
    """Figures make sense, and no two households of an account hold on one day."""
    if household.members < 1:
        raise UserError("A household has at least one member.", field="members")
    if household.extra_allowance is not None and household.extra_allowance < 0:
        raise UserError("An allowance is not below zero.", field="extra_allowance")
    _check_span(household.valid_from, household.valid_to)
    other = models.Household
    overlapping = (
        select(other.id)
        .where(other.account_id == household.account_id, other.id != (household.id or 0))
        .where(or_(other.valid_to.is_(None), other.valid_to >= household.valid_from))
    )
    if household.valid_to is not None:
        overlapping = overlapping.where(other.valid_from <= household.valid_to)
    if _session().scalar(overlapping.limit(1)) is not None:
        raise UserError(
            "Another household of this account holds on these days. End that one first.", field="valid_from"
        )


def check_meter(meter: models.Meter) -> None:
    """The dial has as many digits as dials have; a removed meter has its day of removal, and only it."""
    if not 1 <= meter.digits <= MOST_DIGITS:
        raise UserError("A dial has 1 to %(most)s digits.", field="digits", most=MOST_DIGITS)
    if meter.state == models.REMOVED and meter.removed_on is None:
        raise UserError("Enter on which day the meter was removed.", field="removed_on")
    if meter.state == models.INSTALLED and meter.removed_on is not None:
        raise UserError(
            "A meter with a day of removal is not installed. Change its state, or clear the day.",
            field="state",
        )
    if meter.removed_on is not None and meter.removed_on < meter.installed_on:
        raise UserError("The day of removal lies before the installation.", field="removed_on")


def check_reading(reading: models.Reading) -> None:
    """The reading fits the dial and lies between its neighbours."""
    readings.check_entered(_session(), reading)


def check_version(version: models.TariffVersion) -> None:
    """The prices can be read and could be published."""
    _check_span(version.valid_from, version.valid_to)
    tariffs.rules_of(version)


def _check_span(first: object, last: object) -> None:
    if last is not None and last < first:  # type: ignore[operator]  # both are dates
        raise UserError("The last day lies before the first.", field="valid_to")


def _session() -> Session:
    return installation().database.session()
