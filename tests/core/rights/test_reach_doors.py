"""Whose sessions, keys, links and second factors somebody who keeps people reaches: those of the subtree alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from company import Company
from core.data import clock
from core.people.doors import attempts, keys
from core.people.doors.models import ApiKey, FactorDuty, LogInSession, PasswordLink, SecondFactor
from pages import Page

WITHIN = "corner.watcher"
BEYOND = ("admin", "west.manager", "left.watcher", "east.manager")
ACTS = (
    "sessions/{session}/end",
    "sessions/end-all",
    "keys/{key}/end",
    "second-factor/off",
    "unlock",
    "link",
    "password",
)


@pytest.fixture
def furnished(office: Company) -> Callable[[str], dict[str, int]]:
    """Gives a person an open session, a key, a second factor, and a door that knocking in vain has closed."""

    def furnish(username: str) -> dict[str, int]:
        number = office.people[username]
        office.client_of(username)
        with office.session() as session:
            key, _text = keys.make(session, number, "report", [keys.READ], 30)
            session.add(SecondFactor(user_id=number, salt="0" * 32, confirmed_at=clock.now()))
            opened = session.scalars(select(LogInSession.id).filter_by(user_id=number)).first()
            made = {"session": opened, "key": key.id}
        for _attempt in range(attempts.ACCOUNT.free):
            attempts.knock(office.database.engine, (attempts.ACCOUNT, username))
        return made

    return furnish


def doors_of(company: Company, username: str) -> dict[str, Any]:
    """All that an act changes."""
    number = company.people[username]
    with company.session() as session:
        counted = {
            model.__name__: session.scalar(
                select(func.count()).select_from(model).where(model.user_id == number)
            )
            for model in (LogInSession, ApiKey, SecondFactor, PasswordLink)
        }
        closed = attempts.closed_until(session, (attempts.ACCOUNT, username))
        return {**counted, "closed": closed, "password": company.user(session, username).password}


@pytest.mark.parametrize("act", ACTS)
def test_doors_of_people_beyond_reach_stay_as_they_are(office: Company, furnished, act: str):
    boss = office.client_of("east.office")
    for username in (WITHIN, *BEYOND):
        address = f"/core/people/{office.people[username]}/{act.format(**furnished(username))}"
        before = doors_of(office, username)
        boss.get("/core/person/")
        boss.post(address)
        assert (doors_of(office, username) != before) is (username == WITHIN), (username, address)


def test_nobody_ends_what_is_anothers_by_its_number(office: Company, furnished):
    near, far = furnished(WITHIN), furnished("west.manager")
    boss, before = office.client_of("east.office"), doors_of(office, "west.manager")
    boss.get("/core/person/")
    for kind, name in (("sessions", "session"), ("keys", "key")):
        assert boss.post(f"/core/people/{office.people[WITHIN]}/{kind}/{far[name]}/end").status_code == 404
    assert doors_of(office, "west.manager") == before
    assert near["key"] != far["key"]


@pytest.mark.parametrize("username", BEYOND)
def test_their_pages_are_not_changed_by_form_or_rest(office: Company, username: str):
    number, boss = office.people[username], office.client_of("east.office")
    for changed in ({"last_name": "Renamed"}, {"active": None}, {"email": "taken@over.example"}):
        form = boss.get(f"/core/person/{number}/edit")
        if form.status_code == 200:
            entries = {**Page(form.text).entries, **changed}
            sent = {name: value for name, value in entries.items() if value is not None}
            assert boss.post(f"/core/person/{number}/edit", sent).status_code in (403, 422)
        body = {name: value if value is not None else False for name, value in changed.items()}
        answer = office.api_of("east.office")("PUT", f"/api/v1/core/person/{number}", json=body)
        assert answer.status_code in (403, 404), answer.text
    with office.session() as session:
        user = office.user(session, username)
        assert (user.last_name == "Renamed", user.active, "taken" in user.email) == (False, True, False)


def test_a_form_does_not_tell_who_stands_behind_a_number(office: Company):
    boss = office.client_of("east.office")
    with office.session() as session:
        names = {each: office.user(session, each).last_name for each in (WITHIN, "west.manager")}
    for username, told in ((WITHIN, True), ("west.manager", False)):
        asked = f"/core/appointment/new?user_id={office.people[username]}"
        page = boss.get(asked).text
        assert (names[username] in page) is told, username
        again = boss.post(asked, {"user_id": str(office.people[username])}).text
        assert (names[username] in again) is told, username


# ---------------------------------------------------------------- demanding a second factor

WHERE = [
    ("east", "shop.watcher", True),
    ("corner", "shop.watcher", True),
    ("east", "shop.office", True),
    ("west", "shop.watcher", False),
    ("hq", "shop.watcher", False),
    (None, "shop.watcher", False),
    ("east", "shop.manager", False),
]


def duties(company: Company) -> set[tuple[str, int | None]]:
    with company.session() as session:
        return {(each.position, each.branch_id) for each in session.scalars(select(FactorDuty))}


@pytest.mark.parametrize("channel", ["form", "rest"])
@pytest.mark.parametrize(("branch", "position", "done"), WHERE)
def test_where_a_second_factor_is_demanded(office: Company, branch, position, done, channel):
    where = office.branches[branch] if branch else None
    if channel == "form":
        entries = {"position": position, "branch_id": str(where or "")}
        answer = office.client_of("east.office").fill("/core/factor_duty/new", entries)
        assert answer.status_code == (302 if done else 422)
    else:
        body = {"position": position, "branch_id": where}
        answer = office.api_of("east.office")("POST", "/api/v1/core/factor_duty/", json=body)
        assert answer.status_code in ((201,) if done else (400, 403)), answer.text
    assert duties(office) == ({(position, where)} if done else set())


NOT_OWN = [each for each in WHERE if each[1] != "shop.office"]
"""Without the duty of the person who tries: nothing else is open to them until they have a second factor."""


@pytest.mark.parametrize(("branch", "position", "done"), NOT_OWN)
def test_what_is_demanded_beyond_reach_stays(office: Company, branch, position, done):
    where = office.branches[branch] if branch else None
    with office.session() as session:
        duty = FactorDuty(position=position, branch_id=where)
        session.add(duty)
        session.flush()
        number = duty.id
    boss, api = office.client_of("east.office"), office.api_of("east.office")
    page = boss.get(f"/core/factor_duty/{number}")
    assert page.status_code == (404 if branch in ("west", "hq") else 200)
    offered = f"/core/factor_duty/{number}/delete" in Page(page.text).posts
    changed = f"/core/factor_duty/{number}/edit" in Page(page.text).links
    assert (offered, changed) == (done, done)
    if not done:
        own = {"position": "shop.watcher", "branch_id": office.branches["east"]}
        assert api("PUT", f"/api/v1/core/factor_duty/{number}", json=own).status_code in (403, 404)
        assert boss.get(f"/core/factor_duty/{number}/edit").status_code in (302, 404)
        boss.post(f"/core/factor_duty/{number}/delete")
        assert duties(office) == {(position, where)}
    answer = api("DELETE", f"/api/v1/core/factor_duty/{number}")
    assert answer.status_code in ((200,) if done else (403, 404))
    assert duties(office) == (set() if done else {(position, where)})


def test_a_duty_is_not_moved_out_of_reach(office: Company):
    with office.session() as session:
        duty = FactorDuty(position="shop.watcher", branch_id=office.branches["corner"])
        session.add(duty)
        session.flush()
        number = duty.id
    api = office.api_of("east.office")
    for change in (
        {"branch_id": office.branches["west"]},
        {"branch_id": None},
        {"position": "shop.manager"},
        {"position": "core.administrator", "branch_id": office.branches["hq"]},
    ):
        answer = api("PUT", f"/api/v1/core/factor_duty/{number}", json=change)
        assert answer.status_code in (400, 403), (change, answer.text)
    assert duties(office) == {("shop.watcher", office.branches["corner"])}
    moved = {"branch_id": office.branches["east"]}
    assert api("PUT", f"/api/v1/core/factor_duty/{number}", json=moved).status_code == 200


@pytest.mark.parametrize(("branch", "done"), [("corner", True), ("west", False), (None, False)])
def test_what_the_head_office_no_longer_demands_is_not_brought_back(office: Company, branch, done):
    where = office.branches[branch] if branch else None
    admin, boss = office.client_of("admin"), office.client_of("east.office")
    made = admin.fill("/core/factor_duty/new", {"position": "shop.watcher", "branch_id": str(where or "")})
    number = made.location.rpartition("/")[2]
    admin.get(made.location)
    admin.post(f"/core/factor_duty/{number}/delete")
    assert duties(office) == set()
    undo = f"/core/history/of/core/factor_duty/{number}/bring-back"
    assert (undo in Page(boss.get("/core/history/deleted/core/factor_duty").text).posts) is done
    boss.post(undo)
    assert duties(office) == ({("shop.watcher", where)} if done else set())
