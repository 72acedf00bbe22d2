"""One table for each business object."""

from __future__ import annotations

import os

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import mapped_column

from core.branches import BranchOwned
from core.data import Base, RowVersion

ENTITIES = int(os.environ.get("ZHIDU_MANY_ENTITIES", "3"))


def made(number: int) -> type[Base]:
    """The model of one business object."""

    columns = {
        "__tablename__": f"many_thing{number}",
        "__module__": __name__,
        "code": mapped_column(String(20), index=True, nullable=False),
        "name": mapped_column(String(40), nullable=False),
        "kind": mapped_column(String(10), default="one", nullable=False),
        "keeper_id": mapped_column(Integer, ForeignKey("ab_user.id")),
    }
    return type(f"ManyThing{number}", (RowVersion, BranchOwned, Base), columns)


THINGS = [made(number) for number in range(1, ENTITIES + 1)]
