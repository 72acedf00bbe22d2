"""Rendering inside the shell."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request

LARGEST_PAGE = 10_000
ONE_PART = "zhidu_one_part"
"""Kept for the request: neither side bar nor top bar is drawn, so nothing is worked out for them."""


def render(template: str, **context: Any) -> str:
    """A page inside the shell: `core.shell` adds side bar, branches, languages and the person to every template."""
    return render_template(template, **context)


def render_listed(template: str, **context: Any) -> str:
    """A page with a list: whole, or its title and its block `listed` alone where the page is open already and htmx
    exchanges the part with the id `list`."""
    if request.headers.get("HX-Request") != "true" or request.headers.get("HX-Target") != "list":
        return render_template(template, **context)
    setattr(g, ONE_PART, True)
    return render_template(template, around="part.html", **context)


def page_number(name: str = "page") -> int:
    """The number of a page in the address, from 1; anything that is none is the first."""
    text = request.args.get(name, "")
    return min(max(int(text), 1), LARGEST_PAGE) if text.isascii() and text.isdigit() and len(text) < 8 else 1
