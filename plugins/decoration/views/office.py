"""Minutes and documents of the department on paper (DEC-P08)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session

from core.branches import Branch
from core.documents import render_pdf
from core.entities.registry import entity_by_id
from core.entities.service import find
from core.history import note
from core.history.models import PRINT
from core.installation import installation
from core.people.access import require
from core.people.rights.words import names_of
from core.ui import format as shown
from plugins.decoration.models.office import Document
from plugins.decoration.rules import names_office as o

TEMPLATE = Path(__file__).parents[1] / "documents" / "construction.typ"


class OfficePapers(BaseView):
    """`/decoration/office/document/<id>.pdf`."""

    route_base = "/decoration/office"
    default_view = "document"

    @expose("/document/<int:id>.pdf", methods=["GET"])
    def document(self, id: int) -> Any:
        require(o.DOCUMENT, "print")
        session = installation().database.session()
        record: Document = find(session, entity_by_id(o.DOCUMENT), id)
        pdf = render_pdf(TEMPLATE, document_data(session, record))
        note(session, PRINT, Document.__tablename__, record.id)
        session.commit()
        headers = {"Content-Disposition": f'inline; filename="document-{id}.pdf"'}
        return Response(pdf, mimetype="application/pdf", headers=headers)


def document_data(session: Session, record: Document) -> dict[str, Any]:
    """The data of `documents/construction.typ`, in the language of the request."""
    kinds = dict(entity_by_id(o.DOCUMENT).field("kind").options)
    writer = names_of(session, {record.author_id or 0}).get(record.author_id or 0, shown.DASH)
    return {
        "title": record.title,
        "company": str(session.get_one(Branch, record.branch_id)),
        "number": str(kinds[record.kind]),
        "note": "",
        "facts": [
            [gettext("Day of the meeting or document"), shown.date(record.day)],
            [gettext("Attended by"), record.attended or shown.DASH],
            [gettext("Written by"), writer],
            [gettext("Issued to"), record.issued_to or shown.DASH],
        ],
        "sentences": [],
        "heading": [],
        "rows": [],
        "parts": [[gettext("Text of the document"), record.text or shown.DASH]],
        "labels": [gettext("Written by"), gettext("Read by")],
    }


VIEWS = (OfficePapers,)
