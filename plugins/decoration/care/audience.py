"""Whom a batch is meant for, and its drafts: one statement for thousands of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, null, select, update
from sqlalchemy.orm import Session

from core.branches.setwise import change, fetch, insert_select, table_of
from plugins.decoration.models.care import CareBatch, CareMessage
from plugins.decoration.models.customers import Contact, Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c

CUSTOMER, CONTACT, MESSAGE = table_of(Customer), table_of(Contact), table_of(CareMessage)
OLD = (n.AFTER_SALE, n.VIP_PHASE)
"""The phases of old customers (老客户)."""
COLUMNS = (
    "batch_id",
    "customer_id",
    "contact_id",
    "cause",
    "occasion",
    "name",
    "about",
    "phone",
    "channel",
    "text",
    "due_on",
)


def of_batch(batch: CareBatch) -> list[ColumnElement[bool]]:
    """Which customers a batch is meant for: those of its occasion, narrowed by its filters."""
    rows = CUSTOMER
    found: list[ColumnElement[bool]] = [rows.c.merged_into_id.is_(None)]
    if batch.occasion == c.VIP_NEWS:
        found.append(rows.c.customer_class != n.ORDINARY)
    elif batch.occasion == c.HOUSE_NEWS:
        found += [rows.c.phase.in_(OLD), rows.c.customer_class == n.ORDINARY]
    elif batch.occasion != c.CAMPAIGN:
        found.append(rows.c.phase.in_(OLD))
    for column, value in (
        (rows.c.customer_class, batch.to_class),
        (rows.c.phase, batch.to_phase),
        (rows.c.data_category, batch.to_category),
    ):
        if value:
            found.append(column == value)
    return found


def draft_customers(
    session: Session, batch: CareBatch, about: str, cause: str, due_on: Any, *where: ColumnElement[bool]
) -> int:
    """Drafts for the customers of a batch, leaving out whom the same cause has reached; answers how many are new."""
    to = (CUSTOMER.c.id, null(), CUSTOMER.c.name, literal(about), CUSTOMER.c.phone)
    source = _drafted(batch, of_customer(cause), to, due_on).where(*of_batch(batch), *where)
    return insert_select(session, CareMessage, COLUMNS, source)


def draft_families(
    session: Session, batch: CareBatch, itself: str, cause: str, due_on: Any, *where: ColumnElement[bool]
) -> int:
    """Drafts about those who belong to the customers of a batch: to themselves where they have a telephone, else to the
    customer. `itself` is how the text calls whom it goes to."""
    own = func.coalesce(CONTACT.c.phone, "") != ""
    to = (
        CUSTOMER.c.id,
        CONTACT.c.id,
        case((own, CONTACT.c.name), else_=CUSTOMER.c.name),
        case((own, literal(itself)), else_=CONTACT.c.name),
        case((own, CONTACT.c.phone), else_=CUSTOMER.c.phone),
    )
    joined = CONTACT.join(CUSTOMER, CUSTOMER.c.id == CONTACT.c.customer_id)
    source = _drafted(batch, of_family(cause), to, due_on).select_from(joined).where(*of_batch(batch), *where)
    return insert_select(session, CareMessage, COLUMNS, source)


def is_anybody(session: Session, keys: Sequence[int], cause: str) -> bool:
    """Whether a birthday of these numbers is that of an old customer, or of somebody who belongs to one, and no draft
    of the cause is there for them."""
    old = and_(CUSTOMER.c.phase.in_(OLD), CUSTOMER.c.merged_into_id.is_(None))
    customers = select(CUSTOMER.c.id).where(CUSTOMER.c.birthday_key.in_(keys), old)
    joined = CONTACT.join(CUSTOMER, CUSTOMER.c.id == CONTACT.c.customer_id)
    families = select(CONTACT.c.id).select_from(joined).where(CONTACT.c.birthday_key.in_(keys), old)
    reached = (
        customers.where(~_known(of_customer(cause))),
        families.where(~_known(of_family(cause))),
    )
    return any(fetch(session, each.limit(1)) for each in reached)


def of_customer(cause: str) -> Any:
    """What lets a customer hear of a cause once."""
    return literal(f"{cause}/") + cast(CUSTOMER.c.id, String)


def of_family(cause: str) -> Any:
    """The same for somebody who belongs to the customer."""
    return of_customer(cause) + literal("/") + cast(CONTACT.c.id, String)


def reword(session: Session, batch: CareBatch) -> int:
    """Put the words and the channel of a batch into its drafts, but for those that somebody worded."""
    text = filled(batch.text, MESSAGE.c.name, MESSAGE.c.about)
    drafts = (MESSAGE.c.batch_id == batch.id, MESSAGE.c.state == c.DRAFT, ~MESSAGE.c.worded)
    values = {"text": text, "channel": batch.channel}
    return change(session, CareMessage, update(MESSAGE).where(*drafts).values(**values))


def leave_out(session: Session, batch: CareBatch) -> int:
    """The drafts of a batch that was discarded."""
    drafts = (MESSAGE.c.batch_id == batch.id, MESSAGE.c.state == c.DRAFT)
    return change(session, CareMessage, update(MESSAGE).where(*drafts).values(state=c.LEFT_OUT))


def filled(text: str, name: Any, about: Any) -> Any:
    """The text with its places filled, by the database."""
    return func.replace(func.replace(literal(text), "%(name)s", name), "%(about)s", about)


def _drafted(batch: CareBatch, key: Any, to: Sequence[Any], due_on: Any) -> Any:
    customer, contact, name, about, phone = to
    return select(
        literal(batch.id),
        customer,
        contact,
        key.label("cause"),
        literal(batch.occasion),
        name,
        about,
        phone,
        literal(batch.channel),
        filled(batch.text, name, about),
        literal(due_on),
    ).where(~_known(key))


def _known(key: Any) -> ColumnElement[bool]:
    there = MESSAGE.alias("there")
    return exists(select(1).where(there.c.cause == key))
