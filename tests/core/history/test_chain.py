"""Seals are set after the commit, one chain a branch, and show whatever somebody did behind the program's back."""

from __future__ import annotations

import pytest
from shop.models import Customer
from sqlalchemy import text

import databases
from company import Company, customer_values
from core.branches import system_scope
from core.history import HistoryEntry
from core.history.chain import seal
from core.history.verify import verify_chain

TRIGGERS = {
    "core_history": ("core_history_stays", "core_history_kept"),
    "core_history_head": ("core_history_head_grows", "core_history_head_kept"),
}


@pytest.fixture
def company(own_company: Company) -> Company:
    for branch, count in (("east", 6), ("west", 4)):
        for n in range(count):
            own_company.put(branch, Customer(**customer_values(name=f"{branch} {n}")))
    return own_company


def report_of(company: Company):
    with company.app.app_context(), company.database.sessions() as session:
        return verify_chain(session)


def raw(company: Company, *statements: str, guarded: bool = False) -> None:
    """What somebody does with a database program: as the owner of the tables, the triggers out of the way."""
    with databases.as_owner(company.database.url) as connection:
        if not guarded:
            _triggers(connection, off=True)
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT set_config('zhidu.system', 'on', true)"))
        for each in statements:
            connection.execute(text(each))
        if not guarded:
            _triggers(connection, off=False)


_taken_down: dict[str, str] = {}


def _triggers(connection, off: bool) -> None:
    if connection.dialect.name == "postgresql":
        for table in TRIGGERS:
            connection.execute(text(f"ALTER TABLE {table} {'DISABLE' if off else 'ENABLE'} TRIGGER USER"))
        return
    for name in [name for names in TRIGGERS.values() for name in names]:
        if off:
            wanted = text("SELECT sql FROM sqlite_master WHERE name = :name")
            _taken_down[name] = connection.scalar(wanted, {"name": name})
            connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.exec_driver_sql(_taken_down[name])


def of_branch(company: Company, code: str) -> list[HistoryEntry]:
    with system_scope("the test reads"), company.database.sessions() as session:
        found = session.query(HistoryEntry).filter_by(branch_id=company.branches[code])
        return list(found.order_by(HistoryEntry.sealed_as))


def test_the_tail_is_reported_until_it_is_sealed(company: Company):
    before = report_of(company)
    assert before.sealed == 0
    assert before.unsealed >= 10
    assert before.tail_since is not None
    assert seal(company.database, at_once=3) == before.unsealed
    after = report_of(company)
    assert (after.unsealed, after.sealed, after.tail_since) == (0, before.unsealed, None)
    assert after.is_whole, after.problems
    assert seal(company.database) == 0


def test_each_branch_has_a_chain_of_its_own(company: Company):
    seal(company.database)
    heads = {branch: length for branch, length, _seal in report_of(company).heads}
    for code, least in (("east", 6), ("west", 4)):
        numbers = [each.sealed_as for each in of_branch(company, code)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= least
        assert heads[company.branches[code]] == len(numbers)
    assert None in heads  # what was done outside every branch has a chain, too


def test_an_entry_that_commits_late_is_sealed_late(company: Company):
    """On PostgreSQL an entry with a lower number may commit after one with a higher was sealed."""
    with company.session("east") as late:
        late.add(Customer(**customer_values(name="Late")))
        if company.database.is_sqlite:
            late.commit()
        else:
            late.flush()
            company.put("east", Customer(**customer_values(name="Early")))
        seal(company.database)
    seal(company.database)
    assert report_of(company).is_whole
    assert report_of(company).unsealed == 0


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("UPDATE core_history SET changes = '{{}}' WHERE id = {2}", "changed"),
        ("UPDATE core_history SET user_id = 1 WHERE id = {2}", "changed"),
        ("UPDATE core_history SET at = '2020-01-01 00:00:00' WHERE id = {2}", "changed"),
        ("UPDATE core_history SET action = 'export' WHERE id = {0}", "changed"),
        ("DELETE FROM core_history WHERE id = {2}", "missing"),
        ("DELETE FROM core_history WHERE id = {0}", "missing"),
        ("DELETE FROM core_history WHERE id IN ({last}, {before_last})", "cut off"),
        ("UPDATE core_history_head SET length = 5 WHERE chain = {branch}", "cut off"),
        ("DELETE FROM core_history_head WHERE chain = {branch}", "cut off"),
        ("UPDATE core_history SET seal = 'x' WHERE id = {last}", "changed"),
    ],
)
def test_tampering_is_found_in_its_branch(company: Company, change, kind):
    seal(company.database)
    ids = [each.id for each in of_branch(company, "east")]
    statement = change.replace("'{}'", "'@'").replace("'x'", "'x'")
    statement = statement.format(
        *ids, last=ids[-1], before_last=ids[-2], branch=company.branches["east"]
    ).replace("'@'", "'{}'")
    raw(company, statement)
    report = report_of(company)
    assert not report.is_whole
    assert {each.branch_id for each in report.problems} == {company.branches["east"]}
    assert kind in {each.kind for each in report.problems}


def test_another_order_is_found(company: Company):
    seal(company.database)
    one, two = (of_branch(company, "east")[place] for place in (1, 2))
    raw(
        company,
        f"UPDATE core_history SET sealed_as = 900 WHERE id = {one.id}",
        f"UPDATE core_history SET sealed_as = 2 WHERE id = {two.id}",
        f"UPDATE core_history SET sealed_as = 3 WHERE id = {one.id}",
    )
    assert {each.kind for each in report_of(company).problems} == {"changed"}


def test_a_trigger_that_was_taken_down_is_told(company: Company):
    with databases.as_owner(company.database.url) as connection:
        on = "" if company.database.is_sqlite else " ON core_history"
        connection.execute(text(f"DROP TRIGGER core_history_kept{on}"))
    problems = report_of(company).problems
    assert [each.kind for each in problems] == ["unguarded"]
    assert "core_history_kept" in problems[0].text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_history SET changes = '{}'",
        "UPDATE core_history SET seal = 'x', sealed_as = 1, origin = 'forged' WHERE seal IS NULL",
        "UPDATE core_history SET seal = 'x' WHERE seal IS NULL",
        "UPDATE core_history SET seal = NULL, sealed_as = NULL WHERE seal IS NOT NULL",
        "DELETE FROM core_history",
        "UPDATE core_history_head SET seal = 'x'",
        "UPDATE core_history_head SET length = 1",
        "DELETE FROM core_history_head",
    ],
)
def test_the_database_refuses_by_itself(company: Company, statement):
    seal(company.database)
    company.put("east", Customer(**customer_values(name="Not sealed")))
    with pytest.raises(Exception, match="the history cannot be changed"):
        raw(company, statement, guarded=True)
    assert report_of(company).is_whole


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_postgresql_refuses_to_empty_the_tables(company: Company):
    for table in TRIGGERS:
        with pytest.raises(Exception, match="the history cannot be changed"):
            raw(company, f"TRUNCATE {table}", guarded=True)
