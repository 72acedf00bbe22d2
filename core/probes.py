"""`/healthz` (the process is up) and `/readyz` (database, migrations, plugins)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify
from sqlalchemy import text

from core.branches import protection
from core.data import migrations
from core.installation import installation
from core.jobs import storage
from core.search.plans import plan_of
from core.search.rebuilding import behind

probes = Blueprint("probes", __name__)


@probes.get("/healthz")
def healthz() -> Any:
    """The process answers."""
    return jsonify(status="ok")


@probes.get("/readyz")
def readyz() -> Any:
    """Whether this process can serve: each part with "ok" or what is wrong with it."""
    parts = {"database": _database(), "migrations": "unknown", "rows": "unknown", "plugins": _plugins()}
    parts["search"] = "unknown"
    if parts["database"] == "ok":
        parts["migrations"] = _migrations()
        parts["rows"] = _rows()
    if parts["migrations"] == "ok":
        parts["search"] = _search()
    ready = all(parts[each] == "ok" for each in ("database", "migrations", "rows"))
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


def _rows() -> str:
    """Whether the database itself holds rows in their branches."""
    engine = installation().database.engine
    problem = protection.binding_problem(engine)
    if problem is None:
        with engine.connect() as connection:
            lacking = protection.missing(connection)
        problem = f"{len(lacking)} guards are missing; run `zhidu migrate`" if lacking else None
    return problem or "ok"


def _search() -> str:
    """Whether every searched record has its tokens. Without them a process serves, and finds less."""
    installed = installation()
    plans = {plan_of(each.model) for each in installed.entities.values()} - {None}
    with installed.database.sessions() as session:
        waiting = behind(session, [each for each in plans if each is not None])
    return (
        f"{len(waiting)} tables are not searched whole; run `zhidu search rebuild --missing`"
        if waiting
        else "ok"
    )


def _plugins() -> str:
    broken = [each.id for each in installation().host.installed if each.state != "active"]
    return f"not running: {', '.join(broken)}" if broken else "ok"
