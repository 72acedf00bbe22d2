"""How a Chinese name is read: its syllables and their first letters, in every reading that people may have in mind."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice, product
from typing import Any

from core.search.surnames import COMPOUND, READINGS

MOST_CHARACTERS = 12
MOST_READINGS = 8
_BLANKS: Any = lambda unknown: [""] * len(unknown)  # noqa: E731 - the library says less of its parameter than it takes


@lru_cache(maxsize=65_536)
def readings(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(first letters, syllables run together) of a name of Chinese characters, surname first; without tones.

    Every reading of the surname counts, and of the other characters every first letter; at most MOST_READINGS each.
    """
    name = name[:MOST_CHARACTERS]
    usual = _usual(name)
    if not any(usual):
        return (), ()
    compound = COMPOUND.get(name[:2])
    if compound:
        heads, rest = [compound, tuple(usual[:2])], usual[2:]
        others = name[2:]
    else:
        heads, rest = [(each,) for each in _of_surname(name[0], usual[0])], usual[1:]
        others = name[1:]
    full = {"".join((*head, *rest)): None for head in heads}
    full.update({each.replace("v", "yu"): None for each in full if "v" in each})
    first = {"".join(_first(each) for each in head): None for head in heads}
    letters = [_letters(*pair) for pair in zip(others, rest, strict=True)]
    initials = {"".join((head, *each)): None for each in product(*letters) for head in first}
    return tuple(islice(filter(None, initials), MOST_READINGS)), tuple(islice(full, MOST_READINGS))


def _usual(name: str) -> list[str]:
    """One syllable a character, as the words around it have it; empty for a character that no dictionary knows."""
    from pypinyin import (
        lazy_pinyin,
    )  # its dictionaries take their time, which a command that needs none does not give

    found = lazy_pinyin(name, errors=_BLANKS)
    return [each.lower() for each in found]


def _of_surname(character: str, usual: str) -> list[str]:
    """The readings of a name's first character: as a surname, as usual, and all others."""
    return list(dict.fromkeys((*READINGS.get(character, ()), usual, *_all(character))))


@lru_cache(maxsize=16_384)
def _all(character: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors=_BLANKS)
    return tuple(found[0]) if found else ()


def _letters(character: str, usual: str) -> list[str]:
    return list(dict.fromkeys(_first(each) for each in (usual, *_all(character))))


def _first(syllable: str) -> str:
    return syllable[:1]
