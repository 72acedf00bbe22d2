"""What the shop brings."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.entities.spec import Entity
from core.hooks import hookimpl
from core.menu import MenuItem
from core.people.positions import Position, grant
from core.visits.kinds import Round


@hookimpl
def entities() -> list[Entity]:
    from shop.entities import CUSTOMER, ORDER, RECEIPT

    return [CUSTOMER, ORDER, RECEIPT]


@hookimpl
def positions() -> list[Position]:
    clause = "SHOP 1"
    watch = grant("shop.customer", "see", clause=clause)
    serve = grant("shop.customer", "see", "add", "edit", "export", clause=clause)
    order = grant("shop.order", "see", "add", "edit", clause=clause)
    manage = [
        grant(name, "see", "add", "edit", "delete", "export", clause=clause)
        for name in ("shop.customer", "shop.order", "shop.receipt")
    ]
    return [
        Position("shop.watcher", _("Shop watcher"), (watch,)),
        Position("shop.clerk", _("Shop clerk"), (serve, order)),
        Position(
            "shop.manager",
            _("Shop manager"),
            (*manage, grant("core.list-view", "share", clause=clause)),
        ),
    ]


@hookimpl
def views() -> list[type]:
    from shop.views import ShopBoard

    return [ShopBoard]


@hookimpl
def rounds() -> list[Round]:
    from shop.rounds import CALLS

    return [CALLS]


@hookimpl
def menu() -> list[MenuItem]:
    return [MenuItem(_("Shop board"), "shop.customer", endpoint="ShopBoard.board")]
