"""What the core says of targets through the hooks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.scope import current_branch_id
from core.data import UserError
from core.entities.spec import Entity, Field
from core.handbook.kinds import Threshold
from core.handbook.own import previewing as drafts
from core.handbook.preview import PREVIEWERS
from core.handbook.replay import REPLAYERS
from core.hooks import hookimpl
from core.installation import installation
from core.jobs.kinds import Chunk, Done, JobContext, JobKind, Planned
from core.measures import keeping
from core.measures.kinds import COUNT, MONEY, SHARE
from core.measures.models import Figure, Target
from core.measures.months import PATTERN
from core.measures.previewing import of_count, of_thresholds
from core.measures.reach import TARGET
from core.measures.replaying import replay_figures
from core.measures.words import UNITS
from core.people.access import today_in

REPLAYERS.append(replay_figures)
PREVIEWERS[Threshold.kind] = of_thresholds
drafts.PREVIEWERS[Threshold.kind] = of_count


@hookimpl
def jobs() -> list[JobKind]:
    return [
        JobKind(
            id=keeping.FIGURES,
            label=_("Work out figures"),
            entity=TARGET,
            right="see",
            plan=_plan,
            work=_work,
            result_endpoint="HomeView.dashboard",
            daily=keeping.due,
            reads_first=True,
        )
    ]


def _plan(session: Session, _job: JobContext) -> Planned:
    found = [{"measures": each} for each in keeping.chunks(session)]
    return Planned(found, len(found))


def _work(session: Session, job: JobContext, chunk: Chunk) -> Done:
    """What is counted together. Done twice, it comes to the same."""
    day = today_in(session, job.branch_id)
    return Done(1, {"figures": keeping.keep(session, chunk["measures"], day)})


@hookimpl
def entities() -> list[Entity]:
    return [
        Entity(
            id=TARGET,
            model=Target,
            label=_("Target"),
            label_plural=_("Targets"),
            fields=(
                Field("measure", _("Measure"), choices_from=measure_choices, filterable=True, only_new=True),
                Field("month", _("Month"), pattern=PATTERN, help=_("For example 2026-10."), filterable=True),
                Field("value", _("Target value"), inline=True, help=_("A share is entered in percent.")),
                Field("unit", _("Unit"), kind="text", value=unit_of, readonly=True),
            ),
            title="month",
            list_columns=("month", "measure", "value", "unit"),
            order=("-month", "measure"),
            rights=("see", "add", "edit", "delete", "export", "import"),
            importable=True,
            natural_key=("measure", "month"),
            check=check_target,
            icon="target",
        )
    ]


def measure_choices() -> tuple[tuple[str, Any], ...]:
    """Every measure that a running plugin declares."""
    return tuple((each.id, each.label) for _owner, each in installation().measures)


def unit_of(target: Target) -> str:
    """In what the value counts; empty when the measure's plugin is gone."""
    units = {each.id: each.unit for _owner, each in installation().measures}
    return str(UNITS[units[target.measure]]) if target.measure in units else ""


def check_target(target: Target) -> None:
    """A target is not below zero, and a share not above the whole; what was judged for good keeps its own."""
    units = {each.id: each.unit for _owner, each in installation().measures}
    if target.value < 0:
        raise UserError("A target is not below zero.", field="value")
    if units.get(target.measure) == SHARE and target.value > 100:
        raise UserError("A share is at most 100 percent.", field="value")
    if units.get(target.measure) == COUNT and target.value != target.value.to_integral_value():
        raise UserError("This is counted in whole pieces.", field="value")
    if units.get(target.measure) == MONEY and target.value != round(target.value, 2):
        raise UserError("Yuan have at most two decimals.", field="value")
    if _is_final(target):
        raise UserError("The figure of this month is final, and with it what was asked for.", field="month")


def _is_final(target: Target) -> bool:
    kept = select(Figure.id).where(
        Figure.branch_id == (target.branch_id or current_branch_id()),
        Figure.month == target.month,
        Figure.measure == target.measure,
        Figure.final,
    )
    session = installation().database.session()
    with session.no_autoflush:
        return session.scalar(kept) is not None
