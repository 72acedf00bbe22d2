"""Reports in words: periods, what is owed, the page with its figures and tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import get_template_attribute
from flask_babel import gettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from core.entities.registry import allowed, entity_by_id
from core.handbook.explain import known_rule
from core.handbook.periods import Period
from core.installation import installation
from core.measures.months import month_of
from core.measures.reach import TARGET, reach
from core.measures.why import address
from core.people.access import by_right, current_person, may, today_in
from core.people.rights.words import names_of
from core.reports import content, duty
from core.reports.kinds import ENTITY, Report
from core.reports.models import FiledReport
from core.reports.states import FILED, OPEN, REPORTS
from core.ui import format as shown
from core.workflow.texts import told

MACROS = "macros/reports.html"
MOST_OWED = 12


def label_of(kind: str) -> str:
    """What a kind of report is called; its id where it is gone."""
    report = installation().reports.get(kind)
    return str(report.label) if report is not None else kind


def period_words(first: date, last: date) -> str:
    """A day, a month, or from when until when."""
    if first == last:
        return shown.date(first)
    if first.day == 1 and month_of(first) == month_of(last):
        return shown.month(first)
    return gettext("%(first)s to %(last)s", first=shown.date(first), last=shown.date(last))


def period_of_record(record: FiledReport) -> str:
    return period_words(record.first_on, record.last_on)


def is_late(record: FiledReport) -> bool:
    """Whether it was handed in after it was due, or is due and not handed in yet."""
    if record.due_on is None:
        return False
    known = record.first_handed_in_on
    return (known if known is not None else today(record)) > record.due_on


def today(record: FiledReport) -> date:
    return today_in(installation().database.session(), record.branch_id)


def _why(first: date, last: date) -> Any:
    """The address where a measure's figure of the month says how it came about; none for other periods, nor for who
    would not be told there."""
    mine = reach() if may(TARGET, "see") else None
    branch = mine.person.branch if mine is not None else None
    known = {each.id: each for _owner, each in installation().measures}
    whole_month = first.day == 1 and month_of(first) == month_of(last) and first != last

    def why(measure_id: str) -> str:
        measure = known.get(measure_id)
        if measure is None or not whole_month or mine is None or branch is None:
            return ""
        with by_right(TARGET, "see"):
            is_told = branch.id in mine.figures(measure)
        return address(measure, month_of(first), branch.code) if is_told else ""

    return why


def said_by(kept: content.Content, first: date, last: date) -> dict[str, Any]:
    """Figures and tables of a content, for the templates."""
    return {
        "figures": content.figures_shown(kept, _why(first, last)),
        "tables": content.tables_shown(kept),
    }


def panel(record: FiledReport) -> Markup:
    """What a report says, on its page."""
    rule = _rule_of(record.kind)
    kept = said_by(record.content, record.first_on, record.last_on)
    return _drawn(
        "said",
        rule_url=f"/core/handbook/rule/{rule}" if rule and known_rule(rule) is not None else "",
        rule=rule,
        **kept,
    )


def _rule_of(kind: str) -> str:
    report = installation().reports.get(kind)
    return report.rule if report is not None else ""


def _drawn(macro: str, **context: Any) -> Markup:
    return Markup(get_template_attribute(MACROS, macro)(**context))  # noqa: S704 - Jinja escapes


# ---------------------------------------------------------------- filling in


def fill(
    session: Session, report: Report, period: Period, record: FiledReport | None, kept: content.Content
) -> dict[str, Any]:
    """The page on which a report is read and handed in."""
    due = duty.due_of(session, report, period)
    names = names_of(session, {record.sent_back_by or 0} if record is not None else set())
    return {
        "title": str(report.label),
        "period": period_words(period.first, period.last),
        "due": shown.date(due) if due is not None else "",
        "asks": str(report.asks),
        "url": f"{report.path}?on={period.first.isoformat()}",
        "earlier": _beside(report, period, back=True),
        "later": _beside(report, period, back=False),
        "sent_back": _sent_back(record, names) if record is not None else None,
        **said_by(kept, period.first, period.last),
    }


def _beside(report: Report, period: Period, *, back: bool) -> str:
    """The address of the period before, or after; none after the present one."""
    person = current_person()
    day = date.fromordinal(period.first.toordinal() - 1 if back else period.last.toordinal() + 1)
    if person is None or person.branch is None:
        return ""
    now = today_in(installation().database.session(), person.branch.id)
    return f"{report.path}?on={report.of_day(day).first.isoformat()}" if day <= now else ""


def _sent_back(record: FiledReport, names: Mapping[int, str]) -> dict[str, str] | None:
    if record.state in FILED or record.sent_back_on is None:
        return None
    return {
        "who": names.get(record.sent_back_by or 0, shown.DASH),
        "on": shown.date(record.sent_back_on),
        "why": record.reason or "",
    }


def index(
    session: Session, reports: Sequence[Report], now: Mapping[str, FiledReport], day: date
) -> list[dict[str, Any]]:
    """The reader's reports: where the present period stands, and what is owed of each."""
    return [_line(session, each, now.get(each.id), day) for each in reports]


def _line(session: Session, report: Report, record: FiledReport | None, day: date) -> dict[str, Any]:
    period, entity = report.owed_on(day), entity_by_id(ENTITY)
    owed = duty.open_duties(session, report, MOST_OWED)
    state = REPORTS.state(record.state) if record is not None else None
    lies = record is not None and record.state not in OPEN and allowed(entity, "see")
    return {
        "label": str(report.label),
        "period": period_words(period.first, period.last),
        "url": f"{entity.path}{record.id}" if record is not None and lies else _address(report, period),
        "state": told(state.label) if state is not None else gettext("Not begun"),
        "tone": state.tone if state is not None else "neutral",
        "owed": [
            {
                "period": period_words(of.first, of.last),
                "url": _address(report, of),
                "due": shown.date(due_on),
                "late": due_on < day,
            }
            for on, due_on in owed
            for of in (report.owed_on(on),)
        ],
    }


def _address(report: Report, period: Period) -> str:
    return f"{report.path}?on={period.first.isoformat()}"
