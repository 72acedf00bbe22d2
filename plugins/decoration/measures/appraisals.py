"""How many of those whose service was appraised serve well or well enough (DEC-R38)."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from sqlalchemy import case, func
from sqlalchemy.orm import Session

from core.measures.kinds import SHARE, Measure, Sum
from core.measures.months import Months, listed
from plugins.decoration.measures.office import by_month
from plugins.decoration.models.office import Appraisal
from plugins.decoration.rules import names_office as o


def served(session: Session, months: Months) -> Iterable[Sum]:
    """Of the appraisals fed back in a month, those whose result is good or fair."""
    well = func.count(case((Appraisal.result != o.POOR, 1)))
    return by_month(session, months, Appraisal, Appraisal.fed_back_on, well, (Appraisal.state == o.FED_BACK,))


MEASURES = (
    Measure(
        id="decoration.service-appraised",
        label=_("Service appraised as well or well enough"),
        unit=SHARE,
        entity=o.APPRAISAL,
        right=o.SEE_ALL,
        sums=served,
        url=listed("/decoration/appraisal/", "fed_back_on"),
        about=_(
            "Of the appraisals fed back in the month, those of people and crews who serve well or well enough."
        ),
        rests_on=((o.APPRAISAL, "fed_back_on"), (o.APPRAISAL, "result")),
        clause="DEC-E18, DEC-R38",
    ),
)
