"""The customer record card (客户记录卡; DEC-P01, DEC-E10): all details of a customer, and the projects in short."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flask import Response
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import render_pdf
from core.entities.cells import cell
from core.entities.query import titles
from core.entities.reading import shown_names
from core.entities.registry import allowed, entity_by_id
from core.history import note
from core.history.models import PRINT
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Contact, Customer, House
from plugins.decoration.rules import names as n

TEMPLATE = Path(__file__).parent / "documents" / "customer_card.typ"
FACTS = (
    "number",
    "name",
    "phone",
    "second_phone",
    "address",
    "birthday",
    "source",
    "referred_by_id",
    "customer_class",
    "phase",
    "data_category",
    "designer_id",
    "consultant_id",
    "keeper_id",
    "filed_on",
    "archive_place",
)
TEXTS = ("needs", "impression")
LISTS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    (n.CONTACT, Contact, ("name", "relation", "phone", "birthday")),
    (n.HOUSE, House, ("address", "area", "layout")),
    (n.SITE, Site, ("number", "house_id", "state", "started_on", "completed_on")),
)
"""What stands in lists below: of which entity, by which columns."""


def printed_card(session: Session, customer: Customer) -> Response:
    """The card as a PDF; that it was printed is kept in the history. Commits."""
    pdf = render_pdf(TEMPLATE, card_data(session, customer))
    note(session, PRINT, Customer.__tablename__, customer.id)
    session.commit()
    headers = {"Content-Disposition": f'inline; filename="customer-{customer.number}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def card_data(session: Session, customer: Customer) -> dict[str, Any]:
    """The data of `documents/customer_card.typ`, in the language of the request; masked as on the screen."""
    entity = entity_by_id(n.CUSTOMER)
    found = titles(session, entity, [customer])
    told = {
        name: (str(entity.field(name).label), cell(entity, entity.field(name), customer, found)["text"])
        for name in shown_names(entity, [*FACTS, *TEXTS])
    }
    return {
        "title": gettext("Customer record card"),
        "company": str(session.get_one(Branch, customer.branch_id)),
        "number": f"{gettext('Customer number')} {customer.number}",
        "note": gettext("Filed with the customer's papers."),
        "facts": [[told[name][0], str(told[name][1])] for name in FACTS if name in told],
        "parts": [[told[name][0], str(told[name][1])] for name in TEXTS if name in told],
        "lists": [each for each in (_listed(session, customer, *one) for one in LISTS) if each],
        "labels": [gettext("Customer"), gettext("Filled in by")],
    }


def _listed(
    session: Session, customer: Customer, entity_id: str, model: Any, names: Sequence[str]
) -> dict[str, Any] | None:
    """Rows that belong to the customer, as far as the reader may see them."""
    entity = entity_by_id(entity_id)
    if not allowed(entity, "see"):
        return None
    own = select(model).where(model.customer_id == customer.id, *(entity.criteria or tuple)())
    rows = session.scalars(own.order_by(model.id)).all()
    columns = shown_names(entity, list(names))
    found = titles(session, entity, rows, columns)
    return {
        "title": str(entity.label_plural),
        "heads": [str(entity.field(name).label) for name in columns],
        "rows": [
            [str(cell(entity, entity.field(name), row, found)["text"]) for name in columns] for row in rows
        ],
    }
