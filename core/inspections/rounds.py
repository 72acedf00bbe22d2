"""The rounds of the installation: who fills them in, and where each stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound

from core.branches.switches import plugin_on
from core.entities.registry import demand, entity_by_id
from core.handbook.periods import Period
from core.inspections.items import Item, items_of_rounds
from core.inspections.kinds import InspectionRound
from core.inspections.models import OPEN, Inspection
from core.inspections.rhythm import period_on
from core.installation import installation
from core.people.access import Person, current_person, may

INSPECTION, RESULT = "core.inspection", "core.inspection-result"
FILL = "fill"


@dataclass(frozen=True)
class Standing:
    """A round in one period: what is looked at, and the inspection where one was begun."""

    round: InspectionRound
    period: Period
    items: Sequence[Item]
    inspection: Inspection | None = None


def every_round() -> list[InspectionRound]:
    """The rounds of the plugins that are on in the active branch, in order."""
    found = [each for each in installation().inspections.values() if plugin_on(each.plugin)]
    return sorted(found, key=lambda each: each.order)


def own_rounds() -> list[InspectionRound]:
    """Those that the person fills in: who holds the round's position, with the right to fill in."""
    person = current_person()
    if person is None or not may(INSPECTION, FILL):
        return []
    return [each for each in every_round() if _holds(person, each)]


def demand_round(plugin: str, name: str) -> InspectionRound:
    """The round of an address; NotFound for none, Forbidden for who does not fill it in."""
    round_ = installation().inspections.get(f"{plugin}.{name}")
    if round_ is None or not plugin_on(plugin):
        raise NotFound
    demand(entity_by_id(INSPECTION), FILL)
    person = current_person()
    if person is None or not _holds(person, round_):
        raise Forbidden
    return round_


def _holds(person: Person, round_: InspectionRound) -> bool:
    return person.everything or any(each.id == round_.by for each in person.positions)


def standing(
    session: Session, rounds: Sequence[InspectionRound], branch_id: int, day: date
) -> list[Standing]:
    """Where rounds stand in the active branch in the period of a day; without those that rest or have no item."""
    periods = {each.id: period_on(session, each, branch_id, day) for each in rounds}
    items = items_of_rounds(session, tuple(rounds), branch_id, day)
    begun = _begun(session, branch_id, periods)
    found = []
    for each in rounds:
        period = periods[each.id]
        if period is not None and (items[each.id] or each.id in begun):
            found.append(Standing(each, period, items[each.id], begun.get(each.id)))
    return found


def _begun(session: Session, branch_id: int, periods: dict[str, Period | None]) -> dict[str, Inspection]:
    firsts = {period.first for period in periods.values() if period is not None}
    if not firsts:
        return {}
    rows = session.scalars(
        select(Inspection).where(
            Inspection.branch_id == branch_id,
            Inspection.round.in_(periods),
            Inspection.first_on.in_(firsts),
        )
    )
    wanted = {(name, period.first) for name, period in periods.items() if period is not None}
    return {each.round: each for each in rows if (each.round, each.first_on) in wanted}


def left_open(
    session: Session, rounds: Sequence[InspectionRound], branch_id: int, day: date
) -> list[Inspection]:
    """Inspections that were begun in an earlier period and never finished, the oldest first."""
    if not rounds:
        return []
    wanted = select(Inspection).where(
        Inspection.branch_id == branch_id,
        Inspection.round.in_([each.id for each in rounds]),
        Inspection.state == OPEN,
        Inspection.due_on < day,
    )
    return list(session.scalars(wanted.order_by(Inspection.first_on, Inspection.id)))
