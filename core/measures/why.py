"""Why a figure of a month is what it is, and how it stands to its target.

A figure is judged by the settings in force on the last day of its period. One that is final was kept with them, its
target and what it was worked out from; these explain it, whatever was changed since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from flask_babel import get_locale, gettext
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from core.branches.models import Branch, BranchPlugin
from core.branches.switches import CORE
from core.data import clock
from core.data.marks import N_
from core.handbook.basis import Grounds, grounds_of
from core.handbook.explain import EXPLAINERS, OPERATORS, Explanation, Line, explain_basis
from core.handbook.kinds import Settings, Threshold
from core.handbook.models import RuleBasis
from core.handbook.settings import Shelf
from core.handbook.thresholds import NOT_APPLICABLE, judged_on
from core.measures.figures import Figures, read_one, read_over
from core.measures.kept import Kept
from core.measures.kinds import MONEY, SHARE, Measure
from core.measures.months import FORM, Months, first_day, last_day, month_of
from core.measures.own import measure_of
from core.measures.reach import TARGET, reach, reading
from core.measures.words import figure, judged
from core.people.access import by_right, may
from core.ui import format as shown

KIND = "measure"
CAME_TO = N_("%(measure)s in %(month)s: %(figure)s.")
IS_OF = N_("That is %(part)s of %(whole)s.")
STANDS = N_("The target is %(target)s: %(standing)s.")
NOTHING_DUE = N_("Nothing was due, so the target of %(target)s is not applicable.")
NO_TARGET = N_("There is no target.")
ENTERED = N_("This target was entered for the month.")
FINAL = N_("It was worked out on %(at)s and is final: what is changed later does not change it.")
DIFFER = N_("The branches do not all have the same settings; choose one of them to see its own.")


def address(measure: Measure, month: str, code: str = "") -> str:
    """Where "why?" is answered for all branches that the reader gets from the active one, or for one of them."""
    return f"/core/handbook/why/{KIND}/{':'.join(filter(None, (measure.id, month, code)))}"


def explain_measure(session: Session, found: Figures, months: Months, branch_id: int | None) -> Explanation:
    """Why the figure of the last of the months: what it is of, its target, and the rule under its settings then."""
    sentences = tuple(_sentences(found, months, branch_id))
    inputs = tuple(_inputs(session, found, months.last, branch_id))
    back = (f"/dashboard/?month={months.last}", gettext("Dashboard"))
    finals = [found.final(key) for key in found.keys(months.last, branch_id)]
    settled = [each for each in finals if each is not None]
    if len(settled) == len(finals):
        grounds, differ = _kept_grounds(session, settled)
    else:
        grounds, differ = _grounds(session, found, months.last, branch_id)
    if grounds is None:
        clause = {"document": "", "heading": found.measure.clause, "says": ""}
        return Explanation(sentences, "", 0, "", clause, last_day(months.last), inputs=inputs, back=back)
    rule, day = found.rule, last_day(months.last)
    resting = explain_basis(
        grounds, first=sentences[0], day=judged_on(rule, months.last) if rule is not None else day
    )
    rests = (gettext(DIFFER),) if differ else resting.sentences[1:]
    return replace(resting, sentences=(*sentences, *rests), inputs=inputs, back=back)


def _grounds(
    session: Session, found: Figures, month: str, branch_id: int | None
) -> tuple[Grounds | None, bool]:
    """The rule under the settings in force; whether the branches have different ones, which are left out then."""
    if found.rule is None:
        return None, False
    held = _settings(session, found, found.rule, month, branch_id)
    return grounds_of(found.rule, held or {}), held is None


def _kept_grounds(session: Session, finals: Sequence[Kept]) -> tuple[RuleBasis | Grounds | None, bool]:
    """The rule under the settings that were kept, as `_grounds` answers it."""
    ids = {each.basis_id for each in finals}
    bases = [session.get_one(RuleBasis, each) for each in sorted(each for each in ids if each)]
    if not bases:
        return None, False
    first = bases[0]
    return (first, False) if len(ids) == 1 else (Grounds(first.rule, first.version, first.clause, {}), True)


def _sentences(found: Figures, months: Months, branch_id: int | None) -> Iterator[str]:
    measure, month = found.measure, months.last
    value, target = found.value(month, branch_id), found.target(month, branch_id)
    words = {"measure": str(measure.label), "month": shown.month(first_day(month))}
    yield gettext(CAME_TO, figure=figure(measure, value), **words)
    if measure.unit == SHARE and value is not None:
        part, whole = _parts(found, month, branch_id)
        yield gettext(IS_OF, part=_part(measure, part), whole=_part(measure, whole))
    yield str(measure.about)
    verdict, running = found.verdict(month, branch_id), found.running(month, months, branch_id)
    told = figure(measure, target)
    if target is None:
        yield gettext(NO_TARGET)
    elif verdict.state == NOT_APPLICABLE:
        yield gettext(NOTHING_DUE, target=told)
    else:
        standing = judged(verdict, running, at_most=found.at_most)["label"]
        yield gettext(STANDS, target=told, standing=standing)
    if found.is_entered(month, branch_id):
        yield gettext(ENTERED)
    if all(found.final(key) is not None for key in found.keys(month, branch_id)):
        yield gettext(FINAL, at=shown.datetime(_worked_at(found, month, branch_id)))


def _inputs(session: Session, found: Figures, month: str, branch_id: int | None) -> Iterator[Line]:
    measure = found.measure
    if measure.unit == SHARE:
        part, whole = _parts(found, month, branch_id)
        yield Line("part", gettext("Counted"), _part(measure, part))
        yield Line("whole", gettext("Out of"), _part(measure, whole))
    yield Line("figure", str(measure.label), figure(measure, found.value(month, branch_id)))
    yield Line("target", gettext("Target"), figure(measure, found.target(month, branch_id)))
    branch = session.get(Branch, branch_id or found.branches[0])
    if branch is not None and (branch_id is not None or len(found.branches) == 1):
        yield Line("branch", gettext("Branch"), branch.name(str(get_locale() or "en")))
    else:
        yield Line("branches", gettext("Branches"), shown.number(len(found.branches)))
    if (at := _worked_at(found, month, branch_id)) is not None:
        yield Line("worked_at", gettext("Worked out at"), shown.datetime(at))


def _worked_at(found: Figures, month: str, branch_id: int | None) -> datetime | None:
    """When what is kept of a month was worked out, the first of it."""
    kept = (found.kept.get(key) for key in found.keys(month, branch_id))
    return min((each.worked_at for each in kept if each is not None), default=None)


def _parts(found: Figures, month: str, branch_id: int | None) -> tuple[Decimal, Decimal]:
    ids = found.branches if branch_id is None else (branch_id,)
    sums = [found.sums[each, month] for each in ids if (each, month) in found.sums]
    return (
        sum((Decimal(each.amount) for each in sums), Decimal(0)),
        sum((Decimal(each.of or 0) for each in sums), Decimal(0)),
    )


def _part(measure: Measure, value: Decimal) -> str:
    return shown.money(value) if measure.parts == MONEY else shown.quantity(value)


def _settings(
    session: Session, found: Figures, rule: Threshold, month: str, branch_id: int | None
) -> Settings | None:
    """Those by which the period is judged; None where the branches do not have the same."""
    shelf, day = Shelf(session, (rule,)), judged_on(rule, month)
    ids = found.branches if branch_id is None else (branch_id,)
    held = [shelf.settings(rule, each, day) for each in ids]
    return held[0] if all(each == held[0] for each in held) else None


def _asked(session: Session, key: str) -> tuple[Measure, str, str]:
    """The measure, the month and the branch's code of an address; NotFound for what is none."""
    name, _colon, rest = key.partition(":")
    month, _colon, code = rest.partition(":")
    measure = measure_of(session, name)
    if measure is None or not FORM.fullmatch(month):
        raise NotFound
    return measure, month, code


def _explained(session: Session, key: str) -> Explanation:
    """As the reader of the dashboard may see it."""
    measure, month, code = _asked(session, key)
    if not may(TARGET, "see"):
        raise NotFound
    with by_right(TARGET, "see"):
        mine = reach()
        if mine is None or mine.person.branch is None:
            raise NotFound
        months = Months(month, clock.today(mine.person.branch.time_zone))
        found = read_one(session, mine, measure, months)
    with reading(found.branches):
        return _of(session, found, months, code)


def _told(session: Session, key: str) -> Explanation:
    """As the operator asks, who reads every branch."""
    measure, month, code = _asked(session, key)
    months, plugin = Months(month, clock.today()), measure.id.partition(".")[0]
    on = select(Branch.id).order_by(Branch.id)
    if plugin != CORE:
        switches = select(BranchPlugin.branch_id).where(BranchPlugin.plugin == plugin, BranchPlugin.enabled)
        on = on.where(Branch.id.in_(switches))
    branches = tuple(each for each in session.scalars(on) if measure.within is None or each in measure.within)
    with reading(branches):
        return _of(session, read_over(session, measure, branches, months), months, code)


def _of(session: Session, found: Figures, months: Months, code: str) -> Explanation:
    branch_id = session.scalar(select(Branch.id).where(Branch.code == code)) if code else None
    is_known = branch_id in found.branches if code else bool(found.branches)
    if not is_known or months.last > month_of(months.today):
        raise NotFound
    return explain_measure(session, found, months, branch_id)


EXPLAINERS[KIND] = _explained
OPERATORS[KIND] = _told
