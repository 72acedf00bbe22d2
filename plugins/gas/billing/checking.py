"""Own rules of administrators about bills: asked of a chunk in the database, before its bills are posted and after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import null, select, type_coerce, update
from sqlalchemy.orm import Session

from core.branches import setwise
from core.handbook.own.sets import SetChecks, broken, keep_broken, set_checks
from plugins.gas import models
from plugins.gas.billing import posting, reasons
from plugins.gas.billing.chunk import BILL, STAGED, Chunk

ENTITY = "gas.bill"


def of_run(session: Session, run: models.BillingRun) -> SetChecks:
    """The checks of the day of a run."""
    return set_checks(session, ENTITY, run.billed_on)


def refuse(session: Session, chunk: Chunk, run: models.BillingRun, checks: SetChecks) -> None:
    """What a rule refuses is not billed: its account is among those that were skipped, and the finding says why."""
    for each in checks.refusing:
        rows = _as_bills(session, chunk, run)
        found = broken(session, each, rows, rows.c.account_id)
        keep_broken(session, each, run.billed_on, found, is_there=False)
        for start in range(0, len(found), setwise.AT_ONCE):
            some = [account_id for account_id, _facts in found[start : start + setwise.AT_ONCE]]
            those = (STAGED.c.run_id == chunk.run_id, STAGED.c.account_id.in_(some))
            left_out = update(STAGED).where(*those).values(reason=reasons.RULE)
            setwise.change(session, models.StagedAccount, left_out)


def doubt(session: Session, chunk: Chunk, run: models.BillingRun, checks: SetChecks) -> None:
    """What a rule doubts is billed, and the finding stays with the bill."""
    for each in checks.doubting:
        found = broken(session, each, BILL, BILL.c.id, posting.posted_by(chunk))
        keep_broken(session, each, run.billed_on, found)


def _as_bills(session: Session, chunk: Chunk, run: models.BillingRun) -> Any:
    """The rows to be posted with every column of a bill, in its types."""
    staged = posting.to_post(session, chunk, run).subquery("to_post")
    columns = [type_coerce(staged.c.get(each.key, null()), each.type).label(each.key) for each in BILL.c]
    return select(*columns).select_from(staged).subquery("as_bills")
