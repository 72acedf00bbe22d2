"""A connection is asked whether it still stands after it rested, not between two requests."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.exc import InvalidatePoolError

from core.data import database


class BrokenError(Exception): ...


class Dialect:
    loaded_dbapi = SimpleNamespace(Error=BrokenError)

    def __init__(self, stands: bool = True) -> None:
        self.stands, self.asked = stands, 0

    def do_ping(self, _connection: Any) -> bool:
        self.asked += 1
        if not self.stands:
            raise BrokenError
        return True


def rested(seconds: float) -> Any:
    return SimpleNamespace(info={database._RESTS_SINCE: time.monotonic() - seconds})


def test_one_that_has_just_served_is_not_asked():
    dialect, record = Dialect(stands=False), SimpleNamespace(info={})
    database._ask_after_rest(None, record, None, dialect=dialect)
    database._note_rest(None, record)
    database._ask_after_rest(None, record, None, dialect=dialect)
    assert dialect.asked == 0


def test_one_that_rested_is_asked():
    dialect = Dialect()
    database._ask_after_rest(None, rested(database.RESTED + 1), None, dialect=dialect)
    assert dialect.asked == 1


def test_one_that_no_longer_stands_goes_with_all_others():
    with pytest.raises(InvalidatePoolError):
        database._ask_after_rest(None, rested(database.RESTED + 1), None, dialect=Dialect(stands=False))
