"""The slip on paper."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import BaseView, expose

from core.entities.registry import entity_by_id
from core.entities.service import find
from core.installation import installation
from core.people.access import require
from plugins.conduct.paper import printed
from plugins.conduct.rules.names import SLIP


class ConductPapers(BaseView):
    """`/conduct/papers/slip/<slip>/slip.pdf`."""

    route_base = "/conduct/papers"
    default_view = "slip"

    @expose("/slip/<int:id>/slip.pdf", methods=["GET"])
    def slip(self, id: int) -> Any:
        require(SLIP, "print")
        session = installation().database.session()
        return printed(session, find(session, entity_by_id(SLIP), id))
