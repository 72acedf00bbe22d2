"""With thousands of customers in one branch no page of the day reads a whole table of them, and none asks more often.

The plans are those of the statements that requests really make, on PostgreSQL as the application's role, behind
row-level security.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

import company as companies
import many_customers
from company import Company, told
from core.branches.protection.telling import settings_of
from core.branches.scope import Scope
from core.entities import counting
from decoration_company import HERE
from many_customers import MANAGER, SPECIALIST
from plugins.decoration.calls import listing

TIMES, AHEAD, CAP = 20, 16, 20
"""So many firms of a few hundred customers in one, planned so far ahead; counted as far as ten in a thousand are."""
LARGE = frozenset(
    {
        f"decoration_{each}"
        for each in ("customer", "contact", "house", "commission", "site", "stage", "acceptance")
    }
    | {f"decoration_{each}" for each in ("contract", "instalment", "call_back")}
    | {"core_obligation", "core_series", "core_search_token"}
)
"""Of complaints, repairs and papers there are some hundreds, which PostgreSQL is right to read as they are."""
ONLY_BRANCH = re.compile(r"\(?branch_id = \d+\)?")
GATHERS = frozenset(
    {"Aggregate", "Hash", "Sort", "Incremental Sort", "WindowAgg", "Materialize", "SetOp", "Unique"}
)
"""What takes all rows of the plan below it, whatever is asked of it."""
PAGES = {
    "my work": "/my-work/",
    "board of sites": "/decoration/site/?as=board",
    "schedule of sites": "/decoration/site/?as=schedule",
    "customer in construction": "/decoration/customer/9",
    "customer who lives there": "/decoration/customer/56",
    "call list": "/decoration/calls/",
    "everybody's calls": "/decoration/calls/?which=all",
    "customers": "/decoration/customer/",
    "a telephone": "/decoration/customer/?q=13900000009",
    "board of customers": "/decoration/customer/?as=board",
}
ASKED = [(who, page) for who in (SPECIALIST, MANAGER) for page in PAGES]


@pytest.fixture(scope="module")
def firm(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    def found(url: str, home: Any) -> Company:
        return many_customers.found(url, home, AHEAD)

    home = tmp_path_factory.mktemp("many")
    with companies.kept("many-customers", backend, home, found, plugin_folders=()) as made:
        yield made


@pytest.fixture(scope="module")
def before(firm: Company) -> Mapping[tuple[str, str], int]:
    """How many statements each page took before the firm grew."""
    few = {}
    with many_customers.today():
        for who, page in ASKED:
            browser = firm.client_of(who)
            browser.get(PAGES[page])
            with told(firm.database) as statements:
                browser.get(PAGES[page])
            few[who, page] = len(statements)
    many_customers.multiply(firm.installation.settings.database_url, TIMES)
    return few


@pytest.fixture
def glancing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted is far less than there is."""
    monkeypatch.setattr(counting, "COUNT_CAP", CAP)
    for module in (counting, listing):
        monkeypatch.setattr(module, "GLANCE_CAP", CAP)


@pytest.mark.parametrize(("who", "page"), ASKED)
def test_a_page_asks_as_often_and_reads_no_table_through(
    firm: Company, before: Mapping[tuple[str, str], int], glancing: None, who: str, page: str
) -> None:
    with many_customers.today():
        browser = firm.client_of(who)
        assert browser.get(PAGES[page]).status_code == 200
        with told(firm.database) as statements:
            browser.get(PAGES[page])
    assert len(statements) <= before[who, page]
    about = [each for each in statements if any(name in each[0] for name in LARGE)]
    assert about
    for statement, parameters in about:
        through = read_through(firm, statement, parameters)
        assert not through, f"{through}\n{statement}\n{parameters}"


def read_through(firm: Company, statement: str, parameters: Any) -> list[str]:
    """The large tables of which a statement reads every row of the branch."""
    with firm.database.engine.connect() as connection:
        if firm.database.is_sqlite:
            rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            return [row[-1] for row in rows if re.match(rf"SCAN ({'|'.join(LARGE)})(_\d+)?$", row[-1])]
        here = firm.branches[HERE]
        for name, value in settings_of(Scope(active=here, readable=(here,))).items():
            connection.exec_driver_sql(f"SELECT set_config('zhidu.{name}', %s, true)", (value,))
        # Some thousands of rows are quickly read for a hash; the way that holds for more of them is looked at.
        connection.exec_driver_sql("SET LOCAL enable_hashjoin = off")
        connection.exec_driver_sql("SET LOCAL enable_mergejoin = off")
        plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar_one()
    known = json.loads(plan) if isinstance(plan, str) else plan
    return list(whole_tables(known[0]["Plan"], is_bounded=False))


def whole_tables(node: Mapping[str, Any], is_bounded: bool) -> Iterator[str]:
    """The large tables that a plan reads by nothing but the branch, without a limit to which it reads."""
    kind, table, by = node["Node Type"], node.get("Relation Name", ""), sought_by(node)
    if table in LARGE and "Scan" in kind and not is_bounded and not ONLY_BRANCH.sub("", by).strip("() "):
        yield f"{kind} on {table}: {by or node.get('Filter', '')}"
    inside = kind == "Limit" or (is_bounded and kind not in GATHERS)
    for each in node.get("Plans", ()):
        yield from whole_tables(each, inside)


def sought_by(node: Mapping[str, Any]) -> str:
    """What the index of a node is asked for; of a bitmap, what those below it are."""
    below = node.get("Plans", ()) if node["Node Type"].startswith("Bitmap") else ()
    return " ".join([node.get("Index Cond", ""), *map(sought_by, below)])
