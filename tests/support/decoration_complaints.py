"""Complaints, penalties and repairs of the tests' decoration firm, entered as its people enter them."""
# zh-ok-file: example data

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from company import Api, Company
from core.messages.models import Outgoing
from decoration_company import HERE, customer, house
from plugins.decoration.models.construction import Crew, Site

PATH = "/api/v1/decoration/complaint/"
PENALTIES = "/api/v1/decoration/penalty/"
REPAIRS = "/api/v1/decoration/repair/"
CALLS = "/decoration/calls/"
FILES = "/api/v1/decoration/repair-file/"


def who(company: Company, name: str) -> Api:
    return company.api_of(f"{HERE}.{name}")


def person(company: Company, name: str) -> int:
    return company.people[f"{HERE}.{name}"]


def complaint(company: Company, customer_id: int, by: str = "specialist", **values: Any) -> int:
    """A complaint that came by telephone; answers the id."""
    sent = {"customer_id": customer_id, "channel": "phone", "content": "卫生间墙砖空鼓", **values}
    made = who(company, by)("POST", PATH, json=sent)
    assert made.status_code == 201, made.text
    return int(made.json["id"])


def kept(company: Company, path: str, number: int, by: str = "manager") -> Any:
    answer = who(company, by)("GET", f"{path}{number}")
    assert answer.status_code == 200, answer.text
    return answer.json["result"]


def moved(company: Company, path: str, number: int, move: str, by: str, **sent: Any) -> Any:
    """What the program answers to a move."""
    return who(company, by)("POST", f"{path}{number}/{move}", json=sent)


def walked(company: Company, number: int, *until: str, **responsible: Any) -> None:
    """A complaint on its way up to the moves named, each made by whoever makes it."""
    steps = {
        "record": ("assistant", {"kind": "workmanship"}),
        "respond": ("assistant", {"response": "已致歉，明日上门查看"}),
        "assign": ("manager", {"justified": True, "opinion": "工队返工", **responsible}),
        "handle": ("specialist", {}),
        "resolve": ("specialist", {"result": "已返工重贴"}),
        "verify": ("specialist", {"proof": "现场照片及客户签字"}),
    }
    for move, (by, sent) in steps.items():
        answer = moved(company, PATH, number, move, by, **sent)
        assert answer.status_code == 200, (move, answer.text)
        if move in until:
            return
    called_back(company, "complaint", number)


def called_back(company: Company, kind: str, number: int, **said: Any) -> None:
    """The call with which a complaint or a repair ends, as the specialist makes it from its page."""
    words = {"outcome": "reached", "channel": "telephone", "summary": "客户满意", **said}
    answer = company.client_of(f"{HERE}.specialist").fill(f"{CALLS}{kind}/{number}/call", words)
    assert answer.status_code == 302, answer.text


def site(company: Company, number: str, completed_on: date | None = None, **values: Any) -> tuple[int, int]:
    """A customer with a site; answers both ids."""
    owner = customer(company, number)
    row = Site(
        number=f"S-{number}",
        customer_id=owner,
        house_id=house(company, owner, f"竹溪里{number}"),
        state="completed" if completed_on else "under_way",
        completed_on=completed_on,
        **values,
    )
    return owner, company.put(HERE, row)


def crew(company: Company, name: str) -> int:
    return company.put(HERE, Crew(name=name, foreman="周海涛"))


def told(company: Company, rule: str) -> list[tuple[int | None, int | None]]:
    """To whom a notice went and about which record, the oldest first."""
    asked = select(Outgoing.user_id, Outgoing.record_id).where(Outgoing.rule == rule).order_by(Outgoing.id)
    with company.session(HERE) as session:
        return [(row[0], row[1]) for row in session.execute(asked)]
