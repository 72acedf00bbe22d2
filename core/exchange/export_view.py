"""The list of an entity as a file: exactly what is filtered, searched and sorted now."""

from __future__ import annotations

from typing import Any

from flask import request, send_file
from flask_appbuilder import BaseView, expose
from werkzeug.exceptions import NotFound

from core.entities.lists.asked import asked_for
from core.entities.query import ListQuery, key_of, order_of, statement_of
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.exchange.export import export_rows
from core.exchange.limits import MAX_EXPORT_ROWS
from core.exchange.writing import MEDIA_TYPES
from core.history import note
from core.history.models import EXPORT
from core.installation import installation
from core.people.access import current_person


class ExportView(BaseView):
    """`/<plugin>/<name>/export.xlsx` and `.csv`."""

    route_base = ""

    @expose("/<string:plugin>/<string:name>/export.<string:kind>")
    def export(self, plugin: str, name: str, kind: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "export")
        if kind not in MEDIA_TYPES:
            raise NotFound
        session = installation().database.session()
        asked = asked_for(session, entity, request.args)
        query = asked.query
        statement = statement_of(entity, query).order_by(*order_of(entity, query)).limit(MAX_EXPORT_ROWS + 1)
        records = session.scalars(statement.execution_options(yield_per=1_000))
        person = current_person()
        zone = {"time_zone": person.branch.time_zone} if person and person.branch else {}
        file = export_rows(session, entity, asked.columns, records, kind, **zone)
        _note(entity, kind, query)
        file_name = f"{entity.label_plural}.{kind}"
        return send_file(
            file, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=file_name, max_age=0
        )


def _note(entity: Entity, kind: str, query: ListQuery) -> None:
    """Who took what out of the house, and how it was narrowed."""
    session = installation().database.session()
    narrowed = {key_of(each).removeprefix("f_"): each.value for each in query.filters}
    table = entity.model.__table__.name
    note(session, EXPORT, table, file=kind, search=query.search, filters=narrowed)
    session.commit()
