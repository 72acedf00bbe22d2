"""What planning costs: 100,000 cadences for a year in one run, beside the bare SQL that writes the same rows.

`make bench` prints a line a figure. Nothing here judges a time.
"""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from pathlib import Path

import companies_for_bench
from figures import Report
from shop.models import Customer
from sqlalchemy import func, select, text

from core.branches.setwise import insert_rows, table_of
from core.worklist import series
from core.worklist.models import Obligation
from duties import at, ruled_by
from shop_duties import VISIT

CADENCES = int(os.environ.get("BENCH_CADENCES", "100000"))
FIRST, AT_ONCE = date(2026, 1, 1), 5_000


def test_a_year_of_cadences(report: Report, backend: str, tmp_path: Path):
    with companies_for_bench.one(backend, tmp_path) as company, ruled_by(company, (VISIT,)):
        with company.session("east") as session:
            for start in range(0, CADENCES, AT_ONCE):
                insert_rows(
                    session,
                    Customer,
                    [
                        {
                            "number": f"B{each:08}",
                            "name": "Firm",
                            "kind": "firm",
                            "since": FIRST - timedelta(days=each % 365),
                        }
                        for each in range(start, min(start + AT_ONCE, CADENCES))
                    ],
                )
        begun = time.perf_counter()
        with at(FIRST), company.session("east") as session:
            made = series.plan(session, VISIT, FIRST, ahead=365)
        planned = time.perf_counter() - begun
        begun = time.perf_counter()
        with at(FIRST + timedelta(days=1)), company.session("east") as session:
            series.plan(session, VISIT, FIRST + timedelta(days=1), ahead=365)
        again = time.perf_counter() - begun
        bare = _bare(company)
        with company.session() as session:
            assert session.scalar(select(func.count(Obligation.id))) >= made
        of = f"{CADENCES} cadences, {made} obligations, {backend}"
        report(f"planned for a year: {of}, beside the bare SQL", planned, "s", bare)
        report(f"the night after: {of}", again, "s")


def _bare(company: companies_for_bench.Company) -> float:
    """The same rows once more, into a table with the same keys, by one plain statement."""
    table = table_of(Obligation)
    names = ", ".join(column.name for column in table.columns)
    with company.database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('zhidu.system', 'on', true)"))
            connection.execute(text("CREATE TEMPORARY TABLE bare (LIKE core_obligation INCLUDING ALL)"))
        else:
            connection.execute(
                text(f"CREATE TEMPORARY TABLE bare AS SELECT {names} FROM core_obligation WHERE 0")
            )
            for index in ("branch_id, rule, record_id, occurrence", "branch_id, state, due_on"):
                connection.execute(text(f"CREATE INDEX temp.bare_{len(index)} ON bare ({index})"))
            connection.execute(text("CREATE INDEX temp.bare_s ON bare (branch_id, entity, record_id)"))
        begun = time.perf_counter()
        connection.execute(text(f"INSERT INTO bare ({names}) SELECT {names} FROM core_obligation"))
        return time.perf_counter() - begun
