"""A form from before somebody else's change: both versions side by side, so that the person goes on with either."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from core.entities.cells import cell
from core.entities.query import titles
from core.entities.spec import Entity
from core.installation import installation
from core.ui.shell_form import ShellForm


def both_versions(entity: Entity, record: Any, form: ShellForm) -> dict[str, Any]:
    """What was entered and what is stored now, field by field; the form from now on answers to what is stored.

    Sending the form again saves what was entered; until then nothing is changed.
    """
    form.row_version.data = str(record.row_version)
    names = tuple(each.name for each in entity.fields if each.name in form)
    mine = SimpleNamespace(**{name: _entered(form[name].data) for name in names})
    session = installation().database.session()
    found = titles(session, entity, [mine, record], names)
    rows = [_row(entity, name, mine, record, found) for name in names]
    return {"rows": rows, "stored_at": record.changed_at, "stored_url": f"{entity.path}{record.id}/edit"}


def _row(entity: Entity, name: str, mine: Any, stored: Any, found: Any) -> dict[str, Any]:
    each = entity.field(name)
    texts = [cell(entity, each, version, found)["text"] for version in (mine, stored)]
    return {"label": each.label, "mine": texts[0], "stored": texts[1], "differs": texts[0] != texts[1]}


def _entered(value: Any) -> Any:
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value
