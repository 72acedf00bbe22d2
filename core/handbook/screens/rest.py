"""`/api/v1/rules/...`: the rule book, and why something came out so."""

from __future__ import annotations

from typing import Any

from flask import jsonify
from flask_appbuilder import BaseView, expose
from werkzeug.exceptions import Unauthorized

from core.handbook.listing import listed
from core.handbook.own.listing import own_listed
from core.handbook.registry import book
from core.handbook.rights import readable_plugins
from core.handbook.screens.why import explanation
from core.installation import installation
from core.people.access import current_person


class RuleApi(BaseView):
    """For programs; the same rights as the screens."""

    route_base = "/api/v1/rules"
    default_view = "list"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        """Every rule that the person may read, administrators' own in force here too, in both languages."""
        person = current_person()
        if person is None:
            raise Unauthorized
        mine = readable_plugins()
        session = installation().database.session()
        own = own_listed(session, person.branch.id) if person.branch is not None else []
        found = [each for each in (*listed(book()), *own) if each["plugin"] in mine]
        return jsonify(count=len(found), ids=[each["id"] for each in found], result=found)

    @expose("/why/<string:kind>/<string:key>", methods=["GET"])
    def why(self, kind: str, key: str) -> Any:
        """Why: `kind` is rule, finding, or what other parts explain (obligation)."""
        return jsonify(result=explanation(kind, key).as_json())
