"""What a plugin's modules may import: the core, never each other's plugins; rules know no web and no database."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from core.host.importing import APART
from core.tooling.checks.problem import Problem

PLAIN = frozenset({"rules", "workflows"})
WEB_AND_DATABASE = frozenset(
    {"alembic", "flask", "flask_appbuilder", "flask_babel", "flask_login", "flask_wtf", "jinja2"}
    | {"psycopg", "sqlalchemy", "sqlite3", "werkzeug", "wtforms"}
)
FRAMEWORK_MODELS = "flask_appbuilder.models"
TREE = "plugins"


def check_imports(package: str, folder: Path, other_packages: frozenset[str]) -> Iterator[Problem]:
    """Imports that break the order of the house. `other_packages` are those of the other installed plugins."""
    for file in sorted(folder.rglob("*.py")):
        inside = file.relative_to(folder)
        if inside.parts[0] in APART:
            continue
        try:
            tree = ast.parse(file.read_text(encoding="utf-8"))
        except (SyntaxError, UnicodeDecodeError) as error:
            yield Problem(str(file), f"is not Python: {error}")
            continue
        module = ".".join([package, *inside.with_suffix("").parts])
        for line, name in imported(tree, module, is_package=file.name == "__init__.py"):
            yield from _judge(f"{file}:{line}", name, package, inside, other_packages)


def imported(tree: ast.AST, module: str, is_package: bool = False) -> Iterator[tuple[int, str]]:
    """Every name that a module imports, as (line, absolute dotted name)."""
    above = module.removesuffix(".__init__").split(".")
    if not is_package:
        above = above[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for each in node.names:
                yield node.lineno, each.name
        elif isinstance(node, ast.ImportFrom):
            start = above[: len(above) - node.level + 1] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            for each in node.names:
                yield node.lineno, f"{source}.{each.name}"


def _judge(
    place: str, name: str, package: str, inside: Path, other_packages: frozenset[str]
) -> Iterator[Problem]:
    if not _is_in(name, package):
        if _is_in(name, TREE) or any(_is_in(name, each) for each in other_packages):
            advice = "plugins stand on the core alone; reach another one through a hook in core/hooks.py"
            yield Problem(place, f"imports {name} of another plugin", advice)
        if _is_in(name, FRAMEWORK_MODELS) or name == "flask_appbuilder.Model":
            yield Problem(place, f"imports {name}", "models inherit from core.data.Base")
    if inside.with_suffix("").parts[0] in PLAIN:
        local = frozenset({f"{package}.models", f"{package}.views"})
        if name.partition(".")[0] in WEB_AND_DATABASE or any(_is_in(name, each) for each in local):
            yield Problem(
                place, f"imports {name}", "rules and workflows know neither web nor database; pass values in"
            )


def _is_in(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")
