"""Call-backs with the tries before them, and the scores that customers give by a questionnaire (DEC-E14)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.branches import BranchOwned
from core.data import Base, Posted, RowVersion
from plugins.decoration.rules.names_callbacks import AD_HOC, DRAFT, PLANNED


class CallBack(RowVersion, BranchOwned, Base):
    """A call-back (回访), planned or made. `due_on` is the day of the next try while it is planned; `done_on` and
    `caller_id` say when and by whom the customer was reached.

    `complaint_id`, `repair_id` and `acceptance_id` name what is called about, where that asked for it. `person_id` is
    whoever promised to call; without, it is anybody's. `rating` (1 to 5) is what the customer thinks of how it
    was settled, `lowest` the lowest score that was given, and `satisfied` whether none lay below what counts as
    satisfied; they are empty where nothing was asked.
    """

    __tablename__ = "decoration_call_back"
    __table_args__ = (
        UniqueConstraint("branch_id", "number"),
        Index("ix_decoration_call_back_customer_id", "branch_id", "customer_id", "state", "id"),
        Index("ix_decoration_call_back_site_id", "branch_id", "site_id", "state", "id"),
        Index("ix_decoration_call_back_commission_id", "branch_id", "commission_id", "state", "id"),
        Index("ix_decoration_call_back_complaint_id", "branch_id", "complaint_id", "state", "id"),
        Index("ix_decoration_call_back_repair_id", "branch_id", "repair_id", "state", "id"),
        Index("ix_decoration_call_back_acceptance_id", "branch_id", "acceptance_id", "state", "id"),
        Index("ix_decoration_call_back_state", "branch_id", "state", "due_on", "id"),
        Index("ix_decoration_call_back_kind", "branch_id", "kind", "id"),
        Index("ix_decoration_call_back_due_on", "branch_id", "due_on", "id"),
        Index("ix_decoration_call_back_done_on", "branch_id", "done_on", "id"),
        Index("ix_decoration_call_back_satisfied", "branch_id", "satisfied", "id"),
    )

    number: Mapped[str] = mapped_column(String(20), default="")
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    house_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_house.id"))
    commission_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_commission.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_site.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_complaint.id"))
    repair_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_repair.id"))
    acceptance_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_acceptance.id"))
    kind: Mapped[str] = mapped_column(String(20), default=AD_HOC)
    about: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20), default=PLANNED)
    due_on: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    tries: Mapped[int] = mapped_column(default=0)
    tried_on: Mapped[date | None]
    done_on: Mapped[date | None]
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    channel: Mapped[str | None] = mapped_column(String(20))
    summary: Mapped[str | None] = mapped_column(Text)
    problems: Mapped[str | None] = mapped_column(Text)
    passed_to: Mapped[str | None] = mapped_column(String(20))
    follow_up: Mapped[str | None] = mapped_column(String(200))
    next_on: Mapped[date | None]
    lowest: Mapped[int | None]
    rating: Mapped[int | None]
    satisfied: Mapped[bool | None]
    called_off_why: Mapped[str | None] = mapped_column(String(200))


class CallTry(Posted, BranchOwned, Base):
    """A try (未接通) at which the customer was not reached."""

    __tablename__ = "decoration_call_try"
    __table_args__ = (Index("ix_decoration_call_try_call_back_id", "branch_id", "call_back_id", "id"),)

    call_back_id: Mapped[int] = mapped_column(ForeignKey("decoration_call_back.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    tried_on: Mapped[date]
    tried_by: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    again_on: Mapped[date]
    remark: Mapped[str | None] = mapped_column(String(200))


class Questionnaire(RowVersion, BranchOwned, Base):
    """A version of the branch's questionnaire (满意度问卷), in force from a day on until the next one is."""

    __tablename__ = "decoration_questionnaire"
    __table_args__ = (UniqueConstraint("branch_id", "version"),)

    version: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    in_force_on: Mapped[date | None]


class Question(RowVersion, BranchOwned, Base):
    """A question of a version, in the order of `place`; with `scored` it is answered by 1 to 5, else in words."""

    __tablename__ = "decoration_question"
    __table_args__ = (UniqueConstraint("branch_id", "questionnaire_id", "place"),)

    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("decoration_questionnaire.id"), index=True)
    place: Mapped[int] = mapped_column(default=0)
    about: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(200))
    scored: Mapped[bool] = mapped_column(default=True)


class CallScore(Posted, BranchOwned, Base):
    """An answer: `score` (1 to 5) or `words`, about the person or the crew concerned, as they were then (DEC-R41)."""

    __tablename__ = "decoration_call_score"
    __table_args__ = (
        UniqueConstraint("branch_id", "call_back_id", "question_id"),
        Index("ix_decoration_call_score_customer_id", "branch_id", "customer_id", "id"),
        Index("ix_decoration_call_score_person_id", "branch_id", "person_id", "id"),
        Index("ix_decoration_call_score_crew_id", "branch_id", "crew_id", "id"),
        Index("ix_decoration_call_score_given_on", "branch_id", "given_on", "id"),
    )

    call_back_id: Mapped[int] = mapped_column(ForeignKey("decoration_call_back.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("decoration_customer.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("decoration_question.id"))
    about: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("ab_user.id"))
    crew_id: Mapped[int | None] = mapped_column(ForeignKey("decoration_crew.id"))
    given_on: Mapped[date]
    score: Mapped[int | None]
    words: Mapped[str | None] = mapped_column(Text)
