"""`/search/` for people, `/api/v1/search` for programs."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from werkzeug.exceptions import BadRequest, Unauthorized

from core.entities.filters import clean
from core.people.access import current_person
from core.search.screens.everywhere import MOST_OF_EACH, OF_EACH, Group, find, is_enough
from core.ui.page import render


class SearchView(BaseView):
    """`/search/`: the whole page; asked by the box in the top bar, only what was found."""

    route_base = "/search"
    default_view = "everywhere"

    @expose("/", methods=["GET"])
    def everywhere(self) -> Any:
        if current_person() is None:
            raise Unauthorized
        text = clean(request.args.get("q", ""))
        in_the_box = (
            request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "found"
        )
        groups = find(text, OF_EACH if in_the_box else MOST_OF_EACH)
        context = {"search": text, "groups": groups, "is_enough": is_enough(text)}
        if in_the_box:
            return render("macros/found.html", **context)
        return render("search.html", title=gettext("Search everywhere"), **context)


class SearchApi(BaseView):
    """`GET /api/v1/search?q=...&limit=...`."""

    route_base = "/api/v1"
    default_view = "search"

    @expose("/search", methods=["GET"])
    def search(self) -> Any:
        if current_person() is None:
            raise Unauthorized
        text = clean(request.args.get("q", ""))
        return jsonify(query=text, groups=[_plain(each) for each in find(text, _limit())])


def _limit() -> int:
    text = request.args.get("limit", str(OF_EACH))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= MOST_OF_EACH and len(text) < 4):
        raise BadRequest(gettext("The parameter limit is a number from 1 to %(most)s.", most=MOST_OF_EACH))
    return int(text)


def _plain(group: Group) -> dict[str, Any]:
    entity = group.entity
    return {
        "entity": entity.id,
        "label": str(entity.label_plural),
        "more": group.more,
        "url": group.url,
        "result": [
            {
                "id": each.id,
                "title": each.title,
                "details": list(each.details),
                "url": each.url,
                "api": f"{entity.api_path}{each.id}",
            }
            for each in group.hits
        ],
    }
