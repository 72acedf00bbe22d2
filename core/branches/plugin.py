"""What the core says of branches and plugin switches through the hooks."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from core.branches.models import BRANCH, HEAD_OFFICE, REGION, Branch, BranchPlugin
from core.data import UserError
from core.data.clock import DEFAULT_TIME_ZONE
from core.data.marks import N_
from core.entities.spec import Entity, Field, Related, Section
from core.hooks import hookimpl
from core.installation import installation
from core.menu import MenuItem
from core.people.access import current_person
from core.people.rights.appointing import NOBODY_LEFT
from core.people.rights.reach import demand_branch
from core.people.rights.snapshot import tree_of
from core.people.service import administrators_without

LANGUAGES = (("zh", "中文"), ("en", "English"))  # zh-ok: each language by its own name


@hookimpl
def views() -> list[type[Any]]:
    from core.branches.views import ActiveBranchView, SwitchesView

    return [ActiveBranchView, SwitchesView]


@hookimpl
def menu() -> list[MenuItem]:
    return [MenuItem(_("Plugins"), "core.plugin", endpoint="SwitchesView.list", icon="plug", order=10)]


@hookimpl
def entities() -> list[Entity]:
    return [_branch(), _switch()]


def _branch() -> Entity:
    return Entity(
        id="core.branch",
        model=Branch,
        label=_("Branch"),
        label_plural=_("Branches"),
        fields=(
            Field(
                "code",
                _("Code"),
                only_new=True,
                pattern=r"^[a-z][a-z0-9-]*$",
                help=_("Lower-case letters, digits and hyphens; it stands in addresses and never changes."),
            ),
            Field("name_zh", _("Name in Chinese")),
            Field("name_en", _("Name in English")),
            Field(
                "kind",
                _("Kind"),
                choices=(
                    (HEAD_OFFICE, _("Head office")),
                    (REGION, _("Region")),
                    (BRANCH, _("Branch office")),
                ),
                filterable=True,
            ),
            Field("parent_id", _("Belongs to"), target="core.branch"),
            Field(
                "time_zone",
                _("Time zone"),
                default=lambda: DEFAULT_TIME_ZONE,
                help=_("For example Asia/Shanghai."),
            ),
            Field("locale", _("Language"), choices=LANGUAGES, default=lambda: "zh"),
            Field("active", _("In use"), default=lambda: True, filterable=True),
        ),
        title="name_zh",
        list_columns=("code", "name_zh", "name_en", "kind", "parent_id", "active"),
        search=("code", "name_zh", "name_en"),
        order=("id",),
        sections=(
            Section("", ("code", "name_zh", "name_en", "kind", "parent_id")),
            Section(_("Time and language"), ("time_zone", "locale", "active")),
        ),
        rights=("see", "add", "edit", "export"),
        related=(Related("core.appointment", "branch_id"),),
        natural_key=("code",),
        check=check_branch,
        called=called,
        icon="building",
    )


def called(branch_id: int, name_zh: str) -> str:
    """A branch's name in the reader's language."""
    person = current_person()
    if person is None or person.known is None:
        return name_zh
    node = tree_of(installation().database.session(), person.known).get(branch_id)
    return node.name(str(get_locale() or "en")) if node is not None else name_zh


def check_branch(branch: Branch) -> None:
    """The time zone must exist, the tree stay a tree, and a head office be there."""
    if branch.time_zone not in available_timezones():
        raise UserError("This time zone is not known. Write it like Asia/Shanghai.", field="time_zone")
    if branch.parent_id is not None and branch.parent_id == branch.id:
        raise UserError("A branch cannot belong to itself. Choose another.", field="parent_id")
    demand_branch(branch.parent_id if branch.id is None else branch.id)
    session = installation().database.session()
    above = session.get(Branch, branch.parent_id) if branch.parent_id is not None else None
    while above is not None:
        if branch.id is not None and above.parent_id == branch.id:
            raise UserError("A branch cannot belong to one below it. Choose another.", field="parent_id")
        above = session.get(Branch, above.parent_id) if above.parent_id is not None else None
    if branch.id is not None and not (branch.active and branch.kind == HEAD_OFFICE):
        _keep_head_office(session, branch)


def _keep_head_office(session: Session, branch: Branch) -> None:
    before = inspect(branch).attrs.kind.history.deleted
    was_head_office = (before[0] if before else branch.kind) == HEAD_OFFICE
    others = select(Branch.id).where(Branch.kind == HEAD_OFFICE, Branch.active, Branch.id != branch.id)
    if not was_head_office:
        return
    field = "active" if branch.kind == HEAD_OFFICE else "kind"
    if session.scalar(others.limit(1)) is None:
        message = N_(
            "This is the only head office in use, so it stays as it is. Make another head office first."
        )
        raise UserError(message, field=field)
    if not administrators_without(session, branch_id=branch.id):
        raise UserError(NOBODY_LEFT, field=field)


def _switch() -> Entity:
    """Only for its rights: the list of plugins is a screen of its own."""
    return Entity(
        id="core.plugin",
        model=BranchPlugin,
        label=_("Plugin"),
        label_plural=_("Plugins"),
        fields=(
            Field("plugin", _("Plugin"), readonly=True),
            Field("branch_id", _("Branch"), target="core.branch", readonly=True),
            Field("enabled", _("Switched on"), readonly=True),
            Field("changed_at", _("Changed at"), readonly=True),
        ),
        title="plugin",
        list_columns=("plugin", "branch_id", "enabled", "changed_at"),
        rights=("see",),
        extra_rights=(("edit", _("switch")),),
        in_menu=False,
        icon="plug",
    )
