"""How a parcel looks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from alpha.models import AlphaParcel
from core.entities.spec import Entity, Field

PARCEL = Entity(
    id="alpha.parcel",
    model=AlphaParcel,
    label=_("Parcel of alpha"),
    label_plural=_("Parcels of alpha"),
    fields=(Field("label", _("Written on the parcel")),),
    title="label",
    list_columns=("label",),
    search=("label",),
)
