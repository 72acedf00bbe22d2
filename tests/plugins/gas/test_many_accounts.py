"""With thousands of accounts, PostgreSQL reads no large table through for a page, an order, a filter or a search.

The plans are those of the statements that requests really make, as the application's role, behind row-level security.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

import databases
import million
from company import Browser, Company, app_on, told
from core.branches import Branch, branch_scope
from core.branches.protection.telling import settings_of
from core.branches.scope import Scope
from core.data import clock
from core.data.database import Database
from core.entities import counting
from core.measures.keeping import keep_all
from million import BRANCH
from pages import Page

ACCOUNTS = 20_000
LARGE = (
    "gas_account",
    "gas_meter",
    "gas_reading",
    "gas_bill",
    "gas_payment",
    "gas_payment_allocation",
    "core_search_token",
)
READ_THROUGH = re.compile(rf"Seq Scan on (?:{'|'.join(LARGE)})\b")
OF_LARGE = re.compile(rf"\b(?:{'|'.join((*LARGE, 'gas_arrears'))})\b")
ACCOUNT, READING = "/gas/account/", "/gas/reading/"
MOST_STATEMENTS = 7
ASKED = {
    "first page": ACCOUNT,
    "later page": f"{ACCOUNT}?page=100",
    "account": f"{ACCOUNT}4321/edit",
    "REST": "/api/v1/gas/account/",
    "readings": READING,
    **{
        f"by {name} {way}": f"{ACCOUNT}?sort={name}&dir={way}"
        for name in ("number", "name", "address", "use_class", "phone", "state", "opened_on")
        for way in ("asc", "desc")
    },
    **{
        f"readings by {name} {way}": f"{READING}?sort={name}&dir={way}"
        for name in ("read_on", "period", "value", "kind")
        for way in ("asc", "desc")
    },
    **{
        f"where {key}": f"{ACCOUNT}?f_{key}"
        for key in (
            "state=held", "state=active", "use_class=commercial", "route_id=7", "number=00004321",
            "phone=13900004321", "opened_on=2010-05-05", "opened_on.ge=2024-01-01",
        )
    },
    **{
        f"readings where {key}": f"{READING}?f_{key}"
        for key in (
            "meter_id=77", "account_id=77", "period=2026-10", "period=2026-07", "kind=actual", "read_on=2026-10-03",
        )
    },
    **{f"search {text}": f"{ACCOUNT}?q={text}" for text in ("王伟", "建国", "王建国", "wjg", "4321", "和平里")},
    **{
        f"{kind} by {name} {way}": f"/gas/{kind}/?sort={name}&dir={way}"
        for kind, names in (
            ("bill", ("number", "period", "usage", "total", "due_on")),
            ("payment", ("receipt_number", "amount", "method", "received_on")),
        )
        for name in names
        for way in ("asc", "desc")
    },
    "bills": "/gas/bill/",
    "payments": "/gas/payment/",
    "page of an account": f"{ACCOUNT}4321",
    "page of a bill": "/gas/bill/4321",
    "page of a payment": "/gas/payment/4321",
    "counter": "/gas/counter/?q=王建国",
    "taking": "/gas/counter/4320",
    "search everywhere": "/search/?q=王建",
}  # fmt: skip


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("many")
    with databases.migrated("postgresql", folder) as made:
        million.fill(made, folder, ACCOUNTS, bills=True)
        yield made


@pytest.fixture(scope="module")
def office(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    made = Company(app_on(url, tmp_path_factory.mktemp("office"), plugin_folders=()))
    yield made
    made.database.dispose()


@pytest.fixture(scope="module")
def cashier(office: Company) -> Browser:
    return office.client_of(million.PERSON)


@pytest.fixture(scope="module")
def figures(office: Company) -> None:
    """The branch's figures of the months, as the worker keeps them."""
    with office.session() as session:
        branch = session.scalars(select(Branch.id).where(Branch.code == BRANCH)).one()
        with branch_scope(branch):
            keep_all(session, date(2026, 11, 4))


@pytest.mark.parametrize("path", ASKED.values(), ids=ASKED)
def test_no_large_table_is_read_through(office: Company, cashier: Browser, path: str):
    with told(office.database) as statements:
        assert cashier.get(path).status_code == 200
    about = [each for each in statements if any(name in each[0] for name in LARGE)]
    assert about
    for statement, parameters in about:
        plan = explained(office.database, statement, parameters)
        assert not READ_THROUGH.search(plan), plan


@pytest.mark.parametrize(
    ("position", "path"),
    [
        ("cashier", "/my-work/"),
        ("meter-reader", "/my-work/"),
        ("department-head", "/dashboard/"),
        ("department-head", "/dashboard/?month=2026-11"),
        ("cashier", "/gas/arrears/?f_due=overdue"),
        ("cashier", "/gas/arrears/?f_due=later"),
        ("cashier", "/gas/arrears/?f_due=today"),
    ],
)
def test_work_and_figures_read_no_large_table_through(
    office: Company, figures: None, position: str, path: str, monkeypatch: pytest.MonkeyPatch
):
    """What was counted is far less than there is, as it is where there are a million."""
    monkeypatch.setattr(counting, "COUNT_CAP", 100)
    with clock.frozen(datetime(2026, 11, 4, 4, tzinfo=UTC)):
        browser = office.client_of(f"{BRANCH}.{position}")
        with told(office.database) as statements:
            assert browser.get(path).status_code == 200
    about = [each for each in statements if OF_LARGE.search(each[0])]
    assert about
    for statement, parameters in about:
        assert "LIMIT" in statement or not re.search(r"\b(?:count|sum)\(", statement), statement
        plan = explained(office.database, statement, parameters)
        assert not READ_THROUGH.search(plan), plan


@pytest.mark.parametrize(
    "path", [ACCOUNT, f"{ACCOUNT}?page=100", f"{ACCOUNT}?q=王伟", f"{ACCOUNT}?sort=phone"]
)
def test_a_page_takes_few_statements(office: Company, cashier: Browser, path: str):
    cashier.get(path)
    with told(office.database) as statements:
        cashier.get(path)
    assert len(statements) <= MOST_STATEMENTS, "\n".join(each[0] for each in statements)


def test_a_form_takes_two_statements_and_saving_six(office: Company, cashier: Browser):
    path = f"{ACCOUNT}4321/edit"
    for phone in ("13812345670", "13812345671"):  # what rules say is read with the first, until it changes
        cashier.post(path, {**Page(cashier.get(path).text).entries, "phone": phone})
    with told(office.database) as filling:
        page = cashier.get(path).text
    # Who asks, which also tells where they act; the record with the titles of what it refers to.
    assert len(filling) == 2, "\n".join(each[0] for each in filling)
    with told(office.database) as saving:
        assert cashier.post(path, {**Page(page).entries, "phone": "13812345678"}).status_code == 302
    # The same; the key of the form; the row, its tokens, its entry in the history.
    assert len(saving) == 6, "\n".join(each[0] for each in saving)
    for statement, parameters in saving:
        if any(name in statement for name in LARGE):
            assert not READ_THROUGH.search(explained(office.database, statement, parameters))


def explained(database: Database, statement: str, parameters: Any) -> str:
    with database.engine.connect() as connection:
        branch = connection.exec_driver_sql("SELECT id FROM core_branch WHERE code = 'gas-east'").scalar_one()
        scope = settings_of(Scope(active=branch, readable=(branch,)))
        for name, value in scope.items():
            connection.exec_driver_sql(f"SELECT set_config('zhidu.{name}', %s, true)", (value,))
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {statement}", parameters))
