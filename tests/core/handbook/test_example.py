"""The example company shows the rule book at work, and all that it decided comes out the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import databases
from core.cli import main


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_nothing_that_the_example_company_decided_comes_out_otherwise(
    backend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with databases.company(backend, tmp_path / "home") as url:
        monkeypatch.setenv("ZHIDU_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("ZHIDU_DATABASE_URL", url)
        with pytest.raises(SystemExit) as ended:
            main(["rules", "replay", "--format", "json"])
        told = json.loads(capsys.readouterr().out)
    assert told["differences"] == []
    assert ended.value.code in (0, None)
    assert told["judged"] > 50
