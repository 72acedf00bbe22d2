"""The small company with the leave department, for tests of workflows, approvals and messages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import company as companies
import databases
from company import SHOP, Company
from core.branches import BranchPlugin

LEAVE = Path(__file__).parent / "leave_plugins"
sys.path.append(str(LEAVE))  # tests import `leave.workflows`; the host does the same when it finds the plugin
PEOPLE = (
    ("asking", "leave.clerk"),
    ("leading", "leave.manager"),
    ("helping", "leave.manager"),
    ("directing", "leave.director"),
    ("watching", "leave.watcher"),
)


@contextmanager
def opened(backend: str, home: Path, **changes: Any) -> Iterator[Company]:
    """The company, `leave` on in the branch `east`, its people there."""
    with databases.migrated(backend, home) as url:
        made = companies.found(url, home, (SHOP, LEAVE), **changes)
        with made.session() as session:
            session.add(BranchPlugin(branch_id=made.branches["east"], plugin="leave"))
        for name, position in PEOPLE:
            made.add_person(name, "east", position)
        yield made
        made.database.dispose()


def application(company: Company, **values: Any) -> int:
    """An application in the branch `east`; answers its id."""
    from leave.models import Application

    return company.put("east", Application(**{"title": "Leave in May", **values}))


def state_of(company: Company, number: int) -> str:
    from leave.models import Application

    with company.session("east") as session:
        return session.get_one(Application, number).state
