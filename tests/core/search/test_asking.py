"""Search through an index, by what the reader may read, and only what is stored."""
# zh-ok-file: names that are looked for

from __future__ import annotations

import re

import pytest
from shop.entities import CUSTOMER
from shop.models import Customer
from sqlalchemy import delete, select, text

from company import Company, counted, customer_values, told
from core.branches import setwise
from core.branches.scope import Scope, enter, leave
from core.data.database import Database
from core.entities.query import ListQuery, statement_of
from core.search.asking import found_by, sought
from core.search.models import SearchToken
from core.search.plans import plan_of

NAMES = ("张三", "张三丰", "张小三", "李张三", "赵三张")


@pytest.fixture(scope="module")
def customers(company: Company) -> dict[str, int]:
    made = {
        name: company.put("east", Customer(number=f"C{place}", name=name)) for place, name in enumerate(NAMES)
    }
    made["west"] = company.put("west", Customer(**customer_values(name="张三")))
    made["road"] = company.put(
        "east", Customer(number="202611-00000123", name="建国路88号 A-17, Zhang's shop")
    )
    made["name"] = company.put("east", Customer(number="138-0013-8000", name="欧阳 小二"))
    return made


def found(company: Company, query: str, person: str = "east.clerk") -> set[str]:
    answer = company.client_of(person).get("/shop/customer/picker", query_string={"q": query})
    return {each["label"] for each in answer.json["results"]}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("张三", {"张三", "张三丰", "李张三"}),
        ("张", {"张三", "张三丰", "张小三", "李张三", "赵三张"}),
        ("张三丰", {"张三丰"}),
        ("李张三", {"李张三"}),
        ("赵三张三", set()),
        ("张三丰年", set()),
        ("三 张", {"张三", "张三丰", "张小三", "李张三", "赵三张"}),
        ("zs", {"张三", "张三丰", "赵三张"}),
        ("ZSF", {"张三丰"}),
        ("zhangsan", {"张三", "张三丰"}),
        ("张 zxs", {"张小三"}),
        ("oyx", {"欧阳 小二"}),
        ("阳 小", {"欧阳 小二"}),
        ("阳小", set()),
    ],
)
def test_names_are_found_by_pieces_and_pinyin(company: Company, customers, query, names):
    assert found(company, query) == names


@pytest.mark.parametrize(
    "query",
    ["202611-00000123", "20261100000123", "202611", "00000123", "123", "0123", "建国路88号", "路88", "88号", "88",
     "a-17", "A17", "zhang's", "SHOP", "国路 shop", "建国路　88"],
)  # fmt: skip
def test_numbers_words_and_addresses_are_found(company: Company, customers, query):
    names = found(company, query)
    assert names == ({"建国路88号 A-17, Zhang's shop"} if query != "A17" else set())


@pytest.mark.parametrize("query", ["138-0013-8000", "138 0013 8000", "13800138000", "1380013", "8000"])
def test_a_telephone_is_found_whatever_stands_between(company: Company, customers, query):
    assert found(company, query) == {"欧阳 小二"}


@pytest.mark.parametrize(
    "query", ["%", "_", "'", "--", "\\", "张%", "张_三", "zs%", "。", "!" * 500, "x" * 500]
)
def test_signs_find_nothing_but_themselves(company: Company, customers, query):
    assert found(company, query) == set()


def test_a_search_stays_in_the_branch(company: Company, customers):
    assert found(company, "zs", "west.manager") == {"张三"}
    assert found(company, "小二", "west.manager") == set()
    for query in ("202611-00000123", "zhang's", "13800138000"):
        assert found(company, query, "west.manager") == set()


def test_tokens_are_gated_as_rows_are(company: Company, customers):
    here, there = company.branches["east"], company.branches["west"]
    with company.session("east") as session:
        assert set(session.scalars(select(SearchToken.branch_id))) == {here}
    with company.session("west") as session:
        assert set(session.scalars(select(SearchToken.branch_id))) == {there}
        table = setwise.table_of(SearchToken)
        assert {row[0] for row in setwise.fetch(session, select(table.c.branch_id))} == {there}
        gone = delete(SearchToken).where(SearchToken.record_id == customers["张三"])
        assert session.execute(gone).rowcount == 0
    with company.app.app_context(), company.database.sessions() as session:
        assert session.scalars(select(SearchToken.branch_id)).all() == []
    if company.database.engine.dialect.name == "postgresql":
        with company.database.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM core_search_token")).scalar() == 0


def test_a_stale_token_of_a_piece_finds_nothing(company: Company, customers):
    """What the tokens say of Chinese is held against the value itself."""
    with company.session("east") as session:
        plan = plan_of(Customer)
        name = plan.named(["name"])[0]
        token = {"branch_id": company.branches["east"], "field_id": name.id, "token": "查无此"}
        session.add(SearchToken(**token, record_id=customers["张三"]))
    assert found(company, "查无此") == set()


# ---------------------------------------------------------------- plans


def plan_lines(database: Database, session, statement) -> str:
    """How the database means to go about a statement, its rows gated."""
    with told(database) as statements:
        session.execute(statement).all()
    sqlite = database.is_sqlite
    if not sqlite:
        # A handful of rows is read through at once whatever there is; what matters is that there is another way.
        session.execute(
            text("SET LOCAL enable_seqscan = off"), execution_options={"zhidu_gate_checked": True}
        )
    sql, parameters = statements[-1]
    explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
    lines = session.connection().exec_driver_sql(explain + sql, parameters).all()
    return "\n".join(str(row[-1]) for row in lines)


@pytest.mark.parametrize(
    "query", ["张", "张三", "张三丰来了", "zs", "8000", "202611-00000123", "三 张 zs", "建国路88号"]
)
def test_every_search_leads_through_an_index(company: Company, customers, query):
    with company.session("east") as session:
        statement = statement_of(CUSTOMER, ListQuery(search=query)).order_by(Customer.number).limit(20)
        lines = plan_lines(company.database, session, statement)
    assert "core_search_token" in lines
    if company.database.is_sqlite:
        reads = [line for line in lines.splitlines() if "core_search_token" in line]
        assert reads
        assert all("SEARCH core_search_token USING PRIMARY KEY (branch_id=? AND field_id=? AND token>" in each
                   for each in reads)  # fmt: skip
        assert "SCAN core_search_token" not in lines
        assert "SCAN shop_customer" not in lines
        assert "SEARCH shop_customer USING INTEGER PRIMARY KEY" in lines
    else:
        assert "Seq Scan" not in lines
        assert "Index Cond" in lines
        conditions = [each for each in lines.splitlines() if re.search(r"Index Cond.*\btoken\b.*>=", each)]
        assert conditions
        assert all("branch_id" in each and "field_id" in each for each in conditions)


def test_a_search_takes_no_statement_more(company: Company, customers):
    clerk = company.client_of("east.clerk")
    clerk.get("/shop/customer/picker?q=zs")
    with counted(company.database) as with_search:
        clerk.get("/shop/customer/picker?q=zs 张三 88")
    with counted(company.database) as without:
        clerk.get("/shop/customer/picker")
    assert len(with_search) == len(without)


def test_fields_that_are_not_named_are_not_asked(company: Company, customers):
    plan = plan_of(Customer)
    with company.session("east") as session:
        for names, expected in ((("name",), {"张三", "张三丰", "赵三张"}), (("number",), set()), ((), set())):
            rows = session.scalars(
                select(Customer).where(*found_by(plan, Customer, sought(plan, names, "zs")))
            )
            assert {each.name for each in rows} == expected


def test_rows_of_all_branches_that_are_seen_are_found(company: Company, customers):
    both = tuple(company.branches[each] for each in ("east", "west"))
    plan = plan_of(Customer)
    with company.app.app_context(), company.database.sessions() as session:
        token = enter(Scope(active=both[0], readable=both))
        try:
            for query in ("zs", "张三", "202611-00000123"):
                statement = select(Customer.branch_id).where(
                    *found_by(plan, Customer, sought(plan, ["name", "number"], query))
                )
                expected = set(both) if "2" not in query else {both[0]}
                assert set(session.scalars(statement)) == expected
        finally:
            leave(token)
