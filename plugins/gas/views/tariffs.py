"""Publishing a tariff version."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect
from flask_appbuilder import BaseView, expose
from flask_babel import gettext

from core.data import UserError
from core.people.access import current_user_id, require
from plugins.gas.models import TariffVersion
from plugins.gas.tariffs import publish
from plugins.gas.views.common import found, session

VERSION = "gas.tariff-version"


class GasTariffs(BaseView):
    """`POST /gas/tariffs/<version>/publish`."""

    route_base = "/gas/tariffs"
    default_view = "publish"

    @expose("/<int:id>/publish", methods=["POST"])
    def publish(self, id: int) -> Any:
        require(VERSION, "publish")
        version = found(TariffVersion, id)
        try:
            publish(session(), version, current_user_id())
            session().commit()
        except UserError as error:
            session().rollback()
            flash(str(error), "danger")
        else:
            flash(gettext("Published. Bills whose reading is on or after its first day use it."), "success")
        return redirect(f"/gas/tariff-version/{id}")
