"""Templates are compiled once for all processes, and never taken from where somebody else could have put them."""

from __future__ import annotations

import pytest
from flask import Flask, render_template
from jinja2 import DictLoader

from core.ui.compiled import keep_compiled


def app_with(template: str) -> Flask:
    app = Flask("compiled")
    app.jinja_env.loader = DictLoader({"greeting.html": template})
    return app


def rendered(app: Flask) -> str:
    with app.app_context():
        return render_template("greeting.html")


def compilations(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    compiled: list[str] = []
    generate = app.jinja_env._generate

    def noted(source, name, filename, **options):
        compiled.append(name)
        return generate(source, name, filename, **options)

    monkeypatch.setattr(app.jinja_env, "_generate", noted)
    return compiled


def test_the_next_process_takes_what_the_first_one_compiled(tmp_path, monkeypatch):
    first, second = app_with("Good day"), app_with("Good day")
    for each in (first, second):
        keep_compiled(each, tmp_path / "kept")
    assert rendered(first) == "Good day"

    compiled = compilations(second, monkeypatch)

    assert rendered(second) == "Good day"
    assert compiled == []


def test_a_changed_template_is_compiled_anew(tmp_path, monkeypatch):
    first, second = app_with("Good day"), app_with("Good evening")
    for each in (first, second):
        keep_compiled(each, tmp_path / "kept")
    rendered(first)

    compiled = compilations(second, monkeypatch)

    assert rendered(second) == "Good evening"
    assert compiled == ["greeting.html"]


@pytest.mark.parametrize("mode", [0o770, 0o707])
def test_a_folder_that_others_may_write_into_is_not_used(tmp_path, mode):
    folder = tmp_path / "kept"
    folder.mkdir()
    folder.chmod(mode)
    app = app_with("Good day")

    keep_compiled(app, folder)

    assert rendered(app) == "Good day"
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path):
    (tmp_path / "file").write_text("in the way")
    app = app_with("Good day")

    keep_compiled(app, tmp_path / "file" / "kept")

    assert rendered(app) == "Good day"


def test_a_folder_is_made_for_the_owner_alone(tmp_path):
    keep_compiled(app_with(""), tmp_path / "some" / "kept")

    assert (tmp_path / "some" / "kept").stat().st_mode & 0o777 == 0o700
