"""Whether an installation holds what a backup holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flask_babel import gettext

from core.data.errors import SetupError
from core.installation import Installation
from core.keeping.archive import Backup, KeptFile
from core.keeping.doctor.findings import FAIL, OK, Finding, some
from core.keeping.manifest import Manifest
from core.keeping.reading import snapshot, sum_of
from core.keeping.shapes import find_tables


def compare(installed: Installation, backup: Backup) -> Iterator[Finding]:
    """Count and checksum of every table, and every file, against the backup's manifest."""
    try:
        tables = _differing_tables(installed, backup.manifest)
    except SetupError as error:
        yield Finding("backup", FAIL, gettext("The backup cannot be compared: %(error)s", error=str(error)))
        return
    folder = installed.settings.home / "files"
    files = [each.path for each in backup.files() if not _is_there(folder / each.path, each)]
    for names, said in (
        (tables, gettext("These tables differ from the backup: %(names)s.", names=some(tables))),
        (files, gettext("These files differ from the backup: %(names)s.", names=some(files))),
    ):
        if names:
            advice = gettext(
                "That is as it should be when work went on since; right after restoring it is not."
            )
            yield Finding("backup", FAIL, said, advice)
    if not tables and not files:
        yield Finding("backup", OK, gettext("Every table and file is as in the backup."))


def _differing_tables(installed: Installation, manifest: Manifest) -> list[str]:
    differing = []
    with snapshot(installed.settings.owner_url) as connection:
        shapes = {each.name: each for each in find_tables(connection, manifest.revisions).shapes}
        for table in manifest.tables:
            shape = shapes.get(table.name)
            columns = {each.name: each for each in shape.columns} if shape else {}
            if shape is None or set(columns) != {name for name, _kind in table.columns}:
                differing.append(table.name)
                continue
            ordered = replace(shape, columns=tuple(columns[name] for name, _kind in table.columns))
            found = sum_of(connection, ordered)
            if found != table.sum:
                differing.append(f"{table.name} ({found.rows} / {table.rows})")
    return differing


def _is_there(path: Path, kept: KeptFile) -> bool:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == kept.sha256
    except OSError:
        return False
