"""Looks through the chains for what was changed, removed or put in another order behind the program's back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.branches.scope import system_scope
from core.history import triggers
from core.history.chain import BEGINNING, TOLD, chain_of, seal_of, unsealed
from core.history.models import HistoryEntry, HistoryHead
from core.history.writing import QUIETLY

CHANGED, MISSING, CUT_OFF, UNGUARDED = "changed", "missing", "cut off", "unguarded"
AT_ONCE = 1_000
_ENTRY: Any = HistoryEntry.__table__
_HEAD: Any = HistoryHead.__table__


@dataclass(frozen=True)
class Problem:
    """`kind` is CHANGED (an entry, or its place), MISSING (removed), CUT_OFF (the end of a chain) or UNGUARDED."""

    kind: str
    branch_id: int | None
    text: str


@dataclass
class ChainReport:
    """`sealed` entries were looked at; `unsealed` wait for the worker, the oldest since `tail_since`.

    `heads` are the ends of the chains, as (branch id or None, count, seal): kept elsewhere, they show also whether
    somebody made a whole chain anew.
    """

    sealed: int = 0
    unsealed: int = 0
    tail_since: Any = None
    heads: list[tuple[int | None, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.problems


def verify_chain(session: Session) -> ChainReport:
    """Every sealed entry against its seal; reads all of them, in parts, and changes nothing."""
    with system_scope("looking through the history's chains"):
        report = ChainReport(unsealed=unsealed(session))
        oldest = select(func.min(_ENTRY.c.at)).where(_ENTRY.c.seal.is_(None))
        report.tail_since = session.scalar(oldest, execution_options=QUIETLY)
        for name in triggers.missing(session.connection()):
            report.problems.append(Problem(UNGUARDED, None, f"the trigger {name} was taken down"))
        heads = {each.chain: each for each in session.execute(select(_HEAD), execution_options=QUIETLY)}
        chains = select(_ENTRY.c.branch_id).where(_ENTRY.c.seal.is_not(None)).distinct()
        present = {chain_of(row[0]) for row in session.execute(chains, execution_options=QUIETLY)}
        for chain in sorted(present | set(heads)):
            _look_through(session, chain, heads.get(chain), report)
    return report


def _look_through(session: Session, chain: int, head: Any, report: ChainReport) -> None:
    branch_id = chain or None
    number, last = 0, BEGINNING
    for each in _entries(session, branch_id):
        report.sealed += 1
        if each.sealed_as != number + 1:
            report.problems.append(_gap(branch_id, number, each.sealed_as))
        elif seal_of(last, each) != each.seal:
            text = f"entry {each.id} (number {each.sealed_as}) is not what was sealed"
            report.problems.append(Problem(CHANGED, branch_id, text))
        number, last = each.sealed_as, each.seal
    if head is None or (head.length, head.seal) != (number, last):
        noted = "nothing" if head is None else f"{head.length} entries"
        text = f"the chain ends with number {number}, but its head tells of {noted}"
        report.problems.append(Problem(CUT_OFF, branch_id, text))
    report.heads.append((branch_id, number, last))


def _gap(branch_id: int | None, number: int, next_number: int) -> Problem:
    if next_number <= number:
        return Problem(CHANGED, branch_id, f"number {next_number} is there twice")
    gone = str(number + 1) if next_number == number + 2 else f"{number + 1} to {next_number - 1}"
    return Problem(MISSING, branch_id, f"number {gone} is gone")


def _entries(session: Session, branch_id: int | None) -> Iterator[Any]:
    """The sealed entries of a chain, in their order."""
    mine = _ENTRY.c.branch_id.is_(None) if branch_id is None else _ENTRY.c.branch_id == branch_id
    columns = [*(_ENTRY.c[name] for name in TOLD), _ENTRY.c.sealed_as, _ENTRY.c.seal]
    after = 0
    while True:
        part = select(*columns).where(mine, _ENTRY.c.sealed_as > after).order_by(_ENTRY.c.sealed_as)
        found = session.execute(part.limit(AT_ONCE), execution_options=QUIETLY).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        after = found[-1].sealed_as
