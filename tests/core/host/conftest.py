"""A folder for the plugins of one test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import plugin_folders


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[plugin_folders.PluginFolder]:
    with plugin_folders.plugin_folder(tmp_path / "beside") as made:
        yield made
