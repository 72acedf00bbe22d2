"""All catalogues merged into one per locale, read once at start; contradictions are kept and reported."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.support import Translations

from core.languages.locales import SOURCE_LOCALE, SUPPORTED
from core.languages.owners import Owner, PoCatalogue
from core.languages.pseudo import pseudo_message

Key = tuple[str, str]  # context ("" for none) and English text, of a plural the singular


@dataclass(frozen=True)
class Wording:
    """How one owner translates a text; one string for each plural form."""

    owner: Owner
    message: Message

    @property
    def texts(self) -> tuple[str, ...]:
        return texts_of(self.message)


@dataclass(frozen=True)
class Clash:
    """Two owners translate the same text differently; the first one's words are shown."""

    locale: str
    key: Key
    kept: Wording
    refused: Wording

    def __str__(self) -> str:
        context, text = self.key
        where = f" (context {context!r})" if context else ""
        return (
            f"{self.locale}: {text!r}{where} is {self.kept.texts[0]!r} for {self.kept.owner.id} "
            f"and {self.refused.texts[0]!r} for {self.refused.owner.id}: agree, or use pgettext"
        )


def key_of(message: Message) -> Key:
    """What gettext looks a message up by."""
    text = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", text


def texts_of(message: Message) -> tuple[str, ...]:
    """The translations of a message, one for each plural form; empty ones are ''."""
    strings = (message.string,) if isinstance(message.string, str) else message.string
    return tuple(string or "" for string in strings or ("",))


def is_finished(message: Message) -> bool:
    """Translated in every form, and not marked as a guess."""
    return bool(message.id) and not message.fuzzy and all(texts_of(message))


class Catalogues:
    """The merged words of every owner, for every supported locale. Immutable, so threads may share it."""

    def __init__(
        self, owners: Iterable[Owner], locales: Iterable[str] = SUPPORTED, made_up: bool = False
    ) -> None:
        """Read the catalogues of `owners`: libraries first, then the shell, then the plugins in their order.

        An owner that is no library overrules libraries; otherwise the first wording stays, so that installing
        a plugin never changes another's words, and the difference is a clash. `made_up` puts the made-up language
        (`core.languages.pseudo`) in the place of English. SetupError: a broken file.
        """
        ordered = sorted(owners, key=lambda owner: not owner.library)
        self._words: dict[str, dict[Key, Wording]] = {}
        self._translations: dict[str, Translations] = {}
        clashes: list[Clash] = []
        for locale in locales:
            read = tuple((owner, catalogue) for owner in ordered for catalogue in owner.read(locale))
            self._words[locale], self._translations[locale], found = _merged(locale, read)
            clashes.extend(found)
        self.clashes = tuple(clashes)
        if made_up:
            known = [each.message for words in self._words.values() for each in words.values()]
            self._translations[SOURCE_LOCALE] = _written(SOURCE_LOCALE, map(pseudo_message, known))

    def translations(self, locale: str) -> Translations:
        """What gettext asks in `locale`; a text without an entry stays English. KeyError: no such locale."""
        return self._translations[locale]

    def keys(self, locale: str) -> frozenset[Key]:
        """Every text that has a finished translation in `locale`."""
        return frozenset(self._words[locale])

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that were loaded."""
        return tuple(self._translations)


class _Merging:
    """The words of one locale while owner after owner is added."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.words: dict[Key, Wording] = {}
        self.clashes: dict[tuple[Key, str], Clash] = {}

    def add(self, owner: Owner, catalogue: Catalog) -> None:
        for message in catalogue:
            if is_finished(message):
                self._add_one(key_of(message), Wording(owner, message))

    def _add_one(self, key: Key, new: Wording) -> None:
        old = self.words.get(key)
        if old is None or self._may_overrule(new.owner, old.owner):
            self.words[key] = new
            # A contradiction between libraries is settled by whoever overrules them.
            for settled in [each for each in self.clashes if each[0] == key]:
                del self.clashes[settled]
        elif old.texts[0] != new.texts[0]:
            self.clashes[key, new.owner.id] = Clash(self.locale, key, old, new)
        elif new.message.pluralizable and not old.message.pluralizable:
            self.words[key] = new  # the plural entry answers the singular question too

    @staticmethod
    def _may_overrule(new: Owner, old: Owner) -> bool:
        return old.library and new.id == "core"


@lru_cache(maxsize=8)
def _merged(
    locale: str, read: tuple[tuple[Owner, PoCatalogue], ...]
) -> tuple[dict[Key, Wording], Translations, tuple[Clash, ...]]:
    """Words, gettext's form of them and contradictions. What did not change is merged once a process: see `Owner`."""
    merging = _Merging(locale)
    for owner, catalogue in read:
        merging.add(owner, catalogue)
    return merging.words, _compiled(locale, merging.words), tuple(merging.clashes.values())


def _compiled(locale: str, words: dict[Key, Wording]) -> Translations:
    """gettext's own machine form, in memory: its look-up, plural rule and contexts without .mo files."""
    return _written(locale, (each.message for each in words.values()))


def _written(locale: str, messages: Iterable[Message]) -> Translations:
    merged = Catalog(locale=locale, charset="utf-8")
    for message in messages:
        merged.add(message.id, message.string, context=message.context)
    stream = io.BytesIO()
    write_mo(stream, merged)
    stream.seek(0)
    return Translations(stream, domain="zhidu")
