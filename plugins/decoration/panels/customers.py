"""What a customer's page shows beside the fields: where a merged file leads, possible duplicates, recommendations."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.entities.reading import readable, title_for_reader
from core.entities.registry import allowed, entity_by_id
from core.installation import installation
from core.people.access import may
from core.ui import format as shown
from plugins.decoration import reach
from plugins.decoration.checks.customers import referrers
from plugins.decoration.models.customers import Customer, Duplicate
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_customers as c

GENERATIONS = 5
MOST_PAIRS = 20


def leads_on_panel(customer: Customer) -> Markup:
    """A file that was merged says where it goes on, to whoever may see that one."""
    if customer.merged_into_id is None:
        return Markup()
    into = _seen(_session(), [customer.merged_into_id])
    links = [_link(each) for each in into]
    return _drawn(gettext("This file was merged into another"), links, [])


def doubles_panel(customer: Customer) -> Markup:
    """Pairs of this file with others about which nobody has decided."""
    if not may(c.DUPLICATE, "see") or not allowed(entity_by_id(c.DUPLICATE), "see"):
        return Markup()
    wanted = select(Duplicate).where(
        Duplicate.state == c.FOUND,
        or_(Duplicate.first_id == customer.id, Duplicate.second_id == customer.id),
        *reach.own_pairs(),
    )
    pairs = _session().scalars(wanted.order_by(Duplicate.id).limit(MOST_PAIRS)).all()
    if not pairs:
        return Markup()
    links = [{"label": each.title, "url": f"/decoration/duplicate/{each.id}"} for each in pairs]
    return _drawn(gettext("Possible duplicates"), links, [])


def chain_panel(customer: Customer) -> Markup:
    """Through whom the customer came, and how many came through this one, over several generations (DEC-R17)."""
    session = _session()
    if not readable(entity_by_id(n.CUSTOMER), "referred_by_id"):
        return Markup()
    chain = [each.id for each in referrers(customer)]
    count, signed = followers(session, customer.id)
    if not chain and not count:
        return Markup()
    links = [_link(each) for each in _seen(session, chain)]
    facts = [
        {"label": gettext("Came through this customer"), "value": shown.number(count)},
        {"label": gettext("Of these signed"), "value": shown.number(signed)},
    ]
    return _drawn(gettext("Recommendations"), links, facts)


def followers(session: Session, customer_id: int) -> tuple[int, int]:
    """How many came through a customer, directly or over others, and how many of them signed."""
    level, count, signed = [customer_id], 0, 0
    for _generation in range(GENERATIONS):
        asked = select(Customer.id, Customer.state).where(Customer.referred_by_id.in_(level))
        rows = session.execute(asked).all()
        if not rows:
            break
        level = [row.id for row in rows]
        count, signed = count + len(rows), signed + sum(row.state == n.SIGNED for row in rows)
    return count, signed


def _seen(session: Session, ids: list[int]) -> list[Customer]:
    """Those whom the reader may see, in the same order."""
    if not ids:
        return []
    rows = session.scalars(select(Customer).where(Customer.id.in_(ids), *reach.own_customers()))
    found = {row.id: row for row in rows}
    return [found[each] for each in ids if each in found]


def _link(customer: Customer) -> dict[str, str]:
    entity = entity_by_id(n.CUSTOMER)
    label = f"{customer.number} {title_for_reader(entity, customer)}"
    return {"label": label, "url": f"{entity.path}{customer.id}"}


def _drawn(title: str, links: list[dict[str, str]], facts: list[dict[str, Any]]) -> Markup:
    html = render_template("decoration/linked.html", title=title, links=links, facts=facts)
    return Markup(html)  # noqa: S704 - Jinja escapes


def _session() -> Session:
    return installation().database.session()
