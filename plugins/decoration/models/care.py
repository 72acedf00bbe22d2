"""News of the house, and the messages by which customers hear from the firm (DEC-E15)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion, Unrecorded
from plugins.decoration.models.customers import Contact, Customer
from plugins.decoration.rules.birthdays import key_of
from plugins.decoration.rules.names_care import DRAFT, PLANNED


class HouseEvent(RowVersion, BranchOwned, Base):
    """News or an event of the house (DEC-R24, DEC-R45, DEC-R78) on a day. `takes_part` says whether the department
    does, the other two dates when VIPs and then everybody else heard of it."""

    __tablename__ = "decoration_house_event"
    __table_args__ = (
        Index("ix_decoration_house_event_held_on", "branch_id", "held_on", "id"),
        Index("ix_decoration_house_event_state", "branch_id", "state", "id"),
    )

    title: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(20))
    held_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(120))
    details: Mapped[str | None] = mapped_column(Text)
    takes_part: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(20), default=PLANNED)
    vips_told_on: Mapped[date | None]
    all_told_on: Mapped[date | None]


class CareBatch(RowVersion, BranchOwned, Base):
    """Messages of one occasion that are approved together. `due_on` is the day of the first of them, `text` what they
    say, with `%(name)s` for the customer's name; `cause` makes a batch of the program known again. Empty filters of
    the audience let everybody in."""

    __tablename__ = "decoration_care_batch"
    __table_args__ = (
        Index("ix_decoration_care_batch_state", "branch_id", "state", "due_on", "id"),
        Index("ix_decoration_care_batch_due_on", "branch_id", "due_on", "id"),
        Index("ix_decoration_care_batch_event_id", "branch_id", "event_id", "id"),
        Index("ix_decoration_care_batch_cause", "branch_id", "cause", "id"),
    )

    title: Mapped[str] = mapped_column(String(80), default="")
    occasion: Mapped[str] = mapped_column(String(20))
    cause: Mapped[str] = mapped_column(String(60), default="")
    event_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_house_event.id"))
    due_on: Mapped[date]
    channel: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text, default="")
    to_class: Mapped[str | None] = mapped_column(String(20))
    to_phase: Mapped[str | None] = mapped_column(String(20))
    to_category: Mapped[str | None] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    approved_on: Mapped[date | None]
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    sent_on: Mapped[date | None]


class CareMessage(RowVersion, BranchOwned, Base):
    """What one person hears on an occasion. `contact_id` names the family member whom it is about, `phone` is whom it
    goes to, `channel` the way that was chosen for it; `cause` lets nobody be told twice, `worded` keeps what somebody
    wrote for this one."""

    __tablename__ = "decoration_care_message"
    __table_args__ = (
        UniqueConstraint("branch_id", "cause"),
        Index("ix_decoration_care_message_batch_id", "branch_id", "batch_id", "id"),
        Index("ix_decoration_care_message_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_care_message_due_on", "branch_id", "state", "due_on", "id"),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("decoration_care_batch.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_contact.id"))
    cause: Mapped[str] = mapped_column(String(100))
    occasion: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str | None] = mapped_column(String(40))
    channel: Mapped[str | None] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    worded: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)


class CareDay(Unrecorded, BranchOwned, Base):
    """The last day for which the drafts of a branch were collected; one row a branch."""

    __tablename__ = "decoration_care_day"
    __table_args__ = (UniqueConstraint("branch_id"),)

    collected_on: Mapped[date]


def _keep_birthday(_mapper: object, _connection: object, person: Customer | Contact) -> None:
    person.birthday_key = key_of(person.birthday, person.lunar_birthday)


for model in (Customer, Contact):
    for moment in ("before_insert", "before_update"):
        event.listen(model, moment, _keep_birthday)
