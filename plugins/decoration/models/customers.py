"""Customers with those who belong to them, and their houses (DEC-E01)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, Quantity, RowVersion
from plugins.decoration.rules.names import ORDINARY, PRE_SALE, REGISTERED
from plugins.decoration.rules.names_customers import FOUND, OPEN, PROPOSED


class Customer(RowVersion, BranchOwned, Base):
    """A customer's file (客户档案), from the first contact on.

    `phase` is where the service stands (DEC-R01), `state` how far the prospect came before the contract (DEC-W1).
    `designer_id`, `consultant_id` (家居顾问) and `keeper_id` (dedicated custodian) are people of the firm.
    `merged_into_id` is the file that goes on in the place of this one. `turned` names what a save has just turned to
    yes (intent, needs_designer), or that its name or telephones are others; it is no column.
    """

    __tablename__ = "decoration_customer"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_customer_name", "branch_id", "name", "id"),
        Index("ix_decoration_customer_phone", "branch_id", "phone", "id"),
        Index("ix_decoration_customer_second_phone", "branch_id", "second_phone", "id"),
        Index("ix_decoration_customer_phase", "branch_id", "phase", "id"),
        Index("ix_decoration_customer_state", "branch_id", "state", "id"),
        Index("ix_decoration_customer_customer_class", "branch_id", "customer_class", "id"),
        Index("ix_decoration_customer_filed_on", "branch_id", "filed_on", "id"),
        Index("ix_decoration_customer_call_back_on", "branch_id", "call_back_on", "id"),
        Index("ix_decoration_customer_designer_id", "branch_id", "designer_id", "id"),
        Index("ix_decoration_customer_consultant_id", "branch_id", "consultant_id", "id"),
        Index("ix_decoration_customer_referred_by_id", "branch_id", "referred_by_id", "id"),
        Index("ix_decoration_customer_merged_into_id", "branch_id", "merged_into_id", "id"),
        Index("ix_decoration_customer_birthday_key", "branch_id", "birthday_key", "id"),
    )
    turned: tuple[str, ...] = ()

    number: Mapped[str] = mapped_column(String(20), default="")
    name: Mapped[str] = mapped_column(String(60))
    phone: Mapped[str] = mapped_column(String(40))
    second_phone: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(200))
    birthday: Mapped[date | None]
    lunar_birthday: Mapped[bool] = mapped_column(default=False)
    birthday_key: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(20))
    store_source: Mapped[str | None] = mapped_column(String(60))
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_customer.id"))
    intent: Mapped[bool] = mapped_column(default=False)
    needs_designer: Mapped[bool] = mapped_column(default=False)
    needs: Mapped[str | None] = mapped_column(Text)
    customer_class: Mapped[str] = mapped_column(String(20), default=ORDINARY)
    phase: Mapped[str] = mapped_column(String(20), default=PRE_SALE)
    data_category: Mapped[str | None] = mapped_column(String(60))
    call_back_on: Mapped[date | None]
    call_result: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=REGISTERED)
    deposit_on: Mapped[date | None]
    deposit_amount: Mapped[Decimal | None] = mapped_column(Money)
    decided_on: Mapped[date | None]
    lost_why: Mapped[str | None] = mapped_column(String(200))
    designer_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    consultant_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    impression: Mapped[str | None] = mapped_column(Text)
    filed_on: Mapped[date]
    filed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    archive_place: Mapped[str | None] = mapped_column(String(120))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_customer.id"))


class Contact(RowVersion, BranchOwned, Base):
    """Somebody who belongs to a customer (联系人、家庭成员), such as a spouse with a telephone of their own."""

    __tablename__ = "decoration_contact"
    __table_args__ = (
        Index("ix_decoration_contact_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_contact_phone", "branch_id", "phone", "id"),
        Index("ix_decoration_contact_birthday_key", "branch_id", "birthday_key", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    name: Mapped[str] = mapped_column(String(60))
    relation: Mapped[str] = mapped_column(String(20))
    phone: Mapped[str | None] = mapped_column(String(40))
    birthday: Mapped[date | None]
    lunar_birthday: Mapped[bool] = mapped_column(default=False)
    birthday_key: Mapped[int | None]


class House(RowVersion, BranchOwned, Base):
    """A house or flat (房屋) of a customer; `area` is in square metres."""

    __tablename__ = "decoration_house"
    __table_args__ = (
        Index("ix_decoration_house_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_house_address", "branch_id", "address", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    address: Mapped[str] = mapped_column(String(200))
    area: Mapped[Decimal | None] = mapped_column(Quantity)
    layout: Mapped[str | None] = mapped_column(String(60))
    remark: Mapped[str | None] = mapped_column(String(200))


class Member(RowVersion, BranchOwned, Base):
    """A customer as a member of the firm (公司会员; DEC-E16, DEC-R43), once at most. `cared_on` is the last day on
    which something was done for the membership."""

    __tablename__ = "decoration_member"
    __table_args__ = (
        UniqueConstraint("branch_id", "customer_id"),
        Index("ix_decoration_member_state", "branch_id", "state", "id"),
        Index("ix_decoration_member_joined_on", "branch_id", "joined_on", "id"),
    )

    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    called: Mapped[str] = mapped_column(String(60), default="")
    ground: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20), default=PROPOSED)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    proposed_on: Mapped[date]
    joined_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    cared_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_why: Mapped[str | None] = mapped_column(String(200))


class MemberCare(RowVersion, BranchOwned, Base):
    """What was done for a membership (会员维护): a line of its log."""

    __tablename__ = "decoration_member_care"
    __table_args__ = (Index("ix_decoration_member_care_member_id", "branch_id", "member_id", "id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("decoration_member.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    done_on: Mapped[date]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    what: Mapped[str] = mapped_column(Text)


class FileReading(RowVersion, BranchOwned, Base):
    """That the manager read the customer data collected (DEC-R34), and where they are kept a second time (DEC-R33).
    `files` are those opened since the reading before."""

    __tablename__ = "decoration_file_reading"
    __table_args__ = (Index("ix_decoration_file_reading_read_on", "branch_id", "read_on", "id"),)

    read_on: Mapped[date]
    read_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    files: Mapped[int] = mapped_column(default=0)
    backup_place: Mapped[str | None] = mapped_column(String(120))
    remark: Mapped[str | None] = mapped_column(Text)


class Collection(RowVersion, BranchOwned, Base):
    """What somebody has collected in a day (当日资料), reported before going off duty (DEC-R60); `files` are those that
    they opened. It opens itself with the day's first file. `reading_id` is the manager's reading of it."""

    __tablename__ = "decoration_collection"
    __table_args__ = (
        UniqueConstraint("branch_id", "day", "specialist_id"),
        Index("ix_decoration_collection_state", "branch_id", "state", "id"),
        Index("ix_decoration_collection_reading_id", "branch_id", "reading_id", "id"),
    )

    day: Mapped[date]
    specialist_id: Mapped[int] = mapped_column(ForeignKey("ab_user.id"))
    files: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    remark: Mapped[str | None] = mapped_column(Text)
    handed_in_at: Mapped[datetime | None]
    reading_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_file_reading.id"))


class Duplicate(RowVersion, BranchOwned, Base):
    """Two files that may be one customer's. `first_id` is the older of both, `kept` which one stays once they are
    merged; then `moved` says what went over."""

    __tablename__ = "decoration_duplicate"
    __table_args__ = (
        UniqueConstraint("branch_id", "first_id", "second_id"),
        Index("ix_decoration_duplicate_second_id", "branch_id", "second_id", "id"),
        Index("ix_decoration_duplicate_state", "branch_id", "state", "id"),
    )

    first_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    second_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    title: Mapped[str] = mapped_column(String(160), default="")
    found_by: Mapped[str] = mapped_column(String(20))
    found_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=FOUND)
    kept: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(200))
    moved: Mapped[str | None] = mapped_column(Text)
    decided_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
