"""Uploading, downloading and removing the files of records. Whoever may see a record may see its files."""

from __future__ import annotations

from flask import redirect, request, send_file, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized
from werkzeug.wrappers import Response

from core.data import UserError
from core.entities.registry import demand, entity_by_id
from core.entities.service import find as find_record
from core.entities.spec import Entity
from core.files import service
from core.files.models import StoredFile
from core.installation import installation
from core.people.access import current_person, current_user_id
from core.people.doors.refusals import NO_FILE, note_refusal
from core.ui.notices import tell


class FileView(BaseView):
    """`/core/file/...`; served only through the row gate, and never as something that a browser runs."""

    route_base = "/core/file"
    default_view = "download"

    @expose("/<entity_id>/<int:record_id>", methods=["POST"])
    def upload(self, entity_id: str, record_id: int) -> Response:
        """Attach a file to a record that the person may edit."""
        _somebody()
        entity = _with_files(entity_id)
        demand(entity, "edit")
        find_record(_session(), entity, record_id)
        upload = request.files.get("file")
        if upload is None or not upload.filename:
            raise UserError("Choose a file first.")
        try:
            service.store(_session(), entity.id, record_id, upload.stream, upload.filename, current_user_id())
        except UserError as error:
            note_refusal(NO_FILE, error.message)
            raise
        _session().commit()
        tell(gettext("The file is added."))
        return _back_to(entity, record_id)

    @expose("/<int:file_id>", methods=["GET"])
    def download(self, file_id: int) -> Response:
        """The bytes: images to be looked at, everything else to be saved."""
        stored, _entity = _found(file_id, "see")
        stored, path = service.open_file(_session(), file_id)
        answer = send_file(
            path,
            mimetype=stored.media_type,
            as_attachment=not stored.is_image,
            download_name=stored.name,
            conditional=True,
            etag=stored.sha256,
            last_modified=stored.uploaded_at,
        )
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Content-Security-Policy"] = (
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
        )
        return answer

    @expose("/<int:file_id>/remove", methods=["POST"])
    def remove(self, file_id: int) -> Response:
        """Hide a file of a record that the person may edit."""
        stored, entity = _found(file_id, "edit")
        service.remove(_session(), file_id)
        _session().commit()
        tell(gettext("The file is removed."))
        return _back_to(entity, stored.record_id)


def _session() -> Session:
    return installation().database.session()


def _somebody() -> None:
    if current_person() is None:
        raise Unauthorized


def _with_files(entity_id: str) -> Entity:
    entity = entity_by_id(entity_id)
    if not entity.files:
        raise NotFound
    return entity


def _found(file_id: int, action: str) -> tuple[StoredFile, Entity]:
    """The file, once its record proves to be one that the person may see (or edit)."""
    _somebody()
    stored = service.find(_session(), file_id)
    entity = _with_files(stored.entity)
    demand(entity, action)
    find_record(_session(), entity, stored.record_id)
    return stored, entity


def _back_to(entity: Entity, record_id: int) -> Response:
    address = url_for("EntityView.page", plugin=entity.plugin, name=entity.name, id=record_id)
    return redirect(f"{address}#files")
