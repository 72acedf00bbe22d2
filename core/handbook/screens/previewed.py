"""A preview as its page shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import get_locale, gettext

from core.entities.registry import allowed, entity_by_id
from core.handbook.kinds import Approval, Check, Notice, Span
from core.handbook.preview import Otherwise, Outcome, Previewed
from core.installation import installation
from core.people.rights.snapshot import present, tree_of
from core.ui import format as shown


def shown_preview(found: Previewed | None, before: str = "", after: str = "") -> dict[str, Any]:
    """How many, which branches, how much money, which records; of a kind that nobody can judge again, what the rule
    says before and after."""
    if found is None:
        return {"can": False, "before": before, "after": after}
    session = installation().database.session()
    tree, locale = tree_of(session, present(session)), str(get_locale() or "en")
    further = found.count - len(found.otherwise)
    return {
        "can": True,
        "since": shown.date(found.since),
        "judged": shown.number(found.judged),
        "most": shown.number(found.most) if found.is_cut else "",
        "count": shown.number(found.count),
        "is_none": found.count == 0,
        "money": _money(found),
        "branches": [
            {"name": tree[each].name(locale) if each in tree else f"#{each}", "count": shown.number(count)}
            for each, count in sorted(found.by_branch.items())
        ],
        "late": [shown.number(each) for each in found.late or ()],
        "records": [_record(found, each) for each in found.otherwise],
        "further": shown.number(further) if further else "",
    }


def _money(found: Previewed) -> str:
    if found.money is None:
        return ""
    low, high = found.money
    if low == high:
        return shown.money(low)
    return gettext("from %(first)s to %(last)s", first=shown.money(low), last=shown.money(high))


def _record(found: Previewed, each: Otherwise) -> dict[str, Any]:
    entity = entity_by_id(each.entity) if each.entity else None
    may_see = entity is not None and allowed(entity, "see")
    return {
        "label": each.label or f"{entity.label if entity else ''} {each.record_id}",
        "url": f"{entity.path}{each.record_id}" if entity is not None and may_see else "",
        "day": shown.date(each.day),
        "before": _told(found, each.before),
        "after": _told(found, each.after),
    }


def _told(found: Previewed, value: Outcome) -> str:
    if isinstance(found.rule, Check):
        bad = gettext("Doubted") if found.rule.warns else gettext("Refused")
        return gettext("Let in") if value else bad
    if isinstance(value, Span) and value.low != value.high:
        return gettext(
            "from %(first)s to %(last)s", first=shown.money(value.low), last=shown.money(value.high)
        )
    if isinstance(value, Span):
        return shown.money(value.low)
    if isinstance(value, datetime):
        return shown.datetime(value)
    if isinstance(value, date):
        return shown.date(value)
    if value is True and isinstance(found.rule, Approval):
        return gettext("Approval is asked for")
    if value is True:
        return (
            gettext("Somebody is told") if isinstance(found.rule, Notice) else gettext("An obligation opens")
        )
    return value if isinstance(value, str) else shown.DASH
