"""Every page in both languages with a full context: complete, accessible in its bones, and free of inline code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import flash, render_template

import ui_samples
from core.ui import TEMPLATES

PAGES = sorted(ui_samples.contexts("en"))
LAYOUTS = {"document.html", "base.html", "bare.html", "part.html"}
FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "an on* handler": re.compile(r"\son[a-z]+\s*="),
    "a script with code in it": re.compile(r"<script(?![^>]*\ssrc=)"),
    "a style element": re.compile(r"<style\b"),
    "a javascript: address": re.compile(r"javascript:"),
    "jQuery": re.compile(r"\$\(|jquery", re.IGNORECASE),
}
BEFORE_LOG_IN = ("login.html", "doors/code.html", "doors/forgotten.html", "doors/reset.html")
"""Nobody is there yet to whom a draft could belong."""
KEPT_OTHERWISE = {"cell-form", "drop-form"}
"""A cell that is changed in its list asks before the tab is closed; a view's name stands in an open drop-down."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ADDRESSES = ("href", "src", "action", "formaction", "data-row-url", "data-picker-url", "data-job-url")


class Page(HTMLParser):
    """A parsed page: every element with its attributes, and whether all that opens also closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.misplaced: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) < len(attrs):
            self.misplaced.append(f"an attribute twice in <{tag}>")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.misplaced.append(f"</{tag}> at line {self.getpos()[0]}")

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(params=["en", "zh"])
def drawn(request, reading):
    """Render a page of the samples: `drawn("home.html")`; with `places`, after something was done in these panels."""
    language = request.param

    def draw(page: str, places: Iterable[str] = ()) -> str:
        with reading(language):
            for place in places:
                flash("It is done.", f"success@{place}")
            flash("Saved.", "success")
            flash("Too old.", "message")
            context = ui_samples.shell(language) | ui_samples.contexts(language)[page]
            return render_template(page.partition("#")[0], **context)

    return draw


def test_every_page_template_has_a_sample():
    files = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html")}
    pages = {name for name in files if not name.startswith("macros/")} - LAYOUTS
    assert pages == {page.partition("#")[0] for page in PAGES}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_carries_code_or_style(path, what):
    assert not FORBIDDEN[what].search(path.read_text("utf-8")), f"{path.name} holds {what}"


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_complete(drawn, page):
    parsed = Page(drawn(page))
    assert parsed.misplaced == []
    assert parsed.open == []
    assert len(parsed.all("h1")) == 1
    assert len(parsed.all("main")) == 1
    ids = [attributes["id"] for _tag, attributes in parsed.elements if "id" in attributes]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("page", PAGES)
def test_everything_a_page_asks_for_is_on_this_host(drawn, page):
    parsed = Page(drawn(page))
    for _tag, attributes in parsed.elements:
        for name in ADDRESSES:
            if name in attributes:
                address = urlsplit(attributes[name] or "")
                in_page = attributes[name].startswith("data:image/")
                assert in_page or not address.scheme, attributes[name]
                assert not address.netloc, attributes[name]
    loaded = [attributes.get("src") or attributes.get("href") for attributes in parsed.all("script", "link")]
    assert loaded
    assert all(address.startswith("/assets/") for address in loaded)


@pytest.mark.parametrize("page", PAGES)
def test_every_post_carries_the_token(drawn, page):
    text = drawn(page)
    posts = re.findall(r"<form[^>]*method=\"post\"[^>]*>.*?</form>", text, re.DOTALL)
    assert all('name="csrf_token"' in form for form in posts)
    assert len(posts) == len(re.findall(r"method=\"post\"", text))


@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_is_typed_into_a_form_is_lost(drawn, page):
    text = drawn(page)
    for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>.*?</form>", text, re.DOTALL):
        parsed = Page(form)
        head, files, texts = parsed.all("form")[0], *typed_into(parsed)
        if not (files or texts) or not KEPT_OTHERWISE.isdisjoint((head.get("class") or "").split()):
            continue
        if not page.startswith(BEFORE_LOG_IN):
            assert "data-guard" in head, form
            assert "data-draft" in form or not texts, form
            assert 'aria-invalid="true"' not in form or "data-focus" in form or "message-form" in form, form


@pytest.mark.parametrize("page", PAGES)
def test_what_a_button_in_a_panel_does_is_said_in_that_panel(drawn, page):
    text = drawn(page)
    places = set()
    for panel in re.findall(r"<section class=\"panel.*?</section>", text, re.DOTALL):
        for form in re.findall(r"<form class=\"inline-form\" method=\"post\".*?</form>", panel, re.DOTALL):
            if "data-multi" in form or page == "history/record.html":  # leads to another page
                continue
            at = re.search(r'name="at" value="([a-z-]+)"', form)
            assert at, form
            assert f'id="{at[1]}"' in panel.partition(">")[0] + ">", form
            places.add(at[1])
    if places:
        assert drawn(page, places).count("It is done.") == len(places)


def typed_into(form: Page) -> tuple[list[str], list[str]]:
    """The names of a form's fields for files, and of those for texts that are no secrets."""
    files, texts = [], []
    for tag, given in form.elements:
        kind = given.get("type") or "text"
        if tag == "textarea" or (tag == "input" and kind in ("text", "number", "month", "search", "tel")):
            secret = given.get("autocomplete") in ("one-time-code", "username") or "hidden" in given
            texts += [] if secret else [given.get("name") or ""]
        elif tag == "input" and kind == "file":
            files.append(given.get("name") or "")
    return files, texts


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_for_screen_readers(drawn, page):
    parsed = Page(drawn(page))
    labelled = {attributes.get("for") for attributes in parsed.all("label")}
    for attributes in parsed.all("input", "select", "textarea"):
        if attributes.get("type") in ("hidden", "checkbox", "radio"):
            continue
        assert "aria-label" in attributes or attributes.get("id") in labelled, attributes
    for attributes in parsed.all("button", "a"):
        if "btn-icon-only" in (attributes.get("class") or ""):
            assert attributes.get("aria-label"), attributes
    described = " ".join(
        attributes.get("aria-describedby") or "" for _tag, attributes in parsed.elements
    ).split()
    ids = {attributes.get("id") for _tag, attributes in parsed.elements}
    assert set(described) <= ids


def test_paper_has_the_last_word(drawn):
    sheets = [
        each for each in Page(drawn("inspections/fill.html")).all("link") if each["rel"] == "stylesheet"
    ]
    assert (sheets[-1]["href"] or "").endswith("/print.css")
    assert [each["href"] for each in sheets if "media" in each] == [sheets[-1]["href"]]


def test_the_page_says_its_language(drawn, request):
    language = Page(drawn("home.html")).all("html")[0]["lang"]
    assert language == ("zh-CN" if "zh" in request.node.name else "en")


def test_errors_are_summed_up_and_lead_to_their_fields(drawn):
    parsed = Page(drawn("entities/form.html"))
    links = {
        attributes["href"] for attributes in parsed.all("a") if (attributes.get("href") or "").startswith("#")
    }
    assert {"#number", "#deposit"} <= links


def test_what_people_typed_is_escaped(reading):
    evil = "<script>alert(1)</script>"
    with reading("en"):
        context = ui_samples.shell("en") | ui_samples.contexts("en")["entities/list.html"]
        context["rows"][0]["cells"][1]["value"] = evil
        context["search"] = f'"{evil}'
        flash(evil, "danger")
        text = render_template("entities/list.html", **context)
    assert evil not in text
    assert text.count("&lt;script&gt;") == 3


def test_a_branch_is_changed_by_a_post_that_returns_here(drawn):
    parsed = Page(drawn("home.html"))
    targets = [each["formaction"] for each in parsed.all("button") if "formaction" in each]
    assert targets[:-2] == ["/branch/gas-east", "/branch/gas-west", "/branch/mixed"]
    assert targets[-2:] == ["/lang/zh", "/lang/en"]
    assert any(
        each.get("name") == "next" and each.get("value") == "/gas/account/?q=zs"
        for each in parsed.all("input")
    )


def test_a_dangerous_action_asks_first(drawn):
    forms = [each for each in Page(drawn("entities/page.html")).all("form") if each.get("action") == "/c"]
    assert len(forms) == 1
    assert forms[0]["data-confirm"]
    assert "data-confirm-danger" in forms[0]


def test_a_job_is_followed_only_while_it_runs(drawn):
    running, done = Page(drawn("jobs/run.html")), Page(drawn("jobs/run.html#done"))
    followed = [each for each in running.all("section") if "data-job-url" in each]
    assert followed[0]["data-job-final"] == "done failed cancelled"
    assert "%(done)s" in followed[0]["data-text-amount"]
    assert not [each for each in done.all("section") if "data-job-url" in each]
