"""What follows in the same transaction when something of a site was written or moved."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.entities.registry import entity_by_id
from core.entities.service import ADDED, SAVED, claim
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.people.access import current_user_id, today_in
from core.workflow.moving import move
from core.workflow.service import carry_out
from plugins.decoration.calls.closing import project_ended
from plugins.decoration.checks.repairs import check_file
from plugins.decoration.models.complaints import RepairFile
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import (
    ChangeOrder,
    Contract,
    HandbookReturn,
    Instalment,
    RecordCard,
    Settlement,
    ShowFlat,
)
from plugins.decoration.models.construction_stages import (
    Acceptance,
    CompletionNotice,
    Pause,
    Stage,
    StartNotice,
)
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c
from plugins.decoration.rules.names_complaints import REPAIR_FILE
from plugins.decoration.works import payments
from plugins.decoration.works.opening import added, at_stage, open_file


def after_site(session: Session, site: Site, what: str) -> None:
    """A site that starts gets its file, one that pauses a record of it, one that is completed its papers."""
    if what == n.UNDER_WAY:
        resumed(session, site)
        open_file(session, site)
    elif what == n.PAUSED:
        own = {"site_id": site.id, "customer_id": site.customer_id}
        day = site.paused_on or today_in(session, site.branch_id)
        added(session, c.PAUSE, Pause(paused_on=day, reason=site.pause_reason, **own))
    elif what == n.COMPLETED:
        completed(session, site)
    project_ended(session, site)


def resumed(session: Session, site: Site) -> None:
    """The pause that was open ends today."""
    pause = session.scalars(
        select(Pause).where(Pause.site_id == site.id, Pause.resumed_on.is_(None)).limit(1)
    ).first()
    if pause is not None:
        with session.no_autoflush:
            pause.resumed_on = today_in(session, site.branch_id)
            claim(session, pause)
        session.flush()


def completed(session: Session, site: Site) -> None:
    """Completed works stand on the settlement list; card and handbook are asked for (DEC-R13, DEC-R67, DEC-R73)."""
    day = site.completed_on or today_in(session, site.branch_id)
    own: dict[str, Any] = {"site_id": site.id, "customer_id": site.customer_id}
    payments.fall_due(session, site.id, n.COMPLETION, day)
    owed = payments.still_owed(session, site.id)
    missing: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        (c.SETTLEMENT, Settlement, {"completed_on": day, "owed": owed}),
        (c.RECORD_CARD, RecordCard, {"completed_on": day}),
        (c.HANDBOOK, HandbookReturn, {}),
    )
    for entity, model, values in missing:
        if session.scalar(select(model.id).where(model.site_id == site.id).limit(1)) is None:
            added(session, entity, model(**own, **values))
    if not settings_on(session, book().rules["DEC-R73"], site.branch_id, day)["handbook_check"]:
        open_repair_file(session, site)
    served_after_sale(session, site)


def open_repair_file(session: Session, site: Site) -> None:
    """The repair file of a completed site (DEC-R71, DEC-R73), unless somebody has opened it; the warranty runs from the
    acceptance of the works, else from their completion."""
    known = select(RepairFile.id).where(RepairFile.site_id == site.id)
    if site.completed_on is None or session.scalar(known.limit(1)) is not None:
        return
    with session.no_autoflush:
        file = RepairFile(
            site_id=site.id, customer_id=site.customer_id, accepted_on=_accepted_on(session, site)
        )
        check_file(file)
    added(session, REPAIR_FILE, file)


def _accepted_on(session: Session, site: Site) -> date | None:
    """The day on which the completed works were accepted last."""
    own = Acceptance.site_id == site.id, Acceptance.checkpoint == n.COMPLETION
    held = select(func.max(Acceptance.held_on)).where(*own, Acceptance.state.in_((c.PASSED, c.CLOSED)))
    return session.scalar(held)


def after_handbook(session: Session, handbook: HandbookReturn, what: str) -> None:
    """Once the handbook is looked through, the repair file is opened (DEC-R73)."""
    if what == c.CHECKED:
        open_repair_file(session, session.get_one(Site, handbook.site_id))


def served_after_sale(session: Session, site: Site) -> None:
    """With the last of their works completed, customers are in the phase after the sale, VIPs in that of VIPs
    (DEC-R01)."""
    wanted = Site.customer_id == site.customer_id, Site.id != site.id
    going_on = select(Site.id).where(*wanted, Site.state.in_((n.PREPARED, n.UNDER_WAY, n.PAUSED)))
    customer = session.get(Customer, site.customer_id)
    if customer is None or customer.phase not in (n.PRE_SALE, n.IN_SALE):
        return
    if session.scalar(going_on.limit(1)) is None:
        with session.no_autoflush:
            customer.phase = n.AFTER_SALE if customer.customer_class == n.ORDINARY else n.VIP_PHASE
            claim(session, customer)
        session.flush()


def after_start_notice(session: Session, notice: StartNotice, what: str) -> None:
    """A received notice starts the works, and with that opens the file, unless the branch opens files by hand."""
    if what != c.RECEIVED:
        return
    settings = settings_on(session, book().rules["DEC-R62"], notice.branch_id, notice.start_on)
    if settings["auto_create_file"]:
        site = session.get_one(Site, notice.site_id)
        carry_out(session, entity_by_id(n.SITE), site, "start", {"started_on": notice.start_on})


def after_completion_notice(session: Session, notice: CompletionNotice, what: str) -> None:
    """A received notice completes the works."""
    if what == c.RECEIVED:
        site = session.get_one(Site, notice.site_id)
        carry_out(session, entity_by_id(n.SITE), site, "complete", {"completed_on": notice.completed_on})


def after_stage(session: Session, stage: Stage, what: str) -> None:
    """The site says which stage is under way."""
    if what == c.WORKING:
        at_stage(session, session.get_one(Site, stage.site_id), stage.stage)


def after_acceptance(session: Session, acceptance: Acceptance, what: str) -> None:
    """What passed ends its stage, and lets fall due what hangs on it; what failed is inspected again."""
    if what == c.PASSED and acceptance.held_on is not None:
        wanted = Stage.site_id == acceptance.site_id, Stage.stage == acceptance.checkpoint
        stage = session.scalars(select(Stage).where(*wanted)).first()
        if stage is not None and stage.state != c.DONE:
            carry_out(session, entity_by_id(c.STAGE), stage, "pass", {"passed_on": acceptance.held_on})
        payments.fall_due(session, acceptance.site_id, acceptance.checkpoint, acceptance.held_on)
    elif what == c.FAILED:
        again = Acceptance(
            site_id=acceptance.site_id,
            customer_id=acceptance.customer_id,
            checkpoint=acceptance.checkpoint,
            attempt=acceptance.attempt + 1,
            previous_id=acceptance.id,
        )
        added(session, c.ACCEPTANCE, again)


def after_contract(session: Session, contract: Contract, what: str) -> None:
    """What is owed at the signature falls due with it; before it, shares follow the amount."""
    if what == c.SIGNED:
        payments.signed(session, contract)
        design_signed(session, contract)
    elif what == SAVED and contract.state == c.DRAFTED:
        payments.share_anew(session, contract)


def design_signed(session: Session, contract: Contract) -> None:
    """The design that the contract is about says that one came of it."""
    site = session.get_one(Site, contract.site_id)
    design = session.get(Commission, site.commission_id) if site.commission_id is not None else None
    if design is not None and design.signing == n.PENDING:
        with session.no_autoflush:
            design.signing = n.SIGNED
            claim(session, design)
        session.flush()


def after_instalment(session: Session, instalment: Instalment, what: str) -> None:
    """The site says what is owed on it."""
    if what in (c.DUE, c.PAID):
        payments.keep_due(session, instalment.site_id)


def after_change_order(session: Session, order: ChangeOrder, what: str) -> None:
    """What was agreed is owed."""
    if what == c.SIGNED:
        payments.add_change(session, order)


def after_show_flat(session: Session, flat: ShowFlat, what: str) -> None:
    """Whoever proposes one asks for its approval (DEC-R39)."""
    if what == ADDED:
        move(session, entity_by_id(c.SHOW_FLAT), flat, "approve", {}, user_id=current_user_id())


def after_settlement(session: Session, settlement: Settlement, what: str) -> None:
    """With its line of the list the site is settled."""
    if what == c.SETTLED:
        carry_out(session, entity_by_id(n.SITE), session.get_one(Site, settlement.site_id), "settle", {})
