"""The host: finds, orders, checks and registers plugins; a broken one is set aside, visibly."""

from __future__ import annotations

import pkgutil
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import core
from core.data.errors import SetupError
from core.data.migrations import Owner
from core.host.contributions import HOOK_ITEMS, Contributions, PluginError
from core.host.discovery import Found, find_plugins, package_folder
from core.host.loading import check_hooks, check_tables, import_plugin, new_manager, taken_back_on_error
from core.host.manifest import Manifest
from core.host.order import CORE, in_order, waits_for
from core.settings import CHECKOUT, Settings

ACTIVE, QUARANTINED, WAITING = "active", "quarantined", "waiting"


@dataclass(frozen=True)
class Installed:
    """A plugin that was found. `error` is one line for the list; `trace` is kept for the administrator."""

    manifest: Manifest
    state: str
    error: str = ""
    trace: str = ""

    @property
    def id(self) -> str:
        return self.manifest.id


class Host:
    """Loads the core's features and every plugin, once.

    A plugin is *quarantined* when it raises (at import, when registered, or when a hook is asked at start),
    implements an unknown hook, or answers something wrong: nothing of it is registered. Its modules, mapped
    classes and tables are forgotten; what it did elsewhere while it was imported cannot be undone. A plugin
    is *waiting* while one that it requires is not running. With `strict` the first such plugin raises
    PluginError instead. `beside` gives the folders of plugins that are not installed.
    """

    def __init__(
        self,
        core_modules: Sequence[str],
        settings: Settings,
        *,
        strict: bool = False,
        beside: Sequence[Path] = (),
    ) -> None:
        self._manager = new_manager()
        self._contributions = Contributions()
        self._strict = strict
        self._order: list[str] = []
        for module in core_modules:
            self._load(CORE, module.removesuffix(".plugin"), name=module)
        self.installed: tuple[Installed, ...] = tuple(
            self._take(find_plugins(settings.plugin_folders, beside))
        )

    def gather(self, hook: str) -> list[tuple[str, Any]]:
        """What a hook brought at start, as (owner, item): core first, plugins after what they require."""
        return list(self._contributions.items[hook])

    def implementations(self, hook: str) -> list[tuple[str, Callable[..., Any]]]:
        """The functions behind a hook that is called later (`demo`), as (owner, function), in the same order.

        A function takes the hook's arguments by name.
        """
        found = {each.plugin_name: each for each in getattr(self._manager.hook, hook).get_hookimpls()}
        return [
            (_owner_of(name), _by_name(found[name].function, found[name].argnames))
            for name in self._order
            if name in found
        ]

    @property
    def owners(self) -> tuple[Owner, ...]:
        """Who brings tables and catalogues: the core, then the active plugins in their order."""
        return (Owner(CORE, CHECKOUT), *(Owner(each.id, each.manifest.folder) for each in self.active))

    @property
    def active(self) -> tuple[Installed, ...]:
        """The plugins that run."""
        return tuple(each for each in self.installed if each.state == ACTIVE)

    def plugin(self, plugin_id: str) -> Installed | None:
        """The plugin of that id, in whatever state."""
        return next((each for each in self.installed if each.id == plugin_id), None)

    def requirements_of(self, plugin_id: str) -> tuple[str, ...]:
        """The plugins that have to be on before this one, theirs included, in the order to switch them on."""
        wanted = self._closure(plugin_id, self._direct_requirements)
        return tuple(each.id for each in self.installed if each.id in wanted)

    def dependents_of(self, plugin_id: str) -> tuple[str, ...]:
        """The active plugins that cannot be on without this one, in the order to switch them off."""
        wanted = self._closure(plugin_id, self._direct_dependents)
        return tuple(each.id for each in reversed(self.active) if each.id in wanted)

    def _direct_requirements(self, plugin_id: str) -> set[str]:
        found = self.plugin(plugin_id)
        return {each.plugin for each in found.manifest.requires} - {CORE} if found else set()

    def _direct_dependents(self, plugin_id: str) -> set[str]:
        return {each.id for each in self.active if plugin_id in self._direct_requirements(each.id)}

    def _closure(self, plugin_id: str, step: Callable[[str], set[str]]) -> set[str]:
        reached: set[str] = set()
        ahead = step(plugin_id)
        while ahead:
            reached |= ahead
            ahead = {far for near in ahead for far in step(near)} - reached
        return reached - {plugin_id}

    def _take(self, found: list[Found]) -> Iterator[Installed]:
        problems = {each.manifest.id: each.problem for each in found if each.problem}
        all_of = {each.manifest.id: each.manifest for each in found}
        running = {CORE: core.VERSION}
        for manifest in in_order([each.manifest for each in found]):
            taken = self._judge(manifest, problems.get(manifest.id), waits_for(manifest, all_of, running))
            if taken.state == ACTIVE:
                running[manifest.id] = manifest.version
            yield taken

    def _judge(self, manifest: Manifest, problem: str | None, reason: str | None) -> Installed:
        if problem or reason:
            if self._strict:
                raise PluginError(f"{manifest.id}: {problem or reason}")
            return Installed(manifest, QUARANTINED if problem else WAITING, problem or reason or "")
        try:
            self._load(manifest.id, manifest.package, name=manifest.id)
        except (Exception, SystemExit) as error:
            text = one_line(error)
            if self._strict:
                raise PluginError(f"{manifest.id}: {text}") from error
            return Installed(manifest, QUARANTINED, text, "".join(traceback.format_exception(error)))
        return Installed(manifest, ACTIVE)

    def _load(self, owner: str, package: str, name: str) -> None:
        with taken_back_on_error(owner, package):
            module = import_plugin(package)
            check_hooks(self._manager, module)
            check_tables(owner, package)
            _check_migrations(owner, package)
            self._manager.register(module, name=name)
            try:
                judged = self._contributions.judged(owner, self._answers(name))
            except BaseException:
                self._manager.unregister(name=name)
                raise
        self._contributions.keep(owner, judged)
        self._order.append(name)

    def _answers(self, name: str) -> Iterator[tuple[str, Any]]:
        for hook in HOOK_ITEMS:
            for each in getattr(self._manager.hook, hook).get_hookimpls():
                if each.plugin_name == name:
                    yield hook, each.function()


def core_modules() -> list[str]:
    """Every `core.<package>.plugin`: the core's features announce themselves as plugins do."""
    packages = [each.name for each in pkgutil.iter_modules(core.__path__, "core.") if each.ispkg]
    return [
        f"{package}.plugin"
        for package in sorted(packages)
        if any(each.name == "plugin" for each in pkgutil.iter_modules([str(package_folder(package))]))
    ]


def load_host(settings: Settings, *, strict: bool = False) -> Host:
    """A Host of the core's features and every plugin that is found."""
    return Host(core_modules(), settings, strict=strict)


def one_line(error: BaseException) -> str:
    """What went wrong, for a list; the class is named when the text is not one of ours."""
    text = " ".join(str(error).split())
    if isinstance(error, SetupError):
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _check_migrations(owner: str, package: str) -> None:
    folder = package_folder(package)
    if owner == CORE or folder is None:
        return
    own = Owner(owner, folder)
    if own.has_migrations:
        own.scripts()


def _owner_of(name: str) -> str:
    return CORE if name.startswith(f"{CORE}.") else name


def _by_name(function: Callable[..., Any], names: Sequence[str]) -> Callable[..., Any]:
    def call(**arguments: Any) -> Any:
        return function(**{name: arguments[name] for name in names})

    return call
