"""A small company made directly, and browsers of its people without a browser: for tests of the running shell."""

from __future__ import annotations

import functools
import itertools
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from flask import Flask
from flask.testing import FlaskClient
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import delete, event, func, inspect, select
from sqlalchemy.orm import Session
from werkzeug.security import generate_password_hash
from werkzeug.test import TestResponse

import databases
import run_folder
from core.app import create_app
from core.branches import Branch, BranchPlugin, branch_scope, system_scope
from core.branches.models import BRANCH, HEAD_OFFICE
from core.data import Base
from core.data.database import Database
from core.installation import EXTENSION, Installation
from core.people.doors import sessions
from core.people.doors.log_in import open_token
from core.people.doors.models import BROWSER, DoorCounter
from core.people.models import Appointment
from core.people.service import ADMINISTRATOR, METHOD_KEY, add_person, appoint
from core.settings import Settings
from pages import Page
from used_again import used_again

SHOP = Path(__file__).parent / "shop_plugins"
NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"
PASSWORD = "one password for all"
QUICK = "pbkdf2:sha256:1"
SINCE = date(2020, 1, 1)
BRANCHES = (("hq", "总部", "Head office"), ("east", "城东", "East"), ("west", "城西", "West"))
PEOPLE = (
    ("admin", "hq", ADMINISTRATOR),
    ("east.manager", "east", "shop.manager"),
    ("east.clerk", "east", "shop.clerk"),
    ("east.watcher", "east", "shop.watcher"),
    ("west.manager", "west", "shop.manager"),
    ("idle", None, ""),
)
_numbers = itertools.count(1)
sys.path.append(str(SHOP))  # tests import `shop.models`; the host does the same when it finds the plugin


def settings_for(url: str, home: Path, plugin_folders: tuple[Path, ...] = (SHOP,)) -> Settings:
    """Settings of a test's own installation; nothing of them is read from the environment."""
    home.mkdir(parents=True, exist_ok=True)
    key = secrets.token_hex(16)
    more: dict[str, Any] = {"log_ins_a_minute": 100_000, "cache": run_folder.cache()}
    return Settings(8080, url, home, key, NODE_MODULES, plugin_folders, **more)


def app_on(url: str, home: Path, plugin_folders: tuple[Path, ...] = (SHOP,), **changes: Any) -> Flask:
    """The application over a migrated database, their plugins' tables made beside; `changes` to its settings."""
    app = opened_on(url, home, plugin_folders, **changes)
    names = {each.parent.name for folder in plugin_folders for each in folder.glob("*/manifest.toml")}
    own = [table for name, table in Base.metadata.tables.items() if name.partition("_")[0] in names]
    databases.make_tables(url, own)
    return app


def opened_on(url: str, home: Path, plugin_folders: tuple[Path, ...], **changes: Any) -> Flask:
    """The application over a database that has all its tables; `changes` to its settings."""
    settings = settings_for(url, home, plugin_folders)
    app = create_app(Settings(**{**settings.__dict__, **changes}))
    app.config[METHOD_KEY] = (
        QUICK  # else the first log-in would make the hash anew, and each further one be slow
    )
    return app


@functools.cache
def password_hash() -> str:
    """A hash of PASSWORD that is quick to check; real ones are slow on purpose."""
    return generate_password_hash(PASSWORD, method=QUICK)


@dataclass
class Company:
    """The application with a head office, two branches where `shop` is on, and a few people."""

    app: Flask
    branches: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    by_form: ClassVar[bool] = False
    """Whether everybody comes in by the form: for tests of the doors. All others save themselves two requests."""

    @property
    def installation(self) -> Installation:
        found: Installation = self.app.extensions[EXTENSION]
        return found

    @property
    def database(self) -> Database:
        return self.installation.database

    @contextmanager
    def session(self, branch: str | None = None) -> Iterator[Session]:
        """A session that commits at the end: in a branch, or over all of them."""
        scope = branch_scope(self.branches[branch]) if branch else system_scope("the test itself")
        with self.app.app_context(), scope, self.database.sessions.begin() as session:
            yield session

    def add_person(
        self, username: str, branch: str | None = None, position: str = "", **dates: date | None
    ) -> int:
        """A person with PASSWORD, appointed when a branch is named (from 2020 on unless `dates` say otherwise)."""
        with self.session() as session:
            # Not counted by this process alone: another may have made the people who are there.
            name = f"员工{(session.scalar(select(func.max(User.id))) or 0) + 1:03}"
            person = add_person(session, username, name, "", hashed=password_hash())
            if branch:
                period = {"valid_from": SINCE, **dates}
                appoint(session, person.id, self.branches[branch], position, **period)
            self.people[username] = person.id
        return self.people[username]

    def add_crowd(self, branch: str, position: str, count: int = 200) -> None:
        """People with names of one beginning, so many that no control may offer all of them."""
        with self.session() as session:
            people = [
                User(username=f"crowd.{n:03}", first_name="", last_name=f"众{n:03}", email=f"{n:03}@crowd.invalid",
                     active=True, password="-")
                for n in range(count)
            ]  # fmt: skip
            session.add_all(people)
            session.flush()
            here = {"branch_id": self.branches[branch], "position": position, "valid_from": SINCE}
            session.add_all(Appointment(user_id=each.id, **here) for each in people)

    def user(self, session: Session, username: str) -> User:
        return session.scalars(select(User).where(User.username == username)).one()

    def calm(self) -> None:
        """Forget every attempt in vain, as time does."""
        with self.session() as session:
            session.execute(delete(DoorCounter))

    def switch(self, plugin: str, branch: str, on: bool) -> None:
        """Write the row of a switch, whatever the plugin requires."""
        with self.session() as session:
            key = {"branch_id": self.branches[branch], "plugin": plugin}
            row = session.scalar(select(BranchPlugin).filter_by(**key)) or BranchPlugin(**key)
            row.enabled = on
            session.add(row)

    def put(self, branch: str, row: Any) -> int:
        """Store a row in a branch; answers its id."""
        with self.session(branch) as session:
            session.add(row)
            session.flush()
            return int(row.id)

    def client_of(
        self, username: str, language: str = "en", app: Flask | None = None, password: str = ""
    ) -> Browser:
        """A browser whose session is open, as the form opens it; with a password, or `by_form`, by the form itself."""
        browser = self.browser(language, app)
        if password or self.by_form:
            answer = browser.log_in(username, password or PASSWORD)
            assert answer.status_code == 302, answer.text
            return browser
        with self.session() as session:
            secret = sessions.begin(session, self.user(session, username).id, BROWSER, "127.0.0.1", "")
        with browser.client.session_transaction() as cookie:
            cookie[sessions.COOKIE_KEY] = secret
        browser.get("/password/")  # a page with the session's token
        return browser

    def browser(self, language: str = "en", app: Flask | None = None) -> Browser:
        """A browser of nobody yet, preferring a language."""
        client = (app or self.app).test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = {"zh": "zh-CN,zh;q=0.9", "en": "en"}[language]
        return Browser(client)

    def token_of(self, username: str, password: str = PASSWORD) -> str:
        """A bearer token from the REST log-in."""
        body = {"username": username, "password": password, "provider": "db"}
        answer = self.app.test_client().post("/api/v1/security/login", json=body)
        assert answer.status_code == 200, answer.text
        token: str = answer.json["access_token"]
        return token

    def api_of(self, username: str, language: str = "en") -> Api:
        """REST calls with a bearer token, given as the token call gives it; by that call itself, where `by_form`."""
        if self.by_form:
            return Api(self.app.test_client(), self.token_of(username), language)
        with self.app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}), system_scope("a test"):
            database = self.database.session()
            token = open_token(self.user(database, username))
            database.commit()
        return Api(self.app.test_client(), token, language)


@dataclass
class Browser:
    """A test client that sends forms as a browser does: with the token of the page it saw last."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        answer = self.client.get(path, **options)
        if answer.mimetype == "text/html":
            self.token = field_value(answer.text, "csrf_token") or self.token
        return answer

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token, **(data or {})}, **options)

    def log_in(self, username: str, password: str = PASSWORD, address: str = "/login/") -> TestResponse:
        self.get(address)
        answer = self.post(address, {"username": username, "password": password})
        if answer.status_code == 302:
            self.get("/password/")  # a page with the new session's token
        return answer

    def fill(self, path: str, data: dict[str, Any]) -> TestResponse:
        """Open a form, enter `data`, send it with everything else as it stood; None unticks a box."""
        page = self.get(path)
        assert page.status_code == 200, page.text
        entries = {**Page(page.text).entries, **data}
        return self.post(path, {name: value for name, value in entries.items() if value is not None})


@dataclass
class Api:
    """A test client with a bearer token."""

    client: FlaskClient
    token: str
    language: str = "en"

    def __call__(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", "Accept-Language": self.language}
        headers.update(options.pop("headers", {}))
        return self.client.open(path, method=method, headers=headers, **options)


def field_value(page: str, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', page)
    value = re.search(r'\bvalue="([^"]*)"', found.group(0)) if found else None
    return value.group(1) if value else ""


@contextmanager
def kept(
    name: str,
    backend: str,
    home: Path,
    found: Callable[[str, Path], Company],
    plugin_folders: tuple[Path, ...] = (SHOP,),
) -> Iterator[Company]:
    """A company as `found` makes it in a migrated database, in a copy of its own. One is made for all of a `name`."""

    def fill(url: str, folder: Path) -> None:
        found(url, folder).database.dispose()

    with databases.filled(name, backend, home, fill) as url:
        settings = settings_for(url, home, plugin_folders)
        with used_again(plugin_folders, settings, lambda: opened_on(url, home, plugin_folders)) as app:
            made = Company(app)
            with made.session() as session:
                made.branches |= {row[0]: row[1] for row in session.execute(select(Branch.code, Branch.id))}
                made.people |= {row[0]: row[1] for row in session.execute(select(User.username, User.id))}
            yield made


def found(url: str, home: Path, plugin_folders: tuple[Path, ...] = (SHOP,), **changes: Any) -> Company:
    """The company in a migrated database; `changes` to its settings."""
    company = Company(app_on(url, home, plugin_folders, **changes))
    with company.session() as session:
        for code, name_zh, name_en in BRANCHES:
            kind = HEAD_OFFICE if code == "hq" else BRANCH
            branch = Branch(
                code=code, name_zh=name_zh, name_en=name_en, kind=kind, parent_id=company.branches.get("hq")
            )
            session.add(branch)
            session.flush()
            company.branches[code] = branch.id
        for code in ("east", "west"):
            session.add(BranchPlugin(branch_id=company.branches[code], plugin="shop"))
    for username, code, position in PEOPLE:
        company.add_person(username, code, position)
    return company


def customer_values(**changes: Any) -> dict[str, Any]:
    """Values of a customer with a number of its own."""
    return {"number": f"N{next(_numbers):05}", "name": "Wang", **changes}


@contextmanager
def demo_app(backend: str, home: Path) -> Iterator[Flask]:
    """The demo company's own copy as an application."""
    with databases.company(backend, home) as url:
        app = create_app(settings_for(url, home, ()))
        yield app
        app.extensions[EXTENSION].database.dispose()


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The SQL statements that are run inside the block."""
    with noting(database, lambda statement, _parameters: statement) as statements:
        yield statements


@contextmanager
def told(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """The SQL statements that are run inside the block with their values, as the driver gets them."""
    with noting(database, lambda statement, parameters: (statement, parameters)) as statements:
        yield statements


@contextmanager
def noting(database: Database, noted: Callable[[str, Any], Any]) -> Iterator[list[Any]]:
    """What `noted` makes of each statement and its values that the block runs."""
    found: list[Any] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        found.append(noted(statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def tables_of(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names())
