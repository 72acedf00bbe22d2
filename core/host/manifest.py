"""What a plugin says of itself in `manifest.toml`, read without importing any of its code."""

from __future__ import annotations

import keyword
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

from core.data.errors import SetupError

FILE = "manifest.toml"
LONGEST_ID = 40
ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# Beginnings of tables and addresses that belong to the core and its frameworks.
TAKEN_IDS = frozenset(
    {"ab", "alembic", "api", "assets", "core", "dbos", "healthz", "lang", "login", "logout", "pg", "plugins"}
    | {"readyz", "rules", "sqlite", "static", "test", "tests", "x", "zhidu"}
)
KEYS = frozenset({"id", "version", "title", "summary", "requires", "order"})


class ManifestError(SetupError):
    """A manifest that cannot be used; the text names file, key, expected type and a hint."""


@dataclass(frozen=True)
class Title:
    """A text in both languages, for the time before any catalogue is read."""

    en: str
    zh: str

    def of(self, locale: str) -> str:
        return self.zh if locale.startswith("zh") else self.en


@dataclass(frozen=True)
class Requirement:
    """Another plugin (or `core`) that has to be there, in one of these versions."""

    plugin: str
    versions: SpecifierSet

    def __str__(self) -> str:
        return f"{self.plugin} {self.versions}".strip()


@dataclass(frozen=True)
class Manifest:
    """A plugin's name card. `package` is what Python imports it as; `folder` is where its files are."""

    id: str
    version: str
    title: Title
    package: str
    folder: Path
    summary: Title | None = None
    requires: tuple[Requirement, ...] = ()
    order: int = 50


def read_manifest(folder: Path, package: str) -> Manifest:
    """The manifest in `folder`. Raises ManifestError."""
    return _Reader(folder / FILE).manifest(package)


def nameless(folder: Path, package: str) -> Manifest:
    """Stands in for a manifest that cannot be read, so that the broken plugin can still be listed."""
    return Manifest(folder.name, "?", Title(folder.name, folder.name), package, folder)


def problem_with_id(name: str) -> str | None:
    """Why `name` cannot be the id of a plugin, or None."""
    if not ID.fullmatch(name) or len(name) > LONGEST_ID:
        return f"use up to {LONGEST_ID} lowercase letters, digits and single underscores, a letter first"
    if keyword.iskeyword(name) or keyword.issoftkeyword(name):
        return "it is a word of the Python language; choose another"
    if name in TAKEN_IDS:
        return "the core uses this name; choose another"
    return None


class _Reader:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.data = self._load()

    def manifest(self, package: str) -> Manifest:
        for key in self.data:
            if key not in KEYS:
                raise self._error(key, f"is not known; the keys are {', '.join(sorted(KEYS))}")
        return Manifest(
            id=self._id(),
            version=self._version(),
            title=self._title("title", self._required("title")),
            summary=self._title("summary", self.data["summary"]) if "summary" in self.data else None,
            requires=self._requires(),
            order=self._typed("order", self.data.get("order", 50), int, "a whole number", "order = 50"),
            package=package,
            folder=self.file.parent,
        )

    def _load(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ManifestError(
                f"{self.file} is missing; `zhidu plugin new` shows what belongs there"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise ManifestError(f"{self.file} cannot be read: {error}") from None
        except tomllib.TOMLDecodeError as error:
            raise ManifestError(f"{self.file} is not TOML: {error}") from None

    def _id(self) -> str:
        name = self._text("id", self._required("id"), f'id = "{self.file.parent.name}"')
        problem = problem_with_id(name)
        if problem:
            raise self._error("id", f"is {name!r}; {problem}")
        return name

    def _version(self) -> str:
        text = self._text("version", self._required("version"), 'version = "1.0.0"')
        try:
            Version(text)
        except InvalidVersion:
            raise self._error("version", f'is {text!r}; write a version such as version = "1.0.0"') from None
        return text

    def _title(self, key: str, value: Any) -> Title:
        table = self._typed(key, value, dict, "a table", f'[{key}] with en = "..." and zh = "..."')
        for language in table:
            if language not in ("en", "zh"):
                raise self._error(f"{key}.{language}", "is not known; the languages are en and zh")
        texts = {}
        for language in ("en", "zh"):
            texts[language] = self._text(f"{key}.{language}", table.get(language, ""), f'{language} = "..."')
        return Title(**texts)

    def _requires(self) -> tuple[Requirement, ...]:
        hint = '[requires] with lines such as gas = ">=1.0"'
        table = self._typed("requires", self.data.get("requires", {}), dict, "a table", hint)
        return tuple(self._requirement(name, versions) for name, versions in table.items())

    def _requirement(self, name: str, versions: Any) -> Requirement:
        key = f"requires.{name}"
        text = self._typed(key, versions, str, "a text", f'{name} = ">=1.0"')
        try:
            return Requirement(name, SpecifierSet(text))
        except InvalidSpecifier:
            raise self._error(key, f'is {text!r}; write versions such as ">=1.0,<2", or "" for any') from None

    def _required(self, key: str) -> Any:
        if key not in self.data:
            raise self._error(key, "is missing; every plugin needs it")
        return self.data[key]

    def _text(self, key: str, value: Any, hint: str) -> str:
        text: str = self._typed(key, value, str, "a text", hint)
        if not text.strip():
            raise self._error(key, f"is empty; write {hint}")
        return text

    def _typed(self, key: str, value: Any, kind: type[Any], expected: str, hint: str) -> Any:
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self._error(key, f"is {type(value).__name__}, expected {expected}; write {hint}")
        return value

    def _error(self, key: str, text: str) -> ManifestError:
        return ManifestError(f"{self.file}: {key} {text}")
