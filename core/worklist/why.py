"""Why something is owed by a day: the sentence of an obligation, by what was kept of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy import select
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
from core.worklist.granting import ENTITY
from core.worklist.models import OPEN, Obligation
from core.worklist.places import place_of
from core.worklist.reckoning import Place, Reckoned, by_cadence, by_deadline, put_off
from core.worklist.ways import known

DUE = N_("Counted from %(start)s to %(nominal)s, so it is due on %(due)s.")
PUT_OFF = N_("It was put off by %(days)s days while the work rested.")
PROVISIONAL = N_("The days off of that year are not announced yet, so the date may still move.")


def explain_obligation(session: Session, row: Obligation) -> Explanation:
    """Why it is owed by that day; settings that changed since change nothing."""
    basis = session.get_one(RuleBasis, row.basis_id)
    said = [
        gettext(
            DUE,
            start=shown.date(row.starts_on),
            nominal=shown.date(row.nominal_on),
            due=shown.date(row.due_on),
        )
    ]
    if row.paused_days:
        said.append(gettext(PUT_OFF, days=row.paused_days))
    if row.provisional:
        said.append(gettext(PROVISIONAL))
    inputs = {name: value for name, value in row.inputs.items() if name != "day"}
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
    """The dates of what is open and not late, worked out again from what was kept; once for all that are alike.

    What is closed or late keeps its dates whatever days off are entered later, so nothing can be said of it.
    """
    alike = (
        Obligation.branch_id,
        Obligation.rule,
        Obligation.basis_id,
        Obligation.occurrence,
        Obligation.starts_on,
        Obligation.nominal_on,
        Obligation.due_on,
        Obligation.paused_days,
    )
    still = (Obligation.state == OPEN, Obligation.late_on.is_(None), Obligation.paused_on.is_(None))
    rows = session.execute(select(*alike).where(*still, Obligation.due_at.is_(None)).distinct()).all()
    bases = {each.id: each for each in session.scalars(select(RuleBasis))}
    places: dict[int, Place] = {}
    for row in rows:
        basis = bases[row.basis_id]
        rule = known(session, row.rule, basis.version)
        if not isinstance(rule, Deadline | Cadence) or rule.version != basis.version:
            found.passed_over += 1
            continue
        found.judged += 1
        place = places.setdefault(row.branch_id, place_of(session, row.branch_id))
        now = _reckoned(rule, row, stored.live_map(basis.settings), place)
        kept = [row.nominal_on, row.due_on]
        if now is None or [now.nominal_on, now.due_on] != kept:
            what = f"obligation of {row.occurrence} in branch {row.branch_id}"
            again = [now.nominal_on, now.due_on] if now is not None else None
            found.differences.append(Difference(row.rule, what, stored.plain(kept), stored.plain(again)))


def _reckoned(
    rule: Deadline | Cadence, row: Any, settings: Mapping[str, Any], place: Place
) -> Reckoned | None:
    if isinstance(rule, Deadline):
        found = by_deadline(rule, settings, row.starts_on, place)
        return put_off(found, row.paused_days, rule, place.calendar) if found is not None else None
    base = date.fromisoformat(row.occurrence)
    return by_cadence(base, row.starts_on, row.paused_days, rule, place.calendar)


def _told(session: Session, key: str) -> Explanation:
    row = session.get(Obligation, numbered(key))
    if row is None:
        raise NotFound
    return explain_obligation(session, row)


EXPLAINERS["obligation"] = _obligation
OPERATORS["obligation"] = _told
REPLAYERS.append(_again)
