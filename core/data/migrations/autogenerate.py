"""Writes the next revision of an owner from what its models say and its migrations do not do yet."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import MigrationScript
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from core.data.base import Base
from core.data.errors import SetupError
from core.data.migrations.connections import migration_engine
from core.data.migrations.owners import Owner, owner_of_table
from core.data.migrations.runner import migrate

TYPES_MODULE = "core.data.types"
TEMPLATE = '''"""{message}"""

from __future__ import annotations

{imports}

revision = "{revision}"
down_revision = {down_revision}


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{downgrade}
'''


def make_revision(owners: Sequence[Owner], owner_id: str, message: str) -> Path:
    """Write the next revision of one owner and answer its file. All models must have been imported.

    `owners` are all that its tables may point to, in their order, itself included. The scratch database is
    SQLite; read the file before using it. Raises SetupError when the models say nothing new.
    """
    owner = _owner(owners, owner_id)
    with scratch_connection(owners) as connection:
        wanted = changes(connection, owner, [each.id for each in owners])
        if wanted.upgrade_ops is None or wanted.upgrade_ops.is_empty():
            raise SetupError(f"the models of {owner_id} and its migrations agree; there is nothing to write")
        code = [_code(connection, operations) for operations in (wanted.upgrade_ops, wanted.downgrade_ops)]
    return _write(owner, message, *code)


def changes(connection: Connection, owner: Owner, owner_ids: Sequence[str]) -> MigrationScript:
    """What the models of `owner` have that the migrated database behind `connection` lacks, or has too much."""

    def is_own(item: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
        table = name if kind == "table" else getattr(getattr(item, "table", None), "name", None)
        return owner_of_table(table or "", owner_ids) == owner.id

    options = {
        "include_object": is_own,
        "compare_type": True,
        "compare_server_default": True,
        "version_table": owner.version_table,
        "render_as_batch": True,
        "target_metadata": Base.metadata,
    }
    context = MigrationContext.configure(connection, opts=options)
    return produce_migrations(context, Base.metadata)


@contextmanager
def scratch_connection(owners: Sequence[Owner]) -> Iterator[Connection]:
    """A new SQLite database, migrated as far as the owners' files go; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="zhidu-") as folder:
        url = f"sqlite:///{Path(folder) / 'scratch.sqlite'}"
        migrate(url, owners)
        engine = migration_engine(url)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def differing_tables(connection: Connection, owner: Owner, owner_ids: Sequence[str]) -> list[str]:
    """The owner's tables in which models and migrated database differ."""
    wanted = changes(connection, owner, owner_ids).upgrade_ops
    operations: list[Any] = [] if wanted is None else list(wanted.ops)
    return sorted({each.table_name for each in operations})


def _owner(owners: Sequence[Owner], owner_id: str) -> Owner:
    found = next((each for each in owners if each.id == owner_id), None)
    if found is None:
        raise SetupError(f"{owner_id} is no running plugin; `zhidu plugin list` shows them (or write core)")
    return found


def _code(connection: Connection, operations: Any) -> str:
    context = MigrationContext.configure(connection, opts={"render_as_batch": True})
    code = render_python_code(operations, render_as_batch=True, migration_context=context)
    lines = [line for line in code.splitlines() if not line.strip().startswith("# ###")]
    text = "\n".join(lines).strip("\n")
    return text if text.startswith("    ") else f"    {text}"


def _write(owner: Owner, message: str, upgrade: str, downgrade: str) -> Path:
    owner.versions.mkdir(parents=True, exist_ok=True)
    before = owner.scripts().get_current_head() if owner.has_migrations else None
    revision = f"{owner.id}_{_number(before) + 1:04d}"
    slug = re.sub(r"[^a-z0-9]+", "_", message.lower()).strip("_")[:40].strip("_")
    imports = ["import sqlalchemy as sa", "from alembic import op"]
    if f"{TYPES_MODULE}." in upgrade + downgrade:
        imports += ["", f"import {TYPES_MODULE}"]
    file = owner.versions / f"{revision}_{slug or 'change'}.py"
    text = TEMPLATE.format(
        message=message.rstrip(".").replace('"', "'") + ".",
        imports="\n".join(imports),
        revision=revision,
        down_revision=f'"{before}"' if before else None,
        upgrade=upgrade,
        downgrade=downgrade,
    )
    file.write_text(text, encoding="utf-8")
    return file


def _number(revision: str | None) -> int:
    digits = re.search(r"_(\d+)", revision or "")
    return int(digits.group(1)) if digits else 0
