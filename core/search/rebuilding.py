"""Makes the tokens of standing rows: a chunk a transaction, so that it may be stopped and goes on where it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from core.branches.scope import system_scope
from core.data.database import GatedSession
from core.search.looking import wrong_among
from core.search.models import SearchState
from core.search.plans import Plan
from core.search.writing import QUIETLY, put_values, values_of

CHUNK = 2_000
REASON = "the tokens of the search are made"


@dataclass(frozen=True)
class Made:
    """A chunk that was done: of which table, and up to which id."""

    table: str
    upto: int
    done: bool


Report = Callable[[Made], None]
Sessions = sessionmaker[GatedSession]


def behind(session: Session, plans: Sequence[Plan]) -> list[Plan]:
    """The plans whose tokens were broken off, or made by another description. Changes nothing.

    Of a table that was never looked at nothing is known here: an empty one needs nothing, and then rows bring theirs.
    """
    states = {each.table_name: each for each in session.scalars(select(SearchState))}
    known = [plan for plan in plans if plan.table.name in states]
    return [plan for plan in known if not _is_done(states[plan.table.name], plan)]


def _is_done(state: SearchState, plan: Plan) -> bool:
    return state.done and state.made_as == plan.made_as


def bring_up(sessions: Sessions, plans: Sequence[Plan], report: Report, chunk: int = CHUNK) -> None:
    """Make what is missing: plans that are done are left alone, one that was broken off goes on."""
    with system_scope(REASON):
        for plan in plans:
            with sessions.begin() as session:
                ahead = _begun(session, plan)
            while ahead:
                with sessions.begin() as session:
                    made = _next_chunk(session, plan, chunk)
                if made is None:
                    break
                report(made)


def _begun(session: Session, plan: Plan) -> bool:
    """Whether there is anything to do. What was never looked at is, now: rows that all have their tokens are done."""
    if _state(session, plan) is not None:
        return True
    looked, wrong = wrong_among(session, plan)
    if looked:
        session.add(SearchState(table_name=plan.table.name, made_as=plan.made_as, upto=0, done=not wrong))
    return looked > 0


def start_again(sessions: Sessions, plans: Sequence[Plan]) -> None:
    """Let `bring_up` make all tokens of these plans anew. What is there stays meanwhile."""
    with system_scope(REASON), sessions.begin() as session:
        for plan in plans:
            state = _state(session, plan) or SearchState(table_name=plan.table.name)
            state.made_as, state.upto, state.done = plan.made_as, 0, False
            session.add(state)


def _state(session: Session, plan: Plan) -> SearchState | None:
    return session.scalar(select(SearchState).where(SearchState.table_name == plan.table.name))


def _next_chunk(session: Session, plan: Plan, chunk: int) -> Made | None:
    """Do one chunk; None when there was nothing left to do."""
    state = _present(session, plan)
    # The first write: from here on SQLite lets nobody else write, so nothing changes between reading and writing.
    session.execute(update(SearchState).where(SearchState.id == state.id).values(upto=state.upto))
    session.refresh(state)
    if _is_done(state, plan):
        return None
    rows = _rows(session, plan, state.upto, chunk)
    last = rows[-1][0] if rows else None
    _clear(session, plan, state.upto, last if len(rows) == chunk else None)
    put_values(session, plan, plan.fields, _records(plan, rows))
    state.upto = state.upto if last is None else last
    state.done = len(rows) < chunk
    return Made(plan.table.name, state.upto, state.done)


def _present(session: Session, plan: Plan) -> SearchState:
    """How far this description is: what another one made counts for nothing."""
    state = session.scalars(select(SearchState).where(SearchState.table_name == plan.table.name)).one()
    if state.made_as != plan.made_as:
        state.made_as, state.upto, state.done = plan.made_as, 0, False
        session.flush()
    return state


def _rows(session: Session, plan: Plan, after: int, chunk: int) -> Sequence[Any]:
    """The next rows by id, held until the chunk is done, so that nobody changes them between reading and writing."""
    key = plan.table.c.id
    wanted = values_of(plan, plan.fields).where(key > after).order_by(key).limit(chunk)
    return session.execute(wanted.with_for_update(), execution_options=QUIETLY).all()


def _clear(session: Session, plan: Plan, after: int, upto: int | None) -> None:
    """Take away the tokens of a stretch of ids, also of records that are gone; without an end, up to the last."""
    tokens = plan.tokens.__table__
    ids = [number for each in plan.fields for number in each.ids]
    gone = delete(tokens).where(tokens.c.field_id.in_(ids), tokens.c.record_id > after)  # type: ignore[arg-type]
    if upto is not None:
        gone = gone.where(tokens.c.record_id <= upto)
    session.execute(gone, execution_options=QUIETLY)


def _records(plan: Plan, rows: Sequence[Any]) -> Iterator[tuple[int, int | None, dict[str, Any]]]:
    names = [each.name for each in plan.fields]
    for row in rows:
        branch_id = row[1] if plan.owned else None
        yield row[0], branch_id, dict(zip(names, row[-len(names) :], strict=True))
