"""Finds the texts that a folder of Python files and templates has translated."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from jinja2.ext import babel_extract

from core.languages.catalogues import Key

_SINGULAR_PLURAL = (1, 2)
_CONTEXT = ((1, "c"), 2)
_CONTEXT_PLURAL = ((1, "c"), 2, 3)
# The calls whose texts are translated, with the places of singular, plural and context. An error's message is
# translated where it is shown.
KEYWORDS: dict[str, Any] = {
    "_": None,
    "_l": None,
    "N_": None,
    "UserError": None,
    "Warned": None,
    "gettext": None,
    "lazy_gettext": None,
    "lazy_ngettext": _SINGULAR_PLURAL,
    "lazy_npgettext": _CONTEXT_PLURAL,
    "lazy_pgettext": _CONTEXT,
    "ngettext": _SINGULAR_PLURAL,
    "npgettext": _CONTEXT_PLURAL,
    "pgettext": _CONTEXT,
}
_ANY_CALL = re.compile(rb"\b(?:" + "|".join(KEYWORDS).encode() + rb")\s*\(|\btrans\b")
_SKIPPED_FOLDERS = {"__pycache__", "node_modules", "translations"}
TEMPLATE_EXTENSIONS = ("jinja2.ext.do", "jinja2.ext.loopcontrols")
_TEMPLATE_OPTIONS = {"silent": "false", "extensions": ",".join(TEMPLATE_EXTENSIONS)}


@dataclass(frozen=True, order=True)
class Place:
    """A line of a file, the file named from the owner's folder."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass
class Extracted:
    """A text to translate and every place that says it; `plural` is None for a text without one."""

    text: str
    plural: str | None
    context: str
    places: list[Place] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.text


def extract_messages(folder: Path) -> dict[Key, Extracted]:
    """Every translated text of the *.py and *.html files below `folder`, in the order of files and lines."""
    found: dict[Key, Extracted] = {}
    for file in source_files(folder, ".py", ".html"):
        for line, texts, context in _texts_of(file):
            new = Extracted(texts[0], texts[1] if len(texts) > 1 else None, context)
            known = found.setdefault(new.key, new)
            known.plural = known.plural or new.plural
            known.places.append(Place(file.relative_to(folder).as_posix(), line))
    return found


def source_files(folder: Path, *suffixes: str) -> Iterator[Path]:
    """The files below `folder` with one of the suffixes, sorted, without caches, packages and catalogues."""
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder).parts[:-1]
        if file.suffix in suffixes and file.is_file() and not _SKIPPED_FOLDERS.intersection(inside):
            yield file


def may_call(source: bytes) -> bool:
    """Whether a source file may have a translated text; most have none, and need not be taken apart."""
    return bool(_ANY_CALL.search(source))


def _texts_of(file: Path) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    stat = file.stat()
    return _read(file, stat.st_mtime_ns, stat.st_size)


@functools.lru_cache(maxsize=4096)
def _read(file: Path, _changed: int, _size: int) -> tuple[tuple[int, tuple[str, ...], str], ...]:
    """The texts of a file as it is now: several checks ask for them."""
    source = file.read_bytes()
    return tuple(_extracted(source, file.suffix)) if may_call(source) else ()


def _extracted(source: bytes, suffix: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    method: str | Callable[..., Iterable[Any]] = "python" if suffix == ".py" else babel_extract
    for line, message, _comments, context in extract(
        method, io.BytesIO(source), KEYWORDS, (), _TEMPLATE_OPTIONS
    ):
        texts = (message,) if isinstance(message, str) else tuple(message)
        if texts[0]:
            yield line, texts, context or ""
