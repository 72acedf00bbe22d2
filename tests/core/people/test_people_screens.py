"""Branches, people and appointments on the administrator's screens."""

from __future__ import annotations

import re

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from company import PASSWORD, Company
from core.branches import Branch
from core.people.models import Appointment


def test_a_real_office_is_set_up_on_screens(own_company: Company):
    """Branch, person, appointment, plugin: then the person works there."""
    admin = own_company.client_of("admin")
    branch = {"code": "north", "name_zh": "城北", "name_en": "North", "kind": "branch"}
    assert admin.fill("/core/branch/new", branch).status_code == 302
    answer = admin.fill("/core/people/new", {"name": "李四", "username": "li.si", "email": ""})
    person = int(re.search(r'href="/core/person/(\d+)"', answer.text)[1])
    with own_company.session() as session:
        north = session.scalar(select(Branch.id).where(Branch.code == "north"))
        from core.people.service import set_password

        set_password(session, session.get_one(User, person), PASSWORD)
    values = {
        "user_id": str(person),
        "branch_id": str(north),
        "position": "shop.clerk",
        "valid_from": "2020-01-01",
    }
    answer = admin.fill("/core/appointment/new", values)
    assert answer.status_code == 302, answer.text
    page = admin.get(answer.location).text
    assert "Shop clerk" in page
    assert "shop.clerk" not in page
    assert admin.post("/core/plugin/shop/north", {"on": "1"}).location == "/core/plugin/"
    clerk = own_company.client_of("li.si")
    assert clerk.get("/shop/customer/").status_code == 200
    assert "/shop/customer/" in clerk.get("/").text


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"username": "admin"}, "This user name is taken. Choose another."),
        ({"username": "ADMIN"}, "This user name is taken. Choose another."),
        ({"username": "a b"}, "Use Latin letters, digits, dot, hyphen and underscore."),
        ({"username": "张三"}, "Use Latin letters, digits, dot, hyphen and underscore."),
        ({"username": "x" * 65}, "Field cannot be longer than 64 characters."),
        ({"name": ""}, "Fill in this field."),
        ({"name": "x" * 65}, "Field cannot be longer than 64 characters."),
        ({"email": "nonsense"}, "This is no e-mail address. Write it like name@example.com."),
        ({"email": "admin@zhidu.invalid"}, "This e-mail address is taken. Enter another."),
    ],
)
def test_a_person_that_cannot_be_is_refused(company: Company, entry, message):
    values = {"name": "Somebody", "username": "some.body", "email": "", **entry}
    answer = company.client_of("admin").fill("/core/people/new", values)
    assert (answer.status_code, message in answer.text) == (422, True)
    with company.session() as session:
        assert session.scalar(select(User).where(User.username == "some.body")) is None


def test_nobody_shuts_out_himself_or_the_last_administrator(own_company: Company):
    admin = own_company.client_of("admin")
    number = own_company.people["admin"]
    answer = admin.fill(f"/core/person/{number}/edit", {"active": None})
    assert "You cannot shut yourself out. Ask another administrator." in answer.text
    with own_company.session() as session:
        mine = session.scalar(select(Appointment.id).where(Appointment.user_id == number))
    nobody = "This would leave nobody who administers the head office."
    for change in ({"valid_to": "2020-02-01"}, {"valid_from": "2099-01-01"}, {"position": "shop.clerk"}):
        assert nobody in admin.fill(f"/core/appointment/{mine}/edit", change).text, change
    moved = admin.fill(f"/core/appointment/{mine}/edit", {"branch_id": str(own_company.branches["east"])})
    assert "This position is held at the head office only." in moved.text
    second = own_company.add_person("second", "hq", "core.administrator")
    other = own_company.client_of("second")
    assert admin.fill(f"/core/appointment/{mine}/edit", {"valid_to": "2020-02-01"}).status_code == 302
    assert admin.get("/core/person/").status_code == 404
    assert "You cannot shut yourself out" in other.fill(f"/core/person/{second}/edit", {"active": None}).text
    assert other.fill(f"/core/person/{number}/edit", {"active": None}).status_code == 302


def test_the_tree_of_branches_stays_a_tree_with_a_head(own_company: Company):
    admin = own_company.client_of("admin")
    head, east = own_company.branches["hq"], own_company.branches["east"]
    cases = [
        (head, {"parent_id": str(head)}, "A branch cannot belong to itself."),
        (head, {"parent_id": str(east)}, "A branch cannot belong to one below it."),
        (head, {"active": None}, "This is the only head office in use"),
        (head, {"kind": "branch"}, "This is the only head office in use"),
        (east, {"time_zone": "Mars/Base"}, "This time zone is not known."),
    ]
    for number, change, message in cases:
        answer = admin.fill(f"/core/branch/{number}/edit", change)
        assert (answer.status_code, message in answer.text) == (422, True), (change, answer.text)
    assert admin.fill(f"/core/branch/{east}/edit", {"name_en": "Far East"}).status_code == 302
    assert admin.fill("/core/branch/new", {"code": "EAST", "name_zh": "x", "name_en": "x"}).status_code == 422


def test_dates_run_forwards(company: Company):
    with company.session() as session:
        one = session.scalar(
            select(Appointment.id).where(Appointment.user_id == company.people["east.clerk"])
        )
    answer = company.client_of("admin").fill(f"/core/appointment/{one}/edit", {"valid_to": "2019-12-31"})
    assert "The last day is before the first." in answer.text


def test_staff_have_no_business_there(company: Company):
    for username in ("east.clerk", "east.manager"):
        browser = company.client_of(username)
        for path in (
            "/core/branch/",
            "/core/person/",
            "/core/appointment/",
            "/core/people/new",
            "/core/plugin/",
        ):
            assert browser.get(path).status_code == 403, path
            assert path not in browser.get("/").text
        for path in ("branch", "person", "appointment", "plugin"):
            assert company.api_of(username)("GET", f"/api/v1/core/{path}/").status_code == 403
