"""Rows of several branches in one list, for positions that oversee the branches below their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g
from flask_babel import get_locale
from sqlalchemy import select
from sqlalchemy.sql import ColumnElement

from core.branches.models import BranchOwned, BranchPlugin
from core.branches.scope import current_scope
from core.branches.switches import CORE
from core.entities.spec import Entity
from core.installation import installation
from core.people.access import current_person
from core.people.rights.snapshot import Node, present, tree_of

BRANCH = "branch_id"
_SWITCHES = "zhidu_switched_on"


def spans(entity: Entity) -> bool:
    """Whether a list of the entity shows rows of more branches than the active one."""
    return issubclass(entity.model, BranchOwned) and len(current_scope().readable) > 1


def is_own(record: Any) -> bool:
    """Whether a record may be written where the reader acts: it belongs to the active branch, or to none."""
    return not isinstance(record, BranchOwned) or record.branch_id == current_scope().active


def across(entity: Entity) -> list[ColumnElement[bool]]:
    """What narrows rows of several branches to those where the plugin is on: switching off hides, there too."""
    if not spans(entity) or entity.plugin == CORE:
        return []
    on = select(BranchPlugin.branch_id).where(BranchPlugin.plugin == entity.plugin, BranchPlugin.enabled)
    return [entity.model.branch_id.in_(on)]


def only_own(entity: Entity) -> list[ColumnElement[bool]]:
    """What narrows rows to the active branch: a form may point to its own branch's rows only."""
    return [entity.model.branch_id == current_scope().active] if spans(entity) else []


def branches() -> Sequence[Node]:
    """The branches whose rows the reader sees, the active one first."""
    session, person = installation().database.session(), current_person()
    known = person.known if person is not None and person.known is not None else present(session)
    tree = tree_of(session, known)
    return [tree[each] for each in current_scope().readable if each in tree]


def branches_with(plugin: str) -> tuple[int, ...]:
    """The ids of those of them where a plugin is on; one statement a request for all plugins, and none for the core."""
    readable = current_scope().readable
    if plugin == CORE:
        return readable
    on = _switched_on(readable)
    return tuple(each for each in readable if (each, plugin) in on)


def _switched_on(readable: tuple[int, ...]) -> frozenset[tuple[int, str]]:
    """Branch and plugin wherever one is on, of the branches that are read now."""
    known: dict[tuple[int, ...], frozenset[tuple[int, str]]] = g.setdefault(_SWITCHES, {})
    if readable not in known:
        on = select(BranchPlugin.branch_id, BranchPlugin.plugin).where(BranchPlugin.enabled)
        rows = installation().database.session().execute(on.where(BranchPlugin.branch_id.in_(readable)))
        known[readable] = frozenset((branch_id, plugin) for branch_id, plugin in rows)
    return known[readable]


def branch_names() -> dict[int, str]:
    """The names of those branches by id."""
    locale = str(get_locale() or "en")
    return {each.id: each.name(locale) for each in branches()}


def branch_of(entity: Entity, code: str) -> int | None:
    """The id of a branch that a list is narrowed to; None for one that the reader does not see."""
    if not code or not spans(entity):
        return None
    return next((each.id for each in branches() if each.code == code), None)
