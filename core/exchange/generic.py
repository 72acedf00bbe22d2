"""The import that every entity has: columns from its fields, checks from its description, rows inserted set-wise.

It creates records only; one whose key is there already is an error.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy import inspect as sa_inspect
from sqlalchemy.orm import Session

from core.branches.models import BranchOwned
from core.branches.scope import current_branch_id
from core.branches.setwise import insert_rows
from core.data import UserError
from core.data.marks import N_
from core.entities.alike import doubts
from core.entities.reading import may_write
from core.entities.service import ADDED, SAVED
from core.entities.spec import Entity, Field
from core.exchange.cells import Reading, read_cell
from core.exchange.judging import WARNING, is_doubted, judge_row, keep_doubts
from core.exchange.kinds import Column, Finding, ImportKind, Row
from core.exchange.references import ids_by_text, taken, unique_keys
from core.exchange.values import NO, YES, finding_of, from_json, to_json
from core.handbook.findings import silently
from core.handbook.judging import Bench
from core.installation import installation
from core.people.access import time_zone

log = logging.getLogger(__name__)
_CHUNK = 1_000
_NOT_IN_SHEETS = frozenset({"json"})
_FIGURES = frozenset({"integer", "money", "quantity"})
MISSING = N_("Fill in this column.")
TWICE = N_("This stands in the sheet before, in row %(row)s.")
ALIKE = N_("This may be on record already: %(why)s.")
EXISTS = N_("A record with this key is already there.")
UNCHECKED = N_("This row could not be checked. Ask the administrator to look at the log.")

EntityFinder = Callable[[str], Entity]


def entity_kind(entity: Entity, find: EntityFinder) -> ImportKind:
    """The import of an entity; `find` answers the entity of an id (the targets of references)."""
    generic = _Generic(entity, find)
    return ImportKind(
        id=entity.id,
        label=entity.label_plural,
        entity=entity.id,
        right="import",
        columns=generic.columns,
        check=generic.check,
        store=generic.store,
        over_all=generic.over_all,
    )


class _Generic:
    def __init__(self, entity: Entity, find: EntityFinder) -> None:
        self.entity = entity
        self.find = find
        self.fields = [
            each
            for each in entity.fields
            if entity.writable(each)
            and entity.kind(each) not in _NOT_IN_SHEETS
            and may_write(entity, each.name)
        ]

    def columns(self) -> Sequence[Column]:
        return [self._column(each) for each in self.fields]

    def _column(self, each: Field) -> Column:
        kind = self.entity.kind(each)
        choices: tuple[Any, ...] = tuple(label for _, label in each.options)
        return Column(
            name=each.name,
            label=each.label,
            help=each.help,
            required=self._required(each),
            text=kind not in _FIGURES,
            choices=(YES, NO) if kind == "yes_no" else choices,
        )

    def _required(self, each: Field) -> bool:
        return self.entity.is_required(each) and each.default is None and self.entity.kind(each) != "yes_no"

    # ------------------------------------------------------------ the check

    def check(self, session: Session, rows: list[Row], _params: dict[str, str]) -> None:
        reading = Reading(time_zone(session, current_branch_id()), self._references(session, rows))
        understood = [self._read(row, reading, row.findings) for row in rows]
        for key in unique_keys(self.entity):
            self._check_unique(session, key, rows, understood)
        bench = Bench(session, self.entity)
        with session.no_autoflush, silently():
            for row, values in zip(rows, understood, strict=True):
                self._check_record(row, values, bench)
            self._check_alike(session, rows, understood)

    def _check_alike(
        self, session: Session, rows: Sequence[Row], understood: Sequence[dict[str, Any]]
    ) -> None:
        """A row that may be a record which is there already is a doubt."""
        if self.entity.alike is None:
            return
        whys = doubts(session, self.entity, understood)
        for row, why in zip(rows, whys, strict=True):
            if why and all(each.level == WARNING for each in row.findings):
                column = next((name for name in self.entity.alike_by if row.cells.get(name)), "")
                row.findings.append(Finding(ALIKE, {"why": why}, level=WARNING, column=column))

    def over_all(self, session: Session, rows: list[Row], _params: dict[str, str]) -> None:
        """What stands twice in a sheet that is judged a part at a time. What cannot be read, the parts say."""
        keys = unique_keys(self.entity)
        named = {name for key in keys for name in key}
        fields = [each for each in self.fields if each.name in named]
        reading = Reading(time_zone(session, current_branch_id()), self._references(session, rows, fields))
        understood = [self._read(row, reading, [], fields) for row in rows]
        for key in keys:
            _note_twice(_keyed(key, rows, understood), key)

    def _references(
        self, session: Session, rows: Sequence[Row], fields: Sequence[Field] | None = None
    ) -> dict[str, dict[str, set[int]]]:
        found: dict[str, dict[str, set[int]]] = {}
        for each in self.fields if fields is None else fields:
            if self.entity.kind(each) == "reference":
                texts = {row.cells[each.name] for row in rows} - {""}
                found[each.name] = ids_by_text(session, self.find(each.target), texts)
        return found

    def _read(
        self, row: Row, reading: Reading, findings: list[Finding], fields: Sequence[Field] | None = None
    ) -> dict[str, Any]:
        """What a row says, by field; what is wrong is added to `findings`."""
        values: dict[str, Any] = {}
        wrong = {finding.column for finding in row.findings}
        for each in self.fields if fields is None else fields:
            if each.name in wrong:
                continue
            text = row.cells.get(each.name, "")
            try:
                if text:
                    values[each.name] = read_cell(self.entity, each, text, reading)
                elif each.default is not None:
                    values[each.name] = each.default()
                elif self._required(each):
                    findings.append(Finding(MISSING, column=each.name))
                elif (blank := self._blank(each)) is not None:
                    values[each.name] = blank
            except UserError as error:
                findings.append(finding_of(error, each.name))
        return values

    def _blank(self, each: Field) -> Any:
        """What an empty cell stands for in a column that knows no NULL and no default."""
        column = self.entity.column(each.name)
        if column.nullable or column.default is not None or column.server_default is not None:
            return None
        return {"yes_no": False, "text": "", "long_text": ""}.get(self.entity.kind(each))

    def _check_unique(
        self, session: Session, key: Sequence[str], rows: Sequence[Row], understood: Sequence[dict[str, Any]]
    ) -> None:
        keyed = _keyed(key, rows, understood)
        there = taken(session, self.entity, key, dict.fromkeys(value for _, value in keyed))
        for row, value in _note_twice(keyed, key):
            if value in there:
                row.findings.append(Finding(EXISTS, column=key[-1]))

    def _check_record(self, row: Row, values: dict[str, Any], bench: Bench) -> None:
        """Let the entity's own check and the rule book's see the record, and keep what the model made of the values."""
        if row.findings:
            return
        record = self.entity.model(**_defaults(self.entity.model, values))
        if isinstance(record, BranchOwned):
            record.branch_id = current_branch_id()
        try:
            if self.entity.check is not None:
                self.entity.check(record)
            judge_row(row, bench, record)
        except UserError as error:
            row.findings.append(finding_of(error, error.field or ""))
        except Exception:
            log.exception("the check of %s failed on row %s", self.entity.id, row.number)
            row.findings.append(Finding(UNCHECKED))
        row.values = {name: to_json(value) for name, value in _columns_of(record).items()}

    # ------------------------------------------------------------ storing

    def store(self, session: Session, rows: list[Row], _params: dict[str, str], _user_id: int | None) -> int:
        columns = sa_inspect(self.entity.model).columns
        # Rows of one statement name the same columns: what a row does not name gets the column's default.
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in rows:
            record = {
                columns[name].key: from_json(columns[name], value) for name, value in row.values.items()
            }
            alike.setdefault(tuple(sorted(record)), []).append(record)
        last = session.scalar(select(func.max(self.entity.model.id))) or 0
        stored = 0
        for records in alike.values():
            for start in range(0, len(records), _CHUNK):
                stored += insert_rows(session, self.entity.model, records[start : start + _CHUNK])
        self._tell(session, last)
        self._follow(session, last)
        if is_doubted(rows):
            new = select(self.entity.model).where(self.entity.model.id > last)
            keep_doubts(session, self.entity, session.scalars(new).all())
        return stored

    def _follow(self, session: Session, last: int) -> None:
        """What the entity does by itself with what a sheet added."""
        if self.entity.sheet_stored is not None:
            new = select(self.entity.model.id).where(self.entity.model.id > last)
            self.entity.sheet_stored(session, list(session.scalars(new.order_by(self.entity.model.id))))

    def _tell(self, session: Session, last: int) -> None:
        """Tell whoever waits for events of the records behind an id."""
        told = installation().happened
        if told is None:
            return
        new = list(session.scalars(select(self.entity.model.id).where(self.entity.model.id > last)))
        for what in (ADDED, SAVED):
            told(session, self.entity, new, what)


Keyed = list[tuple[Row, tuple[Any, ...]]]
"""Rows with their values of a key; those that lack one are missing."""


def _keyed(key: Sequence[str], rows: Sequence[Row], understood: Sequence[dict[str, Any]]) -> Keyed:
    both = zip(rows, understood, strict=True)
    found = [(row, tuple(values.get(name) for name in key)) for row, values in both]
    return [(row, value) for row, value in found if None not in value]


def _note_twice(keyed: Keyed, key: Sequence[str]) -> Keyed:
    """Note each row whose key stands in one before; answers the others."""
    first: dict[tuple[Any, ...], int] = {}
    for row, value in keyed:
        if first.setdefault(value, row.number) != row.number:
            row.findings.append(Finding(TWICE, {"row": first[value]}, column=key[-1]))
    return [(row, value) for row, value in keyed if first[value] == row.number]


def _defaults(model: type[Any], given: dict[str, Any]) -> dict[str, Any]:
    """The plain defaults of the columns that are not given, so that a check sees the record as it will be."""
    columns = sa_inspect(model).columns.items()
    scalar = {
        name: column.default.arg for name, column in columns if getattr(column.default, "is_scalar", False)
    }
    return {**scalar, **given}


def _columns_of(record: Any) -> dict[str, Any]:
    """What stands in the record's columns, as its class's own validators left it; the branch is the gate's to stamp."""
    state = sa_inspect(record)
    names = {column.key for column in state.mapper.column_attrs} - {"branch_id"}
    return {name: value for name, value in state.dict.items() if name in names}
