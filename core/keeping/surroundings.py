"""The settings that an installation was told from outside, and which of them are secrets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from core.settings import Settings

PREFIX = "ZHIDU_"
MASKED = "***"
_SECRET_WORDS = ("PASSWORD", "SECRET", "KEY", "TOKEN", "CREDENTIAL")
_SIGNING = "secret_key"


def settings_in_clear(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Every ZHIDU_... variable; secrets and the passwords in addresses are masked."""
    own = {name: value for name, value in sorted(environment.items()) if name.startswith(PREFIX)}
    return {name: _masked(name, value) for name, value in own.items()}


def secrets_of(settings: Settings, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """What is masked elsewhere, and the key that signs sessions and tokens."""
    shown = settings_in_clear(environment)
    hidden = {name: environment[name] for name, value in shown.items() if environment[name] != value}
    return {_SIGNING: settings.secret_key, "environment": hidden}


def secret_key_in(secrets: Mapping[str, Any]) -> str | None:
    """The key among the secrets of a backup."""
    key = secrets.get(_SIGNING)
    return key if isinstance(key, str) and key else None


def _masked(name: str, value: str) -> str:
    if any(word in name for word in _SECRET_WORDS):
        return MASKED
    if "://" not in value:
        return value
    try:
        return make_url(value).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return MASKED
