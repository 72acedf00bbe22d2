"""Makes the name that an upload came with fit to be kept and shown."""

from __future__ import annotations

import unicodedata

LONGEST_NAME = 120
_NOT_IN_NAMES = '<>:"|?*'


def clean_name(name: str) -> str:
    """The last part of a path, without control and direction signs, characters that systems refuse, and outer dots.

    At most LONGEST_NAME characters; the extension is kept. A name of which nothing is left becomes "file".
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    shown = "".join(letter for letter in last if _is_shown(letter))
    stem, dot, extension = " ".join(shown.split()).rstrip(". ").rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = stem.strip(". ") or "file"
    ending = f".{extension}"[:LONGEST_NAME] if extension else ""
    return stem[: LONGEST_NAME - len(ending)] + ending


def _is_shown(letter: str) -> bool:
    # Cc and Cf are control and format characters; the latter can turn "exe.pdf" around.
    return letter not in _NOT_IN_NAMES and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co")
