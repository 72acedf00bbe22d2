"""Batches that are made: with the words of their script, and a draft for everybody whom they are meant for."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from core.branches import Branch
from core.branches.scope import current_branch_id
from core.messages.wording import template_of, words_for
from plugins.decoration.care import audience
from plugins.decoration.messages.care import SCRIPTS
from plugins.decoration.models.care import CareBatch

OPEN_PLACES = {"name": "%(name)s", "about": "%(about)s"}
"""What stays open in the words of a batch until each customer's are written."""


def here(session: Session) -> Branch:
    return session.get_one(Branch, current_branch_id())


def script(session: Session, occasion: str) -> str:
    """The words of an occasion as the branch has them, in its language."""
    branch = here(session)
    words = words_for(session, template_of(SCRIPTS[occasion].id), branch.id, branch.locale)
    known = {"branch": branch.name(branch.locale), "link": "", "due_on": "", "occasion": "", "text": ""}
    return words.body % {**known, **OPEN_PLACES, "phone": "", "customer_id": "", "batch_id": ""}


def make(
    session: Session, occasion: str, title: str, due_on: date, cause: str = "", event_id: int | None = None
) -> CareBatch:
    """A batch without drafts yet."""
    batch = CareBatch(occasion=occasion, title=title, due_on=due_on, cause=cause, event_id=event_id)
    batch.text = script(session, occasion)
    session.add(batch)
    session.flush()
    return batch


def draft_all(session: Session, batch: CareBatch, about: str = "") -> int:
    """Drafts for everybody whom a batch of one day is meant for; answers how many are new."""
    cause = batch.cause or f"batch/{batch.id}"
    return audience.draft_customers(session, batch, about or batch.title, cause, batch.due_on)


def in_words(session: Session, text: Any, **values: Any) -> str:
    """A marked text in the language of the branch."""
    with force_locale(here(session).locale):
        return gettext(text, **values)
