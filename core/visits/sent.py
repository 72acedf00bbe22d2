"""Reads a visit as a phone sent it. Whatever it says is judged here first; nothing of it is believed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

from werkzeug.datastructures import FileStorage, MultiDict

from core.data import UserError, clock
from core.data.marks import N_
from core.entities.query import MAX_ID
from core.files.kinds import kind_by_name
from core.visits.kinds import CHOICE, FIGURE, NOTE, PHOTO, Entry, Round, Visit

MOST_PHOTOS, LARGEST_PHOTO = 3, 3 * 1024 * 1024
"""Photos at one stop, and bytes of one; phones make them smaller before they are kept."""
LONGEST_VISIT, LONGEST_NOTE, MOST_OF_BASIS = 20_000, 500, 10
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FIGURE = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")
_HALF = re.compile("[\x00\ud800-\udfff]")  # what no database takes as text
_BLOCK = 256 * 1024

UNREADABLE = N_("This visit cannot be read. Open the round again and enter it anew.")
NOT_FILLED = N_("%(label)s is missing. Enter it.")
NOT_A_FIGURE = N_("%(value)s is not a figure.")
TOO_EXACT = N_("%(value)s has too many decimals; write at most %(places)s.")
CHOOSE = N_("Choose one of the options.")
NO_PHOTO = N_("This is not a photo. Take it again.")
PHOTO_TOO_LARGE = N_("This photo is too large. Take it again.")
TOO_MANY_PHOTOS = N_("These are too many photos. Keep at most %(most)s.")
SAY_WHY = N_("Say why the figure is right, or take a photo.")


@dataclass(frozen=True)
class Photo:
    """A photo that came with a visit."""

    name: str
    stream: IO[bytes]


@dataclass(frozen=True)
class Envelope:
    """What a visit is known by, before anything it says is judged: its key, and the digest of all that was sent."""

    key: str
    digest: str
    given: Mapping[str, Any]
    files: Sequence[tuple[str, FileStorage]]


@dataclass(frozen=True)
class Sent:
    """What was sent: the visit, or the reason (`skip`) for which the stop was passed; the branch it belongs to."""

    branch: str
    visit: Visit
    skip: str
    note: str
    photos: Sequence[Photo]


def envelope(text: str, files: MultiDict[str, FileStorage]) -> Envelope:
    """The outside of a visit that came as JSON and files. Raises UserError when it has none."""
    given = _loaded(text)
    key = given.get("key")
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise UserError(UNREADABLE)
    came = list(files.items(multi=True))
    return Envelope(key, _digest(given, came), given, came)


def read(round_: Round, outside: Envelope) -> Sent:
    """The visit and its photos. Raises UserError for what cannot be read or is not filled in."""
    given = outside.given
    photos = _photos(round_, outside.files)
    skip = _one_of(given.get("skip"), round_.skips)
    values = {} if skip else _values(round_, given.get("values"), {name for name, _photo in photos})
    confirmed, reason = given.get("confirmed") is True, _one_of(given.get("reason"), round_.reasons)
    if confirmed and round_.reasons and not reason and not photos:
        raise UserError(SAY_WHY, field="reason")
    visit = Visit(_stop(given), _basis(given), values, _instant(given.get("at")), confirmed, reason)
    notes = (values.get(each.name) for each in round_.entries if each.kind == NOTE)
    note = _text(given.get("note")) if skip else " · ".join(each for each in notes if each)[:LONGEST_NOTE]
    every = [] if skip else [photo for _name, photo in photos]
    return Sent(_text(given.get("branch")), visit, skip, note, every)


def _loaded(text: str) -> dict[str, Any]:
    try:
        given = json.loads(text) if len(text) <= LONGEST_VISIT else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise UserError(UNREADABLE)
    return given


def _stop(given: Mapping[str, Any]) -> int:
    stop = given.get("stop")
    if not isinstance(stop, int) or isinstance(stop, bool) or not 0 < stop <= MAX_ID:
        raise UserError(UNREADABLE)
    return stop


def _basis(given: Mapping[str, Any]) -> dict[str, str]:
    basis = given.get("basis")
    if not isinstance(basis, dict) or len(basis) > MOST_OF_BASIS:
        raise UserError(UNREADABLE)
    return {_text(name): _text(value) for name, value in basis.items()}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_NOTE or _HALF.search(value):
        raise UserError(UNREADABLE)
    return value.strip()


def _instant(value: Any) -> datetime:
    """When the visit was, never after now: a phone's clock may be wrong."""
    try:
        instant = datetime.fromisoformat(_text(value))
    except ValueError:
        raise UserError(UNREADABLE) from None
    if instant.tzinfo is None:
        raise UserError(UNREADABLE)
    return min(instant, clock.now())


def _one_of(value: Any, choices: Sequence[tuple[str, Any]]) -> str:
    code = _text(value)
    if code and code not in {each for each, _label in choices}:
        raise UserError(CHOOSE)
    return code


def _values(round_: Round, given: Any, photographed: set[str]) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise UserError(UNREADABLE)
    found: dict[str, Any] = {}
    for entry in round_.entries:
        value = None if entry.kind == PHOTO else _value(entry, _text(given.get(entry.name)))
        is_there = entry.name in photographed if entry.kind == PHOTO else value not in (None, "")
        if entry.required and not is_there:
            raise UserError(NOT_FILLED, field=entry.name, label=str(entry.label))
        if entry.kind != PHOTO:
            found[entry.name] = value
    return found


def _value(entry: Entry, text: str) -> Any:
    if entry.kind == NOTE or not text:
        return None if entry.kind == FIGURE else text
    if entry.kind == CHOICE:
        return _one_of(text, entry.choices)
    if not _FIGURE.fullmatch(text):
        raise UserError(NOT_A_FIGURE, field=entry.name, value=text)
    if len(text.partition(".")[2].rstrip("0")) > entry.places:
        raise UserError(TOO_EXACT, field=entry.name, value=text, places=entry.places)
    return Decimal(text)


def _photos(round_: Round, files: Sequence[tuple[str, FileStorage]]) -> list[tuple[str, Photo]]:
    names = {entry.name for entry in round_.entries if entry.kind == PHOTO}
    found: list[tuple[str, Photo]] = []
    for name, file in files:
        if name not in names:
            raise UserError(UNREADABLE)
        if not kind_by_name(file.filename or "").media_type.startswith("image/"):
            raise UserError(NO_PHOTO, field=name)
        if len(file.stream.read(LARGEST_PHOTO + 1)) > LARGEST_PHOTO:
            raise UserError(PHOTO_TOO_LARGE, field=name)
        file.stream.seek(0)
        found.append((name, Photo(file.filename or "", file.stream)))
    if len(found) > MOST_PHOTOS:
        raise UserError(TOO_MANY_PHOTOS, most=MOST_PHOTOS)
    return found


def _digest(given: Mapping[str, Any], files: Sequence[tuple[str, FileStorage]]) -> str:
    """What tells a visit that is sent again from another one under the same key."""
    digest = hashlib.sha256(json.dumps(given, sort_keys=True).encode())
    for name, file in files:
        digest.update(name.encode(errors="replace"))
        while block := file.stream.read(_BLOCK):
            digest.update(block)
        file.stream.seek(0)
    return digest.hexdigest()
