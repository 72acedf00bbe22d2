"""Pieces that are drawn once: known by what they are made of, filled in without letting anything through."""

from __future__ import annotations

import pytest
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader
from markupsafe import Markup

from core.ui import drawn as pieces
from core.ui.drawn import Keyed, drawn, frozen, piece, place
from core.ui.form_token import form_token

MACROS = """
{% macro told(text, where="") %}<p title="{{ where }}">{{ text }} 100% {{ _("Saved.") }}</p>{% endmacro %}
{% macro form() %}<input value="{{ csrf_token() }}">{% endmacro %}
"""


@pytest.fixture
def app(face: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    loader = ChoiceLoader([DictLoader({"told.html": MACROS}), face.jinja_env.loader])
    monkeypatch.setattr(face.jinja_env, "loader", loader)
    monkeypatch.setitem(face.jinja_env.globals, "csrf_token", form_token)
    face.jinja_env.cache.clear()
    face.extensions[pieces.KEPT_IN].clear()
    return face


def kept(app: Flask) -> int:
    return len(app.extensions[pieces.KEPT_IN])


def test_it_is_drawn_once_for_what_it_is_made_of_and_each_language(app: Flask):
    for language, word in (("en", "Saved."), ("zh", "已保存。"), ("en", "Saved.")):
        with app.test_request_context(headers={"Accept-Language": language}):
            assert drawn("told.html", "told", "a") == f'<p title="">a 100% {word}</p>'
    assert kept(app) == 2
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert "b 100%" in drawn("told.html", "told", "b")
    assert kept(app) == 3


def test_what_fills_a_place_is_escaped_and_kept_nowhere(app: Flask):
    with app.test_request_context():
        for where in ('"><script>', "%(where)s %s %", str(place("where"))):
            shown = drawn("told.html", "told", "a", where=where)
            assert "<script>" not in shown
            assert shown.startswith(f'<p title="{Markup.escape(where)}">')
    assert kept(app) == 1


def test_markup_and_an_equal_text_are_two_things(app: Flask):
    with app.test_request_context():
        assert "<b>" in drawn("told.html", "told", Markup("<b>"))
        assert "<b>" not in drawn("told.html", "told", "<b>")
        assert ">1 100%" in drawn("told.html", "told", 1)
        assert ">True 100%" in drawn("told.html", "told", True)


def test_each_session_gets_its_own_token(app: Flask):
    shown = []
    for _ in range(2):
        with app.test_request_context():
            shown.append(drawn("told.html", "form"))
            assert shown[-1] == f'<input value="{form_token()}">'
    assert shown[0] != shown[1]
    assert kept(app) == 1


def test_what_may_change_is_refused(app: Flask):
    with pytest.raises(TypeError, match="plain values"):
        frozen({"record": object()})
    assert frozen(Keyed([object()])) != frozen(Keyed([object()]))
    assert frozen(Keyed([1], "a")) == frozen(Keyed([2], "a"))


def test_no_more_is_kept_than_agreed_and_what_is_used_stays(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pieces, "MOST", 4)
    with app.test_request_context():
        for text in "abcdefg":
            drawn("told.html", "told", text)
            drawn("told.html", "told", "a")
        assert kept(app) == 4
        made = []
        piece("told.html", "told", ("a",), lambda: made.append(1) or ["a"])
        assert not made


def test_nothing_is_kept_without_a_key(app: Flask):
    with app.test_request_context():
        assert "a 100%" in piece("told.html", "told", None, lambda: ["a"]).filled({})
    assert kept(app) == 0
