"""The contexts of the handbook's pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import get_locale, gettext, lazy_gettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.data import clock
from core.entities.registry import allowed
from core.entities.spec import Entity
from core.handbook.changing import history_of
from core.handbook.kinds import Clause, Rule
from core.handbook.models import CAME_TO, NOT_IN_ORDER, REFUSED, WARNED, Finding, RuleSetting
from core.handbook.own.rules import of_plugin
from core.handbook.registry import book
from core.handbook.rights import FINDING
from core.handbook.settings import InForce, Shelf
from core.handbook.stored import live
from core.handbook.values import Setting
from core.handbook.words import label_of, said, sentence, told_setting
from core.installation import installation
from core.people.access import Person, may
from core.people.rights.snapshot import Node, present, tree_of
from core.people.rights.words import names_of, place
from core.ui import format as shown

DAYS_BACK = 30
KINDS: Mapping[str, Any] = {
    "check": lazy_gettext("Check"),
    "checklist": lazy_gettext("Checklist"),
    "deadline": lazy_gettext("Deadline"),
    "cadence": lazy_gettext("Cadence"),
    "amount": lazy_gettext("Amount"),
    "threshold": lazy_gettext("Threshold"),
    "approval": lazy_gettext("Approval"),
    "notice": lazy_gettext("Notice"),
    "access": lazy_gettext("Access"),
}
OUTCOMES: Mapping[str, Any] = {
    REFUSED: lazy_gettext("refused"),
    WARNED: lazy_gettext("doubted"),
    CAME_TO: lazy_gettext("worked out"),
    NOT_IN_ORDER: lazy_gettext("not in order"),
}
Did = dict[str, Counter[str]]
"""By rule: how often each thing was done, by its label."""
DOERS: list[Callable[[Session, date], Did]] = []
"""What counts beside findings (obligations, messages): packages above add theirs when they are imported."""


def did_lately(session: Session, day: date) -> Did:
    """What every rule did in the branches in scope in the last days, counted in the database."""
    since = clock.now() - timedelta(days=DAYS_BACK)
    statement = (
        select(Finding.rule, Finding.outcome, func.count(Finding.id))
        .where(Finding.at >= since)
        .group_by(Finding.rule, Finding.outcome)
    )
    found: Did = defaultdict(Counter)
    for rule, outcome, count in session.execute(statement):
        found[rule][str(OUTCOMES[outcome])] += count
    for doer in DOERS:
        for rule, counts in doer(session, day - timedelta(days=DAYS_BACK)).items():
            found[rule].update(counts)
    return found


def title_of(plugin: str) -> str:
    """A department's name."""
    known = installation().host.plugin(plugin)
    return known.manifest.title.of(str(get_locale() or "en")) if known is not None else plugin


def departments(plugins: list[str]) -> list[dict[str, Any]]:
    """The departments with the number of their clauses and rules."""
    return [
        {
            "title": title_of(each),
            "url": f"/core/handbook/{each}",
            "clauses": shown.number(len(book().clauses(each))),
            "rules": shown.number(len(book().owned_by(each))),
        }
        for each in plugins
    ]


def department(session: Session, person: Person, plugin: str, kind: str) -> dict[str, Any]:
    """Clauses with their rules, both ways, as in force in the active branch today."""
    branch_id, day = _here(person)
    own = of_plugin(session, plugin, branch_id)
    rules = [each for each in (*book().owned_by(plugin), *own) if kind in ("", each.kind)]
    shelf, did = Shelf(session, rules), did_lately(session, day)
    rows = {each.id: _row(shelf, each, branch_id, day, did.get(each.id, Counter())) for each in rules}
    documents: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for clause, held in (*book().clauses(plugin).values(), *((each.clause, [each]) for each in own)):
        if found := [rows[each.id] for each in held if each.id in rows]:
            documents[said(clause.document)].append(_clause(clause, found))
    kinds = dict.fromkeys(each.kind for each in (*book().owned_by(plugin), *own))
    return {
        "title": title_of(plugin),
        "documents": [{"title": name, "clauses": clauses} for name, clauses in documents.items()],
        "flows": flows(each for each in installation().entities.values() if each.plugin == plugin),
        "count": shown.number(len(rows)),
        "kinds": [{"code": each, "label": str(KINDS[each])} for each in kinds],
        "kind": kind,
        "days": DAYS_BACK,
    }


def _clause(clause: Clause, rules: list[dict[str, Any]]) -> dict[str, Any]:
    """A clause with its rules; what it says is left out where a rule says the same."""
    says = said(clause.says)
    is_said = any(each["sentence"] == says for each in rules)
    return {"heading": clause.heading, "says": "" if is_said else says, "rules": rules}


def flows(entities: Iterable[Entity]) -> list[dict[str, str]]:
    """The drawings of the workflows of entities, for who may see these."""
    return [
        {"label": str(each.label_plural), "url": f"/core/workflow/{each.id.replace('.', '/')}/"}
        for each in entities
        if each.id in installation().workflows and allowed(each, "see")
    ]


def _row(shelf: Shelf, rule: Rule, branch_id: int, day: date, did: Counter[str]) -> dict[str, Any]:
    held = {each.name: shelf.in_force(rule, each.name, branch_id, day) for each in rule.settings}
    return {
        "id": rule.id,
        "url": f"/core/handbook/rule/{rule.id}",
        "kind": str(KINDS[rule.kind]),
        "clause": f"{said(rule.clause.document)} {rule.clause.heading}",
        "sentence": sentence(rule, {name: each.value for name, each in held.items()}),
        "settings": [_setting(rule, name, each) for name, each in held.items()],
        "is_idle": any(held[each.name].value is None for each in rule.settings if not each.optional),
        "did": told_counts(did),
        "tests": len(rule.shown_by),
    }


def _setting(rule: Rule, name: str, held: InForce) -> dict[str, Any]:
    setting = rule.setting(name)
    since = held.row.in_force_on if held.row is not None else None
    return {
        "name": name,
        "label": label_of(setting),
        "value": told_setting(setting, held.value),
        "since": shown.date(since) if since else gettext("from the start"),
        "is_own": held.row is not None,
        "by_two": setting.by_two,
        "fixed": said(setting.fixed),
        "is_open": held.value is None,
        "is_inferred": setting.inferred,
        "remarks": _remarks(setting, held.value),
        "book": told_setting(setting, setting.default),
        "suggested": told_setting(setting, setting.suggested) if setting.suggested is not None else "",
    }


def _remarks(setting: Setting, value: Any) -> list[str]:
    """Why it is fixed, what is so while it is unset, and that the paper does not name the figure."""
    unset = said(setting.unset) if value is None else ""
    chosen = gettext("The paper gives no figure here; the rule book's own was chosen.")
    return [each for each in (said(setting.fixed), unset, chosen if setting.inferred else "") if each]


def told_counts(did: Counter[str]) -> str:
    """`3 refused, 1 doubted`; empty for nothing."""
    return shown.listed(f"{shown.number(count)} {label}" for label, count in did.most_common())


def rule_page(session: Session, person: Person, rule: Rule, plugin: str) -> dict[str, Any]:
    """One rule: what it says here today, its settings with their history, its clause, tests and deeds."""
    branch_id, day = _here(person)
    shelf = Shelf(session, (rule,))
    tree = tree_of(session, person.known or present(session))
    row = _row(shelf, rule, branch_id, day, did_lately(session, day).get(rule.id, Counter()))
    for each in row["settings"]:
        held = shelf.in_force(rule, each["name"], branch_id, day)
        each["where"] = place(tree, held.row.branch_id) if held.row is not None else gettext("the rule book")
        each["url"] = f"/core/handbook/rule/{rule.id}/{each['name']}"
    return {
        **row,
        "says": said(rule.clause.says),
        "plugin": {
            "title": title_of(plugin),
            "url": f"/core/handbook/{plugin}",
        },
        "version": rule.version,
        "shown_by": rule.shown_by,
        "history": _history(session, rule, tree, day),
        "days": DAYS_BACK,
        "findings_url": f"/core/finding/?f_rule={rule.id}",
        "may_see_findings": may(FINDING, "see"),
        "flow": next(iter(flows(_about(rule))), None),
    }


def _about(rule: Rule) -> list[Entity]:
    found = installation().entities.get(getattr(rule, "entity", ""))
    return [found] if found is not None else []


def _history(session: Session, rule: Rule, tree: dict[int, Node], day: date) -> list[dict[str, Any]]:
    rows = [each for each in history_of(session, rule) if each.setting in {one.name for one in rule.settings}]
    people = {person for each in rows for person in (each.set_by, each.approved_by) if person}
    names = names_of(session, people) if people else {}
    return [
        {
            "id": each.id,
            "setting": label_of(rule.setting(each.setting)),
            "value": gettext("as above it")
            if each.inherits
            else told_setting(rule.setting(each.setting), live(each.value)),
            "where": place(tree, each.branch_id),
            "branch_id": each.branch_id,
            "from_on": shown.date(each.from_on),
            "state": state_of(each, day),
            "why": each.why,
            "by": names.get(each.set_by or 0, ""),
            "at": shown.datetime(each.set_at),
            "second": names.get(each.approved_by or 0, ""),
            "set_by": each.set_by,
        }
        for each in rows
    ]


def state_of(row: RuleSetting, day: date) -> dict[str, str]:
    """Where a change stands: withdrawn, waiting for a second person, coming, or in effect."""
    if row.withdrawn_at is not None:
        return {"code": "withdrawn", "label": gettext("Withdrawn"), "tone": "neutral"}
    if row.in_force_on is None:
        return {"code": "waiting", "label": gettext("Waits for a second person"), "tone": "warning"}
    if row.in_force_on > day:
        return {"code": "coming", "label": gettext("Begins later"), "tone": "info"}
    return {"code": "held", "label": gettext("Took effect"), "tone": "success"}


def _here(person: Person) -> tuple[int, date]:
    branch = person.branch
    if branch is None:
        return 0, clock.today()
    return branch.id, clock.today(branch.time_zone)
