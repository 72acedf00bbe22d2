"""List, page, form and picker of every entity, at `/<plugin>/<name>/`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, get_template_attribute, jsonify, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from core.data import UserError, once
from core.entities import paging, service
from core.entities.alike import alike_box
from core.entities.changing import demand_open
from core.entities.filters import clean
from core.entities.finding import find_to_change, find_with_titles
from core.entities.forms import form_for
from core.entities.hints import hints
from core.entities.lists.asked import asked_for
from core.entities.lists.choosing import Entered, address_with
from core.entities.lists.context import list_context
from core.entities.query import ListQuery, order_of, statement_of
from core.entities.reading import title_for_reader
from core.entities.registry import allowed, demand, entity_of
from core.entities.related import related_list
from core.entities.spanning import only_own
from core.entities.spec import Entity
from core.entities.stale import both_versions
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.people.doors.refusals import note_error
from core.ui.page import render, render_listed
from core.ui.refused import told_refusal
from core.ui.shell_form import ShellForm, refuse

PICKER_SIZE = 20


class EntityView(BaseView):
    """The screens of all entities. Rights are judged first, then the row, then what was sent."""

    route_base = ""
    default_view = "list"

    @expose("/<string:plugin>/<string:name>/", methods=["GET"])
    def list(self, plugin: str, name: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "see")
        asked = asked_for(_session(), entity, request.args)
        entered = _entered()
        target = address_with(asked, entered) if entered is not None else None
        return (
            redirect(target)
            if target
            else render_listed("entities/list.html", **list_context(asked, entered))
        )

    @expose("/<string:plugin>/<string:name>/<int:id>", methods=["GET"])
    def page(self, plugin: str, name: str, id: int) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "see")
        record = service.find(_session(), entity, id)
        return render("entities/page.html", **paging.page_context(entity, record))

    @expose("/<string:plugin>/<string:name>/<int:id>/related/<int:number>", methods=["GET"])
    def related(self, plugin: str, name: str, id: int, number: int) -> Any:
        """The rows of a related list behind a place, to stand below those that are there."""
        entity = entity_of(plugin, name)
        demand(entity, "see")
        record = service.find(_session(), entity, id)
        after = request.args.get("after", "")
        context = (
            related_list(entity, record, entity.related[number], after)
            if number < len(entity.related)
            else None
        )
        if context is None:
            raise NotFound
        rows = get_template_attribute("macros/tables.html", "rows_and_further")
        return rows(context["columns"], context["rows"], context.get("further"))

    @expose("/<string:plugin>/<string:name>/new", methods=["GET", "POST"])
    def new(self, plugin: str, name: str) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "add")
        if entity.form_endpoint:
            return redirect(url_for(entity.form_endpoint))
        return self._form(entity, None)

    @expose("/<string:plugin>/<string:name>/<int:id>/edit", methods=["GET", "POST"])
    def edit(self, plugin: str, name: str, id: int) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "edit")
        texts: dict[str, str] = {}
        if request.method == "POST":
            record = find_to_change(_session(), entity, id)
        else:
            record, texts = find_with_titles(_session(), entity, id)
        try:
            demand_open(entity, record)
        except UserError as error:
            flash(told_refusal(error), "danger")
            return redirect(f"{entity.path}{id}")
        return self._form(entity, record, texts)

    @expose("/<string:plugin>/<string:name>/<int:id>/delete", methods=["POST"])
    def delete(self, plugin: str, name: str, id: int) -> Any:
        entity = entity_of(plugin, name)
        demand(entity, "delete")
        record = service.find(_session(), entity, id)
        try:
            service.remove(_session(), entity, record)
        except UserError as error:
            flash(told_refusal(error), "danger")
            return redirect(f"{entity.path}{id}")
        _session().commit()
        undo = url_for("HistoryView.bring_back", plugin=plugin, name=name, id=id)
        told: Any = {"text": gettext("Deleted."), "label": gettext("Undo"), "url": undo}
        flash(told, "success")
        return redirect(entity.path)

    @expose("/<string:plugin>/<string:name>/picker", methods=["GET"])
    def picker(self, plugin: str, name: str) -> Any:
        """At most PICKER_SIZE records whose searched fields contain `q`, as the control wants them."""
        entity = entity_of(plugin, name)
        demand(entity, "see")
        query = ListQuery(search=clean(request.args.get("q", "")), size=PICKER_SIZE)
        statement = (
            statement_of(entity, query)
            .where(*only_own(entity))
            .order_by(*order_of(entity, query))
            .limit(PICKER_SIZE)
        )
        records = _session().scalars(statement)
        return jsonify(results=[_offered(entity, each, query.search) for each in records])

    @expose("/<string:plugin>/<string:name>/alike", methods=["POST"])
    def alike(self, plugin: str, name: str) -> Any:
        """Which records may be the same as what stands in the form; a part of its page."""
        entity = entity_of(plugin, name)
        demand(entity, "add" if not allowed(entity, "edit") else "edit")
        demand_token()
        values = {each: clean(request.form.get(each, "")) for each in entity.alike_by}
        record_id = request.args.get("id", type=int)
        box = alike_box(_session(), entity, values, record_id)
        return get_template_attribute("macros/alike.html", "inside")(box)

    def _form(self, entity: Entity, record: Any, texts: Mapping[str, str] | None = None) -> Any:
        form = form_for(entity, record, csrf=True)
        for name, text in (texts or {}).items():
            form[name].offer_titled(text)
        if request.method == "POST" and form.validate():
            answer = _saved(entity, record, form)
            if answer is not None:
                return answer
        if not form.is_submitted():
            form.once.data = once.new_key()
            form.row_version.data = str(getattr(record, "row_version", "") or "")
            _prefill(entity, form)
        context = paging.form_context(entity, record, form)
        if g.get("zhidu_form_is_stale"):
            context["versions"] = both_versions(entity, record, form)
        return render("entities/form.html", **context), g.get("zhidu_form_status") or (
            422 if form.errors else 200
        )


def _offered(entity: Entity, record: Any, search: str) -> dict[str, str]:
    """A record as the picker's control wants it; with its hints before anything is sought, which tell codes apart, and
    where the title does not show why it was found."""
    label = title_for_reader(entity, record)
    found = {"id": str(record.id), "label": label}
    if not search or search.lower() not in label.lower():
        found["hint"] = " · ".join(hints(entity, record))
    return found


def _entered() -> Entered | None:
    """What was sent with the editor of a filter."""
    given = request.args
    if "ff" not in given:
        return None
    values = given.getlist("fv")
    return Entered(given["ff"], given.get("fo", ""), values, given.get("ft", ""), given.get("fk", ""))


def _prefill(entity: Entity, form: ShellForm) -> None:
    """Values that a link hands to a new form, such as the account that a meter is added to."""
    for name, value in request.args.items():
        if name in entity.by_name and name in form and form[name].type == "ReferenceField":
            form[name].process_data(value)
            form[name].offer_current()


def _saved(entity: Entity, record: Any, form: ShellForm) -> Response | None:
    """Save and answer with a redirect; None when the form has to be shown again with its errors."""
    session, user_id = _session(), current_user_id() or 0
    key = once.known_key(form.once.data)
    try:
        if record is not None:
            url = f"{entity.path}{record.id}"
            before = once.claimed(session, key, user_id, url)
        else:
            before = once.earlier_result(session, key, user_id)
        if before:
            return redirect(before)
        if record is not None:
            service.check_version(record, form)
        saved = service.save(session, entity, record, form)
        if record is None:
            url = f"{entity.path}{saved.id}"
            once.remember(session, key, user_id, url)
        session.commit()
    except UserError as error:
        note_error(error)
        session.rollback()
        # What refuses this post may be the work of an equal one that came a moment earlier.
        before = once.earlier_result(session, key, user_id)
        g.zhidu_form_is_stale = before is None and isinstance(error, service.StaleError)
        if before is None:
            _show(form, error)
        return redirect(before) if before else None
    flash(gettext("Saved."), "success")
    return redirect(url)


def _show(form: ShellForm, error: UserError) -> None:
    if isinstance(error, service.StaleError):
        text = gettext("Somebody else has changed this record meanwhile. Compare both versions below.")
        error = UserError(text, status=error.status)
    refuse(form, error)


def _session() -> Any:
    return installation().database.session()
