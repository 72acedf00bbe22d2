"""Figures of call-backs: made of those due, content of those asked; My work and the cards of the home page."""
# zh-ok-file: what customers who do not exist say

from __future__ import annotations

from datetime import date, timedelta

from company import Company
from core.data import clock
from core.handbook.registry import book
from core.measures.months import Months
from core.worklist.lateness import fall_late
from decoration_calls import at, called, plan, questionnaire, works
from decoration_company import HERE
from plugins.decoration.measures.callbacks import content_of_asked, made_of_due
from plugins.decoration.models.callbacks import CallBack
from plugins.decoration.rules import names_callbacks as c

MONTH = Months("2026-06", date(2026, 6, 24), 1)
FORM = "/decoration/calls/"


def test_call_backs_made_are_a_share_of_those_that_were_due(company: Company) -> None:
    """Of the calls of 8, 15 and 22 June one was made; what is to come is not counted."""
    made = works(company, date(2026, 5, 4), date(2026, 6, 1))
    plan(company, "DEC-R63", date(2026, 6, 1), ahead=30)
    with at(date(2026, 6, 8)):
        called(company.api_of(f"{HERE}.specialist"), made, c.CONSTRUCTION)
    with at(date(2026, 6, 24)), company.session() as session:
        [found] = list(made_of_due(session, MONTH))
    assert (found.branch_id, found.month, found.amount, found.of) == (company.branches[HERE], "2026-06", 1, 3)
    with at(date(2026, 6, 24)), company.session(HERE) as session:
        fall_late(session, book().rules["DEC-R63"], date(2026, 6, 24))
    with at(date(2026, 6, 24)), company.session() as session:
        [found] = list(made_of_due(session, MONTH))
    assert (found.amount, found.of) == (1, 3), "what was missed stays due"


def test_content_customers_are_a_share_of_those_who_were_asked(company: Company) -> None:
    """A customer who was asked twice counts once, and is content who gave no low score at all."""
    first, second, third = (works(company, date(2026, 5, 4)) for _each in range(3))
    answers = ((first, 5, True), (first, 2, False), (second, 4, True), (third, None, None))
    for of, lowest, satisfied in answers:
        values = {"lowest": lowest, "satisfied": satisfied, "done_on": date(2026, 6, 9), "state": c.DONE}
        row = CallBack(customer_id=of.customer, kind=c.AD_HOC, due_on=date(2026, 6, 9), **values)
        row.number = f"X{of.customer}-{lowest}"
        company.put(HERE, row)
    with company.session() as session:
        [found] = list(content_of_asked(session, MONTH))
    assert (found.amount, found.of) == (1, 2)


def test_the_home_page_counts_whom_to_call_and_leads_to_the_list(company: Company) -> None:
    begun = clock.today() - timedelta(days=9)
    for _each in range(2):
        works(company, begun, begun)
    plan(company, "DEC-R63", begun, ahead=8)
    page = company.client_of(f"{HERE}.specialist", "zh").get("/my-work/").text
    assert f'href="{FORM}"' in page
    assert "待回访客户" in page
    assert "今日待回访客户" in page
    assert "待回访客户" not in company.client_of(f"{HERE}.finance", "zh").get("/my-work/").text


def test_scores_are_asked_by_the_version_in_force_alone(company: Company) -> None:
    [earlier] = questionnaire(company, (c.OF_FIRM, "旧的问题？", True))
    [asked] = questionnaire(company, (c.OF_FIRM, "新的问题？", True))
    made = works(company, date(2026, 5, 4))
    api = company.api_of(f"{HERE}.specialist")
    sent = {"customer_id": made.customer, "kind": c.AD_HOC, "due_on": clock.today().isoformat()}
    key = api("POST", "/api/v1/decoration/call-back/", json=sent).json["id"]
    page = company.client_of(f"{HERE}.specialist").get(f"{FORM}planned/{key}/call").text
    assert f"score_{asked}" in page
    assert f"score_{earlier}" not in page
