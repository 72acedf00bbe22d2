"""A gas company of any size, filled set-wise, the same in every run: two branches, people in every position of each,
accounts with a meter and two readings each, and the tokens by which they are found.

`million.py tokens URL FIRST LAST` makes the tokens of the accounts and meters with these ids; `fill` runs two of them
beside one another. They come from the project's own tokenizer and go in by COPY: `zhidu search rebuild`, which works
while people do, would take ten times as long, and is not what is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path += [str(each) for each in (HERE.parents[1], HERE) if str(each) not in sys.path]

import psycopg  # noqa: E402 - the paths above come first

BRANCH, OTHER, SHARE = "gas-east", "gas-west", 0.6
"""Most customers are the first branch's, where the measured person works."""
PERSON = "gas-east.cashier"
AT_ONCE = 20_000
TOKENS = "core_search_token"


def fill(url: str, home: Path, accounts: int, bills: bool = False) -> None:
    """Fill a migrated database; with `bills` each account has one, of which all but one in ten are paid."""
    branches, tariffs = _company(url, home)
    east = int(accounts * SHARE)
    with psycopg.connect(as_superuser(url), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")  # no key is looked up a million times
        for each in _FUNCTIONS:
            connection.execute(each)
        for code, first, last in ((BRANCH, 1, east), (OTHER, east + 1, accounts)):
            given = {**_words(), "branch": branches[code], "tariff": tariffs[code]}
            given |= {"first": first, "last": last, "routes": east // _OF_A_ROUTE + 1}
            for statement in (*_ROWS, *(_BILLS if bills else ())):
                connection.execute(statement, given)
        for table in _TABLES:
            connection.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
        _tokens(connection, url, accounts)
        connection.execute("VACUUM ANALYZE")


def _company(url: str, home: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Branches and people, by the program itself; a tariff each."""
    import gas_company
    import gas_office

    company = gas_company.found(url, home)
    tariffs = {}
    for code in (BRANCH, OTHER):
        with company.session(code) as session:
            tariffs[code] = gas_office.tariff(session, code="GEN").id
    company.database.dispose()
    return company.branches, tariffs


def as_superuser(url: str) -> str:
    """The address of a database for the role that no gate binds."""
    import postgres_server

    return url.replace(f"//{postgres_server.APPLICATION_ROLE}@", "//postgres@")


# ---------------------------------------------------------------- rows

_OF_A_ROUTE = 250
_FUNCTIONS = (
    """CREATE FUNCTION pg_temp.pick(n bigint, seed bigint, many bigint) RETURNS integer IMMUTABLE LANGUAGE sql AS
       'SELECT abs(hashint8extended(n, seed) % many)::integer'""",
    """CREATE FUNCTION pg_temp.one(n bigint, seed bigint, words text[]) RETURNS text IMMUTABLE LANGUAGE sql AS
       'SELECT words[1 + pg_temp.pick(n, seed, cardinality(words))]'""",
    # The first surnames are many times as frequent as the last, as they are in life.
    """CREATE FUNCTION pg_temp.often(n bigint, seed bigint, words text[]) RETURNS text IMMUTABLE LANGUAGE sql AS
       'SELECT words[1 + (cardinality(words) * power(pg_temp.pick(n, seed, 1000000) / 1000000.0, 1.7))::integer
                     % cardinality(words)]'""",
)
_STAMPS = "row_version, created_at, changed_at"
_STAMPED = "1, '2026-01-05', '2026-01-05'"
_ROWS = (
    f"""INSERT INTO gas_route (id, branch_id, code, name, {_STAMPS})
        SELECT n, %(branch)s, 'R' || n, pg_temp.one(n, 1, %(estates)s) || '线', {_STAMPED}
        FROM generate_series(%(first)s / {_OF_A_ROUTE} + 1 + (%(first)s > 1)::integer,
                             %(last)s / {_OF_A_ROUTE} + 1 + (%(first)s > 1)::integer) n""",
    f"""INSERT INTO gas_account (id, branch_id, number, name, phone, address, use_class, tariff_id, route_id,
                                 read_order, opened_on, state, hold_reason, pricing_year_month, pricing_year_day,
                                 {_STAMPS})
        SELECT n, %(branch)s, lpad(n::text, 8, '0'),
               CASE use_class
                 WHEN 'resident' THEN pg_temp.often(n, 2, %(surnames)s) || pg_temp.one(n, 3, %(given)s)
                   || CASE WHEN pg_temp.pick(n, 4, 10) < 3 THEN '' ELSE pg_temp.one(n, 5, %(given)s) END
                 WHEN 'commercial' THEN pg_temp.one(n, 6, %(shop_names)s) || pg_temp.one(n, 7, %(shops)s)
                 ELSE pg_temp.one(n, 8, %(streets)s) || pg_temp.one(n, 9, %(public)s) END,
               CASE WHEN pg_temp.pick(n, 10, 100) < 97 THEN '139' || lpad(n::text, 8, '0') END,
               pg_temp.one(n, 11, %(streets)s) || CASE use_class
                 WHEN 'resident' THEN pg_temp.one(n / {_OF_A_ROUTE}, 12, %(estates)s)
                   || 1 + pg_temp.pick(n, 13, 30) || '号楼' || 1 + pg_temp.pick(n, 14, 4) || '单元'
                   || 1 + pg_temp.pick(n, 15, 18) || '0' || 1 + pg_temp.pick(n, 16, 4) || '室'
                 ELSE 1 + pg_temp.pick(n, 17, 400) || '号' END,
               use_class, %(tariff)s, n / {_OF_A_ROUTE} + 1 + (%(first)s > 1)::integer, n %% {_OF_A_ROUTE} + 1,
               date '2005-01-01' + pg_temp.pick(n, 18, 7000), state, CASE state WHEN 'held' THEN '表具送检' END,
               1, 1, {_STAMPED}
        FROM (SELECT n,
                     CASE WHEN pg_temp.pick(n, 19, 100) < 90 THEN 'resident'
                          WHEN pg_temp.pick(n, 19, 100) < 98 THEN 'commercial'
                          ELSE 'public_welfare' END AS use_class,
                     CASE WHEN pg_temp.pick(n, 20, 1000) < 980 THEN 'active'
                          WHEN pg_temp.pick(n, 20, 1000) < 985 THEN 'held' ELSE 'closed' END AS state
              FROM generate_series(%(first)s::bigint, %(last)s::bigint) n) AS made""",
    f"""INSERT INTO gas_meter (id, branch_id, number, account_id, type, digits, inlet_side, mounting, service_years,
                               installed_on, state, {_STAMPS})
        SELECT id, branch_id, 'QB' || number, id, 'diaphragm', 5, 'left', 'outside', 10, opened_on, 'installed',
               {_STAMPED}
        FROM gas_account WHERE id BETWEEN %(first)s AND %(last)s""",
    f"""INSERT INTO gas_reading (id, branch_id, account_id, meter_id, period, read_on, value, kind, rollover_confirmed,
                                 source, {_STAMPS})
        SELECT id * 2 + month - 10, branch_id, id, id, '2026-' || lpad(month::text, 2, '0'),
               make_date(2026, month, 1 + id %% 25),
               10000 * (100 + pg_temp.pick(id, 21, 9000) + (month - 9) * (5 + pg_temp.pick(id, 22, 30))),
               'actual', false, 'sheet', {_STAMPED}
        FROM gas_account, generate_series(9, 10) month WHERE id BETWEEN %(first)s AND %(last)s""",
)

_BILLS = (
    """INSERT INTO gas_bill (id, branch_id, number, account_id, kind, period, read_from, read_to, usage, volume_before,
                              pricing_year, extra_allowance, months, minimum, rounding, total, billed_on, due_on,
                              posted_at)
       SELECT id, branch_id, '2026-10-' || lpad(id::text, 8, '0'), id, 'usage', '2026-10', '2026-09-01', '2026-10-01',
              10000 * (5 + pg_temp.pick(id, 22, 30)), 0, '2026-01-01', 0, 1, 0, 'cent',
              274 * (5 + pg_temp.pick(id, 22, 30)), '2026-10-28', '2026-11-04', '2026-10-28'
       FROM gas_account WHERE id BETWEEN %(first)s AND %(last)s""",
    """INSERT INTO gas_payment (id, branch_id, receipt_number, account_id, amount, method, notes_checked, received_on,
                                 received_at, request_key)
       SELECT id, branch_id, 'R' || lpad(id::text, 8, '0'), id, total, 'cash', true, date '2026-10-29' + id %% 12,
              '2026-10-29', 'R' || id
       FROM gas_bill WHERE id BETWEEN %(first)s AND %(last)s AND id %% 10 > 0""",
    """INSERT INTO gas_payment_allocation (id, branch_id, payment_id, bill_id, amount)
       SELECT id, branch_id, id, id, amount FROM gas_payment WHERE id BETWEEN %(first)s AND %(last)s""",
    """INSERT INTO gas_arrears (id, branch_id, account_id, number, bills, owed, due_since, due_last)
       SELECT bill.id, bill.branch_id, account_id, account.number, 1, total, due_on, due_on
       FROM gas_bill AS bill JOIN gas_account AS account ON account.id = account_id
       WHERE bill.id BETWEEN %(first)s AND %(last)s AND bill.id %% 10 = 0""",
)
_TABLES = (
    "gas_route", "gas_account", "gas_meter", "gas_reading", "gas_bill", "gas_payment", "gas_payment_allocation",
    "gas_arrears",
)  # fmt: skip


def _words() -> dict[str, list[str]]:
    from plugins.gas.demo import names

    return {
        "surnames": [*names.SURNAMES, *names.DOUBLE_SURNAMES],
        "given": list(names.GIVEN),
        "estates": list(names.ESTATES),
        "streets": list(names.STREETS),
        "shops": list(names.SHOPS),
        "shop_names": list(names.SHOP_NAMES),
        "public": list(names.PUBLIC),
    }


# ---------------------------------------------------------------- tokens


def _tokens(connection: psycopg.Connection[Any], url: str, accounts: int) -> None:
    """Make all tokens: first without the indexes, which are made at the end at one go."""
    keys = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype = 'p'",
        [TOKENS],
    ).fetchall()
    for name, _definition in keys:
        connection.execute(f"ALTER TABLE {TOKENS} DROP CONSTRAINT {name}")
    indexes = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [TOKENS]
    ).fetchall()
    for name, _definition in indexes:
        connection.execute(f"DROP INDEX {name}")
    half = accounts // 2
    both = [
        subprocess.Popen([sys.executable, __file__, "tokens", as_superuser(url), str(first), str(last)])
        for first, last in ((1, half), (half + 1, accounts))
    ]
    if any(each.wait() for each in both):
        raise RuntimeError("the tokens were not made")
    connection.execute("SET maintenance_work_mem = '512MB'")
    for name, definition in keys:
        connection.execute(f"ALTER TABLE {TOKENS} ADD CONSTRAINT {name} {definition}")
    for _name, definition in indexes:
        connection.execute(definition)


def put_tokens(url: str, first: int, last: int) -> None:
    """Make the tokens of accounts and meters."""
    from core.entities.searching import plan_for
    from plugins.gas.entities.accounts import ACCOUNT, METER

    with psycopg.connect(url, autocommit=True) as reading, psycopg.connect(url, autocommit=True) as writing:
        into = f"COPY {TOKENS} (branch_id, field_id, token, record_id) FROM STDIN"
        with writing.cursor() as cursor, cursor.copy(into) as copy:
            for plan in (plan_for(ACCOUNT), plan_for(METER)):
                for lines in _lines(reading, plan, first, last):
                    copy.write(lines)


def _lines(connection: psycopg.Connection[Any], plan: Any, first: int, last: int) -> Iterator[str]:
    from core.search.writing import tokens_of_values

    names = [each.name for each in plan.fields]
    wanted = f"SELECT id, branch_id, {', '.join(names)} FROM {plan.table.name} WHERE id BETWEEN %s AND %s"
    for start in range(first, last + 1, AT_ONCE):
        rows = connection.execute(wanted, [start, min(last, start + AT_ONCE - 1)])
        yield "".join(
            f"{branch}\t{token['field_id']}\t{token['token']}\t{key}\n"
            for key, branch, *values in rows
            for token in tokens_of_values(plan.fields, dict(zip(names, values, strict=True)))
        )


def accounts_wanted() -> int:
    """How many accounts `make bench` takes; BENCH_ACCOUNTS makes it fewer for a try."""
    return int(os.environ.get("BENCH_ACCOUNTS", "1000000"))


if __name__ == "__main__":
    put_tokens(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
