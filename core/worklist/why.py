"""Why something is owed by a day: the sentence of an obligation, by what was kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext
from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.switches import CORE, plugin_on
from core.data.marks import N_
from core.entities import service
from core.entities.registry import demand, entity_by_id
from core.handbook import stored
from core.handbook.explain import EXPLAINERS, OPERATORS, Explanation, department_of, explain_basis, numbered
from core.handbook.kinds import Cadence, Deadline
from core.handbook.models import RuleBasis
from core.handbook.replay import REPLAYERS, Difference, Replayed
from core.ui import format as shown
from core.worklist import rounds
from core.worklist.granting import ENTITY
from core.worklist.known_days import KnownDays
from core.worklist.models import OPEN, Obligation
from core.worklist.opening import FIELD
from core.worklist.reckoning import Place, Reckoned, by_cadence, by_deadline, put_off
from core.worklist.ways import known

DUE = N_("Counted from %(start)s to %(nominal)s, so it is due on %(due)s.")
DUE_AHEAD = N_("Counted back from %(start)s to %(nominal)s, so it is due on %(due)s.")
PUT_OFF = N_("It was put off by %(days)s days while the work rested.")
PROVISIONAL = N_("The days off of that year are not announced yet, so the date may still move.")


def explain_obligation(session: Session, row: Obligation) -> Explanation:
    """Why it is owed by that day; settings that changed since change nothing."""
    basis = session.get_one(RuleBasis, row.basis_id)
    said = [
        gettext(
            DUE_AHEAD if row.nominal_on < row.starts_on else DUE,
            start=shown.date(row.starts_on),
            nominal=shown.date(row.nominal_on),
            due=shown.date(row.due_on),
        )
    ]
    if row.paused_days:
        said.append(gettext(PUT_OFF, days=row.paused_days))
    if row.provisional:
        said.append(gettext(PROVISIONAL))
    inputs = {name: value for name, value in row.inputs.items() if name not in ("day", FIELD)}
    return explain_basis(
        basis,
        first=" ".join(said),
        day=row.starts_on,
        inputs=inputs,
        entity=row.entity,
        subject_id=row.record_id,
    )


def _obligation(session: Session, key: str) -> Explanation:
    entity = entity_by_id(ENTITY)
    demand(entity, "see")
    row = service.find(session, entity, numbered(key))
    rule = known(session, row.rule)
    owner = department_of(rule) if rule is not None else CORE
    if owner != CORE and not plugin_on(owner):
        raise NotFound
    return explain_obligation(session, row)


def _again(session: Session, found: Replayed) -> None:
    """The dates of what is owed or was, worked out again from what was kept; once for all that are alike.

    What is closed or late keeps its dates whatever days off are entered later: of its kept dates it is asked whether
    they come of what was known of days at some time between its opening and its end. What rests at the moment has none.
    """
    settled = or_(Obligation.state != OPEN, Obligation.late_on.is_not(None))
    judge = _Again(session, found)
    opened, closed = judge.days.number(Obligation.created_at), judge.days.number(Obligation.closed_at)
    ended = case((Obligation.closed_at.is_(None), judge.days.present), else_=closed)
    alike = (
        Obligation.branch_id,
        Obligation.rule,
        Obligation.basis_id,
        Obligation.occurrence,
        Obligation.starts_on,
        Obligation.nominal_on,
        Obligation.due_on,
        Obligation.paused_days,
        settled.label("settled"),
        case((settled, opened), else_=judge.days.present).label("opened"),
        case((settled, ended), else_=judge.days.present).label("ended"),
        case((settled, Obligation.provisional), else_=False).label("guessed"),
    )
    going_on = Obligation.paused_on.is_(None)
    for row in session.execute(select(*alike).where(going_on, Obligation.due_at.is_(None)).distinct()).all():
        judge.row(row, None, {})
    timed = select(*alike, Obligation.due_at, Obligation.inputs)
    for each in session.execute(timed.where(going_on, Obligation.due_at.is_not(None))).all():
        judge.row(each, each.due_at, each.inputs)


class _Again:
    """Works dates out again; what many rows share is read once."""

    def __init__(self, session: Session, found: Replayed) -> None:
        self._session, self._found = session, found
        self._bases = {each.id: each for each in session.scalars(select(RuleBasis))}
        self.days = KnownDays(session)

    def row(self, row: Any, due_at: datetime | None, inputs: Mapping[str, Any]) -> None:
        basis, found = self._bases[row.basis_id], self._found
        rule = known(self._session, row.rule, basis.version)
        is_known = isinstance(rule, Deadline | Cadence) and rule.version == basis.version
        if not isinstance(rule, Deadline | Cadence) or not is_known:
            found.passed_over += 1
            return
        settings, at = stored.live_map(basis.settings), stored.live_map(inputs).get("at")
        kept, again = [row.nominal_on, row.due_on, due_at], None
        for number in self._states(row):
            now = _reckoned(rule, row, settings, self.days.place(row.branch_id, number), at)
            again = [now.nominal_on, now.due_on, now.due_at] if now is not None else None
            if again == kept:
                found.judged += 1
                return
        if row.guessed or not all(self.days.is_whole(each) for each in self._states(row)):
            found.passed_over += 1  # it rests on days of which is not known any more what was thought of them
            return
        found.judged += 1
        what = f"obligation of {row.occurrence} in branch {row.branch_id}"
        found.differences.append(Difference(row.rule, what, stored.plain(kept), stored.plain(again)))

    def _states(self, row: Any) -> range:
        """What was known of days while it was open, the oldest first."""
        return range(min(row.opened, row.ended), max(row.opened, row.ended) + 1)


def _reckoned(
    rule: Deadline | Cadence, row: Any, settings: Mapping[str, Any], place: Place, at: datetime | None
) -> Reckoned | None:
    if isinstance(rule, Deadline):
        found = by_deadline(rule, settings, row.starts_on, place, at)
        return put_off(found, row.paused_days, rule, place.calendar) if found is not None else None
    base = date.fromisoformat(
        row.occurrence.partition("/")[0]
    )  # of what was planned anew, a number stands behind it
    if rule.round:
        return rounds.of_period(rule, settings, base)
    return by_cadence(base, row.starts_on, row.paused_days, rule, settings, place.calendar)


def _told(session: Session, key: str) -> Explanation:
    row = session.get(Obligation, numbered(key))
    if row is None:
        raise NotFound
    return explain_obligation(session, row)


EXPLAINERS["obligation"] = _obligation
OPERATORS["obligation"] = _told
REPLAYERS.append(_again)
