"""The papers of sites at their addresses."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import BaseView, expose

from core.entities.registry import entity_by_id
from core.entities.service import find
from core.installation import installation
from core.people.access import require
from plugins.decoration.rules import names_construction as c
from plugins.decoration.works.papers import printed


class ConstructionPapers(BaseView):
    """`/decoration/papers/start-notice/<id>.pdf` and the like."""

    route_base = "/decoration/papers"
    default_view = "start"

    @expose("/start-notice/<int:id>.pdf", methods=["GET"])
    def start(self, id: int) -> Any:
        return _paper(c.START_NOTICE, id, "start-notice")

    @expose("/completion-notice/<int:id>.pdf", methods=["GET"])
    def completion(self, id: int) -> Any:
        return _paper(c.COMPLETION_NOTICE, id, "completion-notice")

    @expose("/handbook/<int:id>.pdf", methods=["GET"])
    def handbook(self, id: int) -> Any:
        return _paper(c.HANDBOOK, id, "handbook")

    @expose("/record-card/<int:id>.pdf", methods=["GET"])
    def card(self, id: int) -> Any:
        return _paper(c.RECORD_CARD, id, "record-card")


def _paper(entity: str, record_id: int, file: str) -> Any:
    require(entity, "print")
    session = installation().database.session()
    return printed(session, entity, find(session, entity_by_id(entity), record_id), file)


VIEWS = (ConstructionPapers,)
