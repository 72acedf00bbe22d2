"""The list of an entity as a file: exactly what is filtered, searched and sorted now."""

from __future__ import annotations

from itertools import islice
from typing import Any

from flask import redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.data import UserError
from core.entities.lists.asked import asked_for
from core.entities.registry import demand, entity_of
from core.exchange import limits
from core.exchange.export import export_rows
from core.exchange.export_jobs import MAKE, export_later, file_of, note_export, records_of, zone_of
from core.exchange.writing import MEDIA_TYPES
from core.files import service as files
from core.installation import installation
from core.jobs.models import Job
from core.people.access import current_person, require


class ExportView(BaseView):
    """`/<plugin>/<name>/export.xlsx` and `.csv`; what is large is made by a worker and fetched later."""

    route_base = ""

    @expose("/<string:plugin>/<string:name>/export.<string:kind>")
    def export(self, plugin: str, name: str, kind: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "export")
        if kind not in MEDIA_TYPES:
            raise NotFound
        session, person = _session(), current_person()
        asked = asked_for(session, entity, request.args)
        with records_of(session, entity, asked.query) as found:
            records = list(islice(found, limits.MAX_ROWS_AT_ONCE + 1))
        if len(records) > limits.MAX_ROWS_AT_ONCE and person is not None:
            job = export_later(session, asked, kind, person)
            session.commit()
            return redirect(url_for("JobView.run", id=job.id))
        file = export_rows(session, entity, asked.columns, records, kind, **zone_of(person))
        note_export(session, entity, kind, asked.query)
        session.commit()
        file_name = f"{entity.label_plural}.{kind}"
        return send_file(
            file, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=file_name, max_age=0
        )

    @expose("/core/export/<int:id>")
    def made(self, id: int) -> Any:
        """The file of a large export, for who asked for it and still may."""
        session, person = _session(), current_person()
        if person is None:
            raise Unauthorized
        job = session.scalar(
            select(Job).where(Job.id == id, Job.kind == MAKE, Job.started_by == person.user_id)
        )
        if job is None:
            raise NotFound
        require(job.params["entity"], "export")
        stored = file_of(session, id)
        if stored is None:
            raise UserError("This file is not there any more.", status=404)
        stored, path = files.open_file(session, stored.id)
        return send_file(
            path, mimetype=stored.media_type, as_attachment=True, download_name=stored.name, max_age=0
        )


def _session() -> Session:
    return installation().database.session()
