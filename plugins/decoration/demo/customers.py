"""Customers of the example firm with their families and houses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from plugins.decoration.checks.customers import PREFIX
from plugins.decoration.demo import files, names
from plugins.decoration.demo.firm import Firm, Story
from plugins.decoration.models.customers import Contact, Customer, House
from plugins.decoration.rules import names as n

SOURCES = (n.STORE, n.STORE, n.STORE, n.FIELD_SALES, n.FIELD_SALES, n.OTHER)
VIP_EVERY, KEY_EVERY, REFERRED_EVERY = 25, 40, 9
"""One customer in so many is a VIP, a key account, came through another."""
FAMILY = 20_000
"""Telephones of family members begin here, apart from those of customers."""


def fill(firm: Firm) -> None:
    ids = firm.insert(Customer, [_customer(firm, story) for story in firm.stories], PREFIX)
    for story in firm.stories:
        story.customer_id = ids[f"{PREFIX}{story.key + 1:06d}"]
    _recommended(firm)
    setwise.insert_rows(firm.session, House, list(_houses(firm)))
    setwise.insert_rows(firm.session, Contact, list(_contacts(firm)))
    table = setwise.table_of(House)
    newest = select(table.c.customer_id, table.c.id).order_by(table.c.id.desc())
    houses = dict(setwise.fetch(firm.session, newest))  # of several, the first stays
    for story in firm.stories:
        story.house_id = houses[story.customer_id]


def phase_of(story: Story, customer_class: str) -> str:
    if story.completed_on is not None:
        return n.VIP_PHASE if customer_class != n.ORDINARY else n.AFTER_SALE
    return n.IN_SALE if story.fixed_on is not None else n.PRE_SALE


def state_of(story: Story) -> str:
    """How far the prospect came (DEC-W1): a contract is signed when the plan is fixed."""
    if story.lost_on is not None:
        return n.LOST
    if story.fixed_on is not None:
        return n.SIGNED
    if story.deposit_on is not None:
        return n.PENDING
    if story.entrusted_on is not None:
        return n.REFERRED
    return n.CONTACTED if story.called_on is not None else n.REGISTERED


def class_of(key: int) -> str:
    if key % VIP_EVERY == 7:
        return n.VIP
    return n.KEY if key % KEY_EVERY == 11 else n.ORDINARY


def _customer(firm: Firm, story: Story) -> dict[str, Any]:
    random, state = firm.random, state_of(story)
    source = random.choice(SOURCES)
    undecided = state in n.UNDECIDED
    return {
        "name": names.person(random),
        "phone": names.phone(story.key - 1 if files.is_second(story) else story.key),
        "second_phone": names.phone(FAMILY * 2 + story.key) if random.random() < 0.15 else None,
        "address": names.flat(random) if random.random() < 0.6 else None,
        "birthday": _birthday(firm),
        "lunar_birthday": random.random() < 0.2,
        "source": source,
        "store_source": random.choice(names.STORE_SOURCES) if source == n.STORE else None,
        "intent": story.entrusted_on is not None or (undecided and random.random() < 0.5),
        "needs_designer": story.entrusted_on is not None,
        "needs": random.choice(names.NEEDS),
        "customer_class": class_of(story.key),
        "phase": phase_of(story, class_of(story.key)),
        "call_back_on": firm.today + timedelta(days=random.randint(-2, 6)) if undecided else None,
        "call_result": random.choice(names.RESULTS) if story.called_on is not None else None,
        "state": state,
        "deposit_on": story.deposit_on,
        "deposit_amount": Decimal(3000 + story.key % 5 * 1000) if story.deposit_on is not None else None,
        "decided_on": story.lost_on or story.fixed_on,
        "lost_why": random.choice(names.LOST) if state == n.LOST else None,
        "designer_id": firm.staff["designer"] if story.entrusted_on is not None else None,
        "consultant_id": firm.staff["sales"],
        "keeper_id": firm.staff["vip-keeper"] if class_of(story.key) != n.ORDINARY else None,
        "impression": random.choice(names.IMPRESSIONS) if story.fixed_on is not None else None,
        "filed_on": story.filed_on,
        "filed_by": firm.staff["specialist"],
        "archive_place": random.choice(names.PLACES),
    }


def _birthday(firm: Firm) -> date | None:
    if firm.random.random() < 0.3:
        return None
    return date(1958, 1, 1) + timedelta(days=firm.random.randint(0, 14_600))


def _recommended(firm: Firm) -> None:
    """Some came through customers who were there before."""
    for story in firm.stories[REFERRED_EVERY::REFERRED_EVERY]:
        customer = firm.session.get_one(Customer, story.customer_id)
        customer.source, customer.store_source = n.REFERRAL, None
        customer.referred_by_id = firm.stories[story.key // 2].customer_id
    firm.session.flush()


def _houses(firm: Firm) -> Iterator[dict[str, Any]]:
    for story in firm.stories:
        for _each in range(2 if firm.random.random() < 0.08 else 1):
            yield {
                "customer_id": story.customer_id,
                "address": names.flat(firm.random),
                "area": Decimal(firm.random.randint(420, 2_200)) / 10,
                "layout": firm.random.choice(names.LAYOUTS),
            }


def _contacts(firm: Firm) -> Iterator[dict[str, Any]]:
    for story in firm.stories:
        for place, relation in enumerate(("spouse", "child")):
            if firm.random.random() < (0.6, 0.3)[place]:
                yield {
                    "customer_id": story.customer_id,
                    "name": names.person(firm.random),
                    "relation": relation,
                    "phone": names.phone(FAMILY + story.key) if relation == "spouse" else None,
                    "birthday": _birthday(firm),
                    "lunar_birthday": firm.random.random() < 0.1,
                }
