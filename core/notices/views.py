"""`/notices/`: the whole page; asked by the bell in the top bar, only the notices."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from flask import request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from werkzeug.exceptions import Unauthorized

from core.installation import installation
from core.notices.reading import DAYS, Told, notices
from core.people.access import current_person
from core.ui import format as shown
from core.ui.page import render

PART = "X-Part"
"""A header with which scripts ask for the part alone."""


class NoticesView(BaseView):
    """What has come for the person of late."""

    route_base = "/notices"
    default_view = "all"

    @expose("/", methods=["GET"])
    def all(self) -> Any:
        person = current_person()
        if person is None:
            raise Unauthorized
        found = notices(installation().database.session()) if person.branch is not None else []
        context = {"notices": [_shown(each) for each in found], "days": DAYS}
        if PART in request.headers:
            return render("macros/noticed.html", **context)
        return render("notices.html", title=gettext("Notices"), **context)


def _shown(told: Told) -> dict[str, Any]:
    each = told.notice
    return {
        "title": each.title,
        "url": each.url,
        "hint": each.hint,
        "tone": each.tone,
        "icon": told.icon,
        "at": each.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "when": shown.datetime(each.at),
    }
