"""What long work keeps: the result of a job, and the file of a sheet that is being checked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "core_0020"
down_revision = "core_0019"


def upgrade() -> None:
    op.add_column("core_job", sa.Column("result", sa.JSON(), nullable=True))
    op.add_column("core_import_sheet", sa.Column("content", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.drop_column("core_import_sheet", "content")
    op.drop_column("core_job", "result")
