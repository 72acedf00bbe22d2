"""The kinds of rules (规则): small typed declarations that a department writes down in its `rules.py`.

Nothing here knows the web or the database. A rule is judged from facts (the values of a record's fields, by
name, and of the records that it points to, by dotted name) and from the settings in force on the day of the
event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field
from decimal import Decimal
from typing import Any, ClassVar

from core.handbook.values import Setting

Facts = Mapping[str, Any]
Settings = Mapping[str, Any]
"""Values by the names of the rule's settings; None for what is unset."""


@dataclass(frozen=True)
class Clause:
    """A place in a document (条款): `document` and `heading` as the paper numbers it (抄表5), and in one line what
    it says, in both languages (a lazy text with an English msgid). `id` is unique within the plugin."""

    id: str
    document: str
    heading: str
    says: Any


@dataclass(frozen=True)
class Is:
    """A condition on a field, which reads the same in Python and in SQL: `Is("account.customer_class",
    "resident")`.

    `values` are alternatives; without any, the field has some value. `but` turns it round.
    """

    field: str
    values: tuple[Any, ...] = ()
    but: bool = False

    def __init__(self, field: str, *values: Any, but: bool = False) -> None:
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "values", values)
        object.__setattr__(self, "but", but)


@dataclass(frozen=True)
class Compares:
    """How a field lies to `value`: `sign` is is, more, less, at_least, at_most, or has for a text that contains it.

    Of an instant its day counts, in the usual time zone. An empty field lies nowhere; `but` turns it round.
    """

    field: str
    sign: str
    value: Any
    but: bool = False


@dataclass(frozen=True)
class AnyOf:
    """Conditions of which at least one holds."""

    conditions: tuple[Is | Compares, ...]


Condition = Is | Compares | AnyOf


@dataclass(frozen=True)
class Refusal:
    """What a check says: a lazy text with an English msgid, its figures, and the fields that it is about."""

    text: Any
    figures: Mapping[str, Any] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """A rung of the ladder by which what is late goes up: so many days after it was due, to a position.

    `days` is the paper's figure, or the setting (of days, optional) by which a branch may name another: it becomes one
    of the rule's own. Unset, nothing goes up by this rung."""

    days: int | Setting
    position: str

    def days_by(self, settings: Settings) -> int | None:
        return settings[self.days.name] if isinstance(self.days, Setting) else self.days


@dataclass(frozen=True)
class Rule:
    """What all kinds share. `id` is the rule book's own number; `version` goes up when the declaration, not only
    a setting, changes. `sentence` is what the rule says, with its settings in it by name (`%(days)s`).
    `shown_by` names the tests (`tests/plugins/gas/test_ladder.py::test_...`) that show it acting and not acting."""

    kind: ClassVar[str] = ""

    id: str
    clause: Clause
    sentence: Any
    settings: tuple[Setting, ...] = ()
    _: KW_ONLY
    version: int = 1
    shown_by: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    """Which records it is about, all of them together; without any, every one."""

    def setting(self, name: str) -> Setting:
        return next(each for each in self.settings if each.name == name)


@dataclass(frozen=True, kw_only=True)
class Check(Rule):
    """Judges a record before it is saved (检查): `judge` answers a Refusal, or None where all is well. `warns`
    lets it be saved all the same, with the refusal kept as a finding. `moments`: save, delete, or the names of
    transitions."""

    kind: ClassVar[str] = "check"

    entity: str
    judge: Callable[[Facts, Settings], Refusal | None]
    moments: tuple[str, ...] = ("save",)
    warns: bool = False


@dataclass(frozen=True, kw_only=True)
class Checklist(Rule):
    """Items that an inspector judges (检查表) on a round: `round` names it, `by` is the position that looks."""

    kind: ClassVar[str] = "checklist"

    round: str
    by: str
    items: tuple[tuple[str, Any], ...] = ()
    """Key and text; without any, the sentence is the only item. Settings that are no switches stand behind it."""
    chosen: str = ""
    """The setting (a LIST) with the keys of the items that are asked, where a branch may leave some out."""


@dataclass(frozen=True, kw_only=True)
class Obliging(Rule):
    """What deadlines and cadences share.

    `entity` is what the obligation is about; empty for the branch itself. `owner` is the position that owes it;
    `person` names the field with the user who does, where there is one. `closed_by` are the events that fulfil
    it, with the dotted field of that event's record that leads back to the subject: `(("gas.payment.posted",
    "bill"),)`; without any, its owner closes it with a note. `paused_by` and `resumed_by` are events, said in the
    same way, from which on nothing is asked, and after which what was left of the time runs on. `roll` is next,
    previous or none. `title` is what "My work" says. `switch` names the setting (YES_NO) by which a branch may leave
    the rule be: while it says no, nothing is made due, and what a series still asks for is taken back.
    """

    entity: str = ""
    owner: str = ""
    person: str = ""
    closed_by: tuple[tuple[str, str], ...] = ()
    paused_by: tuple[tuple[str, str], ...] = ()
    resumed_by: tuple[tuple[str, str], ...] = ()
    roll: str = "next"
    ladder: tuple[Step, ...] = ()
    title: Any = ""
    switch: str = ""
    missed_after: int | None = None
    """Days after it was due when it counts as missed and is no longer asked for; None never."""
    refuses: Callable[[Facts, Settings], Refusal | None] | None = None
    """What is refused out of time; asked by the department's own code (`refusing.demand`)."""

    def __post_init__(self) -> None:
        known = {each.name for each in self.settings}
        rungs = [each.days for each in self.ladder if isinstance(each.days, Setting)]
        more = tuple(each for each in rungs if each.name not in known)
        object.__setattr__(self, "settings", (*self.settings, *more))


@dataclass(frozen=True, kw_only=True)
class Deadline(Obliging):
    """An event, and by when something has to follow (期限): `within` names the setting with the length of time,
    `by` the one with a day of the month or a time of day by which; with `at_once` it follows on the day of the
    event itself. `before` names the setting with the length counted back from the day of the event, where that is
    still to come (a visit that was booked); it takes the place of `within`. `event` is `<entity>.<what happened>`;
    the day of the event is not counted. `while_` are conditions on the subject under which it stays open; once they
    fail it is dropped."""

    kind: ClassVar[str] = "deadline"

    event: str = ""
    within: str = ""
    before: str = ""
    by: str = ""
    at_once: bool = False
    while_: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Cadence(Obliging):
    """A series (周期) of obligations from an anchor: `every` names the setting with the length of time between
    them, `on` the one with the days of the month, the day of the month, the weekday or the date. `anchor` is the
    subject's field with the first day (each date is counted from it, never from the last date), `until` the field
    with the last.

    `begins_after` and `ends_after` name settings with lengths of time counted from the anchor: there are dates only
    after the first and up to the second (the second year). `before` names the setting with a length of time by which
    each date is told ahead; the anchor is then the first of the dates, and without `every` and `on` the only one. With
    `lunar` the years between dates are those of the lunar calendar (a birthday that is kept by it)."""

    kind: ClassVar[str] = "cadence"

    every: str = ""
    on: str = ""
    before: str = ""
    anchor: str = ""
    until: str = ""
    begins_after: str = ""
    ends_after: str = ""
    lunar: bool = False
    at_end: bool = False
    """Of so many months on a day of the month (`every`, `on`): in the last month of each (a quarter's March), not in
    the first."""
    round: str = ""
    """The inspection round that the branch owes: once in each of its periods in which something is looked at, due on
    the period's last day. How often, says the round; `every` or `on` names the setting of this rule that does."""
    paused: tuple[Condition, ...] = ()
    """While these hold of the subject (停工), the series rests; what was left of it runs on afterwards."""


@dataclass(frozen=True)
class Span:
    """An amount from `low` to `high` yuan, both included; alike where the rule book names one."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class Amount(Rule):
    """A fine, price or wage (金额): `figure` answers a Span in yuan, or None where the settings leave it open.
    `per` counts it up: the fact by whose number it is multiplied. What is harder when repeated asks in `figure` for
    the fact that counts earlier ones."""

    kind: ClassVar[str] = "amount"

    figure: Callable[[Facts, Settings], Span | None]
    entity: str = ""
    per: str = ""
    refuses: Callable[[Facts, Settings, Span | None], Refusal | None] | None = None
    """What is refused of a record whose figure is not as the span says; asked by the department's own code
    (`refusing.demand`)."""


@dataclass(frozen=True, kw_only=True)
class Threshold(Rule):
    """A figure over a period against a target (指标): `measure` is the id of a `core.measures` one, `target` names
    the setting. `over` is month, quarter, half or year. Compared before rounding; nothing due is not applicable."""

    kind: ClassVar[str] = "threshold"

    measure: str
    target: str
    over: str = "month"
    at_most: bool = False


@dataclass(frozen=True, kw_only=True)
class Approval(Rule):
    """Who may move what (审批): before `transition` of the workflow on `entity`, so many different people who hold
    one of `positions` say yes, in the order of `positions` when `in_order`. `needed` decides from the facts
    whether it is asked at all (days of leave, an amount); `count` names the setting with how many."""

    kind: ClassVar[str] = "approval"

    entity: str
    transition: str
    positions: tuple[str, ...] = ()
    in_order: bool = False
    count: str = ""
    needed: Callable[[Facts, Settings], bool] | None = None
    not_by: tuple[str, ...] = ()
    """Fields of the record with users who may not be among them: its subject, its issuer."""
    decider: str = ""
    """The setting with the position that decides, where a branch may name another."""
    wait: str = ""
    since: str = ""
    """The setting with how long one waits, and the field with the day from which on, before the move is asked for at
    all; that day is not counted. Without a figure nobody waits."""


@dataclass(frozen=True, kw_only=True)
class Notice(Rule):
    """Who is told (通知): after `event`, the holders of `to` in the branch, the user in the field `person`, or the
    customer whose telephone or address stands in the field `address`, through the first of `channels` that
    reaches them (in_app, email, sms, call_list). `template` names the message. `chosen` names the setting (a LIST)
    by which a branch chooses among the channels; `ways` has each channel with its name in that setting. `first` names
    the field of the record with the channel that somebody chose for it: those before it are then left out."""

    kind: ClassVar[str] = "notice"

    event: str
    template: str
    to: tuple[str, ...] = ()
    person: str = ""
    address: str = ""
    channels: tuple[str, ...] = ("in_app",)
    chosen: str = ""
    ways: tuple[tuple[str, str], ...] = ()
    first: str = ""

    def channels_by(self, settings: Settings) -> tuple[str, ...]:
        """The channels under settings, in the order in which they are tried."""
        if not self.chosen:
            return self.channels
        wanted, ways = settings[self.chosen] or (), dict(self.ways)
        return tuple(each for each in self.channels if ways[each] in wanted)


@dataclass(frozen=True, kw_only=True)
class Access(Rule):
    """Who may, and who may not (权限): the grants that rest on this clause as (position, entity, action), those
    that nobody but them may hold as (entity, action) in `only`, and fields that others see masked as (entity,
    field)."""

    kind: ClassVar[str] = "access"

    grants: tuple[tuple[str, str, str], ...] = ()
    only: tuple[tuple[str, str], ...] = ()
    masked: tuple[tuple[str, str], ...] = ()


KINDS: tuple[type[Rule], ...] = (
    Check,
    Checklist,
    Deadline,
    Cadence,
    Amount,
    Threshold,
    Approval,
    Notice,
    Access,
)
