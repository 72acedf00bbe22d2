"""The department's own rules and posts: rounds on them, who comes to a post, and where a post leads."""
# zh-ok-file: what people write

from __future__ import annotations

import importlib.util
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import func, select

from company import Company
from core.data import clock
from core.handbook.access import breaches
from core.handbook.models import NOT_IN_ORDER, WARNED, Finding
from core.inspections import service
from core.inspections.items import items_of_rounds
from core.inspections.kinds import NOT_OK
from core.inspections.rhythm import Period
from core.workflow.models import WAITING, MoveRequest
from decoration_company import BY_ID, HERE, findings, setting_changed
from plugins.decoration.inspections import INSPECTIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o
from repository import ROOT

PATH = "/api/v1/decoration/personnel-proposal/"
TODAY = clock.today()
MIGRATION = ROOT / "plugins/decoration/migrations/versions/decoration_0010_appraisals.py"


def proposed(company: Company, who: str = "manager", **values: Any) -> Any:
    known = {"employee": "沈知微", "kind": o.APPOINT, "post": o.OTHER_POST, "reason": "工作需要"}
    return company.api_of(f"{HERE}.{who}")("POST", PATH, json={**known, **values})


def steps(company: Company, number: int) -> list[set[str]]:
    """What is asked before a proposal is decided: the rules of each yes."""
    asked = select(MoveRequest).where(
        MoveRequest.entity == o.PERSONNEL, MoveRequest.record_id == number, MoveRequest.state == WAITING
    )
    with company.session(HERE) as session:
        request = session.scalars(asked).one()
        return [{each["rule"], *each.get("also", ())} for each in request.chain]


@pytest.mark.parametrize(
    ("post", "low", "enough"),
    [
        (o.MANAGER_POST, o.SENIOR_HIGH, (o.COLLEGE, o.BACHELOR)),
        (o.SPECIALIST_POST, o.JUNIOR_HIGH, (o.SENIOR_HIGH, o.MASTER)),
        (o.ASSISTANT_POST, o.JUNIOR_HIGH, (o.SENIOR_HIGH,)),
    ],
)
def test_who_comes_to_a_post_has_its_education(
    company: Company, post: str, low: str, enough: tuple[str, ...]
) -> None:
    for lacking in ({}, {"education": low}):
        refused = proposed(company, post=post, **lacking)
        assert (refused.status_code, set(refused.json["errors"])) == (422, {"education"}), refused.text
    for level in enough:
        assert proposed(company, post=post, education=level).status_code == 201
    assert proposed(company, post=post, kind=o.DISMISS).status_code == 201, "nobody comes to the post"
    assert proposed(company, post=o.OTHER_POST, education=low).status_code == 201, "the paper asks nothing"


def test_the_education_is_what_the_branch_sets(company: Company) -> None:
    assert proposed(company, post=o.SPECIALIST_POST, education=o.COLLEGE).status_code == 201
    setting_changed(company, "DEC-R82", "specialist_min_education", o.BACHELOR, TODAY)
    refused = proposed(company, post=o.SPECIALIST_POST, education=o.COLLEGE)
    setting_changed(company, "DEC-R82", "specialist_min_education", o.SENIOR_HIGH, TODAY)
    assert refused.status_code == 422
    assert "bachelor" in refused.text or "本科" in refused.text


def test_a_post_that_is_taken_raises_a_doubt(company: Company) -> None:
    def doubts() -> int:
        return [each for each, _record in findings(company, "DEC-R53")].count(WARNED)

    before = doubts()
    wanted = {"post": o.MANAGER_POST, "education": o.COLLEGE}
    assert proposed(company, **wanted).status_code == 201, "somebody may leave"
    assert doubts() == before + 1
    setting_changed(company, "DEC-R53", "manager_headcount", 2, TODAY)
    assert proposed(company, **wanted).status_code == 201
    assert proposed(company, post=o.SPECIALIST_POST, education=o.COLLEGE).status_code == 201
    assert doubts() == before + 1, "as many specialists as the work needs"
    setting_changed(company, "DEC-R53", "specialist_headcount", 1, TODAY)
    assert proposed(company, post=o.SPECIALIST_POST, education=o.COLLEGE).status_code == 201
    assert doubts() == before + 2


@pytest.mark.parametrize(
    ("present", "leads", "does_not"),
    [
        (
            o.MANAGER_POST,
            (o.GM_ASSISTANT, o.DEPUTY, o.GENERAL, o.OTHER_MANAGER),
            (o.ASSISTANT_POST, o.OTHER_POST),
        ),
        (o.SPECIALIST_POST, (o.MANAGER_POST, o.GM_ASSISTANT, o.DEPUTY, o.GENERAL), (o.OTHER_MANAGER,)),
        (o.ASSISTANT_POST, (o.MANAGER_POST,), (o.OTHER_POST,)),
    ],
)
def test_a_promotion_follows_the_career_of_the_post(
    company: Company, present: str, leads: tuple[str, ...], does_not: tuple[str, ...]
) -> None:
    risen = {"kind": o.PROMOTE, "present_post": present, "education": o.MASTER}
    for post in leads:
        assert proposed(company, post=post, **risen).status_code == 201
    for post in does_not:
        refused = proposed(company, post=post, **risen)
        assert (refused.status_code, set(refused.json["errors"])) == (422, {"post"}), refused.text
    assert proposed(company, post=does_not[0], education=o.MASTER).status_code == 201, "no promotion"


def test_a_promotion_says_where_it_starts(company: Company) -> None:
    refused = proposed(company, kind=o.PROMOTE, post=o.MANAGER_POST, education=o.MASTER)
    assert set(refused.json["errors"]) == {"present_post"}


def test_a_promotion_is_decided_by_the_general_manager_by_its_career_too(company: Company) -> None:
    for values, rules in (
        ({"kind": o.PROMOTE, "present_post": o.MANAGER_POST, "post": o.DEPUTY}, {"DEC-R49", "DEC-R54"}),
        ({"kind": o.PROMOTE, "present_post": o.ASSISTANT_POST, "post": o.GENERAL}, {"DEC-R49", "DEC-R88"}),
        ({"kind": o.PROMOTE, "present_post": o.OTHER_POST, "post": o.GENERAL}, {"DEC-R49"}),
        ({"kind": o.TRAIN, "present_post": o.MANAGER_POST}, {"DEC-R49"}),
    ):
        number = proposed(company, **values).json["id"]
        manager = company.api_of(f"{HERE}.manager")
        assert manager("POST", f"{PATH}{number}/decide", json={}).status_code in (200, 202)
        assert steps(company, number) == [rules], "one yes of the general manager suffices"


def test_the_manager_alone_brings_up_matters_of_personnel(company: Company) -> None:
    for kind in (o.PAY, o.TRAIN, o.DISMISS):
        assert proposed(company, kind=kind, post=o.SPECIALIST_POST).status_code == 201
    assert proposed(company, "assistant").status_code == 403
    assert proposed(company, "general-manager").status_code == 403
    rule: Any = BY_ID["DEC-R44"]
    known = company.installation
    assert list(breaches([rule], known.positions, known.entities)) == []
    without = {key: each for key, each in known.positions.items() if key == n.ASSISTANT}
    lacking = breaches([rule], {**without, n.MANAGER: known.positions[n.ASSISTANT]}, known.entities)
    assert {each.how for each in lacking} == {"lacks"}


@pytest.mark.parametrize(
    ("round_id", "who", "counts"),
    [
        (o.DEPARTMENT_ROUND, "manager", {"DEC-R29": 6, "DEC-R82-B": 3}),
        (o.MANAGER_ROUND, "general-manager", {"DEC-R52-B": 4}),
    ],
)
def test_rules_and_people_are_looked_at_on_rounds_of_their_own(
    company: Company, round_id: str, who: str, counts: dict[str, int]
) -> None:
    branch, person = company.branches[HERE], company.people[f"{HERE}.{who}"]
    (round_,) = [each for each in INSPECTIONS if each.id == round_id]
    with company.session(HERE) as session:
        items = items_of_rounds(session, INSPECTIONS, branch, TODAY)[round_id]
        asked = [each.rule.id for each in items]
        made = service.begun(session, round_, Period(TODAY, TODAY), items, TODAY, person)
        service.judge(session, made, {each.name: service.Judged(NOT_OK, "待改") for each in items}, person)
        service.finish(session, made, person)
        found = session.execute(
            select(Finding.rule, func.count()).where(Finding.outcome == NOT_IN_ORDER).group_by(Finding.rule)
        )
        kept = {rule: count for rule, count in found if rule in counts}
    assert {each: asked.count(each) for each in set(asked)} == counts
    assert kept == counts
    page = company.client_of(f"{HERE}.{who}").get("/core/inspections/")
    assert page.status_code == 200
    assert company.client_of(f"{HERE}.designer").get("/core/inspections/").status_code in (403, 404)


def test_rules_that_a_branch_leaves_out_are_not_looked_at(company: Company) -> None:
    setting_changed(company, "DEC-R29", "policy_documents", ("vip",), TODAY)
    with company.session(HERE) as session:
        items = items_of_rounds(session, INSPECTIONS, company.branches[HERE], TODAY)[o.DEPARTMENT_ROUND]
    assert [each.rule.id for each in items].count("DEC-R29") == 1


def test_posts_that_were_written_in_words_go_on_in_the_reason() -> None:
    spec = importlib.util.spec_from_file_location("moved", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    moved = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(moved)
    known = sa.table("decoration_personnel_proposal", sa.column("post"), sa.column("reason"))
    with sa.create_engine("sqlite://").begin() as connection:
        connection.exec_driver_sql("CREATE TABLE decoration_personnel_proposal (post text, reason text)")
        connection.execute(sa.insert(known), [{"post": "客服部主管", "reason": "工作需要"}])
        connection.execute(moved.posts_in_words())
        assert connection.execute(sa.select(known)).all() == [(o.OTHER_POST, "客服部主管: 工作需要")]
