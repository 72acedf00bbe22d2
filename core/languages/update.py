"""Brings an owner's catalogue up to date with its sources, so that a translator sees what is left to do."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import dataclass

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from core.languages.catalogues import Key, key_of
from core.languages.extract import Extracted, extract_messages
from core.languages.owners import Owner, PoCatalogue, read_catalogue

_HEADER = """\
msgid ""
msgstr ""
"Language: {locale}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms};\\n"

"""


@dataclass(frozen=True)
class Update:
    """What an update changed."""

    added: tuple[Key, ...]
    dropped: tuple[Key, ...]


def update_catalogue(owner: Owner, known: Collection[Key] = frozenset(), locale: str = "zh") -> Update:
    """Add the texts that lack an entry, with an empty translation, and drop those that nobody says any more.

    The order of what stays is kept and new texts follow in the order of the sources, so that a change shows
    only itself. Texts in `known` (the shell's, for a plugin) get no entry. Unchanged files are left alone.
    """
    wanted = extract_messages(owner.sources)
    files = {file: read_catalogue(file, locale) for file in owner.own_files(locale)}
    present = {key_of(message) for catalogue in files.values() for message in catalogue if message.id}
    added = [text for key, text in wanted.items() if key not in present and key not in known]
    files.setdefault(owner.po(locale), PoCatalogue(locale))
    dropped: list[Key] = []
    for file, old in files.items():
        new = added if file == owner.po(locale) else []
        gone = [key_of(message) for message in old if message.id and key_of(message) not in wanted]
        dropped += gone
        if new or gone or any(_lacks_plural(message, wanted) for message in old):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(_written(_renewed(old, wanted, new), old, locale))
    return Update(tuple(text.key for text in added), tuple(dropped))


def _renewed(old: Catalog, wanted: dict[Key, Extracted], added: list[Extracted]) -> Catalog:
    new = Catalog(locale=old.locale, charset="utf-8")
    for message in old:
        if message.id and key_of(message) in wanted:
            _keep(new, message, wanted[key_of(message)])
    for text in added:
        _add(new, text)
    return new


def _lacks_plural(message: Message, wanted: dict[Key, Extracted]) -> bool:
    text = wanted.get(key_of(message))
    return bool(text and text.plural) and not message.pluralizable


def _keep(catalogue: Catalog, message: Message, wanted: Extracted) -> None:
    if wanted.plural and not message.pluralizable:
        strings = (str(message.string or ""), *("",) * (catalogue.num_plurals - 1))
        message.id, message.string = (wanted.text, wanted.plural), strings
    message.locations = []
    catalogue[message.id] = message


def _add(catalogue: Catalog, wanted: Extracted) -> None:
    if wanted.plural:
        empty = ("",) * catalogue.num_plurals
        catalogue.add((wanted.text, wanted.plural), empty, context=wanted.context or None)
    else:
        catalogue.add(wanted.text, "", context=wanted.context or None)


def _written(catalogue: Catalog, old: Catalog, locale: str) -> bytes:
    """The file: a header without dates and tools, which would change with every run, and no line numbers."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    # Babel puts a sample comment on catalogues that have none of their own.
    comment = "" if "PROJECT" in old.header_comment else old.header_comment + "\n"
    header = _HEADER.format(locale=locale, plural_forms=catalogue.plural_forms.rstrip(";"))
    return (comment.lstrip() + header).encode() + body.getvalue().strip(b"\n") + b"\n"
