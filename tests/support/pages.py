"""Reads rendered pages: what a form holds, what a reader sees, what the content-security policy would refuse."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

SPOKEN = ("alt", "title", "placeholder", "aria-label")  # attributes that are read to people
SILENT = frozenset({"script", "style", "code", "kbd"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’.-]*")


@dataclass
class _Select:
    name: str
    values: list[str] = field(default_factory=list)
    chosen: str | None = None


class Page(HTMLParser):
    """A page taken apart."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.refused: list[str] = []
        self.links: list[str] = []
        self.posts: list[str] = []
        self.entries: dict[str, str] = {}
        self._open: list[tuple[str, dict[str, str]]] = []
        self._select: _Select | None = None
        self._area: str | None = None
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._judge(tag, given)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("form", "button") and (given.get("action") or given.get("formaction")):
            self.posts.append(given.get("formaction") or given["action"])
        self._enter(tag, given)
        if tag not in VOID:
            self._open.append((tag, given))
        self.texts += [given[name] for name in SPOKEN if given.get(name) and not self._is_foreign()]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select" and self._select is not None:
            chosen = self._select.chosen
            first = self._select.values[0] if self._select.values else ""
            self.entries[self._select.name] = first if chosen is None else chosen
            self._select = None
        if tag == "textarea":
            self._area = None
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.entries[self._area] += data.replace("\r\n", "\n")
        if any(tag in SILENT for tag, _ in self._open) or self._is_foreign():
            return
        if data.strip():
            self.texts.append(" ".join(data.split()))

    def _enter(self, tag: str, given: dict[str, str]) -> None:
        """Note what the form of a record or of a round of looking would send."""
        forms = (each.get("class", "").split() for name, each in self._open if name == "form")
        if not any({"form-page", "look"} & {*classes} for classes in forms):
            return
        name = given.get("name", "")
        if tag == "input" and name:
            is_box = given.get("type") in ("checkbox", "radio")
            if not is_box or "checked" in given:
                self.entries[name] = given.get("value", "y" if is_box else "")
        elif tag == "textarea":
            self.entries[name], self._area = "", name
        elif tag == "select":
            self._select = _Select(name)
        elif tag == "option" and self._select is not None:
            self._select.values.append(given.get("value", ""))
            if "selected" in given:
                self._select.chosen = given.get("value", "")

    def _judge(self, tag: str, given: dict[str, str]) -> None:
        if tag == "style" or (tag == "script" and not given.get("src", "").startswith("/")):
            self.refused.append(f"<{tag}> in the page")
        self.refused += [
            f"{tag} {name}={given[name]!r}" for name in given if name == "style" or name.startswith("on")
        ]
        addresses = [given[name] for name in ("src", "href", "action", "formaction") if name in given]
        self.refused += [
            f"{tag} leads to {each}"
            for each in addresses
            if not each.startswith(("/", "#", "?", "data:image/"))
        ]

    def _is_foreign(self) -> bool:
        """Inside an element that is marked as the other language on purpose, such as the language's own name."""
        return any(tag != "html" and "lang" in given for tag, given in self._open)


def most_options(markup: str) -> int:
    """How many choices the longest drop-down of a page offers."""
    return max(each.count("<option") for each in markup.split("<select")[1:])


def told_in(markup: str, place: str) -> str:
    """What the notice in the panel of a page says; empty where there is none."""
    panel = markup.partition(f'id="{place}"')[2].partition("</section>")[0]
    notice = panel.partition('class="notice-here"')[2].partition("</p>")[0]
    return notice.rpartition("<p>")[2]


@functools.lru_cache(maxsize=4)
def read(markup: str) -> Page:
    """A page taken apart once, for several who ask about it one after the other."""
    return Page(markup)


def latin_words(texts: Iterable[str], allowed: set[str]) -> list[str]:
    """Words in Latin letters that a reader of a Chinese page's texts meets, but for those that are `allowed`."""
    return list(dict.fromkeys(word for word in _words(texts) if word not in allowed))


def _words(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from LATIN.findall(text)
