"""What the decoration firm's customer service brings to the shell; each package collects it from its areas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.hooks import hookimpl

if TYPE_CHECKING:
    from core.demo import DemoCompany
    from core.entities.spec import Entity
    from core.handbook.kinds import Rule
    from core.inspections.kinds import InspectionRound
    from core.jobs.kinds import JobKind
    from core.measures.kinds import Measure
    from core.menu import MenuItem
    from core.messages.kinds import MessageTemplate
    from core.people.positions import Position
    from core.reports.kinds import Report
    from core.visits.kinds import Round
    from core.work.kinds import WorkKind
    from core.workflow.kinds import Workflow


@hookimpl
def entities() -> list[Entity]:
    from plugins.decoration.entities import ENTITIES

    return list(ENTITIES)


@hookimpl
def positions() -> list[Position]:
    from plugins.decoration.positions import POSITIONS

    return list(POSITIONS)


@hookimpl
def rules() -> list[Rule]:
    from plugins.decoration.rules.book import RULES

    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    from plugins.decoration.workflows import WORKFLOWS

    return list(WORKFLOWS)


@hookimpl
def templates() -> list[MessageTemplate]:
    from plugins.decoration.messages import TEMPLATES

    return list(TEMPLATES)


@hookimpl
def views() -> list[type[Any]]:
    from plugins.decoration.fees import listen
    from plugins.decoration.views import VIEWS

    listen()
    return list(VIEWS)


@hookimpl
def menu() -> list[MenuItem]:
    from plugins.decoration.menu import MENU

    return list(MENU)


@hookimpl
def work() -> list[WorkKind]:
    from plugins.decoration.work import WORK

    return list(WORK)


@hookimpl
def measures() -> list[Measure]:
    from plugins.decoration.measures import MEASURES

    return list(MEASURES)


@hookimpl
def reports() -> list[Report]:
    from plugins.decoration.reports import REPORTS

    return list(REPORTS)


@hookimpl
def inspections() -> list[InspectionRound]:
    from plugins.decoration.inspections import INSPECTIONS

    return list(INSPECTIONS)


@hookimpl
def jobs() -> list[JobKind]:
    from plugins.decoration.care.jobs import JOBS

    return list(JOBS)


@hookimpl
def rounds() -> list[Round]:
    from plugins.decoration.works.rounds import ROUNDS

    return list(ROUNDS)


@hookimpl
def home_cards() -> list[Callable[[], list[dict[str, Any]]]]:
    from plugins.decoration.home import cards

    return [cards]


@hookimpl
def demo(company: DemoCompany) -> None:
    from plugins.decoration.demo import fill

    fill(company)
