"""Changing a setting: from a day on, with a reason, and a second person's approval where the rule says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch
from core.data import UserError, clock
from core.data.marks import N_
from core.handbook import stored
from core.handbook.entered import demand_value
from core.handbook.kinds import Rule
from core.handbook.models import RuleSetting
from core.handbook.values import Setting
from core.handbook.words import msgid

LONGEST_WHY = 500
IN_THE_PAST = N_("What is past was judged already. Choose today or a later day.")
NO_REASON = N_("Say why in a few words; whoever asks later reads it here.")
IN_FORCE = N_("This has taken effect already. Set another value from a day on instead.")
APPROVED = N_("This needs no approval any more.")
SECOND_PERSON = N_("Whoever set it cannot approve it. A second person has to.")


@dataclass(frozen=True)
class Change:
    """What somebody wants: with `inherits` the branch takes again what those above it have."""

    setting: str
    branch_id: int
    from_on: date
    value: Any
    why: str
    inherits: bool = False

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        day, value = self.from_on.isoformat(), stored.plain(self.value)
        return {**vars(self), "from_on": day, "value": None if self.inherits else value}

    @classmethod
    def of_plain(cls, given: dict[str, Any]) -> Change:
        """What `plain` made."""
        value = None if given["inherits"] else stored.live(given["value"])
        return cls(**{**given, "from_on": date.fromisoformat(given["from_on"]), "value": value})


def proposed(rule: Rule, change: Change, user_id: int | None = None) -> RuleSetting:
    """The row of a change as if it were in force, for a preview. It is in no session. UserError for what is fixed."""
    demand_free(rule.setting(change.setting))
    if not change.inherits:
        demand_value(rule.setting(change.setting), change.value)
    return RuleSetting(
        rule=rule.id,
        setting=change.setting,
        branch_id=change.branch_id,
        from_on=change.from_on,
        in_force_on=change.from_on,
        value=None if change.inherits else stored.plain(change.value),
        inherits=change.inherits,
        why=change.why.strip(),
        set_by=user_id,
    )


def demand_free(setting: Setting) -> None:
    """Raise UserError, with the reason, for a setting that nobody can change."""
    if setting.fixed:
        raise UserError(msgid(setting.fixed), status=409)


def change(session: Session, rule: Rule, wanted: Change, user_id: int | None) -> RuleSetting:
    """Keep a change. UserError for a day that is past, a value out of bounds, or no reason."""
    if wanted.from_on < _today(session, wanted.branch_id):
        raise UserError(IN_THE_PAST, field="from_on")
    if not 3 <= len(wanted.why.strip()) <= LONGEST_WHY:
        raise UserError(NO_REASON, field="why")
    row = proposed(rule, wanted, user_id)
    if rule.setting(wanted.setting).by_two:
        row.in_force_on = None
    session.add(row)
    session.flush()
    return row


def approve(session: Session, row: RuleSetting, user_id: int) -> None:
    """A second person says yes. It takes effect on its day, or today where that has passed."""
    if row.in_force_on is not None or row.withdrawn_at is not None:
        raise UserError(APPROVED, status=409)
    if row.set_by == user_id:
        raise UserError(SECOND_PERSON, status=403)
    row.approved_by, row.approved_at = user_id, clock.now()
    row.in_force_on = max(row.from_on, _today(session, row.branch_id))
    session.flush()


def withdraw(session: Session, row: RuleSetting, user_id: int | None) -> None:
    """Take a change back before it takes effect."""
    if row.withdrawn_at is not None:
        return
    if row.in_force_on is not None and row.in_force_on <= _today(session, row.branch_id):
        raise UserError(IN_FORCE, status=409)
    row.withdrawn_by, row.withdrawn_at = user_id, clock.now()
    session.flush()


def history_of(session: Session, rule: Rule) -> list[RuleSetting]:
    """Every change of a rule's settings, the latest first; withdrawn ones too."""
    statement = select(RuleSetting).where(RuleSetting.rule == rule.id).order_by(RuleSetting.id.desc())
    return list(session.scalars(statement))


def _today(session: Session, branch_id: int) -> date:
    zone = session.scalar(select(Branch.time_zone).where(Branch.id == branch_id))
    return clock.today(zone) if zone else clock.today()
