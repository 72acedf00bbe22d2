"""`zhidu check` and `zhidu plugin check`: one shape for every plugin, proved by machine."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path

from core import languages
from core.data.errors import SetupError
from core.data.migrations import Owner
from core.host import Host, Installed, core_modules
from core.host.host import one_line
from core.host.importing import import_everything
from core.host.loading import check_tables
from core.host.manifest import FILE
from core.settings import Settings
from core.tooling.checks.descriptions import check_descriptions
from core.tooling.checks.imports import check_imports
from core.tooling.checks.migrations import check_migrations
from core.tooling.checks.problem import Problem
from core.tooling.checks.rules import check_rules
from core.tooling.checks.shape import check_shape
from core.tooling.checks.texts import check_clashes, check_texts

CORE = "core"

__all__ = ["Problem", "check_everything", "check_plugin"]


def check_everything(settings: Settings) -> list[Problem]:
    """What is wrong with the core, each plugin that is found, and their texts taken together."""
    host = Host(core_modules(), settings)
    problems = [*_importable(CORE), *check_texts(languages.shell()), *check_descriptions(CORE, host)]
    problems += check_migrations(host.owners[0], [])
    for each in host.installed:
        problems += _check_installed(each, host)
    problems += check_clashes([(each.id, each.manifest.folder) for each in host.active])
    return problems


def check_plugin(folder: Path, settings: Settings) -> list[Problem]:
    """What is wrong with the plugin in `folder`, which need not be installed."""
    folder = folder.resolve()
    if not (folder / FILE).is_file():
        return list(check_shape(folder.name, folder))
    host = Host(core_modules(), settings, beside=(folder,))
    found = next(each for each in host.installed if each.manifest.folder.resolve() == folder)
    others = [(each.id, each.manifest.folder) for each in host.active if each.id != found.id]
    return [*_check_installed(found, host), *check_clashes([*others, (found.id, folder)])]


def _check_installed(found: Installed, host: Host) -> Iterator[Problem]:
    name, folder = found.id, found.manifest.folder
    yield from check_shape(name, folder)
    yield from check_imports(found.manifest.package, folder, _packages_besides(found, host))
    yield from check_texts(languages.plugin(name, folder))
    if found not in host.active:
        yield Problem(str(folder), f"{found.state}: {found.error}")
        return
    broken = [*_importable(found.manifest.package), *_tables(name, found.manifest.package)]
    yield from broken
    if not broken:
        yield from check_descriptions(name, host)
        texts = languages.plugin(name, folder)
        yield from check_rules(name, host, found.manifest.package, folder, texts)
        before = host.owners[: [each.id for each in host.owners].index(name)]
        yield from check_migrations(Owner(name, folder), before)


def _packages_besides(found: Installed, host: Host) -> frozenset[str]:
    return frozenset(each.manifest.package for each in host.installed if each.id != found.id)


def _importable(package: str) -> Iterator[Problem]:
    try:
        import_everything(package)
    except (Exception, SystemExit) as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        yield Problem(f"{last.filename}:{last.lineno}", f"cannot be imported: {one_line(error)}")


def _tables(owner: str, package: str) -> Iterator[Problem]:
    try:
        check_tables(owner, package)
    except SetupError as error:
        yield Problem(package, str(error))
