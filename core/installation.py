"""What one process knows of the installation: settings, database, plugins and everything that they registered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from flask import current_app

from core.data.database import Database
from core.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from core.entities.lists.bulk_steps import BulkStep
    from core.entities.spec import Entity
    from core.exchange.kinds import ImportKind
    from core.handbook.registry import RuleBook
    from core.host import Host
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

EXTENSION = "zhidu"


@dataclass
class Installation:
    """Made once by `core.app.create_app` and never changed afterwards; switches are asked per request.

    `menu`, `home_cards`, `work`, `measures` and `notices` carry their owner's id. `files_box` shows a record's
    attachments on its page, `timeline_box` what happened to it; `history_url` leads to all that was done to it.
    `findings_box` shows what rules found of a record. `judge` asks the checks of the rule book about a record at a
    moment (save, delete, the name of a transition); what it answers is called when the database has taken the record.
    `moves` are the buttons of what its workflow allows, `moves_panel` shows what of that waits for others.
    `happened` is told what became of a record, or of those of a list of ids: added, saved, and of every move the state
    that it led to. `preview_later` has a long preview made by a worker, given the right that it needs and what it is
    of; what it answers is shown in its place. `try_later` has what would become of many records tried by a worker,
    and `do_later` has it done; both answer the address where that is watched.
    """

    settings: Settings
    database: Database
    host: Host
    entities: dict[str, Entity] = field(default_factory=dict)
    positions: dict[str, Position] = field(default_factory=dict)
    jobs: dict[str, JobKind] = field(default_factory=dict)
    imports: dict[str, ImportKind] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    templates: dict[str, MessageTemplate] = field(default_factory=dict)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    inspections: dict[str, InspectionRound] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    menu: list[tuple[str, MenuItem]] = field(default_factory=list)
    home_cards: list[tuple[str, Callable[[], list[dict[str, Any]]]]] = field(default_factory=list)
    work: list[tuple[str, WorkKind]] = field(default_factory=list)
    measures: list[tuple[str, Measure]] = field(default_factory=list)
    notices: list[tuple[str, NoticeKind]] = field(default_factory=list)
    files_box: Callable[[Entity, Any], dict[str, Any] | None] | None = None
    timeline_box: Callable[[Entity, Any], dict[str, Any]] | None = None
    history_url: Callable[[Entity, Any], str] | None = None
    rules: RuleBook = field(init=False, repr=False)
    findings_box: Callable[[Entity, Any], Any] | None = None
    judge: Callable[[Session, Entity, Any, str], Callable[[], None]] | None = None
    moves: Callable[[Entity, Any], list[dict[str, Any]]] | None = None
    bulk_moves: Callable[[Entity], list[Any]] | None = None
    moves_on_board: Callable[[Entity, Any], dict[int, list[dict[str, Any]]]] | None = None
    moves_panel: Callable[[Entity, Any], Any] | None = None
    happened: Callable[..., None] | None = None
    preview_later: Callable[[Session, tuple[str, str], dict[str, Any]], dict[str, Any]] | None = None
    try_later: Callable[[Session, BulkStep], str] | None = None
    do_later: Callable[[Session, BulkStep], str] | None = None


def installation() -> Installation:
    """The installation of the current Flask app."""
    return cast(Installation, current_app.extensions[EXTENSION])
