"""Seals: each sealed entry carries a hash over itself and the seal before it, one chain a branch.

They are set by the worker after the commit, so that nobody who writes waits for anybody else. What is not sealed yet
is the tail; it is some seconds long while a worker runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from core.branches.scope import system_scope
from core.data.database import Database
from core.history.models import HistoryEntry, HistoryHead
from core.history.writing import QUIETLY

AT_ONCE = 1_000
BEGINNING = "0" * 64
_KEY = 0x7A68_6964_7500_0002
_ENTRY: Any = HistoryEntry.__table__
_HEAD: Any = HistoryHead.__table__
TOLD = (
    "id", "branch_id", "at", "user_id", "for_user_id", "origin", "act", "action", "table_name", "record_id",
    "changes", "details",
)  # fmt: skip
"""The columns that a seal covers."""


def seal_of(before: str, entry: Any) -> str:
    """The seal of an entry that follows on the seal `before`."""
    values = [each.isoformat() if hasattr(each, "isoformat") else each for each in entry[: len(TOLD)]]
    text = json.dumps([before, *values], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def chain_of(branch_id: int | None) -> int:
    """The name of a branch's chain; what was done outside every branch has one, too."""
    return branch_id or 0


def seal(database: Database, at_once: int = AT_ONCE) -> int:
    """Seal what is not sealed yet, oldest first, each part in a transaction of its own; answers how many entries.

    Of two workers who want to seal at the same moment, one does.
    """
    sealed = 0
    with system_scope("sealing the history of every branch"):
        while True:
            with database.sessions() as session:
                part = _seal_some(session, at_once)
                session.commit()
            sealed += part
            if part < at_once:
                return sealed


def unsealed(session: Session) -> int:
    """How many entries have no seal yet. In system scope."""
    statement = select(func.count()).select_from(_ENTRY).where(_ENTRY.c.seal.is_(None))
    return int(session.scalar(statement, execution_options=QUIETLY) or 0)


def _seal_some(session: Session, at_once: int) -> int:
    waiting = select(_ENTRY.c.id).where(_ENTRY.c.seal.is_(None)).limit(1)
    if session.scalar(waiting, execution_options=QUIETLY) is None or not _alone(session):
        return 0
    columns = [_ENTRY.c[name] for name in TOLD]
    oldest = select(*columns).where(_ENTRY.c.seal.is_(None)).order_by(_ENTRY.c.id).limit(at_once)
    entries = session.execute(oldest, execution_options=QUIETLY).all()
    by_chain: dict[int, list[Any]] = {}
    for each in entries:
        by_chain.setdefault(chain_of(each.branch_id), []).append(each)
    for chain, of_chain in sorted(by_chain.items()):
        _seal_chain(session, chain, of_chain)
    return len(entries)


def _seal_chain(session: Session, chain: int, entries: Sequence[Any]) -> None:
    head = session.execute(select(_HEAD).where(_HEAD.c.chain == chain), execution_options=QUIETLY).first()
    count, last = (head.length, head.seal) if head is not None else (0, BEGINNING)
    seals = []
    for each in entries:
        count, last = count + 1, seal_of(last, each)
        seals.append({"entry": each.id, "number": count, "hash": last})
    put = update(_ENTRY).where(_ENTRY.c.id == bindparam("entry"))
    put = put.values(sealed_as=bindparam("number"), seal=bindparam("hash"))
    session.connection().execute(put, seals)
    values = {"length": count, "seal": last}
    if head is None:
        session.execute(insert(_HEAD).values(chain=chain, **values), execution_options=QUIETLY)
    else:
        session.execute(
            update(_HEAD).where(_HEAD.c.chain == chain).values(**values), execution_options=QUIETLY
        )


def _alone(session: Session) -> bool:
    """Hold off other sealers until the transaction ends; False when another one is at it."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return True
    return bool(connection.scalar(select(func.pg_try_advisory_xact_lock(_KEY))))
