"""The order in which the doctor looks; a check that breaks is a finding itself, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator

from flask import Flask
from flask_babel import gettext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from core.branches.scope import system_scope
from core.installation import EXTENSION
from core.keeping.doctor import bytes_on_disk, chain, database, places, search, work
from core.keeping.doctor.findings import FAIL, OK, Finding, Patient

log = logging.getLogger(__name__)

Check = Callable[[Patient], Iterable[Finding]]

WITHOUT_DATABASE: tuple[tuple[str, Check], ...] = (
    ("access", places.access),
    ("disk", places.disk),
    ("plugins", work.plugins),
)
WITH_DATABASE: tuple[tuple[str, Check], ...] = (
    ("database", database.whole),
    ("clock", database.clocks),
)
WITH_TABLES: tuple[tuple[str, Check], ...] = (
    ("references", database.references),
    ("branches", database.inside_branches),
    ("gate", database.gate),
    ("switches", work.switches),
    ("files", bytes_on_disk.files),
    ("jobs", work.jobs),
    ("history", chain.history),
    ("search", search.tokens),
)


def look_over(app: Flask, mend: bool = False) -> list[Finding]:
    """Every finding, in a fixed order. Inside the application's context; texts are in its present language."""
    with (
        system_scope("the doctor looks at the rows of every branch"),
        app.extensions[EXTENSION].database.sessions() as session,
    ):
        return list(_findings(Patient(app, session, mend)))


def _findings(patient: Patient) -> Iterator[Finding]:
    yield from _round(WITHOUT_DATABASE, patient)
    try:
        patient.session.execute(text("SELECT 1"))
    except DBAPIError:
        yield Finding(
            "database",
            FAIL,
            gettext("The database is not reached."),
            gettext("Start it, or correct ZHIDU_DATABASE_URL."),
        )
        return
    yield from _round(WITH_DATABASE, patient)
    standing = list(_one("migrations", database.migrations, patient))
    yield from standing
    if all(each.state == OK for each in standing):
        yield from _round(WITH_TABLES, patient)


def _round(checks: Iterable[tuple[str, Check]], patient: Patient) -> Iterator[Finding]:
    for name, check in checks:
        yield from _one(name, check, patient)


def _one(name: str, check: Check, patient: Patient) -> Iterator[Finding]:
    try:
        yield from check(patient)
    except Exception as error:  # whatever is broken there, the rest is still worth knowing
        log.info("the check %s broke off", name, exc_info=True)
        patient.session.rollback()
        yield Finding(
            name,
            FAIL,
            gettext("This could not be looked at (%(error)s).", error=type(error).__name__),
            gettext("Run zhidu --verbose doctor, which shows where it broke off."),
        )
