"""How a note looks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity, Field
from zhidu_notes.models import NotesNote

NOTE = Entity(
    id="notes.note",
    model=NotesNote,
    label=_("Sticky note"),
    label_plural=_("Sticky notes"),
    fields=(Field("text", _("Text of the note")),),
    title="text",
    list_columns=("text",),
    search=("text",),
)
