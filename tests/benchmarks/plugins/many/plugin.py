"""What the plugin brings to the shell."""

from __future__ import annotations

import os

from core.entities.spec import Entity, Field
from core.hooks import hookimpl
from core.people.positions import Position, grant
from many.models import THINGS

POSITIONS = int(os.environ.get("ZHIDU_MANY_POSITIONS", "5"))
KINDS = (("one", "One"), ("two", "Two"))


def entity(number: int, model: type) -> Entity:
    return Entity(
        id=f"many.thing{number}",
        model=model,
        label=f"Thing {number}",
        label_plural=f"Things {number}",
        fields=(
            Field("code", "Code"),
            Field("name", "Name"),
            Field("kind", "Kind", choices=KINDS, filterable=True),
            Field("keeper_id", "Keeper", target="core.person"),
        ),
        title="name",
        list_columns=("code", "name", "kind", "keeper_id"),
        search=("code", "name"),
        order=("code",),
        menu="Things",
    )


ENTITIES = [entity(number, model) for number, model in enumerate(THINGS, start=1)]
ACTIONS = ("see", "add", "edit", "delete", "export")
# A clerk works with three of them, however many there are; the one who has all shows what a long menu costs.
OF_A_CLERK = tuple(grant(each.id, *ACTIONS, clause="1") for each in ENTITIES[:3])
OF_ALL = tuple(grant(each.id, *ACTIONS, clause="1") for each in ENTITIES)


@hookimpl
def entities() -> list[Entity]:
    return list(ENTITIES)


@hookimpl
def positions() -> list[Position]:
    clerks = [
        Position(f"many.clerk{number}", f"Clerk {number}", OF_A_CLERK) for number in range(1, POSITIONS)
    ]
    return [*clerks, Position("many.holder", "Holder of all", OF_ALL)]
