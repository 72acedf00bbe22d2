"""Alpha's table."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion


class AlphaParcel(RowVersion, BranchOwned, Base):
    """A parcel."""

    __tablename__ = "alpha_parcel"

    label: Mapped[str] = mapped_column(String(40))
