"""Doing something to many records of a list: what will change is shown for all of them, then done once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from core.data import UserError, once
from core.entities.lists import bulk
from core.entities.lists.bulk_steps import BulkStep, list_of, step_of
from core.entities.registry import entity_of
from core.installation import installation
from core.people.access import current_user_id
from core.people.doors.csrf import demand_token
from core.ui.format import number

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
        asked = list_of(_session(), entity, request.form)
        before = once.earlier_result(_session(), _key(), current_user_id() or 0)
        if before:
            return redirect(before)
        try:
            step = step_of(_session(), asked, act, request.form)
        except UserError as error:
            flash(str(error), f"danger@{PLACE}")
            return redirect(asked.address())
        return _show_or_do(step) if step.is_entered else step.asking_page()


def _show_or_do(step: BulkStep) -> Any:
    """It is done where just this was seen before; else it is tried: of many both by a worker."""
    is_sure = bool(request.form.get("sure"))
    if is_sure and request.form.get("seen") == step.fingerprint and step.records:
        return _do(step)
    later = installation().try_later
    if len(step.records) > bulk.TRIED_AT_ONCE and later is not None:
        if is_sure:
            flash(
                gettext("Some of these records have changed meanwhile, so they are tried again."), "warning"
            )
        return redirect(later(_session(), step))
    return step.preview_page(step.foreseen(), step.fingerprint, moved=is_sure)


def _do(step: BulkStep) -> Any:
    session, user_id, url = _session(), current_user_id() or 0, f"{step.asked.address()}#{DONE}"
    later = installation().do_later if len(step.records) > bulk.TRIED_AT_ONCE else None
    try:
        url = later(session, step) if later is not None else url
        once.remember(session, _key(), user_id, url)
        outcome = step.do() if later is None else None
        session.commit()
    except UserError:
        session.rollback()
        before = once.earlier_result(session, _key(), user_id)
        if before is None:
            raise
        return redirect(before)
    if outcome is not None:
        tell(step.act, outcome)
    return redirect(url)


def tell(act: bulk.Act, outcome: bulk.Outcome) -> None:
    """Say in the list what was done, what waits, and what stays as it was for which reason."""
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
