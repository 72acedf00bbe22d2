"""Why a bill is payable until its day: by what was kept of the rule, and worked out again from that."""

from __future__ import annotations

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.switches import plugin_on
from core.data.marks import N_
from core.entities import service
from core.entities.query import MAX_ID
from core.entities.registry import demand, entity_by_id
from core.handbook import stored
from core.handbook.explain import EXPLAINERS, Explanation, explain_basis
from core.handbook.kinds import Deadline
from core.handbook.models import RuleBasis
from core.handbook.replay import REPLAYERS, Difference, Replayed
from core.ui import format as shown
from core.worklist.places import place_of
from core.worklist.reckoning import Place, by_deadline
from core.worklist.ways import known
from plugins.gas.models import Bill

KIND = "bill-due"
PAYABLE = N_("Billed on %(billed)s, so it is payable until %(due)s.")


def address(bill: Bill) -> str:
    """Where it is told why; empty for a bill of which nothing was kept."""
    return f"/core/handbook/why/{KIND}/{bill.id}" if bill.due_basis_id is not None else ""


def _explain(session: Session, key: str) -> Explanation:
    entity = entity_by_id("gas.bill")
    demand(entity, "see")
    if not plugin_on("gas") or not (key.isascii() and key.isdecimal()) or len(key) > 10 or int(key) > MAX_ID:
        raise NotFound
    bill = service.find(session, entity, int(key))
    if bill.due_basis_id is None:
        raise NotFound
    said = gettext(PAYABLE, billed=shown.date(bill.billed_on), due=shown.date(bill.due_on))
    basis = session.get_one(RuleBasis, bill.due_basis_id)
    return explain_basis(basis, first=said, day=bill.billed_on, entity=entity.id, subject_id=bill.id)


def _again(session: Session, found: Replayed) -> None:
    """The days of all bills, worked out once for those that are alike."""
    alike = (Bill.branch_id, Bill.due_basis_id, Bill.billed_on, Bill.due_on)
    rows = session.execute(select(*alike).where(Bill.due_basis_id.is_not(None)).distinct()).all()
    bases: dict[int | None, RuleBasis] = {each.id: each for each in session.scalars(select(RuleBasis))}
    places: dict[int, Place] = {}
    for branch_id, basis_id, billed_on, due_on in rows:
        basis = bases[basis_id]
        rule = known(session, basis.rule)
        if not isinstance(rule, Deadline) or rule.version != basis.version:
            found.passed_over += 1
            continue
        found.judged += 1
        if branch_id not in places:
            places[branch_id] = place_of(session, branch_id)
        now = by_deadline(rule, stored.live_map(basis.settings), billed_on, places[branch_id])
        day = now.due_on if now is not None else None
        if day != due_on:
            what = f"bills of {billed_on} in branch {branch_id}"
            found.differences.append(Difference(rule.id, what, stored.plain(due_on), stored.plain(day)))


EXPLAINERS[KIND] = _explain
REPLAYERS.append(_again)
