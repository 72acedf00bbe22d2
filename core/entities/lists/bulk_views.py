"""Doing something to many records of a list: what will change is shown for all of them, then done once."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data import UserError, once
from core.entities.listing import columns_of, rows_of
from core.entities.lists import bulk
from core.entities.lists.asked import Asked, asked_for
from core.entities.lists.selecting import fingerprint, records_of, selected_ids
from core.entities.query import titles
from core.entities.reading import title_for_reader
from core.entities.registry import entity_of
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.ui.format import number
from core.ui.page import render
from core.ui.shell_form import ShellForm

SHOWN = 20
"""How many of the records a preview shows."""
DONE = "bulk-done"
"""Where a browser is led when it was done: it forgets what was selected."""
PLACE = "list"
"""Where the list says what became of it."""


class BulkView(BaseView):
    """`/<plugin>/<name>/bulk/<act>`: right first, then the token, then what was selected."""

    route_base = ""

    @expose("/<string:plugin>/<string:name>/bulk/<string:act_id>", methods=["POST"])
    def act(self, plugin: str, name: str, act_id: str) -> Any:
        entity = entity_of(plugin, name)
        act = bulk.act_of(entity, act_id)
        demand_token()
        asked = asked_for(_session(), entity, dict(parse_qsl(request.form.get("address", ""))) or {"q": ""})
        before = once.earlier_result(_session(), _key(), current_user_id() or 0)
        if before:
            return redirect(before)
        try:
            ids = selected_ids(_session(), asked, request.form.getlist("ids"), bool(request.form.get("all")))
        except UserError as error:
            flash(str(error), f"danger@{PLACE}")
            return redirect(asked.address())
        step = _Step(asked, act, records_of(_session(), entity, ids), len(ids))
        if act.id == bulk.EDIT:
            return step.edit()
        return step.ask() if act.asks else step.show_or_do(None)


class _Step:
    """One post: the field is asked for, what will change is shown, or it is done."""

    def __init__(self, asked: Asked, act: bulk.Act, records: list[Any], asked_of: int) -> None:
        self.asked, self.act, self.records, self.asked_of = asked, act, records, asked_of
        self.entity = asked.entity

    def edit(self) -> Any:
        name = request.form.get("field", "")
        known = dict(bulk.editable(self.entity))
        if name not in known:
            if name:
                raise NotFound
            return self._page(fields=[{"code": code, "label": label} for code, label in known.items()])
        is_sent = "valued" in request.form
        form = bulk.one_field_form(self.entity, name, request.form.getlist(bulk.VALUE) if is_sent else None)
        if not is_sent or not form.validate():
            return self._page(form=form, field=name, fields=[])
        return self.show_or_do(form, name)

    def ask(self) -> Any:
        """What the act asks for is entered once for all of them."""
        sent = {name: request.form.getlist(f"{bulk.VALUE}-{name}") for name in self.act.asks}
        is_sent = "valued" in request.form
        form = bulk.asked_form(_session(), self.act, sent if is_sent else None)
        return self.show_or_do(form) if is_sent and form.validate() else self._page(form=form)

    def show_or_do(self, form: ShellForm | None, name: str = "") -> Any:
        is_same = request.form.get("seen") == fingerprint(self.records)
        if request.form.get("sure") and is_same and self.records:
            return self._do(form, name)
        return self._page(form=form, field=name, preview=True, moved=bool(request.form.get("sure")))

    def _do(self, form: ShellForm | None, name: str) -> Any:
        session, user_id, url = _session(), current_user_id() or 0, f"{self.asked.address()}#{DONE}"
        try:
            once.remember(session, _key(), user_id, url)
            outcome = self._outcome(session, form, name)
            session.commit()
        except UserError:
            session.rollback()
            before = once.earlier_result(session, _key(), user_id)
            if before is None:
                raise
            return redirect(before)
        _tell(self.act, outcome)
        return redirect(url)

    def _outcome(self, session: Session, form: ShellForm | None, name: str) -> bulk.Outcome:
        if self.act.action is not None:
            return bulk.run_action(session, self.entity, self.act.action, self.records)
        if self.act.do is not None:
            return bulk.run_act(session, self.entity, self.act, form, self.records)
        if form is None:
            return bulk.run_delete(session, self.entity, self.records)
        lines = bulk.changes(session, self.entity, name, form, self.records)
        return bulk.run_edit(session, self.entity, form, [each["record"] for each in lines])

    def _page(
        self,
        form: ShellForm | None = None,
        field: str = "",
        fields: Any = (),
        preview: bool = False,
        moved: bool = False,
    ) -> str:
        hidden = [
            ("address", request.form.get("address", "")),
            ("ids", ",".join(str(r.id) for r in self.records)),
        ]
        hidden += [("field", field)] if field else []
        context: dict[str, Any] = {}
        if preview:
            context, sent = self._preview(form, field)
            hidden += [*sent, ("sure", "1"), ("seen", fingerprint(self.records)), ("once", once.new_key())]
        elif form is not None:
            hidden += [("valued", "1")]
        count = context.pop("count", len(self.records))
        stays = context.pop("stays", bulk.Outcome()).refused
        return render(
            "entities/bulk.html",
            entity=self.entity,
            title=self.act.label,
            act=self.act,
            act_url=f"{self.entity.path}bulk/{self.act.id}",
            list_url=self.asked.address(),
            hidden=[{"name": key, "value": value} for key, value in hidden],
            fields=fields,
            form=form if form is not None and not preview else None,
            asks=[field] if field else self.act.asks,
            field=field,
            preview=preview,
            moved=moved,
            count=count,
            count_text=ngettext("%(num)s record", "%(count)s records", count, count=number(count)),
            left_out=self.asked_of - len(self.records),
            stays=[{"title": title, "reason": reason} for title, reason in stays[:SHOWN]],
            stays_count=len(stays),
            **context,
        )

    def _preview(self, form: ShellForm | None, field: str) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        stays = self._foreseen(form, field)
        if field and form is not None:
            return self._preview_of_edit(form, field, stays)
        changed, names = [each for each in self.records if each.id not in stays.staying], self.asked.columns
        shown = changed[:SHOWN]
        found = titles(_session(), self.entity, shown, names)
        rows = rows_of(self.entity, shown, found, names)
        return {
            "columns": columns_of(self.entity, names),
            "rows": rows,
            "more": max(len(changed) - SHOWN, 0),
            "count": len(changed),
            "stays": stays,
        }, self._entered()

    def _entered(self) -> list[tuple[str, str]]:
        """What was entered for all, to be sent once more."""
        names = [f"{bulk.VALUE}-{name}" for name in self.act.asks]
        sent = [(name, text) for name in names for text in request.form.getlist(name)]
        return [("valued", "1"), *sent] if names else []

    def _foreseen(self, form: ShellForm | None, field: str) -> bulk.Outcome:
        """The records that will stay as they are, as far as can be told beforehand."""
        if self.act.action is not None:
            return bulk.not_offered(self.entity, self.act.action, self.records)
        ids = [each.id for each in self.records]
        stays = bulk.foreseen(_session(), lambda: self._outcome(_session(), form, field))
        self.records = records_of(_session(), self.entity, ids)
        return stays

    def _preview_of_edit(
        self, form: ShellForm, field: str, stays: bulk.Outcome
    ) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        found = bulk.changes(_session(), self.entity, field, form, self.records)
        lines = [each for each in found if each["record"].id not in stays.staying]
        label = self.entity.field(field).label
        columns = [
            {
                "label": self.entity.field(self.entity.title).label
                if self.entity.title in self.entity.by_name
                else ""
            },
            {"label": gettext("%(field)s now", field=label)},
            {"label": gettext("%(field)s from then on", field=label)},
        ]
        rows = [
            {
                "url": f"{self.entity.path}{each['record'].id}",
                "cells": [
                    {"value": title_for_reader(self.entity, each["record"])},
                    {"value": each["before"]},
                    {"value": each["after"]},
                ],
            }
            for each in lines[:SHOWN]
        ]
        context = {
            "columns": columns,
            "rows": rows,
            "more": max(len(lines) - SHOWN, 0),
            "count": len(lines),
            "same": len(self.records) - len(found),
            "stays": stays,
        }
        return context, [
            ("valued", "1"),
            *((bulk.VALUE, value) for value in request.form.getlist(bulk.VALUE)),
        ]


def _tell(act: bulk.Act, outcome: bulk.Outcome) -> None:
    said = number(outcome.done)
    if outcome.waiting:
        waits = ngettext(
            "Approval was asked for %(num)s record.",
            "Approval was asked for %(count)s records.",
            outcome.waiting,
            count=number(outcome.waiting),
        )
        flash(waits, f"success@{PLACE}")
    if outcome.done or not (outcome.refused or outcome.waiting):
        texts = {
            bulk.DELETE: ngettext(
                "%(num)s record deleted.", "%(count)s records deleted.", outcome.done, count=said
            ),
            bulk.EDIT: ngettext(
                "%(num)s record changed.", "%(count)s records changed.", outcome.done, count=said
            ),
        }
        done = ngettext(
            "%(act)s: %(num)s record.", "%(act)s: %(count)s records.", outcome.done, act=act.label, count=said
        )
        flash(texts.get(act.id, done), f"success@{PLACE}")
    if outcome.refused:
        left = len(outcome.refused)
        head = ngettext(
            "%(num)s record stays as it was.",
            "%(count)s records stay as they were.",
            left,
            count=number(left),
        )
        flash(f"{head} {bulk.told(outcome)}", f"warning@{PLACE}")


def _key() -> str:
    return once.known_key(request.form.get("once"))


def _session() -> Session:
    return installation().database.session()
