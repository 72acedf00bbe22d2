"""What is judged, and filled in, before what belongs to a site is saved."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_user_id
from core.work.groups import today
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import (
    ChangeOrder,
    Contract,
    Instalment,
    RecordCard,
    Settlement,
    ShowFlat,
)
from plugins.decoration.models.construction_stages import (
    Acceptance,
    CompletionNotice,
    SiteCheck,
    Stage,
    StartNotice,
)
from plugins.decoration.rules import names_construction as c
from plugins.decoration.works.payments import share_of, still_owed

STARTS, COMPLETIONS, CONTRACTS, CHANGES = "KG", "WG", "HT", "BG"
NO_AMOUNT = N_("Enter an amount above nothing.")
NO_PART = N_("Enter the share of the contract, or the amount.")
WRONG_SHARE = N_("A share lies between 0 and 100.")
NOT_COMPLETED = N_("The works of this site are not completed yet.")
NOT_BUILT = N_("The works of this site have not started yet.")
IS_SIGNED = N_("This contract is signed. Write a change order for what is to be otherwise.")
IS_CONFIRMED = N_("This payment is due or here already, so it stays as it is.")
IS_OVER = N_("This is over, and stays as it was recorded.")
BACKWARDS = N_("The planned end lies before the planned beginning.")
LATER = N_("This day is still to come.")
HUNDRED = Decimal(100)


def of_site(record: Any) -> Site:
    """The site that a record belongs to; the record takes its customer. UserError where there is none."""
    with session().no_autoflush:
        site = session().get(Site, record.site_id) if record.site_id else None
    if site is None:
        raise UserError(N_("Choose the site."), field="site_id")
    record.customer_id = site.customer_id
    return site


def check_of_site(record: Any) -> None:
    of_site(record)


def check_start_notice(notice: StartNotice) -> None:
    of_site(notice)
    numbered(notice, STARTS)


def check_completion_notice(notice: CompletionNotice) -> None:
    site = of_site(notice)
    if site.started_on is None or notice.completed_on < site.started_on:
        raise UserError(NOT_BUILT, field="completed_on")
    if notice.completed_on > today():
        raise UserError(LATER, field="completed_on")
    numbered(notice, COMPLETIONS)


def check_stage(stage: Stage) -> None:
    of_site(stage)
    if stage.planned_from and stage.planned_until and stage.planned_until < stage.planned_from:
        raise UserError(BACKWARDS, field="planned_until")
    _not_ahead(stage.started_on, "started_on")


def check_acceptance(acceptance: Acceptance) -> None:
    of_site(acceptance)
    _not_ahead(acceptance.held_on, "held_on")
    _not_ahead(acceptance.called_on, "called_on")


def check_site_check(check: SiteCheck) -> None:
    """A new one is open where something was found."""
    site = of_site(check)
    check.checked_on = check.checked_on or today()
    if not check.id:
        check.checked_by = check.checked_by or current_user_id()
        check.stage = site.stage
        check.state = c.OPEN if check.found else c.FINE
    _not_ahead(check.checked_on, "checked_on")


def check_card(card: RecordCard) -> None:
    """Opened by hand, too, for a site that is completed."""
    site = of_site(card)
    day = card.completed_on or site.completed_on
    if day is None:
        raise UserError(NOT_COMPLETED, field="site_id")
    card.completed_on = day


def check_settlement(settlement: Settlement) -> None:
    """Listed by hand, too, for a site that is completed."""
    site = of_site(settlement)
    day = settlement.completed_on or site.completed_on
    if day is None:
        raise UserError(NOT_COMPLETED, field="site_id")
    settlement.completed_on = day
    if not settlement.id:
        settlement.owed = still_owed(session(), site.id)


def check_contract(contract: Contract) -> None:
    of_site(contract)
    if contract.amount <= 0:
        raise UserError(NO_AMOUNT, field="amount")
    numbered(contract, CONTRACTS)


def check_instalment(instalment: Instalment) -> None:
    """A part belongs to the site of its contract; its share says what it comes to."""
    with session().no_autoflush:
        contract = session().get(Contract, instalment.contract_id) if instalment.contract_id else None
    if contract is None:
        raise UserError(N_("Choose the contract."), field="contract_id")
    instalment.site_id, instalment.customer_id = contract.site_id, contract.customer_id
    if instalment.kind == c.CHANGE:
        return
    if not instalment.id and contract.state == c.SIGNED:
        raise UserError(IS_SIGNED, field="contract_id")
    if instalment.share is not None:
        if not 0 < instalment.share <= HUNDRED:
            raise UserError(WRONG_SHARE, field="share")
        instalment.amount = share_of(contract.amount, instalment.share)
    if instalment.amount is None:
        raise UserError(NO_PART, field="share")
    if instalment.amount <= 0:
        raise UserError(NO_AMOUNT, field="amount")


def check_change_order(order: ChangeOrder) -> None:
    of_site(order)
    numbered(order, CHANGES)


def check_show_flat(flat: ShowFlat) -> None:
    of_site(flat)
    if not flat.id:
        flat.requested_on, flat.requested_by = flat.requested_on or today(), current_user_id()


def guard_contract(contract: Contract) -> None:
    if contract.state == c.SIGNED:
        raise UserError(IS_SIGNED)


def guard_instalment(instalment: Instalment) -> None:
    if instalment.state != c.PLANNED:
        raise UserError(IS_CONFIRMED)
    if session().get_one(Contract, instalment.contract_id).state == c.SIGNED:
        raise UserError(IS_SIGNED)


def guard_over(*states: str) -> Any:
    """A guard that lets records in these states stay as they are."""

    def guard(record: Any) -> None:
        if record.state in states:
            raise UserError(IS_OVER)

    return guard


def _not_ahead(day: Any, field: str) -> None:
    if day is not None and day > today():
        raise UserError(LATER, field=field)
