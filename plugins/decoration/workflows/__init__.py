"""How records of the decoration firm move: one module for each area. An area that comes adds its module to `AREAS`."""

from core.workflow.kinds import Workflow
from plugins.decoration.workflows import (
    appraisals,
    callbacks,
    care,
    complaints,
    construction,
    construction_papers,
    construction_stages,
    customers,
    design,
    office,
    owner,
    vip,
)

AREAS = (
    customers,
    design,
    construction,
    construction_stages,
    construction_papers,
    complaints,
    vip,
    care,
    callbacks,
    office,
    appraisals,
    owner,
)
WORKFLOWS: tuple[Workflow, ...] = tuple(workflow for area in AREAS for workflow in area.WORKFLOWS)

__all__ = ["WORKFLOWS"]
