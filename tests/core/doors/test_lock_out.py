"""Knocking in vain: counted by account and address over all processes, waited for, and opened by the administrator."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from werkzeug.security import generate_password_hash

from company import PASSWORD, Company, app_on
from core.data import clock
from core.people.doors import attempts
from core.people.doors.models import DoorCounter
from core.people.doors.proxies import TrustedProxies
from core.people.service import HASH_METHOD, METHOD_KEY

WRONG = "wrong"
HOLD = "Too many attempts. Wait 30 seconds, then try again."
HOLD_ZH = "尝试次数过多，请等待30秒后再试。"
PROGRAM = """
import sys
from core.data.database import Database
from core.people.doors import attempts
from concurrent.futures import ThreadPoolExecutor

database = Database(sys.argv[1])
sys.stdin.readline()
with ThreadPoolExecutor(4) as pool:
    waits = list(pool.map(lambda _: attempts.knock(database.engine, (attempts.ACCOUNT, "somebody")), range(20)))
print(sum(not wait for wait in waits))
"""


@pytest.fixture(autouse=True)
def standing_clock() -> Iterator[None]:
    """However slow the machine is, no time passes but what a test lets pass."""
    with clock.frozen(clock.now()):
        yield


def knock_by_form(company: Company, name: str, password: str = WRONG, language: str = "en", **options):
    return company.browser(language).log_in(name, password, **options)


def knock_by_rest(company: Company, name: str, password: str = WRONG, address: str = "127.0.0.1"):
    body = {"username": name, "password": password, "provider": "db"}
    client = company.app.test_client()
    return client.post("/api/v1/security/login", json=body, environ_overrides={"REMOTE_ADDR": address})


def let_time_pass(company: Company, by: timedelta) -> None:
    with company.session() as session:
        for row in session.scalars(select(DoorCounter)):
            row.counted_at -= by
            row.closed_until = row.closed_until and row.closed_until - by


def test_guessing_the_present_password_inside_is_held_off_too(own_company: Company):
    browser = own_company.client_of("east.clerk")
    browser.get("/password/")
    new = {"password": "a long new password", "again": "a long new password"}
    said = [browser.post("/password/", {"present": f"guess {n}", **new}).text for n in range(7)]
    assert "This is not your present password." in said[0]
    assert "Too many attempts." in said[-1]
    assert "Too many attempts." in browser.post("/password/", {"present": PASSWORD, **new}).text


@pytest.mark.parametrize("name", ["east.clerk", "nobody.at.all"])
def test_after_five_in_vain_the_door_is_closed_by_form_and_rest_alike(own_company: Company, name):
    for count in range(5):
        knock = knock_by_form if count % 2 else knock_by_rest
        assert knock(own_company, name).status_code == 401
    for language, sentence in (("en", HOLD), ("zh", HOLD_ZH)):
        answer = knock_by_form(own_company, name, PASSWORD, language)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
        assert sentence in answer.text
    answer = knock_by_rest(own_company, name, PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"], answer.json["message"]) == (429, "30", HOLD)
    let_time_pass(own_company, timedelta(seconds=31))
    expected = 200 if name in own_company.people else 401
    assert knock_by_rest(own_company, name, PASSWORD).status_code == expected


def test_each_further_one_doubles_the_wait_up_to_a_quarter_of_an_hour(own_company: Company):
    waits = []
    for _ in range(5):
        knock_by_rest(own_company, "east.clerk")
    for _ in range(8):
        waits.append(int(knock_by_rest(own_company, "east.clerk").headers["Retry-After"]))
        let_time_pass(own_company, timedelta(seconds=waits[-1] + 1))
        assert knock_by_rest(own_company, "east.clerk").status_code == 401
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_waiting_at_a_closed_door_does_not_lengthen_it(own_company: Company):
    for _ in range(12):
        answer = knock_by_rest(own_company, "east.clerk")
    assert int(answer.headers["Retry-After"]) <= 30


def test_the_e_mail_address_is_no_second_door(own_company: Company):
    for count in range(5):
        knock_by_rest(own_company, "east.clerk@zhidu.invalid" if count % 2 else "EAST.clerk")
    assert knock_by_rest(own_company, "east.clerk", PASSWORD).status_code == 429
    assert knock_by_rest(own_company, "east.clerk@zhidu.invalid", PASSWORD).status_code == 429
    assert knock_by_rest(own_company, "east.manager", PASSWORD).status_code == 200


def test_a_right_password_forgets_what_went_before(own_company: Company):
    for _ in range(3):
        for _ in range(4):
            assert knock_by_rest(own_company, "east.clerk").status_code == 401
        assert knock_by_rest(own_company, "east.clerk", PASSWORD).status_code == 200


def test_half_a_day_forgets_too(own_company: Company):
    for _ in range(4):
        knock_by_rest(own_company, "east.clerk")
    let_time_pass(own_company, attempts.ACCOUNT.forgotten)
    for _ in range(4):
        assert knock_by_rest(own_company, "east.clerk").status_code == 401
    assert knock_by_rest(own_company, "east.clerk", PASSWORD).status_code == 200


def test_an_address_that_tries_many_names_is_held_off_and_another_is_not(own_company: Company, monkeypatch):
    # The hash that a name of nobody is judged by, of the tests' own method: there are hundreds of them here.
    quick = own_company.app.config[METHOD_KEY] + "$nobodys_password$" + "0" * 128
    monkeypatch.setitem(own_company.app.config, "AUTH_DB_FAKE_PASSWORD_HASH_CHECK", quick)
    for number in range(attempts.ADDRESS.free):
        assert knock_by_rest(own_company, f"guess{number}", address="192.0.2.1").status_code == 401
    assert knock_by_rest(own_company, "east.clerk", PASSWORD, "192.0.2.1").status_code == 429
    assert knock_by_rest(own_company, "east.clerk", PASSWORD, "192.0.2.2").status_code == 200
    for number in range(attempts.ADDRESS.free):
        knock_by_rest(own_company, f"more{number}", address=f"2001:db8::{number:x}")
    assert knock_by_rest(own_company, "east.clerk", PASSWORD, "2001:db8::ffff").status_code == 429
    assert knock_by_rest(own_company, "east.clerk", PASSWORD, "2001:db8:0:1::1").status_code == 200


def test_right_log_ins_do_not_use_up_an_address(own_company: Company):
    for _ in range(attempts.ADDRESS.free + 3):
        assert knock_by_rest(own_company, "east.clerk", PASSWORD).status_code == 200


def test_one_address_tries_only_so_often_a_minute_right_or_wrong(own_company: Company, tmp_path):
    app = app_on(own_company.database.url, tmp_path / "narrow", log_ins_a_minute=3)
    client = app.test_client()
    body = {"username": "east.clerk", "password": PASSWORD}
    statuses = [client.post("/api/v1/security/login", json=body).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert 1 <= int(client.post("/api/v1/security/login", json=body).headers["Retry-After"]) <= 60
    let_time_pass(own_company, timedelta(minutes=1))
    assert client.post("/api/v1/security/login", json=body).status_code == 200
    app.extensions["zhidu"].database.dispose()


def test_the_administrator_lets_in_again(own_company: Company):
    admin, number = own_company.client_of("admin"), own_company.people["east.clerk"]
    assert "Let in again" not in admin.get(f"/core/person/{number}").text
    for _ in range(5):
        knock_by_form(own_company, "east.clerk")
    page = admin.get(f"/core/person/{number}")
    assert "Closed after too many attempts until" in page.text
    manager = own_company.client_of("east.manager")
    assert manager.post(f"/core/people/{number}/unlock").status_code == 403
    assert knock_by_form(own_company, "east.clerk", PASSWORD).status_code == 429
    admin.get(f"/core/person/{number}")
    assert admin.post(f"/core/people/{number}/unlock").location == f"/core/person/{number}"
    assert knock_by_form(own_company, "east.clerk", PASSWORD).status_code == 302


def test_two_processes_with_four_threads_each_get_no_more_attempts_than_one(migrated_url):
    arguments = [sys.executable, "-c", PROGRAM, migrated_url]
    root = Path(__file__).resolve().parents[3]
    with (
        subprocess.Popen(
            arguments, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as one,
        subprocess.Popen(
            arguments, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as two,
    ):
        for each in (one, two):
            each.stdin.write("go\n")
            each.stdin.flush()
        let_in = [int(each.communicate()[0]) for each in (one, two)]
    assert sum(let_in) == attempts.ACCOUNT.free, let_in


def test_a_name_is_not_stored_in_clear(own_company: Company):
    knock_by_rest(own_company, "my password, typed into the wrong field")
    with own_company.session() as session:
        for row in session.scalars(select(DoorCounter)):
            assert "my password" not in row.key
            assert len(row.key) == 64
        session.execute(update(DoorCounter).values(closed_until=clock.now()))


@pytest.mark.parametrize(
    ("trusted", "sender", "forwarded", "asks"),
    [
        ((), "10.0.0.1", "192.0.2.9", "10.0.0.1"),
        (("10.0.0.0/8",), "10.0.0.1", "192.0.2.9", "192.0.2.9"),
        (("10.0.0.0/8",), "192.0.2.1", "192.0.2.9", "192.0.2.1"),
        (("10.0.0.0/8",), "10.0.0.1", "1.1.1.1, 192.0.2.9", "192.0.2.9"),
        (("10.0.0.0/8",), "10.0.0.1", "192.0.2.9, 10.0.0.2", "192.0.2.9"),
        (("10.0.0.0/8",), "10.0.0.1", "nonsense", "10.0.0.1"),
        (("10.0.0.0/8",), "10.0.0.1", "", "10.0.0.1"),
        (("::1",), "::1", "2001:db8::1", "2001:db8::1"),
        (("10.0.0.0/8",), "", "192.0.2.9", ""),
    ],
)
def test_only_named_proxies_say_who_asks(trusted, sender, forwarded, asks):
    seen = {}
    proxies = TrustedProxies(lambda environ, _start: seen.update(environ) or [], trusted)
    environ = {"REMOTE_ADDR": sender, "wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https"}
    proxies({**environ, "HTTP_X_FORWARDED_FOR": forwarded}, None)
    believed = any(proxies.is_trusted(each) for each in [sender])
    assert seen["REMOTE_ADDR"] == asks
    assert seen["wsgi.url_scheme"] == ("https" if believed else "http")


@pytest.mark.parametrize("name", ["east.clerk", "nobody.at.all", "shut.out"])
def test_known_and_unknown_names_cost_the_same_hash(own_company: Company, monkeypatch, name):
    """Whoever measures the time learns no name: each is judged by one hash of the same kind."""
    from flask_appbuilder.security import manager

    own_company.add_person("shut.out")
    with own_company.session() as session:
        own_company.user(session, "shut.out").active = False
        own_company.user(session, "east.clerk").password = generate_password_hash(PASSWORD, HASH_METHOD)
    judged = []
    real = manager.check_password_hash
    monkeypatch.setattr(
        manager, "check_password_hash", lambda known, given: judged.append(known) or real(known, given)
    )
    assert knock_by_rest(own_company, name).status_code == 401
    assert [each.partition("$")[0] for each in judged] == [HASH_METHOD]


def test_what_was_counted_long_ago_goes_with_the_next_right_log_in(own_company: Company):
    knock_by_rest(own_company, "somebody")
    let_time_pass(own_company, timedelta(days=2))
    assert knock_by_rest(own_company, "east.clerk", PASSWORD).status_code == 200
    with own_company.session() as session:
        assert session.scalar(select(DoorCounter).where(DoorCounter.kind == "account")) is None
