"""Which plugin is on in which branch. Each request asks, so that a switch takes effect on every process at once.

Of the active branch it is known before (`core.people.access`), as of the counter that a switch counts up.
"""

from __future__ import annotations

from typing import Any

from flask import g, has_request_context
from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import Branch, BranchPlugin
from core.branches.scope import current_scope
from core.data import UserError, clock
from core.installation import installation
from core.ui import format as shown

CORE = "core"


def plugins_on(session: Session, branch_id: int) -> frozenset[str]:
    """The ids of the plugins that are switched on in a branch."""
    statement = select(BranchPlugin.plugin).where(BranchPlugin.branch_id == branch_id, BranchPlugin.enabled)
    return frozenset(session.scalars(statement))


def plugin_on(plugin: str, branch_id: int | None = None) -> bool:
    """Whether `plugin` is on in a branch (by default the active one). The core is on everywhere."""
    if plugin == CORE:
        return True
    branch_id = current_scope().active if branch_id is None else branch_id
    if branch_id is None:
        return False
    return plugin in _remembered(branch_id)


def on_here() -> frozenset[str]:
    """The plugins that are on in the active branch."""
    branch_id = current_scope().active
    return _remembered(branch_id) if branch_id is not None else frozenset()


def remember_switches(branch_id: int, plugins: frozenset[str]) -> None:
    """Which plugins are on in a branch, known for the rest of this request."""
    if has_request_context():
        g.setdefault("zhidu_plugins_on", {})[branch_id] = plugins


def _remembered(branch_id: int) -> frozenset[str]:
    session = installation().database.session()
    if not has_request_context():
        return plugins_on(session, branch_id)
    known: dict[int, frozenset[str]] = g.setdefault("zhidu_plugins_on", {})
    if branch_id not in known:
        known[branch_id] = plugins_on(session, branch_id)
    return known[branch_id]


def switch(session: Session, branch: Branch, plugin: str, on: bool, user_id: int | None) -> None:
    """Switch a plugin on or off in a branch.

    Raises UserError when the plugin does not run, when something it requires is off there (the message says what to
    switch on first), or when another plugin that is on requires it.
    """
    host = installation().host
    known = {each.manifest.id: each for each in host.installed}
    if plugin not in known:
        raise UserError(
            "There is no plugin %(plugin)s. Look at the list of plugins.", plugin=plugin, status=404
        )
    present = plugins_on(session, branch.id)
    if on:
        _require_runnable(known[plugin])
        missing = [each for each in host.requirements_of(plugin) if each not in present]
        if missing:
            raise UserError(
                "Switch on %(missing)s in this branch first: %(plugin)s needs it.",
                missing=_titles(known, missing),
                plugin=_titles(known, [plugin]),
                status=409,
            )
    else:
        needed_by = [each for each in host.dependents_of(plugin) if each in present]
        if needed_by:
            raise UserError(
                "Switch off %(dependents)s in this branch first: it needs %(plugin)s.",
                dependents=_titles(known, needed_by),
                plugin=_titles(known, [plugin]),
                status=409,
            )
    _write(session, branch.id, plugin, on, user_id)


def _require_runnable(installed: Any) -> None:
    if installed.state != "active":
        raise UserError(
            "This plugin does not run; read its error on the list of plugins and mend it first.", status=409
        )


def _titles(known: dict[str, Any], ids: list[str]) -> str:
    locale = str(get_locale() or "en")
    return shown.listed(known[each].manifest.title.of(locale) for each in ids)


def _write(session: Session, branch_id: int, plugin: str, on: bool, user_id: int | None) -> None:
    row = session.scalar(
        select(BranchPlugin)
        .where(BranchPlugin.branch_id == branch_id, BranchPlugin.plugin == plugin)
        .with_for_update()
    )
    if row is None:
        row = BranchPlugin(branch_id=branch_id, plugin=plugin)
        session.add(row)
    row.enabled, row.changed_by, row.changed_at = on, user_id, clock.now()
    session.flush()
