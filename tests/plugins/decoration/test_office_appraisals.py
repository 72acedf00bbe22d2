"""How service is appraised (DEC-E18): customers' ratings, the manager's judgement, feedback, and who sees it."""
# zh-ok-file: what people write

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from company import Company
from core.data import clock
from core.handbook.access import breaches
from core.handbook.thresholds import MISSED, NOT_APPLICABLE, REACHED, verdict
from core.measures.months import Months
from decoration_company import BY_ID, HERE, customer, setting_changed
from decoration_design import at, night, owed
from plugins.decoration.measures.appraisals import served
from plugins.decoration.models.callbacks import CallBack, CallScore, Question, Questionnaire
from plugins.decoration.models.complaints import Complaint, Repair
from plugins.decoration.models.construction import Crew, Site
from plugins.decoration.models.construction_stages import SiteCheck
from plugins.decoration.models.customers import House
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o

API = "/api/v1/decoration"
TODAY = clock.today()
MAY, JUNE = date(2026, 5, 20), date(2026, 6, 10)
OF_JUNE = {"first_day": "2026-06-01", "last_day": "2026-06-30"}


def call(company: Company, who: str, method: str, path: str, **values: Any) -> Any:
    more = {"json": values} if method in ("POST", "PUT") else {}
    return company.api_of(f"{HERE}.{who}")(method, f"{API}/{path}", **more)


def shown(company: Company, who: str, number: int) -> Any:
    answer = call(company, who, "GET", f"appraisal/{number}")
    return answer.json["result"] if answer.status_code == 200 else answer.status_code


def drafted(company: Company, **values: Any) -> int:
    answer = call(company, "manager", "POST", "appraisal/", **{**OF_JUNE, **values})
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


@pytest.fixture(scope="module")
def crew(company: Company) -> int:
    return company.put(HERE, Crew(name="瓦工一队", foreman="赵师傅"))


@pytest.fixture(scope="module")
def rated(company: Company, crew: int) -> int:
    """What customers said in May and June of the designer and of a crew; answers the id of the customer."""
    owner, designer = customer(company, "A-1"), company.people[f"{HERE}.designer"]
    paper = company.put(HERE, Questionnaire(version=1, name="满意度"))
    question = company.put(HERE, Question(questionnaire_id=paper, about="designer", text="满意吗"))
    asked = {"customer_id": owner, "question_id": question, "about": "designer"}
    whom = {"person_id": designer}
    for place, (day, score, who) in enumerate(
        ((MAY, 1, whom), (JUNE, 4, whom), (JUNE, None, whom), (JUNE, 2, {"crew_id": crew}))
    ):
        made = company.put(HERE, CallBack(number=f"A-{place}", customer_id=owner, due_on=JUNE))
        company.put(HERE, CallScore(**asked, **who, call_back_id=made, given_on=day, score=score))
    came = datetime.combine(JUNE, time(2), UTC)
    complaint = {
        "customer_id": owner,
        "channel": "phone",
        "received_at": came,
        "received_on": JUNE,
        "content": "x",
    }
    company.put(
        HERE,
        Complaint(number="A-2", responsible_id=designer, rating=5, called_back_on=JUNE, **complaint),
    )
    repair = {"customer_id": owner, "reported_on": JUNE, "kind": "other", "part": "general", "fault": "x"}
    company.put(HERE, Repair(number="A-3", crew_id=crew, rating=5, called_back_on=JUNE, **repair))
    return owner


def test_ratings_of_the_days_enter_the_appraisal(company: Company, crew: int, rated: int) -> None:
    designer = company.people[f"{HERE}.designer"]
    of_person = drafted(company, role=o.OF_DESIGNER, person_id=designer)
    of_crew = drafted(company, role=o.OF_CREW, crew_id=crew)
    nobody = drafted(company, role=o.OF_INSPECTOR, person_id=company.people[f"{HERE}.inspector"])
    for number, count, mean in ((of_person, 2, "4.5"), (of_crew, 2, "3.5"), (nobody, 0, None)):
        found = shown(company, "manager", number)
        assert found["ratings"] == count
        rating = found["customer_rating"]
        assert (rating if rating is None else Decimal(rating)) == (mean if mean is None else Decimal(mean))


def test_an_appraisal_is_made_once_and_fed_back_to_whom_it_is_about(
    company: Company, crew: int, rated: int
) -> None:
    designer = company.people[f"{HERE}.designer"]
    number = drafted(company, role=o.OF_DESIGNER, person_id=designer)
    of_crew = drafted(company, role=o.OF_CREW, crew_id=crew)
    path = f"appraisal/{number}"
    judged = {"manager_rating": 4, "result": o.GOOD}
    assert (
        call(company, "manager", "POST", f"{path}/appraise", manager_rating=9, result=o.GOOD).status_code
        != 200
    )
    assert call(company, "general-manager", "POST", f"{path}/appraise", **judged).status_code == 403
    assert call(company, "manager", "POST", f"{path}/appraise", **judged).status_code == 200
    assert call(company, "manager", "PUT", path, first_day="2026-05-01").status_code == 409
    assert shown(company, "designer", number) == 404, "nothing was fed back"
    assert shown(company, "general-manager", number)["result"] == o.GOOD
    assert call(company, "manager", "POST", f"{path}/feed-back", feedback="继续保持").status_code == 200
    assert shown(company, "designer", number)["feedback"] == "继续保持"
    assert shown(company, "inspector", number) == 404
    assert shown(company, "specialist", number) == 403
    assert call(company, "manager", "POST", f"appraisal/{of_crew}/appraise", **judged).status_code == 200
    assert (
        call(company, "manager", "POST", f"appraisal/{of_crew}/feed-back", feedback="好").status_code == 200
    )
    assert shown(company, "engineering", of_crew)["crew_id"] == crew
    assert shown(company, "engineering", number) == 404
    assert shown(company, "designer", of_crew) == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": o.OF_CREW}, "crew_id"),
        ({"role": o.OF_DESIGNER}, "person_id"),
        ({"role": o.OF_DESIGNER, "first_day": "2026-07-01"}, "last_day"),
    ],
)
def test_an_appraisal_says_of_whom_and_when(company: Company, values: dict[str, Any], field: str) -> None:
    if field == "last_day":
        values = {**values, "person_id": company.people[f"{HERE}.designer"]}
    refused = call(company, "manager", "POST", "appraisal/", **{**OF_JUNE, **values})
    assert set(refused.json["errors"]) == {field}, refused.text


def test_whom_the_branch_does_not_appraise_is_refused(company: Company, crew: int) -> None:
    drafted(company, role=o.OF_CREW, crew_id=crew)
    setting_changed(company, "DEC-R38-C", "appraised_roles", (o.OF_DESIGNER, o.OF_INSPECTOR), TODAY)
    days = {"first_day": "2026-06-01", "last_day": f"{TODAY}"}
    refused = call(company, "manager", "POST", "appraisal/", **days, role=o.OF_CREW, crew_id=crew)
    assert (refused.status_code, set(refused.json["errors"])) == (422, {"role"}), refused.text
    drafted(company, role=o.OF_CREW, crew_id=crew)  # by what was in force in June


def test_appraisals_are_counted_against_the_target_of_the_branch(company: Company, rated: int) -> None:
    months = Months(f"{TODAY:%Y-%m}", TODAY, 1)

    def told() -> tuple[Any, Any]:
        with company.session(HERE) as session:
            return next(((each.amount, each.of) for each in served(session, months)), (0, 0))

    well, all_of = told()
    designer = company.people[f"{HERE}.designer"]
    for result in (o.GOOD, o.FAIR, o.POOR):
        path = f"appraisal/{drafted(company, role=o.OF_DESIGNER, person_id=designer)}"
        values = {"manager_rating": 3, "result": result}
        assert call(company, "manager", "POST", f"{path}/appraise", **values).status_code == 200
        if result != o.FAIR:
            assert call(company, "manager", "POST", f"{path}/feed-back", feedback="已谈").status_code == 200
    assert told() == (well + 1, all_of + 2), "what was not fed back does not count"
    rule: Any = BY_ID["DEC-R38"]
    states = [verdict(rule, Decimal(each), Decimal(80)).state for each in (80, 79)]
    assert states == [REACHED, MISSED]
    assert verdict(rule, Decimal(79), rule.setting("appraisal_target").default).state == NOT_APPLICABLE


def test_appraisals_are_owed_once_a_branch_names_the_period(company: Company) -> None:
    begun = date(2027, 6, 1)
    night(company, begun)
    assert owed(company, "DEC-R38-B") == []
    with at(begun):
        setting_changed(company, "DEC-R38-B", "period", 1, begun)
    night(company, date(2027, 6, 2))
    assert len(owed(company, "DEC-R38-B")) >= 1


def test_the_manager_sees_the_work_of_inspectors_and_assistants_and_others_do_not(company: Company) -> None:
    owner = customer(company, "A-9")
    flat = company.put(HERE, House(customer_id=owner, address="桃源街1号"))
    site = company.put(HERE, Site(number="A-9", customer_id=owner, house_id=flat))
    inspector = company.people[f"{HERE}.inspector"]
    check = company.put(
        HERE, SiteCheck(site_id=site, customer_id=owner, checked_on=JUNE, checked_by=inspector)
    )
    minutes = call(company, "assistant", "POST", "document/", kind=o.PAPER, title="值班表").json["id"]
    seen = [f"site-check/{check}", f"document/{minutes}", f"customer/{owner}"]
    assert [call(company, "manager", "GET", each).status_code for each in seen] == [200] * 3
    assert all(call(company, "designer", "GET", each).status_code in (403, 404) for each in seen)
    rule: Any = BY_ID["DEC-R36"]
    known = company.installation
    assert list(breaches([rule], known.positions, known.entities)) == []
    instead = {**known.positions, n.MANAGER: known.positions[n.DESIGNER]}
    assert {each.how for each in breaches([rule], instead, known.entities)} == {"lacks"}
