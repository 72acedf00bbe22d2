"""What the shop owes: deadlines and cadences of every shape, for tests of obligations."""

from __future__ import annotations

from core.handbook.kinds import Cadence, Clause, Deadline, Is, Notice, Rule, Step
from core.handbook.values import DAY_OF_MONTH, DAYS, HOURS, MONTHS, WORKDAYS, Setting
from core.messages.kinds import MessageTemplate

CLAUSE = Clause("duties", "Shop rules", "7", "What is promised is kept.")
FIRST_ORDER = Deadline(
    "SHOP-D01",
    CLAUSE,
    "A household orders within %(days)s.",
    (Setting("days", DAYS, 3),),
    entity="shop.customer",
    owner="shop.clerk",
    title="First orders",
    event="shop.customer.added",
    closed_by=(("shop.order.added", "customer"),),
    within="days",
    where=(Is("kind", "home"),),
    while_=(Is("vip", False),),
    ladder=(Step(2, "shop.manager"),),
    missed_after=10,
)
CALL = Deadline(
    "SHOP-D02",
    CLAUSE,
    "Who has not ordered in time is called within %(days)s.",
    (Setting("days", WORKDAYS, 1),),
    entity="shop.customer",
    owner="shop.manager",
    title="Calls",
    event="shop.customer.SHOP-D01-late",
    within="days",
)
ANSWER = Deadline(
    "SHOP-D03",
    CLAUSE,
    "A firm is answered within %(hours)s.",
    (Setting("hours", HOURS, 4),),
    entity="shop.customer",
    owner="shop.clerk",
    title="Answers",
    event="shop.customer.added",
    within="hours",
    where=(Is("kind", "firm"),),
)
REPORT = Deadline(
    "SHOP-D04",
    CLAUSE,
    "The branch reports an order within %(days)s.",
    (Setting("days", DAYS, None),),
    owner="shop.manager",
    title="Reports of orders",
    event="shop.order.added",
    within="days",
)
VISIT = Cadence(
    "SHOP-D05",
    CLAUSE,
    "A firm is visited every %(months)s.",
    (Setting("months", MONTHS, 1),),
    entity="shop.customer",
    owner="shop.clerk",
    title="Visits",
    every="months",
    anchor="since",
    where=(Is("kind", "firm"),),
    paused=(Is("vip", True),),
    closed_by=(("shop.order.added", "customer"),),
)
MONTHLY = Cadence(
    "SHOP-D06",
    CLAUSE,
    "The branch reports by the %(day)s of each month.",
    (Setting("day", DAY_OF_MONTH, 5),),
    owner="shop.manager",
    title="Monthly reports",
    on="day",
)
DAILY = Cadence(
    "SHOP-D07",
    CLAUSE,
    "The till is counted every %(days)s.",
    (Setting("days", DAYS, 1),),
    owner="shop.clerk",
    title="Counts of the till",
    every="days",
)
DUTIES: tuple[Rule, ...] = (FIRST_ORDER, CALL, ANSWER, REPORT, VISIT, MONTHLY)
REMINDER = MessageTemplate(
    "shop.reminder", "Reminder", "shop.customer", "%(name)s", "%(name)s has not ordered."
)
REMINDED = Notice(
    "SHOP-D08",
    CLAUSE,
    "Who has not ordered in time is reminded.",
    event="shop.customer.SHOP-D01-late",
    template=REMINDER.id,
    address="number",
    channels=("call_list",),
)
