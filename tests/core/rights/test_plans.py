"""Who holds what is asked at every request: PostgreSQL finds it by its indexes, however large the company is."""

from __future__ import annotations

import re
from pathlib import Path

import databases
from company import told
from core.branches import system_scope
from core.data.database import Database
from core.people.rights.holding import held_by

FOUND = re.compile(r"Scan using \w+ on core_appointment  .*\n +Index Cond: \(user_id = ")


def test_the_appointments_of_one_person_are_found_by_an_index(tmp_path: Path):
    with databases.migrated("postgresql", tmp_path) as url:
        plan = explained(url)

    assert FOUND.search(plan), plan
    for table in ("core_appointment", "core_branch", "ab_user"):
        assert f"Seq Scan on {table}" not in plan, plan


def explained(url: str) -> str:
    """The plan of the statement; an empty table is read whole unless PostgreSQL is told not to."""
    database = Database(url)
    with told(database) as asked, system_scope("the test itself"), database.sessions() as session:
        held_by(session, [1])
    database.dispose()
    ((statement, parameters),) = [each for each in asked if "acting_for_id" in each[0]]
    with databases.as_owner(url) as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
