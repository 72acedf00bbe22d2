"""The papers of the design stage, and what each designer came to in a month (DEC-K05)."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.entities.registry import entity_by_id
from core.entities.service import find
from core.installation import installation
from core.measures.months import FORM, first_day, last_day, month_of, moved
from core.people.access import require
from core.ui import format as shown
from core.ui.page import render
from core.work.groups import today
from plugins.decoration import designers, papers
from plugins.decoration.designers import CONVERSION, DEPOSITS, NEGOTIATIONS, Figures
from plugins.decoration.entities.appointments import is_announced
from plugins.decoration.entities.fees import is_asked_for
from plugins.decoration.rules import names_design as d


class DecorationPapers(BaseView):
    """`/decoration/papers/invitation/<appointment>.pdf` and the like."""

    route_base = "/decoration/papers"
    default_view = "invitation"

    @expose("/invitation/<int:id>.pdf", methods=["GET"])
    def invitation(self, id: int) -> Any:
        appointment = _found(d.APPOINTMENT, id)
        if not is_announced(appointment):
            raise NotFound
        return _sent(papers.invitation_pdf(_session(), appointment), f"invitation-{id}.pdf")

    @expose("/notice/<int:id>.pdf", methods=["GET"])
    def notice(self, id: int) -> Any:
        fee = _found(d.FEE, id)
        if not is_asked_for(fee):
            raise NotFound
        return _sent(papers.notice_pdf(_session(), fee), f"notice-{id}.pdf")

    @expose("/receipt/<int:id>.pdf", methods=["GET"])
    def receipt(self, id: int) -> Any:
        found = _found(d.RECEIPT, id)
        return _sent(papers.receipt_pdf(_session(), found), f"receipt-{found.number}.pdf")


class DecorationDesigners(BaseView):
    """`/decoration/designers/?month=2026-10`: each designer's negotiations, deposits and conversion."""

    route_base = "/decoration/designers"
    default_view = "list"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        require(d.APPOINTMENT, "see")
        require(d.RECEIPT, "see")
        asked = request.args.get("month", "")
        month = asked if FORM.fullmatch(asked) else month_of(today())
        published = designers.published(_session(), today())
        found = designers.figures_of(_session(), month)
        return render(
            "decoration/designers.html",
            month=shown.month(first_day(month)),
            before=f"?month={moved(month, -1)}",
            after=f"?month={moved(month, 1)}" if month < month_of(today()) else "",
            columns=_columns(published),
            rows=[{"cells": _cells(each, month, published)} for each in found],
        )


def _columns(published: tuple[str, ...]) -> list[dict[str, Any]]:
    labels = {
        NEGOTIATIONS: gettext("Negotiations held"),
        DEPOSITS: gettext("Deposits taken"),
        CONVERSION: gettext("Conversion rate"),
    }
    return [
        {"label": gettext("Designer"), "numeric": False},
        *({"label": labels[each], "numeric": True} for each in published),
    ]


def _cells(each: Figures, month: str, published: tuple[str, ...]) -> list[dict[str, Any]]:
    """A designer's figures, the counted ones with the lists behind them."""
    days = first_day(month), last_day(month)
    whose = f"&f_designer_id={each.designer_id}" if each.designer_id else "&f_designer_id.none=1"
    conversion = each.conversion
    cells: dict[str, dict[str, Any]] = {
        NEGOTIATIONS: {
            "value": shown.number(each.negotiations),
            "url": designers.negotiations_url(*days) + whose,
        },
        DEPOSITS: {"value": shown.number(each.deposits), "url": designers.deposits_url(*days) + whose},
        CONVERSION: {"value": shown.percent(conversion) if conversion is not None else shown.DASH},
    }
    return [{"value": each.name or gettext("Nobody")}, *(cells[name] for name in published)]


def _session() -> Session:
    return installation().database.session()


def _found(entity: str, record_id: int) -> Any:
    require(entity, "print")
    return find(_session(), entity_by_id(entity), record_id)


def _sent(pdf: bytes, name: str) -> Response:
    _session().commit()
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


VIEWS = (DecorationPapers, DecorationDesigners)
