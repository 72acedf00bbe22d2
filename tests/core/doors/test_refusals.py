"""What is refused for want of a right or a token stands in the log, in one line that tells nothing typed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from company import Company
from core.data import clock
from core.people.doors import refusals
from core.people.positions import Position, grant

TYPED = "typed\nby somebody"
OFFICE = Position("shop.keeper", "Keeper", (grant("core.person", "see", "edit", clause="SHOP 8"),))


@pytest.fixture
def lines(caplog):
    """Answers what the log was told of refusals since it was asked last."""

    def told() -> list[str]:
        found = [each.getMessage() for each in caplog.records if each.name == refusals.__name__]
        assert all(each.levelname == "WARNING" for each in caplog.records)
        caplog.clear()
        return found

    return told


def test_want_of_a_right(own_company: Company, lines):
    clerk, number = own_company.client_of("east.clerk"), own_company.people["east.clerk"]
    assert lines() == []
    customer = own_company.people["west.manager"]
    assert clerk.get(f"/core/person/{customer}?q={TYPED}").status_code == 403
    assert clerk.post("/core/people/new", {"name": TYPED}).status_code == 403
    assert own_company.api_of("east.clerk")("GET", "/api/v1/core/person/").status_code == 403
    start = f"refused, no right: person {number}, branch {own_company.branches['east']}, from 127.0.0.1: "
    assert lines() == [
        f"{start}GET EntityView.page core.person {customer}",
        f"{start}POST PeopleView.new",
        f"{start}GET EntityApi.list core.person",
    ]


def test_somebody_above_who_was_not_to_be_touched(own_company: Company, lines):
    own_company.installation.positions[OFFICE.id] = OFFICE
    own_company.add_person("east.keeper", "east", OFFICE.id)
    manager = own_company.people["east.manager"]
    keeper = own_company.client_of("east.keeper")
    keeper.post(f"/core/people/{manager}/password")
    keeper.fill(f"/core/person/{manager}/edit", {"last_name": "typed"})
    told = lines()
    assert [each.partition("127.0.0.1: ")[2].partition(":")[0] for each in told] == [
        f"POST PeopleView.password {manager}",
        f"POST EntityView.edit core.person {manager}",
    ]
    assert all("holds a position above yours" in each for each in told)
    assert "typed" not in str(told)


def test_a_wrong_and_a_missing_token(own_company: Company, lines):
    clerk, number = own_company.client_of("east.clerk"), own_company.people["east.clerk"]
    for data in ({}, {"csrf_token": TYPED}):
        assert clerk.client.post("/logout/", data=data).status_code == 400
    nobody = own_company.app.test_client()
    assert nobody.post("/login/", data={"username": TYPED, "password": TYPED}).status_code == 400
    first, second, third = lines()
    branch = own_company.branches["east"]
    assert (
        first
        == f"refused, no form token: person {number}, branch {branch}, from 127.0.0.1: POST LogInView.logout"
    )
    assert second == first
    assert third == (
        "refused, no form token: nobody at 127.0.0.1, branch None, from 127.0.0.1: POST LogInView.login"
    )


def test_a_body_that_is_too_large(own_company: Company, lines):
    clerk = own_company.client_of("east.clerk")
    assert clerk.client.post("/logout/", data={"csrf_token": "x" * 26 * 1024 * 1024}).status_code == 413
    (line,) = lines()
    assert line.startswith("refused, no such file is taken: person ")


def test_what_is_no_refusal_is_not_told(own_company: Company, lines):
    clerk = own_company.client_of("east.clerk")
    assert clerk.get("/shop/customer/").status_code == 200
    assert clerk.get("/shop/customer/99999").status_code == 404
    assert own_company.browser().get("/shop/customer/").status_code == 302
    assert lines() == []


def test_one_person_does_not_fill_the_log(own_company: Company, lines):
    clerk, watcher = own_company.client_of("east.clerk"), own_company.client_of("east.watcher")
    now = clock.now()
    with clock.frozen(now):
        for _ in range(refusals.OF_ONE + 3):
            clerk.get("/core/person/")
        told = lines()
        assert len(told) == refusals.OF_ONE
        assert ["more in this minute" in each for each in told] == [False] * (refusals.OF_ONE - 1) + [True]
        watcher.get("/core/person/")
        assert len(lines()) == 1
    with clock.frozen(now + timedelta(minutes=1)):
        clerk.get("/core/person/")
        assert len(lines()) == 1


def test_many_addresses_do_not_fill_it_either():
    room = refusals.Room()
    with clock.frozen(clock.now()):
        left = [
            room.take(f"nobody at 10.0.{each // 256}.{each % 256}") for each in range(refusals.OF_ALL + 5)
        ]
    assert left[refusals.OF_ALL - 1 :] == [1, 0, 0, 0, 0, 0]
    assert len(room._told) == refusals.OF_ALL
