"""Small owners of texts, made in a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.languages import Owner

HEADER = 'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
MakeOwner = Callable[..., Owner]


@pytest.fixture
def make_owner(tmp_path: Path) -> MakeOwner:
    """Make an owner: `files` by name with their text, `po` as the body of its Chinese catalogue."""

    def make(
        owner_id: str = "shop", po: str = "", files: dict[str, str] | None = None, library: bool = False
    ) -> Owner:
        folder = tmp_path / owner_id
        owner = Owner(owner_id, folder, folder / "translations", library=library)
        for name, text in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        if po:
            owner.folder("zh").mkdir(parents=True, exist_ok=True)
            owner.po("zh").write_text(HEADER + po, encoding="utf-8")
        return owner

    return make
