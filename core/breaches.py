"""Breaches (违纪) that one department finds and another answers for: told through the hook `slips`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.branches.switches import plugin_on
from core.installation import installation


@dataclass(frozen=True)
class Breach:
    """What happened, as whoever found it knows it.

    `user_id` is the account of the employee, `occurred_on` the day. `source` names the record that it was found in,
    `gas.inspection:17`, so that telling twice opens one slip. `rule` may name the offence's rule of the handbook.
    """

    user_id: int
    occurred_on: date
    facts: str
    evidence: str
    source: str
    place: str = ""
    rule: str = ""


def tell(session: Session, breach: Breach) -> list[str]:
    """Tell the departments that are on in the active branch and open slips; answers the addresses of the slips.

    It happens in the caller's transaction. Without such a department nothing happens.
    """
    found: list[str] = []
    for owner, open_slip in installation().host.implementations("slips"):
        if plugin_on(owner):
            address = open_slip(session=session, breach=breach)
            found += [address] if address else []
    return found
