"""What can be done to many records of a list at once: in one transaction, each record judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext, lazy_gettext
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from core.data import UserError
from core.data.marks import N_
from core.entities import service
from core.entities.cells import text_for_reader
from core.entities.forms import form_for, is_written
from core.entities.query import titles
from core.entities.reading import title_for_reader
from core.entities.registry import allowed, demand
from core.entities.spec import Action, Entity
from core.installation import installation
from core.people.doors.refusals import note_error
from core.ui.shell_form import ShellForm

DELETE, EDIT = "delete", "edit"
VALUE = "value"
"""What the new value is called in a post, whatever its field is called."""
NOT_NOW = N_("This cannot be done to this record as it is now.")
TRIED_AT_ONCE = 200
"""So many records are tried while somebody waits for the preview; of more, a worker makes it, and does it
(`core.previews`)."""
TOLD_EVERY = 25
Told = Callable[[int], None]
BLANK = object()
"""Stands for a record that is there already and of which nothing is known."""


def unheard(_done: int) -> None:
    """For those who wait for the answer."""


@dataclass(frozen=True)
class Act:
    """One thing that can be done to many records: what `do` does to one of them, else to change a field or to delete.

    `do` answers True where nothing is changed before somebody has approved. `asks` names the fields that are asked for
    once and for all, in the form that `form` makes of what was sent.
    """

    id: str
    label: Any
    right: str
    icon: str
    danger: bool = False
    do: Callable[[Session, Any, ShellForm | None], bool] | None = None
    asks: tuple[str, ...] = ()
    form: Callable[[Session, Any], ShellForm] | None = None


@dataclass
class Outcome:
    """How many records were changed, or wait for approval, and why others were not: (their title, the reason);
    `staying` are their ids."""

    done: int = 0
    waiting: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    staying: set[int] = field(default_factory=set)

    def refuse(self, entity: Entity, record: Any, reason: str) -> None:
        self.refused.append((title_for_reader(entity, record), reason))
        self.staying.add(record.id)


def acts(entity: Entity) -> list[Act]:
    """What the person may do to many records of the entity."""
    found = own_acts(entity)
    if editable(entity):
        found.append(Act(EDIT, lazy_gettext("Change a field"), EDIT, "pencil"))
    found += moves(entity)
    found.append(Act(DELETE, lazy_gettext("Delete"), DELETE, "trash", danger=True))
    return [each for each in found if allowed(entity, each.right)]


def own_acts(entity: Entity) -> list[Act]:
    """The entity's own actions that can be done to many records, whoever may."""
    return [_own(each) for each in entity.actions if each.bulk is not None]


def _own(action: Action) -> Act:
    def do(_session: Session, record: Any, form: ShellForm | None) -> bool:
        if action.shown is not None and not action.shown(record):
            raise UserError(NOT_NOW)
        entered = {name: form[name].data for name in action.entered} if form is not None else {}
        action.bulk(record, **entered)  # type: ignore[misc]  # own_acts() offers only those that have it
        return False

    def form(_session: Session, sent: Any) -> ShellForm:
        asked: ShellForm = action.form(sent)  # type: ignore[misc]  # whose entries are named has it
        return asked

    return Act(
        action.id,
        action.label,
        action.right,
        action.icon,
        action.danger,
        do=do,
        asks=action.entered,
        form=form if action.entered else None,
    )


def moves(entity: Entity) -> list[Act]:
    """What the entity's workflow lets be done to many records, whoever may."""
    known = installation().bulk_moves
    return known(entity) if known is not None else []


def act_of(entity: Entity, act_id: str) -> Act:
    """The act of an id. NotFound for one that there is not; the right is demanded."""
    rights = {each.id: each.right for each in (*own_acts(entity), *moves(entity))}
    right = {**rights, DELETE: DELETE, EDIT: EDIT}.get(act_id, "")
    if not right:
        raise NotFound
    demand(entity, right)
    found = next((each for each in acts(entity) if each.id == act_id), None)
    if found is None:
        raise NotFound
    return found


def editable(entity: Entity) -> list[tuple[str, Any]]:
    """The fields that the person may write in many records: not what tells records apart."""
    return [
        (each.name, each.label)
        for each in entity.fields
        if is_written(entity, each, BLANK) and each.name not in entity.natural_key
    ]


def asked_form(session: Session, act: Act, values: Mapping[str, Sequence[str]] | None) -> ShellForm:
    """The form of what an act asks for; `values` are those that were sent by name, None when it is only shown."""
    if act.form is None:
        raise NotFound
    sent = [("sent", "1"), *((name, text) for name, texts in (values or {}).items() for text in texts)]
    form = act.form(session, MultiDict(sent) if values is not None else MultiDict())
    for name in act.asks:
        form[
            name
        ].name = f"{VALUE}-{name}"  # of its own: an entity may have a field `address`, as the post has
    return form


def one_field_form(entity: Entity, name: str, values: Sequence[str] | None) -> ShellForm:
    """The form with the one field; `values` are those that were sent as VALUE, None when it is only shown."""
    sent = None if values is None else MultiDict([("sent", "1"), *((name, value) for value in values)])
    form = form_for(entity, BLANK, formdata=sent or MultiDict(), csrf=False, only=[name])
    form[name].name = VALUE  # of its own: an entity may have a field `address`, as the post has
    return form


def changes(
    session: Session, entity: Entity, name: str, form: ShellForm, records: Sequence[Any]
) -> list[dict[str, Any]]:
    """For each record what the field is and will be; nothing for those that have the value already."""
    each, new = entity.field(name), form[name].data
    wanted = _Holder(name, new)
    found = titles(session, entity, [*records, wanted], [name])
    shown = text_for_reader(entity, each, new, found)
    lines = []
    for record in records:
        old = getattr(record, name)
        if old != new and (old or new):
            before = text_for_reader(entity, each, old, found)
            lines.append({"record": record, "before": before, "after": shown})
    return lines


class _Holder:
    """Something with one attribute, in place of a record."""

    def __init__(self, name: str, value: Any) -> None:
        setattr(self, name, value)


def run_edit(
    session: Session, entity: Entity, form: ShellForm, records: Sequence[Any], told: Told = unheard
) -> Outcome:
    """Write the one field of a judged form into every record; the entity's check judges each."""
    return _run(
        session, entity, records, lambda record: service.save_one_of_many(session, entity, record, form), told
    )


def run_delete(session: Session, entity: Entity, records: Sequence[Any], told: Told = unheard) -> Outcome:
    """Delete every record that nothing points to."""
    return _run(
        session, entity, records, lambda record: service.remove_one_of_many(session, entity, record), told
    )


def foreseen(session: Session, do: Callable[[], Outcome]) -> Outcome:
    """What would become of it: it is done, and undone at once. The records have to be read again afterwards."""
    trial = session.begin_nested()
    session.info[service.TRIAL] = True
    try:
        return do()
    finally:
        del session.info[service.TRIAL]
        trial.rollback()
        session.expire_all()  # what statements have written was read again, and is not so any more


def run_act(
    session: Session,
    entity: Entity,
    act: Act,
    form: ShellForm | None,
    records: Sequence[Any],
    told: Told = unheard,
) -> Outcome:
    """Do an act with what was entered for all to every record."""

    def do(record: Any) -> bool:
        with _by_itself(session, entity):
            return act.do(session, record, form)  # type: ignore[misc]  # only changing and deleting have none

    return _run(session, entity, records, do, told)


@contextmanager
def _by_itself(session: Session, entity: Entity) -> Iterator[None]:
    """What is done to one record is undone where it is refused, and nothing else."""
    try:
        with session.begin_nested():
            yield
            session.flush()
    except (IntegrityError, DataError) as error:
        raise service.refusal(entity, error) from None


def _run(
    session: Session,
    entity: Entity,
    records: Sequence[Any],
    do: Callable[[Any], bool | None],
    told: Told,
) -> Outcome:
    """`told` hears now and then with how many it is done. Of a trial no refusal is written down."""
    outcome = Outcome()
    for number, record in enumerate(records):
        if number % TOLD_EVERY == 0:
            told(number)
        try:
            waits = do(record)
        except UserError as error:
            if service.TRIAL not in session.info:
                note_error(error)
            outcome.refuse(entity, record, str(error))
        else:
            outcome.done += not waits
            outcome.waiting += bool(waits)
    return outcome


def told(outcome: Outcome, most: int = 5) -> str:
    """The reasons in words, the first few of them."""
    lines = [
        gettext("%(title)s: %(reason)s", title=title, reason=reason)
        for title, reason in outcome.refused[:most]
    ]
    if len(outcome.refused) > most:
        lines.append(gettext("and %(count)s more.", count=len(outcome.refused) - most))
    return " ".join(lines)
