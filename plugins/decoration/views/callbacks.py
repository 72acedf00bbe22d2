"""The call list: whom to call today, with what was said last, and the form of a call in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from core.branches.scope import current_branch_id
from core.data import UserError
from core.entities.reading import readable, shown_to_reader, title_for_reader
from core.entities.registry import allowed, entity_by_id
from core.entities.service import find
from core.people.access import require
from core.people.doors.csrf import demand_token
from core.people.rights.colleagues import names_here
from core.ui import format as shown
from core.ui.page import render
from core.ui.shell_form import refuse, status_of
from core.work.groups import today
from core.workdays import rolled
from core.worklist.places import place_of
from plugins.decoration.calls import form as forms
from plugins.decoration.calls import listing, recording, scoring
from plugins.decoration.calls.ending import is_to_be_called
from plugins.decoration.calls.listing import Call
from plugins.decoration.calls.questionnaires import next_version
from plugins.decoration.checks.numbers import session
from plugins.decoration.entities.callbacks import KINDS
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c
from plugins.decoration.rules.names_care import RECEPTION, SUMMED_UP

PAGE = 50
NEXT = 5
HISTORY = 3
WEEK = 7
MINE, ALL, SOON = "mine", "all", "week"
VISIT = "visit"
"""Where the manager's own call after a VIP's visit comes from."""


class DecorationCalls(BaseView):
    """`/decoration/calls/`: the calls of the day, and `/decoration/calls/<source>/<key>` one of them."""

    route_base = "/decoration/calls"
    default_view = "list"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        require(c.CALL_BACK, c.CALL)
        which = request.args.get("which", MINE)
        until = today() + timedelta(days=WEEK) if which == SOON else today()
        found = listing.calls(session(), until, PAGE + 1, everybody=which == ALL)
        context = {
            "tabs": _tabs(which),
            "columns": _columns(),
            "rows": _rows(found[:PAGE]),
            "more": PAGE if len(found) > PAGE else 0,
        }
        return render("decoration/calls.html", **context)

    @expose("/planned/<int:id>", methods=["GET"])
    def planned(self, id: int) -> Any:
        """From the page of a call-back."""
        return redirect(url_for(".call", source=listing.PLANNED, key=id))

    @expose("/<string:source>/<int:key>/call", methods=["GET", "POST"])
    def call(self, source: str, key: int) -> Any:
        require(c.CALL_BACK, c.CALL)
        call = _call(source, key)
        if call is None:
            return _over(source, key)
        customer = find(session(), entity_by_id(n.CUSTOMER), call.customer_id)
        form, people = _form(call, customer)
        if form.validate_on_submit():
            answer = _kept(call, form)
            if answer is not None:
                return answer
        return render("decoration/call.html", **_context(call, customer, form, people)), status_of(form)

    @expose("/complaint/<int:id>", methods=["GET"])
    def complaint(self, id: int) -> Any:
        """From the page of a complaint whose result is verified."""
        return redirect(url_for(".call", source=c.COMPLAINT, key=id))

    @expose("/repair/<int:id>", methods=["GET"])
    def repair(self, id: int) -> Any:
        """From the page of a repair that the customer has accepted."""
        return redirect(url_for(".call", source=c.REPAIR, key=id))

    @expose("/acceptance/<int:id>", methods=["GET"])
    def acceptance(self, id: int) -> Any:
        """From the page of an acceptance that has passed."""
        return redirect(url_for(".call", source=c.ACCEPTANCE, key=id))

    @expose("/visit/<int:id>", methods=["GET"])
    def visit(self, id: int) -> Any:
        """From the page of a VIP's visit of which the summary is there."""
        return redirect(url_for(".call", source=VISIT, key=id))

    @expose("/questionnaire/<int:id>/next", methods=["POST"])
    def next_version(self, id: int) -> Any:
        """A draft of the next version, with the same questions to begin with."""
        require(c.QUESTIONNAIRE, "add")
        demand_token()
        made = next_version(session(), find(session(), entity_by_id(c.QUESTIONNAIRE), id))
        session().commit()
        return redirect(f"/decoration/questionnaire/{made.id}")


def _call(source: str, key: int) -> Call | None:
    """The call of an address, as long as it is to be made and the reader sees what it is about."""
    if key >= 2**31:
        return None
    if source == VISIT:
        visit = find(session(), entity_by_id(RECEPTION), key)
        return listing.call_after(session(), visit) if visit.state == SUMMED_UP else None
    if source not in c.ENDED_BY:
        return listing.call_of(session(), source, key)
    entity_id = c.ENDED_BY[source]
    record = find(session(), entity_by_id(entity_id), key)
    return listing.call_about(session(), entity_id, record) if is_to_be_called(record) else None


def _over(source: str, key: int) -> Any:
    """What somebody has done meanwhile leads back to the list; what never was is not there."""
    if source not in (listing.OWED, listing.PLANNED, listing.PROSPECT, VISIT, *c.ENDED_BY):
        raise NotFound
    flash(gettext("This call is not to be made any more."), "info")
    return redirect(url_for("DecorationCalls.list"))


def _form(call: Call, customer: Customer) -> tuple[forms.CallForm, Mapping[str, Any]]:
    people = scoring.concerned(session(), customer, call.commission_id, call.site_id)
    asked = scoring.questions(session())
    form = forms.form_for(asked, people, _names(people))
    if not form.is_submitted():
        form.next_on.data = None
    return form, people


def _names(people: Mapping[str, scoring.Concerned]) -> dict[str, str]:
    """Who the persons concerned are; crews by their foremen's name of the crew."""
    ids = {each.person_id for each in people.values() if each.person_id is not None}
    known = names_here(session(), current_branch_id(), today(), ids)
    found = {about: known.get(each.person_id or 0, "") for about, each in people.items()}
    for about, each in people.items():
        if each.crew_id is not None:
            crew = session().get(Crew, each.crew_id)
            found[about] = crew.name if crew is not None else ""
    return found


def _kept(call: Call, form: forms.CallForm) -> Any:
    """Keep the call and lead to the next one; None where something is refused."""
    try:
        if form.outcome.data == forms.REACHED:
            recording.reached(session(), call, forms.entered(form), forms.answers(form))
            said = gettext("The call is kept.")
        else:
            how = forms.how_tried(form) or recording.Tried(
                form.outcome.data, _next_workday(), (form.summary.data or "").strip()[: forms.SHORT]
            )
            recording.tried(session(), call, how)
            said = gettext("The try is kept. Call again on %(day)s.", day=shown.date(how.again_on))
        session().commit()
    except UserError as error:
        session().rollback()
        refuse(form, error)
        return None
    flash(said, "success")
    following = listing.calls(session(), today(), 1)
    return redirect(_url(following[0]) if following else url_for("DecorationCalls.list"))


def _next_workday() -> date:
    calendar = place_of(session(), current_branch_id()).calendar
    return rolled(today() + timedelta(days=1), calendar, "next")


# ---------------------------------------------------------------- what is shown


def _tabs(which: str) -> list[dict[str, Any]]:
    labels = (
        (MINE, gettext("My calls up to today")),
        (ALL, gettext("Everybody's calls up to today")),
        (SOON, gettext("My calls of the week to come")),
    )
    return [
        {"label": label, "url": f"/decoration/calls/?which={name}", "active": name == which}
        for name, label in labels
    ]


def _columns() -> list[dict[str, Any]]:
    headings = (
        gettext("Customer"),
        gettext("Phone"),
        gettext("Kind of call-back"),
        gettext("Call on"),
        gettext("What was said last"),
    )
    return [{"label": each} for each in headings]


def _rows(found: Sequence[Call]) -> list[dict[str, Any]]:
    """Two statements, however many calls there are."""
    ids = [each.customer_id for each in found]
    people = listing.customers(session(), ids) if ids else {}
    said = listing.last_calls(session(), ids) if ids else {}
    kinds = dict(KINDS)
    return [
        {
            "url": _url(each),
            "cells": [
                {"value": _of(people[each.customer_id], "name")},
                phone(people[each.customer_id]),
                {"value": _why(each, str(kinds[each.kind]))},
                _due(each.due_on),
                {"value": _said(said.get(each.customer_id))},
            ],
        }
        for each in found
    ]


def _url(call: Call) -> str:
    return url_for("DecorationCalls.call", source=call.source, key=call.key)


def _of(customer: Customer, field: str) -> str:
    return str(shown_to_reader(entity_by_id(n.CUSTOMER), field, getattr(customer, field)) or "")


def phone(customer: Customer) -> dict[str, Any]:
    """The telephone; whoever may read it calls by it."""
    cell: dict[str, Any] = {"value": _of(customer, "phone")}
    if customer.phone and readable(entity_by_id(n.CUSTOMER), "phone"):
        cell["url"] = f"tel:{''.join(customer.phone.split())}"
    return cell


def _why(call: Call, kind: str) -> str:
    tries = gettext("tried %(count)s times", count=shown.number(call.tries)) if call.tries else ""
    return " · ".join(each for each in (kind, call.about, tries) if each)


def _due(day: date) -> dict[str, Any]:
    late = day < today()
    return {"value": shown.date(day), "badge": "danger"} if late else {"value": shown.date(day)}


def _said(last: listing.LastCall | None) -> str:
    if last is None:
        return shown.DASH
    return (
        f"{shown.date(last.on)} {shown_to_reader(entity_by_id(c.CALL_BACK), 'summary', last.summary) or ''}"
    )


def _context(
    call: Call, customer: Customer, form: forms.CallForm, people: Mapping[str, Any]
) -> dict[str, Any]:
    following = [each for each in listing.calls(session(), today(), NEXT + 1) if each.key != call.key]
    return {
        "form": form,
        "title": _of(customer, "name"),
        "kind": str(dict(KINDS)[call.kind]),
        "facts": _facts(call, customer, people),
        "questions": forms.question_names(form),
        "rating": bool(call.of),
        "after": forms.AFTER_CALL,
        "history": [
            {
                "when": shown.date(each.done_on),
                "kind": str(dict(KINDS)[each.kind]),
                "said": shown_to_reader(entity_by_id(c.CALL_BACK), "summary", each.summary) or shown.DASH,
                "url": f"/decoration/call-back/{each.id}",
            }
            for each in listing.history(session(), customer.id, HISTORY)
        ],
        "columns": _columns(),
        "following": _rows(following[:NEXT]),
    }


def _facts(call: Call, customer: Customer, people: Mapping[str, Any]) -> list[dict[str, Any]]:
    site = session().get(Site, call.site_id) if call.site_id is not None else None
    about = {"label": gettext("What to ask"), "value": call.about}
    ended = _ended(call)
    works = {
        "label": gettext("Construction site"),
        "value": site.number if site is not None else "",
        "url": f"/decoration/site/{call.site_id}",
    }
    return [
        {
            "label": gettext("Customer"),
            "value": _of(customer, "name"),
            "url": f"/decoration/customer/{customer.id}",
        },
        {"label": gettext("Phone"), **phone(customer)},
        {"label": gettext("Kind of call-back"), "value": str(dict(KINDS)[call.kind])},
        {"label": gettext("Call on"), "value": shown.date(call.due_on)},
        *ended,
        *([works] if site is not None else []),
        *([about] if call.about else []),
    ]


def _ended(call: Call) -> list[dict[str, Any]]:
    """The complaint, repair or acceptance that the call ends, for whoever sees it."""
    if not call.of or not allowed(entity_by_id(call.of), "see"):
        return []
    entity = entity_by_id(call.of)
    own = entity.criteria() if entity.criteria is not None else ()
    record = session().scalar(select(entity.model).where(entity.model.id == call.of_id, *own))
    if record is None:
        return []
    url = f"{entity.path}{call.of_id}"
    return [{"label": str(entity.label), "value": title_for_reader(entity, record), "url": url}]


VIEWS: tuple[type[Any], ...] = (DecorationCalls,)
