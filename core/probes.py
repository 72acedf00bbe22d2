"""`/healthz` (the process is up) and `/readyz` (database, migrations, plugins)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from sqlalchemy import text

from core.data import migrations
from core.installation import installation
from core.jobs import storage

probes = Blueprint("probes", __name__)


@probes.get("/healthz")
def healthz() -> Any:
    """The process answers."""
    return jsonify(status="ok")


@probes.get("/readyz")
def readyz() -> Any:
    """Whether this process can serve: each part with "ok" or what is wrong with it."""
    parts = {"database": _database(), "migrations": "unknown", "plugins": _plugins()}
    if parts["database"] == "ok":
        parts["migrations"] = _migrations()
    ready = parts["database"] == "ok" and parts["migrations"] == "ok"
    return jsonify(status="ok" if ready else "not ready", **parts), 200 if ready else 503


def _database() -> str:
    try:
        with installation().database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception:  # whatever the driver raises: it is not reachable
        return "not reachable"
    return "ok"


def _migrations() -> str:
    reason = migrations.refusal(installation().database.engine, installation().host.owners)
    if reason is None and not storage.ready(installation().database):
        reason = "the job engine's tables are not made yet; run `zhidu migrate`"
    return reason or "ok"


def _plugins() -> str:
    broken = [each.id for each in installation().host.installed if each.state != "active"]
    return f"not running: {', '.join(broken)}" if broken else "ok"
