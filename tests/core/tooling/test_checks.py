"""Each check finds what it is for, in a plugin that is right in everything else."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

import plugin_folders
from commands import TEST_PLUGINS
from core.settings import Settings
from core.tooling.checks import check_plugin
from core.tooling.checks.imports import check_imports
from sampling import some_of

WAYS_UP = "def upgrade() -> None:\n"
WAYS_DOWN = "def downgrade() -> None:\n"
MIGRATION = "migrations/versions/alpha_0001_parcels.py"
CATALOGUE = "translations/zh/LC_MESSAGES/alpha.po"


@pytest.fixture
def alpha(tmp_path):
    """A copy of a plugin that passes, to be spoilt; forgotten by Python afterwards."""
    with plugin_folders.plugin_folder(tmp_path / "beside") as folder:
        hidden = [name for name in sys.modules if f"{name}.".startswith("alpha.")]
        assert hidden == []
        folder.names.append("alpha")
        yield Path(shutil.copytree(TEST_PLUGINS / "alpha", folder.path / "alpha"))


def problems(folder: Path) -> list[str]:
    settings = Settings(8080, "sqlite://", folder.parent, "a key", folder.parent)
    return [str(each).replace(f"{folder}/", "") for each in check_plugin(folder, settings)]


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_good_plugin_has_no_problems(alpha):
    assert problems(alpha) == []


@pytest.mark.parametrize(
    "name", some_of(["README.md", "plugin.py", "rules.py", "__init__.py", "manifest.toml", CATALOGUE])
)
def test_a_missing_file_is_named(alpha, name):
    (alpha / name).unlink()
    assert any(each.startswith(f"{name}: is missing; ") for each in problems(alpha))


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    some_of(
        [
            ("manifest.toml", 'version = "1.2.0"', 'version = "x"', "manifest.toml: version is 'x'"),
            (
                "plugin.py",
                "def entities",
                "def entitites",
                "quarantined: entitites() implements an unknown hook",
            ),
            ("plugin.py", "return [PARCEL]", "return [3]", "entities() lists 3, which is no Entity"),
            (
                "rules.py",
                "HEAVIEST = 30",
                "import flask\n\nHEAVIEST = 30",
                "rules.py:3: imports flask; rules and",
            ),
            (
                "rules.py",
                "HEAVIEST = 30",
                "import os.nothing\n",
                "rules.py:3: cannot be imported: ModuleNotFoundError",
            ),
            (
                "models.py",
                "class Alpha",
                "import plugins.gas.rules\n\n\nclass Alpha",
                "imports plugins.gas.rules of",
            ),
            (
                "models.py",
                '"alpha_parcel"',
                '"beta_parcel"',
                "has the table beta_parcel; tables of alpha start",
            ),
            (
                "models.py",
                "String(40)",
                "String(50)",
                "models and migrations differ on sqlite in alpha_parcel",
            ),
            (MIGRATION, '"alpha_0001"', '"beta_0001"', "revision beta_0001"),
            (
                MIGRATION,
                '    op.drop_table("alpha_parcel")\n',
                "",
                "alpha_parcel is left after the way down; drop it",
            ),
            (
                MIGRATION,
                WAYS_UP,
                f"{WAYS_UP}    op.drop_table('core_sequence')\n",
                "drops core_sequence; a migration",
            ),
            (
                MIGRATION,
                WAYS_UP,
                f"{WAYS_UP}    op.execute('UPDATE core_branch SET active = 0')\n",
                "writes to core_branch; a migration of alpha leaves",
            ),
            (
                MIGRATION,
                WAYS_DOWN,
                f"{WAYS_DOWN}    op.execute('DELETE FROM core_branch')\n",
                "deletes from core_branch; a migration of alpha leaves",
            ),
            (
                MIGRATION,
                WAYS_UP,
                f"{WAYS_UP}    op.create_index('ix_more', 'core_branch', ['name_en'])\n",
                "indexes core_branch",
            ),
            (MIGRATION, WAYS_UP, f"{WAYS_UP}    op.execute('NONSENSE')\n", "migration alpha_0001 failed"),
            (CATALOGUE, 'msgstr "包裹标签"', 'msgstr ""', "'Written on the parcel' is not translated"),
            (
                CATALOGUE,
                'msgid "Written on the parcel"',
                'msgid "Old words"',
                "'Written on the parcel' has no entry",
            ),
            ("entities.py", '_("Written on', '_(f"Written on', "is put together inside a translation call"),
            ("entities.py", 'title="label"', 'title="name"', "entity alpha.parcel: title is 'name'"),
            (
                "entities.py",
                'Field("label",',
                'Field("label", target="alpha.box", label=',
                "points to alpha.box",
            ),
            ("entities.py", 'search=("label",)', 'order=("-weight",)', "order names 'weight'"),
            (
                "entities.py",
                'search=("label",)',
                'natural_key=("weight",)',
                "names 'weight', which it does not describe",
            ),
            (
                "entities.py",
                'search=("label",)',
                'rights=("see", "burn")',
                "rights name 'burn'; put actions of its own",
            ),
            (
                "entities.py",
                'fields=(Field("label"',
                'fields=(Field("weight", "W"), Field("label"',
                "field weight has no column; add the column to AlphaParcel",
            ),
        ]
    ),
)
def test_what_is_spoilt_is_found(alpha, name, old, new, expected):
    spoil(alpha / name, old, new)
    found = problems(alpha)
    assert any(expected in each for each in found), found


def test_a_position_may_only_grant_what_there_is(alpha):
    hook = """

@hookimpl
def positions():
    from core.people.positions import Position, grant

    grants = grant("alpha.parcel", "burn", clause="A 1"), grant("alpha.box", "see", clause=" ")
    return [Position("alpha.clerk", "Clerk", grants)]
"""
    (alpha / "plugin.py").write_text((alpha / "plugin.py").read_text() + hook)
    found = "\n".join(problems(alpha))
    assert "position alpha.clerk: names the action 'burn' on alpha.parcel; there are: " in found
    assert "position alpha.clerk: names the entity alpha.box" in found
    assert "position alpha.clerk: grants alpha.box without a clause" in found


def test_a_round_stands_on_entities_that_are_there(alpha):
    hook = """

@hookimpl
def rounds():
    from core.visits.kinds import PHOTO, Entry, Made, Round, Stops

    return [
        Round(
            "alpha.walk", "Walk", "alpha.parcel", "burn", "alpha.box", (Entry("photo", "Photo", PHOTO),),
            lambda session, book: Stops(()), lambda session, visit, user: Made("alpha.parcel", 1),
        )
    ]
"""
    (alpha / "plugin.py").write_text((alpha / "plugin.py").read_text() + hook)
    found = "\n".join(problems(alpha))
    assert "rounds: alpha.walk: names the entity alpha.box" in found
    assert "rounds: alpha.walk: names the action 'burn' on alpha.parcel" in found
    assert "rounds: alpha.walk: takes photos, and alpha.parcel keeps no files" in found


def test_other_plugins_words_are_not_contradicted(alpha):
    spoil(alpha / "entities.py", '_("Written on the parcel")', '_("Save")')
    spoil(
        alpha / CATALOGUE, 'msgid "Written on the parcel"\nmsgstr "包裹标签"', 'msgid "Save"\nmsgstr "收起"'
    )
    assert any("'Save'" in each and "agree, or use pgettext" in each for each in problems(alpha))


def test_a_folder_that_is_no_plugin_is_told_what_it_lacks(tmp_path):
    (tmp_path / "nothing").mkdir()
    assert "manifest.toml: is missing; it names the plugin" in problems(tmp_path / "nothing")


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("views.py", "from other import models", "imports other.models of another plugin"),
        ("views.py", "import other", "imports other of another plugin"),
        ("views.py", "from plugins import gas", "imports plugins.gas of another plugin"),
        ("models.py", "from flask_appbuilder import Model", "models inherit from core.data.Base"),
        ("rules.py", "from . import models", "imports here.models; rules and workflows"),
        ("rules/a.py", "from sqlalchemy import select", "imports sqlalchemy.select; rules and workflows"),
        ("rules/a.py", "from ..models import A", "imports here.models.A; rules and workflows"),
        ("rules/__init__.py", "from ..views import A", "imports here.views.A; rules and workflows"),
        ("workflows.py", "def f():\n    import flask", "workflows.py:2: imports flask"),
        ("rules.py", "def (", "is not Python"),
    ],
)
def test_imports_that_break_the_order_are_found(tmp_path, file, text, expected):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    (found,) = check_imports("here", tmp_path, frozenset({"other"}))
    assert expected in str(found)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("rules.py", "from core.data.marks import N_\nfrom decimal import Decimal\nfrom .tiers import A"),
        ("views.py", "import flask\nfrom here import models\nfrom otherwise import x"),
        ("tests/test_rules.py", "import other"),
    ],
)
def test_other_imports_are_let_be(tmp_path, file, text):
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text)
    assert list(check_imports("here", tmp_path, frozenset({"other"}))) == []
