"""A small gas office for tests: a branch with tariffs, accounts, meters and readings, made through the models."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches import Branch, branch_scope, system_scope
from core.data.database import Database
from plugins.gas import arrears, models, tariffs
from plugins.gas.billing import runs

_numbers = itertools.count(1)


def add_branch(database: Database, code: str) -> int:
    with database.sessions() as session, system_scope("a test makes a branch"):
        branch = Branch(code=code, name_zh="测试分公司", name_en="Test branch")
        session.add(branch)
        session.commit()
        return branch.id


@dataclass
class Office:
    """One branch of a database; `office.session()` acts in it."""

    database: Database
    branch_id: int
    tariff_ids: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in the branch's scope; commits at the end."""
        with branch_scope(self.branch_id), self.database.sessions() as session:
            yield session
            session.commit()


def tariff(
    session: Session,
    *,
    model: str = "graduated_annual",
    uppers: str = "310, 520",
    prices: str = "3.00, 3.30, 4.20",
    seasons: str | None = None,
    rounding: str = "line",
    valid_from: date = date(2014, 9, 1),
    valid_to: date | None = None,
    code: str | None = None,
    legal_basis: str | None = None,
    minimum: Decimal = Decimal(0),
) -> models.Tariff:
    """A tariff with one published version; flat when there are no bounds and no seasons."""
    code = code or f"T{next(_numbers)}"
    made = models.Tariff(code=code, name_zh="居民用气", name_en="Residents", use_class=models.RESIDENT)
    session.add(made)
    session.flush()
    publish(
        session, made, model=model, uppers=uppers, prices=prices, seasons=seasons, rounding=rounding,
        valid_from=valid_from, valid_to=valid_to,
        legal_basis=legal_basis, minimum=minimum,
    )  # fmt: skip
    return made


def publish(session: Session, of: models.Tariff, **values: Any) -> models.TariffVersion:
    version = models.TariffVersion(tariff_id=of.id, **values)
    session.add(version)
    session.flush()
    tariffs.publish(session, version, None)
    return version


def account(session: Session, tariff_id: int | None, **values: Any) -> models.Account:
    given: dict[str, Any] = {
        "number": f"{next(_numbers):08d}",
        "name": "王芳",
        "address": "和平里1号",
        "opened_on": date(2014, 1, 1),
        "tariff_id": tariff_id,
    }
    made = models.Account(**{**given, **values})
    session.add(made)
    session.flush()
    return made


def meter(
    session: Session, of: models.Account, opened: tuple[str, str] | None, **values: Any
) -> models.Meter:
    """A meter with its opening reading, given as date and value."""
    given: dict[str, Any] = {
        "number": f"M{next(_numbers):07d}",
        "account_id": of.id,
        "type": "diaphragm",
        "installed_on": date(2014, 1, 1),
    }
    made = models.Meter(**{**given, **values})
    session.add(made)
    session.flush()
    if opened:
        read(session, made, *opened, kind=models.OPENING)
    return made


def read(session: Session, of: models.Meter, on: str, value: str, **values: Any) -> models.Reading:
    given: dict[str, Any] = {"period": on[:7]}
    made = models.Reading(
        account_id=of.account_id,
        meter_id=of.id,
        read_on=date.fromisoformat(on),
        value=Decimal(value),
        **{**given, **values},
    )
    session.add(made)
    session.flush()
    return made


def metered(
    session: Session, tariff_id: int | None, *readings: tuple[str, str], **values: Any
) -> models.Account:
    """An account with one meter; the first reading, as date and value, is the opening one."""
    made = account(session, tariff_id, **values)
    its_meter = meter(session, made, readings[0])
    for on, value in readings[1:]:
        read(session, its_meter, on, value)
    return made


def opening_bill(
    session: Session, of: models.Account, read_to: date, usage: str, total: str = "0.00"
) -> models.Bill:
    """What was used before the test begins, counted in the pricing year of `read_to`."""
    given = {"kind": models.OPENING_BALANCE, "period": f"{read_to:%Y-%m}", "number": f"O{next(_numbers):07d}"}
    return posted_bill(session, of, read_to, usage=Decimal(usage), total=Decimal(total), **given)


def posted_bill(session: Session, of: models.Account, on: date, **given: Any) -> models.Bill:
    """A bill written as it is: read, billed and due on one day, unless said otherwise."""
    made = models.Bill(
        account_id=of.id,
        read_from=on,
        read_to=on,
        volume_before=Decimal(0),
        pricing_year=date(on.year, 1, 1),
        extra_allowance=Decimal(0),
        months=1,
        rounding="line",
        billed_on=on,
        **{"due_on": on, **given},
    )
    session.add(made)
    session.flush()
    arrears.bills_posted(session, arrears.BILL.c.id == made.id)
    return made


def bill(session: Session, period: str, *, size: int = 1000, chunks: int | None = None) -> models.BillingRun:
    """A whole billing run, or its first `chunks` chunks and no end."""
    run = runs.new_run(session, period, date(2026, 12, 31))
    ranges: Sequence[tuple[int, int, int]] = runs.plan(session, run, size)
    for first, last, _count in ranges[:chunks]:
        runs.bill_chunk(session, run, first, last)
    if chunks is None:
        runs.close_run(session, run)
    return run


def shenzhen(session: Session) -> models.Tariff:
    seasons = "5-10: 30, 35 / 3.50, 4.00, 5.25\n11-4: 40, 45 / 3.50, 4.00, 5.25"
    return tariff(session, model="graduated_monthly", uppers="", prices="", seasons=seasons)


def the_bill(session: Session, account: models.Account, period: str) -> models.Bill:
    found = select(models.Bill).where(
        models.Bill.account_id == account.id, models.Bill.period == period, models.Bill.kind == models.USAGE
    )
    return session.scalars(found).one()


def reason_of(session: Session, account: models.Account) -> str:
    return session.scalars(
        select(models.BillingSkip.reason).where(models.BillingSkip.account_id == account.id)
    ).one()
