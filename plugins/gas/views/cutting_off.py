"""The papers of a cut-off: the dunning notice that the reader leaves, and the order to cut off the gas."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder import BaseView, expose
from werkzeug.exceptions import NotFound

from core.entities.registry import entity_by_id
from core.entities.service import find
from core.people.access import require
from plugins.gas import papers
from plugins.gas.cutting_off import ORDERS, is_decided, is_noticed
from plugins.gas.views.common import session


class GasCutOffs(BaseView):
    """`/gas/cut-offs/<order>/notice.pdf` and the like."""

    route_base = "/gas/cut-offs"
    default_view = "notice"

    @expose("/<int:id>/notice.pdf", methods=["GET"])
    def notice(self, id: int) -> Any:
        order = _found(id)
        if not is_noticed(order):
            raise NotFound
        return _sent(papers.notice_pdf(session(), order), f"notice-{order.notice_number}.pdf")

    @expose("/<int:id>/order.pdf", methods=["GET"])
    def order(self, id: int) -> Any:
        order = _found(id)
        if not is_decided(order):
            raise NotFound
        return _sent(papers.order_pdf(session(), order), f"cut-off-{order.number}.pdf")


def _found(order_id: int) -> Any:
    require(ORDERS, "print")
    return find(session(), entity_by_id(ORDERS), order_id)


def _sent(pdf: bytes, name: str) -> Response:
    session().commit()
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
