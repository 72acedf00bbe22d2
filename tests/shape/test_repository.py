"""The repository holds what people wrote, and nothing of the machine it was written on."""

from __future__ import annotations

import json
import os

import pytest

import repository

COMMITTED = repository.committed()
PYTHON = [path for path in COMMITTED if path.endswith(".py")]


def complaints(check, paths):
    return [f"{path}: {complaint}" for path in paths for complaint in check(path)]


def test_git_tracks_something():
    assert {"pyproject.toml", "Makefile", "tests/shape/test_repository.py"} <= set(COMMITTED)


def test_no_generated_or_vendored_file():
    assert complaints(repository.wrong_path, COMMITTED) == []


def test_no_registry_no_machine_path_no_key():
    assert complaints(lambda path: repository.wrong_text(repository.text_of(path)), COMMITTED) == []


def test_no_large_file():
    def check(path):
        return repository.wrong_size(path, (repository.ROOT / path).stat().st_size)

    assert complaints(check, COMMITTED) == []


def test_python_files_are_short_and_skip_nothing():
    assert complaints(lambda path: repository.wrong_python(path, repository.text_of(path)), PYTHON) == []


@pytest.mark.parametrize("path", repository.PYTHON_LOCKS)
def test_python_lock_has_versions_and_hashes_only(path):
    assert list(repository.wrong_python_lock(repository.text_of(path))) == []


@pytest.mark.parametrize("path", repository.PYTHON_LOCKS)
def test_python_lock_keeps_to_its_ranges(path):
    locked = repository.locked(repository.text_of(path))
    for name, wanted in repository.wanted(repository.text_of(path.replace(".txt", ".in"))).items():
        assert locked[name], name
        assert all(version in wanted.specifier for version in locked[name]), name


@pytest.mark.parametrize("path", repository.PYTHON_LOCKS[1:])
def test_python_locks_agree(path):
    runtime, other = (
        repository.locked(repository.text_of(each)) for each in (repository.PYTHON_LOCKS[0], path)
    )
    both = runtime.keys() & other
    assert {name: runtime[name] for name in both} == {name: other[name] for name in both}


def test_peers_are_kept_apart():
    """What is only measured is no part of what Zhidu runs on, nor of what its tests need."""
    own = [repository.locked(repository.text_of(path)) for path in repository.PYTHON_LOCKS[:2]]
    assert not {"django", "flask-admin"} & set().union(*own)


def test_declared_ranges_are_the_locked_ones():
    wanted = repository.wanted(repository.text_of("requirements/runtime.in"))
    declared = repository.declared()
    build_tools = {"setuptools"}
    assert declared == {name: each for name, each in wanted.items() if name not in build_tools}


def test_npm_lock_has_versions_and_hashes_only():
    assert list(repository.wrong_npm_lock(json.loads(repository.text_of(repository.NPM_LOCK)))) == []


def test_npm_lock_fits_package_json():
    package = json.loads(repository.text_of("package.json"))
    lock = json.loads(repository.text_of(repository.NPM_LOCK))
    assert lock["packages"][""]["dependencies"] == package["dependencies"]


def test_ci_can_be_run():
    assert os.access(repository.ROOT / ".ci" / "run", os.X_OK)


# ---------------------------------------------------------------- the checks find what they are for


@pytest.mark.parametrize(
    "path",
    [
        "a/__pycache__/b.py",
        "core/x.pyc",
        "translations/zh/LC_MESSAGES/core.mo",
        "var/zhidu.sqlite",
        "node_modules/x.js",
        "core/ui/static/tabler.min.css",
        "core/ui/static/noto.woff2",
        "zhidu.egg-info/PKG-INFO",
    ],
)
def test_generated_and_vendored_paths_are_found(path):
    assert list(repository.wrong_path(path))


@pytest.mark.parametrize(
    "path", ["core/ui/static/app.js", "variables.py", "core/data/var.py", "plugins/gas/rules/catalog.py"]
)
def test_written_paths_are_let_be(path):
    assert not list(repository.wrong_path(path))


@pytest.mark.parametrize(
    "text",
    [
        "https://" + "pypi" + ".org/simple",
        "registry." + "npmjs" + ".org",
        "deb." + "debian" + ".org",
        'open("/' + 'tmp/x")',
        "cd /" + "root/zhidu",
        "/" + "home/me/zhidu",
        "/" + "work/main",
        ".." + "/shared/vectors.json",
        "-----BEGIN " + "PRIVATE KEY-----",
    ],
)
def test_forbidden_text_is_found(text):
    assert list(repository.wrong_text(text))


@pytest.mark.parametrize(
    "text", ["/usr/bin/env bash", "/path/to/python3.11", "/gas/account/1", "python.org", "var/tmp/x"]
)
def test_ordinary_text_is_let_be(text):
    assert not list(repository.wrong_text(text))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("core/x.py", "x = 1\n" * 401),
        ("core/x.py", "x = 1  # no" + "qa\n"),
        ("core/x.py", "x = 1  # type: " + "ignore\n"),
        ("tests/x.py", "import pytest\n\n@pytest.mark." + "skip\ndef test_x(): ...\n"),
        ("tests/x.py", "import pytest\npytest." + "importorskip('x')\n"),
    ],
)
def test_poor_python_is_found(path, text):
    assert list(repository.wrong_python(path, text))


@pytest.mark.parametrize(
    "text",
    [
        "flask==3.1.3\n",
        "flask>=3 \\\n    --hash=sha256:00\n",
        "--index-url https" + "://example/\nflask==3.1.3 \\\n    --hash=sha256:00\n",
        "--find-links wheels\nflask==3.1.3 \\\n    --hash=sha256:00\n",
        "flask==3.1.3 \\\n    --hash=sha256:00\nclick==8.1\n",
    ],
)
def test_poor_python_lock_is_found(text):
    assert list(repository.wrong_python_lock(text))


@pytest.mark.parametrize(
    "extra", [{"resolved": "https" + "://example/a.tgz"}, {"integrity": ""}, {"version": ""}]
)
def test_poor_npm_lock_is_found(extra):
    package = {"version": "1.0.0", "integrity": "sha512-00", **extra}
    assert list(repository.wrong_npm_lock({"packages": {"": {}, "node_modules/a": package}}))


def test_large_file_is_found():
    assert list(repository.wrong_size("docs/page.png", 300_001))
    assert not list(repository.wrong_size("docs/page.png", 300_000))
