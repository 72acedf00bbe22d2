"""What the record's page and the form's template show."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_babel import gettext

from core.branches.scope import branch_scope
from core.entities.cells import cell
from core.entities.changing import may_delete, may_edit
from core.entities.listing import shown_action
from core.entities.query import titles
from core.entities.reading import readable, shown_names, title_for_reader
from core.entities.registry import allowed
from core.entities.related import related_list
from core.entities.spanning import is_own
from core.entities.spec import Entity
from core.installation import installation
from core.ui.shell_form import ShellForm


def page_context(entity: Entity, record: Any) -> dict[str, Any]:
    """The context of `entities/page.html`."""
    session = installation().database.session()
    found = titles(session, entity, [record])
    names = shown_names(entity, [each.name for each in entity.fields])
    values = {name: _value(entity, name, record, found) for name in names}
    sections = [
        {
            "label": section.label,
            "fields": [
                values[name] for name in section.fields if name in values and name not in entity.key_facts
            ],
        }
        for section in entity.grouped()
    ]
    return {
        "entity": entity,
        "title": title_for_reader(entity, record),
        "subtitle": str(entity.label),
        "state": _state(entity, record),
        "facts": [values[name] for name in entity.key_facts if name in values],
        "sections": [section for section in sections if section["fields"]],
        "related": [each for each in (related_list(entity, record, one) for one in entity.related) if each],
        "extra_panels": _panels(entity, record),
        "actions": page_actions(entity, record),
        "list_url": entity.path,
        "files": _files(entity, record),
        "timeline": _timeline(entity, record),
        "history_url": _history_url(entity, record),
    }


def _panels(entity: Entity, record: Any) -> list[Any]:
    """What the panels show; of another branch's record, as that branch itself would see it."""
    if is_own(record):
        return _drawn_panels(entity, record)
    with branch_scope(record.branch_id):
        return _drawn_panels(entity, record)


def _drawn_panels(entity: Entity, record: Any) -> list[Any]:
    moves, findings = installation().moves_panel, installation().findings_box
    first = moves(entity, record) if moves is not None else ""
    last = findings(entity, record) if findings is not None else ""
    return [each for each in (first, *(panel(record) for panel in entity.panels), last) if each]


def _value(entity: Entity, name: str, record: Any, found: Any) -> dict[str, Any]:
    each = entity.field(name)
    shown = cell(entity, each, record, found)
    wide = entity.kind(each) in ("long_text", "json")
    return {"label": each.label, "value": shown["text"], "url": shown.get("url", ""), "wide": wide}


def _state(entity: Entity, record: Any) -> dict[str, Any] | None:
    if entity.state_of is not None:
        found = entity.state_of(record)
        return {"label": str(found[0]), "tone": found[1]} if found else None
    if not entity.state or not readable(entity, entity.state):
        return None
    each = entity.field(entity.state)
    code = str(getattr(record, entity.state))
    return {"label": dict(each.options).get(code, code), "tone": each.tones.get(code, "neutral")}


def page_actions(entity: Entity, record: Any) -> list[dict[str, Any]]:
    """What the person may do to this record, the most usual last."""
    actions: list[dict[str, Any]] = []
    if not is_own(record):
        return actions
    if may_delete(entity, record):
        actions.append(
            {
                "label": gettext("Delete"),
                "url": f"{entity.path}{record.id}/delete",
                "method": "POST",
                "icon": "trash",
                "danger": True,
                "confirm": gettext("Delete %(title)s for good?", title=title_for_reader(entity, record)),
            }
        )
    if may_edit(entity, record):
        actions.append({"label": gettext("Edit"), "url": f"{entity.path}{record.id}/edit", "icon": "pencil"})
    for each in entity.actions:
        if not each.on_list and allowed(entity, each.right) and (each.shown is None or each.shown(record)):
            actions.append(shown_action(each, id=record.id))
    moves = installation().moves
    return [*actions, *(moves(entity, record) if moves is not None else ())]


def _files(entity: Entity, record: Any) -> dict[str, Any] | None:
    box = installation().files_box
    return box(entity, record) if entity.files and box is not None else None


def _timeline(entity: Entity, record: Any) -> dict[str, Any] | None:
    box = installation().timeline_box
    return box(entity, record) if box is not None else None


def _history_url(entity: Entity, record: Any) -> str:
    address = installation().history_url
    return address(entity, record) if address is not None else ""


def form_context(entity: Entity, record: Any, form: ShellForm) -> dict[str, Any]:
    """The context of `entities/form.html`."""
    sections = [
        {"label": section.label, "fields": [name for name in section.fields if name in form]}
        for section in entity.grouped()
    ]
    if record is None:
        title = gettext("New %(thing)s", thing=str(entity.label))
        back = entity.path
    else:
        title = gettext("Edit %(thing)s", thing=str(entity.label))
        back = url_for("EntityView.page", plugin=entity.plugin, name=entity.name, id=record.id)
    return {
        "entity": entity,
        "title": title,
        "record_title": "" if record is None else title_for_reader(entity, record),
        "form": form,
        "alike": _alike(entity, record),
        "sections": [section for section in sections if section["fields"]],
        "cancel_url": back,
    }


def _alike(entity: Entity, record: Any) -> dict[str, Any] | None:
    """Where the form asks for records that may be the same, and when."""
    if entity.alike is None:
        return None
    number = {} if record is None else {"id": record.id}
    url = url_for("EntityView.alike", plugin=entity.plugin, name=entity.name, **number)
    return {"url": url, "when": ", ".join(f"change from:#{name}" for name in entity.alike_by)}
