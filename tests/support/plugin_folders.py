"""Plugins written by a test into a folder, and forgotten by Python afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.host import Host
from core.host.loading import Before
from core.settings import Settings

MANIFEST = """\
id = "{name}"
version = "{version}"

[title]
en = "{name}"
zh = "插件"
"""
HOOKS = "from core.hooks import hookimpl\n\n\n"
EMPTY = HOOKS + "@hookimpl\ndef entities():\n    return []\n"


class PluginFolder:
    """A folder of plugins; `host()` is what a process would have with the folder in its settings."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        self.before = Before()
        self.names: list[str] = []

    def add(
        self, name: str, plugin: str = EMPTY, *, version: str = "1.0.0", more: str = "", **files: str
    ) -> Path:
        """Write a plugin. `more` goes to the end of its manifest; `files` are further modules by name."""
        folder = self.path / name
        folder.mkdir()
        self.names.append(name)
        (folder / "__init__.py").touch()
        (folder / "manifest.toml").write_text(
            MANIFEST.format(name=name, version=version) + more, encoding="utf-8"
        )
        for module, text in {"plugin": plugin, **files}.items():
            (folder / f"{module}.py").write_text(text, encoding="utf-8")
        return folder

    def settings(self, *more: Path) -> Settings:
        return Settings(8080, "sqlite://", self.path, "a key", self.path, (self.path, *more))

    def host(self, *more: Path, strict: bool = False) -> Host:
        """Without the core's own features, which cost time and are not what these tests are about."""
        return Host([], self.settings(*more), strict=strict)


@contextmanager
def plugin_folder(path: Path) -> Iterator[PluginFolder]:
    paths = list(sys.path)
    made = PluginFolder(path)
    try:
        yield made
    finally:
        sys.path[:] = paths
        for name in made.names:
            made.before.restore(name, name)
