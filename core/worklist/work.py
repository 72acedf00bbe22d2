"""Obligations on the home page: a line for each rule under what is overdue, due today and coming, and what was raised
to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask_babel import gettext
from sqlalchemy import ColumnElement, and_, func, literal_column, not_, select
from sqlalchemy.orm import Session

from core.branches.switches import plugin_on
from core.entities import counting
from core.installation import installation
from core.people.access import Person, current_person, may
from core.work.kinds import WorkItem, WorkKind
from core.worklist.granting import ENTITY
from core.worklist.lines import COMING, LATE, TODAY, Group, groups, is_open
from core.worklist.models import OPEN, Obligation
from core.worklist.reach import own, raised_to
from core.worklist.shown import report_url, rule_title


def obligations(session: Session, day: date) -> Sequence[WorkItem]:
    """A few statements, however many obligations there are."""
    person = current_person()
    if person is None:
        return []
    raised = and_(raised_to(person), not_(own(person)))
    return [*_lines(session, day, person), *_raised(session, day, raised)]


def _lines(session: Session, day: date, person: Person) -> list[WorkItem]:
    found = groups(session, person, day, _shown_elsewhere())
    twice = {each.rule for each in found if each.is_named} & {
        each.rule for each in found if not each.is_named
    }
    return [
        WorkItem(
            rule_title(each.rule),
            each.count,
            _report_url(each) or _url(each.rule, {**_span(each.span, day), **_whose(each.is_named, person)}),
            due=each.first,
            hint=_owed_by(each.is_named) if each.rule in twice else "",
            cap=counting.GLANCE_CAP,
        )
        for each in found
    ]


def _shown_elsewhere() -> set[str]:
    """The rules of which other lines of the reader's show what is owed."""
    shown = (
        kind.rules()
        for owner, kind in installation().work
        if kind.rules is not None and plugin_on(owner) and may(kind.entity, kind.right)
    )
    return {rule for rules in shown for rule in rules}


def _report_url(group: Group) -> str:
    if group.count != 1 or group.starts_on is None or group.nominal_on is None:
        return ""
    return report_url(group.rule, group.starts_on, group.nominal_on)


def _owed_by(is_named: bool) -> str:
    """Tells what is owed by the reader in person from what anybody in the position may do."""
    return gettext("owed by you") if is_named else gettext("owed by your position")


def _raised(session: Session, day: date, raised: ColumnElement[bool]) -> list[WorkItem]:
    each = select(Obligation.rule, Obligation.due_on, Obligation.step).where(*is_open(day), raised)
    # A literal, so that the index of what was raised is seen to hold all of it.
    of_index = Obligation.step > literal_column("0")
    some = each.where(of_index).limit(counting.COUNT_CAP + 1).subquery("some")
    asked = select(some.c.rule, func.count(), func.min(some.c.due_on), func.min(some.c.step))
    return [
        WorkItem(
            rule_title(rule), count, _url(rule, {"f_step.ge": step}), due=first, hint=gettext("raised to you")
        )
        for rule, count, first, step in session.execute(asked.group_by(some.c.rule))
    ]


def _span(group: str, day: date) -> dict[str, Any]:
    if group == LATE:
        return {"f_due_on.lt": day.isoformat()}
    if group == TODAY:
        return {"f_due_on.eq": day.isoformat()}
    return {"f_due_on.gt": day.isoformat(), "f_due_on.le": (day + timedelta(days=COMING)).isoformat()}


def _whose(is_named: bool, person: Person) -> dict[str, Any]:
    return {"f_owner_id.eq": person.user_id} if is_named else {"f_owner_id.none": "1"}


def _url(rule: str, more: dict[str, Any]) -> str:
    return f"/core/obligation/?{urlencode({'f_rule.eq': rule, 'f_state.eq': OPEN, **more})}"


WORK = (WorkKind("core.obligations", obligations, ENTITY, "see", icon="calendar-due"),)
