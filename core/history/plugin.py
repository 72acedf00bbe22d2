"""What the core says of the history through the hooks."""

from __future__ import annotations

from core.history import models  # noqa: F401 - its tables are the core's to migrate
