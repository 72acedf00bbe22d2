"""Figures of complaints and repairs, with worked numbers, and what the rule book compares them with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from company import Company
from core.handbook import thresholds
from core.measures.months import Months
from decoration_company import BY_ID, HERE, customer
from plugins.decoration.measures.complaints import MEASURES
from plugins.decoration.models.complaints import Complaint, Repair

TODAY = date(2026, 11, 22)
MONTHS = Months("2026-11", TODAY)
SUMS: dict[str, Any] = {each.id: each.sums for each in MEASURES}
HOUR = timedelta(hours=1)


def told(company: Company, name: str) -> dict[str, tuple[object, object]]:
    """Month -> amount and whole, of months with either."""
    with company.session(HERE) as session:
        found = list(SUMS[name](session, MONTHS))
    assert {each.branch_id for each in found} <= {company.branches[HERE]}
    return {each.month: (each.amount, each.of) for each in found if each.amount or each.of}


def test_figures_of_a_month(company: Company) -> None:
    owners = [
        customer(company, f"K-{each}", phase="in_sale", filed_on=date(2026, 9, 1) + timedelta(days=40 * each))
        for each in range(3)
    ]
    customer(company, "K-9", phase="pre_sale")
    came = datetime(2026, 10, 20, 2, tzinfo=UTC)
    for place, (owner, hours, batch) in enumerate(
        ((0, 5, True), (0, 24, True), (1, 25, True), (1, None, False))
    ):
        company.put(
            HERE,
            Complaint(
                number=f"K{place}",
                customer_id=owners[owner],
                channel="phone",
                received_at=came,
                received_on=date(2026, 10, 20),
                content="x",
                respond_until=came + 24 * HOUR,
                responded_at=came + hours * HOUR if hours else None,
                batch=batch,
            ),
        )
    for covered in (True, False, False):
        company.put(
            HERE,
            Repair(
                number=f"W{covered}{owners.pop()}",
                customer_id=1,
                reported_on=TODAY,
                kind="other",
                part="general",
                fault="x",
                in_warranty=covered,
            ),
        )
    assert told(company, "decoration.complaints") == {"2026-10": (4, None)}
    assert told(company, "decoration.complaints-answered") == {"2026-10": (2, 4)}
    assert told(company, "decoration.batch-complaints") == {"2026-10": (2, None)}
    rate = told(company, "decoration.complaint-rate")
    assert (rate["2026-09"], rate["2026-10"], rate["2026-11"]) == ((0, 1), (4, 2), (0, 3))
    assert told(company, "decoration.repairs-under-warranty") == {"2026-11": (1, 3)}


def test_a_batch_is_compared_with_what_is_set() -> None:
    rule: Any = BY_ID["DEC-R87"]
    states = [thresholds.verdict(rule, figure, target).state for figure, target in ((3, 3), (4, 3))]
    assert states == [thresholds.REACHED, thresholds.MISSED]
