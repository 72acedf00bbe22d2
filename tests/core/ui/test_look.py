"""Colours that can be read, and scripts and styles that ask nobody else."""

from __future__ import annotations

import re

import pytest

from core.ui.assets import STATIC

TOKENS = (STATIC / "tokens.css").read_text("utf-8")
ON_GROUNDS = [
    (ink, ground)
    for ink in ("ink", "ink-2", "ink-3", "link")
    for ground in ("paper", "surface", "sunken", "hover")
]
ON_THEIR_OWN = [
    (f"{tone}-ink", f"{tone}-soft") for tone in ("primary", "success", "warning", "danger", "neutral")
]
ON_SURFACE = [(f"{tone}-ink", "surface") for tone in ("success", "warning", "danger")]
ON_BUTTONS = [
    ("on-primary", "primary"),
    ("on-primary", "primary-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
]
TEXTS = [
    *ON_GROUNDS,
    *ON_THEIR_OWN,
    *ON_SURFACE,
    *ON_BUTTONS,
    ("ink-3", "primary-soft"),
    ("ink", "primary-soft"),
]
EDGES = [("line-strong", "surface"), ("primary", "surface"), ("link", "paper")]


def colours(theme: str) -> dict[str, str]:
    block = re.search(r'\[data-bs-theme="' + theme + r'"\] \{(.*?)\n\}', TOKENS, re.DOTALL)
    assert block
    return dict(re.findall(r"--z-([a-z0-9-]+): (#[0-9a-f]{3,6});", block[1]))


def light(colour: str) -> float:
    """The relative luminance that WCAG 2 defines."""
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_counted_as_wcag_counts_it():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(theme, ink, ground):
    known = colours(theme)
    assert contrast(known[ink], known[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(theme, edge, ground):
    known = colours(theme)
    assert contrast(known[edge], known[ground]) >= 3


def test_both_themes_define_the_same_colours():
    assert colours("light").keys() == colours("dark").keys()


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.css")), ids=lambda path: path.name)
def test_styles_use_tokens_that_exist_and_fetch_nothing(path):
    text = path.read_text("utf-8")
    assert "url(" not in text
    assert "@import" not in text
    assert set(re.findall(r"var\(--z-([a-z0-9-]+)", text)) <= set(re.findall(r"--z-([a-z0-9-]+):", TOKENS))


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_scripts_import_their_neighbours_and_name_no_host(path):
    text = path.read_text("utf-8")
    assert not re.search(r"https?://|\beval\(|new Function|\.innerHTML\s*=", text)
    for neighbour in re.findall(r'from "([^"]+)"', text):
        assert neighbour.startswith("./")
        assert (path.parent / neighbour).is_file()


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_texts_come_from_the_page_not_from_scripts(path):
    code = re.sub(r"^\s*//.*$|\s//\s.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    sentences = [
        text
        for text in re.findall(r'"([^"\n]*)"', code)
        if re.search(r"[A-Z][a-z]+ [a-z]+|[\u4e00-\u9fff]", text)
    ]
    assert sentences == []
