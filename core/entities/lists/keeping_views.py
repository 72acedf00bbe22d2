"""Saving views of lists and how they are arranged: plain forms, which answer with the list as it is then."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import make_response, redirect, request
from flask_appbuilder import BaseView, expose
from sqlalchemy.orm import Session
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from core.data import UserError
from core.entities.lists import keeping
from core.entities.lists.arguments import COLUMNS, VIEW
from core.entities.lists.asked import Asked, asked_for
from core.entities.lists.columns import known, moved
from core.entities.lists.context import list_context
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.installation import installation
from core.people.doors.csrf import demand_token
from core.ui.page import render


class ListKeepingView(BaseView):
    """Whoever may see a list may keep views of it and arrange it for themselves; sharing takes a right."""

    route_base = ""

    @expose("/<string:plugin>/<string:name>/views", methods=["POST"])
    def save(self, plugin: str, name: str) -> Any:
        """Save the list as it is now under a name."""
        entity = _seen(plugin, name)
        asked = _asked(entity)
        shared = bool(request.form.get("shared"))
        position = request.form.get("position", "")
        try:
            view = keeping.save_view(
                _session(),
                entity,
                request.form.get("name", ""),
                asked.stays,
                asked.columns,
                shared,
                position if position in installation().positions else None,
            )
        except UserError as error:
            _session().rollback()
            return _refused(entity, str(error))
        _session().commit()
        return redirect(f"{entity.path}?{VIEW}={view.id}")

    @expose("/<string:plugin>/<string:name>/views/<int:id>/delete", methods=["POST"])
    def delete(self, plugin: str, name: str, id: int) -> Response:
        """Throw a view away; the list stays as it is."""
        entity = _seen(plugin, name)
        view = keeping.view_to_change(_session(), entity, id)
        demand_token()
        asked = _asked(entity)
        keeping.throw_away(_session(), view)
        _session().commit()
        return redirect(Asked(entity, {**asked.stays, VIEW: ""}).address())

    @expose("/<string:plugin>/<string:name>/opens", methods=["POST"])
    def opens(self, plugin: str, name: str) -> Response:
        """Let the list open with a view from now on, or as described again."""
        entity = _seen(plugin, name)
        asked = _asked(entity)
        wanted = request.form.get(VIEW, "")
        view = asked.kept.view(int(wanted)) if wanted.isascii() and wanted.isdigit() else None
        keeping.habit_of(_session(), entity).view_id = view.id if view is not None else None
        _session().commit()
        return redirect(asked.address())

    @expose("/<string:plugin>/<string:name>/columns", methods=["POST"])
    def columns(self, plugin: str, name: str) -> Response:
        """Keep which columns are shown, their order and their widths."""
        entity = _seen(plugin, name)
        asked, form = _asked(entity), request.form
        habit = keeping.habit_of(_session(), entity)
        if "reset" in form:
            habit.columns, habit.widths = [], {}
            _session().commit()
            return redirect(asked.address({COLUMNS: ""}))
        chosen = known(entity, form.getlist("column"))
        for step, key in ((-1, "up"), (1, "down")):
            chosen = moved(chosen, form.get(key, ""), step)
        chosen = chosen or asked.columns
        habit.columns, habit.widths = list(chosen), _widths(entity)
        _session().commit()
        arrange = {"arrange": "1"} if "up" in form or "down" in form else {}
        kept_in_address = ",".join(chosen) if asked.view is not None else ""
        return redirect(asked.address({COLUMNS: kept_in_address, **arrange}))

    @expose("/<string:plugin>/<string:name>/widths", methods=["POST"])
    def widths(self, plugin: str, name: str) -> Any:
        """Keep the width of one column, as it was drawn."""
        entity = _seen(plugin, name)
        column, text = request.form.get("column", ""), request.form.get("width", "")
        if not known(entity, [column]) or not (text.isascii() and text.isdigit() and len(text) < 6):
            raise BadRequest
        habit = keeping.habit_of(_session(), entity)
        habit.widths = {**(habit.widths or {}), column: keeping.width(text)}
        _session().commit()
        return "", 204


def _seen(plugin: str, name: str) -> Entity:
    entity = entity_of(plugin, name)
    demand(entity, "see")
    return entity


def _asked(entity: Entity) -> Asked:
    """The list from which a form was sent."""
    return asked_for(_session(), entity, dict(parse_qsl(request.form.get("address", ""))) or {"q": ""})


def _widths(entity: Entity) -> dict[str, int]:
    given = {
        key.removeprefix("width."): value for key, value in request.form.items() if key.startswith("width.")
    }
    return {
        name: keeping.width(given[name])
        for name in known(entity, given)
        if given[name].isascii() and given[name].isdigit() and len(given[name]) < 6
    }


def _refused(entity: Entity, message: str) -> Response:
    """The list again, with why the view was not saved; the address stays that of the list."""
    answer = make_response(render("entities/list.html", **list_context(_asked(entity), fault=message)))
    answer.headers["HX-Push-Url"] = "false"
    return answer


def _session() -> Session:
    return installation().database.session()
