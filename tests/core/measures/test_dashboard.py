"""The dashboard: figures, targets and links within rights, switches, masks and branches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from shop.models import Customer, Order
from sqlalchemy import func, select

from company import Browser, Company, counted, customer_values
from core.branches import Branch
from core.data import Money, clock
from core.history.models import HistoryEntry
from core.measures.kinds import COUNT, MONEY, SHARE, Measure, Sum
from core.measures.models import Target
from core.measures.months import Months
from core.people.positions import Position, grant
from core.people.rights.levels import HIDDEN
from pages import Page

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)
LAST = "2026-10"


def ordered(session: Any, months: Months) -> Sequence[Sum]:
    """Every order counts for the last month but one."""
    rows = session.execute(
        select(Order.branch_id, func.sum(Order.amount, type_=Money())).group_by(Order.branch_id)
    )
    return [Sum(branch, months.all[-1], amount) for branch, amount in rows]


def known(session: Any, months: Months) -> Sequence[Sum]:
    rows = session.execute(select(Customer.branch_id, func.count()).group_by(Customer.branch_id))
    return [Sum(branch, months.all[-1], count) for branch, count in rows]


def path(name: str) -> Any:
    return lambda month, _months: f"/shop/{name}/?f_month={month}"


ORDERED = Measure(
    "shop.ordered", "Ordered", MONEY, "shop.order", ordered, path("order"), "All orders.",
    rests_on=(("shop.order", "amount"),),
)  # fmt: skip
KNOWN = Measure(
    "shop.known", "Known", COUNT, "shop.customer", known, path("customer"), "All customers.",
    usual=Decimal(3), clause="SHOP 9", at_most=True,
)  # fmt: skip
SHARED = Measure(
    "shop.shared", "Shared", SHARE, "shop.customer", lambda _session, _months: [], path("customer"), "Nothing yet.",
)  # fmt: skip
SEE = grant("core.target", "see", clause="SHOP 3")
HEAD = Position(
    "shop.chief",
    "Chief",
    (SEE, grant("shop.order", "see", clause="S"), grant("shop.customer", "see", clause="S")),
    oversees=True,
)
BLIND = Position(
    "shop.blind",
    "Blind chief",
    (
        SEE,
        grant("shop.order", "see", clause="S", fields={"amount": HIDDEN}),
        grant("shop.customer", "see", clause="S"),
    ),
)


@pytest.fixture(scope="module", autouse=True)
def measured(company: Company) -> Iterator[None]:
    company.installation.measures = [("shop", ORDERED), ("shop", KNOWN)]
    for position in (HEAD, BLIND):
        company.installation.positions[position.id] = position
    for username, branch, position in (
        ("east.chief", "east", HEAD),
        ("hq.chief", "hq", HEAD),
        ("east.blind", "east", BLIND),
    ):
        company.add_person(username, branch, position.id)
    for branch, amounts in (("east", ("10.10", "20.20")), ("west", ("5.05",))):
        customer = company.put(branch, Customer(**customer_values()))
        for amount in amounts:
            company.put(branch, Order(customer_id=customer, amount=Decimal(amount)))
    company.put("east", Target(measure="shop.ordered", month=LAST, value=Decimal("30.31")))
    company.put("west", Target(measure="shop.ordered", month=LAST, value=Decimal("5.00")))
    company.put("west", Target(measure="shop.ordered", month="2026-09", value=Decimal("1")))
    yield
    company.installation.measures = []


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


def board(browser: Browser, address: str = "/dashboard/") -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def tiles(page: str) -> dict[str, tuple[str, ...]]:
    """Label -> what else the tile says."""
    part = page[page.index("cards-figures") :]
    items = re.findall(r'<li class="stat">.*?</li>', part, re.DOTALL)
    found = [Page(re.sub(r'<a class="stat-why".*?</a>', "", each)).texts for each in items]
    return {each[0]: tuple(each[1:]) for each in found}


def rows(page: str) -> dict[str, list[str]]:
    """The table over the branches: first cell -> the others' texts."""
    part = page[page.index("table-told") :]
    part = part[part.index("<tbody>") : part.index("</table>")]
    found = {}
    for row in re.findall(r"<tr>.*?</tr>", part, re.DOTALL):
        cells = re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        name, *others = [" ".join(Page(each).texts) for each in cells]
        found[name] = others
    return found


def test_figures_stand_against_the_targets_of_the_month(company: Company):
    page = board(company.client_of("east.chief"))
    assert tiles(page) == {
        "Ordered": ("¥30.30", "Target ¥30.31", "Below the target"),
        "Known": ("1", "Target 3 · SHOP 9", "Target met"),
    }
    assert {f"/shop/order/?f_month={LAST}", f"/shop/customer/?f_month={LAST}"} <= set(Page(page).links)
    assert "table-told" not in page  # one branch needs no table over branches
    assert "October 2026" in Page(page).texts
    later = board(company.client_of("east.chief"), "/dashboard/?month=2026-11")
    assert tiles(later)["Ordered"] == ("¥30.30", "No target")


def test_the_page_speaks_chinese(company: Company):
    page = board(company.client_of("east.chief", "zh"))
    assert {"指标看板", "2026年10月", "近十二个月", "以表格查看数据", "未达目标"} <= set(Page(page).texts)
    assert Page(page).refused == []


def test_it_is_the_home_of_those_with_the_right_and_stands_in_their_menu(company: Company):
    chief, clerk = company.client_of("east.chief"), company.client_of("east.clerk")
    assert "cards-figures" in chief.get("/").text
    assert {"/dashboard/", "/my-work/"} <= set(Page(chief.get("/my-work/").text).links)
    assert "cards-figures" not in chief.get("/my-work/").text
    assert "cards-figures" not in clerk.get("/").text
    assert not {"/dashboard/", "/my-work/"} & set(Page(clerk.get("/").text).links)
    assert clerk.get("/dashboard/").status_code == 403
    assert company.client_of("idle").get("/dashboard/").status_code == 404
    assert company.browser().get("/dashboard/").status_code in (302, 401)


def test_every_chart_has_a_table_of_its_figures_with_the_way_to_their_rows(company: Company):
    page = board(company.client_of("east.chief"))
    charts = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(charts) == 2
    first = charts[0]
    assert 'data-chart="bar"' in first
    assert 'role="img"' in first
    texts = Page(first).texts
    assert "Unit: yuan (¥) · November 2025 to October 2026" in texts
    assert "All orders." in texts
    months = re.findall(r'<tr data-month="([^"]+)"', first)
    assert (months[0], months[-1], len(months)) == ("2025-11", LAST, 12)
    assert re.findall(r'data-value="([^"]*)"', first)[-1] == "30.30"
    assert re.findall(r'data-target="([^"]*)"', first)[-2:] == ["", "30.31"]
    assert Page(first).links == [f"/shop/order/?f_month={month}" for month in months]


def test_a_measure_without_any_figure_is_not_drawn_but_told(company: Company):
    company.installation.measures = [("shop", ORDERED), ("shop", SHARED)]
    try:
        page = board(company.client_of("east.chief"))
    finally:
        company.installation.measures = [("shop", ORDERED), ("shop", KNOWN)]
    [drawn, told] = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert "data-chart-place" in drawn
    assert "No figures in these months." not in Page(drawn).texts
    assert "data-chart-place" not in told
    assert "No figures in these months." in Page(told).texts
    assert len(re.findall(r'<tr data-month="([^"]+)"', told)) == 12


def test_who_oversees_gets_a_table_over_the_branches(company: Company):
    company.switch("shop", "hq", on=True)
    with company.session() as session:
        for code in ("east", "west"):
            assert session.get_one(Branch, company.branches[code]).parent_id == company.branches["hq"]
    try:
        chief = company.client_of("hq.chief")
        page = board(chief)
        found = rows(page)
        assert found["East"] == ["¥30.30 Target ¥30.31 Below the target", "1 Target 3 Target met"]
        assert found["West"] == ["¥5.05 Target ¥5.00 Target met", "1 Target 3 Target met"]
        assert found["Head office"][0] == "¥0.00"
        assert found["All together"][0] == "¥35.35"
        assert tiles(page)["Ordered"] == ("¥35.35", "No target")  # the head office has none of its own
        links = set(Page(page).links)
        assert {f"/shop/order/?f_month={LAST}", f"/shop/order/?f_month={LAST}&f_branch=west"} <= links
    finally:
        company.switch("shop", "hq", on=False)


def test_a_branch_where_the_plugin_is_off_is_left_out(company: Company):
    company.switch("shop", "hq", on=True)
    company.switch("shop", "west", on=False)
    try:
        found = rows(board(company.client_of("hq.chief")))
        assert "West" not in found
        assert found["All together"][0] == "¥30.30"
    finally:
        company.switch("shop", "west", on=True)
        company.switch("shop", "hq", on=False)


def test_the_administrator_sees_the_branches_below_and_goes_there_for_the_rows(company: Company):
    admin = company.client_of("admin")
    page = board(admin)
    found = rows(page)
    assert set(found) == {"East", "West", "All together"}
    assert found["All together"][0] == "¥35.35 Target ¥35.31 Target met"
    assert "/branch/west" in Page(page).posts
    there = f"/shop/order/?f_month={LAST}"
    assert f'name="there" value="{there}"' in page
    assert admin.post("/branch/west", {"there": there}).location == there
    assert admin.post("/branch/west", {"there": "https://elsewhere.invalid/"}).location == "/"
    west = board(admin)
    assert "table-told" not in west
    assert tiles(west)["Ordered"] == ("¥5.05", "Target ¥5.00", "Target met")
    admin.post("/branch/hq")


def test_figures_of_what_one_may_not_see_are_not_there(company: Company):
    blind = tiles(board(company.client_of("east.blind")))
    assert set(blind) == {"Known"}
    company.switch("shop", "east", on=False)
    try:
        page = company.client_of("east.chief").get("/dashboard/").text
        assert "There are no figures for you in this branch." in Page(page).texts
        assert "work-overdue" in company.client_of("east.chief").get("/").text
    finally:
        company.switch("shop", "east", on=True)


def test_the_west_sees_nothing_of_the_east(company: Company):
    company.add_person("west.chief", "west", HEAD.id)
    page = board(company.client_of("west.chief"))
    assert tiles(page)["Ordered"] == ("¥5.05", "Target ¥5.00", "Target met")
    assert "30.30" not in page


def test_the_number_of_statements_depends_on_neither_rows_nor_branches(company: Company):
    company.switch("shop", "hq", on=True)
    chief = company.client_of("hq.chief")
    try:
        board(chief)
        with counted(company.database) as before:
            board(chief)
        with company.session() as session:
            for number in range(5):
                below = Branch(code=f"more-{number}", name_zh="更多", name_en=f"More {number}")
                below.parent_id = company.branches["hq"]
                session.add(below)
                session.flush()
                company.branches[below.code] = below.id
        for number in range(5):
            company.switch("shop", f"more-{number}", on=True)
            customer = company.put(f"more-{number}", Customer(**customer_values()))
            company.put(f"more-{number}", Order(customer_id=customer, amount=1))
        assert "More 4" in board(chief)
        with counted(company.database) as after:
            board(chief)
        assert len(after) == len(before), "\n".join(after)
        sums = [each for each in after if "FROM shop_order" in each or "FROM shop_customer" in each]
        assert len(sums) == 2
        assert len([each for each in after if "FROM core_target" in each]) == 1
        assert len(before) <= 24, "\n".join(before)
    finally:
        company.switch("shop", "hq", on=False)


# ---------------------------------------------------------------- targets


def test_the_administrator_enters_targets_and_the_history_tells(company: Company):
    admin = company.client_of("admin")
    admin.post("/branch/east")
    entries = {"measure": "shop.known", "month": "2026-11", "value": "7"}
    answer = admin.fill("/core/target/new", entries)
    assert answer.status_code == 302, answer.text
    assert "pieces" in Page(admin.get(answer.location).text).texts
    assert tiles(board(company.client_of("east.chief"), "/dashboard/?month=2026-11"))["Known"] == (
        "1",
        "Target 7",
        "Target met",
    )
    with company.session() as session:
        told = select(HistoryEntry).where(HistoryEntry.table_name == "core_target")
        entry = session.scalars(told.order_by(HistoryEntry.id.desc())).first()
        assert entry is not None
        assert (entry.user_id, entry.branch_id) == (company.people["admin"], company.branches["east"])
    admin.post("/branch/hq")


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"value": "-1"}, "A target is not below zero."),
        ({"value": "1.5"}, "This is counted in whole pieces."),
        ({"measure": "shop.ordered", "value": "1.005"}, "Yuan have at most two decimals."),
        ({"month": "2026-13"}, "For example 2026-10."),
    ],
)
def test_what_makes_no_target_is_refused(company: Company, entries: dict[str, str], told: str):
    admin = company.client_of("admin")
    admin.post("/branch/east")
    given = {"measure": "shop.known", "month": "2026-05", "value": "1", **entries}
    answer = admin.fill("/core/target/new", given)
    assert answer.status_code == 422
    assert told in answer.text


def test_chiefs_read_targets_and_change_none(company: Company):
    chief = company.client_of("east.chief")
    assert "2026-10" in chief.get("/core/target/").text
    assert chief.get("/core/target/new").status_code == 403
    assert company.client_of("east.clerk").get("/core/target/").status_code == 403


def test_the_day_that_decides_is_the_branchs(company: Company):
    with clock.frozen(datetime(2026, 10, 31, 17, tzinfo=UTC)):  # November has begun in Shanghai
        assert "October 2026" in Page(board(company.client_of("east.chief"))).texts
