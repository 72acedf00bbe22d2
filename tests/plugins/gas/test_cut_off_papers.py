"""The papers of a cut-off, as they are read: the dunning notice (GAS-P03) and the order."""

from __future__ import annotations

import io
from datetime import date

import pypdf
import pytest

from company import Company
from gas_cut_offs import EAST, at, decided, handed_over, notice, owing
from plugins.gas import models

BILLED, DAY = date(2026, 11, 2), date(2026, 11, 16)


@pytest.fixture
def order(company: Company) -> int:
    account, _bills = owing(company, BILLED, "60.00", "40.05")
    with at(DAY):
        return handed_over(company, account)


def read(company: Company, order: int, paper: str, who: str = "meter-reader", language: str = "zh") -> str:
    answer = company.client_of(f"{EAST}.{who}", language).get(f"/gas/cut-offs/{order}/{paper}.pdf")
    assert answer.mimetype == "application/pdf"
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages]
    return "".join("".join(pages).split())


def test_the_dunning_notice_says_what_is_owed_and_what_follows(company: Company, order: int) -> None:
    with at(DAY):
        before = company.client_of(f"{EAST}.meter-reader").get(f"/gas/cut-offs/{order}/notice.pdf")
        assert before.status_code == 404
        notice(company, order)
        told = read(company, order, "notice")
        with company.session(EAST) as session:
            found = session.get_one(models.CutOff, order)
            number, account = found.notice_number, session.get_one(models.Account, found.account_id).number
        english = read(company, order, "notice", language="en")
    for words in (
        "气费催缴通知单",
        str(number),
        account,
        "和平里1号",
        "¥100.05",
        "壹佰元零伍分",
        "¥40.05",
        "2026-02",
        "仍未缴清的，将停止供气",
        "核实期间不予停气",
        "抄表员",
    ):
        assert words in told, (words, told)
    assert "Whatstaysunpaidleadstoyourgasbeingcutoff." in english


def test_the_order_says_who_decided(company: Company, order: int) -> None:
    with at(DAY):
        decided(company, order)
        told = read(company, order, "order", "department-head")
        for who in ("team-leader", "cashier"):
            refused = company.client_of(f"{EAST}.{who}").get(f"/gas/cut-offs/{order}/order.pdf")
            assert refused.status_code == 403
    for words in ("停气处理单", "现决定对该用户停止供气", "保护用户、争议账单、在途款一律不得停气", "¥60.00"):
        assert words in told, (words, told)
    with company.session(EAST) as session:
        decider = company.user(session, f"{EAST}.department-head")
        assert f"决定人{decider.last_name}" in told
