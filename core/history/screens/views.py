"""The screens of the history, and the buttons that bring something back from it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from werkzeug.exceptions import Forbidden, NotFound
from werkzeug.wrappers import Response

from core.branches.models import BranchOwned
from core.branches.scope import current_scope
from core.data import UserError
from core.entities import service
from core.entities.changing import may_bring_back, may_restore
from core.entities.reading import title_for_reader
from core.entities.registry import demand, entity_of
from core.entities.spec import Entity
from core.history.models import HistoryEntry
from core.history.screens import listing
from core.history.screens.panel import ON_OWN_PAGE, record_history
from core.history.screens.reading import deletion_of, deletions, one, reader_scope
from core.history.screens.restoring import bring_back, restore, would_be_open
from core.history.screens.words import told
from core.installation import installation
from core.people.access import require
from core.ui.notices import back_to, tell
from core.ui.page import render, render_listed

HISTORY = "core.history"
MAX_PAGE = 400


class HistoryView(BaseView):
    """`/core/history/`: everything, for administrators; `/core/history/of/...`: one record, for whoever may see it."""

    route_base = "/core/history"
    default_view = "list"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        require(HISTORY, "see")
        with reader_scope():
            context = listing.list_context(request.args)
        return render_listed("entities/list.html", **context)

    @expose("/<int:id>", methods=["GET"])
    def entry(self, id: int) -> Any:
        """One entry with everything that it tells."""
        require(HISTORY, "see")
        read = one(_session(), id)
        if read is None:
            raise NotFound
        return render("entities/page.html", **listing.entry_context(read))

    @expose("/of/<string:plugin>/<string:name>/<int:id>", methods=["GET"])
    def record(self, plugin: str, name: str, id: int) -> Any:
        """All of a record's history, page by page."""
        entity = entity_of(plugin, name)
        demand(entity, "see")
        record = service.find(_session(), entity, id)
        page = _page()
        history = record_history(entity, record, page, ON_OWN_PAGE)
        return render(
            "history/record.html",
            entity=entity,
            title=title_for_reader(entity, record),
            of_record=True,
            record_url=f"{entity.path}{id}",
            history=history,
            page=_pager(page, history["has_more"]),
        )

    @expose("/of/<string:plugin>/<string:name>/<int:id>/restore/<int:entry>", methods=["POST"])
    def restore(self, plugin: str, name: str, id: int, entry: int) -> Response:
        """Restore the version that stood after an entry."""
        entity = entity_of(plugin, name)
        demand(entity, "edit")
        record = service.find(_session(), entity, id)
        if not may_restore(entity):
            raise Forbidden
        try:
            restore(_session(), entity, record, entry)
            _session().commit()
        except UserError as error:
            _session().rollback()
            tell(str(error), "danger")
        else:
            tell(gettext("The earlier version is restored."))
        return redirect(back_to(f"{entity.path}{id}"))

    @expose("/of/<string:plugin>/<string:name>/<int:id>/bring-back", methods=["POST"])
    def bring_back(self, plugin: str, name: str, id: int) -> Response:
        """Undo a deletion."""
        entity = entity_of(plugin, name)
        demand(entity, "delete")
        if not may_bring_back(entity):
            raise Forbidden
        deletion = deletion_of(_session(), entity, id)
        if deletion is None or not _is_here(entity, deletion):
            raise NotFound
        try:
            bring_back(_session(), entity, deletion)
            _session().commit()
        except UserError as error:
            _session().rollback()
            flash(str(error), "danger")
            return redirect(entity.path)
        flash(gettext("Brought back."), "success")
        return redirect(f"{entity.path}{id}")

    @expose("/deleted/<string:plugin>/<string:name>", methods=["GET"])
    def deleted(self, plugin: str, name: str) -> Any:
        """What is deleted of an entity where the reader acts, each with a button that brings it back."""
        entity = entity_of(plugin, name)
        demand(entity, "delete")
        if not may_bring_back(entity):
            raise Forbidden
        page = _page()
        found = deletions(_session(), entity, limit=ON_OWN_PAGE + 1, offset=page * ON_OWN_PAGE)
        reads = [each for each in found[:ON_OWN_PAGE] if would_be_open(entity, each.entry)]
        items = told(_session(), entity, reads)
        for read, each in zip(reads, items, strict=True):
            each["restore"] = _bring_back_action(entity, read.entry)
        return render(
            "history/record.html",
            entity=entity,
            title=gettext("Deleted: %(things)s", things=str(entity.label_plural)),
            of_record=False,
            record_url=entity.path,
            empty_text=gettext("Nothing is deleted here."),
            history={"items": items},
            page=_pager(page, len(found) > ON_OWN_PAGE),
        )


def _bring_back_action(entity: Entity, entry: HistoryEntry) -> dict[str, Any]:
    address = url_for("HistoryView.bring_back", plugin=entity.plugin, name=entity.name, id=entry.record_id)
    return {"label": gettext("Bring back"), "url": address, "method": "POST", "icon": "arrow-back-up"}


def _is_here(entity: Entity, deletion: HistoryEntry) -> bool:
    """Rows are written in the active branch only, so they are brought back there."""
    return not issubclass(entity.model, BranchOwned) or deletion.branch_id == current_scope().active


def _page() -> int:
    text = request.args.get("page", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return min(max(number, 1), MAX_PAGE) - 1


def _pager(page: int, more: bool) -> dict[str, Any]:
    address = request.path
    return {
        "number": page + 1,
        "total_text": "",
        "prev_url": f"{address}?page={page}" if page else None,
        "next_url": f"{address}?page={page + 2}" if more and page + 1 < MAX_PAGE else None,
    }


def _session() -> Any:
    return installation().database.session()
