"""The story beside this file, carried out: meters read, bills posted, paid, late, reminded of and handed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

import gas_company
import gas_office
from company import Company
from core.inspections.kinds import OK
from core.messages.models import Outgoing
from core.worklist.models import DONE, OPEN, Obligation
from plugins.gas import happenings, models
from plugins.gas.billing import runs
from storytelling import Story, read, says

STORY = Path(__file__).with_name("a_month_of_gas.md")
EAST = "gas-east"
PHONES = {"Wang": "13800000001", "Li": "13800000002"}


@pytest.fixture
def branch(migrated_url: str, tmp_path: Path) -> Iterator[Company]:
    made = gas_company.found(migrated_url, tmp_path / "gas")
    yield made
    made.database.dispose()


@pytest.fixture
def story(branch: Company) -> Story:
    """Wang and Li, whose meters stood at 0 at the end of September."""
    made = Story(branch, EAST, people=f"{EAST}.")
    with branch.session(EAST) as session:
        tariff = gas_office.tariff(session)
        for name, phone in PHONES.items():
            account = gas_office.metered(session, tariff.id, ("2026-09-30", "0"), name=name, phone=phone)
            made.made[name] = account.id
    return made


def bill_of(story: Story, name: str) -> models.Bill:
    with story.company.session(EAST) as session:
        found = session.scalars(select(models.Bill).where(models.Bill.account_id == story.made[name])).one()
        session.expunge_all()
        return found


def owed(story: Story, name: str) -> list[str]:
    """The states of what is owed under somebody's bill."""
    of_bill = (Obligation.entity == "gas.bill", Obligation.record_id == bill_of(story, name).id)
    with story.company.session(EAST) as session:
        return list(session.scalars(select(Obligation.state).where(*of_bill)))


def reminders(story: Story) -> list[str | None]:
    with story.company.session(EAST) as session:
        return list(session.scalars(select(Outgoing.address).where(Outgoing.template == "gas.reminder")))


@says("The {who} reads the meters: Wang {wang}, Li {li}.")
def reads(story: Story, who: str, wang: str, li: str) -> None:
    assert story.today is not None
    with story.company.session(EAST) as session:
        for name, value in (("Wang", wang), ("Li", li)):
            of_account = models.Meter.account_id == story.made[name]
            meter = session.scalars(select(models.Meter).where(of_account)).one()
            gas_office.read(session, meter, story.today.isoformat(), value)
        happenings.meters_read(session, [story.today])


@says("The {who} makes the round before opening, and everything is in order.")
def looks(story: Story, who: str) -> None:
    path = "/core/inspections/gas/hall-opening"
    items = set(re.findall(r'name="(verdict:[^"]+)"', story.page(who, path)))
    assert items, "nothing is looked at"
    answer = story.browser(who).post(path, {"do": "finish", **dict.fromkeys(items, OK)})
    assert answer.status_code == 302, answer.text


@says("The usage of {period} is billed.")
def is_billed(story: Story, period: str) -> None:
    assert story.today is not None
    with story.company.session(EAST) as session:
        run = runs.new_run(session, period, story.today)
        for first, last, _count in runs.plan(session, run, 1000):
            runs.bill_chunk(session, run, first, last)
            happenings.bills_posted(session, run, first, last)
        runs.close_run(session, run)
        happenings.billing_done(session, run)


@says("Wang owes a bill, and Li owes a bill.")
def both_owe(story: Story) -> None:
    assert all(bill_of(story, name).total > 0 for name in PHONES)


@says("The {who} takes at the counter what {name} owes.")
def takes(story: Story, who: str, name: str) -> None:
    total = bill_of(story, name).total
    assert total > Decimal(0)
    entries = {"amount": str(total), "method": "cash", "notes_checked": "y"}
    answer = story.browser(who).fill(f"/gas/counter/{story.made[name]}", entries)
    assert answer.status_code == 302, answer.text


@says("Under the bill of Wang everything is done; under that of Li {count} things are open.")
def under_the_bills(story: Story, count: str) -> None:
    assert set(owed(story, "Wang")) == {DONE}
    assert owed(story, "Li").count(OPEN) == int(count), owed(story, "Li")


@says("Nobody has been reminded.")
def nobody_reminded(story: Story) -> None:
    assert reminders(story) == []


@says("Li has been reminded once, Wang never.")
def li_reminded(story: Story) -> None:
    assert reminders(story) == [PHONES["Li"]]


def test_the_story_comes_true(story: Story) -> None:
    story.tell(read(STORY))
