"""The description of an entity (业务对象): written once, it drives every screen and channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, Text
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from core.data.types import Money, Quantity, UtcDateTime
from core.people.rights.masks import MASKS
from core.search.tokens import STYLES
from core.ui.schedule import Track

Label = Any
"""A lazy translated string with an English msgid."""

STANDARD_ACTIONS = ("see", "add", "edit", "delete", "export", "import", "print")


@dataclass(frozen=True)
class Field:
    """One attribute of an entity.

    `kind` is derived from the column when it is not given: text, long_text, integer, money, quantity, date, instant,
    yes_no, choice, reference, json. `target` is the entity id of a reference. `unit` is shown after quantities.
    A field without `required` is required when its column has neither NULL nor a default; with `required=False`, an
    empty entry means nothing, or the default where the column has no way to say nothing.
    `readonly` fields are shown but never written through screens or REST; `value` computes a field that has no column.
    `sought_as` says how a field among the entity's `search` is looked for: text (by pieces and words), name (by pinyin
    too, surname first), code (by its parts), number (by its beginning and its end) or phone (whole or by its last four
    digits). Without it the mask tells, then the pattern (a code) and the name of the field (`name`, and the title).
    `tones` colour the badges of a choice: code -> neutral, info, success, warning or danger.
    `filterable` fields come first in the menu that narrows a list, and related lists lead to the whole one by them.
    `inline` lets a cell of the list be changed where it stands.
    `mask` marks what not everybody needs: only positions whose grant says so get more than a masked value. It names
    how the value is masked: phone, name, number, email, address or all. A computed field names in `made_of` the fields
    whose values can be read from it, and is shown no more than they are.
    `of` names the reference to the record, of the entity `owner`, whose field of the same name this is: it is shown as
    the reader gets it there, and the list is narrowed by it. `asked` narrows records to those of a choice, or of yes
    and no, that no column holds. With `dial` a telephone that the reader may see whole can be called.
    """

    name: str
    label: Label
    kind: str = ""
    help: Label = ""
    choices: tuple[tuple[str, Label], ...] = ()
    target: str = ""
    unit: Label = ""
    required: bool | None = None
    readonly: bool = False
    only_new: bool = False
    pattern: str = ""
    default: Callable[[], Any] | None = None
    value: Callable[[Any], Any] | None = None
    choices_from: Callable[[], tuple[tuple[str, Label], ...]] | None = None
    filterable: bool = False
    sought_as: str = ""
    inline: bool = False
    mask: str = ""
    made_of: tuple[str, ...] = ()
    of: str = ""
    owner: Entity | None = field(default=None, compare=False, repr=False)
    asked: Callable[[Any], ColumnElement[bool]] | None = None
    dial: bool = False
    tones: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def options(self) -> tuple[tuple[str, Label], ...]:
        """The choices, asked for when they depend on what is installed."""
        return self.choices_from() if self.choices_from is not None else self.choices


@dataclass(frozen=True)
class Fact:
    """What a rule may ask of a record beside its fields; `told` says how it is called and shown where it says why."""

    told: Field
    of: Callable[[Session, Any], Any]


@dataclass(frozen=True)
class Section:
    """A titled group of fields on the form and the page."""

    label: Label
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Related:
    """A list on the record's page: rows of `entity` whose field `via` points to the record."""

    entity: str
    via: str
    label: Label = ""
    limit: int = 12


@dataclass(frozen=True)
class Due:
    """What waits for a day, in the time line of a record: rows of `entity` whose field `via` points to the record, or
    without `via` the record itself.

    `on` names the column with the day, `open` answers what narrows the rows to those that wait still. `note` gives for
    rows a text by id, such as an amount; it is shown to those who may see the fields in `rests_on` whole.
    """

    entity: str
    on: str
    open: Callable[[], Sequence[ColumnElement[bool]]]
    via: str = ""
    note: Callable[[Session, Sequence[Any]], Mapping[int, str]] | None = None
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Alike:
    """A record that may be the same as what is being entered: its id, and by what (a text in the reader's language).

    What is `faint` is told while somebody enters; a sheet is not held up for it.
    """

    id: int
    why: str
    faint: bool = False


@dataclass(frozen=True)
class Action:
    """Something a person can do to a record or, with `on_list`, from the list.

    `endpoint` is a Flask endpoint; on a record it is called with `id`. `right` is the named action it needs.
    With method POST it is a button that asks `confirm` first when given; with `once` its form carries a key, by which
    the endpoint knows the same form again. `bulk` does it to one record of many that were selected in a list, without
    a commit, and raises UserError where it cannot. What it takes beside the record are the fields that `entered` names,
    entered once for all of them in the form that `form` makes of what was sent.
    """

    id: str
    label: Label
    endpoint: str
    right: str
    icon: str = ""
    on_list: bool = False
    primary: bool = False
    method: str = "GET"
    confirm: Label = ""
    danger: bool = False
    once: bool = False
    shown: Callable[[Any], bool] | None = None
    bulk: Callable[..., None] | None = None
    entered: tuple[str, ...] = ()
    form: Callable[[Any], Any] | None = None


@dataclass(frozen=True)
class Entity:
    """A business object. `id` is `<plugin>.<name>`; `title` names the field that stands for a record in links.

    `rights` are the named actions that exist on it. Without "add" (or "edit", "delete") among them, no screen, form or
    REST call offers it to anybody. `extra_rights` are its own; one whose name begins with `see-` only reads, so that
    positions which oversee the branches below take it there too. `check` is called with the record before it is saved
    and raises UserError. `afterwards` is called in the same transaction when it was written, with what became of it:
    added, saved, or the state that it came to. `sheet_stored` is called in the same way with the ids of what a sheet
    added. `alike` answers for each of several entries (values by field) which records may be the same; it is asked when
    one of the fields in `alike_by` changes in the form, and for all rows of a sheet at once.
    `facts` are what rules may ask of a record beside its fields, each worked out when it is asked for.
    `guard` is called with a record before it is changed, deleted or brought back, and raises UserError where it stays
    as it is (it was published, or lies beyond the reader's reach); screens then do not offer to change it.
    `why` explains a record, whose address then is `<entity>/<id>` beside findings and due dates; `again` works kept
    figures of all records out again (`core.handbook.replay`).
    `called` is what the record of an id, whose title is this, is called in the reader's language, where it has a name
    in each.
    `form_endpoint` replaces the form for adding. `panels` are functions record -> HTML for the page, for what fields
    cannot show. `state` is the choice that stands beside the title; `state_of` works it out where no field has it, as a
    label and a tone, and judges by itself what the reader may see. `due` is what stands first in the record's time
    line. `board` names the choice by whose values the list can be shown as a board, `calendar` the date by whose days
    it can be shown as a calendar; `schedule` answers for some records, by id, the bars and pauses by which the list can
    be shown as a schedule. `responsible` answers what narrows the records to those in the hands of the person
    with an id: they are told what colleagues write there. `day` names the date or instant of the event that a record
    tells of: rules are judged by the settings in force then. With `story` the time line of a record also tells what
    refers to it: the days of these records with what was said and filed there. `covers` names the first and the last of
    the days that a record speaks of: it fulfils what is owed on them alone. `menu_group` is the group of the side bar,
    where it is not that of the plugin. `found_by` names the reference to the record by which its own are searched.
    `opens` answers the address to which a row of the list leads, where that is not the record's page. `empty` is what
    an empty list says, and what brings rows into it, where the general words say less.
    """

    id: str
    model: type[Any]
    label: Label
    label_plural: Label
    fields: tuple[Field, ...]
    title: str
    list_columns: tuple[str, ...]
    search: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    order: tuple[str, ...] = ()
    rights: tuple[str, ...] = ("see", "add", "edit", "export")
    extra_rights: tuple[tuple[str, Label], ...] = ()
    related: tuple[Related, ...] = ()
    due: tuple[Due, ...] = ()
    actions: tuple[Action, ...] = ()
    panels: tuple[Callable[[Any], Any], ...] = ()
    key_facts: tuple[str, ...] = ()
    state: str = ""
    state_of: Callable[[Any], tuple[Label, str] | None] | None = None
    board: str = ""
    calendar: str = ""
    schedule: Callable[[Session, Sequence[Any]], Mapping[int, Track]] | None = None
    day: str = ""
    story: bool = False
    covers: tuple[str, ...] = ()
    files: bool = False
    menu: Label = ""
    icon: str = "table"
    empty: tuple[Label, Label] = ("", "")
    in_menu: bool = True
    menu_group: str = ""
    importable: bool = False
    natural_key: tuple[str, ...] = ()
    form_endpoint: str = ""
    check: Callable[[Any], None] | None = None
    afterwards: Callable[[Session, Any, str], None] | None = None
    sheet_stored: Callable[[Session, Sequence[int]], None] | None = None
    alike: Callable[[Session, Sequence[Mapping[str, Any]]], Sequence[Sequence[Alike]]] | None = None
    alike_by: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    why: Callable[[Session, Any], Any] | None = None
    again: Callable[[Session, Any], None] | None = None
    guard: Callable[[Any], None] | None = None
    called: Callable[[int, str], str] | None = None
    found_by: str = ""
    opens: Callable[[Any], str] | None = None
    criteria: Callable[[], Sequence[ColumnElement[bool]]] | None = None
    responsible: Callable[[int], Sequence[ColumnElement[bool]]] | None = None
    fact_of: dict[str, Fact] = field(default_factory=dict, compare=False, repr=False)
    by_name: dict[str, Field] = field(default_factory=dict, compare=False, repr=False)
    serial: object = field(default_factory=object, init=False, compare=False, repr=False)
    """Stands for this very description where something is kept that was made of it."""

    def __post_init__(self) -> None:
        self.by_name.update({each.name: each for each in self.fields})
        self.fact_of.update({each.told.name: each for each in self.facts})
        missing = [
            name
            for name in (*self.list_columns, *self.search, *self._sectioned(), *self._shown_by())
            if name not in self.by_name
        ]
        if missing:
            raise ValueError(f"entity {self.id} names fields that it does not describe: {', '.join(missing)}")
        unknown = [part for each in self.fields for part in each.made_of if part not in self.by_name]
        if unknown:
            raise ValueError(
                f"entity {self.id} makes fields of {', '.join(unknown)}, which it does not describe"
            )
        odd = [each.mask for each in self.fields if each.mask and each.mask not in MASKS]
        if odd:
            raise ValueError(f"entity {self.id} masks by {', '.join(odd)}; use one of {', '.join(MASKS)}")
        sought = [each.sought_as for each in self.fields if each.sought_as and each.sought_as not in STYLES]
        if sought:
            raise ValueError(
                f"entity {self.id} is sought as {', '.join(sought)}; use one of {', '.join(STYLES)}"
            )

    def _shown_by(self) -> list[str]:
        return [name for name in (self.board, self.calendar, self.day) if name]

    def _sectioned(self) -> list[str]:
        return [name for section in self.sections for name in section.fields]

    @property
    def plugin(self) -> str:
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        return self.id.partition(".")[2]

    @property
    def path(self) -> str:
        """The address of the list, `/gas/account/`."""
        return f"/{self.plugin}/{self.name}/"

    @property
    def api_path(self) -> str:
        """The address of the REST list, `/api/v1/gas/account/`."""
        return f"/api/v1{self.path}"

    def field(self, name: str) -> Field:
        return self.by_name[name]

    def grouped(self) -> tuple[Section, ...]:
        """The sections; fields that no section names follow in one without a title."""
        named = set(self._sectioned())
        rest = tuple(each.name for each in self.fields if each.name not in named)
        return (*self.sections, Section("", rest)) if rest else self.sections

    def column(self, name: str) -> Any:
        """The mapped column of a field, or None for a computed field."""
        return sa_inspect(self.model).columns.get(name)

    def kind(self, each: Field) -> str:
        return each.kind or _kind_of(each, self.column(each.name))

    def is_required(self, each: Field) -> bool:
        if each.required is not None:
            return each.required
        column = self.column(each.name)
        return (
            isinstance(column, Column)
            and not column.nullable
            and column.default is None
            and column.server_default is None
        )

    def default_of(self, each: Field) -> Any:
        """What a new record starts with: the description's default, else the column's own; None without either."""
        if each.default is not None:
            return each.default()
        column = self.column(each.name)
        default = getattr(column, "default", None)  # what the database works out has none
        return default.arg if default is not None and default.is_scalar else None

    def writable(self, each: Field) -> bool:
        return not each.readonly and each.value is None and isinstance(self.column(each.name), Column)

    def title_of(self, record: Any) -> str:
        return self.title_text(getattr(record, self.title))

    def title_text(self, value: Any) -> str:
        """A value of the title's field as people read it."""
        each = self.by_name.get(self.title)
        return str(dict(each.options).get(value, value)) if each is not None else str(value)


def _kind_of(each: Field, column: Any) -> str:
    if each.target:
        return "reference"
    if each.choices or each.choices_from is not None:
        return "choice"
    if column is None:
        return "text"
    kinds: tuple[tuple[type[Any], str], ...] = (
        (Money, "money"),
        (Quantity, "quantity"),
        (UtcDateTime, "instant"),
        (JSON, "json"),
        (Boolean, "yes_no"),
        (Date, "date"),
        (Integer, "integer"),
        (BigInteger, "integer"),
        (Text, "long_text"),
    )
    return next((kind for type_, kind in kinds if isinstance(column.type, type_)), "text")
