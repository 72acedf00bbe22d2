"""What became of an obligation is told of it once, and the message keeps which one it speaks of."""

from __future__ import annotations

from datetime import date, timedelta

from shop.models import Customer
from sqlalchemy import select, update

from company import Company
from core.branches.setwise import change, table_of
from core.messages.models import Outgoing
from core.worklist.events import happened
from core.worklist.models import Obligation
from duties import at, customer, night, owed, ruled_by
from shop_duties import FIRST_ORDER, REMINDED

DAY = date(2026, 11, 2)
LATE = DAY + timedelta(days=4)


def told(company: Company) -> list[Outgoing]:
    with company.session("east") as session:
        found = list(session.scalars(select(Outgoing).order_by(Outgoing.id)))
        session.expunge_all()
        return found


def test_who_is_late_is_told_once_for_each_obligation(own_company: Company):
    with ruled_by(own_company, (FIRST_ORDER, REMINDED)):
        with at(DAY):
            one, other = (customer(own_company, number=each) for each in ("A1", "A2"))
        night(own_company, LATE - timedelta(days=1))
        assert told(own_company) == []
        night(own_company, LATE)
        duties = {each.record_id: each.id for each in owed(own_company, FIRST_ORDER)}
        assert {each.record_id: each.obligation_id for each in told(own_company)} == duties
        own = table_of(Obligation)
        with own_company.session("east") as session:  # put off, as after a pause, and late again
            again = update(own).values(late_on=None, due_on=LATE + timedelta(days=2))
            change(session, Obligation, again.where(own.c.record_id == one))
        night(own_company, LATE + timedelta(days=3))
        assert next(each.late_on for each in owed(own_company, record_id=one)) == LATE + timedelta(days=3)
        assert len(told(own_company)) == 2
        with at(LATE), own_company.session("east") as session:  # without an obligation, once a day
            for on in (LATE, LATE, LATE + timedelta(days=1)):
                row = session.get_one(Customer, other)
                happened(session, "shop.customer.SHOP-D01-late", [row], on)
        assert [each.obligation_id for each in told(own_company)[2:]] == [None, None]
