"""What rules and moves ask of a site and its papers beside their fields."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import today_in
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import ChangeOrder, Contract, RecordCard, Settlement
from plugins.decoration.models.construction_stages import Acceptance, CompletionNotice, Stage, StartNotice
from plugins.decoration.rules import names_construction as c
from plugins.decoration.works import payments


def start_notice(session: Session, site: Site) -> bool:
    """Whether a start notice of the site was received."""
    asked = select(StartNotice.id).where(StartNotice.site_id == site.id, StartNotice.state == c.RECEIVED)
    return session.scalar(asked.limit(1)) is not None


def record_card_filed(session: Session, site: Site) -> bool:
    """Whether the customer record card is on file."""
    asked = select(RecordCard.id).where(RecordCard.site_id == site.id, RecordCard.state == c.FILED)
    return session.scalar(asked.limit(1)) is not None


def open_stages(session: Session, site: Site) -> int:
    """How many stages were not accepted yet."""
    return _open(session, site.id)


def open_stages_of_notice(session: Session, notice: CompletionNotice) -> int:
    """How many stages of the site that the notice is about were not accepted yet."""
    return _open(session, notice.site_id)


def _open(session: Session, site_id: int) -> int:
    asked = select(func.count(Stage.id)).where(Stage.site_id == site_id, Stage.state != c.DONE)
    return int(session.scalar(asked) or 0)


def stage_before(session: Session, stage: Stage) -> str | None:
    """The stage before this one, where it was not accepted; None where nothing bars."""
    asked = select(Stage.stage).where(
        Stage.site_id == stage.site_id, Stage.position < stage.position, Stage.state != c.DONE
    )
    return session.scalar(asked.order_by(Stage.position.desc()).limit(1))


def call_needed(session: Session, acceptance: Acceptance) -> bool:
    """Whether the customer is called about an acceptance before it is closed, as set on the day of it (DEC-R12)."""
    day = acceptance.held_on or today_in(session, acceptance.branch_id)
    rule = book().rules["DEC-R12-C"]
    return bool(settings_on(session, rule, acceptance.branch_id, day)["acceptance_needs_callback"])


def planned(session: Session, contract: Contract) -> Decimal:
    """What the payment plan comes to, in yuan."""
    return payments.planned_in(session, contract)


def contract_signed(session: Session, order: ChangeOrder) -> bool:
    """Whether the site of a change order has a signed contract."""
    return payments.signed_contract(session, order.site_id) is not None


def still_owed(session: Session, settlement: Settlement) -> Decimal:
    """What is not paid yet of the site, in yuan."""
    return payments.still_owed(session, settlement.site_id)
