"""Sites of the decoration firm for tests, and the steps that people make on them by REST."""

from __future__ import annotations

import itertools
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select

from company import Company
from core.data import clock
from decoration_company import HERE, customer, house
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import Acceptance, Stage
from plugins.decoration.rules import names as n

_numbers = itertools.count(1)
API = "/api/v1/decoration/"


def on(day: date) -> AbstractContextManager[Any]:
    """The morning of a day in the branch."""
    return clock.frozen(datetime(day.year, day.month, day.day, 1, tzinfo=UTC))


def site(company: Company, **values: Any) -> int:
    """A prepared site of a customer of its own; answers the id."""
    number = f"{next(_numbers):03}"
    of = customer(company, f"S-{number}")
    known = {
        "customer_id": of,
        "house_id": house(company, of, f"听雨轩{number}号楼"),
        "number": f"GD-{number}",
    }
    known["inspector_id"] = company.people[f"{HERE}.inspector"]
    return company.put(HERE, Site(**{**known, **values}))


def sent(company: Company, who: str, path: str, status: int = 201, **values: Any) -> Any:
    """What the server answers to what somebody enters, or to a move; the status is as expected."""
    json = {key: each.isoformat() if isinstance(each, date) else each for key, each in values.items()}
    answer = company.api_of(f"{HERE}.{who}")("POST", f"{API}{path}", json=json)
    assert answer.status_code == status, answer.text
    return answer.json


def moved(company: Company, who: str, path: str, status: int = 200, **values: Any) -> Any:
    """A move of a record, `acceptance/7/notify`."""
    return sent(company, who, path, status, **values)


def started(company: Company, day: date, **values: Any) -> int:
    """A site whose start notice came on a day, so that its works begin; answers the id."""
    made = site(company, **values)
    notice = sent(company, "engineering", "start-notice/", site_id=made, start_on=day)["id"]
    moved(company, "engineering", f"start-notice/{notice}/send")
    moved(company, "specialist", f"start-notice/{notice}/receive")
    return made


def kept(company: Company, model: Any, record: int) -> Any:
    """A row as it stands in the database."""
    with company.session(HERE) as session:
        found = session.get_one(model, record)
        session.expunge(found)
        return found


def stages(company: Company, of: int) -> dict[str, Stage]:
    """The stages of a site by name, in order."""
    with company.session(HERE) as session:
        found = session.scalars(select(Stage).where(Stage.site_id == of).order_by(Stage.position)).all()
        session.expunge_all()
        return {each.stage: each for each in found}


def acceptances(company: Company, of: int, checkpoint: str) -> list[Acceptance]:
    """The acceptances of a checkpoint, in order."""
    asked = select(Acceptance).where(Acceptance.site_id == of, Acceptance.checkpoint == checkpoint)
    with company.session(HERE) as session:
        found = list(session.scalars(asked.order_by(Acceptance.attempt)))
        session.expunge_all()
        return found


def inspected(company: Company, of: int, checkpoint: str, day: date, passes: bool = True) -> int:
    """The open acceptance of a checkpoint announced, told to the customer and held on a day; answers its id."""
    number = acceptances(company, of, checkpoint)[-1].id
    moved(company, "engineering", f"acceptance/{number}/announce", planned_on=day)
    moved(company, "specialist", f"acceptance/{number}/notify")
    move = "pass" if passes else "fail"
    moved(company, "inspector", f"acceptance/{number}/{move}", record="见验收表", attended=True, held_on=day)
    return number


def accepted_up_to(company: Company, of: int, day: date, last: str = n.COMPLETION) -> None:
    """Each stage up to the last begun and accepted on a day."""
    for stage, row in stages(company, of).items():
        if row.state == "waiting":
            moved(company, "engineering", f"stage/{row.id}/begin")
        inspected(company, of, stage, day)
        if stage == last:
            return


def completed(company: Company, day: date, **values: Any) -> int:
    """A site all of whose works are done, with the completion notice received on a day."""
    made = started(company, day, **values)
    accepted_up_to(company, made, day)
    notice = sent(company, "engineering", "completion-notice/", site_id=made, completed_on=day)["id"]
    moved(company, "engineering", f"completion-notice/{notice}/send")
    moved(company, "specialist", f"completion-notice/{notice}/receive")
    return made
