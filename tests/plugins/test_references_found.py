"""References between rows of a branch are found by their own index, also by a database that has no statistics yet."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Inspector, create_engine, inspect, text

import databases


def test_sqlite_finds_what_refers_to_a_row_by_an_index_of_its_own(tmp_path: Path):
    with databases.migrated("sqlite", tmp_path) as url:
        engine = create_engine(url)
        found = inspect(engine)
        indexed = [pair for table in found.get_table_names() for pair in references(found, table)]
        assert ("gas_payment_allocation", "bill_id") in indexed
        with engine.connect() as connection:
            plans = {
                (table, column): connection.execute(
                    text(f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE branch_id = 1 AND {column} = 1")
                ).one()[3]
                for table, column in indexed
            }
        engine.dispose()
    assert not {pair: plan for pair, plan in plans.items() if f"{pair[1]}=?" not in plan}


def references(found: Inspector, table: str) -> list[tuple[str, str]]:
    """The columns of `table` that refer to rows of the same branch and have an index."""
    owned = {column["name"] for column in found.get_columns(table)} >= {"branch_id", "id"}
    if not owned:
        return []
    uniques = [each["column_names"] for each in found.get_unique_constraints(table)]
    indexes = [each["column_names"] for each in found.get_indexes(table)] + uniques
    targets = {key["constrained_columns"][0]: key["referred_table"] for key in found.get_foreign_keys(table)}
    return [
        (table, column)
        for column, target in sorted(targets.items())
        if "branch_id" in {each["name"] for each in found.get_columns(target)}
        and any([name for name in index if name != "branch_id"][:1] == [column] for index in indexes)
    ]
