"""Rendering inside the shell."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

LARGEST_PAGE = 10_000


def render(template: str, **context: Any) -> str:
    """A page inside the shell: `core.shell` adds side bar, branches, languages and the person to every template."""
    return render_template(template, **context)


def page_number(name: str = "page") -> int:
    """The number of a page in the address, from 1; anything that is none is the first."""
    text = request.args.get(name, "")
    return min(max(int(text), 1), LARGEST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1
