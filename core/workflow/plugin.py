"""What the core says of workflows through the hooks."""

from __future__ import annotations

from typing import Any

from core.handbook.kinds import Approval
from core.hooks import hookimpl
from core.work.kinds import WorkKind
from core.workflow import models  # noqa: F401 - its tables are the core's to migrate


@hookimpl
def views() -> list[type[Any]]:
    from core.handbook.preview import PREVIEWERS, SIZES
    from core.workflow.approval_views import ApprovalView
    from core.workflow.previewing import of_approvals, records_judged
    from core.workflow.rest import WorkflowApi
    from core.workflow.views import WorkflowView

    PREVIEWERS[Approval.kind] = of_approvals
    SIZES[Approval.kind] = records_judged
    return [WorkflowView, WorkflowApi, ApprovalView]


@hookimpl
def work() -> list[WorkKind]:
    from core.workflow.waiting import WORK

    return list(WORK)
