"""The papers of complaints and repairs, and the way from a penalty to its slip."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect
from flask_appbuilder import BaseView, expose
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.entities.registry import entity_by_id
from core.entities.service import find
from core.installation import installation
from core.people.access import require
from plugins.decoration import complaint_papers as papers
from plugins.decoration.rules import names_complaints as c


class DecorationComplaintPapers(BaseView):
    """`/decoration/complaint-papers/sheet/<complaint>.pdf` and the like."""

    route_base = "/decoration/complaint-papers"
    default_view = "complaint"

    @expose("/sheet/<int:id>.pdf", methods=["GET"])
    def complaint(self, id: int) -> Any:
        found = _found(c.COMPLAINT, id, "print")
        return _sent(papers.sheet_pdf(_session(), found), f"complaint-{found.number}.pdf")

    @expose("/card/<int:id>.pdf", methods=["GET"])
    def card(self, id: int) -> Any:
        """The card that the customer is given with the file, to be filled in when something breaks."""
        found = _found(c.REPAIR_FILE, id, "print")
        return _sent(papers.card_of_file(_session(), found), f"repair-card-{found.number}.pdf")

    @expose("/repair/<int:id>.pdf", methods=["GET"])
    def repair(self, id: int) -> Any:
        """The card of a repair that was reported."""
        found = _found(c.REPAIR, id, "print")
        return _sent(papers.card_of_repair(_session(), found), f"repair-card-{found.number}.pdf")

    @expose("/slip/<int:id>", methods=["GET"])
    def slip(self, id: int) -> Any:
        """To the slip, where it is judged whether the reader may see it."""
        found = _found(c.PENALTY, id, "see")
        if found.slip is None:
            raise NotFound
        return redirect(found.slip)


def _found(entity: str, record_id: int, right: str) -> Any:
    require(entity, right)
    return find(_session(), entity_by_id(entity), record_id)


def _sent(pdf: bytes, name: str) -> Response:
    _session().commit()
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _session() -> Session:
    return installation().database.session()


VIEWS = (DecorationComplaintPapers,)
