"""What is judged of appointments and of the payments at the gates of a design; plain functions of facts."""

from __future__ import annotations

from collections.abc import Callable

from core.data.marks import N_
from core.handbook.kinds import Facts, Refusal, Settings
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d


def says_where(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R09: the customer is told exactly where the rendering is looked at; the time every appointment has."""
    if facts["place"]:
        return None
    return Refusal(N_("Name the place: the customer is told exactly when and where."), {}, ("place",))


def has_review_record(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R09: of every review of a rendering there is a record."""
    if not settings["review_record_required"] or facts["record"]:
        return None
    return Refusal(
        N_("Write down what was said about the rendering: every review has a record."), {}, ("record",)
    )


def review_was_held(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R09: a rendering was reviewed when designer and customer met over it."""
    if facts["review_held"]:
        return None
    return Refusal(N_("No review of the rendering was held with the customer yet. Book one, and record it."))


def fee_is_paid(facts: Facts, settings: Settings) -> Refusal | None:
    """DEC-R06: the design fee comes before the rendering, or before the plan is fixed where a branch says so."""
    if not settings["fee_gate_blocking"] or facts["fee_on"] is not None:
        return None
    leaves = {d.BEFORE_RENDERING: (n.DEPOSIT_PAID, n.FEE_PAID), d.BEFORE_PLAN_FIXED: (n.REVIEWED,)}
    if facts["state"] not in leaves[settings["fee_gate_stage"]]:
        return None
    return Refusal(N_("The design fee is not paid yet: first finance confirms it, then the design goes on."))


def designer_is_free(facts: Facts, _settings: Settings) -> Refusal | None:
    """DEC-R05: nobody is booked for two appointments at one time."""
    other = facts["clashes_with"]
    if not other:
        return None
    return Refusal(
        N_("The designer has another appointment at this time: %(other)s."), {"other": other}, ("starts",)
    )


# ---------------------------------------------------------------- guards of moves


def after_meeting(stage: str) -> Callable[[Facts], Refusal | None]:
    """A guard: the design goes on once the meeting of `stage` was held with the customer (DEC-W2)."""

    def guard(facts: Facts) -> Refusal | None:
        if stage in facts["meetings_held"]:
            return None
        return Refusal(
            N_("The meeting of this stage was not held yet. Book it, and record it when it was held.")
        )

    return guard


def is_recorded(facts: Facts) -> Refusal | None:
    """DEC-W2: a meeting has its record; of renderings the rule book says by itself whether they need one."""
    if facts["record"] or facts["stage"] == d.RENDERING:
        return None
    return Refusal(N_("Write down what was agreed: every meeting has a record."), {}, ("record",))


def has_begun(facts: Facts) -> Refusal | None:
    """What is still to come was neither held nor missed."""
    if not facts["is_ahead"]:
        return None
    return Refusal(N_("This appointment is still to come. Confirm it, or put it off."))


def moves_on(facts: Facts) -> Refusal | None:
    """An appointment is put off to another day or time."""
    if (facts["new_on"], facts["new_starts"]) != (facts["planned_on"], facts["starts"]):
        return None
    return Refusal(N_("Choose another day or time."), {}, ("new_on",))
