"""What the rounds of the last months would have asked under a proposed setting of a checklist rule."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.handbook.kinds import Checklist, Rule, Settings
from core.handbook.models import RuleSetting
from core.handbook.preview import Otherwise, Previewed, how_many
from core.handbook.settings import Shelf
from core.inspections.items import items_of, told_item
from core.inspections.models import Inspection
from core.inspections.rounds import INSPECTION
from core.ui import format as shown


def of_checklists(session: Session, rule: Rule, row: RuleSetting, found: Previewed) -> None:
    """Over the rounds that were begun: which items of the rule each would have had. For `preview.PREVIEWERS`."""
    if not isinstance(rule, Checklist):
        return
    now, then = Shelf(session, (rule,)), Shelf(session, (rule,), (row,))
    begun = (
        select(Inspection.id, Inspection.branch_id, Inspection.day)
        .where(Inspection.round == rule.round, Inspection.day >= found.since)
        .order_by(Inspection.id.desc())
        .limit(found.most + 1)
    )
    for number, branch_id, day in session.execute(begun):
        if not found.begin():
            return
        before, after = (_told(rule, each.settings(rule, branch_id, day)) for each in (now, then))
        if before != after:
            found.add(Otherwise(branch_id, INSPECTION, number, day, before, after))


def rounds_judged(session: Session, rule: Rule, since: date) -> int:
    """How many rounds `of_checklists` judges. For `preview.SIZES`."""
    if not isinstance(rule, Checklist):
        return 0
    begun = select(Inspection.id).where(Inspection.round == rule.round, Inspection.day >= since)
    return how_many(session, begun)


def _told(rule: Checklist, settings: Settings) -> str:
    texts = [told_item(each.text, rule.id, each.settings) for each in items_of(rule, settings)]
    return shown.listed(texts) if texts else gettext("Not asked")
