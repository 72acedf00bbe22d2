"""What a rule has to have before it can be kept: for every effect, and for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.data import UserError
from core.data.marks import N_
from core.entities.spec import Entity
from core.handbook.own.expression import expression_of, fields_of
from core.handbook.own.making import AT_MOST, LENGTHS, SHARE, figure_settings, target_setting
from core.handbook.own.models import (
    ABOUT_ALL,
    APPROVE,
    COUNT,
    EFFECTS,
    FIGURE,
    HIDE,
    OBLIGE,
    REPEAT,
    TELL,
)
from core.handbook.own.moments import days_of, moments_for
from core.handbook.own.written import Written
from core.handbook.rights import OBLIGATION
from core.handbook.thresholds import MONTHS
from core.handbook.values import HOURS
from core.installation import installation
from core.people.positions import Position
from core.people.rights.effective import ENTERING
from core.people.rights.levels import HIDDEN, MASKED
from core.people.rights.overriding import NEEDS_FIELD, SEES_ALL

NO_OBJECT = N_("Choose an object of a department that is here.")
NO_TEXT = N_("Fill in the name, the clause and what the rule says.")
NO_MOMENT = N_("This effect does not go with this moment.")
NO_OWNER = N_("Choose the position that it is for.")
NO_SIGHT = N_("People in this position do not see these records. Choose one that does.")
NO_DUTIES = N_("People in this position see no obligations. Choose one that owes something already.")
NO_ANCHOR = N_("Choose the field with the day that it is counted from.")
NO_HOURS = N_("What comes again and again is counted in days, months or years.")
NO_LENGTH = N_("Enter the time as a whole number from 1 to 1000.")
NO_FIGURE = N_("Enter an amount, or a percentage and the field that it is taken of.")
NO_RANGE = N_("The lower amount is not above the higher one.")
NO_BASE = N_("Choose the field with the figure that the percentage is taken of.")
NO_TARGET = N_("Enter what the count is compared with, and choose how.")
NO_SHARE = N_("A share needs a condition: which of the records are counted.")
NO_HIDDEN_FIELD = N_("Choose the field, and how much of it stays.")
ALL_RECORDS = N_("A field is kept back of all records alike. Leave the conditions empty.")
LEVELS = {each.code: each for each in (MASKED, HIDDEN)}
_LONGEST = {"name": 120, "document": 120, "heading": 60, "says": 500}


def judged(wanted: Written) -> Entity:
    """The object of a rule that can be kept. UserError for what cannot be."""
    entity = installation().entities.get(wanted.entity)
    if entity is None or entity.plugin == "core":
        raise UserError(NO_OBJECT, field="entity")
    for name, longest in _LONGEST.items():
        if not 0 < len(getattr(wanted, name)) <= longest:
            raise UserError(NO_TEXT, field=name)
    if wanted.effect not in EFFECTS or wanted.moment not in moments_for(entity, wanted.effect):
        raise UserError(NO_MOMENT, field="moment")
    expression_of(entity, wanted.conditions, wanted.all_of, may_lack=wanted.effect in ABOUT_ALL)
    _DEMANDS.get(wanted.effect, _nothing)(entity, wanted)
    return entity


def _nothing(_entity: Entity, _wanted: Written) -> None:
    """A check and an item of a round need no more than their words."""


def _owner(_entity: Entity, wanted: Written) -> Position:
    held = installation().positions.get(wanted.owner)
    if held is None:
        raise UserError(NO_OWNER, field="owner")
    return held


def _told(entity: Entity, wanted: Written) -> None:
    _owner(entity, wanted)


def _approved(entity: Entity, wanted: Written) -> None:
    if not _sees(_owner(entity, wanted), entity.id):
        raise UserError(NO_SIGHT, field="owner")


def _owed(entity: Entity, wanted: Written) -> None:
    if not _sees(_owner(entity, wanted), OBLIGATION):
        raise UserError(NO_DUTIES, field="owner")
    if wanted.kind not in LENGTHS or not 1 <= wanted.length <= 1000:
        raise UserError(NO_LENGTH, field="length")


def _repeated(entity: Entity, wanted: Written) -> None:
    _owed(entity, wanted)
    if wanted.kind == HOURS:
        raise UserError(NO_HOURS, field="kind")
    if wanted.anchor not in days_of(entity):
        raise UserError(NO_ANCHOR, field="anchor")


def _figured(entity: Entity, wanted: Written) -> None:
    given = {each.name: each.default for each in figure_settings(wanted.detail)}
    if not {"rate", "low"} & given.keys():
        raise UserError(NO_FIGURE, field="low")
    if given.get("low", 0) > given.get("high", given.get("low", 0)):
        raise UserError(NO_RANGE, field="high")
    if "rate" in given and wanted.of not in bases_of(entity):
        raise UserError(NO_BASE, field="of")


def bases_of(entity: Entity) -> dict[str, str]:
    """The fields with a figure that a percentage can be taken of, by name, with their labels."""
    figures = ("money", "quantity", "integer")
    known = ((path, kind, each) for path, (kind, each) in fields_of(entity).items() if "." not in path)
    return {path: str(each.label) for path, kind, each in known if kind in figures}


def _counted(_entity: Entity, wanted: Written) -> None:
    is_known = wanted.measured in ("count", SHARE) and wanted.bound in ("at_least", AT_MOST)
    if not is_known or wanted.over not in MONTHS or target_setting(wanted.detail).default is None:
        raise UserError(NO_TARGET, field="target")
    if wanted.measured == SHARE and not wanted.conditions:
        raise UserError(NO_SHARE, field="measured")


def _hidden(entity: Entity, wanted: Written) -> None:
    held, each = _owner(entity, wanted), entity.by_name.get(wanted.of)
    if held.everything:
        raise UserError(SEES_ALL, field="owner")
    if not _sees(held, entity.id):
        raise UserError(NO_SIGHT, field="owner")
    if each is None or wanted.level not in LEVELS:
        raise UserError(NO_HIDDEN_FIELD, field="of")
    if wanted.conditions:
        raise UserError(ALL_RECORDS, field="effect")
    adds = _actions(held, entity.id) & (ENTERING - {"edit"})
    if adds and entity.writable(each) and entity.is_required(each):
        raise UserError(NEEDS_FIELD, field="owner")


def _sees(held: Position, entity: str) -> bool:
    return held.everything or "see" in _actions(held, entity)


def _actions(held: Position, entity: str) -> frozenset[str]:
    """What a position may do by its plugin."""
    return frozenset().union(*(each.actions for each in held.grants if each.entity == entity))


_DEMANDS: Mapping[str, Callable[[Entity, Written], None]] = {
    TELL: _told,
    APPROVE: _approved,
    OBLIGE: _owed,
    REPEAT: _repeated,
    FIGURE: _figured,
    COUNT: _counted,
    HIDE: _hidden,
}
