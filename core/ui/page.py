"""Rendering inside the shell."""

from __future__ import annotations

from typing import Any

from flask import render_template


def render(template: str, **context: Any) -> str:
    """A page inside the shell: `core.shell` adds side bar, branches, languages and the person to every template."""
    return render_template(template, **context)
