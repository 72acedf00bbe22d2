"""Owners with migrations that a test writes; run as a program, brings them up as one of several processes."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from core.data.migrations import Owner, migrate

REVISION = """\
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}


def upgrade():
    {up}


def downgrade():
    {down}
"""


def table(name: str, *columns: str) -> tuple[str, str]:
    """The way up and down of a revision that makes one table."""
    wanted = ", ".join(["sa.Column('id', sa.Integer, primary_key=True)", *columns])
    return f"op.create_table('{name}', {wanted})", f"op.drop_table('{name}')"


def write(folder: Path, owner: str, *revisions: tuple[str, str]) -> Owner:
    """An owner whose revisions, numbered from 1, go up and down as told."""
    made = Owner(owner, folder / owner)
    made.versions.mkdir(parents=True, exist_ok=True)
    before = None
    for number, (up, down) in enumerate(revisions, start=1):
        revision = f"{owner}_{number:04d}"
        text = REVISION.format(revision=revision, before=before, up=up, down=down)
        (made.versions / f"{revision}.py").write_text(text, encoding="utf-8")
        before = revision
    return made


def main(url: str, go: Path, *folders: str) -> None:
    """Wait until the file `go` is there, migrate, and name the revisions that this process applied."""
    owners = [Owner(Path(folder).name, Path(folder)) for folder in folders]
    print("waiting", flush=True)  # noqa: T201
    while not go.exists():
        time.sleep(0.01)
    for step in migrate(url, owners):
        print(step.revision, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
