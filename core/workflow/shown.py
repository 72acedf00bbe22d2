"""The moves of a workflow as rows of a table: what the drawing shows, and all that it does not."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from core.branches.scope import current_branch_id
from core.entities.spec import Entity
from core.handbook.kinds import Approval, Rule, Settings
from core.handbook.settings import settings_on
from core.handbook.words import sentence
from core.installation import installation
from core.people.access import today_in
from core.workflow.approvals import deciders, rules_here
from core.workflow.kinds import Transition, Workflow
from core.workflow.positions import position_words
from core.workflow.texts import told


def columns() -> list[dict[str, Any]]:
    """The headings."""
    labels = (
        gettext("Transition"),
        gettext("From state"),
        gettext("To state"),
        gettext("Who may"),
        gettext("What it asks for"),
        gettext("Positions that approve"),
        gettext("Time limit"),
        gettext("Clause"),
    )
    return [{"label": each, "numeric": False} for each in labels]


def rows(entity: Entity, workflow: Workflow) -> list[dict[str, Any]]:
    """One row for each move."""
    return [
        {"cells": [{"value": value} for value in _cells(entity, workflow, each)]}
        for each in workflow.transitions
    ]


def _cells(entity: Entity, workflow: Workflow, each: Transition) -> list[str]:
    return [
        told(each.label),
        ", ".join(told(workflow.state(name).label) for name in each.source),
        told(workflow.state(each.to).label),
        ", ".join(_holders(entity, each.right)),
        ", ".join(_asked(entity, each)),
        " → ".join(position_words(_deciders(rule)) for rule in _approving(entity, each)),
        _limit(each),
        _clause(each),
    ]


def _approving(entity: Entity, each: Transition) -> list[Approval]:
    session, branch_id = installation().database.session(), current_branch_id()
    return rules_here(session, entity, each, today_in(session, branch_id))


def _deciders(rule: Approval) -> list[str]:
    """Who decides by the settings in force in the branch today."""
    if not rule.decider:
        return list(rule.positions)
    return deciders(rule, _in_force(rule))


def _in_force(rule: Rule) -> Settings:
    """The settings of a rule in the branch today."""
    session, branch_id = installation().database.session(), current_branch_id()
    return settings_on(session, rule, branch_id, today_in(session, branch_id))


def _limit(each: Transition) -> str:
    """What the deadline says that runs until the move is made."""
    rule = installation().rules.rules.get(each.within)
    return sentence(rule, _in_force(rule)) if rule is not None else ""


def _holders(entity: Entity, right: str) -> list[str]:
    """The positions that hold the right by their plugin's word."""
    if not right:
        return [gettext("The program itself")]
    return [
        str(position.label)
        for position in installation().positions.values()
        if any(grant.entity == entity.id and right in grant.actions for grant in position.grants)
    ]


def _asked(entity: Entity, each: Transition) -> list[str]:
    labels = [str(entity.field(name).label) for name in each.entered]
    if each.witnesses is not None:
        labels.append(gettext("%(count)s witnesses", count=each.witnesses.count))
    return labels


def _clause(each: Transition) -> str:
    if each.clause is None:
        return ""
    return f"{told(each.clause.document)} {each.clause.heading}"
