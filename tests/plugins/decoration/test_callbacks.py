"""Call-backs as people make them: the call list and its form, tries, scores by person, and what follows."""
# zh-ok-file: what customers who do not exist say

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from company import Api, Company, counted
from core.data import clock
from core.messages.models import Outgoing
from core.worklist.models import DONE, OPEN
from decoration_calls import PATH, Works, called, days, owed, plan, questionnaire, works
from decoration_company import HERE, customer, setting_changed
from plugins.decoration.calls.listing import last_calls
from plugins.decoration.models.callbacks import CallBack, CallScore, CallTry, Question, Questionnaire
from plugins.decoration.models.customers import Customer
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_callbacks as c

LIST = "/decoration/calls/"
WORDS = {"outcome": "reached", "channel": c.TELEPHONE, "summary": "一切正常"}


@pytest.fixture(scope="module")
def specialist(company: Company) -> Api:
    return company.api_of(f"{HERE}.specialist")


@pytest.fixture(scope="module")
def manager(company: Company) -> Api:
    return company.api_of(f"{HERE}.manager")


def today() -> date:
    return clock.today()


def weekly(company: Company, **values: Any) -> Works:
    """A site in its second week, of which the call of the first is late."""
    begun = today() - timedelta(days=9)
    made = works(company, begun, begun, **values)
    plan(company, "DEC-R63", begun, ahead=12)
    return made


def kept(company: Company, key: int) -> CallBack:
    with company.session(HERE) as session:
        found = session.get_one(CallBack, key)
        session.expunge(found)
        return found


def latest(company: Company, of: Works) -> CallBack:
    with company.session(HERE) as session:
        key = session.scalar(select(func.max(CallBack.id)).where(CallBack.customer_id == of.customer))
    assert key is not None
    return kept(company, key)


def address(company: Company, rule: str, record: int) -> str:
    """The form of the first call that a rule asks for of a record."""
    return f"{LIST}owed/{owed(company, rule, record, OPEN)[0].id}/call"


# ---------------------------------------------------------------- the list and its form


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_says_whom_to_call_by_which_telephone_and_what_was_said_last(
    company: Company, specialist: Api, language: str
) -> None:
    made = weekly(company, name="祝若兰", phone="138 0000 4321")
    called(specialist, made, c.AD_HOC, summary="瓷砖已选定")
    page = company.client_of(f"{HERE}.specialist", language).get(LIST).text
    assert "祝若兰" in page
    assert 'href="tel:13800004321"' in page
    assert "瓷砖已选定" in page
    assert {"en": "Works going on", "zh": "施工中"}[language] in page


def test_a_call_is_kept_in_its_form_and_closes_what_asked_for_it(company: Company) -> None:
    made = weekly(company)
    browser = company.client_of(f"{HERE}.specialist")
    form = address(company, "DEC-R63", made.site)
    answer = browser.fill(form, {**WORDS, "problems": "空鼓一处", "passed_to": "engineering"})
    assert answer.status_code == 302, answer.text
    record = latest(company, made)
    assert (record.state, record.kind, record.done_on) == (c.DONE, c.CONSTRUCTION, today())
    assert (record.site_id, record.commission_id) == (made.site, made.commission)
    assert (record.summary, record.problems, record.passed_to) == ("一切正常", "空鼓一处", "engineering")
    assert record.caller_id == company.people[f"{HERE}.specialist"]
    assert len(owed(company, "DEC-R63", made.site, DONE)) == 1
    again = browser.get(form)
    assert (again.status_code, again.headers["Location"]) == (302, LIST), (
        "somebody has made this call already"
    )


def test_who_was_not_reached_is_tried_again_and_every_try_is_kept(company: Company) -> None:
    made = weekly(company, name="庞之远")
    browser = company.client_of(f"{HERE}.specialist")
    again_on = today() + timedelta(days=2)
    tried = {"outcome": c.NO_ANSWER, "summary": "白天不接", "next_on": again_on.isoformat()}
    assert browser.fill(address(company, "DEC-R63", made.site), tried).status_code == 302
    record = latest(company, made)
    assert (record.state, record.tries, record.due_on) == (c.PLANNED, 1, again_on)
    assert len(owed(company, "DEC-R63", made.site, OPEN)) >= 1, "a try fulfils nothing"
    assert "庞之远" not in browser.get(LIST).text, "until the day of the next try"
    assert "庞之远" in browser.get(f"{LIST}?which=week").text
    form = f"{LIST}planned/{record.id}/call"
    assert browser.fill(form, {"outcome": c.BUSY, "next_on": today().isoformat()}).status_code == 422
    assert browser.fill(form, WORDS).status_code == 302
    assert latest(company, made).state == c.DONE
    assert len(owed(company, "DEC-R63", made.site, DONE)) == 1
    with company.session(HERE) as session:
        tries = session.scalars(select(CallTry).where(CallTry.call_back_id == record.id)).all()
        assert [(each.outcome, each.remark) for each in tries] == [(c.NO_ANSWER, "白天不接")]


def test_the_customer_scores_each_person_concerned(company: Company) -> None:
    """Each answer is kept with the person or the crew as they are now, so that it enters their appraisal (DEC-R41)."""
    asked = questionnaire(
        company,
        (c.OF_INSPECTOR, "巡检是否到位？", True),
        (c.OF_CREW, "施工是否满意？", True),
        (c.OF_FIRM, "还有什么意见？", False),
        (c.OF_DESIGNER, "设计是否满意？", True),
    )
    made = weekly(company)
    browser = company.client_of(f"{HERE}.specialist")
    form = address(company, "DEC-R63", made.site)
    page = browser.get(form).text
    assert f"score_{asked[0]}" in page
    assert f"score_{asked[3]}" not in page, "there is no designer to be asked about"
    entered = {**WORDS, f"score_{asked[0]}": "5", f"score_{asked[1]}": "3", f"words_{asked[2]}": "加快进度"}
    assert browser.fill(form, entered).status_code == 302
    record = latest(company, made)
    assert (record.lowest, record.satisfied) == (3, False)
    with company.session(HERE) as session:
        rows = session.scalars(
            select(CallScore).where(CallScore.call_back_id == record.id).order_by(CallScore.question_id)
        ).all()
        found = [(each.about, each.score, each.words, each.person_id is None) for each in rows]
        assert rows[1].crew_id is not None
    assert found == [
        (c.OF_INSPECTOR, 5, None, False),
        (c.OF_CREW, 3, None, True),
        (c.OF_FIRM, None, "加快进度", True),
    ]
    setting_changed(company, "DEC-R70", "satisfied_from", 3, today())
    other = weekly(company)
    answered = {**WORDS, f"score_{asked[0]}": "3"}
    assert browser.fill(address(company, "DEC-R63", other.site), answered).status_code == 302
    assert latest(company, other).satisfied is True


def test_a_prospect_stands_on_the_list_until_called(company: Company) -> None:
    key = customer(company, "P-1", name="季思远", call_back_on=today() - timedelta(days=1))
    browser = company.client_of(f"{HERE}.specialist")
    assert "季思远" in browser.get(LIST).text
    next_on = today() + timedelta(days=5)
    entered = {**WORDS, "next_on": next_on.isoformat()}
    assert browser.fill(f"{LIST}prospect/{key}/call", entered).status_code == 302
    assert "季思远" not in browser.get(LIST).text
    with company.session(HERE) as session:
        found = session.get_one(Customer, key)
        assert (found.call_result, found.call_back_on) == ("一切正常", next_on)


def test_the_list_reads_as_much_for_many_as_for_few(company: Company) -> None:
    browser = company.client_of(f"{HERE}.specialist")

    def statements() -> int:
        browser.get(LIST)
        with counted(company.database) as found:
            assert browser.get(LIST).status_code == 200
        return len(found)

    weekly(company)
    few = statements()
    for _each in range(15):
        weekly(company)
    assert statements() == few


def test_who_may_not_call_sees_no_list(company: Company) -> None:
    for name in ("assistant", "designer", "finance"):
        assert company.client_of(f"{HERE}.{name}").get(LIST).status_code == 403, name


# ---------------------------------------------------------------- rules


def test_a_planned_ad_hoc_call_is_owed_on_its_day(company: Company, specialist: Api) -> None:
    """DEC-R66: due on the day for which it was planned, also when that is moved; not where a branch has none."""
    made = works(company, date(2026, 5, 4))
    on = date(2027, 3, 3)
    sent = {"customer_id": made.customer, "kind": c.AD_HOC, "due_on": on.isoformat(), "about": "问瓷砖"}
    key = specialist("POST", PATH, json=sent).json["id"]
    assert days(company, "DEC-R66", key) == ["2027-03-03"]
    moved = specialist("PUT", f"{PATH}{key}", json={"due_on": "2027-03-05", "about": "问瓷砖"})
    assert moved.status_code == 200, moved.text
    assert days(company, "DEC-R66", key) == ["2027-03-05"]
    assert owed(company, "DEC-R66", key)[0].owner_id == company.people[f"{HERE}.specialist"]
    off = specialist("POST", f"{PATH}{key}/call-off", json={"called_off_why": "已在现场说明"})
    assert off.status_code == 200, off.text
    assert days(company, "DEC-R66", key) == []
    setting_changed(company, "DEC-R66", "adhoc_callbacks", False, date(2027, 6, 1))
    later = specialist("POST", PATH, json={**sent, "due_on": "2027-06-02"}).json["id"]
    assert owed(company, "DEC-R66", later) == []


def test_what_follows_on_a_day_is_a_call_of_its_own(company: Company, specialist: Api) -> None:
    made = works(company, date(2026, 5, 4))
    next_on = today() + timedelta(days=3)
    first = called(specialist, made, c.AD_HOC, follow_up="确认瓷砖", next_on=next_on.isoformat())
    following = latest(company, made)
    assert following.id != first
    assert (following.kind, following.state, following.due_on) == (c.AD_HOC, c.PLANNED, next_on)
    assert following.about == "确认瓷砖"
    assert len(owed(company, "DEC-R66", following.id, OPEN)) == 1


def test_what_is_reported_of_a_vip_the_manager_calls_back(
    company: Company, specialist: Api, manager: Api
) -> None:
    """DEC-R28: whoever else called a VIP, the manager does so in person; of other customers nothing is asked."""
    ordinary = works(company, date(2026, 5, 4))
    called(specialist, ordinary, c.AD_HOC)
    assert owed(company, "DEC-R28", ordinary.customer) == []
    vip = works(company, date(2026, 5, 4), customer_class=n.VIP)
    called(specialist, vip, c.AD_HOC)
    [asked] = owed(company, "DEC-R28", vip.customer, OPEN)
    assert asked.owner_position == n.MANAGER
    called(specialist, vip, c.VIP_CALL)
    assert len(owed(company, "DEC-R28", vip.customer, OPEN)) == 1, "only the manager's own call counts"
    called(manager, vip, c.VIP_CALL)
    assert owed(company, "DEC-R28", vip.customer, OPEN) == []


def test_the_manager_hears_of_ad_hoc_calls_and_of_no_others(company: Company, specialist: Api) -> None:
    """DEC-R66-B"""

    def heard(key: int) -> int:
        told = select(func.count(Outgoing.id)).where(Outgoing.rule == "DEC-R66-B", Outgoing.record_id == key)
        with company.session() as session:
            return session.scalar(told) or 0

    made = weekly(company)
    assert heard(called(specialist, made, c.AD_HOC)) == 1
    assert heard(called(specialist, made, c.CONSTRUCTION)) == 0


# ---------------------------------------------------------------- what is refused


def test_a_call_is_about_what_is_the_customers_own(company: Company, specialist: Api) -> None:
    mine, other = works(company, date(2026, 5, 4)), works(company, date(2026, 5, 4))
    sent = {"customer_id": mine.customer, "kind": c.AD_HOC, "due_on": today().isoformat()}
    for field, foreign in (("site_id", other.site), ("commission_id", other.commission)):
        refused = specialist("POST", PATH, json={**sent, field: foreign})
        assert set(refused.json["errors"]) == {field}, refused.text
    for kind, field in ((c.CONSTRUCTION, "site_id"), (c.SATISFACTION, "commission_id")):
        refused = specialist("POST", PATH, json={**sent, "kind": kind})
        assert set(refused.json["errors"]) == {field}, refused.text


def test_what_is_over_is_not_changed(company: Company, specialist: Api) -> None:
    made = works(company, date(2026, 5, 4))
    key = called(specialist, made, c.AD_HOC)
    sent = {"due_on": today().isoformat()}
    assert specialist("PUT", f"{PATH}{key}", json=sent).status_code == 409
    assert specialist("POST", f"{PATH}{key}/call-off", json={"called_off_why": "x"}).status_code == 409


def test_a_version_in_force_is_replaced_by_the_next_and_never_changed(company: Company, manager: Api) -> None:
    path, of_question = "/api/v1/decoration/questionnaire/", "/api/v1/decoration/question/"
    first = manager("POST", path, json={"name": "问卷"}).json["id"]
    empty = manager("POST", f"{path}{first}/put-in-force", json={})
    assert empty.status_code == 409, empty.text
    sent = {"questionnaire_id": first, "about": c.OF_FIRM, "text": "是否满意？", "scored": True}
    question = manager("POST", of_question, json=sent)
    assert question.status_code == 201, question.text
    assert manager("POST", f"{path}{first}/put-in-force", json={}).status_code == 200
    assert manager("PUT", f"{of_question}{question.json['id']}", json={"text": "?"}).status_code == 409
    assert set(manager("POST", of_question, json=sent).json["errors"]) == {"questionnaire_id"}
    browser = company.client_of(f"{HERE}.manager")
    browser.get(f"/decoration/questionnaire/{first}")
    assert browser.post(f"{LIST}questionnaire/{first}/next").status_code == 302
    with company.session(HERE) as session:
        second = session.scalar(select(func.max(Questionnaire.id)))
        texts = session.scalars(select(Question.text).where(Question.questionnaire_id == second)).all()
    assert list(texts) == ["是否满意？"]
    assert manager("POST", f"{path}{second}/put-in-force", json={}).status_code == 200
    with company.session(HERE) as session:
        states = dict(session.execute(select(Questionnaire.id, Questionnaire.state)).all())
    assert [key for key, state in states.items() if state == c.IN_FORCE] == [second]
    assert states[first] == c.REPLACED


def test_my_work_has_one_place_for_calls(company: Company) -> None:
    """Who has the call list gets its lines, and none for the rules behind it; who has not still sees what is owed."""
    weekly(company)
    page = company.client_of(f"{HERE}.specialist").get("/my-work/").text
    assert "Customers to call" in page
    assert "Weekly call-back in construction" not in page
    assert "DEC-R63" not in page


def test_what_was_said_last_is_that_of_the_latest_call(company: Company) -> None:
    """A call that was planned long before the others, and is made after them, is the last one."""
    made = works(company, date(2026, 5, 4))
    said = {"customer_id": made.customer, "due_on": today(), "state": c.DONE, "kind": c.AD_HOC}
    company.put(HERE, CallBack(number="LS-1", done_on=today(), summary="最后", **said))
    company.put(HERE, CallBack(number="LS-2", done_on=today() - timedelta(days=3), summary="早先", **said))
    with company.session(HERE) as session:
        assert last_calls(session, [made.customer])[made.customer].summary == "最后"
