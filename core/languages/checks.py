"""Everything that must hold for an owner's texts, so that no reader meets a word of the other language."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from core.languages.catalogues import Key, key_of, texts_of
from core.languages.extract import Extracted, extract_messages
from core.languages.locales import SOURCE_LOCALE
from core.languages.markup import untranslated_words
from core.languages.owners import Owner, read_catalogue
from core.languages.placeholders import difference, is_anonymous
from core.languages.sources import CHINESE, built_texts, stray_chinese


@dataclass(frozen=True)
class Problem:
    """One thing to mend: `kind` names the check, `place` the file and line or the catalogue."""

    kind: str
    place: str
    text: str
    advice: str

    def __str__(self) -> str:
        return f"{self.place}: {self.text!r} {self.advice} [{self.kind}]"


def check_owner(owner: Owner, known: Collection[Key] = frozenset(), locale: str = "zh") -> list[Problem]:
    """Everything wrong with an owner's source files and its catalogues of `locale`."""
    return [*check_sources(owner.sources), *check_catalogue(owner, known, locale)]


def check_sources(folder: Path) -> list[Problem]:
    """Texts that no catalogue can translate, and Chinese outside of one."""
    problems = [
        Problem(
            "built-text",
            str(place),
            text,
            "is put together inside a translation call: use %(name)s and parameters",
        )
        for place, text in built_texts(folder)
    ]
    problems += [
        Problem(
            "stray-chinese",
            str(place),
            text,
            "is Chinese: translate it, or say why it stays with `zh-ok: REASON`",
        )
        for place, text in stray_chinese(folder)
    ]
    problems += [
        Problem(
            "bare-english", str(place), text, "stands bare: put it in _(), or say why with `en-ok: REASON`"
        )
        for place, text in untranslated_words(folder)
    ]
    for message in extract_messages(folder).values():
        problems += _check_english(message)
    return problems


def check_catalogue(owner: Owner, known: Collection[Key] = frozenset(), locale: str = "zh") -> list[Problem]:
    """Where the owner's catalogues of `locale` do not fit its sources.

    Texts in `known` (those that the shell translates, for a plugin) need no entry of their own. English needs
    no catalogue; where there is one, it is checked. SetupError: the file cannot be read.
    """
    wanted = extract_messages(owner.sources)
    problems: list[Problem] = []
    entries: set[Key] = set()
    for file in owner.own_files(locale):
        catalogue = read_catalogue(file, locale)
        messages = [message for message in catalogue if message.id]
        twice = [*catalogue.duplicates, *(message for message in messages if key_of(message) in entries)]
        problems += [_problem("duplicate", file, message, "stands twice: remove one") for message in twice]
        for message in messages:
            problems += _check_entry(file, message, wanted.get(key_of(message)))
        entries.update(map(key_of, messages))
    if locale != SOURCE_LOCALE:
        advice = f"has no entry in {owner.po(locale).name}: add it"
        lacking = [text for key, text in wanted.items() if key not in entries and key not in known]
        problems += [Problem("missing", str(text.places[0]), text.text, advice) for text in lacking]
    return problems


def _check_english(message: Extracted) -> Iterator[Problem]:
    forms = [message.text, message.plural or ""]
    if any(CHINESE.search(form) for form in forms):
        yield Problem(
            "chinese-id",
            str(message.places[0]),
            message.text,
            "is Chinese: write English here, Chinese in the catalogue",
        )
    if any(is_anonymous(form) for form in forms):
        yield Problem(
            "anonymous", str(message.places[0]), message.text, "has a nameless placeholder: write %(name)s"
        )


def _check_entry(file: Path, message: Message, wanted: Extracted | None) -> Iterator[Problem]:
    if wanted is None:
        yield _problem("obsolete", file, message, "is said nowhere any more: remove it")
        return
    if message.fuzzy:
        yield _problem("fuzzy", file, message, "is marked as a guess: check it and remove the mark")
    if wanted.plural and not message.pluralizable:
        yield _problem("missing", file, message, "has no plural form: add msgid_plural")
    originals = [message.id] if isinstance(message.id, str) else list(message.id)
    for text in texts_of(message):
        if not text:
            yield _problem("missing", file, message, "is not translated: translate it")
        elif wrong := difference(originals, text):
            yield _problem(
                "placeholder", file, message, f"is translated with a wrong placeholder: it {wrong}"
            )


def _problem(kind: str, file: Path, message: Message, advice: str) -> Problem:
    return Problem(kind, f"{file.name}:{message.lineno}", key_of(message)[1], advice)
