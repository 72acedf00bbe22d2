"""Links to the page of a customer who has no account, and the photos that it shows."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion, clock
from plugins.decoration.rules.names_owner import OPEN


class OwnerLink(RowVersion, BranchOwned, Base):
    """A link to what a customer may know of a site, or of a design commission before there is one. The secret is with
    the customer; here is its hash, and the `seed` out of which the program's key makes it. Good up to and with
    `ends_on`; `locale` None leaves the language to the browser."""

    __tablename__ = "decoration_owner_link"
    __table_args__ = (
        UniqueConstraint("branch_id", "token_hash"),
        Index("ix_decoration_owner_link_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_owner_link_site_id", "branch_id", "site_id", "id"),
        Index("ix_decoration_owner_link_commission_id", "branch_id", "commission_id", "id"),
        Index("ix_decoration_owner_link_ends_on", "branch_id", "ends_on", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_site.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_commission.id"))
    token_hash: Mapped[str] = mapped_column(String(64), info={"history": False})
    seed: Mapped[str] = mapped_column(String(43), info={"history": False})
    locale: Mapped[str | None] = mapped_column(String(10))
    contact: Mapped[str] = mapped_column(String(60))
    contact_phone: Mapped[str] = mapped_column(String(40))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ends_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    revoked_on: Mapped[date | None]
    revoked_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    opened_at: Mapped[datetime | None] = mapped_column(info={"history": False})


class OwnerPhoto(BranchOwned, Base):
    """A photo of a site that somebody of the firm released for the customer's page."""

    __tablename__ = "decoration_owner_photo"
    __table_args__ = (UniqueConstraint("branch_id", "site_id", "file_id"),)

    site_id: Mapped[int] = mapped_column(ForeignKey("decoration_site.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("core_file.id"))
    released_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    released_at: Mapped[datetime] = mapped_column(default=clock.now)
