"""What is complained of again: by the same customer (DEC-R86), by many of them (DEC-R87), or as a problem that recurs
(DEC-R37)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.measures.months import first_day, last_day, month_of
from core.worklist.events import happened
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.rules.names_complaints import COMPLAINT

RECURRING = f"{COMPLAINT}.recurring"


def earlier(session: Session, complaint: Complaint) -> Complaint | None:
    """The latest earlier complaint of the customer about the same: of the same kind and, where both name a site, about
    the same one."""
    asked = select(Complaint).where(
        Complaint.customer_id == complaint.customer_id, Complaint.kind == complaint.kind
    )
    if complaint.id:
        asked = asked.where(Complaint.id < complaint.id)
    if complaint.site_id:
        asked = asked.where((Complaint.site_id == complaint.site_id) | Complaint.site_id.is_(None))
    with session.no_autoflush:
        return session.scalar(asked.order_by(Complaint.id.desc()).limit(1))


def mark_batch(session: Session, complaint: Complaint) -> None:
    """Mark what more customers complain of in a month than the branch allows (DEC-R87)."""
    most = _setting(session, "DEC-R87", "batch_threshold", complaint.received_on)
    if most is None or complaint.batch:
        return
    like = _of_month(complaint, Complaint, Complaint.received_on)
    session.flush()
    customers = session.scalar(like.with_only_columns(func.count(Complaint.customer_id.distinct()))) or 0
    if customers > most:
        for each in session.scalars(like.where(~Complaint.batch)):
            each.batch = True
        session.flush()


def tell_recurring(session: Session, complaint: Complaint, day: date) -> None:
    """Tell once of what somebody marked as common or special, or what came as often in a month as the branch says."""
    if complaint.told_on is not None:
        return
    often = _setting(session, "DEC-R37", "recurring_problem_threshold", complaint.received_on)
    if complaint.common or (often is not None and problems_of_month(session, complaint) >= often):
        complaint.told_on = day
        session.flush()
        happened(session, RECURRING, [complaint], day)


def problems_of_month(session: Session, complaint: Complaint) -> int:
    """Complaints and repairs of its kind in its month, this one with them."""
    complaints = _of_month(complaint, Complaint, Complaint.received_on)
    repairs = _of_month(complaint, Repair, Repair.reported_on)
    counted = (
        session.scalar(each.with_only_columns(func.count(model.id)))
        for each, model in ((complaints, Complaint), (repairs, Repair))
    )
    return sum(each or 0 for each in counted)


def _of_month(complaint: Complaint, model: Any, day: Any) -> Select[Any]:
    month = month_of(complaint.received_on)
    return select(model).where(model.kind == complaint.kind, day.between(first_day(month), last_day(month)))


def _setting(session: Session, rule: str, name: str, day: date) -> Any:
    return settings_on(session, book().rules[rule], current_branch_id(), day)[name]
