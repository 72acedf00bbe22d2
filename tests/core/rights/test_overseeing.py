"""Positions that oversee read the branches below, and write in their own only."""

from __future__ import annotations

import pytest
from shop.models import Customer, Order
from sqlalchemy import func, select

from company import Browser, Company, counted, customer_values
from core.branches import Branch
from core.branches.models import BRANCH, REGION
from core.people.positions import Position, grant
from pages import Page

ALL = ("see", "add", "edit", "delete", "export")
REGIONAL = Position(
    "shop.region",
    "Region manager",
    (
        grant("shop.customer", *ALL, clause="SHOP 7"),
        grant("shop.order", *ALL, clause="SHOP 7"),
    ),
    oversees=True,
)
RECEIPTS = Position("shop.till", "Till", (grant("shop.receipt", "see", clause="SHOP 7"),))
TREE = (("south", "hq"), ("near", "south"), ("far", "near"), ("closed", "south"), ("off", "south"))


@pytest.fixture(scope="module")
def region(company: Company) -> Company:
    """A region `south` with `near` and, below that, `far`; one more branch is closed, and in one the shop is off."""
    for position in (REGIONAL, RECEIPTS):
        company.installation.positions[position.id] = position
    for code, parent in TREE:
        with company.session() as session:
            branch = Branch(
                code=code, name_zh=code, name_en=code.title(), kind=REGION if code == "south" else BRANCH
            )
            branch.parent_id, branch.active = company.branches[parent], code != "closed"
            session.add(branch)
            session.flush()
            company.branches[code] = branch.id
        company.switch("shop", code, code != "off")
    company.add_person("manager", "south", REGIONAL.id)
    for code in ("south", "near", "far", "closed", "off", "east", "hq"):
        row = Customer(**customer_values(number=f"C-{code.upper()}", name=f"Of {code}"))
        ids[code] = company.put(code, row)
    ids["order"] = company.put("far", Order(customer_id=ids["far"], amount=3))
    return company


ids: dict[str, int] = {}
READ, UNREAD = ("south", "near", "far"), ("closed", "off", "east", "hq")


@pytest.fixture
def manager(region: Company) -> Browser:
    return region.client_of("manager")


def test_a_list_shows_the_subtree_with_the_branch_first(region: Company, manager: Browser):
    page = manager.get("/shop/customer/").text
    texts = Page(page).texts
    assert [f"Of {code}" in texts for code in (*READ, *UNREAD)] == [True] * 3 + [False] * 4
    assert page.index(">Branch<", page.index("<thead")) < page.index("Shop number", page.index("<thead"))
    row = page[page.index(f'data-row-url="/shop/customer/{ids["far"]}"') :]
    assert row.index("Far") < row.index("C-FAR")


def test_it_is_narrowed_to_one_branch(region: Company, manager: Browser):
    texts = Page(manager.get("/shop/customer/?f_branch=far").text).texts
    assert ("Of far" in texts, "Of near" in texts) == (True, False)
    texts = Page(manager.get("/shop/customer/?f_branch=east").text).texts
    assert ("Of far" in texts, "Of east" in texts) == (True, False)
    exported = manager.get("/shop/customer/export.csv?f_branch=near", buffered=True).text.splitlines()
    assert exported[0].lstrip("\ufeff").startswith("Branch,")
    assert [line.partition(",")[0] for line in exported[1:]] == ["Near"]


def test_rest_gives_the_branch_too(region: Company):
    api = region.api_of("manager")
    listed = api("GET", "/api/v1/shop/customer/?q=(page_size:100)").json["result"]
    assert {each["branch_id"] for each in listed} == {region.branches[code] for code in READ}
    one = f"(filters:!((col:branch_id,opr:eq,value:{region.branches['far']})))"
    assert api("GET", f"/api/v1/shop/customer/?q={one}").json["ids"] == [ids["far"]]
    assert [api("GET", f"/api/v1/shop/customer/{ids[code]}").status_code for code in READ] == [200] * 3
    assert [api("GET", f"/api/v1/shop/customer/{ids[code]}").status_code for code in UNREAD] == [404] * 4


def test_what_was_deleted_below_is_brought_back_there(region: Company, manager: Browser):
    gone = {code: region.put(code, Customer(**customer_values())) for code in ("south", "near")}
    for code, number in gone.items():
        with region.session(code) as session:
            session.delete(session.get_one(Customer, number))
    assert "/core/history/deleted/shop/customer" in Page(manager.get("/shop/customer/").text).links
    posts = Page(manager.get("/core/history/deleted/shop/customer").text).posts
    undo = [f"/core/history/of/shop/customer/{number}/bring-back" for number in gone.values()]
    assert [each in posts for each in undo] == [True, False]
    assert [manager.post(each).status_code for each in undo] == [302, 404]


def test_who_oversees_nothing_sees_no_branch_column(region: Company):
    assert ">Branch<" not in region.client_of("east.manager").get("/shop/customer/").text
    item = region.api_of("east.manager")("GET", f"/api/v1/shop/customer/{ids['east']}").json["result"]
    assert "branch_id" not in item
    unknown = region.api_of("east.manager")("GET", "/api/v1/shop/customer/?q=(order_column:branch_id)")
    assert unknown.status_code == 400


def test_a_page_of_another_branch_offers_nothing_to_do(region: Company, manager: Browser):
    own, other = (manager.get(f"/shop/customer/{ids[code]}").text for code in ("south", "far"))
    for offer in ("/edit", "/delete", "/greet", f"new?customer_id={ids['south']}"):
        assert offer in own or offer == "/greet"
        assert offer.replace(str(ids["south"]), str(ids["far"])) not in other, offer
    assert "3.00" in other  # the order of that customer, in its tab


def test_writing_elsewhere_answers_as_if_nothing_were_there(region: Company, manager: Browser):
    manager.get("/shop/customer/")
    api = region.api_of("manager")
    for code in ("near", "far"):
        assert manager.get(f"/shop/customer/{ids[code]}/edit").status_code == 404
        assert manager.post(f"/shop/customer/{ids[code]}/edit", {"name": "Taken"}).status_code == 404
        assert manager.post(f"/shop/customer/{ids[code]}/delete").status_code == 404
        assert api("PUT", f"/api/v1/shop/customer/{ids[code]}", json={"name": "Taken"}).status_code == 404
        assert api("DELETE", f"/api/v1/shop/customer/{ids[code]}").status_code == 404
    with region.session() as session:
        names = session.scalars(select(Customer.name).where(Customer.id.in_([ids["near"], ids["far"]])))
        assert set(names) == {"Of near", "Of far"}


def test_new_rows_belong_to_the_active_branch_and_point_into_it(region: Company, manager: Browser):
    picked = {each["id"] for each in manager.get("/shop/customer/picker?q=Of").json["results"]}
    assert picked == {str(ids["south"])}
    api = region.api_of("manager")
    for code, status in (("far", 400), ("east", 400), ("south", 201)):
        answer = api("POST", "/api/v1/shop/order/", json={"customer_id": ids[code], "amount": "5"})
        assert answer.status_code == status, code
    with region.session() as session:
        made = session.scalars(select(Order.branch_id).where(Order.customer_id == ids["south"])).all()
        assert made == [region.branches["south"]]


def test_a_number_that_is_taken_below_is_free_here(region: Company):
    api = region.api_of("manager")
    body = customer_values(number="C-FAR", name="The same number")
    assert api("POST", "/api/v1/shop/customer/", json=body).status_code == 201
    assert api("POST", "/api/v1/shop/customer/", json=body).status_code == 409


def test_another_position_does_not_borrow_the_view(region: Company):
    """The till sees receipts of its own branch, though the same person oversees customers."""
    from shop.models import Receipt

    from company import SINCE
    from core.people.service import appoint

    receipts = {code: region.put(code, Receipt(amount=7)) for code in ("south", "far")}
    region.add_person("both", "south", REGIONAL.id)
    with region.session() as session:
        appoint(session, region.people["both"], region.branches["south"], RECEIPTS.id, SINCE)
    api = region.api_of("both")
    assert api("GET", "/api/v1/shop/receipt/").json["ids"] == [receipts["south"]]
    assert api("GET", f"/api/v1/shop/receipt/{receipts['far']}").status_code == 404
    assert api("GET", "/api/v1/shop/customer/").json["count"] >= 3


def test_the_tree_costs_no_statement_a_page(region: Company, manager: Browser):
    manager.get("/shop/customer/")
    with counted(region.database) as statements:
        manager.get("/shop/customer/")
    assert len(statements) <= 8, statements
    assert not [
        each for each in statements if "core_branch.parent_id" in each and "core_appointment" not in each
    ]


def test_a_branch_that_moves_is_seen_at_the_next_request(own_company: Company):
    own_company.installation.positions[REGIONAL.id] = REGIONAL
    own_company.add_person("manager", "west", REGIONAL.id)
    own_company.put("east", Customer(**customer_values(name="Of east")))
    manager = own_company.client_of("manager")
    assert "Of east" not in manager.get("/shop/customer/").text
    with own_company.session() as session:
        session.get_one(Branch, own_company.branches["east"]).parent_id = own_company.branches["west"]
    assert "Of east" in manager.get("/shop/customer/").text
    with own_company.session() as session:
        session.get_one(Branch, own_company.branches["east"]).parent_id = None
        assert session.scalar(select(func.count()).select_from(Customer)) == 1
    assert "Of east" not in manager.get("/shop/customer/").text
