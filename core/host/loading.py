"""Imports a plugin's `plugin.py`, checks its hooks, and takes an import back when something is wrong."""

from __future__ import annotations

import difflib
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import pluggy
from sqlalchemy import Table
from sqlalchemy.orm import Mapper, configure_mappers

from core.data.base import Base
from core.data.migrations import owner_of_table
from core.hooks import PROJECT, Hooks
from core.host.contributions import PluginError

REORDERING = ("tryfirst", "trylast", "wrapper", "hookwrapper")


def new_manager() -> pluggy.PluginManager:
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    return manager


def import_plugin(package: str) -> ModuleType:
    """The module `<package>.plugin`, with all mappers configured, so that a broken relationship shows now."""
    module = importlib.import_module(f"{package}.plugin")
    configure_mappers()
    return module


def check_hooks(manager: pluggy.PluginManager, module: ModuleType) -> None:
    """Raise PluginError for a hook that does not exist or wants to change the order of the others."""
    for name in dir(module):
        options = manager.parse_hookimpl_opts(module, name)
        if options is None:
            continue
        hook = options.get("specname") or name
        if not hasattr(Hooks, hook):
            raise PluginError(f"{name}() implements an unknown hook{_suggestion(hook)}; see core/hooks.py")
        for option in REORDERING:
            if options.get(option):
                raise PluginError(
                    f"{name}() asks for {option}; hooks are called in the order of requirements, take it out"
                )


def check_tables(owner: str, package: str) -> None:
    """Raise PluginError for a model of `package` whose table does not carry the owner's prefix."""
    for mapper in mappers_of(package):
        table = getattr(mapper.local_table, "name", "")
        if owner_of_table(table, [owner]) != owner:
            raise PluginError(
                f"{mapper.class_.__name__} has the table {table}; tables of {owner} start with {owner}_"
            )


def mappers_of(package: str) -> list[Mapper[Any]]:
    """The mapped classes that are written in `package`."""
    return [each for each in Base.registry.mappers if _is_in(each.class_.__module__, package)]


class Before:
    """What Python and SQLAlchemy knew at one moment, so that an import after it can be taken back."""

    def __init__(self) -> None:
        self._tables = set(Base.metadata.tables)
        self._managers = set(Base.registry._managers)
        self._modules = set(sys.modules)

    def restore(self, owner: str, package: str) -> None:
        """Forget the modules of `package` that came since, their mapped classes, and tables of `owner`.

        What a module did elsewhere while it was imported (listeners, patches, backrefs on the core's models) stays.
        """
        gone = {name for name in set(sys.modules) - self._modules if _is_in(name, package)}
        # A class left behind with a broken relationship would fail every other plugin's queries. SQLAlchemy
        # takes back only whole registries in public, so its own step for one class is called.
        for manager in set(Base.registry._managers) - self._managers:
            if _is_in(manager.class_.__module__, package):
                Base.registry._managers.pop(manager)
                Base.registry._dispose_manager_and_mapper(manager)
        mapped = _tables_of(gone, package)
        for name in set(Base.metadata.tables) - self._tables:
            if name in mapped or owner_of_table(name, [owner]) == owner:
                Base.metadata.remove(Base.metadata.tables[name])
        for name in gone:
            del sys.modules[name]


@contextmanager
def taken_back_on_error(owner: str, package: str) -> Iterator[None]:
    """When the block raises, forget what it imported from `package`."""
    before = Before()
    try:
        yield
    except BaseException:
        before.restore(owner, package)
        raise


def _tables_of(modules: set[str], package: str) -> set[str]:
    """The names of tables of the model classes that are written in `modules`."""
    values = [value for name in modules for value in vars(sys.modules[name]).values()]
    written = [each for each in values if isinstance(each, type) and _is_in(each.__module__, package)]
    tables = [vars(each).get("__table__") for each in written]
    return {table.name for table in tables if isinstance(table, Table)}


def _is_in(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def _suggestion(hook: str) -> str:
    close = difflib.get_close_matches(hook, [name for name in vars(Hooks) if not name.startswith("_")], n=1)
    return f" (did you mean {close[0]}?)" if close else ""
