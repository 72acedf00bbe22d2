"""What is put in by itself before claims, proposals, documents and suggestions are saved, and who sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import has_request_context
from sqlalchemy import ColumnElement

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_person, current_user_id, may
from core.work.groups import today
from plugins.decoration.models.office import Document, Expense, PersonnelProposal, Suggestion
from plugins.decoration.rules import names_office as o

NOTHING = N_("Enter an amount above nothing.")
NO_PRESENT = N_("Of a promotion, say which post the employee holds.")
OVER = N_("This was decided already. Nothing of it changes any more.")
STANDS = N_("What was issued stays as it is. Issue a new one.")


def check_expense(claim: Expense) -> None:
    if claim.amount is not None and claim.amount <= 0:
        raise UserError(NOTHING, field="amount")
    if not claim.id:
        claim.claimed_on, claim.claimant_id = claim.claimed_on or today(), current_user_id()


def check_proposal(proposal: PersonnelProposal) -> None:
    """A promotion starts somewhere: by that its career is known (DEC-R54, DEC-R88)."""
    if proposal.kind == o.PROMOTE and not proposal.present_post:
        raise UserError(NO_PRESENT, field="present_post")
    if not proposal.id:
        proposal.proposed_on, proposal.proposed_by = proposal.proposed_on or today(), current_user_id()


def check_document(document: Document) -> None:
    if not document.id:
        document.author_id = current_user_id()


def check_suggestion(suggestion: Suggestion) -> None:
    if not suggestion.id:
        suggestion.made_on, suggestion.made_by = suggestion.made_on or today(), current_user_id()


def guard_decided(record: Any) -> None:
    """Claims and proposals stay as they were decided."""
    if record.state not in (o.OPEN, o.RETURNED, o.PROPOSED):
        raise UserError(OVER)


def guard_document(document: Document) -> None:
    if document.state == o.ISSUED:
        raise UserError(STANDS)


def own_or_all(entity: str, column: Any) -> Callable[[], list[ColumnElement[bool]]]:
    """What one put in oneself; everything for those who may see all of it."""

    def criteria() -> list[ColumnElement[bool]]:
        person = current_person() if has_request_context() else None
        if person is None or may(entity, o.SEE_ALL):
            return []
        return [column == person.user_id]

    return criteria
