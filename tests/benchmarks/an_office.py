"""A program of its own: one installation of a given size, filled once, then asked for pages through its pipe.

`an_office.py fill URL HOME` fills a migrated database; `an_office.py serve URL HOME` says `ready` and then answers, for
each line `PERSON PATH`, with status, milliseconds (those of the process alone as `processor`) and number of SQL
statements.
"""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parents[1]), str(HERE.parent / "support")]

PLUGINS = HERE / "plugins"
SINCE = date(2020, 1, 1)
POSITIONS = {1: "core.administrator", 3: "many.holder"}
ROWS, ROWS_ELSEWHERE, AT_ONCE = 500, 20, 1000


def size(what: str) -> int:
    return int(os.environ[f"ZHIDU_MANY_{what}"])


def opened(url: str, home: Path) -> Any:
    from company import settings_for
    from core.app import create_app

    return create_app(settings_for(url, home, (PLUGINS,)))


def fill(url: str, home: Path) -> None:
    """Branches, people, appointments and rows, set-wise: this is not what is measured."""
    import postgres_server
    from company import password_hash
    from core.branches import protection
    from core.branches.models import BRANCH, HEAD_OFFICE
    from core.data import Base, clock
    from core.data.database import Database

    opened(url, home).extensions["zhidu"].database.dispose()
    database = Database(postgres_server.owner_url(url) or url)
    tables = Base.metadata.tables
    own = [table for name, table in tables.items() if name.startswith("many_")]
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SELECT set_config('zhidu.system', 'on', true)")
        Base.metadata.create_all(connection, own)
        protection.protect(connection)
        now = clock.now()

        def put(table: str, rows: list[dict[str, Any]]) -> None:
            for start in range(0, len(rows), AT_ONCE):
                connection.execute(tables[table].insert(), rows[start : start + AT_ONCE])

        branches = range(1, size("BRANCHES") + 1)
        people = range(1, size("PEOPLE") + 1)
        put("core_branch", [
            {"id": each, "code": f"b{each}", "name_zh": f"机构{each}", "name_en": f"Branch {each}",
             "kind": BRANCH if each > 1 else HEAD_OFFICE, "parent_id": 1 if each > 1 else None}
            for each in branches
        ])  # fmt: skip
        put(
            "core_branch_plugin",
            [{"branch_id": each, "plugin": "many", "enabled": True} for each in branches],
        )
        put("ab_user", [
            {"id": each, "first_name": "", "last_name": f"Person {each}", "username": f"p{each}", "active": True,
             "password": password_hash(), "email": f"p{each}@zhidu.invalid", "created_on": now.replace(tzinfo=None),
             "changed_on": now.replace(tzinfo=None), "created_by_fk": None, "changed_by_fk": None}
            for each in people
        ])  # fmt: skip
        put("core_person_profile", [{"user_id": each, "must_change_password": False} for each in people])
        put("core_appointment", [
            {"user_id": each, "branch_id": 1 if each == 1 else 2 if each < 4 else 1 + each % len(branches),
             "position": POSITIONS.get(each, f"many.clerk{1 + each % (size('POSITIONS') - 1)}"),
             "valid_from": SINCE}
            for each in people
        ])  # fmt: skip
        put("many_thing1", [
            {"branch_id": branch, "code": f"C{number:05}", "name": f"Row {number}", "kind": "one", "keeper_id": 2}
            for branch in branches
            for number in range(ROWS if branch == 2 else ROWS_ELSEWHERE)
        ])  # fmt: skip
        if not database.is_sqlite:
            for name in ("core_branch", "ab_user"):
                connection.exec_driver_sql(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))")
            protection.let_application_in(connection, url, ("public",))
    with database.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
    database.dispose()


def serve(url: str, home: Path) -> None:
    from company import Browser, counted

    app = opened(url, home)
    database = app.extensions["zhidu"].database
    people: dict[str, Browser] = {}
    say({"ready": True, "processor": time.process_time()})
    for line in sys.stdin:
        person, path = line.split()
        if person not in people:
            people[person] = Browser(app.test_client())
            answer = people[person].log_in(person)
            if answer.status_code != 302:
                raise RuntimeError(f"{person} cannot log in: {answer.status_code}")
        with counted(database) as statements:
            begun, worked = time.perf_counter(), time.process_time()
            with people[person].client.get(path) as page:
                status, length = page.status_code, len(page.data)
            took, used = (time.perf_counter() - begun) * 1000, (time.process_time() - worked) * 1000
        say(
            {
                "status": status,
                "milliseconds": took,
                "processor": used,
                "statements": len(statements),
                "bytes": length,
            }
        )


def say(value: dict[str, Any]) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    {"fill": fill, "serve": serve}[sys.argv[1]](sys.argv[2], Path(sys.argv[3]))
