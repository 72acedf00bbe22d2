"""The names of construction that no other area needs: objects, states, and what they are of."""

from __future__ import annotations

from plugins.decoration.rules import names as n

CONTRACT, INSTALMENT = "decoration.contract", "decoration.instalment"
STAGE, ACCEPTANCE = "decoration.stage", "decoration.acceptance"
START_NOTICE, COMPLETION_NOTICE = "decoration.start-notice", "decoration.completion-notice"
HANDOVER, PAUSE, CHANGE_ORDER = "decoration.handover", "decoration.pause", "decoration.change-order"
SITE_CHECK, RECORD_CARD = "decoration.site-check", "decoration.record-card"
HANDBOOK, SHOW_FLAT, SETTLEMENT = (
    "decoration.handbook-return",
    "decoration.show-flat",
    "decoration.settlement",
)

DRAFTED, SIGNED = "drafted", "signed"
"""A contract; a change order is signed too."""
PLANNED, DUE, PAID = "planned", "due", "paid"
"""An instalment: not asked for yet, asked for, here."""
DEPOSIT, MID, FINAL, CHANGE = "deposit", "mid", "final", "change"
"""Kinds of instalments; the last is what a signed change order adds."""
AT_SIGNING = "signed"
"""An instalment falls due on signing, or when a stage was accepted."""
DUE_AT = (AT_SIGNING, *n.STAGES)

WAITING, WORKING, DONE = "waiting", "working", "done"
"""A stage of the works: before, under way, accepted."""
ANNOUNCED, NOTIFIED, PASSED, FAILED, CLOSED = "announced", "notified", "passed", "failed", "closed"
"""An acceptance, which is planned first: its day is known, the customer was told, it was held, its papers are there."""
SENT, RECEIVED = "sent", "received"
"""A notice between engineering and customer service."""
HELD = "held"
"""A hand-over, planned first."""
PROPOSED, AGREED, DECLINED = "proposed", "agreed", "declined"
"""A change order between draft and signature."""
FINE, OPEN, SETTLED = "fine", "open", "settled"
"""A site check: nothing to find, an issue of quality, put right."""
FILED = "filed"
AWAITED, COLLECTED, CHECKED = "awaited", "collected", "checked"
"""The engineering handbook of a completed site."""
APPROVED, REFUSED = "approved", "refused"
LISTED, TOLD = "listed", "told"
"""A settlement: on the list, materials and finance told; settled at last."""

CHECKPOINTS = n.STAGES
DESIGN_SIDE, ENGINEERING_SIDE, CUSTOMER_SIDE = "design", "engineering", "customer"
"""The parties of a hand-over (DEC-R10)."""
IN_ORDER, MISSING, NOT_NEEDED = "in_order", "missing", "not_needed"
ITEMS = ("drawings", "changes", "acceptances", "materials", "checks", "photos")
"""What is looked for in the engineering handbook."""
