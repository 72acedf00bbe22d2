"""What the core says of entities themselves: the screens and REST calls of all of them, the views of lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import or_
from sqlalchemy.sql import ColumnElement

from core.entities.lists.keeping import ENTITY, SHARE
from core.entities.lists.models import ListView
from core.entities.rest import EntityApi
from core.entities.spec import Entity, Field
from core.entities.views import EntityView
from core.hooks import hookimpl
from core.installation import installation
from core.people.access import current_person, current_user_id


@hookimpl
def views() -> list[type[Any]]:
    from core.entities.lists.bulk_views import BulkView
    from core.entities.lists.cells_views import CellView
    from core.entities.lists.keeping_views import ListKeepingView

    return [EntityView, EntityApi, ListKeepingView, BulkView, CellView]


@hookimpl
def entities() -> list[Entity]:
    return [_list_view()]


def _list_view() -> Entity:
    """Views are chosen, saved and thrown away in the lists themselves; this gives the right to share them."""
    return Entity(
        id=ENTITY,
        model=ListView,
        label=_("List view"),
        label_plural=_("List views"),
        fields=(
            Field("name", _("Name of the view"), readonly=True),
            Field("entity", _("Business object"), choices_from=_things, readonly=True, filterable=True),
            Field("user_id", _("Made by"), target="core.person", readonly=True),
            Field("shared", _("Shared"), readonly=True, filterable=True),
            Field("position", _("With"), choices_from=_positions, readonly=True),
            Field("changed_at", _("Changed at"), readonly=True),
        ),
        title="name",
        list_columns=("name", "entity", "user_id", "shared", "position", "changed_at"),
        search=("name",),
        order=("entity", "name"),
        rights=("see",),
        extra_rights=((SHARE, _("Share views")),),
        criteria=_own_and_shared,
        in_menu=False,
        icon="bookmark",
    )


def _own_and_shared() -> Sequence[ColumnElement[bool]]:
    """What somebody keeps for themselves is nobody else's, an administrator's neither."""
    if current_person() is None:
        return ()
    return (or_(ListView.shared, ListView.user_id == current_user_id()),)


def _things() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.label_plural) for each in installation().entities.values())


def _positions() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.label) for each in installation().positions.values())
