"""Own rules as plain data beside those of the departments: whose they are, and what they say in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import force_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.data.marks import N_
from core.handbook.listing import LANGUAGES, listed
from core.handbook.own import moments
from core.handbook.own.forms import EFFECTS
from core.handbook.own.models import PUBLISHED, OwnRule
from core.handbook.own.rules import holding, rule_of
from core.handbook.own.told import told_condition
from core.handbook.registry import RuleBook
from core.installation import installation

SAYS = N_("%(object)s, %(moment)s: where %(conditions)s, %(effect)s. %(says)s")
SAYS_OF_ALL = N_("%(object)s, %(moment)s: %(effect)s. %(says)s")


def own_listed(session: Session, branch_id: int | None = None) -> list[dict[str, Any]]:
    """Every own rule in force, or those that hold in a branch; `plugin` is that of the object, `owner` who put the rule
    in force, `branch` the code of the one for which, and those below it."""
    wanted = select(OwnRule).where(OwnRule.state == PUBLISHED).order_by(OwnRule.number)
    rows = [each for each in session.scalars(wanted) if each.entity in installation().entities]
    if branch_id is not None:
        rows = holding(session, rows, branch_id)
    book = RuleBook.of([(row.entity.partition(".")[0], rule_of(row)) for row in rows])
    codes = {row[0]: row[1] for row in session.execute(select(Branch.id, Branch.code))} if rows else {}
    names = _names(session, rows)
    found = listed(book)
    for told, row in zip(found, rows, strict=True):
        told |= {"owner": names.get(row.published_by or row.made_by or 0, ""), "branch": codes[row.branch_id]}
        for language in LANGUAGES:
            with force_locale(language):
                told["sentence"][language] = _sentence(row)
    return found


def _sentence(row: OwnRule) -> str:
    entity = installation().entities[row.entity]
    words = {
        "object": entity.label,
        "moment": moments.told(entity, row.effect, row.moment),
        "conditions": told_condition(row),
        "effect": EFFECTS[row.effect],
        "says": row.says,
    }
    return str(gettext(SAYS if row.conditions else SAYS_OF_ALL, **words))


def _names(session: Session, rows: Sequence[OwnRule]) -> dict[int, str]:
    ids = {each for row in rows for each in (row.published_by, row.made_by)} - {None}
    wanted = select(User.id, User.username).where(User.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(wanted)} if ids else {}
