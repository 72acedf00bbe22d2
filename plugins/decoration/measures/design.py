"""Figures of the design stage (DEC-K05): negotiations held, deposits taken, conversion."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.measures.kinds import COUNT, SHARE, Measure, Part
from core.measures.months import Months, first_day, last_day
from plugins.decoration import designers, reach
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

HELD = tuple((d.APPOINTMENT, each) for each in ("stage", "state", "held_on"))
PAID = tuple((d.RECEIPT, each) for each in ("kind", "amount", "received_on"))


def _negotiations(month: str, _months: Months) -> str:
    return designers.negotiations_url(first_day(month), last_day(month))


def _deposits(month: str, _months: Months) -> str:
    return designers.deposits_url(first_day(month), last_day(month))


def _designers(month: str, _months: Months) -> str:
    return f"/decoration/designers/?month={month}"


MEASURES = (
    Measure(
        id="decoration.negotiations",
        label=_("Negotiations held"),
        unit=COUNT,
        entity=n.CUSTOMER,
        right=reach.ALL,
        sums=Part(designers.counted, designers.NEGOTIATIONS),
        url=_negotiations,
        about=_("First meetings of customers and designers that were held in the month."),
        rests_on=HELD,
        clause="DEC-R42, DEC-K05",
    ),
    Measure(
        id="decoration.deposits",
        label=_("Deposits taken"),
        unit=COUNT,
        entity=n.CUSTOMER,
        right=reach.ALL,
        sums=Part(designers.counted, designers.DEPOSITS),
        url=_deposits,
        about=_("Design deposits that finance received in the month, without those that were taken back."),
        rests_on=PAID,
        clause="DEC-R42, DEC-K05",
    ),
    Measure(
        id="decoration.conversion",
        label=_("Conversion rate"),
        unit=SHARE,
        entity=n.CUSTOMER,
        right=reach.ALL,
        sums=Part(designers.counted, designers.CONVERSION),
        url=_designers,
        about=_(
            "Design deposits taken in the month by negotiations held in it; each designer's own is listed."
        ),
        rests_on=(*HELD, *PAID),
        clause="DEC-R42, DEC-K05",
    ),
)
