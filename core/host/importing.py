"""Imports every module of a package, so that no model and no broken file is overlooked. For tools, not for servers."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

from core.host.discovery import package_folder

# Not part of the running program: revisions are read by Alembic, tests by pytest.
APART = frozenset({"migrations", "tests"})


def import_everything(package: str) -> list[str]:
    """Import `package` and every module below it; answers their names. Raises what a module raises."""
    folder = package_folder(package)
    if folder is None:
        return []
    names = [package, *_below(folder, f"{package}.")]
    for name in names:
        importlib.import_module(name)
    return names


def _below(folder: Path, prefix: str) -> list[str]:
    names: list[str] = []
    for each in pkgutil.iter_modules([str(folder)], prefix):
        last = each.name.rpartition(".")[2]
        if last in APART or last == "__main__":
            continue
        names.append(each.name)
        if each.ispkg:
            names.extend(_below(folder / last, f"{each.name}."))
    return names
