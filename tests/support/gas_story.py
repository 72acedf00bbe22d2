"""What the people of a gas office do in its stories, and what is found of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

import gas_office
from company import Company
from core.messages.kinds import CALL_LIST
from core.messages.models import WAITING, Outgoing
from core.worklist.models import Obligation
from pages import Page
from plugins.gas import happenings, models
from plugins.gas.billing import runs
from storytelling import Story, in_both, says

EAST = "gas-east"


def begun(branch: Company, *customers: str) -> Story:
    """Customers by name, each with a telephone, whose meters stood at 0 at the end of September."""
    made = Story(branch, EAST, people=f"{EAST}.")
    with branch.session(EAST) as session:
        tariff = gas_office.tariff(session)
        for number, name in enumerate(customers, start=1):
            known = {"name": name, "phone": phone_of(number)}
            account = gas_office.metered(session, tariff.id, ("2026-09-30", "0"), **known)
            made.made[name] = account.id
    return made


def phone_of(number: int) -> str:
    """The telephone of the first, second, ... customer of a story."""
    return f"1380000000{number}"


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


@says("The {who} reads the meters: {values}.")
def reads(story: Story, who: str, values: str) -> None:
    """`Wang 30, Li 12`."""
    assert story.today is not None
    with story.company.session(EAST) as session:
        for name, value in (each.split() for each in values.split(", ")):
            of_account = models.Meter.account_id == story.made[name]
            meter = session.scalars(select(models.Meter).where(of_account)).one()
            gas_office.read(session, meter, story.today.isoformat(), value)
        happenings.meters_read(session, [story.today])


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


@says("The {who} calls {name}: {result}")
def calls(story: Story, who: str, name: str, result: str) -> None:
    """The customer on the call list of the late bills."""
    waits = (Outgoing.channel == CALL_LIST, Outgoing.state == WAITING)
    with story.company.session(EAST) as session:
        of_bill = (Outgoing.entity == "gas.bill", Outgoing.record_id == bill_of(story, name).id)
        message = session.scalars(select(Outgoing.id).where(*waits, *of_bill)).one()
    answer = story.browser(who).fill(f"/core/message/{message}/call", {"result": result})
    assert answer.status_code == 302, answer.text


@says("The {who} takes at the counter what {name} owes.")
def takes(story: Story, who: str, name: str) -> None:
    total = bill_of(story, name).total
    assert total > Decimal(0)
    entries = {"amount": str(total), "method": "cash", "notes_checked": "y"}
    answer = story.browser(who).fill(f"/gas/counter/{story.made[name]}", entries)
    assert answer.status_code == 302, answer.text


@says("The {who} reads {words} on {path}.")
def reads_on(story: Story, who: str, words: str, path: str) -> None:
    for language, text in in_both(words):
        told = " ".join(Page(story.page(who, path, language)).texts)
        assert text in told, told


def refused(answer: Any, text: str, clause: str) -> None:
    """A REST call was refused with a text that names the rule and its clause."""
    told = answer.json["message"]
    assert answer.status_code == 422, answer.text
    assert text in told, told
    assert clause in told, told
