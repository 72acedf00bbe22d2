"""The keeping of customers' files: the day's collection, the manager's reading, and files that may be one."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from sqlalchemy.sql import ColumnElement

from core.entities.spec import Due, Entity, Field, Related, Section
from core.work.groups import today
from core.workflow.texts import state_field
from plugins.decoration.checks import files as checks
from plugins.decoration.merging import after_decision
from plugins.decoration.models.customers import Collection, Duplicate, FileReading
from plugins.decoration.reach import own_pairs
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c
from plugins.decoration.workflows.files import COLLECTIONS as COLLECTION_MOVES
from plugins.decoration.workflows.files import DUPLICATES as DUPLICATE_MOVES

MENU = _("Customers")
FOUND_BY = (
    (c.BY_PHONE, _("The same telephone")),
    (c.BY_NAME, _("The same name, and more that is alike")),
    (c.BY_HAND, _("Entered by hand")),
)
KEPT = ((c.OLDER, _("The older file stays")), (c.NEWER, _("The newer file stays")))


def _not_handed_in() -> Sequence[ColumnElement[bool]]:
    return (Collection.state == c.OPEN,)


COLLECTIONS = Entity(
    id=c.COLLECTION,
    model=Collection,
    label=_("Day's collection"),
    label_plural=_("Days' collections"),
    title="day",
    fields=(
        Field("day", _("Day"), readonly=True, required=False, filterable=True),
        Field("specialist_id", _("Collected by"), target="core.person", readonly=True, filterable=True),
        Field("files", _("Files opened"), readonly=True),
        state_field(COLLECTION_MOVES, _("State of the collection"), filterable=True),
        Field("remark", _("Remark on the day"), readonly=True),
        Field("handed_in_at", _("Handed in at"), readonly=True),
        Field("reading_id", _("Read by the manager"), target=c.FILE_READING, readonly=True, filterable=True),
    ),
    list_columns=("day", "specialist_id", "files", "state", "handed_in_at", "reading_id"),
    order=("-day", "-id"),
    rights=("see", "export"),
    extra_rights=(("hand-in", _("Report the day's collection")),),
    due=(Due(c.COLLECTION, "day", _not_handed_in),),
    key_facts=("specialist_id", "files"),
    state="state",
    calendar="day",
    day="day",
    menu=MENU,
    icon="clipboard-data",
    natural_key=("day", "specialist_id"),
    check=checks.check_collection,
)

FILE_READINGS = Entity(
    id=c.FILE_READING,
    model=FileReading,
    label=_("Reading of the files"),
    label_plural=_("Readings of the files"),
    title="read_on",
    fields=(
        Field("read_on", _("Files read on"), default=today, filterable=True, only_new=True),
        Field("read_by", _("Read by"), target="core.person", readonly=True),
        Field("files", _("Files since the reading before"), readonly=True),
        Field(
            "backup_place",
            _("Backup archive"),
            help=_("Where the customer data are kept a second time."),
        ),
        Field("remark", _("What was noticed")),
    ),
    list_columns=("read_on", "read_by", "files", "backup_place", "remark"),
    order=("-read_on", "-id"),
    rights=("see", "add", "export"),
    related=(Related(c.COLLECTION, "reading_id"),),
    key_facts=("read_by", "files", "backup_place"),
    calendar="read_on",
    day="read_on",
    menu=MENU,
    icon="book",
    check=checks.check_reading,
    afterwards=checks.after_reading,
)

DUPLICATES = Entity(
    id=c.DUPLICATE,
    model=Duplicate,
    label=_("Possible duplicate"),
    label_plural=_("Possible duplicates"),
    title="title",
    fields=(
        Field("title", _("Both files"), sought_as="text", readonly=True),
        Field("first_id", _("Older file"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("second_id", _("Newer file"), target=n.CUSTOMER, filterable=True, only_new=True),
        Field("found_by", _("Found by"), choices=FOUND_BY, filterable=True, readonly=True),
        Field("found_on", _("Found on"), readonly=True, required=False, filterable=True),
        state_field(DUPLICATE_MOVES, _("What became of it"), filterable=True),
        Field("kept", _("Which file stays"), choices=KEPT, readonly=True),
        Field("reason", _("Reason"), readonly=True),
        Field("moved", _("What went over"), readonly=True),
        Field("decided_on", _("Decided on"), readonly=True),
        Field("decided_by", _("Decided by"), target="core.person", readonly=True),
    ),
    list_columns=("title", "found_by", "found_on", "state", "decided_by"),
    search=("title",),
    sections=(
        Section(_("Possible duplicate"), ("title", "first_id", "second_id", "found_by", "found_on")),
        Section(_("What became of it"), ("state", "kept", "reason", "moved", "decided_on", "decided_by")),
    ),
    order=("-found_on", "-id"),
    rights=("see", "add", "export"),
    extra_rights=(
        ("tell-apart", _("Say that two files are two customers")),
        ("merge", _("Merge two files of one customer")),
    ),
    key_facts=("first_id", "second_id", "found_by"),
    state="state",
    menu=MENU,
    icon="copy",
    natural_key=("first_id", "second_id"),
    check=checks.check_duplicate,
    afterwards=after_decision,
    criteria=own_pairs,
)

ENTITIES = (COLLECTIONS, FILE_READINGS, DUPLICATES)
