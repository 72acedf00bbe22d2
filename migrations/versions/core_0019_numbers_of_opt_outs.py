"""Opt-outs keep numbers and addresses in the one form in which they are compared."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.messages.addresses import plain

revision = "core_0019"
down_revision = "core_0018"

OPT_OUT = sa.table(
    "core_opt_out",
    sa.column("id", sa.Integer()),
    sa.column("branch_id", sa.Integer()),
    sa.column("channel", sa.String()),
    sa.column("address", sa.String()),
)


def upgrade() -> None:
    """Of several that are one number now, the first stays."""
    connection = op.get_bind()
    known: set[tuple[int, str, str]] = set()
    again: list[int] = []
    changed: dict[int, str] = {}
    for number, branch_id, channel, address in connection.execute(sa.select(OPT_OUT).order_by(OPT_OUT.c.id)):
        found = plain(address)
        if (branch_id, channel, found) in known:
            again.append(number)
        elif found != address:
            changed[number] = found
        known.add((branch_id, channel, found))
    for number in again:
        connection.execute(sa.delete(OPT_OUT).where(OPT_OUT.c.id == number))
    for number, found in changed.items():
        connection.execute(sa.update(OPT_OUT).where(OPT_OUT.c.id == number).values(address=found))


def downgrade() -> None:
    """What was typed is not known any more, and the one form does no harm."""
