"""The files of a record, as its page shows them."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from core.entities.registry import allowed
from core.entities.spanning import is_own
from core.entities.spec import Entity
from core.files import service
from core.files.disk import MAX_BYTES
from core.files.kinds import EXTENSIONS
from core.files.models import StoredFile
from core.installation import installation
from core.people.access import current_person
from core.ui import format as shown


def files_of(entity_id: str, record_id: int, may_change: bool = False) -> list[dict[str, Any]]:
    """`{name, url, size, uploaded_at, is_image, about, delete_url, remove_url}` of each file, the latest first."""
    session = installation().database.session()
    return [_item(each, may_change) for each in service.files_of(session, entity_id, record_id)]


def files_box(entity: Entity, record: Any) -> dict[str, Any] | None:
    """The context of the files panel; without the right to edit it only shows. None where there is nothing to show."""
    may_change = is_own(record) and allowed(entity, "edit")
    items = files_of(entity.id, record.id, may_change)
    if not items and not may_change:
        return None
    return {
        "items": items,
        "upload_url": url_for("FileView.upload", entity_id=entity.id, record_id=record.id)
        if may_change
        else "",
        "accept": ",".join(f".{each}" for each in EXTENSIONS),
        "max_bytes": MAX_BYTES,
        "max_text": gettext(
            "%(types)s, at most %(megabytes)s MB",
            types=shown.listed(EXTENSIONS),
            megabytes=MAX_BYTES // 1024 // 1024,
        ),
    }


def _item(stored: StoredFile, may_change: bool) -> dict[str, Any]:
    remove_url = url_for("FileView.remove", file_id=stored.id) if may_change else ""
    person = current_person()
    zone = person.branch.time_zone if person and person.branch else None
    return {
        "name": stored.name,
        "url": url_for("FileView.download", file_id=stored.id),
        "size": stored.size,
        "uploaded_at": stored.uploaded_at,
        "is_image": stored.is_image,
        "about": f"{shown.file_size(stored.size)} · {shown.datetime(stored.uploaded_at, zone)}",
        "delete_url": remove_url,
        "remove_url": remove_url,
    }
