"""The search: whether its tokens have been made, and are those of the records."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext

from core.keeping.doctor.findings import FAIL, OK, WARN, Finding, Patient, some
from core.search.looking import wrong_among
from core.search.plans import Plan, plan_of
from core.search.rebuilding import behind


def tokens(patient: Patient) -> Iterator[Finding]:
    """Every searched table has its tokens; of some of its records they are compared."""
    plans = _plans(patient)
    waiting = [each.table.name for each in behind(patient.session, plans)]
    if waiting:
        yield Finding(
            "search",
            WARN,
            gettext(
                "Records may not be found, as their tokens are not made: %(tables)s.", tables=some(waiting)
            ),
            gettext("Run zhidu search rebuild --missing."),
        )
    looked, wrong = 0, []
    for plan in plans:
        if plan.table.name not in waiting:
            seen, odd = wrong_among(patient.session, plan)
            looked += seen
            wrong += [plan.table.name] if odd else []
    if wrong:
        yield Finding(
            "search",
            FAIL,
            gettext("Records are not found by what they hold: %(tables)s.", tables=some(wrong)),
            gettext("Somebody changed rows past the program. Run zhidu search rebuild."),
        )
    elif not waiting:
        said = gettext("The search finds what is stored; %(count)s records were looked at.", count=looked)
        yield Finding("search", OK, said)


def _plans(patient: Patient) -> list[Plan]:
    found = (plan_of(each.model) for each in patient.installed.entities.values())
    return list({plan.table.name: plan for plan in found if plan is not None}.values())
