"""Who is to be called: what rules ask for, what was planned, and prospects whose day has come.

Three bounded reads, each along an index by day; what they show is read for the rows of one page alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, null, or_, select
from sqlalchemy.orm import Session

from core.entities.counting import GLANCE_CAP
from core.handbook.kinds import Obliging
from core.handbook.registry import book
from core.installation import installation
from core.people.access import current_person, current_user_id, may
from core.work.groups import today
from core.worklist.models import OPEN, Obligation
from core.worklist.reach import own
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.vip import Reception, VipArchive
from plugins.decoration.reach import own_customers
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

OWED, PLANNED, PROSPECT = "owed", "planned", "prospect"
"""Where a call on the list comes from; with the id of the obligation, the call-back or the customer it is its key."""
KIND_OF = {
    **{c.event(kind): kind for kind in c.KINDS},
    c.BY_MANAGER: c.VIP_CALL,
    c.PROSPECT_BY_MANAGER: c.PROSPECT,
}
"""What a call is about, by the event that fulfils what asks for it."""
NAMED = {n.SITE: "site_id", n.COMMISSION: "commission_id", n.CUSTOMER: "customer_id", **c.FIELDS}
"""The field by which a call-back names what it is about, by that object."""


@dataclass(frozen=True)
class Call:
    """A call that is to be made. `source` and `key` name it; `record_id` is the call-back, where one is planned, `of`
    and `of_id` are the complaint, repair or acceptance that it ends."""

    source: str
    key: int
    due_on: date
    customer_id: int
    kind: str
    commission_id: int | None = None
    site_id: int | None = None
    record_id: int | None = None
    about: str = ""
    tries: int = 0
    of: str = ""
    of_id: int | None = None


@dataclass(frozen=True)
class LastCall:
    """What was said when the customer was reached last."""

    on: date
    caller_id: int | None
    summary: str


def calls(session: Session, until: date, most: int, everybody: bool = False) -> list[Call]:
    """The first calls that are due up to a day, in the order of their days: those of the reader, or of all."""
    found = [
        call
        for statement, made in _sources(until, everybody)
        for call in map(made, session.execute(statement.limit(most)))
    ]
    found.sort(key=lambda each: (each.due_on, each.customer_id, each.kind, each.key))
    return found[:most]


def counted(session: Session, until: date, everybody: bool = False, since: date | None = None) -> int:
    """How many calls there are up to a day (from `since` on), GLANCE_CAP and one more at most."""
    count = 0
    for statement, _made in _sources(until, everybody, since):
        some = statement.order_by(None).limit(GLANCE_CAP + 1 - count).subquery()
        count += session.scalar(select(func.count()).select_from(some)) or 0
        if count > GLANCE_CAP:
            break
    return count


def call_of(session: Session, source: str, key: int) -> Call | None:
    """The call of a key, as long as it is to be made and within the reader's reach."""
    for statement, made in _sources(date.max, True, only=(source, key)):
        row = session.execute(statement.limit(1)).first()
        if row is not None:
            found: Call = made(row)
            return found
    return None


def _sources(
    until: date, everybody: bool, since: date | None = None, only: tuple[str, int] | None = None
) -> Iterator[tuple[Select[Any], Any]]:
    """The statements, each with what makes a Call of its rows."""
    wanted = only[0] if only is not None else ""
    span = (since or date.min, until)
    if wanted in ("", OWED):
        for entity_id, rules in rules_by_subject().items():
            statement = _owed(entity_id, rules, span, everybody)
            if only is not None:
                statement = statement.where(Obligation.id == only[1])
            yield statement, lambda row, of=entity_id: _asked_for(row, of)
    if wanted in ("", PLANNED):
        statement = _planned(span, everybody)
        if only is not None:
            statement = statement.where(CallBack.id == only[1])
        yield statement, _promised
    if wanted in ("", PROSPECT) and may(n.CUSTOMER, "edit"):
        statement = _prospects(span, everybody)
        if only is not None:
            statement = statement.where(Customer.id == only[1])
        yield statement, _to_be_won


# ---------------------------------------------------------------- what rules ask for


def rules_by_subject() -> Mapping[str, tuple[str, ...]]:
    """The rules that a call-back fulfils, by the object on which they ask for it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for rule in book().of_kind(Obliging):
        subject = installation().entities.get(rule.entity)
        if subject is None or rule.entity == c.CALL_BACK or not kind_of(rule.id):
            continue
        if rule.entity == n.CUSTOMER or hasattr(subject.model, "customer_id"):
            found[rule.entity].append(rule.id)
    return {entity: tuple(rules) for entity, rules in found.items()}


def listed_rules() -> frozenset[str]:
    """The rules of which the call list shows what is owed."""
    promised = (
        each.id for each in book().of_kind(Obliging) if each.entity == c.CALL_BACK and kind_of(each.id)
    )
    return frozenset((*promised, *(rule for rules in rules_by_subject().values() for rule in rules)))


def call_rules() -> tuple[str, ...]:
    """All rules that a call-back fulfils."""
    return tuple(each.id for each in book().of_kind(Obliging) if kind_of(each.id))


def kind_of(rule_id: str) -> str:
    """What a call under a rule is about; empty where no call-back fulfils it."""
    rule: Any = book().get(rule_id)
    return next((KIND_OF[event] for event, _way in rule.closed_by if event in KIND_OF), "")


def _owed(entity_id: str, rules: Iterable[str], span: tuple[date, date], everybody: bool) -> Select[Any]:
    model = installation().entities[entity_id].model
    customer = model.id if entity_id == n.CUSTOMER else model.customer_id
    commission = {n.COMMISSION: model.id, n.SITE: getattr(model, "commission_id", null())}.get(
        entity_id, null()
    )
    site = model.id if entity_id == n.SITE else getattr(model, "site_id", null())
    asked = select(
        Obligation.id,
        Obligation.due_on,
        customer.label("customer"),
        Obligation.rule,
        commission.label("commission"),
        site.label("site"),
        Obligation.record_id,
    ).join(model, and_(model.id == Obligation.record_id, model.branch_id == Obligation.branch_id))
    narrowed = own_customers()
    if narrowed and entity_id != n.CUSTOMER:
        asked = asked.join(Customer, Customer.id == customer)
    return asked.where(
        Obligation.entity == entity_id,
        Obligation.rule.in_(tuple(rules)),
        Obligation.state == OPEN,
        Obligation.paused_on.is_(None),
        Obligation.due_on.between(*span),
        *narrowed,
        *_whose(everybody),
        ~_promised_already(entity_id, model),
    ).order_by(Obligation.due_on, Obligation.id)


def _whose(everybody: bool) -> tuple[ColumnElement[bool], ...]:
    """What narrows obligations to the reader's own."""
    person = current_person()
    if everybody:
        return ()
    return (own(person) if person is not None else false(),)


def _promised_already(entity_id: str, model: Any) -> ColumnElement[bool]:
    """Whether a call-back is planned for it: tried once already, it stands on the list by the day of the next try."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for rule in rules_by_subject()[entity_id]:
        kinds[kind_of(rule)].append(rule)
    same = getattr(CallBack, NAMED[entity_id]) == model.id if entity_id in NAMED else false()
    about = or_(
        *(and_(CallBack.kind == kind, Obligation.rule.in_(rules)) for kind, rules in sorted(kinds.items()))
    )
    return exists(select(1).where(CallBack.state == c.PLANNED, same, about))


def _asked_for(row: Any, entity_id: str) -> Call:
    of = (entity_id, row.record_id) if entity_id in c.FIELDS else ("", None)
    return Call(
        OWED,
        row.id,
        row.due_on,
        row.customer,
        kind_of(row.rule),
        row.commission,
        row.site,
        of=of[0],
        of_id=of[1],
    )


# ---------------------------------------------------------------- what was planned


def _planned(span: tuple[date, date], everybody: bool) -> Select[Any]:
    whose = (CallBack.person_id.is_(None) | (CallBack.person_id == current_user_id()),)
    narrowed = own_customers()
    asked: Any = select(
        CallBack.id,
        CallBack.due_on,
        CallBack.customer_id,
        CallBack.kind,
        CallBack.commission_id,
        CallBack.site_id,
        CallBack.about,
        CallBack.tries,
        *(getattr(CallBack, field) for field in c.FIELDS.values()),
    )
    if narrowed:
        asked = asked.join(Customer, Customer.id == CallBack.customer_id)
    found: Select[Any] = asked.where(
        CallBack.state == c.PLANNED,
        CallBack.due_on.between(*span),
        *narrowed,
        *(() if everybody else whose),
    ).order_by(CallBack.due_on, CallBack.id)
    return found


def _promised(row: Any) -> Call:
    ended = ((of, getattr(row, field)) for of, field in c.FIELDS.items())
    of, of_id = next((each for each in ended if each[1] is not None), ("", None))
    return Call(
        PLANNED,
        row.id,
        row.due_on,
        row.customer_id,
        row.kind,
        row.commission_id,
        row.site_id,
        row.id,
        row.about or "",
        row.tries,
        of,
        of_id,
    )


# ---------------------------------------------------------------- prospects


def _prospects(span: tuple[date, date], everybody: bool) -> Select[Any]:
    """Prospects on the call-back list (DEC-R03) who were not called on that day or since, and not tried already; but
    for those on the list under a rule."""
    rules = [each for each in rules_by_subject().get(n.CUSTOMER, ()) if kind_of(each) == c.PROSPECT]
    asked_for = exists(
        select(1).where(
            Obligation.entity == n.CUSTOMER,
            Obligation.record_id == Customer.id,
            Obligation.rule.in_(rules),
            Obligation.state == OPEN,
            Obligation.paused_on.is_(None),
            Obligation.due_on.between(*span),
            *_whose(everybody),
        )
    )
    known = exists(
        select(1).where(
            CallBack.customer_id == Customer.id,
            CallBack.kind == c.PROSPECT,
            or_(CallBack.state == c.PLANNED, CallBack.done_on >= Customer.call_back_on),
        )
    )
    asked: Any = (
        select(Customer.id, Customer.call_back_on.label("due_on"))
        .where(
            Customer.call_back_on.between(*span),
            Customer.state.in_(n.UNDECIDED),
            *own_customers(),
            ~known,
            ~asked_for,
        )
        .order_by(Customer.call_back_on, Customer.id)
    )
    found: Select[Any] = asked
    return found


def _to_be_won(row: Any) -> Call:
    return Call(PROSPECT, row.id, row.due_on, row.id, c.PROSPECT)


# ---------------------------------------------------------------- what ends with a call


def call_about(session: Session, entity_id: str, record: Any) -> Call:
    """The call with which a complaint, a repair or an acceptance ends: the one that is planned, else a new one."""
    statement = _planned((date.min, date.max), True).where(
        getattr(CallBack, c.FIELDS[entity_id]) == record.id
    )
    row = session.execute(statement.limit(1)).first()
    if row is not None:
        return _promised(row)
    kind = next(kind for kind, of in c.ENDED_BY.items() if of == entity_id)
    site_id = getattr(record, "site_id", None)
    day = today()
    return Call(
        kind, record.id, day, record.customer_id, kind, site_id=site_id, of=entity_id, of_id=record.id
    )


def call_after(session: Session, visit: Reception) -> Call:
    """The manager's own call after a VIP's visit (DEC-R28)."""
    archive = session.get_one(VipArchive, visit.archive_id)
    planned = _planned((date.min, date.max), True).where(
        CallBack.customer_id == archive.customer_id, CallBack.kind == c.VIP_CALL
    )
    row = session.execute(planned.limit(1)).first()
    if row is not None:
        return _promised(row)
    return Call(c.VIP_CALL, visit.id, today(), archive.customer_id, c.VIP_CALL)


# ---------------------------------------------------------------- what is shown beside them


def last_calls(session: Session, customer_ids: Iterable[int]) -> dict[int, LastCall]:
    """What was said last, by customer: one statement for all of them."""
    latest_first = (CallBack.done_on.desc(), CallBack.id.desc())
    place = func.row_number().over(partition_by=CallBack.customer_id, order_by=latest_first)
    done = (
        select(
            CallBack.customer_id, CallBack.done_on, CallBack.caller_id, CallBack.summary, place.label("place")
        )
        .where(CallBack.customer_id.in_(set(customer_ids)), CallBack.state == c.DONE)
        .subquery()
    )
    rows = session.execute(select(done).where(done.c.place == 1))
    return {row.customer_id: LastCall(row.done_on, row.caller_id, row.summary or "") for row in rows}


def history(session: Session, customer_id: int, most: int) -> Sequence[CallBack]:
    """The latest calls with a customer, the newest first."""
    done = CallBack.customer_id == customer_id, CallBack.state == c.DONE
    asked = select(CallBack).where(*done).order_by(CallBack.done_on.desc(), CallBack.id.desc())
    return session.scalars(asked.limit(most)).all()


def customers(session: Session, ids: Iterable[int]) -> dict[int, Customer]:
    rows = session.scalars(select(Customer).where(Customer.id.in_(set(ids))))
    return {each.id: each for each in rows}
