"""The steps of doing something to many records: what is asked for, what will change, and doing it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from core.data import once
from core.entities.listing import columns_of, rows_of
from core.entities.lists import bulk
from core.entities.lists.asked import Asked, asked_for
from core.entities.lists.selecting import fingerprint, records_of, selected_ids
from core.entities.query import titles
from core.entities.reading import title_for_reader
from core.entities.spec import Entity
from core.ui.format import number
from core.ui.page import render
from core.ui.shell_form import ShellForm

SHOWN = 20
"""How many of the records a preview shows."""


def list_of(session: Session, entity: Entity, sent: MultiDict[str, str]) -> Asked:
    """The list in which something was sent."""
    return asked_for(session, entity, dict(parse_qsl(sent.get("address", ""))) or {"q": ""})


def step_of(session: Session, asked: Asked, act: bulk.Act, sent: MultiDict[str, str]) -> BulkStep:
    """What was sent, with the records that were selected. UserError for none and for too many."""
    ids = selected_ids(session, asked, sent.getlist("ids"), bool(sent.get("all")))
    return BulkStep(session, asked, act, ids, sent)


class BulkStep:
    """What was sent of one act: the field is asked for, what will change is shown, or it is done.

    Of the ids only those that the person sees in the active branch count; `asked_of` is how many there were.
    """

    def __init__(
        self, session: Session, asked: Asked, act: bulk.Act, ids: list[int], sent: MultiDict[str, str]
    ) -> None:
        self.session, self.asked, self.act, self.sent, self.asked_of = session, asked, act, sent, len(ids)
        self.entity = asked.entity
        self.records = records_of(session, self.entity, ids)
        self.field = sent.get("field", "") if act.id == bulk.EDIT else ""
        if self.field and self.field not in dict(bulk.editable(self.entity)):
            raise NotFound
        self.form = self._form()

    def _form(self) -> ShellForm | None:
        """The form of what is entered for all, with what was sent."""
        is_sent = "valued" in self.sent
        if self.field:
            values = self.sent.getlist(bulk.VALUE) if is_sent else None
            return bulk.one_field_form(self.entity, self.field, values)
        if not self.act.asks:
            return None
        sent = {name: self.sent.getlist(f"{bulk.VALUE}-{name}") for name in self.act.asks}
        return bulk.asked_form(self.session, self.act, sent if is_sent else None)

    @property
    def is_entered(self) -> bool:
        """Whether everything is there that has to be entered."""
        if self.act.id == bulk.EDIT and not self.field:
            return False
        return self.form is None or ("valued" in self.sent and bool(self.form.validate()))

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.records)

    def do(self, told: bulk.Told = bulk.unheard) -> bulk.Outcome:
        """Do it to every record; the caller commits."""
        if self.act.do is not None:
            return bulk.run_act(self.session, self.entity, self.act, self.form, self.records, told)
        if self.act.id == bulk.DELETE:
            return bulk.run_delete(self.session, self.entity, self.records, told)
        if self.form is None:
            raise NotFound
        lines = bulk.changes(self.session, self.entity, self.field, self.form, self.records)
        return bulk.run_edit(self.session, self.entity, self.form, [each["record"] for each in lines], told)

    def foreseen(self, told: bulk.Told = bulk.unheard) -> bulk.Outcome:
        """What would become of it; nothing is changed."""
        ids = [each.id for each in self.records]
        outcome = bulk.foreseen(self.session, lambda: self.do(told))
        self.records = records_of(self.session, self.entity, ids)
        return outcome

    def resent(self) -> list[tuple[str, str]]:
        """What has to be sent once more to get here again."""
        ids = ",".join(str(each.id) for each in self.records)
        pairs = [("address", self.sent.get("address", "")), ("ids", ids)]
        pairs += [("field", self.field)] if self.field else []
        names = [bulk.VALUE] if self.field else [f"{bulk.VALUE}-{name}" for name in self.act.asks]
        entered = [(name, text) for name in names for text in self.sent.getlist(name)]
        return [*pairs, *([("valued", "1"), *entered] if "valued" in self.sent else [])]

    # ------------------------------------------------------------ pages

    def asking_page(self) -> str:
        """What is to be entered for all of them."""
        if self.form is None:
            known = bulk.editable(self.entity)
            return self._page(fields=[{"code": code, "label": label} for code, label in known])
        kept = [each for each in self.resent() if not each[0].startswith(bulk.VALUE) and each[0] != "valued"]
        return self._page([*kept, ("valued", "1")], form=self.form)

    def preview_page(self, stays: bulk.Outcome, seen: str, moved: bool = False) -> str:
        """What will change, and what stays as it is for which reason; `seen` are the records as they were tried."""
        hidden = [*self.resent(), ("sure", "1"), ("seen", seen), ("once", once.new_key())]
        context = self._preview(stays) if not self.field else self._preview_of_edit(self.form, stays)
        refused = stays.refused
        return self._page(
            hidden,
            preview=True,
            moved=moved,
            stays=[{"title": title, "reason": reason} for title, reason in refused[:SHOWN]],
            stays_count=len(refused),
            **context,
        )

    def _page(self, hidden: Any = None, count: int | None = None, **context: Any) -> str:
        count = len(self.records) if count is None else count
        sent = self.resent() if hidden is None else hidden
        standing: dict[str, Any] = {"fields": (), "form": None, "preview": False, "moved": False, "stays": ()}
        return render(
            "entities/bulk.html",
            entity=self.entity,
            title=self.act.label,
            act=self.act,
            act_url=f"{self.entity.path}bulk/{self.act.id}",
            list_url=self.asked.address(),
            hidden=[{"name": key, "value": value} for key, value in sent],
            asks=[self.field] if self.field else self.act.asks,
            field=self.field,
            count=count,
            count_text=ngettext("%(num)s record", "%(count)s records", count, count=number(count)),
            left_out=self.asked_of - len(self.records),
            **{**standing, **context},
        )

    def _preview(self, stays: bulk.Outcome) -> dict[str, Any]:
        changed, names = [each for each in self.records if each.id not in stays.staying], self.asked.columns
        shown = changed[:SHOWN]
        found = titles(self.session, self.entity, shown, names)
        return {
            "columns": columns_of(self.entity, names),
            "rows": rows_of(self.entity, shown, found, names),
            "more": max(len(changed) - SHOWN, 0),
            "count": len(changed),
        }

    def _preview_of_edit(self, form: Any, stays: bulk.Outcome) -> dict[str, Any]:
        found = bulk.changes(self.session, self.entity, self.field, form, self.records)
        lines = [each for each in found if each["record"].id not in stays.staying]
        label = self.entity.field(self.field).label
        title = self.entity.by_name.get(self.entity.title)
        columns = [
            {"label": title.label if title is not None else ""},
            {"label": gettext("%(field)s now", field=label)},
            {"label": gettext("%(field)s from then on", field=label)},
        ]
        return {
            "columns": columns,
            "rows": [_line(self.entity, each) for each in lines[:SHOWN]],
            "more": max(len(lines) - SHOWN, 0),
            "count": len(lines),
            "same": len(self.records) - len(found),
        }


def _line(entity: Entity, each: dict[str, Any]) -> dict[str, Any]:
    said = (title_for_reader(entity, each["record"]), each["before"], each["after"])
    return {"url": f"{entity.path}{each['record'].id}", "cells": [{"value": value} for value in said]}
