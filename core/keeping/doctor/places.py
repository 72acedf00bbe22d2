"""Who may read what lies in ZHIDU_HOME, and how much room there is."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from flask_babel import gettext
from sqlalchemy.engine import make_url

from core.keeping.doctor.findings import FAIL, OK, WARN, Finding, Patient, megabytes, some

SECRETS = ("secret-key", "demo-password")
TOO_LITTLE, LITTLE = 100 * 1024**2, 1024**3  # bytes
_ANYBODY = stat.S_IRWXO
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def access(patient: Patient) -> Iterator[Finding]:
    """Secrets are for their owner alone; data is for nobody outside his group."""
    home = patient.settings.home
    secret = [home / name for name in SECRETS if _allows(home / name, _OTHERS)]
    if secret:
        yield Finding(
            "access",
            FAIL,
            gettext("Other users of this machine can read secrets: %(files)s.", files=some(secret)),
            gettext("Take their rights away (chmod 600), and make the secrets anew."),
        )
    open_home = _allows(home, _ANYBODY)
    data = [each for each in _data(patient) if _allows(each, _ANYBODY)]
    if data and (open_home or any(home not in each.parents for each in data)):
        yield Finding(
            "access",
            WARN,
            gettext("Other users of this machine can read the data: %(files)s.", files=some(data)),
            gettext("Close the folder to them (chmod 700 %(folder)s).", folder=home),
        )
    elif not secret:
        yield Finding("access", OK, gettext("Secrets and data are closed to other users of this machine."))


def disk(patient: Patient) -> Iterator[Finding]:
    """Room for what is added: in ZHIDU_HOME, and where a SQLite database lies."""
    for folder in dict.fromkeys(_folders(patient)):
        used = shutil.disk_usage(folder)
        said = gettext(
            "%(folder)s has %(free)s MB free of %(total)s MB.",
            folder=folder,
            free=megabytes(used.free),
            total=megabytes(used.total),
        )
        if used.free < LITTLE:
            state = FAIL if used.free < TOO_LITTLE else WARN
            yield Finding("disk", state, said, gettext("Make room before it is full."))
        else:
            yield Finding("disk", OK, said)


def _folders(patient: Patient) -> Iterator[Path]:
    yield patient.settings.home
    for each in _database_files(patient):
        if each.parent.is_dir():
            yield each.parent


def _data(patient: Patient) -> Iterator[Path]:
    yield from _database_files(patient)
    yield patient.settings.home / "files"


def _database_files(patient: Patient) -> Iterator[Path]:
    url = make_url(patient.installed.database.url)
    if url.get_backend_name() == "sqlite" and url.database:
        yield Path(url.database)


def _allows(path: Path, whom: int) -> bool:
    try:
        return bool(path.stat().st_mode & whom)
    except OSError:
        return False
