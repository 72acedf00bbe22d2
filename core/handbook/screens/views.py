"""`/core/handbook/`: departments, their clauses and rules, settings with their history, and why."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import get_locale, gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.data import UserError, clock
from core.handbook.changing import Change, approve, change, demand_free, proposed, withdraw
from core.handbook.entered import read
from core.handbook.explain import department_of, known_rule
from core.handbook.kinds import Rule
from core.handbook.models import RuleSetting
from core.handbook.preview import AT_ONCE, preview, said_otherwise
from core.handbook.preview import MOST as MOST_JUDGED
from core.handbook.rights import APPROVE, CHANGE, RULE, demand_handbook, readable_plugins
from core.handbook.screens import shown
from core.handbook.screens.forms import INHERITS, setting_form
from core.handbook.screens.panels import shown_explanation
from core.handbook.screens.previewed import shown_preview
from core.handbook.screens.why import explanation
from core.handbook.settings import Shelf
from core.handbook.words import label_of
from core.installation import installation
from core.people.access import Person, current_person, may, require
from core.people.doors.refusals import note_error
from core.people.rights.offering import LONGEST_SEARCH, MOST, as_choices, matching, nearest
from core.people.rights.reach import demand_branch
from core.people.rights.snapshot import Node, present, tree_of
from core.ui.notices import back_to, tell
from core.ui.page import render

PREVIEW = "preview"


class HandbookView(BaseView):
    """The rule book as people read and set it."""

    route_base = "/core/handbook"
    default_view = "index"

    @expose("/", methods=["GET"])
    def index(self) -> Any:
        """The departments whose rules the person may read."""
        _person()
        return render("handbook/index.html", departments=shown.departments(readable_plugins()))

    @expose("/branches", methods=["GET"])
    def branches(self) -> Any:
        """A few branches, for which the person may set, whose code or names hold `q`, as the control wants them."""
        require(RULE, CHANGE)
        search = request.args.get("q", "")[:LONGEST_SEARCH].strip()
        found = matching(_branches(_person()), search)
        return jsonify(results=as_choices(found, str(get_locale() or "en")))

    @expose("/<string:plugin>", methods=["GET"])
    def department(self, plugin: str) -> Any:
        """A department's clauses and rules."""
        demand_handbook(plugin)
        if installation().host.plugin(plugin) is None:
            raise NotFound
        context = shown.department(_session(), _person(), plugin, request.args.get("kind", ""))
        return render("handbook/department.html", **context)

    @expose("/rule/<string:rule_id>", methods=["GET"])
    def rule(self, rule_id: str) -> Any:
        """One rule."""
        rule = _rule(rule_id)
        context = shown.rule_page(_session(), _person(), rule, department_of(rule))
        rights = {"may_change": may(RULE, CHANGE), "may_approve": may(RULE, APPROVE)}
        return render("handbook/rule.html", me=_person().user_id, **rights, **context)

    @expose("/rule/<string:rule_id>/<string:name>", methods=["GET", "POST"])
    def setting(self, rule_id: str, name: str) -> Any:
        """Change a setting from a day on; first, what the last months would have come to."""
        rule = _rule(rule_id)
        require(RULE, CHANGE)
        if name not in {each.name for each in rule.settings}:
            raise NotFound
        demand_free(rule.setting(name))
        person = _person()
        context: dict[str, Any] = {"previewed": None}
        form = _form(rule, name, person)
        if request.method == "POST" and form.validate():
            wanted = _wanted(rule, name, form)
            try:
                if wanted is not None and request.form.get("do") == PREVIEW:
                    context["previewed"] = _previewed(rule, wanted, person)
                elif wanted is not None:
                    return _changed(rule, wanted, person)
            except UserError as error:
                _show(form, error)
        setting = rule.setting(name)
        return (
            render(
                "handbook/setting.html",
                form=form,
                rule=rule.id,
                setting=label_of(setting),
                by_two=setting.by_two,
                back_url=f"/core/handbook/rule/{rule.id}",
                **context,
            ),
            422 if form.errors or form.form_errors else 200,
        )

    @expose("/settings/<int:id>/approve", methods=["POST"])
    def approve(self, id: int) -> Any:
        """The second person's yes."""
        require(RULE, APPROVE)
        row = _row(id)
        approve(_session(), row, _person().user_id)
        _session().commit()
        tell(gettext("Approved. It takes effect on its day."))
        return redirect(back_to(f"/core/handbook/rule/{row.rule}"))

    @expose("/settings/<int:id>/withdraw", methods=["POST"])
    def withdraw(self, id: int) -> Any:
        """Take a change back before it takes effect."""
        require(RULE, CHANGE)
        row = _row(id)
        withdraw(_session(), row, _person().user_id)
        _session().commit()
        tell(gettext("Withdrawn. What held before goes on holding."))
        return redirect(back_to(f"/core/handbook/rule/{row.rule}"))

    @expose("/why/<string:kind>/<string:key>", methods=["GET"])
    def why(self, kind: str, key: str) -> Any:
        """Why something came out so."""
        found = explanation(kind, key)
        entity = installation().entities.get(found.entity)
        subject = {"url": found.back[0], "label": found.back[1]} if found.back is not None else None
        if entity is not None and found.subject_id is not None:
            subject = {"url": f"{entity.path}{found.subject_id}", "label": entity.label}
        return render("handbook/why.html", why=shown_explanation(found), subject=subject)


def _form(rule: Rule, name: str, person: Person) -> Any:
    branch = person.branch
    if branch is None:
        raise NotFound
    today = clock.today(branch.time_zone)
    value = Shelf(_session(), (rule,)).in_force(rule, name, branch.id, today).value
    setting = rule.setting(name)
    value = setting.suggested if value is None else value
    form = setting_form(setting, _offered(person), value, today, branch.code)
    if len(_branches(person)) > MOST:
        form.branch.render_kw = {"data-picker-url": "/core/handbook/branches", "required": True}
    return form


def _branches(person: Person) -> list[Node]:
    """The active branch, and for an administrator all others: a value holds for what lies below it too."""
    tree = tree_of(_session(), person.known or present(_session()))
    own = person.branch.id if person.branch is not None else 0
    return [tree[own], *(each for each in person.branches if each.id != own and person.everything)]


def _offered(person: Person) -> list[tuple[str, str]]:
    """A few of these, the one that is chosen among them."""
    nodes, locale = _branches(person), str(get_locale() or "en")
    here = next((each.id for each in nodes if each.code == request.form.get("branch")), nodes[0].id)
    return [(each.code, each.name(locale)) for each in nearest(nodes, here, {nodes[0].id})]


def _wanted(rule: Rule, name: str, form: Any) -> Change | None:
    """What the form asks for; None where its value cannot be read, which the form then says."""
    inherits = form.how.data == INHERITS
    tree = tree_of(_session(), present(_session()))
    branch_id = next(each.id for each in tree.values() if each.code == form.branch.data)
    demand_branch(branch_id)
    try:
        value = None if inherits else read(rule.setting(name), form.value.data or "")
    except UserError as error:
        _show(form, error)
        return None
    return Change(name, branch_id, form.from_on.data, value, form.why.data or "", inherits)


def _previewed(rule: Rule, wanted: Change, person: Person) -> dict[str, Any]:
    """What it would have come to, or the bar of the worker who finds out."""
    row = proposed(rule, wanted, person.user_id)
    later = installation().preview_later
    found = preview(_session(), person, rule, row, MOST_JUDGED if later is None else AT_ONCE)
    if later is None or found is None or not found.is_cut:
        return shown_preview(found, *said_otherwise(_session(), rule, row))
    return later(_session(), (RULE, CHANGE), {"rule": rule.id, "change": wanted.plain()})


def _changed(rule: Rule, wanted: Change, person: Person) -> Any:
    row = change(_session(), rule, wanted, person.user_id)
    waits = row.in_force_on is None
    _session().commit()
    if waits:
        flash(gettext("Kept. It takes effect once a second person has approved it."), "success")
    else:
        flash(gettext("Kept. It takes effect on its day; what was decided before stays."), "success")
    return redirect(f"/core/handbook/rule/{rule.id}")


def _show(form: Any, error: UserError) -> None:
    note_error(error)
    _session().rollback()
    field = error.field if error.field in ("from_on", "why") else "value"
    form[field].errors = [*form[field].errors, str(error)]


def _rule(rule_id: str) -> Rule:
    rule = known_rule(rule_id)
    if rule is None:
        raise NotFound
    demand_handbook(department_of(rule))
    return rule


def _row(row_id: int) -> RuleSetting:
    row = _session().get(RuleSetting, row_id)
    if row is None or known_rule(row.rule) is None:
        raise NotFound
    demand_branch(row.branch_id)
    return row


def _person() -> Person:
    person = current_person()
    if person is None:
        raise Unauthorized
    if person.branch is None:
        raise NotFound
    return person


def _session() -> Session:
    return installation().database.session()
