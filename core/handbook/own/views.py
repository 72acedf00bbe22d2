"""`/core/own-rules/`: write a rule by clicks, preview it, publish it, retire it; out and in as a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, clock
from core.entities.registry import entity_by_id
from core.handbook.own import service
from core.handbook.own.forms import NEEDS, lines, own_form, written
from core.handbook.own.models import DRAFT, PUBLISHED, OwnRule
from core.handbook.own.previewing import previewed
from core.handbook.own.rules import as_said
from core.handbook.preview import AT_ONCE, MOST
from core.handbook.rights import OWN_RULE, PUBLISH, WRITE
from core.handbook.screens.previewed import shown_preview
from core.installation import installation
from core.people.access import Person, current_person, may, require
from core.people.doors.refusals import note_error
from core.people.rights.reach import demand_branch
from core.ui.page import render
from core.ui.shell_form import refuse

LARGEST_FILE = 1_000_000
LIST = "/core/own-rule/"


@dataclass(frozen=True)
class LongPreview:
    """What a worker is to preview, as JSON."""

    of: dict[str, Any]


class OwnRuleView(BaseView):
    """Rights are judged first: *write* for drafts, *publish* for what takes effect."""

    route_base = "/core/own-rules"
    default_view = "new"

    @expose("/new", methods=["GET", "POST"])
    def new(self) -> Any:
        """A rule from nothing."""
        require(OWN_RULE, WRITE)
        return self._page(None)

    @expose("/<int:id>/write", methods=["GET", "POST"])
    def edit(self, id: int) -> Any:
        """A draft goes on; of a rule that was published, a new version is written."""
        require(OWN_RULE, WRITE)
        return self._page(_row(id))

    @expose("/<int:id>/retire", methods=["POST"])
    def retire(self, id: int) -> Any:
        """Out of force."""
        require(OWN_RULE, PUBLISH)
        service.retire(_session(), _row(id), _person().user_id)
        _session().commit()
        flash(gettext("Retired. What it decided stays explained."), "success")
        return redirect(f"{LIST}{id}")

    @expose("/file", methods=["GET"])
    def give(self) -> Response:
        """Every rule that is in force or drafted, as a file."""
        require(OWN_RULE, "see")
        rows = _session().scalars(
            select(OwnRule).where(OwnRule.state.in_((DRAFT, PUBLISHED))).order_by(OwnRule.number)
        )
        content = json.dumps(service.as_file(rows.all()), ensure_ascii=False, indent=2)
        answer = Response(content, mimetype="application/json")
        answer.headers["Content-Disposition"] = "attachment; filename=own-rules.json"
        return answer

    @expose("/take", methods=["GET", "POST"])
    def take(self) -> Any:
        """Rules of a file, as drafts."""
        require(OWN_RULE, WRITE)
        fault = ""
        if request.method == "POST":
            try:
                made = service.from_file(_session(), _sent_file(), _here(_person()), _person().user_id)
                _session().commit()
                flash(gettext("%(count)s drafts were made.", count=len(made)), "success")
                return redirect(LIST)
            except UserError as error:
                note_error(error)
                _session().rollback()
                fault = str(error)
        return render("handbook/own_file.html", fault=fault, back_url=LIST), 422 if fault else 200

    def _page(self, row: OwnRule | None) -> Any:
        kept = service.written_of(row) if row is not None else None
        wanted = request.values.get("entity", kept.entity if kept else "")
        form = own_form(kept, wanted)
        entity_id = wanted or next((each.value for each in form.entity.choices or ()), "")
        if not entity_id:
            raise UserError(service.NO_OBJECT)
        entity = entity_by_id(entity_id)
        told = None
        if request.method == "POST" and request.form.get("do") not in (None, "fields") and form.validate():
            try:
                done = self._done(form, row)
                if not isinstance(done, dict):
                    return done
                told = done
            except UserError as error:
                note_error(error)
                _session().rollback()
                refuse(form, error)
        return (
            render(
                "handbook/own_rule.html",
                form=form,
                row_id=row.id if row is not None else None,
                needs=NEEDS,
                builder=lines(entity, kept if kept and kept.entity == entity_id else None),
                previewed=told,
                may_publish=may(OWN_RULE, PUBLISH),
                back_url=LIST,
            ),
            422 if form.errors or form.form_errors else 200,
        )

    def _done(self, form: Any, row: OwnRule | None) -> Any:
        """Save, publish, or answer a preview (which is rolled back)."""
        session, person, do = _session(), _person(), request.form.get("do")
        if do == "publish":
            require(OWN_RULE, PUBLISH)
        earlier = row if row is not None and row.state == PUBLISHED else None
        made = service.draft(session, written(form), _here(person), person.user_id, row)
        if do == "preview":
            found = _previewed(session, person, made, earlier)
            session.rollback()
            later = installation().preview_later
            if isinstance(found, LongPreview) and later is not None:
                return later(session, (OWN_RULE, WRITE), found.of)
            return found
        if do == "publish":
            branch = person.branch
            zone = branch.time_zone if branch is not None else clock.DEFAULT_TIME_ZONE
            service.publish(session, made, clock.today(zone), person.user_id)
        url = f"{LIST}{made.id}"
        session.commit()
        flash(
            gettext("Published. It holds from now on.") if do == "publish" else gettext("Saved."), "success"
        )
        return redirect(url)


def _previewed(
    session: Session, person: Person, made: OwnRule, earlier: OwnRule | None
) -> dict[str, Any] | LongPreview:
    later = installation().preview_later
    found = previewed(session, person, made, earlier, MOST if later is None else AT_ONCE)
    if later is None or found is None or not found.is_cut:
        return shown_preview(found)
    return LongPreview({"own": as_said(made), "earlier": None if earlier is None else as_said(earlier)})


def _sent_file() -> Any:
    sent = request.files.get("file")
    content = sent.read(LARGEST_FILE + 1) if sent is not None else b""
    if not content or len(content) > LARGEST_FILE:
        raise UserError(service.NO_FILE)
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise UserError(service.NO_FILE) from None


def _row(row_id: int) -> OwnRule:
    row = _session().get(OwnRule, row_id)
    if row is None:
        raise NotFound
    demand_branch(row.branch_id)
    return row


def _here(person: Person) -> int:
    if person.branch is None:
        raise NotFound
    return person.branch.id


def _person() -> Person:
    person = current_person()
    if person is None:
        raise NotFound
    return person


def _session() -> Session:
    return installation().database.session()
