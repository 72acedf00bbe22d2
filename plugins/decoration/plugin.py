"""What the decoration firm brings to the shell. Each hook collects what the areas bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.hooks import hookimpl

if TYPE_CHECKING:
    from core.demo import DemoCompany
    from core.entities.spec import Entity
    from core.handbook.kinds import Rule
    from core.people.positions import Position
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
def demo(company: DemoCompany) -> None:
    from plugins.decoration.demo import fill

    fill(company)
