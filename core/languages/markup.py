"""Finds words in templates that were written straight into the page instead of being translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from core.languages.extract import Place, source_files

_TEMPLATE_CODE = re.compile(
    r"\{#.*?#\}|\{%-?\s*trans\b.*?endtrans\s*-?%\}|\{%.*?%\}|\{\{.*?\}\}|&\w+;", re.DOTALL
)
_SPOKEN_ATTRIBUTES = {"alt", "aria-label", "aria-description", "label", "placeholder", "title"}
_SILENT_ELEMENTS = {"script", "style", "code", "svg"}
_WORD = re.compile(r"[A-Za-z]{2,}")
_ALLOWED_LINE = re.compile(r"en-ok:\s*\w")


def untranslated_words(folder: Path) -> Iterator[tuple[Place, str]]:
    """English words that stand bare in the *.html files below `folder`, in text or in a spoken attribute.

    A line with the comment `en-ok: REASON` is let through, for names that are the same in every language.
    """
    for file in source_files(folder, ".html"):
        source = file.read_text(encoding="utf-8")
        lines = source.splitlines()
        finder = _Words()
        finder.feed(_TEMPLATE_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), source))
        finder.close()
        for line, text in finder.found:
            if not _ALLOWED_LINE.search(lines[line - 1]):
                yield Place(file.relative_to(folder).as_posix(), line), text


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag in _SILENT_ELEMENTS:
            self._silent.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in _SPOKEN_ATTRIBUTES and _WORD.search(value or ""):
                self.found.append((self.getpos()[0], f"{name}={value}"))

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        first = self.getpos()[0]
        for offset, line in enumerate(data.splitlines()):
            if _WORD.search(line):
                self.found.append((first + offset, line.strip()))
