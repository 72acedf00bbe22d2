"""The tree of branches, which plugin is on where, and the one gate for rows."""

from core.branches import protection
from core.branches.gate import branch_criteria
from core.branches.models import Branch, BranchOwned, BranchPlugin
from core.branches.scope import (
    Scope,
    ScopeError,
    branch_scope,
    current_branch_id,
    current_scope,
    system_scope,
)

__all__ = [
    "Branch",
    "BranchOwned",
    "BranchPlugin",
    "Scope",
    "ScopeError",
    "branch_criteria",
    "branch_scope",
    "current_branch_id",
    "current_scope",
    "protection",
    "system_scope",
]
