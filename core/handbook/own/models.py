"""Own rules as they are kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.data import Base, RowVersion

DRAFT, PUBLISHED, RETIRED = "draft", "published", "retired"
REFUSE, WARN, OBLIGE, TELL, APPROVE, REPEAT = "refuse", "warn", "oblige", "tell", "approve", "repeat"
INSPECT, FIGURE, COUNT, HIDE = "inspect", "figure", "count", "hide"
EFFECTS = (REFUSE, WARN, OBLIGE, TELL, APPROVE, REPEAT, INSPECT, FIGURE, COUNT, HIDE)
OBLIGING = (OBLIGE, REPEAT)
ON_EVENTS = (OBLIGE, TELL, FIGURE)
"""What happens after something; the others judge before it does, or hold all the time."""
ABOUT_ALL = (INSPECT, COUNT, HIDE)
"""What does without conditions: an item that is always asked, a count of every record, a field of all records."""


class OwnRule(RowVersion, Base):
    """A rule of an administrator's (自定义规则), for a branch and those below it. Published, it stays as it is.

    A changed rule is a new row with the same `number` and the next `version`. `conditions` are what the builder shows,
    `expression` is what they come to in the language of the package rule-engine; `all_of` joins them by and, else by
    or. `detail` holds what the effect needs: the length of time and its kind, the position, the field from which a
    series is counted, and the figures, which stay texts as they were entered.
    """

    __tablename__ = "core_own_rule"
    __table_args__ = (UniqueConstraint("number", "version"),)

    number: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    branch_id: Mapped[int] = mapped_column(ForeignKey("core_branch.id"), index=True)
    entity: Mapped[str] = mapped_column(String(80))
    moment: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    document: Mapped[str] = mapped_column(String(120))
    heading: Mapped[str] = mapped_column(String(60))
    says: Mapped[str] = mapped_column(String(500))
    effect: Mapped[str] = mapped_column(String(10))
    conditions: Mapped[list[Any]]
    all_of: Mapped[bool] = mapped_column(default=True)
    expression: Mapped[str] = mapped_column(Text)
    detail: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), default=DRAFT)
    from_on: Mapped[date | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    published_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    published_at: Mapped[datetime | None]
    retired_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    retired_at: Mapped[datetime | None]

    @property
    def rule_id(self) -> str:
        return f"OWN-R{self.number:02}"
