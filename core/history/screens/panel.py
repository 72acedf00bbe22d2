"""A record's history in words, latest first, with the ways back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from core.entities.changing import may_edit, may_restore
from core.entities.spec import Entity
from core.history.models import DELETE, EDIT, RESTORE
from core.history.screens.reading import Read, of_record
from core.history.screens.restoring import BEFORE_ALL
from core.history.screens.words import told
from core.installation import installation

ON_OWN_PAGE = 25
TIMELINE = "timeline"
"""The panel of a record's page that tells what was done."""


def record_history(entity: Entity, record: Any, page: int, size: int) -> dict[str, Any]:
    """One page of a record's history; pages count from 0."""
    session = installation().database.session()
    reads = of_record(session, entity, record.id, limit=size + 1, offset=page * size)
    has_more = len(reads) > size
    shown = told_with_ways_back(
        session, entity, record, reads[:size], is_first=page == 0, is_last=not has_more
    )
    return {"items": shown, "has_more": has_more}


def told_with_ways_back(
    session: Session, entity: Entity, record: Any, reads: Sequence[Read], *, is_first: bool, is_last: bool
) -> list[dict[str, Any]]:
    """Entries in words, with what the reader may restore: every version but the present one.

    `is_first` says that no later entry is there, `is_last` that no earlier one is.
    """
    shown = told(session, entity, reads)
    if may_restore(entity) and may_edit(entity, record):
        for place, each in enumerate(shown):
            is_present = is_first and place == 0
            if not is_present and each["action"] != DELETE:
                each["restore"] = _restore_action(entity, record, each)
        _offer_what_stood_before(entity, record, shown, is_last)
    return shown


def history_url(entity: Entity, record: Any) -> str:
    """Where all of a record's history is."""
    return url_for("HistoryView.record", **_named(entity, record.id))


def _offer_what_stood_before(entity: Entity, record: Any, shown: list[dict[str, Any]], is_last: bool) -> None:
    """What was put in by the thousand has no entry of its own; its first change can be taken back all the same."""
    if shown and is_last and shown[-1]["action"] in (EDIT, RESTORE):
        shown[-1]["before"] = {
            "label": gettext("Restore what stood before"),
            "url": url_for("HistoryView.restore", entry=BEFORE_ALL, **_named(entity, record.id)),
            "method": "POST",
            "icon": "history",
            "at": TIMELINE,
            "confirm": gettext(
                "Give the record the values that it had before this change? This is a new change; nothing is lost."
            ),
        }


def _restore_action(entity: Entity, record: Any, each: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": gettext("Restore this version"),
        "url": url_for("HistoryView.restore", entry=each["id"], **_named(entity, record.id)),
        "method": "POST",
        "icon": "history",
        "at": TIMELINE,
        "confirm": gettext(
            "Give the record the values that it had on %(when)s? This is a new change; nothing is lost.",
            when=each["when"],
        ),
    }


def _named(entity: Entity, record_id: int) -> dict[str, Any]:
    return {"plugin": entity.plugin, "name": entity.name, "id": record_id}
