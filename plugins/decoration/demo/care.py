"""What customers of the example firm heard: greetings on holidays, events of the house, drafts of the days ahead."""
# zh-ok-file: example data, the same in both languages

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from core.branches import setwise
from core.worklist.events import happened
from plugins.decoration.care import collecting, news
from plugins.decoration.care.drafting import in_words, make
from plugins.decoration.demo.firm import DAYS, Firm
from plugins.decoration.models.care import CareMessage, HouseEvent
from plugins.decoration.models.customers import Contact, Customer
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.birthdays import key_of

EVENTS = (
    ("周年店庆", c.STORE_DAY, 400),
    ("新品石材发布", c.PRODUCT, 180),
    ("春季家装节开幕", c.OPENING, 90),
)
"""Events that are over, and how many days ago they were."""
AHEAD = ("年末老客户答谢会", c.CELEBRATION, 12)


def fill(firm: Firm) -> None:
    _keep_birthdays(firm)
    _greet(firm)
    firm.session.add_all(list(_events(firm)))
    title, kind, days = AHEAD
    planned = HouseEvent(title=title, kind=kind, held_on=firm.today + timedelta(days=days), takes_part=True)
    firm.session.add(planned)
    firm.session.flush()
    news.make_batches(firm.session, planned)
    happened(firm.session, f"{c.EVENT}.added", [planned], planned.held_on)
    collecting.collect(firm.session, firm.today)


def _keep_birthdays(firm: Firm) -> None:
    """Who was written in one go has no day yet by which an index finds birthdays."""
    models: tuple[Any, ...] = (Customer, Contact)
    for model in models:
        for person in firm.session.scalars(select(model).where(model.birthday.is_not(None))):
            person.birthday_key = key_of(person.birthday, person.lunar_birthday)
    firm.session.flush()


def _events(firm: Firm) -> Iterator[HouseEvent]:
    for title, kind, ago in EVENTS:
        held = firm.today - timedelta(days=ago)
        told = {"vips_told_on": held - timedelta(days=3), "all_told_on": held - timedelta(days=2)}
        taken_part = kind == c.OPENING
        yield HouseEvent(
            title=title, kind=kind, held_on=held, takes_part=taken_part, state=c.ALL_TOLD, **told
        )


def _greet(firm: Firm) -> None:
    """The holidays since the first customer was an old one."""
    known = firm.session.execute(select(Customer.id, Customer.name, Customer.phone)).all()
    people = {row[0]: (row[1], row[2]) for row in known}
    first, last = firm.today - timedelta(days=DAYS), firm.today - timedelta(days=1)
    for day, name in collecting.holidays(first, last):
        old = [
            story.customer_id
            for story in firm.stories
            if story.completed_on is not None and story.completed_on < day
        ]
        if old:
            _greeted(
                firm,
                day,
                in_words(firm.session, collecting.LABELS[name]),
                {each: people[each] for each in old},
            )


def _greeted(firm: Firm, day: date, title: str, people: dict[int, tuple[str, str]]) -> None:
    batch = make(firm.session, c.HOLIDAY, title, day, f"{c.HOLIDAY}/{day}")
    batch.state, batch.sent_on, batch.approved_on = c.SENT, day, day - timedelta(days=2)
    batch.approved_by = firm.staff["specialist"]
    firm.session.flush()
    rows: list[dict[str, Any]] = [
        {
            "batch_id": batch.id,
            "customer_id": customer_id,
            "cause": f"{batch.cause}/{customer_id}",
            "occasion": c.HOLIDAY,
            "name": name,
            "about": title,
            "phone": phone,
            "text": batch.text.replace("%(name)s", name).replace("%(about)s", title),
            "due_on": day,
            "state": c.RELEASED,
        }
        for customer_id, (name, phone) in people.items()
    ]
    setwise.insert_rows(firm.session, CareMessage, rows)
