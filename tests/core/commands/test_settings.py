"""Settings from the environment, and secrets that are made once."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.settings import CHECKOUT, Settings, kept_secret


def test_what_is_not_set_has_a_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("ZHIDU_HOME", str(tmp_path / "new" / "home"))
    settings = Settings.from_environment()
    assert settings.port == 8080
    assert settings.database_url == f"sqlite:///{tmp_path / 'new' / 'home' / 'zhidu.sqlite'}"
    assert settings.node_modules == CHECKOUT / "node_modules"
    assert Settings.from_environment().secret_key == settings.secret_key
    assert len(settings.secret_key) >= 40
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700


def test_what_is_set_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    given = {
        "ZHIDU_PORT": "9000",
        "ZHIDU_DATABASE_URL": "sqlite://",
        "ZHIDU_SECRET_KEY": "k",
        "ZHIDU_HOME": str(tmp_path),
    }
    for name, value in {**given, "ZHIDU_DEMO_PASSWORD": "chosen password"}.items():
        monkeypatch.setenv(name, value)
    settings = Settings.from_environment()
    assert (settings.port, settings.database_url, settings.secret_key) == (9000, "sqlite://", "k")
    assert settings.demo_password == "chosen password"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: kept_secret(tmp_path / "secret"), range(40)))
    assert len(made) == 1
    assert next(iter(made))
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]
