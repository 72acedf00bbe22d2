"""Nobody rules above themself or outside their branch; and somebody always administers the head office."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select

from company import Company
from core.branches import Branch
from core.branches.models import HEAD_OFFICE
from core.data import clock
from core.people.models import ACTING, Appointment
from core.people.service import ADMINISTRATOR, appoint


def hash_of(company: Company, username: str) -> str:
    with company.session() as session:
        return str(company.user(session, username).password)


WITHIN = ("corner.watcher", "east.watcher", "newcomer")
BEYOND = ("admin", "west.manager", "left.watcher", "east.manager", "east.clerk")


@pytest.mark.parametrize("username", [*WITHIN, *BEYOND])
def test_whose_password_and_page_are_changed(office: Company, username):
    boss, person = office.client_of("east.office"), office.people[username]
    boss.get("/core/person/")
    before = hash_of(office, username)
    status = boss.post(f"/core/people/{person}/password").status_code
    assert (hash_of(office, username) != before) is (username in WITHIN)
    assert status == 200 or username in BEYOND
    api = office.api_of("east.office")
    answer = api("PUT", f"/api/v1/core/person/{person}", json={"last_name": "Renamed"})
    assert (answer.status_code == 200) is (username in WITHIN), answer.text
    for path in (f"/core/people/{person}/sessions/end-all", f"/core/people/{person}/unlock"):
        boss.get("/core/person/")
        told = boss.post(path, follow_redirects=True).text
        assert ("above yours" in told or "There is nothing here" in told) is (username in BEYOND), path


def test_the_list_of_people_is_that_of_the_subtree(office: Company):
    page = office.client_of("east.office").get("/core/person/").text
    assert "corner.watcher" in page
    assert "newcomer" in page
    for stranger in ("admin", "west.manager", "left.watcher"):
        assert f"{stranger}</" not in page
    appointments = office.api_of("east.office")("GET", "/api/v1/core/appointment/?q=(page_size:100)").json
    within = {office.branches["east"], office.branches["corner"]}
    assert {each["branch_id"] for each in appointments["result"]} <= within
    assert office.client_of("admin").get("/core/person/?q=left").text.count("left.watcher") >= 1


@pytest.mark.parametrize(
    ("username", "branch", "position", "done"),
    [
        ("newcomer", "east", "shop.watcher", True),
        ("newcomer", "corner", "shop.watcher", True),
        ("newcomer", "east", "shop.office", True),
        ("newcomer", "east", "shop.clerk", False),
        ("newcomer", "east", "shop.manager", False),
        ("newcomer", "west", "shop.watcher", False),
        ("newcomer", "hq", ADMINISTRATOR, False),
        ("newcomer", "hq", "shop.watcher", False),
        ("west.manager", "east", "shop.watcher", False),
        ("east.office", "east", "shop.manager", False),
    ],
)
def test_who_is_appointed_to_what(office: Company, username, branch, position, done):
    body = {
        "user_id": office.people[username],
        "branch_id": office.branches[branch],
        "position": position,
        "valid_from": clock.today().isoformat(),
    }
    answer = office.api_of("east.office")("POST", "/api/v1/core/appointment/", json=body)
    assert (answer.status_code == 201) is done, answer.text
    statement = select(Appointment.position).where(Appointment.user_id == office.people[username])
    with office.session() as session:
        held = set(session.scalars(statement))
    assert (position in held) is done


def test_an_appointment_is_not_moved_out_of_or_into_reach(office: Company):
    api = office.api_of("east.office")
    with office.session() as session:
        ids = {
            username: session.scalar(
                select(Appointment.id).where(Appointment.user_id == office.people[username])
            )
            for username in ("corner.watcher", "west.manager", "east.clerk", "admin")
        }
    for username, change in (
        ("west.manager", {"branch_id": office.branches["east"]}),
        ("admin", {"valid_to": clock.today().isoformat()}),
        ("east.clerk", {"valid_to": clock.today().isoformat()}),
        ("corner.watcher", {"branch_id": office.branches["west"]}),
        ("corner.watcher", {"position": "shop.manager"}),
    ):
        answer = api("PUT", f"/api/v1/core/appointment/{ids[username]}", json=change)
        assert answer.status_code in (403, 404), (username, answer.text)
    moved = {"branch_id": office.branches["east"]}
    assert api("PUT", f"/api/v1/core/appointment/{ids['corner.watcher']}", json=moved).status_code == 200


def test_branches_and_switches_beyond_reach_stay_as_they_are(office: Company):
    api, boss = office.api_of("east.office"), office.client_of("east.office")
    for code, status in (("west", 403), ("hq", 403), ("corner", 200)):
        answer = api("PUT", f"/api/v1/core/branch/{office.branches[code]}", json={"name_en": "Renamed"})
        assert answer.status_code == status, answer.text
        boss.get("/core/plugin/")
        boss.post(f"/core/plugin/shop/{code}", {"on": "0" if code == "west" else "1"})
    assert office.client_of("west.manager").get("/shop/customer/").status_code == 200
    new = {"code": "x-new", "name_zh": "新", "name_en": "New"}
    assert api("POST", "/api/v1/core/branch/", json=new).status_code == 403
    below = {**new, "parent_id": office.branches["corner"]}
    assert api("POST", "/api/v1/core/branch/", json=below).status_code == 201


# ---------------------------------------------------------------- the last administrator


def own(company: Company, username: str) -> int:
    with company.session() as session:
        statement = select(Appointment.id).where(Appointment.user_id == company.people[username])
        return int(session.scalars(statement).first() or 0)


@pytest.fixture
def last(own_company: Company) -> Company:
    """Somebody else acts as administrator, which does not count."""
    own_company.add_person("deputy")
    with own_company.session() as session:
        acting = appoint(
            session,
            own_company.people["deputy"],
            own_company.branches["hq"],
            ADMINISTRATOR,
            clock.today(),
            clock.today(),
        )
        acting.kind, acting.acting_for_id = ACTING, own_company.people["admin"]
    return own_company


@pytest.mark.parametrize(
    "change",
    [
        {"position": "shop.watcher"},
        {"valid_to": "yesterday"},
        {"valid_to": "today"},
        {"valid_to": "2099-01-01"},
        {"valid_from": "tomorrow"},
        {"branch_id": "east"},
        {"user_id": "idle-and-shut"},
        {"kind": ACTING, "valid_to": "2099-01-01"},
    ],
)
@pytest.mark.parametrize("channel", ["form", "rest"])
def test_the_last_administrator_stays(last: Company, change, channel):
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    change = {
        key: (clock.today() + timedelta(days=days[value])).isoformat() if value in days else value
        for key, value in change.items()
    }
    if "branch_id" in change:
        change["branch_id"] = last.branches["east"]
    if "user_id" in change:
        with last.session() as session:
            last.user(session, "idle").active = False
        change["user_id"] = last.people["idle"]
    row = own(last, "admin")
    if channel == "rest":
        answer = last.api_of("admin")("PUT", f"/api/v1/core/appointment/{row}", json=change)
        assert answer.status_code in (400, 409), answer.text
    else:
        entries = {key: str(value) for key, value in change.items()}
        assert last.client_of("admin").fill(f"/core/appointment/{row}/edit", entries).status_code == 422
    assert last.client_of("admin").get("/core/person/").status_code == 200


def test_nobody_shuts_the_last_one_out(last: Company):
    deputy = last.api_of("deputy")
    answer = deputy("PUT", f"/api/v1/core/person/{last.people['admin']}", json={"active": False})
    assert (answer.status_code, "nobody who administers" in answer.text) == (400, True)
    assert last.api_of("admin")("DELETE", f"/api/v1/core/appointment/{own(last, 'admin')}").status_code == 403
    with last.session() as session:
        assert session.get_one(User, last.people["admin"]).active


def test_their_branch_stays_open(last: Company):
    with last.session() as session:
        session.add(Branch(code="hq-two", name_zh="二部", name_en="Second office", kind=HEAD_OFFICE))
    for change in ({"active": False}, {"kind": "branch"}):
        answer = last.api_of("admin")("PUT", f"/api/v1/core/branch/{last.branches['hq']}", json=change)
        assert (answer.status_code, "nobody who administers" in answer.text) == (400, True), answer.text


def test_with_a_second_one_the_first_may_go(last: Company):
    last.add_person("second", "hq", ADMINISTRATOR)
    ends = {"valid_to": "2099-01-01"}
    done = last.api_of("second")("PUT", f"/api/v1/core/appointment/{own(last, 'admin')}", json=ends)
    assert done.status_code == 200, done.text
    refused = last.api_of("admin")("PUT", f"/api/v1/core/appointment/{own(last, 'second')}", json=ends)
    assert refused.status_code == 400
