"""English as no one writes it: every text of the catalogues in brackets, with accents and a third longer.

Whatever a page shows without brackets bypasses translation, and what does not fit is too narrow for a longer language.
"""

from __future__ import annotations

import re

from babel.messages.catalog import Message

BEGIN, END = "⟦", "⟧"
_PLAIN = "aceinosuyACEINOSUY"
_ACCENTED = "àçéîñöšúýÀÇÉÎÑÖŠÚÝ"
_ACCENTS = str.maketrans(_PLAIN, _ACCENTED)
# What is not read by people: placeholders, markup, doubled per cent signs.
_KEPT = re.compile(r"(%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|\{\w*\}|<[^<>]*>|&\w+;|%%)")
LONGER = 3
"""One letter more for so many."""


def pseudo(text: str) -> str:
    """A text in the made-up language; its placeholders and its markup stay."""
    parts = _KEPT.split(text)
    told = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
    letters = sum(len(part) for part in parts[::2])
    return f"{BEGIN}{told}{'·' * (letters // LONGER)}{END}"


def pseudo_message(message: Message) -> Message:
    """A catalogue's entry whose translation is the text itself in the made-up language."""
    if isinstance(message.id, str):
        return Message(message.id, pseudo(message.id), context=message.context)
    forms = tuple(pseudo(each) for each in message.id)
    return Message(message.id, forms, context=message.context)
