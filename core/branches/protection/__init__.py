"""The database's own gate behind the program's: whoever gets past the session finds no row, and moves none.

`zhidu migrate` puts it up after the revisions, for every table of branch-owned rows, so that a plugin's author has
nothing to do for it.

- A reference between branch-owned rows cannot cross branches. PostgreSQL: a second foreign key over (branch_id, the
  column) to (branch_id, id). SQLite, which adds no keys to a standing table: triggers that refuse alike.
- PostgreSQL: row-level security, forced also on the tables' owner. The session tells the database in which branch
  it acts (`core.branches.protection.telling`); a connection that tells nothing sees nothing.
"""

from core.branches.protection.putting_up import missing, protect, take_down_triggers
from core.branches.protection.roles import binding_problem, let_application_in
from core.branches.protection.telling import tell

__all__ = ["binding_problem", "let_application_in", "missing", "protect", "take_down_triggers", "tell"]
