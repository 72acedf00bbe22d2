"""The complaint acceptance sheet (投诉受理单; DEC-P03) and the repair card (客户维修卡; DEC-P02) on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_appbuilder.security.sqla.models import User
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import render_pdf
from core.entities.reading import shown_to_reader
from core.entities.registry import entity_by_id
from core.history import note
from core.history.models import PRINT
from core.ui import format as shown
from plugins.decoration.models.complaints import Complaint, Involved, Repair, RepairFile
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.models.customers import Customer, House
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_complaints as c

FOLDER = Path(__file__).parent / "documents"


def sheet_pdf(session: Session, complaint: Complaint) -> bytes:
    """The sheet as a PDF; that it was printed is kept in its history. The caller commits."""
    return _printed(session, "complaint_sheet.typ", complaint, sheet_data(session, complaint))


def card_of_file(session: Session, file: RepairFile) -> bytes:
    """The card that the customer keeps, as above."""
    site = session.get_one(Site, file.site_id)
    data = card_data(session, file, _whom(session, file.customer_id, site.house_id), None)
    return _printed(session, "repair_card.typ", file, data)


def card_of_repair(session: Session, repair: Repair) -> bytes:
    """The card of a repair, with what is known of it already, as above."""
    file = session.get(RepairFile, repair.file_id) if repair.file_id else None
    house_id = session.get_one(Site, file.site_id).house_id if file is not None else None
    data = card_data(session, file, _whom(session, repair.customer_id, house_id), repair)
    return _printed(session, "repair_card.typ", repair, data)


def sheet_data(session: Session, complaint: Complaint) -> dict[str, Any]:
    """The data of `documents/complaint_sheet.typ`, in the language of the request."""
    return {
        "title": gettext("Complaint acceptance sheet"),
        "company": _company(session, complaint),
        "number": f"{gettext('Sheet number')} {complaint.number}",
        "note": gettext("DEC-R59: recorded truthfully, answered within the time that is set."),
        "facts": [
            *_whom(session, complaint.customer_id, complaint.house_id),
            [gettext("Came at"), shown.datetime(complaint.received_at)],
            [gettext("How it came"), _told(c.COMPLAINT, "channel", complaint)],
            [gettext("Taken down by"), _name(session, complaint.received_by)],
            [gettext("Is about"), _told(c.COMPLAINT, "kind", complaint)],
            [gettext("To be answered until"), shown.datetime(complaint.respond_until)],
            [gettext("Answered at"), shown.datetime(complaint.responded_at)],
            [gettext("Complained of so often"), shown.number(complaint.times)],
            [gettext("State of the complaint"), _told(c.COMPLAINT, "state", complaint)],
        ],
        "parts": [
            [gettext("What is complained of"), complaint.content],
            [gettext("Answer given"), complaint.response or ""],
            [gettext("Responsible"), _responsible(session, complaint)],
            [gettext("Handling opinion"), complaint.opinion or ""],
            [gettext("Result"), complaint.result or ""],
            [gettext("What shows the result"), complaint.proof or ""],
            [gettext("What the customer says"), complaint.call_back_said or ""],
        ],
        "heading": [
            gettext("Department"),
            gettext("Person named"),
            gettext("Measure to take"),
            gettext("To be done by"),
            gettext("Done on"),
        ],
        "rows": _departments(session, complaint),
        "labels": [gettext("Taken down by"), gettext("Customer service manager"), gettext("Customer")],
    }


def card_data(
    session: Session, file: RepairFile | None, whom: list[list[str]], repair: Repair | None
) -> dict[str, Any]:
    """The data of `documents/repair_card.typ`: what is known, and empty boxes for the customer's own entries."""
    about: Any = repair if repair is not None else file
    number = gettext("Repair number") if repair is not None else gettext("File number")
    known = [
        [gettext("Warranty runs from"), shown.date(file.accepted_on if file else None)],
        [gettext("Works under warranty until"), shown.date(file.general_until if file else None)],
        [gettext("Against leaks until"), shown.date(file.waterproof_until if file else None)],
    ]
    return {
        "title": gettext("Customer repair card"),
        "company": _company(session, about),
        "number": f"{number} {about.number}",
        "note": gettext(
            "Please fill in the boxes and hand the card to whoever comes; it goes into your file."
        ),
        "facts": [*whom, *known, *_of_repair(session, repair)],
        "boxes": [
            [gettext("What is broken, and since when"), repair.fault if repair is not None else "", 3],
            [gettext("Days and times that suit you"), "", 2],
            [gettext("What was done"), (repair.work_done or "") if repair is not None else "", 3],
            [gettext("Your opinion of the repair"), "", 3],
        ],
        "rating": gettext("Are you satisfied? Mark one:"),
        "marks": [
            gettext("very satisfied"),
            gettext("satisfied"),
            gettext("so-so"),
            gettext("not satisfied"),
            gettext("not at all satisfied"),
        ],
        "labels": [gettext("Repaired by"), gettext("Day of the repair"), gettext("Customer")],
    }


def _of_repair(session: Session, repair: Repair | None) -> list[list[str]]:
    if repair is None:
        return []
    crew = session.get(Crew, repair.crew_id) if repair.crew_id else None
    return [
        [gettext("Reported on"), shown.date(repair.reported_on)],
        [gettext("Is about"), _told(c.REPAIR, "kind", repair)],
        [gettext("Under warranty"), shown.yes_no(repair.in_warranty)],
        [gettext("Charged"), shown.money(repair.charge) if repair.charge is not None else shown.DASH],
        [gettext("Appointed for"), f"{shown.date(repair.appointed_on)} {_told(c.REPAIR, 'slot', repair)}"],
        [gettext("Crew"), crew.name if crew is not None else _name(session, repair.handler_id)],
    ]


def _departments(session: Session, complaint: Complaint) -> list[list[str]]:
    rows = session.scalars(
        select(Involved).where(Involved.complaint_id == complaint.id).order_by(Involved.id)
    )
    return [
        [
            _told(c.INVOLVED, "department", each),
            _name(session, each.person_id),
            each.measure,
            shown.date(each.due_on),
            shown.date(each.done_on),
        ]
        for each in rows
    ]


def _responsible(session: Session, complaint: Complaint) -> str:
    crew = session.get(Crew, complaint.crew_id) if complaint.crew_id else None
    names = [
        _name(session, complaint.responsible_id) if complaint.responsible_id else "",
        crew.name if crew is not None else "",
    ]
    return shown.listed(each for each in names if each)


def _whom(session: Session, customer_id: int, house_id: int | None) -> list[list[str]]:
    """The customer as the reader may have it."""
    customer, entity = session.get_one(Customer, customer_id), entity_by_id(n.CUSTOMER)
    house = session.get(House, house_id) if house_id else None
    address = house.address if house is not None else customer.address
    return [
        [gettext("Customer"), shown_to_reader(entity, "name", customer.name) or ""],
        [gettext("Phone"), shown_to_reader(entity, "phone", customer.phone) or ""],
        [gettext("Address"), shown_to_reader(entity, "address", address) or shown.DASH],
    ]


def _told(entity: str, field: str, record: Any) -> str:
    """What a choice is called."""
    each, value = entity_by_id(entity).field(field), getattr(record, field)
    return str(dict(each.options).get(value, value)) if value else shown.DASH


def _company(session: Session, record: Any) -> str:
    return str(session.get_one(Branch, record.branch_id))


def _name(session: Session, user_id: int | None) -> str:
    user = session.get(User, user_id) if user_id else None
    return f"{user.last_name}{user.first_name}" if user is not None else shown.DASH


def _printed(session: Session, template: str, record: Any, data: dict[str, Any]) -> bytes:
    pdf = render_pdf(FOLDER / template, data)
    note(session, PRINT, record.__tablename__, record.id)
    return pdf
