"""An office with the real application and an entity of its own, whose sheets and files tests try out."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import force_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

import core.host.host
import databases
import run_folder
from core.app import create_app
from core.branches import Branch, BranchOwned, branch_scope, system_scope
from core.data import Base, Money, Quantity, UserError, clock
from core.entities.searching import declare_all
from core.entities.spec import Entity, Field
from core.exchange.kinds import Column, Finding, ImportKind, Row
from core.exchange.registry import kind_of
from core.exchange.service import check_upload
from core.installation import EXTENSION, Installation
from core.people.doors import sessions
from core.people.doors.models import BROWSER
from core.people.models import Appointment
from core.people.positions import Position, grant
from core.people.service import add_person
from core.settings import CHECKOUT, Settings

ITEM, GROUP = "core.sample_item", "core.sample_group"
COLUMNS = (
    "number",
    "name",
    "group_id",
    "state",
    "price",
    "volume",
    "count",
    "opened_on",
    "checked_at",
    "urgent",
    "note",
)
"""The columns of a sheet of sample items."""
KEEPER, READER = "core.sample_keeper", "core.sample_reader"
_numbers = itertools.count(1)


class SampleGroup(BranchOwned, Base):
    __tablename__ = "sample_group"
    __table_args__ = (UniqueConstraint("branch_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))


class SampleItem(BranchOwned, Base):
    __tablename__ = "sample_item"
    __table_args__ = (UniqueConstraint("branch_id", "number"),)

    number: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("sample_group.id"))
    state: Mapped[str] = mapped_column(String(10), default="open")
    price: Mapped[Decimal | None] = mapped_column(Money)
    volume: Mapped[Decimal | None] = mapped_column(Quantity)
    count: Mapped[int | None]
    opened_on: Mapped[date | None]
    checked_at: Mapped[datetime | None]
    urgent: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
    made_on: Mapped[date] = mapped_column(default=clock.today)


def check_item(item: SampleItem) -> None:
    if item.name == "crash":
        raise RuntimeError("a fault of the program")
    if item.name == "refused" and item.state == "open":
        raise UserError("Fill in this field.", field="name")


def entities() -> list[Entity]:
    group = Entity(
        id=GROUP,
        model=SampleGroup,
        label=_("Branch"),
        label_plural=_("Branches"),
        title="name",
        fields=(Field("code", _("Code")), Field("name", _("Name in Chinese"))),
        list_columns=("code",),
        natural_key=("code",),
    )
    item = Entity(
        id=ITEM,
        model=SampleItem,
        label=_("Plugin"),
        label_plural=_("Plugins"),
        title="number",
        fields=(
            Field(
                "number",
                _("User name"),
                pattern=r"^[0-9A-Z-]+$",
                help=_("Lower-case letters, digits and hyphens."),
            ),
            Field("name", _("File")),
            Field("group_id", _("Branch"), target=GROUP),
            Field("state", _("State"), choices=(("open", _("Checked")), ("shut", _("Accepted")))),
            Field("price", "Price"),
            Field("volume", "Volume", unit="m3"),
            Field("count", "Count"),
            Field("opened_on", "Opened on"),
            Field("checked_at", "Checked at"),
            Field("urgent", "Urgent"),
            Field("note", "Note"),
            Field("made_on", "Made on", readonly=True),
        ),
        list_columns=("number", "name"),
        search=("number", "name"),
        order=("number",),
        rights=("see", "add", "edit", "export", "import"),
        files=True,
        importable=True,
        natural_key=("number",),
        check=check_item,
    )
    return [group, item]


def positions() -> list[Position]:
    return [
        Position(KEEPER, "Keeper", (grant(ITEM, "see", "edit", "export", "import", clause="test"),)),
        Position(READER, "Reader", (grant(ITEM, "see", clause="test"),)),
    ]


@dataclass
class Office:
    """The application over one database."""

    app: Flask
    installed: Installation

    def branch(self) -> int:
        """A new, empty branch."""
        with self.installed.database.sessions() as session, system_scope("a test makes a branch"):
            branch = Branch(code=f"b{next(_numbers)}", name_zh="一分公司", name_en="One")
            session.add(branch)
            session.commit()
            return branch.id

    @contextmanager
    def session(self, branch_id: int, locale: str = "en") -> Iterator[Session]:
        """A session in a branch, inside the application, that the test commits."""
        sessions = self.installed.database.sessions
        with self.app.app_context(), branch_scope(branch_id), force_locale(locale), sessions() as session:
            yield session

    def checked(self, branch_id: int, data: bytes, kind: Any = None, **params: str) -> int:
        """Upload a sheet, commit, answer its id."""
        with self.session(branch_id) as session:
            sheet = check_upload(session, kind or kind_of(ITEM), io.BytesIO(data), "sheet.xlsx", params, None)
            session.commit()
            return sheet.id

    def items(self, branch_id: int) -> list[SampleItem]:
        with self.session(branch_id) as session:
            return list(session.scalars(select(SampleItem).order_by(SampleItem.number)))

    def count(self, model: type[Any], branch_id: int) -> int:
        with self.session(branch_id) as session:
            return int(session.scalar(select(func.count()).select_from(model)) or 0)

    def add(self, branch_id: int, *records: Any) -> list[int]:
        with self.session(branch_id) as session:
            session.add_all(records)
            session.commit()
            return [record.id for record in records]

    def client(self, branch_id: int, position: str = KEEPER) -> FlaskClient:
        """Somebody of a position in a branch, logged in."""
        name = f"p{next(_numbers)}"
        with self.installed.database.sessions() as session, system_scope("a test makes a person"):
            person = add_person(session, name, name, "", hashed="none")
            session.add(
                Appointment(
                    user_id=person.id, branch_id=branch_id, position=position, valid_from=date(2020, 1, 1)
                )
            )
            secret = sessions.begin(session, person.id, BROWSER, "127.0.0.1", "")
            session.commit()
        client = self.app.test_client()
        client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        with client.session_transaction() as cookie:
            cookie[sessions.COOKIE_KEY] = secret
        return client


class Doubting:
    """A kind that doubts what is named "odd" and refuses "bad"; what it doubts and refuses may change."""

    def __init__(self) -> None:
        self.refused = {"bad"}
        self.doubted = {"odd": "Is it?"}
        self.broken = False

    def kind(self) -> ImportKind:
        return ImportKind(
            "sample.doubting",
            "Doubting",
            ITEM,
            "import",
            columns=lambda: [Column("number", "Number", required=True), Column("name", "Name")],
            check=self.check,
            store=self.store,
        )

    def check(self, session: Any, rows: list[Row], params: dict[str, str]) -> None:
        for row in rows:
            row.values = {"number": row.cells["number"]}
            if row.cells["name"] in self.refused:
                row.findings.append(Finding("Fill in this column.", column="name"))
            if row.cells["name"] in self.doubted:
                row.findings.append(Finding(self.doubted[row.cells["name"]], level="warning"))

    def store(self, session: Any, rows: list[Row], params: dict[str, str], user_id: int | None) -> int:
        session.add_all([SampleItem(number=row.values["number"], name="x", urgent=False) for row in rows])
        if self.broken:
            raise RuntimeError("the store fails")
        return len(rows)


@contextmanager
def opened(backend: str, folder: Path) -> Iterator[Office]:
    """An office in an empty database of its own."""
    with pytest.MonkeyPatch.context() as patch, databases.empty(backend, folder) as url:
        made = make(url, folder / "home", patch)
        yield made
        made.installed.database.dispose()


def make(url: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The application without plugins, its tables made, and the sample entities registered."""
    monkeypatch.setattr(core.host.host, "find_plugins", lambda *_: [])
    home.mkdir(exist_ok=True)
    settings = Settings(8080, url, home, "secret", CHECKOUT / "node_modules", cache=run_folder.cache())
    app = create_app(settings)
    installed: Installation = app.extensions[EXTENSION]
    installed.entities.update({each.id: each for each in entities()})
    declare_all(entities())
    installed.positions.update({each.id: each for each in positions()})
    databases.make_tables(url)
    return Office(app, installed)


def post(client: FlaskClient, url: str, page: str, **data: Any) -> Any:
    """Post a form with the token of `page`, as a browser does."""
    text = client.get(page).get_data(as_text=True)
    match = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', text)
    assert match, f"{page} has no form: {text[:500]}"
    return client.post(url, data={**data, "csrf_token": match[1]}, content_type="multipart/form-data")


def xlsx(*rows: Sequence[Any]) -> bytes:
    """A workbook as a spreadsheet program saves it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(at, column, value, day)
                elif value is not None:
                    sheet.write(at, column, value)
    return out.getvalue()
