"""What is done at a door and what the history says of it are one transaction: both are there, or neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import event, select

from company import PASSWORD, Company, app_on
from core.data import clock
from core.history import HistoryEntry
from core.history.models import LOG_IN, LOG_OUT
from core.people.doors import events, factors, keys, links
from core.people.doors.attempts import ACCOUNT, knock
from core.people.doors.mail import EXTENSION
from core.people.doors.models import (
    ApiKey,
    DoorCounter,
    LogInSession,
    PasswordLink,
    RecoveryCode,
    SecondFactor,
)

CLERK = "east.clerk"
KEPT = (ApiKey, DoorCounter, LogInSession, PasswordLink, RecoveryCode, SecondFactor)
NEW = "quite another one"


@dataclass
class Stage:
    """The company, browsers of the clerk and of the administrator, and what there is to act on."""

    company: Company
    clerk: Any
    admin: Any
    ids: dict[str, int] = field(default_factory=dict)
    link: str = ""


@pytest.fixture
def stage(own_company: Company) -> Stage:
    """The clerk has two sessions, a key, a link and a factor that is begun, and knocked five times in vain."""
    company = own_company
    made = Stage(company, company.client_of(CLERK), company.client_of("admin"))
    company.client_of(CLERK)
    made.ids["person"] = number = company.people[CLERK]
    with company.session() as session:
        made.ids["key"] = keys.make(session, number, "report", ["read"], 30)[0].id
        made.link = links.path_of(links.make(session, number, links.BY_HAND))
        factors.start(session, number)
        made.ids["session"] = session.scalars(
            select(LogInSession.id).where(LogInSession.user_id == number)
        ).first()
    for _ in range(5):
        knock(company.database.engine, (ACCOUNT, CLERK))
    made.admin.get(f"/core/person/{number}")
    return made


def code_of(stage: Stage) -> str:
    import pyotp

    with stage.company.session() as session:
        factor = session.scalars(select(SecondFactor)).one()
        return str(pyotp.TOTP(factors.secret_of(factor)).at(clock.now()))


def log_in(stage: Stage) -> Any:
    stage.company.calm()
    return stage.company.browser().log_in(CLERK)


def token(stage: Stage) -> Any:
    stage.company.calm()
    body = {"username": CLERK, "password": PASSWORD, "provider": "db"}
    return stage.company.app.test_client().post("/api/v1/security/login", json=body)


def by_link(stage: Stage) -> Any:
    browser = stage.company.browser()
    browser.get(stage.link)
    return browser.post(stage.link, {"password": NEW, "again": NEW})


def key(stage: Stage) -> Any:
    stage.company.calm()
    stage.clerk.get("/account/keys/new")
    values = {"label": "another", "days": "30", "reach": "read", "present": PASSWORD}
    return stage.clerk.post("/account/keys/new", values)


def confirm(stage: Stage) -> Any:
    return stage.clerk.post("/account/second-factor/confirm", {"code": code_of(stage)})


def proved(stage: Stage, what: str, name: str = "present") -> Any:
    stage.company.calm()
    return stage.clerk.post(f"/account/second-factor/{what}", {name: PASSWORD})


def admins(what: str) -> Callable[[Stage], Any]:
    return lambda stage: stage.admin.post(f"/core/people/{stage.ids['person']}/{what.format(**stage.ids)}")


def own(what: str) -> Callable[[Stage], Any]:
    return lambda stage: stage.clerk.post(f"/account/{what.format(**stage.ids)}")


def after_confirming(act: Callable[[Stage], Any]) -> Callable[[Stage], Any]:
    act.__dict__["first"] = confirm
    return act


ACTS: dict[str, tuple[str, str, Callable[[Stage], Any]]] = {
    "log-in": (LOG_IN, "core_login_session", log_in),
    "log-out": (LOG_OUT, "core_login_session", lambda stage: stage.clerk.post("/logout/")),
    "token": ("token_given", "core_login_session", token),
    "own session": ("session_ended", "core_login_session", own("sessions/{session}/end")),
    "own sessions": ("sessions_ended", "core_login_session", own("sessions/end-others")),
    "their session": ("session_ended", "core_login_session", admins("sessions/{session}/end")),
    "their sessions": ("sessions_ended", "core_login_session", admins("sessions/end-all")),
    "unlock": ("unlocked", "core_door_counter", admins("unlock")),
    "link": ("password_link_made", "core_password_link", admins("link")),
    "link used": ("password_reset", "core_password_link", by_link),
    "key": ("key_made", "core_api_key", key),
    "own key ended": ("key_ended", "core_api_key", own("keys/{key}/end")),
    "their key ended": ("key_ended", "core_api_key", admins("keys/{key}/end")),
    "factor": ("second_factor_set_up", "core_recovery_code", confirm),
    "codes": (
        "recovery_codes_made",
        "core_recovery_code",
        after_confirming(lambda stage: proved(stage, "codes")),
    ),
    "own factor off": (
        "second_factor_off",
        "core_second_factor",
        after_confirming(lambda stage: proved(stage, "off", "off-present")),
    ),
    "their factor off": ("second_factor_off", "core_second_factor", admins("second-factor/off")),
}


@contextmanager
def transactions(company: Company) -> Iterator[list[list[str]]]:
    """The statements of every transaction that is committed inside the block."""
    committed: list[list[str]] = []
    going: dict[int, list[str]] = {}
    engine = company.database.engine

    def ran(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        going.setdefault(id(connection.connection.dbapi_connection), []).append(statement)

    def done(connection: Any) -> None:
        committed.append(going.pop(id(connection.connection.dbapi_connection), []))

    def undone(connection: Any) -> None:
        going.pop(id(connection.connection.dbapi_connection), None)

    listeners = (("before_cursor_execute", ran), ("commit", done), ("rollback", undone))
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield committed
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


def changes(table: str, statements: list[str]) -> bool:
    return any(re.match(rf'(INSERT INTO|UPDATE|DELETE FROM) "?{table}\b', each) for each in statements)


def told(company: Company) -> list[str]:
    with company.session() as session:
        return list(session.scalars(select(HistoryEntry.action).order_by(HistoryEntry.id)))


def state(company: Company) -> dict[str, Any]:
    """All that the doors keep, but for how often somebody knocked just now; and the clerk's password."""
    with company.session() as session:
        found: dict[str, Any] = {
            model.__tablename__: sorted(session.scalars(select(model.id))) for model in KEPT
        }
        found["password"] = session.scalar(select(User.password).where(User.username == CLERK))
        return found


@pytest.mark.parametrize("name", ACTS)
def test_the_act_and_its_event_are_committed_together(stage: Stage, name):
    action, table, act = ACTS[name]
    first = act.__dict__.get("first")
    if first is not None:
        first(stage)
    before = told(stage.company)
    with transactions(stage.company) as committed:
        assert act(stage).status_code in (200, 302)
    assert told(stage.company)[len(before) :].count(action) == 1
    acts = [each for each in committed if changes(table, each)]
    assert len(acts) == 1
    assert changes("core_history", acts[0])


@pytest.mark.parametrize("name", ACTS)
def test_when_the_event_cannot_be_written_nothing_was_done(stage: Stage, monkeypatch, caplog, name):
    _action, table, act = ACTS[name]
    first = act.__dict__.get("first")
    if first is not None:
        first(stage)
    before = state(stage.company)

    def fail(*_arguments: Any, **_more: Any) -> None:
        raise RuntimeError("the history is full")

    monkeypatch.setattr(events, "note", fail)
    answer = act(stage)
    assert answer.status_code == 500
    after = state(stage.company)
    if table != "core_door_counter":  # knocking is counted by itself, before it is judged
        del before["core_door_counter"], after["core_door_counter"]
    assert after == before


@pytest.mark.parametrize("name", ["unlock", "link", "own key ended", "their sessions"])
def test_when_the_act_fails_nothing_is_told(stage: Stage, monkeypatch, caplog, name):
    _action, _table, act = ACTS[name]
    before = (told(stage.company), state(stage.company))

    def fail(_session: Any) -> None:
        raise RuntimeError("the disk is full")

    sessions = stage.company.database.sessions
    event.listen(sessions, "before_commit", fail)
    try:
        assert act(stage).status_code == 500
    finally:
        event.remove(sessions, "before_commit", fail)
    assert (told(stage.company), state(stage.company)) == before


def test_a_link_by_mail_is_told_with_who_asked(own_company: Company, tmp_path, caplog):
    settings = {
        "smtp_url": "smtp://127.0.0.1:9",
        "mail_from": "a@b.example",
        "public_url": "https://z.example",
    }
    app = app_on(own_company.database.url, tmp_path / "mailing", **settings)
    with own_company.session() as session:
        own_company.user(session, CLERK).email = "clerk@example.com"
    browser = own_company.browser(app=app)
    browser.get("/forgotten/")
    browser.post("/forgotten/", {"name": CLERK})
    app.extensions[EXTENSION].shutdown(wait=True)
    with own_company.session() as session:
        made = session.scalars(select(HistoryEntry).where(HistoryEntry.action == "password_link_made")).one()
        assert (made.user_id, made.record_id, made.origin) == (None, own_company.people[CLERK], "127.0.0.1")
    app.extensions["zhidu"].database.dispose()
