"""Who owns which tables and revisions: the core, or one plugin. Names carry the owner's id in front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError

from core.data.errors import SetupError

CORE = "core"
FRAMEWORK_PREFIX = "ab_"  # Flask-AppBuilder ships no migrations; its tables are made by the core's


@dataclass(frozen=True)
class Owner:
    """An owner of tables. `folder` holds its `migrations/versions/`, missing when it has no tables."""

    id: str
    folder: Path

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    @property
    def versions(self) -> Path:
        return self.migrations / "versions"

    @property
    def version_table(self) -> str:
        """One for each owner, so that a plugin that was taken away leaves the others alone."""
        return f"alembic_version_{self.id}"

    @property
    def table_prefixes(self) -> tuple[str, ...]:
        return (f"{self.id}_", FRAMEWORK_PREFIX) if self.id == CORE else (f"{self.id}_",)

    @property
    def has_migrations(self) -> bool:
        return any(self.versions.glob("*.py"))

    def scripts(self) -> ScriptDirectory:
        """The revisions, read from the folder now.

        Raises SetupError for files that cannot be read, ids without the owner's prefix, and more than one
        head.
        """
        directory = ScriptDirectory(str(self.migrations), version_locations=[str(self.versions)])
        try:
            revisions = [each.revision for each in directory.walk_revisions()]
            heads = directory.get_heads()
        except (CommandError, SyntaxError, ImportError, KeyError) as error:
            raise SetupError(
                f"the migrations in {self.versions} cannot be read: {_first_line(error)}"
            ) from error
        for revision in revisions:
            if not revision.startswith(f"{self.id}_"):
                raise SetupError(
                    f"revision {revision} in {self.versions} does not start with {self.id}_; "
                    f"rename it to {self.id}_{revision}"
                )
        if len(heads) > 1:
            raise SetupError(
                f"the migrations in {self.versions} end in {len(heads)} heads ({', '.join(sorted(heads))}); "
                "let one follow the other by its down_revision"
            )
        return directory

    def kept_scripts(self) -> ScriptDirectory:
        """The same, read once in a process: for servers, which are asked often."""
        return _kept_scripts(self)


@cache
def _kept_scripts(owner: Owner) -> ScriptDirectory:
    return owner.scripts()


def owner_of_table(table: str, ids: Iterable[str]) -> str | None:
    """The id of the owner of `table`, or None. Of the prefixes `gas_` and `gas_lab_` the longer counts."""
    if table.startswith(FRAMEWORK_PREFIX):
        return CORE
    fitting = [each for each in ids if table.startswith(f"{each}_")]
    return max(fitting, key=len, default=None)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
