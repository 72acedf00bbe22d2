"""docs/asvs.md names files and tests that exist, answers every section, and claims nothing without a test."""

from __future__ import annotations

import ast
import re
from functools import cache

import pytest

import repository

PAGE = "docs/asvs.md"
SECTIONS = (5, 4, 7, 4, 4, 8, 6, 4, 2, 7, 7, 3, 4, 3, 4, 5, 3)
"""How many sections each chapter of ASVS 5.0 has."""
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.@-]+(?:/[\w.@-]+)+(?:::\w+)?|[\w-]+\.(?:py|md|toml|json|txt)|Makefile")
ROW = re.compile(r"^\| (\d+\.\d+) .* \|$", re.MULTILINE)
NO_TEST_NEEDED = ("Not yet:", "Does not apply", "Written down:")


def named(text: str) -> list[str]:
    """The back-ticked paths and tests of a text."""
    return [each for each in CODE.findall(text) if PATH.fullmatch(each)]


def missing(name: str) -> bool:
    path, _, test = name.partition("::")
    if not test:
        return not (repository.ROOT / path).exists()
    return not (repository.ROOT / path).is_file() or test not in functions(path)


@cache
def functions(path: str) -> frozenset[str]:
    tree = ast.parse(repository.text_of(path))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef))


def rows(text: str) -> list[tuple[str, list[str]]]:
    """Each answer: the number of its section, and its four cells."""
    return [(found[1], found[0].strip("| ").split(" | ")) for found in ROW.finditer(text)]


def test_what_it_names_exists():
    found = named(repository.text_of(PAGE))
    assert len(found) > 200
    assert sorted({each for each in found if missing(each)}) == []


def test_every_section_is_answered_in_order():
    answered = list(dict.fromkeys(number for number, _cells in rows(repository.text_of(PAGE))))
    wanted = [f"{v}.{s}" for v, last in enumerate(SECTIONS, start=1) for s in range(1, last + 1)]
    assert answered == wanted


def test_a_claim_names_its_test():
    bare = []
    for _number, cells in rows(repository.text_of(PAGE)):
        section, how, _where, tests = cells
        if not any(each in how for each in NO_TEST_NEEDED) and not any("::" in each for each in named(tests)):
            bare.append(section)
    assert bare == []


def test_lines_outside_tables_are_short():
    lines = repository.text_of(PAGE).splitlines()
    assert [each for each in lines if len(each) > 120 and not each.startswith("|")] == []


@pytest.mark.parametrize(
    "name",
    ["core/no_such.py", "tests/shape/test_asvs.py::test_none", "core/no_such.py::test_x", "no-such.toml"],
)
def test_a_wrong_name_is_found(name):
    assert [each for each in named(f"see `{name}`") if missing(each)] == [name]


def test_what_is_no_path_is_let_be():
    assert named("`/readyz` `zhidu doctor` `default-src 'none'` `smtp+starttls:` `--no-demo`") == []
