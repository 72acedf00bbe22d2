"""Whose a report is: of the position that owes it and hands it in, and of those that sign it off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from flask import has_request_context
from flask_babel.speaklater import LazyString
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session
from werkzeug.exceptions import Forbidden, NotFound

from core.branches.switches import plugin_on
from core.entities.registry import demand, entity_by_id
from core.handbook.kinds import Obliging
from core.handbook.registry import RuleBook, book
from core.handbook.words import said
from core.installation import installation
from core.people.access import current_person, may
from core.people.positions import Grant, Position
from core.reports.kinds import ENTITY, Report
from core.reports.models import FiledReport
from core.reports.states import FILL, SEE_ALL, SIGNS

READS = frozenset({"see", "export", "print"})


def with_reports(
    positions: Mapping[str, Position], reports: Iterable[Report], rules: RuleBook
) -> dict[str, Position]:
    """The positions, each with what the rules of reports give it: who owes one fills it in, its superior signs it."""
    given: dict[str, tuple[frozenset[str], Obliging]] = {}
    for report in reports:
        rule = rules.get(report.rule)
        if not isinstance(rule, Obliging):
            continue
        for position, action in ((rule.owner, FILL), *((each, SIGNS) for each in report.signed_by)):
            known, first = given.get(position, (READS, rule))
            given[position] = (known | {action}, first)
    return {id: _with(each, *given[id]) if id in given else each for id, each in positions.items()}


def _with(position: Position, actions: frozenset[str], rule: Obliging) -> Position:
    own = next((each for each in position.grants if each.entity == ENTITY), None)
    others = tuple(each for each in position.grants if each is not own)
    if own is not None:
        return replace(position, grants=(*others, replace(own, actions=own.actions | actions)))
    return replace(position, grants=(*others, Grant(ENTITY, actions, LazyString(_clause, rule))))


def _clause(rule: Obliging) -> str:
    return f"{said(rule.clause.document)} {rule.clause.heading} ({rule.id})"


# ---------------------------------------------------------------- the reader


def owner_of(report: Report) -> str:
    """The position that owes it."""
    rule = book().get(report.rule)
    return rule.owner if isinstance(rule, Obliging) else ""


def fills(report: Report) -> bool:
    """Whether the reader hands it in."""
    return may(ENTITY, FILL) and _holds((owner_of(report),))


def signs(report: Report) -> bool:
    """Whether the reader signs it off."""
    return may(ENTITY, SIGNS) and _holds(report.signed_by)


def _holds(positions: Sequence[str]) -> bool:
    person = current_person()
    return person is not None and (
        person.everything or any(each.id in positions for each in person.positions)
    )


def every_kind() -> list[Report]:
    """The kinds of the plugins that are on in the active branch, in order."""
    found = [each for each in installation().reports.values() if plugin_on(each.plugin)]
    return sorted(found, key=lambda each: each.order)


def seen_kinds() -> list[Report]:
    """Those of which the reader sees what was handed in."""
    if may(ENTITY, SEE_ALL):
        return every_kind()
    return [each for each in every_kind() if _holds((owner_of(each), *each.signed_by))]


def reached() -> list[ColumnElement[bool]]:
    """What narrows reports to those that the reader may see."""
    if not has_request_context() or current_person() is None:
        return []
    return [FiledReport.kind.in_([each.id for each in seen_kinds()])]


def demand_kind(plugin: str, name: str) -> Report:
    """The kind of an address; NotFound for none, Forbidden for who does not hand it in."""
    report = installation().reports.get(f"{plugin}.{name}")
    if report is None or not plugin_on(plugin):
        raise NotFound
    demand(entity_by_id(ENTITY), FILL)
    if not fills(report):
        raise Forbidden
    return report


def is_filler(_session: Session, record: Any) -> bool:
    """For a guard: whether the reader hands in reports of this kind."""
    report = installation().reports.get(record.kind)
    return report is not None and fills(report)


def is_signer(_session: Session, record: Any) -> bool:
    """For a guard: whether the reader signs off reports of this kind."""
    report = installation().reports.get(record.kind)
    return report is not None and signs(report)
