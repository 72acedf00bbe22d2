"""What the rounds of the last months would have asked under a proposed setting of a checklist rule."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.handbook.findings import silently
from core.handbook.kinds import Checklist, Rule, Settings
from core.handbook.models import RuleSetting
from core.handbook.own.models import OwnRule
from core.handbook.own.rules import rule_of
from core.handbook.preview import Otherwise, Previewed, first_day, how_many, reading
from core.handbook.settings import Shelf
from core.inspections.items import items_of, told_item
from core.inspections.models import Inspection
from core.inspections.own import is_needed
from core.inspections.rounds import INSPECTION
from core.people.access import Person
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


def preview_items(session: Session, person: Person, made: OwnRule) -> Previewed:
    """The rounds of the last months that would have had the item; for `own.previewing.PREVIEWERS`."""
    rule = rule_of(made)
    found = Previewed(rule, first_day(person))
    if not isinstance(rule, Checklist):
        return found
    with reading(person), silently(), session.no_autoflush:
        of_round = (Inspection.round == rule.round, Inspection.day >= found.since)
        counts = select(Inspection.branch_id, func.count()).where(*of_round).group_by(Inspection.branch_id)
        asked = set()
        for branch_id, count in session.execute(counts):
            found.judged += count
            if is_needed(session, made.entity, rule, branch_id):
                asked.add(branch_id)
                found.add_many(branch_id, count)
        latest = select(Inspection).where(*of_round, Inspection.branch_id.in_(asked))
        for each in session.scalars(latest.order_by(Inspection.id.desc()).limit(found.room)):
            told = (gettext("Not asked"), gettext("Asked"))
            found.show(Otherwise(each.branch_id, INSPECTION, each.id, each.day, *told))
    return found


def _told(rule: Checklist, settings: Settings) -> str:
    texts = [told_item(each.text, rule.id, each.settings) for each in items_of(rule, settings)]
    return shown.listed(texts) if texts else gettext("Not asked")
