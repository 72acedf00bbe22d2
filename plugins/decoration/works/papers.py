"""The papers of a site: start and completion notice (DEC-P04, P05), handbook check list (P09), record card (P01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Response
from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import render_pdf
from core.entities.reading import shown_to_reader
from core.entities.registry import entity_by_id
from core.history import note
from core.history.models import PRINT
from core.ui import format as shown
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.models.construction_papers import HandbookReturn, RecordCard
from plugins.decoration.models.construction_stages import CompletionNotice, StartNotice
from plugins.decoration.models.customers import Customer, House
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

TEMPLATE = Path(__file__).parents[1] / "documents" / "construction.typ"
Facts = list[list[str]]


@dataclass(frozen=True)
class About:
    """A site with what its papers name."""

    session: Session
    site: Site
    customer: Customer
    house: House

    def facts(self) -> Facts:
        crew = self.session.get(Crew, self.site.crew_id) if self.site.crew_id else None
        phone = shown_to_reader(entity_by_id(n.CUSTOMER), "phone", self.customer.phone)
        return [
            [gettext("Site number"), self.site.number],
            [gettext("Customer"), self.customer.name],
            [gettext("House"), self.house.address],
            [gettext("Phone"), str(phone or shown.DASH)],
            [gettext("Crew"), f"{crew.name} {crew.foreman}" if crew is not None else shown.DASH],
            [gettext("Site inspector"), name(self.session, self.site.inspector_id)],
        ]


def start_data(about: About, notice: StartNotice) -> dict[str, Any]:
    """The data of the start-of-work notice, in the language of the request."""
    return {
        "title": gettext("Start-of-work notice"),
        "number": f"{gettext('Number of the notice')} {notice.number}",
        "note": gettext("DEC-R62: with this notice the construction file is opened."),
        "facts": [
            *about.facts(),
            [gettext("Works start on"), shown.date(notice.start_on)],
            [gettext("Planned until"), _day(about.site.planned_until)],
            *_sent(about.session, notice),
        ],
        "sentences": [
            gettext("The engineering department starts the works of this site on the day above."),
            gettext("Customer service opens the construction file and calls the customer every week."),
        ],
        "parts": [[gettext("Remark"), notice.remark or shown.DASH]],
        "labels": [gettext("Engineering department"), gettext("Customer service specialist")],
    }


def completion_data(about: About, notice: CompletionNotice) -> dict[str, Any]:
    """The data of the completion notice, in the language of the request."""
    return {
        "title": gettext("Completion notice"),
        "number": f"{gettext('Number of the notice')} {notice.number}",
        "note": gettext("DEC-R73: with this notice the engineering handbook is handed in."),
        "facts": [
            *about.facts(),
            [gettext("Entered on"), _day(about.site.started_on)],
            [gettext("Works completed on"), shown.date(notice.completed_on)],
            *_sent(about.session, notice),
        ],
        "sentences": [
            gettext("The works of this site are completed; every stage has passed its acceptance."),
            gettext("Customer service lists the site for settlement and opens the repair file."),
        ],
        "parts": [[gettext("Remark"), notice.remark or shown.DASH]],
        "labels": [gettext("Engineering department"), gettext("Customer service specialist")],
    }


def handbook_data(about: About, handbook: HandbookReturn) -> dict[str, Any]:
    """The data of the check list of the engineering handbook, in the language of the request."""
    entity = entity_by_id(c.HANDBOOK)
    fields = [entity.field(each) for each in c.ITEMS]
    verdicts = [(each, getattr(handbook, each.name)) for each in fields]
    return {
        "title": gettext("Check list of the engineering handbook"),
        "number": f"{gettext('Site number')} {about.site.number}",
        "note": gettext("DEC-R73: each part is looked for, and what is missing is written down."),
        "facts": [
            *about.facts(),
            [gettext("Works completed on"), _day(about.site.completed_on)],
            [gettext("Collected on"), _day(handbook.collected_on)],
            [gettext("Looked through on"), _day(handbook.checked_on)],
            [gettext("Looked through by"), name(about.session, handbook.checked_by)],
        ],
        "sentences": [],
        "heading": [gettext("Part"), gettext("Verdict"), gettext("Remark")],
        "rows": [
            [str(each.label), str(dict(each.options).get(code, "")) if code else "", ""]
            for each, code in verdicts
        ],
        "parts": [[gettext("Findings"), handbook.findings or shown.DASH]],
        "labels": [gettext("Engineering department"), gettext("Customer service specialist")],
    }


def card_data(about: About, card: RecordCard) -> dict[str, Any]:
    """The data of the customer record card, in the language of the request."""
    area = shown.quantity(about.house.area, gettext("m²")) if about.house.area is not None else shown.DASH
    return {
        "title": gettext("Customer record card"),
        "number": f"{gettext('Site number')} {about.site.number}",
        "note": gettext("DEC-R13: filled in with full details when the decoration is finished, and filed."),
        "facts": [
            *about.facts(),
            [gettext("Area"), area],
            [gettext("Layout"), about.house.layout or shown.DASH],
            [gettext("Entered on"), _day(about.site.started_on)],
            [gettext("Works completed on"), shown.date(card.completed_on)],
            [gettext("Card filed on"), _day(card.filed_on)],
            [gettext("Card filed by"), name(about.session, card.filed_by)],
        ],
        "sentences": [],
        "parts": [
            [gettext("Full details of the customer"), card.details or shown.DASH],
            [gettext("Summary of the project"), card.summary or shown.DASH],
        ],
        "labels": [gettext("Customer service specialist"), gettext("Customer")],
    }


MADE: dict[str, Callable[[About, Any], dict[str, Any]]] = {
    c.START_NOTICE: start_data,
    c.COMPLETION_NOTICE: completion_data,
    c.HANDBOOK: handbook_data,
    c.RECORD_CARD: card_data,
}


def data_of(session: Session, entity: str, record: Any) -> dict[str, Any]:
    """The data of `documents/construction.typ` for a record of one of these entities."""
    site = session.get_one(Site, record.site_id)
    customer = session.get_one(Customer, site.customer_id)
    about = About(session, site, customer, session.get_one(House, site.house_id))
    company = str(session.get_one(Branch, site.branch_id))
    return {"heading": [], "rows": [], "company": company, **MADE[entity](about, record)}


def printed(session: Session, entity: str, record: Any, file: str) -> Response:
    """The paper as a PDF; that it was printed is kept in the record's history. Commits."""
    pdf = render_pdf(TEMPLATE, data_of(session, entity, record))
    note(session, PRINT, type(record).__tablename__, record.id)
    session.commit()
    headers = {"Content-Disposition": f'inline; filename="{file}-{record.id}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def name(session: Session, user_id: int | None) -> str:
    """A person of the firm as papers name them."""
    user = session.get(User, user_id) if user_id else None
    return f"{user.last_name}{user.first_name}" if user is not None else shown.DASH


def _sent(session: Session, notice: StartNotice | CompletionNotice) -> Facts:
    return [
        [gettext("Sent on"), _day(notice.sent_on)],
        [gettext("Sent by"), name(session, notice.sent_by)],
        [gettext("Notice received on"), _day(notice.received_on)],
        [gettext("Received by"), name(session, notice.received_by)],
    ]


def _day(day: date | None) -> str:
    return shown.date(day) if day is not None else shown.DASH
