"""What an outcome rests on: rule, version, clause and settings, kept once for each that differs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core.handbook import stored
from core.handbook.kinds import Rule, Settings
from core.handbook.models import RuleBasis


@dataclass(frozen=True)
class Grounds:
    """A basis before it is kept: as plain values, so that it can leave its session."""

    rule: str
    version: int
    clause: dict[str, Any]
    settings: dict[str, Any]

    @property
    def digest(self) -> str:
        text = stored.canonical([self.rule, self.version, self.clause, self.settings])
        return hashlib.sha256(text.encode()).hexdigest()


def grounds_of(rule: Rule, settings: Settings) -> Grounds:
    """What is kept of a rule under settings."""
    clause = {"id": rule.clause.id, "document": rule.clause.document, "heading": rule.clause.heading}
    return Grounds(rule.id, rule.version, clause, stored.plain_map(settings))


def basis_of(session: Session, rule: Rule, settings: Settings) -> RuleBasis:
    """The row of a rule under settings; made in the session's transaction where it is the first of its kind."""
    return kept(session, grounds_of(rule, settings))


def kept(session: Session, grounds: Grounds) -> RuleBasis:
    """The row of these grounds."""
    digest = grounds.digest
    statement = select(RuleBasis).where(RuleBasis.digest == digest)
    with session.no_autoflush:
        found = session.scalar(statement)
    if found is not None:
        return found
    session.flush()
    try:
        with session.begin_nested():
            made = RuleBasis(
                digest=digest,
                rule=grounds.rule,
                version=grounds.version,
                clause=grounds.clause,
                settings=grounds.settings,
            )
            session.add(made)
            session.flush()
        return made
    except IntegrityError:  # another process kept the same a moment earlier
        return session.scalars(statement).one()
