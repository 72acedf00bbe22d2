"""`zhidu backup`: the rows of one moment, the files that they name and the settings, in one archive."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from core import VERSION
from core.data import clock
from core.data.errors import SetupError
from core.data.migrations import one_at_a_time
from core.files.models import StoredFile
from core.host import Host, load_host
from core.keeping import archive
from core.keeping.archive import KeptFile, blocks_of, new_file, write_member
from core.keeping.manifest import Manifest, Part, TableSum
from core.keeping.numbers import last_numbers
from core.keeping.reading import lines, snapshot
from core.keeping.shapes import Found, Shape, find_tables, revisions
from core.keeping.surroundings import secrets_of, settings_in_clear
from core.settings import Settings

FOLDER_OF_FILES = "files"


@dataclass(frozen=True)
class Written:
    """A backup that was made: its manifest, size in bytes and the SHA-256 of the whole archive."""

    file: Path
    manifest: Manifest
    size: int
    sha256: str


def back_up(settings: Settings, target: Path, with_secrets: bool = False) -> Written:
    """Write a backup to `target`, which must not exist. The program may run and write meanwhile.

    Raises SetupError; then `target` does not exist.
    """
    host = load_host(settings)
    with new_file(target) as part:
        with ExitStack() as held:
            # Migrations wait: the shape of the tables has to be that of the moment, too.
            held.enter_context(one_at_a_time(settings.owner_url))
            connection = held.enter_context(snapshot(settings.owner_url))
            packed = held.enter_context(zipfile.ZipFile(part, "w", allowZip64=True))
            manifest = _write(packed, connection, settings, host, with_secrets)
        with part.open("rb") as done:
            sha256 = hashlib.file_digest(done, "sha256").hexdigest()
        size = part.stat().st_size
    return Written(target, manifest, size, sha256)


def _write(
    packed: zipfile.ZipFile, connection: Connection, settings: Settings, host: Host, with_secrets: bool
) -> Manifest:
    found = find_tables(connection, [each.id for each in host.owners])
    if not any(each.name == "core_branch" for each in found.shapes):
        raise SetupError("the database holds no tables of this program yet; run `zhidu migrate`")
    last = last_numbers(connection)
    manifest = Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        database=connection.dialect.name,
        program=VERSION,
        parts=_parts(connection, host),
        tables=[_table(packed, connection, shape, last.get(shape.name)) for shape in found.shapes],
        files=_files(packed, connection, settings.home / FOLDER_OF_FILES, found),
        settings=_settings(packed, settings, with_secrets),
        left_out=list(found.others),
    )
    write_member(packed, archive.MANIFEST, [manifest.text().encode()])
    return manifest


def _parts(connection: Connection, host: Host) -> list[Part]:
    versions = {"core": VERSION, **{each.id: each.manifest.version for each in host.installed}}
    return [Part(owner, versions.get(owner, ""), at) for owner, at in revisions(connection).items()]


def _table(packed: zipfile.ZipFile, connection: Connection, shape: Shape, last: int | None) -> TableSum:
    rows = 0

    def counted() -> Iterator[bytes]:
        nonlocal rows
        for line in lines(connection, shape):
            rows += 1
            yield line

    columns = [[each.name, each.kind] for each in shape.columns]
    name = TableSum(shape.name, shape.owner, columns, 0, "").member
    sha256 = write_member(packed, name, counted())
    return TableSum(shape.name, shape.owner, columns, rows, sha256, last)


def _files(packed: zipfile.ZipFile, connection: Connection, folder: Path, found: Found) -> dict[str, Any]:
    """The files that the snapshot's rows name. They never change and are never removed, so they still are there."""
    kept, missing = [], []
    for path in _named_files(connection, found):
        try:
            kept.append(_file(packed, folder, path))
        except FileNotFoundError:
            missing.append(path)
    lines_ = (json.dumps(asdict(each)).encode() + b"\n" for each in kept)
    sha256 = write_member(packed, archive.FILES, lines_)
    total = sum(each.size for each in kept)
    return {"count": len(kept), "bytes": total, "sha256": sha256, "missing": missing}


def _named_files(connection: Connection, found: Found) -> list[str]:
    if not any(each.name == StoredFile.__tablename__ for each in found.shapes):
        return []
    named = connection.scalars(select(StoredFile.__table__.c.stored_as).order_by(StoredFile.__table__.c.id))
    return [each for each in named if archive.is_inside(each)]


def _file(packed: zipfile.ZipFile, folder: Path, path: str) -> KeptFile:
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for block in blocks_of(stream):
            size += len(block)
            yield block

    with (folder / path).open("rb") as stream:
        sha256 = write_member(packed, KeptFile(path, 0, "").member, counted(), packed=False)
    return KeptFile(path, size, sha256)


def _settings(packed: zipfile.ZipFile, settings: Settings, with_secrets: bool) -> dict[str, Any]:
    shown = {"environment": settings_in_clear(), "home": str(settings.home)}
    found: dict[str, Any] = {"secrets": with_secrets}
    found["sha256"] = write_member(packed, archive.SETTINGS, [_json(shown)])
    if with_secrets:
        found["secrets_sha256"] = write_member(packed, archive.SECRETS, [_json(secrets_of(settings))])
    return found


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
