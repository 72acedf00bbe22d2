"""Every plugin has the same files, so that whoever knows one finds their way in all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from core.data.migrations import Owner
from core.tooling.checks.problem import Problem

FILES = {
    "__init__.py": "makes the folder a package; a one-line docstring is enough",
    "manifest.toml": "names the plugin",
    "plugin.py": "holds the plugin's hooks, and nothing else",
    "README.md": "explains the department's concepts, without code",
}
# A file of these may grow into a package of the same name.
MODULES = {"rules": "holds what the department's rule book says, in plain Python"}
OF_TABLES = {"models": "holds the plugin's tables"}


def check_shape(plugin_id: str, folder: Path) -> Iterator[Problem]:
    """Missing files, and modules that stand there twice."""
    for name, purpose in FILES.items():
        if not (folder / name).is_file():
            yield Problem(str(folder / name), "is missing", f"it {purpose}")
    has_tables = Owner(plugin_id, folder).has_migrations
    for name, purpose in {**MODULES, **(OF_TABLES if has_tables else {})}.items():
        yield from _check_module(folder, name, purpose)
    catalogue = folder / "translations" / "zh" / "LC_MESSAGES" / f"{plugin_id}.po"
    if not catalogue.is_file():
        yield Problem(str(catalogue), "is missing", "it holds the plugin's texts in Chinese")


def _check_module(folder: Path, name: str, purpose: str) -> Iterator[Problem]:
    file, package = folder / f"{name}.py", folder / name / "__init__.py"
    if not file.is_file() and not package.is_file():
        yield Problem(str(file), "is missing", f"it {purpose}")
    if file.is_file() and package.is_file():
        yield Problem(str(file), f"stands beside the package {name}/", "keep one of them")
