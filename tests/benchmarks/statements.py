"""How many SQL statements a request costs, counted alike for every system: in the log of the database's server.

A transaction's own words (BEGIN, COMMIT) do not count. Nothing is logged while times are taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from load import HttpClient
from psycopg import sql

LOGGED = re.compile(
    r"^(\w+) LOG:  (?:statement|execute [^:]*): (?!BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET |DEALLOCATE)",
    re.M,
)
WARM, TIMES = 3, 3
SETTINGS = {"log_statement": "all", "log_line_prefix": "%u "}


class Log:
    """The server's log, which says every statement inside `watched`."""

    def __init__(self, file: Path, url: str) -> None:
        self.file, self.url = file, url

    @contextmanager
    def watched(self) -> Iterator[None]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            for name, value in SETTINGS.items():
                connection.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
                )
            connection.execute("SELECT pg_reload_conf()")
            connection.execute("SELECT pg_sleep(0.5)")
            try:
                yield
            finally:
                connection.execute("ALTER SYSTEM RESET ALL")
                connection.execute("SELECT pg_reload_conf()")
                connection.execute("SELECT pg_sleep(0.5)")

    def counted(self, role: str, plan: dict[str, Any], requests: Sequence[dict[str, Any]]) -> int:
        """The statements of a request by a role: the median of a few, after a few that warm caches."""
        counts = []
        with closing(HttpClient(plan)) as client:
            client.open()
            for asked in (list(requests) * (WARM + TIMES))[: WARM + TIMES]:
                before = self.file.stat().st_size
                wrong = client.ask(asked)
                assert not wrong, wrong
                with self.file.open("rb") as log:
                    log.seek(before)
                    counts.append(LOGGED.findall(log.read().decode(errors="replace")).count(role))
        return int(median(counts[WARM:]))
