"""An installation that is backed up, restored and looked over: the example company with files of its own."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import MetaData, create_engine, select, text

import run_folder
from company import NODE_MODULES
from core.app import create_app
from core.branches import Branch, branch_scope, system_scope
from core.data.database import Database, normalised
from core.files import service
from core.files.models import StoredFile
from core.installation import EXTENSION
from core.settings import Settings

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
SEEN = "SELECT set_config('zhidu.system', 'on', false)"
NOT_DATA = ("alembic_version_", "dbos_", "datasource_")


def revisions_of(plugin: str) -> list[str]:
    """The revisions of a plugin's migrations, first to last."""
    names = (each.stem for each in (PLUGINS / plugin / "migrations" / "versions").glob(f"{plugin}_*.py"))
    return ["_".join(each.split("_")[:2]) for each in sorted(names)]


def settings_of(url: str, home: Path, **changes: Any) -> Settings:
    home.mkdir(parents=True, exist_ok=True)
    return Settings(
        8080, url, home, secrets.token_hex(16), NODE_MODULES, **{"cache": run_folder.cache(), **changes}
    )


@dataclass
class Installed:
    """A running application over a database, for tests that write into it."""

    app: Flask
    settings: Settings

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions[EXTENSION].database
        return found

    def branch(self, code: str = "gas-east") -> int:
        with system_scope("a test looks"), self.database.sessions() as session:
            return session.scalars(select(Branch.id).where(Branch.code == code)).one()

    def keep(self, data: bytes, name: str = "a.txt") -> StoredFile:
        """Store a file with the first record, in a transaction of its own."""
        with self.app.app_context(), branch_scope(self.branch()), self.database.sessions() as session:
            session.expire_on_commit = False
            stored = service.store(session, "gas.account", 1, io.BytesIO(data), name)
            session.commit()
            return stored

    def path_of(self, stored: StoredFile) -> Path:
        return self.settings.home / "files" / stored.stored_as


@contextmanager
def installed(url: str, home: Path) -> Iterator[Installed]:
    settings = settings_of(url, home)
    made = Installed(create_app(settings), settings)
    yield made
    made.database.dispose()


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as SQLAlchemy reads it: not by the code that is tested."""
    engine = create_engine(normalised(url))
    found = {}
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(SEEN))
        metadata = MetaData()
        metadata.reflect(connection)
        for name, table in metadata.tables.items():
            if not name.startswith(NOT_DATA):
                rows = [dict(row) for row in connection.execute(select(table)).mappings()]
                found[name] = sorted(rows, key=lambda row: json.dumps(row, default=str, sort_keys=True))
    engine.dispose()
    return found


def rewritten(
    backup: Path,
    target: Path,
    change: Callable[[str, bytes], bytes | None] = lambda _name, data: data,
    **more: bytes,
) -> Path:
    """A copy of an archive in which `change` altered members (None: left out), and `more` were put in."""
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
        for name, data in more.items():
            new.writestr(name.replace("__", "/"), data)
    return target


def forged(backup: Path, target: Path, table: str, change: Callable[[list[Any]], None]) -> Path:
    """A copy whose rows of one table were altered, with the manifest put right: only the database can refuse it."""
    member, manifest = f"tables/{table}.jsonl", {}
    with zipfile.ZipFile(backup) as old:
        manifest = json.loads(old.read("manifest.json"))
        rows = [json.loads(line) for line in old.read(member).splitlines()]
    change(rows)
    data = b"".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for row in rows
    )
    entry = next(each for each in manifest["tables"] if each["name"] == table)
    entry.update(rows=len(rows), sha256=hashlib.sha256(data).hexdigest())
    changed = {member: data, "manifest.json": json.dumps(manifest).encode()}
    return rewritten(backup, target, lambda name, old: changed.get(name, old))
