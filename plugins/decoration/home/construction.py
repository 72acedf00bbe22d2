"""The three counters of sites on the home page (DEC-R65), each for those who see what stands behind it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from sqlalchemy import func, select

from core.entities import counting
from core.entities.counting import told
from core.installation import installation
from core.people.access import by_right, may
from plugins.decoration.models.construction import Site
from plugins.decoration.reach import of_own_customers
from plugins.decoration.rules import names as n


def cards() -> list[dict[str, Any]]:
    """How many sites are under construction, and on how many a payment is due."""
    if not may(n.SITE, "see"):
        return []
    here = "/decoration/site/"
    with by_right(n.SITE, "see"):
        running = _count(Site.state.in_((n.UNDER_WAY, n.PAUSED)))
        mid, final = _count(Site.mid_due_on.is_not(None)), _count(Site.final_due_on.is_not(None))
    return [
        {
            "title": gettext("Sites under construction"),
            "figure": told(running),
            "hint": gettext("paused ones among them"),
            "url": f"{here}?as=schedule&f_state={n.UNDER_WAY}",
        },
        _due(gettext("Mid-term payments due"), mid, f"{here}?f_mid_due_on.some=1"),
        _due(gettext("Final payments due"), final, f"{here}?f_final_due_on.some=1"),
    ]


def _due(title: str, count: int, url: str) -> dict[str, Any]:
    return {
        "title": title,
        "figure": told(count),
        "hint": gettext("sites"),
        "url": url,
        "tone": "warning" if count else "",
    }


def _count(condition: Any) -> int:
    """How many sites, COUNT_CAP and one more at most."""
    some = (
        select(Site.id).where(condition, *of_own_customers(Site)()).limit(counting.COUNT_CAP + 1).subquery()
    )
    return installation().database.session().scalar(select(func.count()).select_from(some)) or 0
