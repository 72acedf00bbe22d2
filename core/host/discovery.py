"""Finds plugins in the tree, in folders beside it and among installed packages. Imports none of them."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.data.errors import SetupError
from core.host.manifest import FILE, Manifest, ManifestError, nameless, read_manifest

ENTRY_POINTS = "zhidu.plugins"
TREE = "plugins"


@dataclass(frozen=True)
class Found:
    """A plugin that was found; `problem` says why its manifest cannot be used."""

    manifest: Manifest
    problem: str | None = None


def find_plugins(folders: Iterable[Path], beside: Iterable[Path] = ()) -> list[Found]:
    """Every plugin of the tree, of `folders` (each holds plugin folders), of installed packages, and `beside`.

    The same id in two places makes both unusable: which one is meant is not for the program to guess.
    """
    importlib.invalidate_caches()
    found: dict[Path, Found] = {}
    for each in (*_in_tree(), *_in_folders(folders), *_installed()):
        found.setdefault(each.manifest.folder.resolve(), each)
    for folder in beside:
        if folder.resolve() not in found:
            found[folder.resolve()] = _beside(folder, _read)
    return _without_doubles(list(found.values()))


def _in_tree() -> Iterator[Found]:
    root = package_folder(TREE)
    for folder in _plugin_folders(root) if root else ():
        yield _read_named(folder, f"{TREE}.{folder.name}")


def _in_folders(folders: Iterable[Path]) -> Iterator[Found]:
    for parent in folders:
        if not parent.is_dir():
            raise SetupError(f"the plugin folder {parent} is not there; correct ZHIDU_PLUGIN_FOLDERS")
        for folder in _plugin_folders(parent):
            yield _beside(folder, _read_named)


def _beside(folder: Path, read: Callable[[Path, str], Found]) -> Found:
    """A plugin folder outside the tree; its parent becomes importable, behind everything that is already."""
    parent = str(folder.parent.resolve())
    if parent not in sys.path:
        sys.path.append(parent)
    located = package_folder(folder.name)
    if located is None or located.resolve() != folder.resolve():
        where = f"the package in {located}" if located else "no __init__.py there"
        return Found(
            nameless(folder, folder.name),
            f"{folder} cannot be imported as {folder.name}: {where} is in the way",
        )
    return read(folder, folder.name)


def _installed() -> Iterator[Found]:
    for entry in importlib.metadata.entry_points(group=ENTRY_POINTS):
        folder = package_folder(entry.value)
        if folder is None:
            missing = nameless(Path(entry.name), entry.value)
            yield Found(
                missing,
                f"the entry point {entry.name} names the package {entry.value}, which is not installed",
            )
        else:
            yield _read(folder, entry.value)


def _plugin_folders(parent: Path) -> list[Path]:
    return sorted(file.parent for file in parent.glob(f"*/{FILE}"))


def package_folder(package: str) -> Path | None:
    """Where `package` lies, without importing it (only the packages above it are imported)."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


def _read(folder: Path, package: str) -> Found:
    try:
        return Found(read_manifest(folder, package))
    except ManifestError as error:
        return Found(nameless(folder, package), str(error))


def _read_named(folder: Path, package: str) -> Found:
    found = _read(folder, package)
    if found.problem is None and found.manifest.id != folder.name:
        name = found.manifest.id
        problem = f'{folder / FILE}: id is "{name}" but the folder is {folder.name}; give both one name'
        return Found(nameless(folder, package), problem)
    return found


def _without_doubles(found: list[Found]) -> list[Found]:
    places: dict[str, list[Path]] = {}
    for each in found:
        places.setdefault(each.manifest.id, []).append(each.manifest.folder)
    kept: dict[str, Found] = {}
    for each in found:
        name = each.manifest.id
        if len(places[name]) > 1:
            where = " and ".join(str(folder) for folder in places[name])
            each = Found(each.manifest, f"the plugin {name} is there twice, in {where}; remove one")
        kept.setdefault(name, each)
    return list(kept.values())
