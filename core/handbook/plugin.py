"""What the core says of the rule book through the hooks: its screens, the settings that people changed, findings."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.entities.spec import Action, Entity, Field
from core.handbook.models import CAME_TO, NOT_IN_ORDER, REFUSED, WARNED, Finding, RuleSetting
from core.handbook.own.models import DRAFT, PUBLISHED, RETIRED, OwnRule
from core.handbook.registry import book
from core.handbook.rights import APPROVE, CHANGE, FINDING, OWN_RULE, PUBLISH, RULE, WRITE
from core.hooks import hookimpl
from core.installation import installation
from core.menu import RULES
from core.people.positions import Position, grant


@hookimpl
def views() -> list[type[Any]]:
    from core.handbook.own.narrowing import tell_rights
    from core.handbook.own.views import OwnRuleView
    from core.handbook.screens.rest import RuleApi
    from core.handbook.screens.views import HandbookView

    tell_rights()
    return [HandbookView, OwnRuleView, RuleApi]


@hookimpl
def positions() -> list[Position]:
    """Who keeps the rule books at the head office: what needs two people has them in one and the other."""
    keeps = _("Keeps the rule books of the departments (head office)")
    approves = _("Approves what changes in the rule books (head office)")
    return [
        Position(
            "core.rule-keeper",
            _("Keeper of the rule book"),
            (
                grant(RULE, "see", "export", CHANGE, clause=keeps),
                grant(FINDING, "see", "export", clause=keeps),
                grant(OWN_RULE, "see", "export", WRITE, clause=keeps),
            ),
            oversees=True,
        ),
        Position(
            "core.rule-approver",
            _("Approver of the rule book"),
            (
                grant(RULE, "see", "export", APPROVE, clause=approves),
                grant(OWN_RULE, "see", "export", PUBLISH, clause=approves),
            ),
            oversees=True,
        ),
    ]


@hookimpl
def entities() -> list[Entity]:
    return [_setting(), _finding(), _own_rule()]


def _setting() -> Entity:
    """Above all for its rights; what was changed is listed too, the screens of the handbook change it."""
    return Entity(
        id=RULE,
        model=RuleSetting,
        label=_("Rule setting"),
        label_plural=_("Rule settings"),
        fields=(
            Field("rule", _("Rule"), readonly=True, filterable=True),
            Field("setting", _("Setting"), readonly=True),
            Field("branch_id", _("Branch"), target="core.branch", readonly=True, filterable=True),
            Field("from_on", _("From this day on"), readonly=True, filterable=True),
            Field("in_force_on", _("In force from"), readonly=True),
            Field("why", _("Reason"), readonly=True),
            Field("set_by", _("Set by"), target="core.person", readonly=True),
            Field("set_at", _("Set at"), readonly=True),
            Field("approved_by", _("Approved by"), target="core.person", readonly=True),
            Field("withdrawn_at", _("Withdrawn at"), readonly=True),
        ),
        title="rule",
        list_columns=(
            "rule",
            "setting",
            "branch_id",
            "from_on",
            "in_force_on",
            "why",
            "set_by",
            "withdrawn_at",
        ),
        order=("-id",),
        rights=("see", "export"),
        extra_rights=((CHANGE, _("change")), (APPROVE, _("approve"))),
        in_menu=False,
        icon="adjustments",
    )


def _finding() -> Entity:
    return Entity(
        id=FINDING,
        model=Finding,
        label=_("Finding"),
        label_plural=_("Findings"),
        fields=(
            Field("at", _("Found at"), readonly=True),
            Field("rule", _("Rule"), choices_from=_rules, readonly=True, filterable=True),
            Field(
                "outcome",
                _("Outcome"),
                choices=(
                    (REFUSED, _("Refused")),
                    (WARNED, _("Doubted")),
                    (CAME_TO, _("Worked out")),
                    (NOT_IN_ORDER, _("Not in order")),
                ),
                tones={REFUSED: "danger", WARNED: "warning", CAME_TO: "info", NOT_IN_ORDER: "danger"},
                readonly=True,
                filterable=True,
            ),
            Field("entity", _("Object"), choices_from=_objects, readonly=True, filterable=True),
            Field("subject_id", _("Record"), readonly=True),
            Field("day", _("Day of the event"), readonly=True, filterable=True),
            Field("user_id", _("Person"), target="core.person", readonly=True),
        ),
        title="rule",
        list_columns=("at", "rule", "outcome", "entity", "subject_id", "day", "user_id"),
        order=("-id",),
        rights=("see", "export"),
        panels=(_why,),
        state="outcome",
        menu_group=RULES,
        icon="gavel",
    )


def _own_rule() -> Entity:
    """Written, previewed and published on screens of their own."""
    return Entity(
        id=OWN_RULE,
        model=OwnRule,
        label=_("Own rule"),
        label_plural=_("Own rules"),
        fields=(
            Field("number", _("Number"), readonly=True),
            Field("version", _("Version"), readonly=True),
            Field("name", _("Name of the rule"), readonly=True),
            Field("says", _("What it says"), readonly=True),
            Field("entity", _("Object"), choices_from=_objects, readonly=True, filterable=True),
            Field("moment", _("When"), readonly=True, value=_moment),
            Field("effect", _("Effect"), readonly=True, value=_effect),
            Field("branch_id", _("Branch"), target="core.branch", readonly=True, filterable=True),
            Field(
                "state",
                _("State"),
                choices=((DRAFT, _("Draft")), (PUBLISHED, _("In force")), (RETIRED, _("Retired"))),
                tones={DRAFT: "neutral", PUBLISHED: "success", RETIRED: "warning"},
                readonly=True,
                filterable=True,
            ),
            Field("from_on", _("In force from"), readonly=True),
            Field("expression", _("Condition"), readonly=True, value=_condition),
            Field("made_by", _("Written by"), target="core.person", readonly=True),
            Field("published_by", _("Published by"), target="core.person", readonly=True),
            Field("retired_at", _("Retired at"), readonly=True),
        ),
        title="name",
        list_columns=("number", "version", "name", "says", "entity", "branch_id", "state", "from_on"),
        order=("-id",),
        rights=("see", "export"),
        extra_rights=((WRITE, _("write")), (PUBLISH, _("publish"))),
        actions=(
            Action("write", _("New rule"), "OwnRuleView.new", WRITE, icon="plus", on_list=True, primary=True),
            Action("take", _("From a file"), "OwnRuleView.take", WRITE, icon="upload", on_list=True),
            Action("give", _("As a file"), "OwnRuleView.give", "see", icon="download", on_list=True),
            Action("edit-own", _("Write"), "OwnRuleView.edit", WRITE, icon="pencil"),
            Action(
                "retire",
                _("Retire"),
                "OwnRuleView.retire",
                PUBLISH,
                icon="archive",
                method="POST",
                confirm=_("Take this rule out of force? What it decided stays explained."),
                shown=_is_published,
            ),
        ),
        state="state",
        menu_group=RULES,
        icon="pencil-bolt",
    )


def _condition(row: OwnRule) -> str:
    from core.handbook.own.told import told_condition

    return told_condition(row)


def _moment(row: OwnRule) -> str:
    from core.handbook.own.moments import told

    entity = installation().entities.get(row.entity)
    return told(entity, row.effect, row.moment) if entity is not None else row.moment


def _effect(row: OwnRule) -> str:
    from core.handbook.own.forms import EFFECTS

    return str(EFFECTS[row.effect])


def _is_published(row: OwnRule) -> bool:
    return row.state == PUBLISHED


def _why(finding: Finding) -> Any:
    from core.handbook.screens.panels import why_panel

    return why_panel(finding)


def _rules() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.id) for each in book().rules.values())


def _objects() -> tuple[tuple[str, Any], ...]:
    return tuple((each.id, each.label) for each in installation().entities.values())
