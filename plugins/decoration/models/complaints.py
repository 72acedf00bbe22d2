"""Complaints with whom they involve, penalties, and repairs within and out of warranty (DEC-E11 to DEC-E13)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Money, RowVersion, UtcDateTime
from plugins.decoration.rules.names_complaints import PROPOSED, RECEIVED, REPORTED


class Complaint(RowVersion, BranchOwned, Base):
    """A complaint acceptance sheet (投诉受理单).

    `respond_until` is the instant by which it has to be answered (DEC-R59), `times` how often the same was complained
    of with this one, `justified` whether it is upheld, `told_on` the day on which it was told as a recurring problem
    (DEC-R37), `rating` from 1 to 5.
    """

    __tablename__ = "decoration_complaint"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_complaint_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_complaint_site_id", "branch_id", "site_id", "id"),
        Index("ix_decoration_complaint_house_id", "branch_id", "house_id", "id"),
        Index("ix_decoration_complaint_crew_id", "branch_id", "crew_id", "id"),
        Index("ix_decoration_complaint_repeat_of_id", "branch_id", "repeat_of_id", "id"),
        Index("ix_decoration_complaint_responsible_id", "branch_id", "responsible_id", "id"),
        Index("ix_decoration_complaint_handler_id", "branch_id", "handler_id", "id"),
        Index("ix_decoration_complaint_state", "branch_id", "state", "id"),
        Index("ix_decoration_complaint_kind", "branch_id", "kind", "received_on", "id"),
        Index("ix_decoration_complaint_received_on", "branch_id", "received_on", "id"),
        Index("ix_decoration_complaint_handle_until", "branch_id", "handle_until", "id"),
        Index("ix_decoration_complaint_closed", "branch_id", "closed", "respond_until", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    house_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_house.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_site.id"))
    phase: Mapped[str] = mapped_column(String(20), default="")
    channel: Mapped[str] = mapped_column(String(20))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_on: Mapped[date]
    received_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    kind: Mapped[str | None] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default=RECEIVED)
    respond_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    response: Mapped[str | None] = mapped_column(Text)
    responded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    responded_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    justified: Mapped[bool] = mapped_column(default=False)
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_crew.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    opinion: Mapped[str | None] = mapped_column(Text)
    handle_until: Mapped[date | None]
    result: Mapped[str | None] = mapped_column(Text)
    resolved_on: Mapped[date | None]
    proof: Mapped[str | None] = mapped_column(Text)
    verified_on: Mapped[date | None]
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    reopened_why: Mapped[str | None] = mapped_column(String(200))
    call_back_said: Mapped[str | None] = mapped_column(Text)
    called_back_on: Mapped[date | None]
    called_back_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    rating: Mapped[int | None]
    repeat_of_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_complaint.id"))
    times: Mapped[int] = mapped_column(default=1)
    batch: Mapped[bool] = mapped_column(default=False)
    common: Mapped[bool] = mapped_column(default=False)
    told_on: Mapped[date | None]
    closed: Mapped[bool] = mapped_column(default=False)


class Involved(RowVersion, BranchOwned, Base):
    """A department that takes part in handling a complaint, with the measure that it takes."""

    __tablename__ = "decoration_involved"
    __table_args__ = (
        Index("ix_decoration_involved_complaint_id", "branch_id", "complaint_id", "id"),
        Index("ix_decoration_involved_person_id", "branch_id", "person_id", "id"),
    )

    complaint_id: Mapped[int] = mapped_column(ForeignKey("decoration_complaint.id"))
    department: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    measure: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class Penalty(RowVersion, BranchOwned, Base):
    """A penalty that was proposed, and how it was decided; `amount` is in yuan, `slip` the address of the slip that the
    department for conduct opened for it."""

    __tablename__ = "decoration_penalty"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_penalty_complaint_id", "branch_id", "complaint_id", "id"),
        Index("ix_decoration_penalty_site_id", "branch_id", "site_id", "id"),
        Index("ix_decoration_penalty_crew_id", "branch_id", "crew_id", "id"),
        Index("ix_decoration_penalty_subject_id", "branch_id", "subject_id", "id"),
        Index("ix_decoration_penalty_state", "branch_id", "state", "id"),
        Index("ix_decoration_penalty_proposed_on", "branch_id", "proposed_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    ground: Mapped[str] = mapped_column(String(20))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_complaint.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_site.id"))
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_crew.id"))
    occurred_on: Mapped[date]
    facts: Mapped[str] = mapped_column(Text)
    measure: Mapped[str | None] = mapped_column(String(200))
    amount: Mapped[Decimal | None] = mapped_column(Money)
    state: Mapped[str] = mapped_column(String(20), default=PROPOSED)
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    proposed_on: Mapped[date]
    emergency_reason: Mapped[str | None] = mapped_column(String(200))
    declined_why: Mapped[str | None] = mapped_column(String(200))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    decided_on: Mapped[date | None]
    slip: Mapped[str | None] = mapped_column(String(200))


class RepairFile(RowVersion, BranchOwned, Base):
    """The repair file (客户维修档案) of a site: the warranty runs from `accepted_on` to the two other days."""

    __tablename__ = "decoration_repair_file"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        UniqueConstraint("branch_id", "site_id"),
        Index("ix_decoration_repair_file_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_repair_file_general_until", "branch_id", "general_until", "id"),
        Index("ix_decoration_repair_file_opened_on", "branch_id", "opened_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    site_id: Mapped[int] = mapped_column(ForeignKey("decoration_site.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    accepted_on: Mapped[date | None]
    general_until: Mapped[date]
    waterproof_until: Mapped[date]
    opened_on: Mapped[date]
    opened_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    card_given_on: Mapped[date | None]
    remark: Mapped[str | None] = mapped_column(String(200))


class Repair(RowVersion, BranchOwned, Base):
    """A repair order (维修单). `warranty_until` is the last day of the warranty of its `part`, None without a repair
    file; `charge` is in yuan, `card_filed_on` the day on which the customer's card was filed (DEC-R71)."""

    __tablename__ = "decoration_repair"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_repair_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_repair_file_id", "branch_id", "file_id", "id"),
        Index("ix_decoration_repair_complaint_id", "branch_id", "complaint_id", "id"),
        Index("ix_decoration_repair_crew_id", "branch_id", "crew_id", "id"),
        Index("ix_decoration_repair_handler_id", "branch_id", "handler_id", "id"),
        Index("ix_decoration_repair_state", "branch_id", "state", "id"),
        Index("ix_decoration_repair_kind", "branch_id", "kind", "reported_on", "id"),
        Index("ix_decoration_repair_reported_on", "branch_id", "reported_on", "id"),
        Index("ix_decoration_repair_appointed_on", "branch_id", "appointed_on", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_repair_file.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_complaint.id"))
    reported_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(20))
    part: Mapped[str] = mapped_column(String(20))
    fault: Mapped[str] = mapped_column(Text)
    warranty_until: Mapped[date | None]
    in_warranty: Mapped[bool] = mapped_column(default=False)
    charge: Mapped[Decimal | None] = mapped_column(Money)
    state: Mapped[str] = mapped_column(String(20), default=REPORTED)
    appointed_on: Mapped[date | None]
    slot: Mapped[str | None] = mapped_column(String(20))
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_crew.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    work_done: Mapped[str | None] = mapped_column(Text)
    done_on: Mapped[date | None]
    customer_accepted_on: Mapped[date | None]
    card_filed_on: Mapped[date | None]
    call_back_said: Mapped[str | None] = mapped_column(Text)
    called_back_on: Mapped[date | None]
    called_back_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    rating: Mapped[int | None]
    cancelled_why: Mapped[str | None] = mapped_column(String(200))
