"""How records of the decoration firm move: one module for each area. An area that comes adds its module to `AREAS`."""

from core.workflow.kinds import Workflow
from plugins.decoration.workflows import construction, customers, design

AREAS = (customers, design, construction)
WORKFLOWS: tuple[Workflow, ...] = tuple(workflow for area in AREAS for workflow in area.WORKFLOWS)

__all__ = ["WORKFLOWS"]
