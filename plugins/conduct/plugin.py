"""What conduct brings to the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.hooks import hookimpl

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from core.breaches import Breach
    from core.demo import DemoCompany
    from core.entities.spec import Entity
    from core.handbook.kinds import Rule
    from core.measures.kinds import Measure
    from core.people.positions import Position
    from core.work.kinds import WorkKind
    from core.workflow.kinds import Workflow


@hookimpl
def entities() -> list[Entity]:
    from plugins.conduct import effects
    from plugins.conduct import entities as each

    return [
        each.PENALTY_SLIP,
        each.FILED_APPEAL,
        effects.TAKEN_MEASURE,
        effects.WAGE_DEDUCTION,
        each.EMPLOYEE,
        each.OFFENCE_TARIFF,
        each.ITEM,
        each.SIGNED_WITNESS,
    ]


@hookimpl
def positions() -> list[Position]:
    from plugins.conduct.positions import POSITIONS

    return list(POSITIONS)


@hookimpl
def rules() -> list[Rule]:
    from plugins.conduct.rules import RULES

    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    from plugins.conduct.workflows import WORKFLOWS

    return list(WORKFLOWS)


@hookimpl
def views() -> list[type[Any]]:
    from plugins.conduct.views import ConductPapers

    return [ConductPapers]


@hookimpl
def work() -> list[WorkKind]:
    from plugins.conduct.work import WORK

    return list(WORK)


@hookimpl
def measures() -> list[Measure]:
    from plugins.conduct.measures import MEASURES

    return list(MEASURES)


@hookimpl
def slips(session: Session, breach: Breach) -> str | None:
    from plugins.conduct.opening import open_slip

    return open_slip(session, breach)


@hookimpl
def demo(company: DemoCompany) -> None:
    from plugins.conduct.demo import fill

    fill(company)
