"""`zhidu restore`: a backup becomes an installation that had nothing, whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from core.branches import protection
from core.commands.setup import migrated
from core.data.database import Database, normalised
from core.data.errors import SetupError
from core.data.migrations import Owner, one_at_a_time
from core.data.migrations.connections import check_foreign_keys, migration_engine, reached
from core.data.migrations.runner import move
from core.host import Host, load_host
from core.jobs import storage
from core.keeping.archive import Backup
from core.keeping.backup import FOLDER_OF_FILES
from core.keeping.loading import clear, load, without_keys
from core.keeping.manifest import Manifest, TableSum
from core.keeping.numbers import set_numbers
from core.keeping.reading import see_all, sum_of
from core.keeping.shapes import Found, Shape, find_tables, revisions
from core.keeping.surroundings import secret_key_in
from core.settings import Settings


@dataclass(frozen=True)
class Restored:
    """What was done: the manifest without the parts left out, and the names of migrations that ran afterwards."""

    manifest: Manifest
    without: tuple[str, ...] = ()
    later: list[str] = field(default_factory=list)
    key_restored: bool = False


def restore(settings: Settings, file: Path, without: Sequence[str] = ()) -> Restored:
    """Fill the empty installation of `settings` with the backup `file`; `without` names plugins to leave out.

    Everything is checked before anything is touched. Raises SetupError; the installation is empty then as it was
    (its tables may have been made).
    """
    backup = Backup(file)
    try:
        manifest = _chosen(backup.manifest, without)
        host = load_host(settings)
        _check_parts(manifest, host.owners)
        backup.check()
        _require_no_files(settings.home)
        _fill(settings, host, backup, manifest)
        key_restored = _restore_key(settings, backup)
    finally:
        backup.close()
    later: list[str] = []
    migrated(settings, lambda step: later.append(step.revision))
    return Restored(manifest, tuple(without), later, key_restored)


# ---------------------------------------------------------------- before anything is touched


def _chosen(manifest: Manifest, without: Sequence[str]) -> Manifest:
    known = {each.id for each in manifest.parts}
    for each in without:
        if each == "core" or each not in known:
            raise SetupError(f"{each} is no plugin of this backup; it holds {', '.join(sorted(known))}")
    return replace(
        manifest,
        parts=[each for each in manifest.parts if each.id not in without],
        tables=[each for each in manifest.tables if each.owner not in without],
    )


def _check_parts(manifest: Manifest, owners: Sequence[Owner]) -> None:
    running = {each.id: each for each in owners}
    for part in manifest.parts:
        owner = running.get(part.id)
        if owner is None or not owner.has_migrations:
            raise SetupError(
                f"the backup holds data of {part.id} {part.version}".rstrip()
                + ", which does not run here; install it, "
                f"or leave its data out with --without {part.id}"
            )
        known = {each.revision for each in owner.kept_scripts().walk_revisions()}
        if part.revision not in known:
            raise SetupError(
                f"the backup is newer than this program ({part.id} at {part.revision}); "
                "install the version that made it"
            )


def _require_no_files(home: Path) -> None:
    folder = home / FOLDER_OF_FILES
    if folder.is_dir() and any(each.is_file() for each in folder.rglob("*")):
        raise SetupError(
            f"{folder} holds files already; restore into an empty ZHIDU_HOME, or move them away first"
        )


def _require_empty(connection: Connection) -> None:
    names = {each.name for each in find_tables(connection).shapes}
    for table, what in (("core_branch", "branches"), ("ab_user", "people")):
        if table in names and connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first():  # noqa: S608
            raise SetupError(
                f"the database holds {what} already; restore into an empty one, which ZHIDU_DATABASE_URL names"
            )


def _require_no_runs(settings: Settings) -> None:
    """The job engine's books of another past would speak of the restored jobs."""
    database = Database(settings.owner_url)
    try:
        if storage.holds_runs(database):
            place = storage.system_file(database) if database.is_sqlite else f"the schema {storage.SCHEMA}"
            raise SetupError(f"the job engine still has runs of before; remove {place} first, then restore")
    finally:
        database.dispose()


# ---------------------------------------------------------------- the tables


def _fill(settings: Settings, host: Host, backup: Backup, manifest: Manifest) -> None:
    url = normalised(settings.owner_url)
    with one_at_a_time(url):
        engine = migration_engine(url)
        try:
            with reached(engine) as connection:
                _require_empty(connection)
                _require_no_runs(settings)
                connection.rollback()
                # Rows come in any order; all foreign keys are looked at together below, and `migrated` puts these up.
                protection.take_down_triggers(connection)
                connection.commit()
                _bring_to(connection, host.owners, manifest.revisions)
                with _files_beside(settings.home, backup) as settle:
                    _load(connection, backup, manifest)
                    check_foreign_keys(connection)
                    settle()
                    connection.commit()
        except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:  # a row, or a whole block of them
            raise SetupError(
                f"the database refused the backup: {_first_line(error)}; nothing was kept"
            ) from None
        finally:
            engine.dispose()


def _bring_to(connection: Connection, owners: Sequence[Owner], wanted: dict[str, str]) -> None:
    """Give the tables the shape that they had when the backup was made; they are empty."""
    standing = revisions(connection)
    connection.rollback()
    for owner in owners:
        at, to = standing.get(owner.id), wanted.get(owner.id)
        if to is None or at == to:
            continue
        ordered = [each.revision for each in owner.kept_scripts().walk_revisions()]  # the newest first
        up = at is None or (at in ordered and ordered.index(to) < ordered.index(at))
        move(connection, owner, to, up=up)


def _load(connection: Connection, backup: Backup, manifest: Manifest) -> None:
    see_all(connection)
    found = find_tables(connection, manifest.revisions)
    shapes = _matching(found, manifest)
    sums = {each.name: each for each in manifest.tables}
    with without_keys(connection, found.circles):
        clear(connection, found.shapes)
        for shape in shapes:
            table = sums[shape.name]
            names = [name for name, _kind in table.columns]
            load(connection, shape, names, backup.lines(table.member, table.sha256))
    for shape in shapes:
        if sum_of(connection, _as_written(shape, sums[shape.name])) != sums[shape.name].sum:
            raise SetupError(f"the rows of {shape.name} did not come out as they went in; nothing was kept")
    last = {each.name: each.last for each in manifest.tables if each.last is not None}
    set_numbers(connection, shapes, last)


def _matching(found: Found, manifest: Manifest) -> tuple[Shape, ...]:
    """The tables to fill, in their order. Raises SetupError when the database has other tables or columns."""
    shapes = {each.name: each for each in found.shapes}
    for table in manifest.tables:
        shape = shapes.get(table.name)
        if shape is None or {each.name for each in shape.columns} != {name for name, _kind in table.columns}:
            raise SetupError(
                f"the table {table.name} of the backup and that of this program differ; "
                "restore with the version that made the backup, then upgrade"
            )
    names = {each.name for each in manifest.tables}
    return tuple(each for each in found.shapes if each.name in names)


def _as_written(shape: Shape, table: TableSum) -> Shape:
    """The shape with its columns in the backup's order."""
    columns = {each.name: each for each in shape.columns}
    return replace(shape, columns=tuple(columns[name] for name, _kind in table.columns))


# ---------------------------------------------------------------- files and the key


@contextmanager
def _files_beside(home: Path, backup: Backup) -> Iterator[Any]:
    """Unpack the files beside their place; the function given moves them there, and an error takes them away."""
    aside, place = home / f".{FOLDER_OF_FILES}-{secrets.token_hex(6)}", home / FOLDER_OF_FILES
    settled = False

    def settle() -> None:
        nonlocal settled
        if aside.exists():
            if place.exists():
                shutil.rmtree(place)  # nothing but empty folders
            aside.rename(place)
            settled = True

    try:
        for kept in backup.files():
            target = aside / kept.path
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
            with target.open("xb") as out:
                for block in backup.blocks(kept):
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
        yield settle
    except BaseException:
        with suppress(OSError):
            shutil.rmtree(place if settled else aside)
        raise


def _restore_key(settings: Settings, backup: Backup) -> bool:
    """Put the key that signs sessions and tokens in its place; not where the environment gives one."""
    key = secret_key_in(backup.secrets())
    if key is None or os.environ.get("ZHIDU_SECRET_KEY"):
        return False
    aside = settings.home / f".secret-key-{secrets.token_hex(6)}"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(key + "\n")
    aside.replace(settings.home / "secret-key")
    return True


def _first_line(error: Exception) -> str:
    return (str(getattr(error, "orig", error)).strip().splitlines() or [type(error).__name__])[0]
