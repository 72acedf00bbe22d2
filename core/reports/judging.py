"""Whether what reports and the rules that ask for them name of each other is there."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping

from core.handbook.kinds import Cadence, Deadline, Obliging, Rule
from core.reports.kinds import ENTITY, PERIODS, Report, by_report


def judged(
    rules: Iterable[Rule],
    reports: Iterable[Report],
    known_reports: Mapping[str, Report],
    known_rules: Mapping[str, Rule],
    positions: Container[str],
) -> list[str]:
    """What is wrong with reports and with the rules that ask for them, one sentence each."""
    ends = {event for each in known_reports.values() for event, _path in by_report(each.id)}
    return [
        *(f"rule {rule.id}: {each}" for rule in rules for each in _of_rule(rule, ends)),
        *(
            f"report {each.id}: {text}"
            for each in reports
            for text in _of(each, known_reports, known_rules, positions)
        ),
    ]


def _of_rule(rule: Rule, ends: Container[str]) -> Iterator[str]:
    if isinstance(rule, Obliging):
        for event, _path in rule.closed_by:
            if event.startswith(f"{ENTITY}.") and event not in ends:
                yield f"there is no report that {event} could be about; declare it"


def _of(
    report: Report, known: Mapping[str, Report], rules: Mapping[str, Rule], positions: Container[str]
) -> Iterator[str]:
    if report.period not in PERIODS:
        yield f"there is no period {report.period!r}; use one of {', '.join(PERIODS)}"
    if not report.signed_by:
        yield "nobody signs it off; name a position in signed_by"
    for each in report.signed_by:
        if each not in positions:
            yield f"there is no position {each}"
    if any(each.rule == report.rule and each.id != report.id for each in known.values()):
        yield f"another report rests on {report.rule} already"
    rule = rules.get(report.rule)
    if not isinstance(rule, Deadline | Cadence):
        yield f"there is no deadline or cadence {report.rule}"
        return
    if rule.entity:
        yield f"{rule.id} is about {rule.entity}; a report is owed by the branch"
    if rule.closed_by != by_report(report.id):
        yield f'only the report ends {rule.id}; let closed_by be by_report("{report.id}")'
