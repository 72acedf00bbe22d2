"""The positions of the gas office (rule book, section 4.1) and what each may do."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

from core.people.positions import Grant, Position, grant
from core.people.rights.levels import MASKED, READ, WRITE, Level

SEE = ("see",)
LOOK = ("see", "export")
PRINTED = ("see", "export", "print")
KEPT = ("see", "add", "edit")

ACCOUNTS, METERS, READINGS = "GAS 4.1, GAS-E01", "GAS 4.1, GAS-E02", "GAS 4.1, GAS-E06"
ROUTES, BILLS, PAYMENTS = "GAS 4.1, GAS-E04", "GAS 4.1, GAS-E08", "GAS 4.1, GAS-E09"
TARIFFS, ARREARS = "GAS 4.1, GAS-E10", "GAS 4.1, GAS-E11"
VISITS = "GAS-R17, GAS-R19, GAS-R20, GAS-R21, GAS-R26"
REVENUE = "GAS-R41"
LOOKING = "GAS 4.1, GAS-E17; GAS-R45"
CUT_OFFS = "GAS 4.1, GAS-E13; GAS-W3, GAS-R82"
HOLDS = _("GAS-R82: disputes and payments in transit bar a cut-off (inferred)")
PROTECTED = _("GAS-R82: whose gas is never cut off (inferred)")
REMINDERS = "GAS 4.1, GAS-E12; GAS-W3, GAS-R80"
WORDS = _("GAS-W3, GAS-R80: what reminders say, and when they disturb nobody (inferred)")
OPTS_OUT = _("GAS-W3, GAS-R80: hears who wants no messages (inferred)")
HANDS_OVER = _("GAS-W3, GAS-R81: hands what is owed over to the meter reader")
OPENS = _("GAS 4.1, GAS-E01: opens accounts")


def accounts(*actions: str) -> tuple[Grant, ...]:
    """An account and the household that its tariff asks for."""
    household = tuple(each for each in actions if each in ("see", "add", "edit", "export", "import"))
    return grant("gas.account", *actions, clause=ACCOUNTS), grant(
        "gas.household", *household, clause=ACCOUNTS
    )


def phone(level: Level, clause: Any) -> Grant:
    """The customer's telephone, for those whose work asks for it; for everybody else it is masked.

    The rule book names no position that may see it, so it goes with the work: who opens and corrects accounts (4.1,
    GAS-E01: A, E) enters it, and the meter reader, who reminds by telephone, reads it. Department head, duty clerk and
    finance look at accounts and call nobody.
    """
    return grant("gas.account", "see", clause=clause, fields={"phone": level})


def bills(*actions: str) -> tuple[Grant, ...]:
    """Bills with their lines, metered parts and runs: whoever sees one sees what it rests on."""
    seen = tuple(each for each in actions if each != "print")
    parts = ("gas.bill-line", "gas.bill-segment", "gas.billing-run", "gas.billing-skip")
    return grant("gas.bill", *actions, clause=BILLS), *(grant(part, *seen, clause=BILLS) for part in parts)


def payments(*actions: str) -> tuple[Grant, ...]:
    """Payments with what they paid: revenue data, seen by those whom GAS-R41 names."""
    seen = tuple(each for each in actions if each != "print")
    return grant("gas.payment", *actions, clause=PAYMENTS), grant(
        "gas.payment-allocation", *seen, clause=REVENUE
    )


def tariffs(*actions: str) -> tuple[Grant, ...]:
    """Tariffs with their versions and tiers."""
    written = tuple(each for each in actions if each != "publish")
    seen = tuple(each for each in written if each in LOOK)
    return (
        grant("gas.tariff", *written, clause=TARIFFS),
        grant("gas.tariff-version", *actions, clause=TARIFFS),
        grant("gas.tariff-bound", *seen, clause=TARIFFS),
    )


def figures(clause: str) -> Grant:
    """The dashboard with the targets of the branch."""
    return grant("core.target", *SEE, clause=clause)


def sharing(clause: Any) -> Grant:
    """Whoever leads others makes the views that they work by.

    The rule book names no right to share a view: it is inferred from whom 4.1 lets lead.
    """
    return grant("core.list-view", "share", clause=clause)


def visits(*actions: str) -> Grant:
    """The visits of reading rounds: what was read on the spot, and which meters were not seen and why."""
    return grant("core.visit", *actions, clause=VISITS)


def looking(*actions: str) -> tuple[Grant, ...]:
    """Filling in rounds of looking, and reading what was found on them."""
    return (
        grant("core.inspection", "see", "fill", *actions, clause=LOOKING),
        grant("core.inspection-result", "see", *actions, clause=LOOKING),
    )


def cut_offs(*actions: str) -> tuple[Grant, ...]:
    """Cut-off orders with their bills, and the holds that bar them."""
    return (
        grant("gas.cut-off", "see", *actions, clause=CUT_OFFS),
        grant("gas.cut-off-bill", "see", clause=CUT_OFFS),
    )


def holds(*actions: str) -> tuple[Grant, ...]:
    """Disputes and payments in transit, and who is protected.

    The rule book names nobody for them: who keeps the counter hears of them first (inferred).
    """
    return (
        grant("gas.hold", "see", *actions, clause=HOLDS),
        grant("gas.protection", "see", clause=PROTECTED),
    )


def reminders(*actions: str, phone: Level = MASKED) -> Grant:
    """What customers and staff are told; who works with it reads what it says."""
    fields = {"subject": READ, "body": READ, "address": phone}
    return grant("core.outgoing", "see", *actions, clause=REMINDERS, fields=fields)


def opt_outs(*actions: str) -> Grant:
    """Who wants no messages: entered by those who hear it from the customer, at the counter or on the telephone."""
    fields = {"address": WRITE} if actions else {}
    return grant("core.opt_out", "see", *actions, clause=OPTS_OUT, fields=fields)


def arrears() -> tuple[Grant, ...]:
    """Who owes now, and who owed on a day that is over."""
    return grant("gas.arrears", *LOOK, clause=ARREARS), grant("gas.account", "see-arrears", clause=ARREARS)


def hands_over() -> tuple[Grant, ...]:
    """Handing what is owed over to the meter reader, from the arrears list or by an order: the paper says that the
    clerk (营业员) does, and both the cashier and the card clerk are clerks."""
    return (
        grant("gas.arrears", "hand-over", clause=HANDS_OVER),
        *cut_offs(),
        grant("gas.cut-off", "add", clause=HANDS_OVER),
    )


HEAD = Position(
    "gas.department-head",
    _("Customer service head"),
    (
        *accounts(*LOOK),
        grant("gas.meter", *LOOK, clause=METERS),
        grant("gas.route", *KEPT, "import", clause=ROUTES),
        grant("gas.reading", *LOOK, clause=READINGS),
        *bills(*PRINTED),
        *payments(*LOOK),
        *tariffs(*LOOK),
        figures("GAS 4.1, GAS-K02, GAS-K08"),
        sharing(_("GAS 4.1: receives the reports of the department (inferred)")),
        visits(*LOOK),
        *looking("export"),
        *arrears(),
        *cut_offs("export", "print", "withdraw"),
        *holds("export"),
        grant("gas.protection", "add", "edit", "export", clause=PROTECTED),
        reminders("send"),
        opt_outs(),
        grant("core.template", *KEPT, "delete", clause=WORDS),
        grant("core.quiet_hours", *KEPT, "delete", clause=WORDS),
    ),
)
TEAM_LEADER = Position(
    "gas.team-leader",
    _("Business centre team leader"),
    (
        *accounts("see", "edit"),
        phone(WRITE, _("GAS 4.1, GAS-E01: corrects accounts")),
        grant("gas.meter", *SEE, clause=METERS),
        grant("gas.route", *SEE, clause=ROUTES),
        grant("gas.reading", *SEE, clause=READINGS),
        *bills(*SEE),
        *payments(*SEE),
        *tariffs(*SEE),
        figures("GAS 4.1, GAS-K02, GAS-K08"),
        sharing(_("GAS 4.1: overall charge of the hall (inferred)")),
        visits(*SEE),
        *looking(),
        *arrears(),
        *cut_offs(),
        *holds("add", "close"),
        opt_outs("add", "edit", "delete"),
    ),
)
CASHIER = Position(
    "gas.cashier",
    _("Cashier clerk"),
    (
        *accounts(*KEPT, "import"),
        phone(WRITE, OPENS),
        grant("gas.account", "collect", clause="GAS 4.1, GAS-E09; GAS-R38"),
        grant("gas.meter", "see", "import", clause="GAS 4.1, GAS-E02; GAS-R37"),
        grant("gas.route", *SEE, clause=ROUTES),
        grant("gas.reading", *SEE, clause=READINGS),
        *bills(*PRINTED),
        grant("gas.billing-run", "run", clause="GAS-W2, GAS-R75, GAS-R30"),
        *payments(*PRINTED),
        *tariffs(*SEE),
        *arrears(),
        *hands_over(),
        *holds("add", "close"),
        reminders(),
        opt_outs("add", "edit", "delete"),
    ),
)
CARD_CLERK = Position(
    "gas.card-clerk",
    _("Card clerk"),
    (
        *accounts(*KEPT),
        phone(WRITE, OPENS),
        grant(
            "gas.account", "collect", clause=_("GAS-R58: takes payments while the cashier settles the day")
        ),
        grant("gas.meter", *SEE, clause=METERS),
        *bills(*SEE),
        *payments("see", "print"),
        *tariffs(*SEE),
        *arrears(),
        *hands_over(),
        opt_outs("add", "edit", "delete"),
    ),
)
DUTY_CLERK = Position("gas.duty-clerk", _("Duty clerk"), (*accounts(*SEE), *looking()))
METER_READER = Position(
    "gas.meter-reader",
    _("Meter reader"),
    (
        *accounts(*SEE),
        phone(READ, _("GAS-W3, GAS-R80: reminds by telephone")),
        grant("gas.meter", *KEPT, clause=METERS),
        grant("gas.route", *SEE, clause=ROUTES),
        grant("gas.reading", *KEPT, "export", "import", clause="GAS 4.1, GAS-E05, GAS-E06; GAS-R23"),
        grant("gas.bill", *SEE, clause=_("GAS 4.1, GAS-E08: to remind of arrears")),
        visits(*SEE),
        *arrears(),
        *cut_offs("print", "notice", "propose", "execute"),
        *holds(),
        reminders("call", "send", phone=READ),
        opt_outs("add", "edit"),
    ),
)
FINANCE = Position(
    "gas.finance",
    _("Planning and finance"),
    (
        *accounts(*SEE),
        grant("gas.meter", *SEE, clause=METERS),
        grant("gas.reading", *SEE, clause=READINGS),
        *bills(*LOOK),
        *payments(*LOOK),
        *tariffs(*KEPT, "export", "publish"),
        figures("GAS-R29, GAS-K08"),
        grant("core.report", "see", "see-all", "export", "print", clause="GAS-R29"),
        *arrears(),
    ),
    oversees=True,  # GAS-R29: manages and supervises collection, so at the head office that of every gas office
)

POSITIONS = (HEAD, TEAM_LEADER, CASHIER, CARD_CLERK, DUTY_CLERK, METER_READER, FINANCE)
