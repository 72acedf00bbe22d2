"""What rules found, on the pages of records: each with the way to its reason."""

from __future__ import annotations

from typing import Any

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select

from core.entities.spec import Entity
from core.handbook.explain import Explanation, explain_finding, outcome
from core.handbook.models import Finding
from core.handbook.own.rules import is_about
from core.handbook.registry import book
from core.installation import installation

MACROS = "macros/handbook.html"
SHOWN = 5


def shown_explanation(found: Explanation) -> dict[str, Any]:
    """An explanation as the templates show it."""
    return {
        "sentences": found.sentences,
        "settings": [{"label": each.label, "value": each.value} for each in found.settings],
        "inputs": [{"label": each.label, "value": each.value} for each in found.inputs],
        "clause": found.clause,
        "rule": found.rule,
        "rule_url": f"/core/handbook/rule/{found.rule}" if found.kind else "",
    }


def why_panel(finding: Finding) -> Markup:
    """Why a finding came out so, on its own page."""
    return _drawn("why", why=shown_explanation(explain_finding(finding)))


def findings_box(entity: Entity, record: Any) -> Markup:
    """The latest findings of a record; nothing where there are none, or no rule is about such records."""
    session = installation().database.session()
    declared = any(getattr(each, "entity", "") == entity.id for each in book().rules.values())
    if not declared and not is_about(session, entity.id):
        return Markup()
    rows = session.scalars(
        select(Finding)
        .where(Finding.entity == entity.id, Finding.subject_id == record.id)
        .order_by(Finding.id.desc())
        .limit(SHOWN)
    ).all()
    items = [
        {"text": outcome(each), "rule": each.rule, "url": f"/core/handbook/why/finding/{each.key}"}
        for each in rows
    ]
    return _drawn("findings", items=items, title=gettext("What rules found")) if items else Markup()


def _drawn(macro: str, **context: Any) -> Markup:
    return Markup(get_template_attribute(MACROS, macro)(**context))  # noqa: S704 - Jinja escapes
