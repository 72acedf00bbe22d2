"""Who acts where, and what they may do."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import g
from shop.models import Customer
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from company import Company, customer_values
from core.branches import Branch
from core.data import clock
from core.people.access import current_user_id, load_person, may, require
from core.people.service import ADMINISTRATOR, appoint

# New Year in Shanghai, still the old year in London and New York.
NEW_YEAR = datetime(2026, 12, 31, 17, tzinfo=UTC)


def loaded(company: Company, username: str, wanted: str | None = None):
    with company.session() as session:
        person = load_person(session, company.user(session, username), wanted)
        session.expunge_all()
        return person


@pytest.mark.parametrize(
    ("first", "last", "zone", "holds"),
    [
        (date(2027, 1, 1), None, "Asia/Shanghai", True),
        (date(2027, 1, 1), None, "UTC", False),
        (date(2027, 1, 2), None, "Asia/Shanghai", False),
        (date(2020, 1, 1), date(2026, 12, 31), "Asia/Shanghai", False),
        (date(2020, 1, 1), date(2026, 12, 31), "America/New_York", True),
        (date(2020, 1, 1), date(2027, 1, 1), "Asia/Shanghai", True),
        (date(2020, 1, 1), date(2026, 12, 30), "UTC", False),
    ],
)
def test_an_appointment_counts_on_its_days_as_the_branchs_calendar_has_them(
    company: Company, first, last, zone, holds
):
    username = f"dated-{first}-{last}-{zone.replace('/', '.')}"
    branch = f"there-{len(company.people)}"
    with company.session() as session:
        there = Branch(code=branch, name_zh="某地", name_en="There", kind="branch", time_zone=zone)
        session.add(there)
        session.flush()
        company.branches[branch] = there.id
    company.add_person(username, branch, "shop.clerk", valid_from=first, valid_to=last)
    try:
        with clock.frozen(NEW_YEAR):
            person = loaded(company, username)
    finally:
        with company.session() as session:
            session.get_one(Branch, company.branches.pop(branch)).active = False
    assert bool(person.branches) is holds
    assert ("add" in person.grants.get("shop.customer", ())) is holds


def test_several_appointments_count_each_in_its_branch(company: Company):
    company.add_person("roving", "east", "shop.clerk")
    with company.session() as session:
        for branch, position in (
            ("west", "shop.watcher"),
            ("west", "shop.unknown"),
            ("east", "shop.watcher"),
        ):
            appoint(session, company.people["roving"], company.branches[branch], position, date(2020, 1, 1))
    east, west = loaded(company, "roving"), loaded(company, "roving", "west")
    assert [each.code for each in east.branches] == ["east", "west"]
    assert (east.branch.code, west.branch.code) == ("east", "west")
    assert east.grants["shop.customer"] == {"see", "add", "edit", "export"}
    assert west.grants["shop.customer"] == {"see"}
    assert "shop.order" not in west.grants
    assert [str(each.id) for each in west.positions] == ["shop.watcher"]


@pytest.mark.parametrize("wanted", ["hq", "nowhere", "EAST", " "])
def test_a_branch_where_a_person_holds_nothing_does_not_exist_for_them(company: Company, wanted):
    with pytest.raises(NotFound):
        loaded(company, "east.clerk", wanted)


def test_the_administrator_acts_everywhere_and_a_local_one_nowhere_else(company: Company):
    for code in company.branches:
        person = loaded(company, "admin", code)
        assert (person.branch.code, person.everything) == (code, True)
    company.add_person("false.admin", "east", ADMINISTRATOR)
    person = loaded(company, "false.admin")
    assert (person.everything, [each.code for each in person.branches], person.grants) == (
        False,
        ["east"],
        {},
    )


def test_a_closed_branch_is_no_place_to_act(own_company: Company):
    with own_company.session() as session:
        session.get_one(Branch, own_company.branches["east"]).active = False
    assert loaded(own_company, "east.clerk").branches == []
    assert "east" not in {each.code for each in loaded(own_company, "admin").branches}


def test_the_branch_chosen_last_is_kept_until_it_is_lost(own_company: Company):
    admin = own_company.client_of("admin")
    assert admin.post("/branch/west", {"next": "/shop/customer/5?x=1"}).location == "/shop/customer/"
    assert loaded(own_company, "admin").branch.code == "west"
    assert admin.post("/branch/west", {"next": "https://evil.example/"}).location == "/"
    assert admin.post("/branch/nowhere").status_code == 404
    assert admin.get("/branch/west/").status_code == 404
    assert own_company.client_of("east.clerk").post("/branch/west").status_code == 404
    with own_company.session() as session:
        session.get_one(Branch, own_company.branches["west"]).active = False
    assert loaded(own_company, "admin").branch.code == "hq"


def test_rights_are_judged_person_then_plugin_then_grant(company: Company):
    def judge(username, entity, action, branch=None):
        with company.app.test_request_context():
            if username:
                g.zhidu_person = loaded(company, username, branch)
                from core.branches.scope import Scope, enter, leave

                active = g.zhidu_person.branch
                token = enter(Scope(active=active.id, readable=(active.id,))) if active else None
            try:
                require(entity, action)
                return may(entity, action)
            except (Unauthorized, NotFound, Forbidden) as refused:
                assert not may(entity, action)
                return refused.code
            finally:
                if username and token:
                    leave(token)

    assert judge(None, "shop.customer", "see") == 401
    assert judge("idle", "shop.customer", "see") == 404
    assert judge("admin", "shop.customer", "see") == 404  # the shop is off at the head office
    assert judge("admin", "shop.customer", "see", "east") is True
    assert judge("east.watcher", "shop.customer", "see") is True
    assert judge("east.watcher", "shop.customer", "add") == 403
    assert judge("east.watcher", "core.person", "see") == 403
    assert judge("east.watcher", "gas.account", "see") == 404
    assert judge("east.watcher", "nothing.there", "see") == 404


def test_outside_a_request_nobody_is_anybody(company: Company):
    with company.app.app_context():
        assert current_user_id() is None
        assert not may("shop.customer", "see")


def test_a_person_without_an_appointment_is_told_so(company: Company):
    idle = company.client_of("idle")
    home = idle.get("/")
    assert "You hold no appointment today. Ask the administrator." in home.text
    assert idle.get("/shop/customer/").status_code == 404
    assert idle.get("/core/person/").status_code == 404
    assert idle.get("/password/").status_code == 200


def test_what_a_request_knew_is_forgotten_by_the_next_one_on_the_thread(company: Company):
    from core.branches.scope import NOWHERE, current_scope

    company.put("east", Customer(**customer_values()))
    clerk = company.client_of("east.clerk")
    assert clerk.get("/shop/customer/").status_code == 200
    assert current_scope() == NOWHERE
    assert clerk.get("/shop/board/broken").status_code == 500
    assert current_scope() == NOWHERE
    assert company.browser().get("/shop/customer/").status_code == 302
    assert company.client_of("west.manager").get("/shop/customer/").status_code == 200


def test_requests_on_many_threads_do_not_see_one_another(company: Company):
    from concurrent.futures import ThreadPoolExecutor

    names = {}
    for branch in ("east", "west"):
        names[branch] = f"Only in the {branch}"
        company.put(branch, Customer(**customer_values(name=names[branch])))
    browsers = {"east": company.client_of("east.clerk"), "west": company.client_of("west.manager")}

    def ask(branch):
        other = "west" if branch == "east" else "east"
        own = company.browser()
        own.client._cookies = dict(browsers[branch].client._cookies)
        page = own.get("/shop/customer/?q=Only").text
        return names[branch] in page and names[other] not in page

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(ask, ["east", "west"] * 20))
