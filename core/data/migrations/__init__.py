"""Migrations: the core's in `migrations/`, each plugin's in its folder, one version table an owner."""

from core.data.migrations.connections import one_at_a_time
from core.data.migrations.owners import Owner, owner_of_table
from core.data.migrations.runner import Report, Step, downgrade, migrate
from core.data.migrations.status import Status, refusal, require_migrated, statuses

__all__ = [
    "Owner",
    "Report",
    "Status",
    "Step",
    "downgrade",
    "migrate",
    "one_at_a_time",
    "owner_of_table",
    "refusal",
    "require_migrated",
    "statuses",
]
