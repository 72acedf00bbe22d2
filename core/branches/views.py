"""Choosing the active branch, and the switches of plugins per branch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, request
from flask_appbuilder import BaseView, expose
from flask_babel import get_locale, gettext, ngettext
from packaging.version import Version
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound, Unauthorized

from core.branches.models import Branch, BranchPlugin
from core.branches.switches import CORE, switch
from core.data import UserError
from core.installation import installation
from core.people.access import current_person, require
from core.people.rights.offering import LONGEST_SEARCH, MOST, Found, matching
from core.people.rights.reach import demand_branch
from core.people.rights.snapshot import in_use, present
from core.people.service import profile_of
from core.people.views import safe_next
from core.ui import format as shown
from core.ui.notices import back_to, tell
from core.ui.page import page_number, render

SWITCHES = "core.plugin"


class ActiveBranchView(BaseView):
    """`/branch/`: the branches one may act in, by search; `POST /branch/<code>`: act in another from now on."""

    route_base = "/branch"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        person = current_person()
        if person is None:
            raise Unauthorized
        search = _search()
        found = matching(person.branches, search, page_number("page"))
        kept = {"q": search, "next": safe_next(request.args.get("next"))}
        here, locale = person.branch.id if person.branch else None, str(get_locale() or "en")
        rows = [
            {"code": each.code, "name": each.name(locale), "active": each.id == here}
            for each in found.branches
        ]
        return render(
            "branches.html", rows=rows, search=search, next=kept["next"], page=_pager("/branch/", found, kept)
        )

    @expose("/<string:code>", methods=["POST"])
    def choose(self, code: str) -> Any:
        """`next` is the page that one comes from, `there` an address that was made for the other branch."""
        person = current_person()
        if person is None:
            raise Unauthorized
        branch = next((each for each in person.branches if each.code == code), None)
        if branch is None:
            raise NotFound
        session = installation().database.session()
        profile_of(session, person.user_id).branch_id = branch.id
        session.commit()
        name = branch.name(str(get_locale() or "en"))
        flash(gettext("You now work in %(branch)s.", branch=name), "success")
        if request.form.get("there"):
            return redirect(safe_next(request.form["there"]))
        return redirect(_kept(safe_next(request.form.get("next"))))


def _search() -> str:
    return request.args.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]


def _address(path: str, values: dict[str, Any]) -> str:
    given = {name: value for name, value in values.items() if value not in ("", "/", 1)}
    return f"{path}?{urlencode(given)}" if given else path


def _pager(path: str, found: Found, kept: dict[str, str]) -> dict[str, Any]:
    return {
        "number": found.page,
        "total_text": ngettext(
            "%(num)s branch", "%(count)s branches", found.count, count=shown.number(found.count)
        ),
        "prev_url": _address(path, {**kept, "page": found.page - 1}) if found.page > 1 else None,
        "next_url": _address(path, {**kept, "page": found.page + 1}) if found.more else None,
    }


def _kept(target: str) -> str:
    """A record of one branch does not exist in the next one: go to its list instead."""
    parts = target.partition("?")[0].strip("/").split("/")
    if len(parts) >= 2 and f"{parts[0]}.{parts[1]}" in installation().entities:
        return f"/{parts[0]}/{parts[1]}/"
    return "/"


class SwitchesView(BaseView):
    """The list of plugins with a switch for each branch."""

    route_base = "/core/plugin"

    @expose("/", methods=["GET"])
    def list(self) -> Any:
        require(SWITCHES, "see")
        session, person = installation().database.session(), current_person()
        known = person.known if person is not None and person.known is not None else present(session)
        search = _search()
        branches = in_use(session, known)
        found = matching(branches, search, page_number("page"), MOST)
        on = _on(session, [each.id for each in found.branches])
        here = _address("/core/plugin/", {"q": search, "page": found.page})
        plugins = [_shown(each, found.branches, on) for each in installation().host.installed]
        locale = str(get_locale() or "en")
        columns = [{"code": each.code, "name": each.name(locale)} for each in found.branches]
        page = _pager("/core/plugin/", found, {"q": search}) if len(branches) > MOST else None
        return render(
            "switches.html", plugins=plugins, switch_branches=columns, search=search, next=here, page=page
        )

    @expose("/<string:plugin>/<string:code>", methods=["POST"])
    def switch(self, plugin: str, code: str) -> Any:
        require(SWITCHES, "edit")
        session = installation().database.session()
        branch = session.scalar(select(Branch).where(Branch.code == code))
        person = current_person()
        if branch is None or person is None:
            raise NotFound
        demand_branch(branch.id)
        on = request.form.get("on") == "1"
        try:
            switch(session, branch, plugin, on, person.user_id)
            session.commit()
        except UserError as error:
            session.rollback()
            tell(str(error), "danger")
        else:
            title = _title(plugin)
            text = gettext("%(plugin)s is on in %(branch)s now.", plugin=title, branch=str(branch))
            if not on:
                text = gettext(
                    "%(plugin)s is off in %(branch)s now. Its data stays.", plugin=title, branch=str(branch)
                )
            tell(text)
        back = safe_next(request.form.get("next"))
        return redirect(back_to(back if back.startswith("/core/plugin/") else "/core/plugin/"))


def _on(session: Session, branch_ids: Sequence[int]) -> set[tuple[int, str]]:
    """The switches that are on in some branches."""
    key = (BranchPlugin.branch_id, BranchPlugin.plugin)
    rows = session.execute(select(*key).where(BranchPlugin.branch_id.in_(branch_ids), BranchPlugin.enabled))
    return {(row.branch_id, row.plugin) for row in rows}


def _title(plugin: str) -> str:
    installed = installation().host.plugin(plugin)
    return installed.manifest.title.of(str(get_locale())) if installed else plugin


def _requirement(required: Any) -> str:
    """The title of what is required, and in which versions: `Alpha >=1.2 <2`."""
    title = gettext("Zhidu") if required.plugin == CORE else _title(required.plugin)
    versions = sorted(required.versions, key=lambda each: Version(each.version.removesuffix(".*")))
    return " ".join([title, *map(str, versions)])


def _shown(installed: Any, branches: Any, on: set[tuple[int, str]]) -> dict[str, Any]:
    manifest = installed.manifest
    states = {
        "active": {"label": gettext("Runs"), "tone": "success"},
        "waiting": {"label": gettext("Waits"), "tone": "warning"},
        "quarantined": {"label": gettext("Does not run"), "tone": "danger"},
    }
    return {
        "id": manifest.id,
        "title": manifest.title.of(str(get_locale())),
        "version": manifest.version,
        "requires": [{"label": _requirement(each)} for each in manifest.requires],
        "state": states[installed.state],
        "error": str(installed.error or ""),
        "switches": [
            {
                "on": (branch.id, manifest.id) in on,
                "allowed": installed.state == "active",
                "url": f"/core/plugin/{manifest.id}/{branch.code}",
                "reason": gettext("This plugin does not run; read its error below."),
            }
            for branch in branches
        ],
    }
