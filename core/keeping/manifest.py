"""What a backup says of itself: `manifest.json`, the last member written and the first one read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = "zhidu-backup"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class Sum:
    """How many rows a table has, and the SHA-256 of its lines."""

    rows: int
    sha256: str


class ManifestError(Exception):
    """The text is no manifest of a version that this program reads; the message says what it is."""


@dataclass(frozen=True)
class Part:
    """The core or a plugin: its version (empty when it was not installed) and the revision of its tables."""

    id: str
    version: str
    revision: str


@dataclass(frozen=True)
class TableSum:
    """A table: `columns` are (name, kind), `sha256` is of its lines, `last` the last id that was given out."""

    name: str
    owner: str
    columns: list[list[str]]
    rows: int
    sha256: str
    last: int | None = None

    @property
    def sum(self) -> Sum:
        return Sum(self.rows, self.sha256)

    @property
    def member(self) -> str:
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class Manifest:
    """All fields are in the documented format; see docs/keeping.md."""

    made_at: str
    database: str
    program: str
    parts: list[Part]
    tables: list[TableSum]
    files: dict[str, Any]
    """`count`, `bytes`, the `sha256` of files.jsonl, and `missing`: files that rows name and that were not there."""
    settings: dict[str, Any]
    """`sha256` of settings.json, and `secrets`: whether secrets are in the archive."""
    left_out: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables)

    @property
    def revisions(self) -> dict[str, str]:
        return {each.id: each.revision for each in self.parts}

    def text(self) -> str:
        """As JSON."""
        known = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        return json.dumps(known, ensure_ascii=False, indent=1) + "\n"


def read_manifest(text: bytes) -> Manifest:
    """Raises ManifestError."""
    try:
        given = json.loads(text)
        if not isinstance(given, dict) or given.pop("format", None) != FORMAT:
            raise ManifestError("it is no backup of Zhidu")
        version = given.pop("format_version", None)
        if version != FORMAT_VERSION:
            raise ManifestError(f"its format is {version} and this program reads {FORMAT_VERSION}")
        given["parts"] = [Part(**each) for each in given["parts"]]
        given["tables"] = [TableSum(**each) for each in given["tables"]]
        return Manifest(**given)
    except (ValueError, TypeError, KeyError) as error:
        raise ManifestError("its manifest cannot be read") from error
