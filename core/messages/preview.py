"""A branch's own words as they read with its latest record, before anybody gets them."""

from __future__ import annotations

from typing import Any

from flask import get_template_attribute
from markupsafe import Markup
from sqlalchemy import select

from core.branches.models import Branch
from core.branches.scope import current_branch_id
from core.data import UserError
from core.entities.reading import shown_to_reader
from core.entities.registry import allowed
from core.installation import installation
from core.messages.models import OwnTemplate
from core.messages.wording import Words, demand_places, filled, values_of


def preview_panel(row: OwnTemplate) -> Markup:
    """The words with the values of the latest record that the reader may see, masked as the reader sees them."""
    installed = installation()
    template = installed.templates.get(row.template)
    entity = installed.entities.get(template.entity) if template is not None else None
    if entity is None or not allowed(entity, "see"):
        return Markup()
    session = installed.database.session()
    record = session.scalar(select(entity.model).order_by(entity.model.id.desc()).limit(1))
    branch = session.get(Branch, current_branch_id())
    if record is None or branch is None:
        return Markup()
    try:
        demand_places(entity, row.subject, row.body)
    except UserError:
        return Markup()
    values = {
        name: str(shown_to_reader(entity, name, value) or "")
        for name, value in values_of(entity, record, branch, row.language).items()
    }
    words: Any = filled(Words(row.subject, row.body), values, row.language)
    return Markup(get_template_attribute("macros/messages.html", "preview")(words))  # noqa: S704 - Jinja escapes
