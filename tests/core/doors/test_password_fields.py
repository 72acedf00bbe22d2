"""Every field for a password is hidden while it is typed, named for password managers, and takes what is pasted."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

import core.ui
from company import Company
from core.people.doors import links

FIELD = re.compile(r"<input\b[^>]*>")
SCRIPTS = Path(core.ui.__file__).parent / "static" / "js"
PAGES = {
    "/login/": {"password": "current-password"},
    "/password/": {"present": "current-password", "password": "new-password", "again": "new-password"},
    "/account/keys/new": {"present": "current-password"},
    "/account/second-factor/": {"present": "current-password"},
    "/reset/": {"password": "new-password", "again": "new-password"},
}


def fields(text: str) -> dict[str, dict[str, str]]:
    """The inputs of a page by name."""
    found = (dict(re.findall(r'([\w-]+)="([^"]*)"', each)) for each in FIELD.findall(text))
    return {each["name"]: each for each in found if "name" in each}


def page(company: Company, path: str) -> str:
    if path == "/reset/":
        with company.session() as session:
            path += links.make(session, company.people["east.clerk"], timedelta(hours=1))
        return company.browser().get(path).text
    return (company.browser() if path == "/login/" else company.client_of("east.clerk")).get(path).text


@pytest.mark.parametrize("path", PAGES)
def test_they_are_hidden_and_named(company: Company, path):
    found = fields(page(company, path))
    hidden = {name for name, each in found.items() if each.get("type") == "password"}
    assert hidden == set(PAGES[path])
    assert {name: found[name].get("autocomplete") for name in hidden} == PAGES[path]
    assert not [
        each for name in hidden for each in found[name] if each.startswith("on") or each == "maxlength"
    ]


def test_every_form_with_a_password_is_looked_at(company: Company):
    """A field of that kind in a form that PAGES does not know would go unseen."""
    people = Path(core.ui.__file__).parents[1]
    using = {
        file.name
        for file in people.rglob("*.py")
        if re.search(r"= PasswordField\(", file.read_text(encoding="utf-8"))
    }
    assert using == {"views.py", "forgotten.py", "key_views.py", "factor_views.py"}


def test_no_script_hinders_pasting():
    scripts = list(SCRIPTS.rglob("*.js"))
    assert len(scripts) > 3
    assert not [
        file.name for file in scripts if re.search(r"paste|contextmenu", file.read_text(encoding="utf-8"))
    ]
