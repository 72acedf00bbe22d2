"""The rules of the engine that own rules come to, by their effect; those without one here are checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.data.marks import N_
from core.handbook import values
from core.handbook.entered import read
from core.handbook.kinds import (
    Access,
    Amount,
    Approval,
    Cadence,
    Checklist,
    Condition,
    Deadline,
    Facts,
    Is,
    Notice,
    Rule,
    Settings,
    Span,
    Threshold,
)
from core.handbook.own.expression import as_conditions, of_plain
from core.handbook.own.models import (
    APPROVE,
    COUNT,
    FIGURE,
    HIDE,
    INSPECT,
    OBLIGE,
    REPEAT,
    TELL,
    OwnRule,
)
from core.handbook.own.moments import ADDED, state_field
from core.handbook.values import MONEY, NUMBER, PERCENT, Setting
from core.installation import installation

SHARE, AT_MOST = "share", "at_most"
"""Of a count: the part of all records in percent, else their number. A target not to be exceeded, else reached."""
FEN = Decimal("0.01")
Same = Mapping[str, Any]
"""What rules of every kind have: id, clause, sentence, version."""


def _where(row: OwnRule) -> tuple[Condition, ...]:
    return as_conditions(installation().entities[row.entity], of_plain(row.conditions), row.all_of)


def _with_settings(row: OwnRule, same: Same, *settings: Setting) -> dict[str, Any]:
    """Settings are put into a sentence by name, which an administrator's own does not know."""
    return {**same, "sentence": row.says.replace("%", "%%"), "settings": settings, "where": _where(row)}


def _deadline(row: OwnRule, same: Same) -> Deadline:
    return Deadline(
        **_with_settings(row, same, Setting("within", row.detail["kind"], row.detail["length"])),
        entity=row.entity,
        owner=row.detail["owner"],
        event=f"{row.entity}.{row.moment}",
        within="within",
        title=row.says,
    )


def _cadence(row: OwnRule, same: Same) -> Cadence:
    return Cadence(
        **_with_settings(row, same, Setting("every", row.detail["kind"], row.detail["length"])),
        entity=row.entity,
        owner=row.detail["owner"],
        every="every",
        anchor=row.detail["anchor"],
        title=row.says,
    )


def _notice(row: OwnRule, same: Same) -> Notice:
    event, to = f"{row.entity}.{row.moment}", (row.detail["owner"],)
    return Notice(**same, where=_where(row), event=event, template="own", to=to)


def _approval(row: OwnRule, same: Same) -> Approval:
    held = (row.detail["owner"],)
    return Approval(**same, where=_where(row), entity=row.entity, transition=row.moment, positions=held)


def _checklist(row: OwnRule, same: Same) -> Checklist:
    """One item: the sentence. It is asked while a record is there of which the conditions hold."""
    held = installation().inspections.get(row.moment)
    return Checklist(**same, where=_where(row), round=row.moment, by=held.by if held is not None else "")


def figure_settings(detail: Mapping[str, Any]) -> tuple[Setting, ...]:
    """What an amount is worked out with: of a rate, the others are its bounds. UserError for a wrong figure."""
    rate = Setting("rate", PERCENT, None, N_("Rate"))
    named = (N_("At least"), N_("At most")) if detail.get("rate") else (N_("From"), N_("To"))
    wanted = (
        rate,
        Setting("low", MONEY, None, named[0], optional=True),
        Setting("high", MONEY, None, named[1], optional=True),
    )
    found = ((each, read(each, str(detail.get(each.name, "")))) for each in wanted)
    return tuple(
        Setting(each.name, each.kind, value, each.label, optional=each.optional)
        for each, value in found
        if value is not None
    )


def _amount(row: OwnRule, same: Same) -> Amount:
    """It proposes: what comes out is kept as a finding of the record, and nothing is booked."""
    made = _with_settings(row, same, *figure_settings(row.detail))
    if row.moment != ADDED:
        made["where"] += (Is(state_field(installation().entities[row.entity]), row.moment),)
    return Amount(**made, entity=row.entity, figure=_figure(row.detail.get("of", "")))


def _figure(of: str) -> Callable[[Facts, Settings], Span | None]:
    def figure(facts: Facts, settings: Settings) -> Span | None:
        low, high = settings.get("low"), settings.get("high")
        if "rate" not in settings:
            return None if low is None else Span(low, low if high is None else max(low, high))
        base, rate = facts[of], settings["rate"]
        if base is None or base <= 0 or rate is None:
            return None
        found = (Decimal(base) * rate / 100).quantize(FEN, rounding=ROUND_HALF_UP)
        found = found if high is None else min(found, high)
        found = found if low is None else max(found, low)
        return Span(found, found)

    return figure


def target_setting(detail: Mapping[str, Any]) -> Setting:
    """What a count is compared with. UserError for what is no such figure."""
    kind = PERCENT if detail.get("measured") == SHARE else NUMBER
    empty = Setting("target", kind, None, N_("Target"))
    return Setting("target", kind, read(empty, str(detail.get("target", ""))), empty.label)


def _threshold(row: OwnRule, same: Same) -> Threshold:
    return Threshold(
        **_with_settings(row, same, target_setting(row.detail)),
        measure=measure_id(row),
        target="target",
        over=row.detail["over"],
        at_most=row.detail["bound"] == AT_MOST,
    )


def measure_id(row: OwnRule) -> str:
    """The id of what a rule counts."""
    return f"{row.entity.partition('.')[0]}.{row.rule_id}"


def _access(row: OwnRule, same: Same) -> Access:
    return Access(**same, masked=((row.entity, row.detail["of"]),))


MAKERS: Mapping[str, Callable[[OwnRule, Same], Rule]] = {
    OBLIGE: _deadline,
    REPEAT: _cadence,
    TELL: _notice,
    APPROVE: _approval,
    INSPECT: _checklist,
    FIGURE: _amount,
    COUNT: _threshold,
    HIDE: _access,
}
LENGTHS = (values.DAYS, values.WORKDAYS, values.HOURS, values.MONTHS, values.YEARS)
"""In what the time of an own deadline or series is counted; hours of deadlines alone."""
