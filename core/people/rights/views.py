"""The screens of rights: the matrix, the page behind each of its fields, and two questions."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, jsonify, redirect, request
from flask_appbuilder import BaseView, expose
from flask_appbuilder.security.sqla.models import User
from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.models import Branch
from core.data import UserError, clock
from core.installation import installation
from core.people.access import Person, current_person, load_person, may, require
from core.people.doors.refusals import note_error
from core.people.rights import matrix as sheet
from core.people.rights.cell import Cell, tables
from core.people.rights.forms import ChangeForm, WhatForm, WhoForm, change_form, split
from core.people.rights.offering import LONGEST_SEARCH, MOST, as_choices, matching, nearest
from core.people.rights.overriding import Change, override, withdraw
from core.people.rights.questions import what_can, who_can
from core.people.rights.reach import demand_branch, demand_person, reach
from core.people.rights.snapshot import Node, Snapshot, present, tree_of
from core.people.rights.words import place
from core.ui.notices import back_to, tell
from core.ui.page import page_number, render

RIGHT = "core.right"


class RightsView(BaseView):
    """`/core/rights/`."""

    route_base = "/core/rights"
    default_view = "matrix"

    @expose("/", methods=["GET"])
    def matrix(self) -> Any:
        """Positions by business objects."""
        require(RIGHT, "see")
        known, tree = _present()
        asked = sheet.Asked(
            request.args.get("plugin", ""),
            request.args.get("branch", ""),
            page_number("page"),
            page_number("across"),
        )
        branch = _branch(tree, asked.branch)
        context = sheet.matrix(known, asked, branch.id if branch else None, _day(branch))
        choices = {
            "plugins": sheet.plugins(),
            "branches": offered(tree, asked.branch),
            "searched": searched(tree),
        }
        return render("rights/matrix.html", asked=asked, choices=choices, **context)

    @expose("/branches", methods=["GET"])
    def branches(self) -> Any:
        """A few branches whose code or names hold `q`, as the control wants them."""
        require(RIGHT, "see")
        _known, tree = _present()
        search, locale = request.args.get("q", "")[:LONGEST_SEARCH].strip(), str(get_locale() or "en")
        return jsonify(results=as_choices(matching(_within(tree), search), locale))

    @expose("/<string:position_id>/<string:entity_id>", methods=["GET", "POST"])
    def cell(self, position_id: str, entity_id: str) -> Any:
        """One position on one business object: who said what since when; and changing it."""
        require(RIGHT, "see")
        known, tree = _present()
        position, entity = installation().positions.get(position_id), installation().entities.get(entity_id)
        if position is None or entity is None:
            raise NotFound
        code = request.args.get("branch", "")
        branch = _branch(tree, code)
        may_change = may(RIGHT, "edit") and not position.everything
        form = change_form(entity, offered(tree, request.form.get("where", code), whole=_everywhere()), code)
        form.where.render_kw = searched(tree, _everywhere())
        if request.method == "POST":
            require(RIGHT, "edit")
            if form.validate() and _changed(position_id, entity_id, form, tree):
                return redirect(request.full_path.rstrip("?"))
        cell = Cell(known, tree, position, entity, branch.id if branch else None, _day(branch))
        context = {
            "title": str(position.label),
            "entity_label": str(entity.label_plural),
            "where": place(tree, cell.branch_id),
            "form": form if may_change else None,
            "everything": position.everything,
            "back_url": sheet.Asked(entity.plugin, code).address(),
        }
        shown = tables(_session(), cell, may_change)
        return render("rights/cell.html", **context, **shown), 422 if form.errors or form.form_errors else 200

    @expose("/withdraw/<int:id>", methods=["POST"])
    def withdraw(self, id: int) -> Any:
        """Take a change back."""
        require(RIGHT, "edit")
        row = withdraw(_session(), _person(), id)
        address = f"/core/rights/{row.position}/{row.entity}"
        branch = _session().get(Branch, row.branch_id) if row.branch_id is not None else None
        _session().commit()
        tell(gettext("Taken back. It counts from the next click of everybody concerned."))
        return redirect(back_to(f"{address}?branch={branch.code}" if branch is not None else address))

    @expose("/what", methods=["GET"])
    def what(self) -> Any:
        """What can this person do in a branch, and why."""
        require(RIGHT, "see")
        _known, tree = _present()
        form = WhatForm.for_branches(offered(tree, request.args.get("branch", "")))
        form.branch.render_kw = searched(tree, whole=False)
        context: dict[str, Any] = {"form": form, "answers": None, "asked_about": ""}
        if request.args.get("person") and form.validate():
            user = _asked_person(form)
            asked = _as(user, form.branch.data)
            context["answers"] = list(what_can(_session(), tree, asked)) if asked is not None else []
            context["asked_about"] = f"{user.last_name}{user.first_name}"
        return render("rights/what.html", **context)

    @expose("/who", methods=["GET"])
    def who(self) -> Any:
        """Who can do this in a branch, and why."""
        require(RIGHT, "see")
        known, tree = _present()
        form = WhoForm.for_branches(offered(tree, request.args.get("branch", "")))
        form.branch.render_kw = searched(tree, whole=False)
        context: dict[str, Any] = {"form": form, "people": None, "more": False}
        if request.args.get("right") and form.validate():
            entity_id, action = split(form.right.data)
            branch = _session().get(Branch, _chosen(tree, form.branch.data).id)
            if branch is None:
                raise NotFound
            context["people"], context["more"] = who_can(_session(), known, tree, entity_id, action, branch)
        return render("rights/who.html", **context)


def _changed(position_id: str, entity_id: str, form: ChangeForm, tree: dict[int, Node]) -> bool:
    """Write what the form asks for; False when it is refused, with the reason in the form."""
    kind, name = split(form.what.data)
    branch = _branch(tree, form.where.data)
    wanted = Change(
        position_id,
        entity_id,
        kind,
        name,
        form.value.data,
        branch.id if branch is not None else None,
        form.since.data,
        form.reason.data or "",
    )
    fields = {
        "value": "value",
        "name": "what",
        "valid_from": "since",
        "branch_id": "where",
        "reason": "reason",
    }
    try:
        override(_session(), _person(), wanted)
        _session().commit()
    except UserError as error:
        note_error(error)
        _session().rollback()
        each = fields.get(error.field or "")
        if each:
            form[each].errors = [str(error)]
        else:
            form.form_errors.append(str(error))
        return False
    flash(gettext("Changed. It counts from the next click of everybody concerned."), "success")
    return True


def offered(tree: dict[int, Node], code: str = "", whole: bool = True) -> list[tuple[str, str]]:
    """A few branches that the person may choose, as code and name, the chosen one too; the whole company first."""
    person = _person()
    nodes = _within(tree)
    here = next((each.id for each in nodes if each.code == code), person.branch.id if person.branch else None)
    locale = str(get_locale() or "en")
    first = [("", gettext("The whole company"))] if whole else []
    return [*first, *((each.code, each.name(locale)) for each in nearest(nodes, here))]


def searched(tree: dict[int, Node], whole: bool = True) -> dict[str, Any]:
    """What lets a drop-down search, where there are more branches than it offers; empty it is the whole company."""
    if len(_within(tree)) <= MOST:
        return {}
    empty = {"data-placeholder": gettext("The whole company")} if whole else {"required": True}
    return {"data-picker-url": "/core/rights/branches", **empty}


def _within(tree: dict[int, Node]) -> list[Node]:
    within = reach(_session(), _person())
    nodes = tree.values() if within is None else [tree[each] for each in within if each in tree]
    return [each for each in nodes if each.active]


def _everywhere() -> bool:
    return reach(_session(), _person()) is None


def _present() -> tuple[Snapshot, dict[int, Node]]:
    known = present(_session())
    return known, tree_of(_session(), known)


def _branch(tree: dict[int, Node], code: str | None) -> Branch | None:
    """The branch of a code, none for the whole company. Raises NotFound for one beyond reach."""
    if not code:
        return None
    return _session().get(Branch, _chosen(tree, code).id)


def _chosen(tree: dict[int, Node], code: str | None) -> Node:
    node = next((each for each in tree.values() if each.code == code and each.active), None)
    within = reach(_session(), _person())
    if node is None or (within is not None and node.id not in within):
        raise NotFound
    return node


def _asked_person(form: WhatForm) -> User:
    user = _session().get(User, form.person.data) if form.person.data else None
    if user is None:
        raise NotFound
    demand_person(user.id)
    return user


def _as(user: User, code: str) -> Person | None:
    """What the person would be in a branch; None where they hold nothing."""
    try:
        asked = load_person(_session(), user, code)
    except NotFound:
        return None
    demand_branch(asked.branch.id if asked.branch is not None else None)
    return asked


def _day(branch: Branch | None) -> date:
    return clock.today(branch.time_zone) if branch is not None else clock.today()


def _person() -> Person:
    person = current_person()
    if person is None:
        raise NotFound
    return person


def _session() -> Session:
    return installation().database.session()
