"""Screens of the shop that no description gives; one of them breaks."""

from __future__ import annotations

from flask import redirect
from flask_appbuilder import BaseView, expose
from sqlalchemy import text

from core.branches.scope import system_scope
from core.installation import installation
from core.people.access import require
from core.ui.page import render


class ShopBoard(BaseView):
    """`/shop/board/`."""

    route_base = "/shop/board"

    @expose("/")
    def board(self) -> str:
        require("shop.customer", "see")
        return render("home.html", title="…", cards=[])

    @expose("/broken")
    def broken(self) -> str:
        require("shop.customer", "see")
        with system_scope("a statement that fails"):
            installation().database.session().execute(text("SELECT secret_column FROM shop_nowhere"))
        return ""

    @expose("/greet/<int:id>", methods=["POST"])
    def greet(self, id: int) -> object:
        require("shop.customer", "edit")
        return redirect(f"/shop/customer/{id}")
