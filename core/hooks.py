"""Every hook of Zhidu. Plugins and the core's own features answer the same ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable

    import click
    from sqlalchemy.orm import Session

    from core.breaches import Breach
    from core.demo import DemoCompany
    from core.entities.spec import Entity
    from core.exchange.kinds import ImportKind
    from core.handbook.kinds import Rule
    from core.inspections.kinds import InspectionRound
    from core.jobs.kinds import JobKind
    from core.measures.kinds import Measure
    from core.menu import MenuItem
    from core.messages.kinds import MessageTemplate
    from core.notices.kinds import NoticeKind
    from core.people.positions import Position
    from core.reports.kinds import Report
    from core.visits.kinds import Round
    from core.work.kinds import WorkKind
    from core.workflow.kinds import Workflow

PROJECT = "zhidu"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hook specifications; each one's first sentence is its row in the README's table."""

    @hookspec
    def entities(self) -> list[Entity]:  # type: ignore[empty-body]
        """Describe business objects; each description drives list, form, page, REST, import and export."""

    @hookspec
    def positions(self) -> list[Position]:  # type: ignore[empty-body]
        """Name the positions of a department with the actions that each may take, and why."""

    @hookspec
    def rules(self) -> list[Rule]:  # type: ignore[empty-body]
        """Declare the rules of a department's rule book, each with its clause, settings and tests."""

    @hookspec
    def workflows(self) -> list[Workflow]:  # type: ignore[empty-body]
        """Say how records move from state to state: who may, what has to be filled in, and why."""

    @hookspec
    def templates(self) -> list[MessageTemplate]:  # type: ignore[empty-body]
        """Write the words of messages, which a branch may put into its own."""

    @hookspec
    def views(self) -> list[type[Any]]:  # type: ignore[empty-body]
        """Bring Flask-AppBuilder views for screens that no entity description can give."""

    @hookspec
    def menu(self) -> list[MenuItem]:  # type: ignore[empty-body]
        """Put links into the side bar, each shown only to those who may follow it."""

    @hookspec
    def jobs(self) -> list[JobKind]:  # type: ignore[empty-body]
        """Declare long-running work that is done in chunks and survives a killed worker."""

    @hookspec
    def imports(self) -> list[ImportKind]:  # type: ignore[empty-body]
        """Declare sheets that people upload, check row by row in a dry run and accept once."""

    @hookspec
    def rounds(self) -> list[Round]:  # type: ignore[empty-body]
        """Declare rounds of visits that people make with a phone, with or without a connection."""

    @hookspec
    def inspections(self) -> list[InspectionRound]:  # type: ignore[empty-body]
        """Declare rounds on which the items of checklist rules are judged, by whom and how often."""

    @hookspec
    def reports(self) -> list[Report]:  # type: ignore[empty-body]
        """Declare reports that rules ask for: what fills them from data, and who signs them off."""

    @hookspec
    def commands(self) -> list[click.Command]:  # type: ignore[empty-body]
        """Add commands to the `zhidu` command line."""

    @hookspec
    def home_cards(self) -> list[Callable[[], list[dict[str, Any]]]]:  # type: ignore[empty-body]
        """Show figures on the home page to those who may see what stands behind them."""

    @hookspec
    def work(self) -> list[WorkKind]:  # type: ignore[empty-body]
        """Name the work that waits for people, which their home page shows by when it is due."""

    @hookspec
    def measures(self) -> list[Measure]:  # type: ignore[empty-body]
        """Give figures of each branch and month, which the dashboard shows against targets."""

    @hookspec
    def notices(self) -> list[NoticeKind]:  # type: ignore[empty-body]
        """Tell people what has come for them, under the bell in the top bar."""

    @hookspec
    def slips(self, session: Session, breach: Breach) -> str | None:
        """Open a penalty slip for a breach that another department found; the answer is its address."""

    @hookspec
    def demo(self, company: DemoCompany) -> None:
        """Fill the demonstration company with the department's own example data."""
