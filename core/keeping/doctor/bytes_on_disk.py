"""Uploaded files against the rows that name them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from flask_babel import gettext
from sqlalchemy import select

from core.files.models import StoredFile
from core.keeping.doctor.findings import FAIL, OK, WARN, Finding, Patient, megabytes, some

FOLDER = "files"
LEFT_BEHIND = 3600
"""Seconds after which a file without a row is no upload in progress any more, but what a killed one left."""


def files(patient: Patient) -> Iterator[Finding]:
    """Rows without their file, files of another size, and files that no row names."""
    folder = patient.settings.home / FOLDER
    # First the disk, then the rows: what is committed meanwhile has its row then, and is no orphan.
    lying = _lying(folder)
    rows = {
        row.stored_as: row.size
        for row in patient.session.execute(select(StoredFile.stored_as, StoredFile.size))
    }
    missing = sorted(each for each in rows if each not in lying and not (folder / each).is_file())
    if missing:
        yield Finding(
            "files",
            FAIL,
            gettext("Files are missing: %(files)s.", files=some(missing)),
            gettext("Take them out of the last backup (files/... in the archive)."),
        )
    torn = sorted(each for each, size in rows.items() if each in lying and lying[each][0] != size)
    if torn:
        yield Finding(
            "files",
            FAIL,
            gettext("Files have another size than their rows say: %(files)s.", files=some(torn)),
            gettext("Take them out of the last backup (files/... in the archive)."),
        )
    yield from _orphans(patient, folder, [each for each in lying if each not in rows], lying)
    if not missing and not torn:
        yield Finding("files", OK, gettext("%(count)s uploaded files are all there.", count=len(rows)))


def _lying(folder: Path) -> dict[str, tuple[int, float]]:
    """Size and age in seconds of every file below the folder."""
    found: dict[str, tuple[int, float]] = {}
    now = time.time()
    for path in folder.rglob("*") if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # an upload that was given up meanwhile
            if path.is_file() and not path.is_symlink():
                known = path.stat()
                found[path.relative_to(folder).as_posix()] = (known.st_size, now - known.st_mtime)
    return found


def _orphans(
    patient: Patient, folder: Path, without_row: list[str], lying: dict[str, tuple[int, float]]
) -> Iterator[Finding]:
    old = [each for each in without_row if lying[each][1] > LEFT_BEHIND]
    halves = [each for each in patient.settings.home.glob(f".{FOLDER}-*") if _is_old(each)]
    if not old and not halves:
        return
    size = megabytes(sum(lying[each][0] for each in old))
    count = len(old) + len(halves)
    if not patient.mend:
        yield Finding(
            "files",
            WARN,
            gettext("%(count)s files (%(size)s MB) belong to no record.", count=count, size=size),
            gettext("A killed upload left them; zhidu doctor --mend removes them."),
        )
        return
    for name in old:
        (folder / name).unlink(missing_ok=True)
    for half in halves:
        shutil.rmtree(half)
    yield Finding(
        "files",
        OK,
        gettext(
            "%(count)s files (%(size)s MB) that belonged to no record were removed.", count=count, size=size
        ),
    )


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > LEFT_BEHIND
