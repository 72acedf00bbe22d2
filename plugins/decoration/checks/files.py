"""What is judged before a day's collection, a reading of the files, or a pair of files is saved, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.branches.setwise import change, fetch, table_of
from core.data import UserError
from core.data.marks import N_
from core.entities.registry import entity_by_id
from core.entities.service import ADDED, SAVED, tell
from core.people.access import current_user_id, may
from core.work.groups import today
from plugins.decoration.checks.belonging import demand_live
from plugins.decoration.checks.numbers import session
from plugins.decoration.models.customers import Collection, Customer, Duplicate, FileReading
from plugins.decoration.rules.names_customers import BY_HAND, COLLECTION, HANDED_IN

FUTURE = N_("The files cannot be read in the future.")
ITSELF = N_("These are the same file. Choose two.")
KNOWN = N_("This pair stands in the list already.")


def files_of(session: Session, specialist_id: int, day: date) -> int:
    """How many files somebody opened on a day."""
    own = (Customer.filed_by == specialist_id, Customer.filed_on == day)
    return session.scalar(select(func.count(Customer.id)).where(*own)) or 0


def check_collection(collection: Collection) -> None:
    """What was filed later that day counts too."""
    with session().no_autoflush:
        collection.files = files_of(session(), collection.specialist_id, collection.day)


def collected(session: Session, filed: Iterable[tuple[int | None, date]]) -> None:
    """Open the collections of (who, day) that are not there yet, by which the report is owed (DEC-R60)."""
    wanted = {(who, day) for who, day in filed if who is not None and day == today()}
    if not wanted or not may(COLLECTION, "hand-in"):
        return
    entity = entity_by_id(COLLECTION)
    for who, day in sorted(wanted):
        own = (Collection.specialist_id == who, Collection.day == day)
        known = session.scalar(select(Collection).where(*own))
        if known is not None:
            known.files = files_of(session, who, day)
            continue
        made = Collection(branch_id=current_branch_id(), specialist_id=who, day=day)
        made.files = files_of(session, who, day)
        session.add(made)
        session.flush()
        for what in (ADDED, SAVED):
            tell(session, entity, made, what)


def check_reading(reading: FileReading) -> None:
    """The reading counts the files that came since the one before."""
    reading.read_on = reading.read_on or today()
    if reading.read_on > today():
        raise UserError(FUTURE, field="read_on")
    if reading.id:
        return
    reading.read_by = reading.read_by or current_user_id()
    with session().no_autoflush:
        before = session().scalar(select(func.max(FileReading.read_on)))
        since = [Customer.filed_on > before] if before is not None else []
        count = select(func.count(Customer.id)).where(Customer.filed_on <= reading.read_on, *since)
        reading.files = session().scalar(count) or 0


def after_reading(session: Session, reading: FileReading, what: str) -> None:
    """Every collection that was handed in until then is read with it."""
    if what != ADDED:
        return
    table = table_of(Collection)
    handed_in = (table.c.state == HANDED_IN, table.c.reading_id.is_(None), table.c.day <= reading.read_on)
    change(
        session,
        Collection,
        update(table).where(*handed_in).values(reading_id=reading.id, row_version=table.c.row_version + 1),
    )


def check_duplicate(pair: Duplicate) -> None:
    """The older file stands first; a pair is entered once."""
    if pair.id:
        return
    for name in ("first_id", "second_id"):
        demand_live(getattr(pair, name), name)
    if pair.first_id == pair.second_id:
        raise UserError(ITSELF, field="second_id")
    pair.first_id, pair.second_id = sorted((pair.first_id, pair.second_id))
    pair.found_by = pair.found_by or BY_HAND
    pair.found_on = pair.found_on or today()
    with session().no_autoflush:
        both = (Duplicate.first_id == pair.first_id, Duplicate.second_id == pair.second_id)
        if session().scalar(select(Duplicate.id).where(*both)):
            raise UserError(KNOWN, field="second_id", status=409)
        pair.title = titles(session(), [(pair.first_id, pair.second_id)])[0]


def titles(session: Session, pairs: list[tuple[int, int]]) -> list[str]:
    """What pairs of files are called."""
    table = table_of(Customer)
    ids = sorted({each for pair in pairs for each in pair})
    asked = select(table.c.id, table.c.number, table.c.name).where(table.c.id.in_(ids))
    known = {row.id: f"{row.number} {row.name}" for row in fetch(session, asked)}
    return [" / ".join(known.get(each, "") for each in pair)[:160] for pair in pairs]
