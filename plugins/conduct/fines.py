"""The fine on a slip, judged by the rule of its item under the settings of the day of the breach."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.handbook import refusing
from core.handbook.amounts import figured, keep_amount
from core.handbook.facts import FactsOf
from core.handbook.kinds import Amount, Span
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.installation import installation
from plugins.conduct.models import Offence, Slip
from plugins.conduct.rules.figures import NO_FIGURE
from plugins.conduct.rules.names import SLIP

NO_ITEM = N_("Choose the item of the tariff before you enter a fine.")


def span_of(session: Session, slip: Slip) -> Span | None:
    """What the item's rule allows, in yuan; None without an item, or where its rule names no amount."""
    rule = _rule_of(session, slip)
    if rule is None:
        return None
    return figured(rule, _facts(session, slip), settings_on(session, rule, _branch(slip), slip.occurred_on))


def demand_fitting(session: Session, slip: Slip) -> None:
    """Raise UserError for a fine that is not what the item's rule names."""
    if slip.fine is None:
        return
    if slip.offence_id is None:
        raise UserError(NO_ITEM, field="offence_id")
    demand_within(session, slip, slip.fine, "fine")


def demand_within(session: Session, slip: Slip, fine: Decimal, field: str) -> None:
    """Raise UserError at `field` unless a fine lies within what the slip's item allows; by its rule, where it has one
    about an amount."""
    rule = _rule_of(session, slip)
    if rule is None:
        raise UserError(NO_FIGURE, field=field)
    refusing.demand(session, rule.id, SLIP, slip, slip.occurred_on, {"fine": fine}, field)


def keep_fine(session: Session, slip: Slip) -> None:
    """Write down what the rule came to for an issued slip, so that it can be explained and worked out again."""
    rule = _rule_of(session, slip)
    if rule is not None:
        keep_amount(session, rule.id, SLIP, slip.id, _facts(session, slip), slip.occurred_on, slip.branch_id)


def _facts(session: Session, slip: Slip) -> FactsOf:
    return FactsOf(session, entity_by_id(SLIP), slip, installation().entities)


def _item(session: Session, slip: Slip) -> Offence:
    with session.no_autoflush:
        return session.get_one(Offence, slip.offence_id)


def _rule_of(session: Session, slip: Slip) -> Amount | None:
    """The item's rule, where it is one about an amount."""
    if slip.offence_id is None:
        return None
    rule = book().get(_item(session, slip).rule)
    return rule if isinstance(rule, Amount) else None


def _branch(slip: Slip) -> int:
    return slip.branch_id or current_branch_id()
