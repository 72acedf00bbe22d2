"""The contexts of the pages of inspections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask import get_template_attribute, url_for
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.data import UserError
from core.entities.spanning import branch_names
from core.handbook.explain import known_rule
from core.handbook.models import Finding
from core.handbook.periods import Period
from core.handbook.words import said
from core.inspections.duty import Duty
from core.inspections.entered import PERSON, PHOTO, REMARK, VERDICT
from core.inspections.items import Item, told_item
from core.inspections.kinds import NOT_APPLICABLE, NOT_OK, OK, InspectionRound
from core.inspections.models import FINISHED, Inspection, InspectionResult
from core.inspections.rounds import RESULT, Standing
from core.inspections.service import photos_of
from core.inspections.sums import Counts, Worst, list_of
from core.installation import installation
from core.measures.months import first_day, moved
from core.people.rights.words import names_of
from core.ui import format as shown

MACROS = "macros/inspections.html"
TONES = {OK: "success", NOT_OK: "danger", NOT_APPLICABLE: "neutral"}


def verdicts() -> dict[str, str]:
    return {
        OK: gettext("In order"),
        NOT_OK: gettext("Not in order"),
        NOT_APPLICABLE: gettext("Does not apply"),
    }


def left(round_: InspectionRound, inspection: Inspection) -> Standing:
    """An inspection of an earlier period; its items are those that it was begun with."""
    return Standing(round_, Period(inspection.first_on, inspection.due_on), (), inspection)


# ---------------------------------------------------------------- the rounds of a person


def index(session: Session, found: Sequence[Standing], late: Sequence[Inspection]) -> dict[str, Any]:
    """Late ones first, then where each round stands."""
    rounds = installation().inspections
    people = {each.inspection.finished_by or 0 for each in found if each.inspection is not None}
    names = names_of(session, people - {0})
    return {
        "late": [
            {
                "label": str(rounds[each.round].label),
                "url": f"{rounds[each.round].path}?on={each.first_on.isoformat()}",
                "due": shown.date(each.due_on),
            }
            for each in late
        ],
        "rounds": [_round(each, names) for each in found],
    }


def _round(each: Standing, names: Mapping[int, str]) -> dict[str, Any]:
    inspection = each.inspection
    is_done = inspection is not None and inspection.state == FINISHED
    state = gettext("Not begun")
    if inspection is not None:
        state = gettext("Completed") if is_done else gettext("In progress")
    return {
        "label": str(each.round.label),
        "help": str(each.round.help or ""),
        "url": each.round.path,
        "due": shown.date(each.period.last),
        "items": shown.number(len(each.items)),
        "state": state,
        "tone": "success" if is_done else "neutral" if inspection is None else "warning",
        "by": names.get(inspection.finished_by or 0, "") if inspection is not None else "",
        "is_done": is_done,
    }


# ---------------------------------------------------------------- filling in


def fill(
    session: Session,
    found: Standing,
    sent: Mapping[str, str],
    error: UserError | None,
) -> dict[str, Any]:
    """The form of a round: as it is kept, or as it was `sent` and refused."""
    results = found.inspection.results if found.inspection is not None else []
    photos = photos_of(session, results) if results else {}
    kept = [_kept(each, len(photos.get(each.id, ()))) for each in results]
    items = kept or [_fresh(each) for each in found.items]
    for each in items:
        _take(each, sent)
        each["error"] = str(error) if error is not None and error.field == each["name"] else ""
    wrong = next((each for each in items if each["error"]), None)
    return {
        "round": found.round,
        "due": shown.date(found.period.last),
        "first": found.period.first.isoformat(),
        "items": items,
        "done": sum(1 for each in items if each["verdict"]),
        "verdicts": [{"code": code, "label": label} for code, label in verdicts().items()],
        "error": str(error) if error is not None else "",
        "error_at": wrong["id"] if wrong is not None else "",
    }


def _kept(result: InspectionResult, photos: int) -> dict[str, Any]:
    return {
        **_named(result.name, result.rule, result.told),
        "verdict": result.verdict or "",
        "remark": result.remark or "",
        "person": str(result.responsible_id or ""),
        "photos": photos,
    }


def _fresh(item: Item) -> dict[str, Any]:
    told = told_item(item.text, item.rule.id, item.settings)
    return {
        **_named(item.name, item.rule.id, told),
        "verdict": "",
        "remark": "",
        "person": "",
        "photos": 0,
    }


def _named(name: str, rule_id: str, text: str) -> dict[str, Any]:
    rule = known_rule(rule_id)
    clause = f"{said(rule.clause.document)} {rule.clause.heading}" if rule is not None else ""
    return {
        "name": name,
        "id": f"item-{name.replace('.', '-')}".rstrip("-"),
        "text": text,
        "rule": rule_id,
        "clause": clause,
        "fields": {"verdict": VERDICT, "remark": REMARK, "person": PERSON, "photo": PHOTO},
    }


def _take(item: dict[str, Any], sent: Mapping[str, str]) -> None:
    for part in ("verdict", "remark", "person"):
        item[part] = sent.get(f"{item['fields'][part]}{item['name']}", item[part])


# ---------------------------------------------------------------- the page of an inspection


def results_panel(inspection: Inspection) -> Markup:
    """Every item of an inspection with what was found, and the way to its reason."""
    session = installation().database.session()
    results = inspection.results
    ids = [each.id for each in results]
    why = {
        each.subject_id: f"/core/handbook/why/finding/{each.key}"
        for each in session.scalars(
            select(Finding).where(Finding.entity == RESULT, Finding.subject_id.in_(ids))
        )
    }
    photos = photos_of(session, results)
    names = names_of(session, {each.responsible_id for each in results if each.responsible_id})
    labels = verdicts()
    rows = [
        {
            "text": each.told,
            "url": f"/core/inspection-result/{each.id}",
            "rule": each.rule,
            "rule_url": f"/core/handbook/rule/{each.rule}" if known_rule(each.rule) is not None else "",
            "verdict": labels.get(each.verdict or "", ""),
            "tone": TONES.get(each.verdict or "", "neutral"),
            "remark": each.remark or "",
            "responsible": names.get(each.responsible_id or 0, ""),
            "photos": [
                {"url": url_for("FileView.download", file_id=photo.id), "number": number}
                for number, photo in enumerate(photos.get(each.id, ()), 1)
            ],
            "why": why.get(each.id, ""),
        }
        for each in results
    ]
    return _drawn("results", rows=rows)


def why_panel(result: InspectionResult) -> Markup:
    """Why an item is a finding."""
    session = installation().database.session()
    found = session.scalar(select(Finding).where(Finding.entity == RESULT, Finding.subject_id == result.id))
    if found is None:
        return Markup()
    from core.handbook.screens.panels import why_panel as handbook_panel

    return handbook_panel(found)


def _drawn(macro: str, **context: Any) -> Markup:
    return Markup(get_template_attribute(MACROS, macro)(**context))  # noqa: S704 - Jinja escapes


# ---------------------------------------------------------------- the report


def report(
    month: str,
    now: str,
    counts: Sequence[Counts],
    worst: Sequence[Worst],
    owed: Mapping[tuple[int, str], Duty],
) -> dict[str, Any]:
    """A month's shares by branch and round, also of rounds that nobody made, and the items that were most often not in
    order."""
    names, rounds = branch_names(), installation().inspections
    made = {(each.branch_id, each.round) for each in counts}
    nobody = [Counts(*key, 0, 0, 0, 0) for key in owed if key not in made]
    order = {each: place for place, each in enumerate(rounds)}
    counts = sorted((*counts, *nobody), key=lambda each: (each.branch_id, order.get(each.round, len(order))))
    later = moved(month, 1)
    return {
        "month": shown.month(first_day(month)),
        "earlier": f"/core/inspections/report?month={moved(month, -1)}",
        "later": f"/core/inspections/report?month={later}" if later <= now else "",
        "spans": len({each.branch_id for each in counts}) > 1,
        "rows": [
            {
                "branch": names.get(each.branch_id, ""),
                "round": str(rounds[each.round].label) if each.round in rounds else each.round,
                "inspections": shown.number(each.inspections),
                "duty": told_duty(owed.get((each.branch_id, each.round))),
                "missed": (one := owed.get((each.branch_id, each.round))) is not None and one.made < one.due,
                "ok": shown.number(each.ok),
                "not_ok": shown.number(each.not_ok),
                "not_applicable": shown.number(each.not_applicable),
                "share": shown.percent(Decimal(each.ok) / each.judged) if each.judged else "",
                "url": list_of(month, round=each.round),
                "not_ok_url": list_of(month, round=each.round, verdict=NOT_OK) if each.not_ok else "",
            }
            for each in counts
        ],
        "worst": [
            {
                "text": _text_of(each),
                "round": str(rounds[each.round].label) if each.round in rounds else each.round,
                "rule": each.rule,
                "count": shown.number(each.count),
                "url": list_of(month, rule=each.rule, verdict=NOT_OK),
            }
            for each in worst
        ],
    }


def told_duty(owed: Duty | None) -> str:
    """`12 of 30`: how many of those that were due were made."""
    if owed is None:
        return ""
    return gettext("%(made)s of %(due)s", made=shown.number(owed.made), due=shown.number(owed.due))


def _text_of(each: Worst) -> str:
    """The item by what it says; its settings may have changed within the month, so those of the book stand in."""
    rule = known_rule(each.rule)
    settings = {one.name: one.default for one in rule.settings} if rule is not None else {}
    return told_item(each.text, each.rule, settings)
