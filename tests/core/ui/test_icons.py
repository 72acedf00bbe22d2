"""Icons: drawn inline, passed over by screen readers, never the cause of a broken page."""

from __future__ import annotations

import re

from core.ui import TEMPLATES, icons

NAMED = re.compile(r"icon\(\"([a-z0-9-]+)\"|picture=\"([a-z0-9-]+)\"|\"icon\": \"([a-z0-9-]+)\"")


def test_an_icon_is_drawn_and_hidden_from_screen_readers(face):
    with face.test_request_context():
        drawn = icons.icon("home", "icon-s")
    assert drawn.startswith('<svg class="icon icon-s"')
    assert 'aria-hidden="true"' in drawn
    assert "<path" in drawn
    assert "style=" not in drawn


def test_an_unknown_icon_is_an_empty_box(face):
    with face.test_request_context():
        for name in ("no-such-icon", "../home", "", "Home"):
            assert not icons.exists(name)
            assert icons.icon(name).endswith("></svg>")


def test_a_class_is_escaped(face):
    with face.test_request_context():
        assert "<b>" not in icons.icon("home", '"><b>')


def test_every_icon_that_a_template_names_exists(face):
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for found in NAMED.findall(path.read_text("utf-8"))
        for name in found
        if name
    }
    assert len(named) > 30
    with face.test_request_context():
        assert [name for name in sorted(named) if not icons.exists(name)] == []


def test_icons_do_without_packages(bare_face):
    with bare_face.test_request_context():
        assert icons.icon("home").endswith("></svg>")
