"""The rules of leave."""

from __future__ import annotations

from core.handbook.kinds import Approval, Check, Facts, Notice, Refusal, Settings
from core.handbook.values import NUMBER, Setting
from leave.workflows import CLAUSE


def is_long(facts: Facts, settings: Settings) -> bool:
    return bool(facts["days"] >= settings["from_days"])


def has_reason(facts: Facts, _settings: Settings) -> Refusal | None:
    return None if facts["reason"] or facts["days"] < 10 else Refusal("Say why so long.", {}, ("reason",))


LONG_LEAVE = Approval(
    "LEAVE-R01",
    CLAUSE,
    "Leave of %(from_days)s days or more is granted by %(steps)s people.",
    (Setting("from_days", NUMBER, 3, "Days"), Setting("steps", NUMBER, 2, "People")),
    entity="leave.application",
    transition="grant",
    positions=("leave.manager", "leave.director"),
    in_order=True,
    count="steps",
    needed=is_long,
    not_by=("person_id",),
)
REASON = Check(
    "LEAVE-R02",
    CLAUSE,
    "Long leave names its reason.",
    entity="leave.application",
    judge=has_reason,
    moments=("submit",),
)
TOLD = Notice(
    "LEAVE-R03",
    CLAUSE,
    "Whoever asked is told when leave is granted.",
    event="leave.application.granted",
    template="leave.granted",
    person="person_id",
    channels=("in_app",),
)
RULES = (LONG_LEAVE, REASON, TOLD)
