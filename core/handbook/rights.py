"""Who reads the rule book, and who may change its settings."""

from __future__ import annotations

from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.branches.switches import plugin_on
from core.entities import service
from core.entities.registry import demand, entity_by_id
from core.handbook.models import Finding
from core.handbook.registry import book
from core.people.access import current_person, may

RULE, FINDING, OBLIGATION = "core.rule", "core.finding", "core.obligation"
CHANGE, APPROVE = "change", "approve"
OWN_RULE, WRITE, PUBLISH = "core.own-rule", "write", "publish"


def reads_handbook(plugin: str) -> bool:
    """Whether the person may read a department's rules: all who hold anything in it, where it is on."""
    person = current_person()
    if person is None or person.branch is None:
        return False
    if may(RULE, "see"):
        return True
    return plugin_on(plugin) and any(each.startswith(f"{plugin}.") for each in person.grants)


def readable_plugins() -> list[str]:
    """The departments whose rules the person may read, in the order of the rule book."""
    owners = dict.fromkeys(book().owners.values())
    return [each for each in owners if reads_handbook(each)]


def demand_handbook(plugin: str) -> None:
    """Raise Unauthorized without a person, NotFound for rules that are not theirs to read."""
    if current_person() is None:
        raise Unauthorized
    if not reads_handbook(plugin):
        raise NotFound


def demand_finding(session: Session, finding: Finding | None) -> Finding:
    """The finding, where the person may see its subject; a record that was refused unborn needs the right alone."""
    if finding is None:
        raise NotFound
    entity = entity_by_id(finding.entity)
    if may(FINDING, "see"):
        return finding
    demand(entity, "see")
    if finding.subject_id is not None:
        service.find(session, entity, finding.subject_id)
    return finding
