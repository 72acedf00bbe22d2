"""Two files of one customer become one: all that points to the one goes over to the other, set-wise.

What points to a customer is read off the tables themselves, so an area that comes takes part by itself. Posted facts
stay where they are, and follow with the record that they belong to: a receipt with its fee, a score with its call. So
does the history of the file that went: it stays findable, and leads on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext
from sqlalchemy import UniqueConstraint, delete, exists, inspect, or_, select, update
from sqlalchemy.orm import Session

from core.branches.owned import owned_model, owned_tables
from core.branches.setwise import change, table_of
from core.data import Posted, UserError, clock
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.entities.service import SAVED, tell
from core.files.models import StoredFile
from core.installation import installation
from core.search.tokens import PHONE, tokens_of
from core.ui import format as shown
from core.workflow.service import carry_out
from core.worklist.models import DROPPED, OPEN, Obligation
from plugins.decoration.duplicates import note_pairs
from plugins.decoration.models.care import CareMessage
from plugins.decoration.models.customers import Contact, Customer, Duplicate, Member
from plugins.decoration.models.vip import VipArchive
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care
from plugins.decoration.rules.names_customers import ADMITTED, FOUND, MEMBER, MERGED, OLDER

GONE_ALREADY = N_("One of these files was merged into another already.")
BLANKS = (
    "second_phone",
    "address",
    "birthday",
    "store_source",
    "referred_by_id",
    "needs",
    "data_category",
    "call_back_on",
    "call_result",
    "deposit_on",
    "deposit_amount",
    "decided_on",
    "designer_id",
    "consultant_id",
    "keeper_id",
    "impression",
    "archive_place",
)
"""What the file that stays takes from the other one where it says nothing itself."""
FURTHER = (n.LOST, n.REGISTERED, n.CONTACTED, n.BOOKED, n.REFERRED, n.PENDING, n.SIGNED)
"""The states of a prospect; of both files the later one counts."""
PHASES = (n.PRE_SALE, n.IN_SALE, n.AFTER_SALE, n.VIP_PHASE)
CLASSES = (n.ORDINARY, n.VIP, n.KEY)


def after_decision(session: Session, pair: Duplicate, what: str) -> None:
    """Somebody decided that both files are one customer's."""
    if what != MERGED:
        return
    ids = (pair.first_id, pair.second_id) if pair.kept == OLDER else (pair.second_id, pair.first_id)
    kept, gone = (session.get_one(Customer, each) for each in ids)
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise UserError(GONE_ALREADY, status=409)
    pair.moved = shown.listed(merge(session, kept, gone))
    session.flush()


def merge(session: Session, kept: Customer, gone: Customer) -> list[str]:
    """Let `kept` go on with all that `gone` has; answers in words what went over. Does not commit."""
    _fill(session, kept, gone)
    session.flush()
    _tell_once(session, kept.id, gone.id)
    told = []
    for model, column in pointing():
        count = _move(session, model, column, kept.id, gone.id)
        if count:
            told.append(f"{_called(model)}: {count}")
    files = _move_files(session, n.CUSTOMER, kept.id, gone.id)
    _move_duties(session, kept.id, gone.id)
    if files:
        told.append(f"{gettext('Files')}: {files}")
    session.expire_all()
    _join_archives(session, kept, gone)
    _join_members(session, kept, gone)
    if kept.referred_by_id in (kept.id, gone.id):
        kept.referred_by_id = None
    gone.merged_into_id = kept.id
    gone.call_back_on = None
    carry_out(session, entity_by_id(n.CUSTOMER), gone, "merge", {})
    _look_anew(session, kept.id, gone.id)
    tell(session, entity_by_id(n.CUSTOMER), kept, SAVED)
    return told


def _look_anew(session: Session, kept: int, gone: int) -> None:
    """What was asked about the file that went is asked about the one that stays."""
    table = table_of(Duplicate)
    of_it = (table.c.state == FOUND, or_(table.c.first_id == gone, table.c.second_id == gone))
    change(session, Duplicate, delete(table).where(*of_it))
    note_pairs(session, [kept])


def pointing(to: Any = Customer) -> Iterator[tuple[Any, Any]]:
    """The models and columns that point to customers, or to another model's rows, but for posted facts and the pairs
    themselves."""
    target = table_of(to)
    for table in sorted(owned_tables(), key=lambda each: each.name):
        model = owned_model(table)
        if model is Duplicate or model is None or issubclass(model, Posted):
            continue
        for key in table.foreign_keys:
            if key.column.table is target:
                yield model, key.parent


def _move(session: Session, model: Any, column: Any, kept: int, gone: int) -> int:
    """Move the rows of a table; what may be there only once, and is there already, stays."""
    table = table_of(model)
    values: dict[str, Any] = {column.key: kept}
    if "row_version" in table.c:
        values["row_version"] = table.c.row_version + 1
    wanted = [column == gone, *(~taken for taken in _taken(table, column, kept))]
    return change(session, model, update(table).where(*wanted).values(values))


def _taken(table: Any, column: Any, kept: int) -> Iterator[Any]:
    """For each key that names the customer: whether the file that stays has such a row already."""
    for key in table.constraints:
        if not isinstance(key, UniqueConstraint) or column.name not in {each.name for each in key.columns}:
            continue
        there = table.alias()
        others = [each for each in key.columns if each.name not in ("branch_id", column.name)]
        same = [there.c[each.name] == each for each in others]
        yield exists(select(1).where(there.c[column.name] == kept, *same).correlate(table))


def _move_files(session: Session, entity: str, kept: int, gone: int) -> int:
    table = table_of(StoredFile)
    of_it = (table.c.entity == entity, table.c.record_id == gone)
    return change(session, StoredFile, update(table).where(*of_it).values(record_id=kept))


def _move_duties(session: Session, kept: int, gone: int) -> None:
    """What is owed about the file that went is owed about the one that stays, once."""
    own, there = table_of(Obligation), table_of(Obligation).alias("there")
    of_it = (own.c.entity == n.CUSTOMER, own.c.record_id == gone, own.c.state == OPEN)
    same = (there.c.rule == own.c.rule, there.c.occurrence == own.c.occurrence)
    known = exists(select(1).where(there.c.record_id == kept, *same).correlate(own))
    version = own.c.row_version + 1
    change(session, Obligation, update(own).where(*of_it, ~known).values(record_id=kept, row_version=version))
    ended = {"state": DROPPED, "closed_at": clock.now(), "row_version": version}
    change(session, Obligation, update(own).where(*of_it).values(**ended))


def _tell_once(session: Session, kept: int, gone: int) -> None:
    """Of a batch that speaks to both files, the customer hears once."""
    own, there = table_of(CareMessage), table_of(CareMessage).alias("there")
    both = (there.c.batch_id == own.c.batch_id, there.c.customer_id == kept, there.c.contact_id.is_(None))
    known = exists(select(1).where(*both).correlate(own))
    to_come = (
        own.c.customer_id == gone,
        own.c.contact_id.is_(None),
        own.c.state.in_((names_care.DRAFT, names_care.APPROVED)),
    )
    version = own.c.row_version + 1
    statement = update(own).where(*to_come, known).values(state=names_care.LEFT_OUT, row_version=version)
    change(session, CareMessage, statement)


def _both(session: Session, model: Any, kept: Customer, gone: Customer) -> tuple[Any, Any]:
    """What each of both files has of what a customer has once at most, or None."""
    rows = session.scalars(select(model).where(model.customer_id.in_((kept.id, gone.id)))).all()
    found = {row.customer_id: row for row in rows}
    return found.get(kept.id), found.get(gone.id)


def _bring_over(session: Session, model: Any, kept: int, gone: int) -> None:
    """What belongs to a row of a model goes over to another one."""
    for each, column in list(pointing(model)):
        _move(session, each, column, kept, gone)
    session.expire_all()


def _join_archives(session: Session, kept: Customer, gone: Customer) -> None:
    """A VIP has one archive and one custodian: of two archives the one that stays takes what is in the other."""
    stays, goes = _both(session, VipArchive, kept, gone)
    if goes is not None:
        entity = entity_by_id(names_care.VIP_ARCHIVE)
        _bring_over(session, VipArchive, stays.id, goes.id)
        _move_files(session, names_care.VIP_ARCHIVE, stays.id, goes.id)
        if goes.state != names_care.ENDED:
            move = "decline" if goes.state == names_care.PROPOSED else "end"
            why = gettext("The file was merged into %(number)s.", number=kept.number)
            carry_out(session, entity, goes, move, {"end_why": why})
    if stays is not None and stays.state in (names_care.GRANTED, names_care.KEPT):
        kept.keeper_id = stays.keeper_id
        session.flush()


def _join_members(session: Session, kept: Customer, gone: Customer) -> None:
    """The log of a membership that both files have is kept with the one that stays; the other one ends."""
    stays, goes = _both(session, Member, kept, gone)
    if goes is None:
        return
    _bring_over(session, Member, stays.id, goes.id)
    if goes.state == ADMITTED:
        why = gettext("The file was merged into %(number)s.", number=kept.number)
        carry_out(session, entity_by_id(MEMBER), goes, "end", {"ended_why": why})


def _called(model: Any) -> str:
    found = (each for each in installation().entities.values() if each.model is model)
    entity = next(found, None)
    return str(entity.label_plural) if entity is not None else str(model.__tablename__)


def _fill(session: Session, kept: Customer, gone: Customer) -> None:
    """What only the other file knows, the one that stays takes over; telephones that find no room become contacts."""
    columns = inspect(Customer).columns
    for name in BLANKS:
        if getattr(kept, name) in (None, "") and name in columns:
            setattr(kept, name, getattr(gone, name))
    kept.intent, kept.needs_designer = kept.intent or gone.intent, kept.needs_designer or gone.needs_designer
    kept.filed_on = min(kept.filed_on, gone.filed_on)
    for name, order in (("state", FURTHER), ("phase", PHASES), ("customer_class", CLASSES)):
        both = (getattr(kept, name), getattr(gone, name))
        if all(each in order for each in both):
            setattr(kept, name, max(both, key=order.index))
    _keep_numbers(session, kept, gone)


def _keep_numbers(session: Session, kept: Customer, gone: Customer) -> None:
    for number in (gone.phone, gone.second_phone):
        known = {each for own in (kept.phone, kept.second_phone) for each in tokens_of(PHONE, own or "")}
        if not number or tokens_of(PHONE, number) <= known:
            continue
        if not kept.second_phone:
            kept.second_phone = number
        else:
            other = Contact(customer_id=kept.id, name=gone.name, relation="self", phone=number)
            session.add(other)
