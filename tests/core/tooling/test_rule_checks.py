"""`zhidu plugin check` finds where a department's rule book is not whole; `zhidu rules` tells what it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import plugin_folders
from commands import TEST_PLUGINS, Office
from core.settings import Settings
from core.tooling.checks import check_plugin
from sampling import some_of

RULES = '''"""Alpha's rule book."""

from decimal import Decimal

from core.data.marks import N_
from core.handbook.kinds import Access, Check, Clause, Refusal
from core.handbook.values import NUMBER, Setting

HEAVY = Clause("heavy", "Alpha rules", "2", N_("A parcel is not too heavy."))


def judge(facts, settings):
    """Whether a label is too long."""
    if len(facts["label"]) <= settings["letters"]:
        return None
    return Refusal(N_("Too long."), fields=("label",))


RULES = [
    Check(
        "ALPHA-R01",
        HEAVY,
        N_("A label has %(letters)s letters at most."),
        (Setting("letters", NUMBER, 20, N_("Letters")),),
        entity="alpha.parcel",
        judge=judge,
        shown_by=("tests/test_alpha.py::test_a_label_is_short",),
    ),
]
'''
HOOK = '''

@hookimpl
def rules():
    """The rule book."""
    from alpha.rules import RULES

    return RULES
'''
TEXTS = (
    "A parcel is not too heavy.",
    "Too long.",
    "A label has %(letters)s letters at most.",
    "Letters",
)


@pytest.fixture
def alpha(tmp_path: Path) -> Iterator[Path]:
    """A plugin with a whole rule book, to be spoilt."""
    with plugin_folders.plugin_folder(tmp_path / "beside") as folder:
        folder.names.append("alpha")
        made = Path(shutil.copytree(TEST_PLUGINS / "alpha", folder.path / "alpha"))
        (made / "rules.py").write_text(RULES, encoding="utf-8")
        with (made / "plugin.py").open("a", encoding="utf-8") as file:
            file.write(HOOK)
        with (made / "translations/zh/LC_MESSAGES/alpha.po").open("a", encoding="utf-8") as file:
            file.writelines(f'\nmsgid "{each}"\nmsgstr "译 {each}"\n' for each in TEXTS)
        (made / "tests").mkdir(exist_ok=True)
        (made / "tests/test_alpha.py").write_text("def test_a_label_is_short():\n    assert True\n")
        yield made


def problems(folder: Path) -> list[str]:
    settings = Settings(8080, "sqlite://", folder.parent, "a key", folder.parent)
    return [str(each) for each in check_plugin(folder, settings)]


def test_a_whole_rule_book_has_no_problems(alpha: Path):
    assert problems(alpha) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    some_of([
        ("test_a_label_is_short", "test_nothing", "rule ALPHA-R01: there is no test tests/test_alpha.py::test_nothing"),
        ('shown_by=("tests/test_alpha.py::test_a_label_is_short",),', "", "rule ALPHA-R01: no test shows it"),
        ("RULES = [", 'SPARE = Clause("x", "Alpha rules", "9", N_("A parcel is not too heavy."))\nRULES = [',
         "clause x (Alpha rules 9): no rule carries it out"),
        ('"Alpha rules", "2"', '"", "2"', "its clause lacks document"),
        ("%(letters)s letters at most", "%(words)s letters at most", "its sentence cannot be filled in"),
        ('settings["letters"]', "20", "rule ALPHA-R01: nothing reads its setting letters"),
        ('N_("Letters")', '"Signs"', "'Signs' has no translation"),
        ("alpha.parcel", "alpha.letter", "there is no entity alpha.letter"),
        ("RULES = [", 'RULES = [Access("ALPHA-R02", HEAVY, "x", masked=(("alpha.parcel", "label"),)),',
         "alpha.parcel.label has no mask"),
    ]),
)  # fmt: skip
def test_what_is_missing_is_named(alpha: Path, old: str, new: str, expected: str):
    text = (alpha / "rules.py").read_text(encoding="utf-8")
    assert old in text
    (alpha / "rules.py").write_text(text.replace(old, new, 1), encoding="utf-8")
    found = problems(alpha)
    assert [each for each in found if expected in each], found


def test_the_command_lists_the_rule_book(alpha: Path, tmp_path: Path):
    office = Office(tmp_path / "office", environment={"ZHIDU_PLUGIN_FOLDERS": str(alpha.parent)})
    (rule,) = json.loads(office.done("rules", "list", "--plugin", "alpha", "--format", "json"))
    assert (rule["id"], rule["kind"], rule["plugin"]) == ("ALPHA-R01", "check", "alpha")
    assert rule["clause"] == {
        "id": "heavy",
        "document": "Alpha rules",
        "heading": "2",
        "says": {"zh": "译 A parcel is not too heavy.", "en": "A parcel is not too heavy."},
    }
    assert rule["sentence"]["zh"] == "译 A label has 20 letters at most."
    assert rule["settings"][0]["default"] == 20
    assert rule["tests"] == ["tests/test_alpha.py::test_a_label_is_short"]
    assert "ALPHA-R01" in office.done("rules", "list", "--plugin", "alpha")


def test_the_commands_explain_and_replay(tmp_path: Path):
    office = Office(tmp_path / "office")
    office.done("migrate")
    assert "there is no rule and no finding 7" in office.refused("rules", "explain", "7")
    assert office.done("rules", "replay").startswith("0 worked out again, 0 differ")
