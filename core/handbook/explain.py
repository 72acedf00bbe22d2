"""Why something came out so: a sentence in the reader's language, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.data.marks import N_
from core.entities.query import MAX_ID
from core.entities.spec import Entity
from core.handbook import stored
from core.handbook.basis import Grounds
from core.handbook.conditions import NoFieldError, target_of
from core.handbook.kinds import Rule
from core.handbook.models import CAME_TO, NOT_IN_ORDER, REFUSED, WARNED, Finding, RuleBasis
from core.handbook.own.rules import own_rule
from core.handbook.registry import book
from core.handbook.settings import settings_on
from core.handbook.words import label_of, said, told, told_field, told_figures, told_setting
from core.installation import installation
from core.ui import format as shown

WAS_REFUSED = N_("On %(day)s this was refused: %(text)s")
WAS_DOUBTED = N_("On %(day)s this raised a doubt: %(text)s")
WAS_NOT_IN_ORDER = N_("On %(day)s this was found not in order: %(text)s")
CAME_TO_THIS = N_("On %(day)s this came to %(amount)s.")
CAME_TO_NOTHING = N_("On %(day)s no amount came of this.")
RESTS_ON = N_("It rests on %(rule)s (%(document)s %(heading)s): %(says)s")
RULE_SAYS = N_("%(rule)s (%(document)s %(heading)s) says: %(says)s")
GONE = N_("The rule is not part of the rule book any more.")
NEWER = N_("The rule has been rewritten since; this is what its version %(version)s came to.")


@dataclass(frozen=True)
class Line:
    """A figure with its name, as both are read."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Explanation:
    """`sentences` in order; beside them what is behind them, to be shown as a table and sent as JSON.

    `back` is the address and the name of the page that shows what is explained, where that is no record.
    """

    sentences: tuple[str, ...]
    rule: str
    version: int
    kind: str
    clause: Mapping[str, str]
    day: date | None = None
    settings: tuple[Line, ...] = ()
    inputs: tuple[Line, ...] = ()
    entity: str = ""
    subject_id: int | None = None
    back: tuple[str, str] | None = None

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    def as_json(self) -> dict[str, Any]:
        """The explanation for programs; texts are in the caller's language."""
        return {
            "text": self.text,
            "rule": self.rule,
            "version": self.version,
            "kind": self.kind,
            "clause": dict(self.clause),
            "day": self.day.isoformat() if self.day else None,
            "settings": [vars(each) for each in self.settings],
            "inputs": [vars(each) for each in self.inputs],
            "entity": self.entity,
            "subject_id": self.subject_id,
        }


def explain_finding(finding: Finding) -> Explanation:
    """Why a finding came out so, by what was kept of it: settings that changed since change nothing."""
    return explain_basis(
        finding.basis,
        first=outcome(finding),
        day=finding.day,
        inputs=finding.inputs,
        entity=finding.entity,
        subject_id=finding.subject_id,
    )


def outcome(finding: Finding) -> str:
    """What came out, as a sentence."""
    day, result = shown.date(finding.day), finding.result
    if finding.outcome == CAME_TO:
        amount = span(result)
        return gettext(CAME_TO_THIS, day=day, amount=amount) if amount else gettext(CAME_TO_NOTHING, day=day)
    rule = known_rule(finding.rule, finding.basis.version)
    entity = installation().entities.get(finding.entity)
    figures = stored.live_map(result.get("figures", {}))
    written = (
        told_figures(rule, entity, figures)
        if rule is not None
        else {name: told(each) for name, each in figures.items()}
    )
    template = {REFUSED: WAS_REFUSED, WARNED: WAS_DOUBTED, NOT_IN_ORDER: WAS_NOT_IN_ORDER}[finding.outcome]
    return gettext(template, day=day, text=said(result["text"], written))


def span(result: Mapping[str, Any]) -> str:
    """A kept span: one amount, or from one to the other; empty for none."""
    low, high = stored.live(result["low"]), stored.live(result["high"])
    if low is None:
        return ""
    if low == high:
        return shown.money(low)
    return gettext("from %(first)s to %(last)s", first=shown.money(low), last=shown.money(high))


def explain_basis(
    basis: RuleBasis | Grounds,
    first: str = "",
    day: date | None = None,
    inputs: Mapping[str, Any] | None = None,
    entity: str = "",
    subject_id: int | None = None,
) -> Explanation:
    """What an outcome rests on. `first` is the sentence that says what came out, `inputs` are in the stored form."""
    rule = known_rule(basis.rule, basis.version)
    settings = stored.live_map(basis.settings)
    clause = _clause(rule, basis.clause)
    sentences = [first] if first else []
    if rule is not None:
        sentences.append(
            _rests_on(RESTS_ON if first else RULE_SAYS, basis.rule, clause, _says(rule, settings))
        )
        if rule.version != basis.version:
            sentences.append(gettext(NEWER, version=basis.version))
    else:
        sentences += [_rests_on(RULE_SAYS, basis.rule, clause, ""), gettext(GONE)]
    described = installation().entities.get(entity)
    return Explanation(
        sentences=tuple(sentences),
        rule=basis.rule,
        version=basis.version,
        kind=rule.kind if rule is not None else "",
        clause=clause,
        day=day,
        settings=_settings(rule, settings),
        inputs=_inputs(described, stored.live_map(inputs or {})),
        entity=entity,
        subject_id=subject_id,
    )


def explain_rule(session: Session, rule: Rule, branch_id: int, day: date) -> Explanation:
    """What a rule says in a branch on a day."""
    settings = settings_on(session, rule, branch_id, day)
    clause = _clause(rule, {})
    return Explanation(
        sentences=(_rests_on(RULE_SAYS, rule.id, clause, _says(rule, settings)),),
        rule=rule.id,
        version=rule.version,
        kind=rule.kind,
        clause=clause,
        day=day,
        settings=_settings(rule, settings),
    )


def known_rule(rule_id: str, version: int | None = None) -> Rule | None:
    """A rule of a department, or one of an administrator's own in the version asked for."""
    return book().get(rule_id) or own_rule(installation().database.session(), rule_id, version)


def department_of(rule: Rule) -> str:
    """Whose rule it is; of an administrator's own, whose objects it is about."""
    owner = book().owners.get(rule.id)
    if owner is not None:
        return owner
    about = getattr(rule, "entity", "") or str(getattr(rule, "event", ""))
    return str(about).partition(".")[0]


def _rests_on(template: str, rule: str, clause: Mapping[str, str], says: str) -> str:
    return str(
        gettext(template, rule=rule, document=clause["document"], heading=clause["heading"], says=says)
    ).rstrip(" :：")  # zh-ok: a colon


def _says(rule: Rule, settings: Mapping[str, Any]) -> str:
    return said(
        rule.sentence, {each.name: told_setting(each, settings.get(each.name)) for each in rule.settings}
    )


def _clause(rule: Rule | None, kept: Mapping[str, Any]) -> dict[str, str]:
    if rule is not None and kept.get("id", rule.clause.id) == rule.clause.id:
        clause = rule.clause
        return {
            "document": said(clause.document),
            "heading": str(clause.heading),
            "says": said(clause.says),
        }
    return {"document": said(kept["document"]), "heading": str(kept["heading"]), "says": ""}


def _settings(rule: Rule | None, settings: Mapping[str, Any]) -> tuple[Line, ...]:
    if rule is None:
        return tuple(Line(name, name, told(value)) for name, value in settings.items())
    known = {each.name: each for each in rule.settings}
    return tuple(
        Line(name, label_of(known[name]), told_setting(known[name], value))
        if name in known
        else Line(name, name, told(value))
        for name, value in settings.items()
    )


def _inputs(entity: Entity | None, inputs: Mapping[str, Any]) -> tuple[Line, ...]:
    return tuple(_input(entity, name, value) for name, value in inputs.items())


def _input(entity: Entity | None, name: str, value: Any) -> Line:
    """A fact by the label of its field, and of those on the way; masked where the reader gets it masked."""
    if entity is None:
        return Line(name, name, told(value))
    fact = entity.fact_of.get(name)
    if fact is not None:
        return Line(name, str(fact.told.label), told_field(entity, fact.told, value))
    try:
        target = target_of(entity, name.removeprefix("before."), installation().entities)
    except NoFieldError:
        return Line(name, name, told(value))
    each = target.entity.by_name.get(target.name)
    if each is None:
        return Line(name, name, told(value))
    way = [here.field(column).label for here, column in _steps(entity, target.way)]
    label = " · ".join(str(part) for part in (*way, each.label))
    return Line(name, label, told_field(target.entity, each, value))


def _steps(entity: Entity, way: tuple[tuple[str, Entity], ...]) -> list[tuple[Entity, str]]:
    found, here = [], entity
    for column, there in way:
        found.append((here, column))
        here = there
    return found


def numbered(key: str) -> int:
    """The id that stands in an address; NotFound for what can be none."""
    if not (key.isascii() and key.isdecimal()) or len(key) > 10 or int(key) > MAX_ID:
        raise NotFound
    return int(key)


Explainer = Callable[[Session, str], Explanation]
EXPLAINERS: dict[str, Explainer] = {}
"""By the kind in the address (finding, obligation ...): each takes the session and the rest of the address, judges by
itself what the reader may see, and raises NotFound. Packages above add theirs when they are imported."""
OPERATORS: dict[str, Explainer] = {}
"""The same for the operator at the command line, who reads everything."""
