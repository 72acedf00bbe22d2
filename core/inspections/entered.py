"""Reads the form of a round: the fields `verdict:`, `remark:`, `person:` and the files `photo:`, each with an item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from werkzeug.datastructures import FileStorage, MultiDict

from core.data import UserError
from core.inspections.service import NOBODY, Judged

VERDICT, REMARK, PERSON, PHOTO = "verdict:", "remark:", "person:", "photo:"
MOST_PHOTOS = 20
_LONGEST_NUMBER = 10


def judged(form: Mapping[str, str], names: Iterable[str]) -> dict[str, Judged]:
    """What was entered of the items of these names; only what the form has is written."""
    return {name: _judged(form, name) for name in names if _is_named(form, name)}


def _is_named(form: Mapping[str, str], name: str) -> bool:
    return any(f"{part}{name}" in form for part in (VERDICT, REMARK, PERSON))


def _judged(form: Mapping[str, str], name: str) -> Judged:
    person = form.get(f"{PERSON}{name}")
    return Judged(
        verdict=form.get(f"{VERDICT}{name}", ""),
        remark=form.get(f"{REMARK}{name}"),
        responsible_id=_number(person, name) if person else None,
        names_somebody=person is not None,
    )


def _number(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < _LONGEST_NUMBER):
        raise UserError(NOBODY, field=name)
    return int(text)


def photos(sent: MultiDict[str, FileStorage], names: Iterable[str]) -> Iterator[tuple[str, FileStorage]]:
    """The photos with the name of their item."""
    known = set(names)
    found = (
        (field.removeprefix(PHOTO), each)
        for field, each in sent.items(multi=True)
        if field.startswith(PHOTO) and each.filename
    )
    for count, (name, each) in enumerate(found):
        if name in known and count < MOST_PHOTOS:
            yield name, each
