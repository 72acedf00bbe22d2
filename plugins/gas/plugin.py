"""What the gas office brings to the shell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _

from core.hooks import hookimpl
from core.menu import MenuItem

if TYPE_CHECKING:
    import click

    from core.demo import DemoCompany
    from core.entities.spec import Entity
    from core.exchange.kinds import ImportKind
    from core.handbook.kinds import Rule
    from core.inspections.kinds import InspectionRound
    from core.jobs.kinds import JobKind
    from core.measures.kinds import Measure
    from core.messages.kinds import MessageTemplate
    from core.people.positions import Position
    from core.reports.kinds import Report
    from core.visits.kinds import Round
    from core.work.kinds import WorkKind
    from core.workflow.kinds import Workflow


@hookimpl
def entities() -> list[Entity]:
    from plugins.gas.entities import ENTITIES

    return list(ENTITIES)


@hookimpl
def positions() -> list[Position]:
    from plugins.gas.positions import POSITIONS

    return list(POSITIONS)


@hookimpl
def views() -> list[type[Any]]:
    from plugins.gas.happenings import listen
    from plugins.gas.views import VIEWS

    listen()
    return list(VIEWS)


@hookimpl
def menu() -> list[MenuItem]:
    return [
        MenuItem(
            _("Take payment"), "gas.account", "collect", "GasPayments.find", icon="cash-register", order=10
        ),
        MenuItem(
            _("Reading sheet"),
            "gas.reading",
            "import",
            "ExchangeView.upload",
            (("kind_id", "gas.reading"),),
            icon="clipboard-list",
            order=20,
        ),
        MenuItem(
            _("Reading round"),
            "gas.reading",
            "add",
            "RoundView.page",
            (("plugin", "gas"), ("name", "readings")),
            icon="walk",
            order=15,
        ),
        MenuItem(
            _("Run billing"), "gas.billing-run", "run", "GasBilling.start", icon="player-play", order=30
        ),
    ]


@hookimpl
def jobs() -> list[JobKind]:
    from plugins.gas.jobs import JOBS

    return list(JOBS)


@hookimpl
def imports() -> list[ImportKind]:
    from plugins.gas.sheets import IMPORTS

    return list(IMPORTS)


@hookimpl
def rounds() -> list[Round]:
    from plugins.gas.rounds import ROUNDS

    return list(ROUNDS)


@hookimpl
def commands() -> list[click.Command]:
    from plugins.gas.quote import gas_commands

    return gas_commands()


@hookimpl
def home_cards() -> list[Callable[[], list[dict[str, Any]]]]:
    from plugins.gas.home import cards

    return [cards]


@hookimpl
def templates() -> list[MessageTemplate]:
    from plugins.gas.messages import TEMPLATES

    return list(TEMPLATES)


@hookimpl
def work() -> list[WorkKind]:
    from plugins.gas.work import WORK

    return list(WORK)


@hookimpl
def rules() -> list[Rule]:
    from plugins.gas.rules.book import RULES

    return list(RULES)


@hookimpl
def workflows() -> list[Workflow]:
    from plugins.gas.workflows import WORKFLOWS

    return list(WORKFLOWS)


@hookimpl
def inspections() -> list[InspectionRound]:
    from plugins.gas.inspections import INSPECTIONS

    return list(INSPECTIONS)


@hookimpl
def reports() -> list[Report]:
    from plugins.gas.reports import REPORTS

    return list(REPORTS)


@hookimpl
def measures() -> list[Measure]:
    from plugins.gas.measures import MEASURES

    return list(MEASURES)


@hookimpl
def demo(company: DemoCompany) -> None:
    from plugins.gas.demo import fill

    fill(company)
