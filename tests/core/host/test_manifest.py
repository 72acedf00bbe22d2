"""A manifest is read without importing anything; a wrong one is refused with file, key, type and a hint."""

from __future__ import annotations

import pytest
from packaging.specifiers import SpecifierSet

from core.host import ManifestError, Requirement, Title, read_manifest
from core.host.manifest import problem_with_id

GOOD = """\
id = "letters"
version = "1.2.0"
order = 7

[title]
en = "Letters"
zh = "信函"

[summary]
en = "Letters in and out"
zh = "收发信函"

[requires]
core = ">=0.1"
stamps = ">=2,<3"
"""


def read(tmp_path, text):
    (tmp_path / "manifest.toml").write_text(text, encoding="utf-8")
    return read_manifest(tmp_path, "plugins.letters")


def test_everything_in_it_is_read(tmp_path):
    (tmp_path / "__init__.py").write_text("raise RuntimeError('imported')")
    manifest = read(tmp_path, GOOD)
    assert (manifest.id, manifest.version, manifest.order) == ("letters", "1.2.0", 7)
    assert (manifest.package, manifest.folder) == ("plugins.letters", tmp_path)
    assert manifest.title == Title("Letters", "信函")
    assert manifest.summary == Title("Letters in and out", "收发信函")
    assert manifest.requires == (
        Requirement("core", SpecifierSet(">=0.1")),
        Requirement("stamps", SpecifierSet(">=2,<3")),
    )


def test_a_title_is_given_in_the_readers_language(tmp_path):
    title = read(tmp_path, GOOD).title
    assert [title.of(locale) for locale in ("en", "zh", "zh_CN")] == ["Letters", "信函", "信函"]


def test_what_may_be_left_out(tmp_path):
    manifest = read(tmp_path, GOOD.partition("[summary]")[0].replace("order = 7\n", ""))
    assert (manifest.summary, manifest.requires, manifest.order) == (None, (), 50)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('id = "letters"', "", "id is missing"),
        ('id = "letters"', "id = 3", 'id is int, expected a text; write id = "'),
        ('id = "letters"', 'id = "Letters"', "id is 'Letters'; use up to 40 lowercase letters"),
        ('id = "letters"', 'id = "core"', "the core uses this name"),
        (
            'version = "1.2.0"',
            'version = "new"',
            "version is 'new'; write a version such as version = \"1.0.0\"",
        ),
        ('version = "1.2.0"', "version = 1.2", "version is float, expected a text"),
        ("order = 7", 'order = "first"', "order is str, expected a whole number; write order = 50"),
        ("order = 7", "order = true", "order is bool, expected a whole number"),
        ("order = 7", "colour = 7", "colour is not known; the keys are id, order, requires"),
        ('zh = "信函"', "", 'title.zh is empty; write zh = "..."'),
        ('zh = "信函"', 'zh = "信函"\nfr = "Lettres"', "title.fr is not known; the languages are en and zh"),
        ('stamps = ">=2,<3"', 'stamps = "two"', "requires.stamps is 'two'; write versions such as"),
        (
            'stamps = ">=2,<3"',
            "stamps = 2",
            'requires.stamps is int, expected a text; write stamps = ">=1.0"',
        ),
        ('id = "letters"', 'id = "letters', "is not TOML"),
    ],
)
def test_a_wrong_manifest_is_refused_with_a_hint(tmp_path, old, new, expected):
    assert old in GOOD
    with pytest.raises(ManifestError) as refused:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert str(tmp_path / "manifest.toml") in str(refused.value)
    assert expected in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_manifest_is_named(tmp_path):
    with pytest.raises(ManifestError, match=r"manifest\.toml is missing"):
        read_manifest(tmp_path, "plugins.letters")


@pytest.mark.parametrize("name", ["gas", "after_sales", "b2b", "a" * 40])
def test_ids_that_may_be_used(name):
    assert problem_with_id(name) is None


@pytest.mark.parametrize(
    "name",
    ["", "Gas", "2gas", "_gas", "gas_", "gas__lab", "gas-lab", "gas.lab", "a" * 41, "class", "match", "core"],
)
def test_ids_that_may_not(name):
    assert problem_with_id(name)
