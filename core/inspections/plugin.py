"""What the core says of inspections through the hooks."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field
from core.handbook.kinds import Checklist
from core.handbook.registry import book
from core.hooks import hookimpl
from core.inspections.kinds import NOT_APPLICABLE, NOT_OK, OK
from core.inspections.models import FINISHED, OPEN, Inspection, InspectionResult
from core.inspections.rounds import FILL, INSPECTION, RESULT
from core.inspections.sums import IN_ORDER
from core.inspections.work import WORK
from core.installation import installation
from core.measures.kinds import Measure
from core.menu import RULES, MenuItem
from core.work.kinds import WorkKind


@hookimpl
def views() -> list[type[Any]]:
    from core.handbook.own import previewing as drafts
    from core.handbook.preview import PREVIEWERS, SIZES
    from core.inspections.deeds import tell_handbook
    from core.inspections.previewing import of_checklists, preview_items, rounds_judged
    from core.inspections.views import InspectionView

    tell_handbook()
    PREVIEWERS[Checklist.kind] = of_checklists
    SIZES[Checklist.kind] = rounds_judged
    drafts.PREVIEWERS[Checklist.kind] = preview_items
    return [InspectionView]


@hookimpl
def work() -> list[WorkKind]:
    return [WORK]


@hookimpl
def measures() -> list[Measure]:
    return [IN_ORDER]


@hookimpl
def menu() -> list[MenuItem]:
    return [
        MenuItem(
            _("Fill in inspections"),
            INSPECTION,
            FILL,
            "InspectionView.index",
            icon="checklist",
            order=12,
            group=RULES,
        ),
        MenuItem(
            _("Report of inspections"),
            RESULT,
            "see",
            "InspectionView.report",
            icon="report",
            order=60,
            group=RULES,
        ),
    ]


@hookimpl
def entities() -> list[Entity]:
    return [_inspection(), _result()]


def _inspection() -> Entity:
    return Entity(
        id=INSPECTION,
        model=Inspection,
        label=_("Inspection"),
        label_plural=_("Inspections"),
        fields=(
            Field("round", _("Inspection round"), choices_from=_rounds, readonly=True, filterable=True),
            Field("day", _("Day"), readonly=True, filterable=True),
            Field("first_on", _("For the time from"), readonly=True),
            Field("due_on", _("until"), readonly=True, filterable=True),
            Field("user_id", _("Begun by"), target="core.person", readonly=True, filterable=True),
            Field(
                "state",
                _("State"),
                choices=((OPEN, _("In progress")), (FINISHED, _("Completed"))),
                tones={OPEN: "warning", FINISHED: "success"},
                readonly=True,
                filterable=True,
            ),
            Field("finished_at", _("Finished at"), readonly=True),
            Field("finished_by", _("Finished by"), target="core.person", readonly=True),
        ),
        title="round",
        list_columns=("day", "round", "state", "user_id", "finished_at"),
        order=("-day", "-id"),
        rights=("see", "export"),
        extra_rights=((FILL, _("fill in")),),
        actions=(Action("report", _("Report"), "InspectionView.report", "see", icon="report", on_list=True),),
        panels=(_results,),
        state="state",
        calendar="day",
        day="day",
        menu_group=RULES,
        icon="checklist",
    )


def _result() -> Entity:
    return Entity(
        id=RESULT,
        model=InspectionResult,
        label=_("Inspected item"),
        label_plural=_("Inspected items"),
        fields=(
            Field("told", _("Item"), readonly=True, value=lambda result: result.told),
            Field("round", _("Inspection round"), choices_from=_rounds, readonly=True, filterable=True),
            Field("day", _("Day"), readonly=True, filterable=True),
            Field(
                "verdict",
                _("Verdict"),
                choices=(
                    (OK, _("In order")),
                    (NOT_OK, _("Not in order")),
                    (NOT_APPLICABLE, _("Does not apply")),
                ),
                tones={OK: "success", NOT_OK: "danger"},
                readonly=True,
                filterable=True,
            ),
            Field("remark", _("Remark"), readonly=True),
            Field("responsible_id", _("Responsible"), target="core.person", readonly=True, filterable=True),
            Field("rule", _("Rule"), choices_from=_rules, readonly=True, filterable=True),
            Field("judged_by", _("Judged by"), target="core.person", readonly=True),
            Field("judged_at", _("Judged at"), readonly=True),
            Field("finished", _("Round finished"), readonly=True, filterable=True),
            Field("inspection_id", _("Inspection"), target=INSPECTION, readonly=True, filterable=True),
        ),
        title="told",
        list_columns=("told", "round", "day", "verdict", "remark", "responsible_id", "rule"),
        order=("-day", "-inspection_id", "position"),
        rights=("see", "export"),
        panels=(_why,),
        state="verdict",
        day="day",
        files=True,
        in_menu=False,
        icon="list-check",
    )


def _results(inspection: Inspection) -> Any:
    from core.inspections.shown import results_panel

    return results_panel(inspection)


def _why(result: InspectionResult) -> Any:
    from core.inspections.shown import why_panel

    return why_panel(result)


def _rounds() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.label) for each in installation().inspections.values())


def _rules() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.id) for each in book().rules.values())
