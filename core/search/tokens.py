"""The one place that says into which tokens a value falls, and into which pieces what somebody types.

A token is the beginning of what may be typed: whoever looks for `zs` asks for every token from `zs` on. So a Chinese
text gives a piece of up to three characters from each of its characters on, which finds one, two and three characters
alike; a word gives itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, groupby, islice

from core.search.models import LONGEST
from core.search.readings import readings

TEXT, NAME, CODE, NUMBER, PHONE = "text", "name", "code", "number", "phone"
STYLES = (TEXT, NAME, CODE, NUMBER, PHONE)
"""How a field is looked for: by pieces and words; by these and by pinyin, surname first; as a code by its parts; as a
number by its beginning and its end; as a telephone, whole or by its last four digits."""

VERSION = 1  # counted up when tokens change, so that all are made anew
PIECE = 3
MOST_TOKENS = 400
LAST, LAST_FEW = 8, 4
SEPARATORS = " -_/.#()"
HAN, LETTERS, DIGITS = "han", "letters", "digits"
_SEVERAL_PHONES = re.compile(r"[,;/、，；]")  # zh-ok: what stands between numbers
_NO_DIGITS = re.compile(r"[^0-9]")


def normal(text: str) -> str:
    """A text as it is compared: full-width forms as plain ones, and in small letters."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The runs of one kind in a normal text: (HAN, LETTERS or DIGITS, the run); what is between is left out."""
    for kind, characters in groupby(text, _kind):
        if kind:
            yield kind, "".join(characters)


def words(text: str) -> list[str]:
    """Letters and digits that stand together, without characters of Chinese."""
    return ["".join(each) for is_word, each in groupby(text, _is_of_word) if is_word]


def plain(text: str) -> str:
    """A code or number without what people put between its parts, in small letters."""
    return "".join(each for each in text.lower() if each not in SEPARATORS)


def tokens_of(style: str, value: str) -> set[str]:
    """The tokens of a value, each at most LONGEST characters long."""
    found = {each[:LONGEST] for each in _BY_STYLE[style](value)}
    return found - {""}


def pinyin_of(value: str) -> set[str]:
    """The tokens by which a name is found when only Latin letters are typed."""
    han = "".join(run for kind, run in runs(normal(value)) if kind == HAN)
    if not han:
        return set()
    initials, syllables = readings(han)
    return {each[:LONGEST] for each in (*initials, *syllables)}


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Lo":
        return HAN
    return LETTERS if category[0] in "LM" else DIGITS if category[0] == "N" else ""


def _is_of_word(character: str) -> bool:
    return _kind(character) in (LETTERS, DIGITS)


def _text(value: str) -> Iterator[str]:
    text = normal(value)
    yield from islice(chain(_pieces(text), words(text), _numbers_in_words(text)), MOST_TOKENS)


def _pieces(text: str) -> Iterator[str]:
    for kind, run in runs(text):
        if kind == HAN:
            yield from (run[start : start + PIECE] for start in range(len(run)))


def _numbers_in_words(text: str) -> Iterator[str]:
    """What begins inside a word where letters and digits meet: 17 of b17."""
    for word in words(text):
        rest = word
        for _kind_of, run in list(runs(word))[:-1]:
            rest = rest[len(run) :]
            yield rest


def _code(value: str) -> Iterator[str]:
    yield from _number(value)
    yield from _text(value)


def _number(value: str) -> Iterator[str]:
    """Whole, its end, and its end without the zeros in front. `core.search.numbers` says the same in SQL."""
    whole = plain(value)
    yield whole
    yield whole[-LAST:]
    yield whole[-LAST_FEW:]
    yield whole[-LAST:].lstrip("0")


def _phone(value: str) -> Iterator[str]:
    for number in _SEVERAL_PHONES.split(normal(value)):
        parts = [_NO_DIGITS.sub("", each) for each in number.split("-")]
        digits = "".join(parts)
        yield digits
        yield digits[-LAST_FEW:]
        if digits.startswith("86") and len(digits) > 11:
            yield digits[2:]
        if len(parts) == 2:  # after the area code
            yield parts[1]


_BY_STYLE: Mapping[str, Callable[[str], Iterator[str]]] = {
    TEXT: _text,
    NAME: _text,
    CODE: _code,
    NUMBER: _number,
    PHONE: _phone,
}
