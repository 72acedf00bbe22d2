"""The scripts of what customers hear by message and telephone (DEC-P10), as the branch has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.documents import render_pdf
from core.installation import installation
from core.messages.wording import words_for
from core.ui import format as shown
from plugins.decoration.care.drafting import here

TEMPLATE = Path(__file__).parents[1] / "documents" / "scripts.typ"
OWNER = "decoration."


def scripts_pdf(session: Session, today: Any) -> bytes:
    """Every script of the department in the language of the branch."""
    return render_pdf(TEMPLATE, scripts_data(session, today))


def scripts_data(session: Session, today: Any) -> dict[str, Any]:
    """The data of `documents/scripts.typ`: what each is called, its subject line and its words."""
    branch = here(session)
    rows = []
    for each in sorted(installation().templates.values(), key=lambda each: each.id):
        if each.id.startswith(OWNER) and each.body != "%(text)s":
            words = words_for(session, each, branch.id, branch.locale)
            rows.append([str(each.label), words.subject, words.body])
    return {
        "company": branch.name(branch.locale),
        "title": gettext("Scripts for messages and calls"),
        "number": shown.date(today),
        "note": gettext("What stands in brackets after a percent sign is filled in for each customer."),
        "heading": [gettext("Script"), gettext("Subject line"), gettext("Words")],
        "rows": rows,
    }
