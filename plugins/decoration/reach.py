"""Whose customers somebody sees, and with them what belongs to these (DEC 1.1: own projects, own sites, VIPs)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from core.data import Posted
from core.people.access import current_user_id, may
from plugins.decoration.models.construction import Site
from plugins.decoration.models.customers import Customer, Duplicate
from plugins.decoration.models.design import Commission
from plugins.decoration.rules.names import CUSTOMER, ORDINARY

ALL, SITES, VIPS = "see-all", "see-sites", "see-vips"
"""Rights on customers: everybody, those with a site, those who are VIPs or key accounts."""


def own_customers() -> Sequence[ColumnElement[bool]]:
    """What narrows customers to the reader's own: as designer, consultant, keeper or inspector; with the rights above,
    more."""
    if may(CUSTOMER, ALL):
        return ()
    me = current_user_id()
    designed = Customer.id.in_(select(Commission.customer_id).where(Commission.designer_id == me))
    return (or_(Customer.designer_id == me, designed, *_served(me)),)


def _served(me: int | None) -> list[ColumnElement[bool]]:
    """The customers whom somebody serves otherwise than by designing for them."""
    own = [
        Customer.consultant_id == me,
        Customer.keeper_id == me,
        Customer.id.in_(select(Site.customer_id).where(Site.inspector_id == me)),
    ]
    if may(CUSTOMER, SITES):
        own.append(Customer.id.in_(select(Site.customer_id)))
    if may(CUSTOMER, VIPS):
        own.append(Customer.customer_class != ORDINARY)
    return own


def own_commissions() -> Sequence[ColumnElement[bool]]:
    """A designer sees their own commissions, and those of their customers that nobody has taken yet; who serves a
    customer otherwise sees all of the customer's."""
    if may(CUSTOMER, ALL):
        return ()
    me = current_user_id()
    untaken = select(Customer.id).where(Customer.designer_id == me)
    return (
        or_(
            Commission.designer_id == me,
            and_(Commission.designer_id.is_(None), Commission.customer_id.in_(untaken)),
            Commission.customer_id.in_(select(Customer.id).where(or_(*_served(me)))),
        ),
    )


def of_own_commissions(model: Any) -> Callable[[], Sequence[ColumnElement[bool]]]:
    """The same for rows of `model`, which belong to the commission in `commission_id`; without one, to the customer in
    `customer_id`."""

    def criteria() -> Sequence[ColumnElement[bool]]:
        narrowed = own_commissions()
        if not narrowed:
            return ()
        customers = select(Customer.id).where(*own_customers())
        return (
            or_(
                model.commission_id.in_(select(Commission.id).where(*narrowed)),
                and_(model.commission_id.is_(None), model.customer_id.in_(customers)),
            ),
        )

    return criteria


def of_own_customers(model: Any) -> Callable[[], Sequence[ColumnElement[bool]]]:
    """The same for rows of `model`, which belong to the customer in `customer_id`. Posted facts stay with a file that
    was merged into another, and are seen by whoever sees that one."""

    def criteria() -> Sequence[ColumnElement[bool]]:
        narrowed = own_customers()
        if not narrowed:
            return ()
        own = select(Customer.id).where(*narrowed)
        if not issubclass(model, Posted):
            return (model.customer_id.in_(own),)
        gone = aliased(Customer)
        went = select(gone.id).where(gone.merged_into_id.in_(own))
        return (or_(model.customer_id.in_(own), model.customer_id.in_(went)),)

    return criteria


def own_pairs() -> Sequence[ColumnElement[bool]]:
    """Pairs of files tell of both customers: they are seen by whoever sees both."""
    narrowed = own_customers()
    if not narrowed:
        return ()
    own = select(Customer.id).where(*narrowed)
    return Duplicate.first_id.in_(own), Duplicate.second_id.in_(own)
