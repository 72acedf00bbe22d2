"""What a browser calls itself, in a few words."""

from __future__ import annotations

import re

_PROGRAMS = (
    ("WeChat", re.compile(r"MicroMessenger/(\d+)")),
    ("Edge", re.compile(r"\bEdgA?/(\d+)")),
    ("Firefox", re.compile(r"\b(?:Firefox|FxiOS)/(\d+)")),
    ("Chrome", re.compile(r"\b(?:HeadlessChrome|Chrome|CriOS)/(\d+)")),
    ("Safari", re.compile(r"\bVersion/(\d+)[^ ]* (?:Mobile/\S+ )?Safari/")),
    ("curl", re.compile(r"^curl/(\d+)")),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Windows", "Windows NT"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("macOS", "Mac OS X"),
    ("Android", "Android"),
    ("Linux", "Linux"),
)


def short_name(said: str) -> str:
    """`Chrome 131 · Windows` of a User-Agent header; empty when nothing in it is known."""
    program = next(
        (f"{name} {found[1]}" for name, pattern in _PROGRAMS if (found := pattern.search(said))), ""
    )
    system = next((name for name, word in _SYSTEMS if word in said), "")
    return " · ".join(each for each in (program, system) if each)
