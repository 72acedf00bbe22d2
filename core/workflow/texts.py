"""Labels of states and transitions in the reader's language, and the field that holds a state."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext, lazy_gettext

from core.entities.spec import Field
from core.workflow.kinds import Workflow


def told(text: Any) -> str:
    """A declared text as the reader reads it: `workflows.py` writes msgids, other files lazy texts."""
    return str(gettext(text)) if type(text) is str and text else str(text)


def lazy(text: Any) -> Any:
    """A declared text that is translated when it is shown."""
    return lazy_gettext(text) if type(text) is str else text


def state_field(workflow: Workflow, label: Any, **more: Any) -> Field:
    """The field of an entity that holds the state: its choices are the states, and nobody enters it by hand."""
    choices = tuple((each.id, lazy(each.label)) for each in workflow.states)
    tones = {each.id: each.tone for each in workflow.states}
    return Field(workflow.field, label, choices=choices, tones=tones, readonly=True, **more)
