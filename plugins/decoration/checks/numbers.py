"""The numbers that records get when nobody enters one."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import next_number
from core.installation import installation


def session() -> Session:
    return installation().database.session()


def numbered(record: Any, prefix: str) -> None:
    """Give a record without a number the next one of its table in the branch, such as KH000001."""
    if not record.number:
        record.number = f"{prefix}{next_number(session(), current_branch_id(), record.__tablename__):06d}"
