"""A forgotten password: by the administrator's link, and by a letter that a real mail server takes."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import timedelta
from email import policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from sqlalchemy import select, update

from company import PASSWORD, Browser, Company, app_on
from core.data import clock
from core.data.errors import SetupError
from core.people.doors import links
from core.people.doors.mail import EXTENSION
from core.people.doors.models import PasswordLink
from core.people.service import add_person
from core.settings import Settings
from servers import free_port

NEW = "quite another one"
SENT = "If there is such an account with an e-mail address, a letter with a link is on its way."
PUBLIC = "https://zhidu.example"
GONE = "This link was used already or is too old."


class Letters(Message):
    def __init__(self) -> None:
        super().__init__()
        self.taken: list[email.message.EmailMessage] = []

    def handle_message(self, message) -> None:
        self.taken.append(email.message_from_bytes(message.as_bytes(), policy=policy.default))


@pytest.fixture
def letters() -> Iterator[tuple[Letters, int]]:
    taken = Letters()
    port = free_port()
    server = Controller(taken, hostname="127.0.0.1", port=port)
    server.start()
    yield taken, port
    server.stop()


@pytest.fixture
def mailing(own_company: Company, letters, tmp_path):
    """The application with that mail server; answers it and a function that waits for all that is on its way."""
    settings = {
        "smtp_url": f"smtp://127.0.0.1:{letters[1]}",
        "mail_from": "zhidu@zhidu.example",
        "public_url": PUBLIC,
    }
    app = app_on(own_company.database.url, tmp_path / "mailing", **settings)
    with own_company.session() as session:
        add_person(session, "wang", "王建国", PASSWORD, email="wang@example.com")

    def arrived() -> list:
        pool = app.extensions.pop(EXTENSION, None)
        if pool is not None:
            pool.shutdown(wait=True)
        return letters[0].taken

    yield app, arrived
    arrived()
    app.extensions["zhidu"].database.dispose()


def ask(browser: Browser, name: str):
    browser.get("/forgotten/")
    return browser.post("/forgotten/", {"name": name})


def link_in(company: Company, admin: Browser, username: str) -> str:
    answer = admin.post(f"/core/people/{company.people[username]}/link")
    return re.search(r"http://localhost(/reset/[\w-]{43})", answer.text)[1]


def choose(company: Company, path: str, password: str = NEW):
    browser = company.browser()
    browser.get(path)
    return browser.post(path, {"password": password, "again": password})


def test_the_administrators_link_works_once(own_company: Company):
    company = own_company
    admin, inside = company.client_of("admin"), company.client_of("east.clerk")
    admin.get(f"/core/person/{company.people['east.clerk']}")
    path = link_in(company, admin, "east.clerk")
    assert path not in admin.get(f"/core/person/{company.people['east.clerk']}").text
    with company.session() as session:
        assert session.scalar(select(PasswordLink.token_hash)) not in path
    for wrong in ("short", "password12345", "my east.clerk password"):
        assert choose(company, path, wrong).status_code == 422
    assert inside.get("/").status_code == 200
    answer = choose(company, path)
    assert answer.location == "/login/"
    assert inside.get("/").status_code == 302
    again = choose(company, path, "yet another password")
    assert (again.status_code, GONE in again.text) == (404, True)
    assert company.browser().log_in("east.clerk", NEW).location == "/"
    assert company.browser().log_in("east.clerk", PASSWORD).status_code == 401


def test_a_later_link_ends_the_earlier_and_time_ends_both(own_company: Company):
    admin = own_company.client_of("admin")
    admin.get(f"/core/person/{own_company.people['east.clerk']}")
    first, second = (link_in(own_company, admin, "east.clerk") for _ in range(2))
    browser = own_company.browser()
    assert browser.get(first).status_code == 404
    assert browser.get(second).status_code == 200
    with own_company.session() as session:
        session.execute(update(PasswordLink).values(ends_at=clock.now()))
    assert browser.get(second).status_code == 404
    assert browser.get("/reset/" + "x" * 43).status_code == 404


def test_two_who_use_one_link_at_once_do_so_once(own_company: Company):
    number = own_company.people["east.clerk"]
    with own_company.session() as session:
        secret = links.make(session, number, timedelta(hours=1))
    with own_company.app.test_request_context(), own_company.database.sessions() as session:
        user = links.person_of(session, secret)
        assert choose(own_company, links.path_of(secret)).status_code == 302
        assert not links.use(session, secret, user, "a third password here")
    assert own_company.browser().log_in("east.clerk", NEW).location == "/"


def test_only_administrators_make_links_and_who_is_shut_out_has_none(own_company: Company):
    manager, number = own_company.client_of("east.manager"), own_company.people["east.clerk"]
    assert manager.post(f"/core/people/{number}/link").status_code == 403
    admin = own_company.client_of("admin")
    admin.get(f"/core/person/{number}")
    path = link_in(own_company, admin, "east.clerk")
    with own_company.session() as session:
        own_company.user(session, "east.clerk").active = False
    assert own_company.browser().get(path).status_code == 404


def test_a_letter_brings_the_link(own_company: Company, mailing):
    app, arrived = mailing
    assert "/forgotten/" in own_company.browser(app=app).get("/login/").text
    answer = ask(own_company.browser(app=app), "WANG")
    assert answer.location == "/login/"
    (letter,) = arrived()
    assert (letter["To"], letter["From"]) == ("wang@example.com", "zhidu@zhidu.example")
    assert "制度" in letter["Subject"]
    path = re.search(PUBLIC + r"(/reset/[\w-]{43})", letter.get_content())[1]
    assert choose(own_company, path).status_code == 302
    assert own_company.browser().log_in("wang", NEW).location == "/"


def test_known_and_unknown_names_are_answered_alike(own_company: Company, mailing):
    app, arrived = mailing
    pages = []
    for name in ("wang", "wang@example.com", "nobody", "nobody@example.com", "east.clerk", "\x00", "x" * 300):
        browser = own_company.browser(app=app)
        answer = ask(browser, name)
        shown = browser.get(answer.location).text
        assert SENT in shown
        pages.append((answer.status_code, answer.location, len(shown)))
    assert len(set(pages)) == 1
    assert [letter["To"] for letter in arrived()] == ["wang@example.com"] * 2


def test_letters_are_few(own_company: Company, mailing):
    app, arrived = mailing
    for name in ("wang", "nobody"):
        statuses = [ask(own_company.browser(app=app), name).status_code for _ in range(6)]
        assert statuses == [302] * 5 + [429], name
    assert len(arrived()) == 5


def test_a_mail_server_that_is_gone_is_not_told_to_whoever_asks(
    own_company: Company, mailing, letters, caplog
):
    app, arrived = mailing
    settings = app.extensions["zhidu"].settings
    object.__setattr__(settings, "smtp_url", "smtp://127.0.0.1:9")
    assert ask(own_company.browser(app=app), "wang").location == "/login/"
    assert arrived() == []
    assert "a letter could not be sent" in caplog.text


def test_without_a_mail_server_the_log_in_page_says_whom_to_ask(own_company: Company):
    browser = own_company.browser()
    assert "Ask the head office administrator" in browser.get("/login/").text
    assert browser.get("/forgotten/").status_code == 404


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"ZHIDU_SMTP_URL": "http://x"}, "ZHIDU_SMTP_URL is no mail server"),
        ({"ZHIDU_SMTP_URL": "smtp://host"}, "needs ZHIDU_PUBLIC_URL and ZHIDU_MAIL_FROM"),
        ({"ZHIDU_PUBLIC_URL": "zhidu.example"}, "ZHIDU_PUBLIC_URL is 'zhidu.example'"),
        ({"ZHIDU_TRUSTED_PROXIES": "10.0.0.0/99"}, "ZHIDU_TRUSTED_PROXIES holds '10.0.0.0/99'"),
        ({"ZHIDU_LOG_INS_A_MINUTE": "0"}, "ZHIDU_LOG_INS_A_MINUTE is '0'"),
        ({"ZHIDU_PLAN_AHEAD": "401"}, "ZHIDU_PLAN_AHEAD is '401'"),
    ],
)
def test_settings_that_cannot_be_are_told(monkeypatch, given, told):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SetupError, match=told):
        Settings.from_environment()


def test_settings_are_read(monkeypatch):
    monkeypatch.setenv("ZHIDU_SMTP_URL", "smtps://me:secret@mail.example")
    monkeypatch.setenv("ZHIDU_MAIL_FROM", "zhidu@example.com")
    monkeypatch.setenv("ZHIDU_PUBLIC_URL", "https://zhidu.example/")
    monkeypatch.setenv("ZHIDU_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8")
    settings = Settings.from_environment()
    assert settings.public_url == PUBLIC
    assert settings.trusted_proxies == ("127.0.0.1", "10.0.0.0/8")
