"""What plugins bring through their hooks: of the right type, under ids of their own, each id once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import click
from flask import Flask
from flask_appbuilder.baseviews import BaseView

from core.data.errors import SetupError
from core.data.migrations import owner_of_table
from core.entities.spec import Entity
from core.exchange.kinds import ImportKind
from core.handbook import registry as handbook
from core.handbook.kinds import Rule
from core.host.order import CORE
from core.inspections.judging import judged as judged_rounds
from core.inspections.kinds import InspectionRound
from core.jobs.kinds import JobKind
from core.measures.kinds import Measure
from core.menu import MenuItem
from core.messages import wording
from core.messages.kinds import MessageTemplate
from core.notices.kinds import NoticeKind
from core.people.positions import Position
from core.reports.judging import judged as judged_reports
from core.reports.kinds import Report
from core.visits.kinds import Round
from core.work.kinds import WorkKind
from core.workflow import registry as workflows
from core.workflow.kinds import Workflow

HOOK_ITEMS: dict[str, Any] = {
    "entities": Entity,
    "positions": Position,
    "rules": Rule,
    "workflows": Workflow,
    "templates": MessageTemplate,
    "views": type,
    "menu": MenuItem,
    "jobs": JobKind,
    "imports": ImportKind,
    "rounds": Round,
    "inspections": InspectionRound,
    "reports": Report,
    "commands": click.Command,
    "home_cards": Callable,
    "work": WorkKind,
    "measures": Measure,
    "notices": NoticeKind,
}
"""The hooks that are asked once at start, and the type of what each lists; others are called when needed."""
_NAMED_BY_RULES = ("entities", "positions", "measures", "rules", "inspections", "reports")


class PluginError(SetupError):
    """A plugin breaks the rules of the house; the text says which and what to do."""


@dataclass
class Contributions:
    """Everything that was registered, with its owner, in the order of requirements."""

    items: dict[str, list[tuple[str, Any]]] = field(default_factory=lambda: {hook: [] for hook in HOOK_ITEMS})

    def judged(self, owner: str, answers: Iterable[tuple[str, Any]]) -> list[tuple[str, Any]]:
        """`answers` (hook, what it answered) as (hook, item). Raises PluginError; keeps nothing yet."""
        taken = {
            (hook, key(item)): each for hook, held in self.items.items() for each, item in held if key(item)
        }
        judged: list[tuple[str, Any]] = []
        for hook, answer in answers:
            for item in _listed(hook, answer):
                _check(owner, hook, item)
                name = key(item)
                if name and (hook, name) in taken:
                    raise PluginError(
                        f"{hook}() brings {name}, which {taken[hook, name]} brings already; rename it"
                    )
                if name:
                    taken[hook, name] = owner
                judged.append((hook, item))
        if self._knows_the_core(judged):
            self._check_rules(judged)
            self._check_workflows(judged)
        return judged

    def _check_rules(self, judged: list[tuple[str, Any]]) -> None:
        """What rules name has to be there: with the owner's own, or with one that it requires."""
        known = [*((hook, each) for hook, held in self.items.items() for _owner, each in held), *judged]
        there = {hook: {key(each): each for name, each in known if name == hook} for hook in _NAMED_BY_RULES}
        rules = [item for hook, item in judged if hook == "rules"]
        rounds = [item for hook, item in judged if hook == "inspections"]
        reports = [item for hook, item in judged if hook == "reports"]
        wrong = [
            *handbook.judged(rules, there["entities"], there["positions"], there["measures"]),
            *judged_rounds(rules, rounds, there["inspections"], there["rules"], there["positions"]),
            *judged_reports(rules, reports, there["reports"], there["rules"], there["positions"]),
        ]
        if wrong:
            raise PluginError("; ".join(wrong))

    def _knows_the_core(self, judged: list[tuple[str, Any]]) -> bool:
        """What rules and messages name is the core's too: a host without its features knows too little to judge."""
        held = [each for _owner, each in self.items["entities"]]
        held += [item for hook, item in judged if hook == "entities"]
        return any(each.id.startswith(f"{CORE}.") for each in held)

    def _check_workflows(self, judged: list[tuple[str, Any]]) -> None:
        """What workflows and messages name has to be there: with the owner's own, or with one that it requires."""
        held = [each for _owner, each in self.items["entities"]]
        held += [item for hook, item in judged if hook == "entities"]
        there = {each.id: each for each in held}
        rules = {each.id: each for _owner, each in self.items["rules"]}
        rules |= {item.id: item for hook, item in judged if hook == "rules"}
        wrong = workflows.judged([item for hook, item in judged if hook == "workflows"], there, rules)
        for hook, item in judged:
            wrong += wording.problems_of(item, there) if hook == "templates" else []
        if wrong:
            raise PluginError("; ".join(wrong))

    def keep(self, owner: str, judged: Iterable[tuple[str, Any]]) -> None:
        for hook, item in judged:
            self.items[hook].append((owner, item))


def key(item: Any) -> str:
    """What has to be unique among the items of one hook; empty when nothing has to be."""
    if isinstance(item, type):
        return str(getattr(item, "endpoint", None) or item.__name__)
    if isinstance(item, click.Command):
        return item.name or ""
    return str(getattr(item, "id", ""))


def _listed(hook: str, answer: Any) -> list[Any]:
    if not isinstance(answer, (list, tuple)):
        raise PluginError(f"{hook}() answers {type(answer).__name__}, expected a list")
    expected = HOOK_ITEMS[hook]
    for item in answer:
        if not isinstance(item, expected):
            raise PluginError(f"{hook}() lists {item!r}, which is no {expected.__name__}")
    return list(answer)


def _check(owner: str, hook: str, item: Any) -> None:
    check = _CHECKS.get(hook)
    if check is not None:
        check(owner, hook, item)


def _check_id(owner: str, hook: str, item: Any) -> None:
    start = f"{owner}."
    if not item.id.startswith(start) or item.id == start:
        raise PluginError(f"{hook}() brings the id {item.id!r}; ids of {owner} start with {start}")


def _check_entity(owner: str, hook: str, item: Entity) -> None:
    _check_id(owner, hook, item)
    table = getattr(getattr(item.model, "__table__", None), "name", None)
    if table is None:
        raise PluginError(f"entity {item.id} names {item.model!r} as its model, which has no table")
    if owner_of_table(table, [owner]) != owner:
        raise PluginError(
            f"entity {item.id} stands on the table {table}; tables of {owner} start with {owner}_"
        )


def _check_view(owner: str, hook: str, item: type[Any]) -> None:
    if not issubclass(item, BaseView):
        raise PluginError(f"{hook}() lists {item.__name__}, which is no Flask-AppBuilder BaseView")
    if owner == CORE:
        return
    base = str(item.route_base or "")
    if not f"{base}/".startswith((f"/{owner}/", f"/api/v1/{owner}/")):
        raise PluginError(
            f"view {item.__name__} has route_base {base!r}; addresses of {owner} start with /{owner}/"
        )
    _try_view(item)


def _try_view(item: type[Any]) -> None:
    """Put the view into an application of its own and throw both away: a broken one must not fail the real one."""
    Flask("trial", static_folder=None).register_blueprint(item().create_blueprint(None))


_CHECKS: dict[str, Callable[[str, str, Any], None]] = {
    "entities": _check_entity,
    "positions": _check_id,
    "jobs": _check_id,
    "imports": _check_id,
    "work": _check_id,
    "measures": _check_id,
    "notices": _check_id,
    "rounds": _check_id,
    "workflows": _check_id,
    "templates": _check_id,
    "inspections": _check_id,
    "reports": _check_id,
    "views": _check_view,
}
