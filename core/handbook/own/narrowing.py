"""Own rules that keep a field back from a position: read with the rights of everybody, which they narrow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.handbook.own.demands import LEVELS
from core.handbook.own.models import HIDE, PUBLISHED, OwnRule
from core.people.rights.snapshot import NARROWED_BY, Narrowing, Node, subtree


def narrowings(session: Session) -> Iterator[Narrowing]:
    """What the rules in force keep back, in their branches and those below; for `snapshot.NARROWED_BY`."""
    wanted = select(OwnRule).where(OwnRule.state == PUBLISHED, OwnRule.effect == HIDE)
    rows = session.scalars(wanted.order_by(OwnRule.number)).all()
    if not rows:
        return
    columns = (Branch.id, Branch.parent_id, Branch.code, Branch.name_zh, Branch.name_en, Branch.active)
    tree = {row[0]: Node(*row) for row in session.execute(select(*columns))}
    for row in rows:
        yield Narrowing(
            position=row.detail["owner"],
            entity=row.entity,
            name=row.detail["of"],
            level=LEVELS[row.detail["level"]],
            branches=frozenset(subtree(tree, row.branch_id)),
            everywhere=row.branch_id in tree and tree[row.branch_id].parent_id is None,
            first=row.from_on or date.max,
            clause=f"{row.rule_id} ({row.document} {row.heading}): {row.says}",
        )


def tell_rights() -> None:
    """Have them count, once."""
    if narrowings not in NARROWED_BY:
        NARROWED_BY.append(narrowings)
