"""Obligations in words: the rule's title, what it is about, its state."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import g, get_template_attribute, has_request_context
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from markupsafe import Markup
from sqlalchemy import inspect, select

from core.branches.scope import current_scope
from core.entities.reading import title_for_reader
from core.entities.registry import allowed
from core.entities.spec import Entity
from core.handbook.explain import known_rule
from core.handbook.kinds import Cadence, Obliging
from core.handbook.own.rules import is_own, own_obliging
from core.handbook.registry import book
from core.handbook.screens.panels import shown_explanation
from core.handbook.words import said
from core.installation import installation
from core.worklist.granting import ENTITY
from core.worklist.models import BRANCH_ENTITY, OPEN, Obligation
from core.worklist.why import explain_obligation

MACROS = "macros/worklist.html"
_KEPT, _OWN = "zhidu_subjects", "zhidu_own_duties"


def rule_title(rule_id: str) -> str:
    """What "My work" says of a rule's obligations; the clause's line where the rule names no title."""
    rule = known_rule(rule_id)
    if not isinstance(rule, Obliging):
        return rule_id
    return str(rule.title) if is_own(rule) else said(_title(rule))


def rule_choices() -> tuple[tuple[str, Any], ...]:
    """Every rule that obliges, by its title in the language of whoever reads it; of administrators' own those of the
    branches that the reader reads."""
    declared = [(each.id, LazyString(said, _title(each))) for each in book().of_kind(Obliging)]
    return (*declared, *_own_choices())


def _own_choices() -> list[tuple[str, Any]]:
    """Asked once in a request."""
    if not has_request_context():
        return []
    if _OWN not in g:
        found = own_obliging(installation().database.session(), current_scope().readable)
        setattr(g, _OWN, [(each.id, str(each.title)) for each in found])
    return list(g.get(_OWN))


def _title(rule: Obliging) -> Any:
    return rule.title or rule.clause.says


def report_url(rule_id: str, begun: date, dated: date) -> str:
    """Where the report is written that ends what is owed under a rule: of the period of the deadline's event (`begun`)
    or of the cadence's date; empty where no report does."""
    report = next((each for each in installation().reports.values() if each.rule == rule_id), None)
    if report is None:
        return ""
    day = dated if isinstance(book().get(rule_id), Cadence) else begun
    return f"{report.path}?on={report.owed_on(day).first.isoformat()}"


def subject_of(row: Obligation) -> str:
    """The title of what it is about, as the reader may have it; all rows read with it are asked for at once."""
    return str(_titles(row).get((row.entity, row.record_id), f"#{row.record_id}"))


def _titles(row: Obligation) -> dict[tuple[str, int], str]:
    kept: dict[tuple[str, int], str] = g.setdefault(_KEPT, {}) if has_request_context() else {}
    if (row.entity, row.record_id) in kept:
        return kept
    session, entity = inspect(row).session, installation().entities.get(row.entity)
    if session is None or entity is None or not _may_see(entity):
        return kept
    beside = (each for each in session.identity_map.values() if isinstance(each, Obligation))
    wanted = {each.record_id for each in beside if each.entity == row.entity} | {row.record_id}
    for record in session.scalars(select(entity.model).where(entity.model.id.in_(sorted(wanted)))):
        kept[row.entity, record.id] = title_for_reader(entity, record)
    return kept


def _may_see(entity: Entity) -> bool:
    """A branch's name is no secret from whoever works in it; commands read everything."""
    return entity.id == BRANCH_ENTITY or not has_request_context() or allowed(entity, "see")


def panel(row: Obligation) -> Markup:
    """Why it is owed, and the way to its subject, to what fulfilled it and to what it was merged into."""
    session = inspect(row).session
    if session is None:
        return Markup()
    links = [
        _report_link(row),
        _link(gettext("Subject"), row.entity, row.record_id),
        _link(gettext("Fulfilled by"), row.closed_entity or "", row.closed_record or 0),
        _link(gettext("Merged into"), ENTITY, row.merged_into or 0),
    ]
    why = shown_explanation(explain_obligation(session, row))
    found = [each for each in links if each]
    return Markup(get_template_attribute(MACROS, "obligation")(why, found))  # noqa: S704 - Jinja escapes


def _report_link(row: Obligation) -> dict[str, str] | None:
    url = report_url(row.rule, row.starts_on, row.nominal_on) if row.state == OPEN else ""
    report = gettext("Report")
    return {"label": report, "value": gettext("Open and write"), "url": url} if url else None


def _link(label: str, entity_id: str, record_id: int) -> dict[str, str] | None:
    entity = installation().entities.get(entity_id)
    if entity is None or not record_id or not allowed(entity, "see"):
        return None
    return {"label": label, "value": f"{entity.label} #{record_id}", "url": f"{entity.path}{record_id}"}
