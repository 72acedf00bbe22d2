"""Obligations on the home page: a line for each rule under what is overdue, due today and coming, and what was raised
to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext
from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.switches import plugin_on
from core.handbook.kinds import Cadence
from core.handbook.registry import book
from core.inspections.models import OPEN as BEGUN
from core.inspections.models import Inspection
from core.installation import installation
from core.people.access import Person, current_person, may
from core.work.kinds import WorkItem, WorkKind
from core.worklist.granting import ENTITY
from core.worklist.models import OPEN, Obligation
from core.worklist.reach import own, raised_to
from core.worklist.shown import report_url, rule_title

COMING = 14
"""Days ahead that the home page looks; the list has all."""
LATE, TODAY, AHEAD = "late", "today", "ahead"


def obligations(session: Session, day: date) -> Sequence[WorkItem]:
    """Two statements, however many obligations there are."""
    person = current_person()
    if person is None:
        return []
    raised = and_(raised_to(person), not_(own(person)))
    return [*_lines(session, day, person, own(person)), *_raised(session, day, raised)]


def _open(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Obligation.branch_id == current_branch_id(),
        Obligation.state == OPEN,
        Obligation.paused_on.is_(None),
        Obligation.due_on <= day + timedelta(days=COMING),
    )


def _lines(session: Session, day: date, person: Person, mine: ColumnElement[bool]) -> list[WorkItem]:
    when = case((Obligation.due_on < day, LATE), (Obligation.due_on == day, TODAY), else_=AHEAD)
    named = case((Obligation.owner_id.is_(None), 0), else_=1)
    each = select(
        Obligation.rule,
        when.label("span"),
        named.label("named"),
        Obligation.due_on,
        Obligation.starts_on,
        Obligation.nominal_on,
    )
    others = Obligation.rule.not_in(sorted(_shown_elsewhere()))
    mine_open = each.where(*_open(day), mine, not_(_shown_as_round(day)), others).subquery("mine")
    keys = (mine_open.c.rule, mine_open.c.span, mine_open.c.named)
    firsts = [func.min(mine_open.c[name]) for name in ("due_on", "starts_on", "nominal_on")]
    rows = session.execute(select(*keys, func.count(), *firsts).group_by(*keys)).all()
    twice = {rule for rule, _group, is_named, *_ in rows if is_named}
    twice &= {rule for rule, _group, is_named, *_ in rows if not is_named}
    return [
        WorkItem(
            rule_title(rule),
            count,
            (report_url(rule, begun, dated) if count == 1 else "")
            or _url(rule, {**_span(group, day), **_whose(is_named, person)}),
            due=first,
            hint=_owed_by(is_named) if rule in twice else "",
        )
        for rule, group, is_named, count, first, begun, dated in rows
    ]


def _shown_elsewhere() -> set[str]:
    """The rules of which other lines of the reader's show what is owed."""
    shown = (
        kind.rules()
        for owner, kind in installation().work
        if kind.rules is not None and plugin_on(owner) and may(kind.entity, kind.right)
    )
    return {rule for rules in shown for rule in rules}


def _owed_by(is_named: int) -> str:
    """Tells what is owed by the reader in person from what anybody in the position may do."""
    return gettext("owed by you") if is_named else gettext("owed by your position")


def _shown_as_round(day: date) -> ColumnElement[bool]:
    """Of what My work has a line by the round itself: as long as it can be made, or once it was begun."""
    rules = [each for each in book().of_kind(Cadence) if each.round]
    same = Inspection.branch_id == Obligation.branch_id, Inspection.due_on == Obligation.due_on
    begun = select(Inspection.id).where(*same, Inspection.state == BEGUN).correlate(Obligation)
    of_rule = (
        and_(Obligation.rule == each.id, begun.where(Inspection.round == each.round).exists())
        for each in rules
    )
    to_come = and_(Obligation.rule.in_([each.id for each in rules]), Obligation.due_on >= day)
    return or_(to_come, *of_rule)


def _raised(session: Session, day: date, raised: ColumnElement[bool]) -> list[WorkItem]:
    counted = select(Obligation.rule, func.count(), func.min(Obligation.due_on), func.min(Obligation.step))
    rows = session.execute(counted.where(*_open(day), raised).group_by(Obligation.rule))
    return [
        WorkItem(
            rule_title(rule), count, _url(rule, {"f_step.ge": step}), due=first, hint=gettext("raised to you")
        )
        for rule, count, first, step in rows
    ]


def _span(group: str, day: date) -> dict[str, Any]:
    if group == LATE:
        return {"f_due_on.lt": day.isoformat()}
    if group == TODAY:
        return {"f_due_on.eq": day.isoformat()}
    return {"f_due_on.gt": day.isoformat(), "f_due_on.le": (day + timedelta(days=COMING)).isoformat()}


def _whose(is_named: int, person: Person) -> dict[str, Any]:
    return {"f_owner_id.eq": person.user_id} if is_named else {"f_owner_id.none": "1"}


def _url(rule: str, more: dict[str, Any]) -> str:
    return f"/core/obligation/?{urlencode({'f_rule.eq': rule, 'f_state.eq': OPEN, **more})}"


WORK = (WorkKind("core.obligations", obligations, ENTITY, "see", icon="calendar-due"),)
