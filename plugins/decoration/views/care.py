"""`/decoration/care/scripts.pdf`: the scripts to lie beside the telephone."""

from __future__ import annotations

from flask import Response
from flask_appbuilder import BaseView, expose

from core.people.access import require
from core.work.groups import today
from plugins.decoration.care.papers import scripts_pdf
from plugins.decoration.checks.numbers import session
from plugins.decoration.rules.names_care import BATCH


class CareView(BaseView):
    """What care messages show beside their lists."""

    route_base = "/decoration/care"
    default_view = "scripts"

    @expose("/scripts.pdf", methods=["GET"])
    def scripts(self) -> Response:
        require(BATCH, "see")
        headers = {"Content-Disposition": 'inline; filename="scripts.pdf"'}
        return Response(scripts_pdf(session(), today()), mimetype="application/pdf", headers=headers)


VIEWS = (CareView,)
