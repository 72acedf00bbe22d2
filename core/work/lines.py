"""A line of My work for rows of a list: exactly those that the list behind it shows to the reader."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from core.entities.counting import GLANCE_CAP
from core.installation import installation
from core.work.kinds import WorkItem


def line(
    session: Session,
    entity_id: str,
    title: str,
    wanted: Sequence[ColumnElement[bool]],
    query: str,
    on: Any = None,
    due: date | None = None,
) -> list[WorkItem]:
    """The line of the records of an entity that are `wanted`; none where there are none.

    What narrows the entity's lists to the reader's own (its `criteria`) is added, so no line tells of a record that its
    list would not show. `query` is what the address asks the list for, and finds the same. It is due on `due`, else on
    the first of the days that the column `on` holds. One statement, which counts to GLANCE_CAP and one more.
    """
    entity = installation().entities[entity_id]
    own = entity.criteria() if entity.criteria is not None else ()
    day = on.label("day") if on is not None else literal(None).label("day")
    some = select(day).select_from(entity.model).where(*wanted, *own).limit(GLANCE_CAP + 1)
    rows = (some.order_by(on) if on is not None else some).subquery()
    count, first = session.execute(select(func.count(), func.min(rows.c.day))).one()
    url = f"{entity.path}?{query}"
    return [WorkItem(title, count, url, due=due or first, cap=GLANCE_CAP)] if count else []
