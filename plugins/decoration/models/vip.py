"""What the service of VIPs and key accounts keeps (DEC-E02, DEC-W6): secret archives, visits, purchases, channels."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, RowVersion
from plugins.decoration.rules.names import VIP
from plugins.decoration.rules.names_care import FOLLOWED, PROPOSED


class VipArchive(RowVersion, BranchOwned, Base):
    """The archive (档案) of a VIP or key account; one for each. `keeper_id` is the one custodian who serves the
    customer throughout, `developments` the latest news of them, `original_place` where the papers lie."""

    __tablename__ = "decoration_vip_archive"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "customer_id"),
        Index("ix_decoration_vip_archive_keeper_id", "branch_id", "keeper_id", "id"),
        Index("ix_decoration_vip_archive_state", "branch_id", "state", "id"),
        Index("ix_decoration_vip_archive_customer_class", "branch_id", "customer_class", "id"),
        Index("ix_decoration_vip_archive_last_reviewed_on", "branch_id", "last_reviewed_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    customer_class: Mapped[str] = mapped_column(String(20), default=VIP)
    ground: Mapped[str] = mapped_column(Text)
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    handed_over_why: Mapped[str | None] = mapped_column(String(200))
    original_place: Mapped[str | None] = mapped_column(String(120))
    developments: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=PROPOSED)
    granted_on: Mapped[date | None]
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    opened_on: Mapped[date | None]
    last_reviewed_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_why: Mapped[str | None] = mapped_column(String(200))


class VipReview(RowVersion, BranchOwned, Base):
    """A look of the manager into an archive (DEC-R25)."""

    __tablename__ = "decoration_vip_review"
    __table_args__ = (Index("ix_decoration_vip_review_archive_id", "branch_id", "archive_id", "id"),)

    archive_id: Mapped[int] = mapped_column(ForeignKey("decoration_vip_archive.id"))
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    developments: Mapped[str] = mapped_column(Text)


class Reception(RowVersion, BranchOwned, Base):
    """A VIP's visit (接待), followed until its summary has come to the manager (DEC-R27, DEC-R28).

    `for_manager` says whether the manager asks the customer personally after the summary."""

    __tablename__ = "decoration_vip_reception"
    __table_args__ = (
        Index("ix_decoration_vip_reception_archive_id", "branch_id", "archive_id", "id"),
        Index("ix_decoration_vip_reception_received_on", "branch_id", "received_on", "id"),
        Index("ix_decoration_vip_reception_state", "branch_id", "state", "id"),
    )

    archive_id: Mapped[int] = mapped_column(ForeignKey("decoration_vip_archive.id"))
    received_on: Mapped[date]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    topic: Mapped[str] = mapped_column(String(200))
    course: Mapped[str | None] = mapped_column(Text)
    summary: Mapped[str | None] = mapped_column(Text)
    summed_up_on: Mapped[date | None]
    for_manager: Mapped[bool] = mapped_column(default=True)
    contacted_on: Mapped[date | None]
    contacted_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    outcome: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=FOLLOWED)


class Purchase(RowVersion, BranchOwned, Base):
    """What a VIP buys, and the price benefit of it in yuan (DEC-R23); None where the firm names no discount."""

    __tablename__ = "decoration_vip_purchase"
    __table_args__ = (Index("ix_decoration_vip_purchase_archive_id", "branch_id", "archive_id", "id"),)

    archive_id: Mapped[int] = mapped_column(ForeignKey("decoration_vip_archive.id"))
    bought_on: Mapped[date]
    what: Mapped[str] = mapped_column(String(200))
    price: Mapped[Decimal] = mapped_column(Money)
    benefit: Mapped[Decimal | None] = mapped_column(Money)


class VipChannel(RowVersion, BranchOwned, Base):
    """A way by which VIPs reach the firm before others (DEC-R22), with who answers there."""

    __tablename__ = "decoration_vip_channel"

    kind: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    closed_on: Mapped[date | None]


class AreaVisit(RowVersion, BranchOwned, Base):
    """A day of the manager in the VIP area (DEC-R26)."""

    __tablename__ = "decoration_vip_area_visit"
    __table_args__ = (Index("ix_decoration_vip_area_visit_visited_on", "branch_id", "visited_on", "id"),)

    visited_on: Mapped[date]
    visited_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    received: Mapped[int] = mapped_column(default=0)
    needs: Mapped[str] = mapped_column(Text)
    shortcomings: Mapped[str | None] = mapped_column(Text)
