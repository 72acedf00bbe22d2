"""The moves of slips, tariffs, measures and deductions, as buttons of their pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask_appbuilder import BaseView, expose
from flask_babel import gettext

from core.data import UserError
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.entities.service import find
from core.installation import installation
from core.people.access import require
from plugins.conduct import moves
from plugins.conduct.rules.names import DEDUCTION, MEASURE, SLIP, TARIFF

SIGNED = N_("Signed.")


def moved(
    entity_id: str, right: str, record_id: int, move: Callable[..., None], said: str, **how: bool
) -> Any:
    """Make a move of a record for who may, and go back to its page with what came of it."""
    require(entity_id, right)
    entity, session = entity_by_id(entity_id), installation().database.session()
    record = find(session, entity, record_id)
    try:
        move(session, record, **how)
        session.commit()
    except UserError as error:
        session.rollback()
        flash(str(error), "danger")
    else:
        flash(gettext(said), "success")
    return redirect(f"{entity.path}{record_id}")


class ConductMoves(BaseView):
    """`POST /conduct/slips/<slip>/issue` and the like."""

    route_base = "/conduct/moves"
    default_view = "issue"

    @expose("/slip/<int:id>/issue", methods=["POST"])
    def issue(self, id: int) -> Any:
        return moved(SLIP, "issue", id, moves.issue, N_("Issued. The time to appeal runs from today."))

    @expose("/slip/<int:id>/sign", methods=["POST"])
    def sign(self, id: int) -> Any:
        return moved(SLIP, "sign", id, moves.sign, N_("Signed. The slip is in effect."))

    @expose("/slip/<int:id>/refuse", methods=["POST"])
    def refuse(self, id: int) -> Any:
        return moved(SLIP, "issue", id, moves.refuse, N_("Witnesses sign now."))

    @expose("/slip/<int:id>/refuse-badly", methods=["POST"])
    def refuse_badly(self, id: int) -> Any:
        said = N_("Witnesses sign now; the company can be asked for a final measure.")
        return moved(SLIP, "issue", id, moves.refuse, said, bad_attitude=True)

    @expose("/tariff/<int:id>/publish", methods=["POST"])
    def publish(self, id: int) -> Any:
        return moved(TARIFF, "publish", id, moves.sign_tariff, SIGNED, approver=False)

    @expose("/tariff/<int:id>/approve", methods=["POST"])
    def approve(self, id: int) -> Any:
        return moved(TARIFF, "approve", id, moves.sign_tariff, SIGNED, approver=True)

    @expose("/measure/<int:id>/grant", methods=["POST"])
    def grant(self, id: int) -> Any:
        return moved(MEASURE, "decide", id, moves.decide, N_("Granted, for people to carry out."), yes=True)

    @expose("/measure/<int:id>/decline", methods=["POST"])
    def decline(self, id: int) -> Any:
        return moved(MEASURE, "decide", id, moves.decide, N_("The request is declined."), yes=False)

    @expose("/deduction/<int:id>/book", methods=["POST"])
    def book(self, id: int) -> Any:
        return moved(DEDUCTION, "book", id, moves.book_deduction, N_("The deduction is booked."))

    @expose("/slip/<int:id>/slip.pdf", methods=["GET"])
    def paper(self, id: int) -> Any:
        from plugins.conduct.paper import printed

        require(SLIP, "print")
        session = installation().database.session()
        return printed(session, find(session, entity_by_id(SLIP), id))
