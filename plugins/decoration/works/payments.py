"""What a customer owes by the contract of a site, and since when (中期款、尾款; DEC-E06, DEC-R65)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data import Money
from core.entities.registry import entity_by_id
from core.entities.service import claim
from core.workflow.service import carry_out
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import ChangeOrder, Contract, Instalment
from plugins.decoration.models.construction_stages import Stage
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.works.opening import added

FEN = Decimal("0.01")
NOTHING = Decimal(0)


def share_of(amount: Decimal, share: Decimal) -> Decimal:
    """So many parts of a hundred of an amount in yuan, to the fen; half a fen goes up."""
    return (amount * share / 100).quantize(FEN, ROUND_HALF_UP)


def planned_in(session: Session, contract: Contract) -> Decimal:
    """What the payment plan of a contract comes to, in yuan, without what change orders added."""
    asked = select(func.sum(Instalment.amount, type_=Money())).where(
        Instalment.contract_id == contract.id, Instalment.kind != c.CHANGE
    )
    return session.scalar(asked) or NOTHING


def share_anew(session: Session, contract: Contract) -> None:
    """Shares of a contract whose amount has changed come to something else."""
    asked = select(Instalment).where(Instalment.contract_id == contract.id, Instalment.share.is_not(None))
    for each in session.scalars(asked).all():
        amount = share_of(contract.amount, each.share or NOTHING)
        if each.amount != amount:
            with session.no_autoflush:
                each.amount = amount
                claim(session, each)
    session.flush()


def still_owed(session: Session, site_id: int) -> Decimal:
    """What is planned or due and not paid, of signed contracts, in yuan."""
    asked = (
        select(func.sum(Instalment.amount, type_=Money()))
        .join(Contract, Contract.id == Instalment.contract_id)
        .where(Instalment.site_id == site_id, Instalment.state != c.PAID, Contract.state == c.SIGNED)
    )
    return session.scalar(asked) or NOTHING


def signed_contract(session: Session, site_id: int) -> Contract | None:
    """The contract of a site that was signed first."""
    asked = select(Contract).where(Contract.site_id == site_id, Contract.state == c.SIGNED)
    return session.scalars(asked.order_by(Contract.id).limit(1)).first()


def fall_due(session: Session, site_id: int, at: str, on: date) -> None:
    """What of signed contracts falls due by a signature, or by the acceptance of a stage, is owed from a day on."""
    waiting = (
        select(Instalment)
        .join(Contract, Contract.id == Instalment.contract_id)
        .where(
            Instalment.site_id == site_id,
            Instalment.due_at == at,
            Instalment.state == c.PLANNED,
            Contract.state == c.SIGNED,
        )
    )
    for each in session.scalars(waiting.order_by(Instalment.id)).all():
        carry_out(session, entity_by_id(c.INSTALMENT), each, "fall-due", {"due_on": on})


def signed(session: Session, contract: Contract) -> None:
    """A signed contract: what is owed at once falls due, also by stages that were accepted before."""
    if contract.signed_on is None:
        return
    fall_due(session, contract.site_id, c.AT_SIGNING, contract.signed_on)
    passed = select(Stage.stage, Stage.passed_on).where(
        Stage.site_id == contract.site_id, Stage.state == c.DONE
    )
    for stage, day in session.execute(passed).all():
        fall_due(session, contract.site_id, stage, day or contract.signed_on)


def add_change(session: Session, order: ChangeOrder) -> None:
    """What a signed change order costs is owed with the final payment; at once where the works are completed."""
    contract = signed_contract(session, order.site_id)
    if contract is None or not order.amount:
        return
    row = Instalment(
        contract_id=contract.id,
        change_order_id=order.id,
        site_id=order.site_id,
        customer_id=order.customer_id,
        kind=c.CHANGE,
        due_at=n.COMPLETION,
        amount=order.amount,
    )
    added(session, c.INSTALMENT, row)
    site = session.get_one(Site, order.site_id)
    if site.completed_on is not None and order.signed_on is not None:
        carry_out(session, entity_by_id(c.INSTALMENT), row, "fall-due", {"due_on": order.signed_on})


def keep_due(session: Session, site_id: int) -> None:
    """The site says since when mid-term and final payment are owed."""
    asked = select(Instalment.kind, func.min(Instalment.due_on)).where(
        Instalment.site_id == site_id, Instalment.state == c.DUE
    )
    found = {kind: day for kind, day in session.execute(asked.group_by(Instalment.kind)) if day is not None}
    finals = [found[each] for each in (c.FINAL, c.CHANGE) if each in found]
    mid, final = found.get(c.MID), min(finals, default=None)
    site = session.get_one(Site, site_id)
    if (site.mid_due_on, site.final_due_on) != (mid, final):
        with session.no_autoflush:
            site.mid_due_on, site.final_due_on = mid, final
            claim(session, site)
        session.flush()
