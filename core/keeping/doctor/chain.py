"""The history: whether its chains are whole, and how much of it waits for its seal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask_babel import gettext

from core.data import clock
from core.history.verify import UNGUARDED, verify_chain
from core.keeping.doctor.findings import FAIL, OK, WARN, Finding, Patient, some

WAITED_LONG = timedelta(hours=1)


def history(patient: Patient) -> Iterator[Finding]:
    """Nothing was changed, removed or put in another order; the tail without seals is short."""
    report = verify_chain(patient.session)
    if not report.is_whole:
        worst_first = sorted(report.problems, key=lambda each: each.kind == UNGUARDED)
        problems = some([each.text for each in worst_first])
        yield Finding(
            "history",
            FAIL,
            gettext("The history was tampered with: %(problems)s.", problems=problems),
            gettext("Compare it with the last backup, and find out who had the database in hand."),
        )
    else:
        said = gettext(
            "The history is whole: %(sealed)s sealed entries, %(unsealed)s still to be sealed.",
            sealed=report.sealed,
            unsealed=report.unsealed,
        )
        yield Finding("history", OK, said)
    since = report.tail_since
    if since is not None and clock.now().replace(tzinfo=None) - since.replace(tzinfo=None) > WAITED_LONG:
        yield Finding(
            "history",
            WARN,
            gettext(
                "Entries of the history have waited for their seal since %(since)s.",
                since=f"{since:%Y-%m-%d %H:%M} UTC",
            ),
            gettext("Start zhidu run, or zhidu worker, which seals them."),
        )
