"""Pieces of pages that are drawn by a macro once and used again: what is made of the same things is the same.

A piece is kept under everything that its macro is given, the language among it, so it cannot outlive a change of
rights, words or names: what is given anew is drawn anew. Whatever else a macro reads from the request must be given to
it, or stand in a place that is filled in at each use; the token of its forms is such a place by itself.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from flask import Flask, current_app, g, has_request_context, request
from flask_babel import get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from core.ui.form_token import FIELD

MOST = 3_000
"""Pieces that a process keeps; those that were not used for longest go."""
KEPT_IN = "zhidu_drawn"
OF_FORMS = "token"
_MARK = secrets.token_hex(8)
"""Nobody who enters data can know it, so no value is taken for a place."""
_PLACE = re.compile(rf"{_MARK}x([a-z0-9_]+)x{_MARK}")
_ABSENT = object()
_LANGUAGE = "zhidu_drawn_language"


class Keyed(list[Any]):
    """A list that nobody changes any more, so that its items need not be looked through: it is known as itself, or by
    the key of those that are alike."""

    def __init__(self, items: Sequence[Any], key: Hashable = None) -> None:
        super().__init__(items)
        self.key = object() if key is None else key


class Drawn:
    """A piece with places."""

    def __init__(self, text: str) -> None:
        parts = _PLACE.split(text)
        self.places = frozenset(parts[1::2])
        self.format = "".join(
            f"%({part})s" if number % 2 else part.replace("%", "%%") for number, part in enumerate(parts)
        )
        """For `%`, with texts that are escaped already."""

    def filled(self, values: Mapping[str, Any]) -> Markup:
        """The piece with a value in every place, escaped unless it is markup."""
        known = {name: str(escape(value)) for name, value in values.items()}
        if OF_FORMS in self.places:
            known[OF_FORMS] = str(escape(current_app.jinja_env.globals["csrf_token"]()))  # type: ignore[operator]
        return Markup(self.format % known)  # noqa: S704 - a macro's own output, its places filled with what is escaped


def init_app(app: Flask) -> None:
    """Keep pieces for an application, and let its templates ask for them: `drawn(template, macro, ...)`."""
    app.extensions[KEPT_IN] = OrderedDict()
    app.jinja_env.globals["drawn"] = drawn


def place(name: str) -> Markup:
    """What is given to a macro in the place of a value that is filled in later.

    It stays as it is in a text, in an attribute and in an address; what is filled in has to be quoted for an address.
    """
    return Markup(f"{_MARK}x{name}x{_MARK}")  # noqa: S704 - letters and digits


def drawn(template: str, macro: str, *given: Any, **places: Any) -> Markup:
    """What a macro makes of `given`; `places` are arguments that are filled in each time."""
    return piece(template, macro, frozen(given), lambda: given, tuple(places)).filled(places)


def piece(
    template: str,
    macro: str,
    key: Hashable,
    given: Callable[[], Sequence[Any]],
    places: Sequence[str] = (),
) -> Drawn:
    """The piece that a macro draws of what is `given`, which is asked for only when nothing is kept under `key`.

    `key` holds all that is given, but for the language and the address under which the program runs; with None nothing
    is kept. `places` are names of further arguments.
    """
    known: OrderedDict[Hashable, Drawn] = current_app.extensions[KEPT_IN]
    root = request.script_root if has_request_context() else ""
    whole = (template, macro, _language(), root, key, places)
    found = known.get(whole) if key is not None else None
    if found is None:
        found = _made(template, macro, given(), places)
        if key is not None and not current_app.jinja_env.auto_reload:
            known[whole] = found
            while len(known) > MOST:
                known.popitem(last=False)
    elif len(known) > MOST // 2:
        _keep_longer(known, whole)
    return found


def frozen(value: Any) -> Hashable:
    """What a value is known by; its type counts, as markup is shown otherwise than an equal text.

    Raises TypeError for what may change while it is kept.
    """
    if isinstance(value, Keyed):
        return Keyed, value.key
    if isinstance(value, Mapping):
        return tuple((name, frozen(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(frozen(each) for each in value)
    kind = value.__class__
    if kind is str or value is None:
        return value  # type: ignore[no-any-return]
    if kind in (int, bool, float):
        return kind, value
    if isinstance(value, str | LazyString):
        return kind, str(value)
    raise TypeError(f"a piece cannot be known by a {kind.__name__}; give its macro plain values")


def _language() -> str:
    """The language of the page; asked dozens of times, worked out when it changes."""
    locale = get_locale()
    known: tuple[Any, str] | None = g.get(_LANGUAGE) if has_request_context() else None
    if known is None or known[0] is not locale:
        known = (locale, str(locale))
        if has_request_context():
            setattr(g, _LANGUAGE, known)
    return known[1]


def _keep_longer(known: OrderedDict[Hashable, Drawn], key: Hashable) -> None:
    try:
        known.move_to_end(key)
    except KeyError:  # another thread let it go
        return


def _made(template: str, macro: str, given: Sequence[Any], places: Sequence[str]) -> Drawn:
    """Draw it, with places for its values and for the token of the forms in it."""
    module: Any = current_app.jinja_env.get_template(template).module
    before = g.get(FIELD, _ABSENT)
    setattr(g, FIELD, place(OF_FORMS))
    try:
        return Drawn(getattr(module, macro)(*given, **{name: place(name) for name in places}))
    finally:
        if before is _ABSENT:
            g.pop(FIELD)
        else:
            setattr(g, FIELD, before)
