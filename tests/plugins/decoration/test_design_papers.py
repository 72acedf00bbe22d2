"""The papers of the design stage, as they are read: invitation, notices, receipts (DEC-P10)."""
# zh-ok-file: what stands on the papers

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal

import pypdf
import pytest

from company import Company
from core.data import clock
from decoration_company import HERE, customer
from decoration_design import commission, customer_of
from plugins.decoration.models.design import Appointment, Fee, Receipt
from plugins.decoration.rules import names_design as d


def read(company: Company, who: str, path: str, language: str = "zh") -> str:
    answer = company.client_of(f"{HERE}.{who}", language).get(f"/decoration/papers/{path}.pdf")
    assert answer.mimetype == "application/pdf", answer.text
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages]
    return "".join("".join(pages).split())


@pytest.fixture(scope="module")
def design(company: Company) -> int:
    return commission(company, "WT-88", customer_id=customer(company, "P-88", name="沈嘉禾"))


def test_the_invitation_says_when_and_where(company: Company, design: int) -> None:
    row = Appointment(
        customer_id=customer_of(company, design),
        commission_id=design,
        stage=d.RENDERING,
        planned_on=clock.today() + timedelta(days=3),
        starts="14:30",
        ends="15:30",
        place="店面二楼",
    )
    meeting = company.put(HERE, row)
    told = read(company, "specialist", f"invitation/{meeting}")
    for words in ("预约通知", "沈嘉禾", "WT-88", "与客户看效果图", "14:30–15:30", "店面二楼", "诚邀您"):
        assert words in told, (words, told)
    assert "Invitationtoanappointment" in read(company, "specialist", f"invitation/{meeting}", "en")
    refused = company.client_of(f"{HERE}.designer").get(f"/decoration/papers/invitation/{meeting}.pdf")
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("kind", "says"),
    [(d.DESIGN_DEPOSIT, "设计初稿已确定"), (d.DESIGN_FEE, "制作效果图之前"), (d.ORDER_DEPOSIT, "缴纳订金")],
)
def test_the_notice_says_what_is_to_be_paid(company: Company, design: int, kind: str, says: str) -> None:
    whose = {"customer_id": customer_of(company, design), "commission_id": design, "kind": kind}
    fee = company.put(HERE, Fee(**whose, amount=Decimal("6800.50"), opened_on=clock.today()))
    told = read(company, "specialist", f"notice/{fee}")
    for words in ("缴费通知", "沈嘉禾", says, "¥6,800.50", "人民币陆仟捌佰元零伍角"):
        assert words in told, (words, told)
    unnamed = company.put(HERE, Fee(**{**whose, "kind": d.ORDER_DEPOSIT}, opened_on=clock.today()))
    browser = company.client_of(f"{HERE}.specialist")
    assert browser.get(f"/decoration/papers/notice/{unnamed}.pdf").status_code == 404, (
        "nobody named an amount"
    )


def test_a_receipt_and_what_takes_it_back(company: Company, design: int) -> None:
    whose = {"customer_id": customer_of(company, design), "commission_id": design, "kind": d.DESIGN_FEE}
    fee = company.put(HERE, Fee(**whose, amount=Decimal("1234.56"), opened_on=clock.today()))
    posted = {**whose, "fee_id": fee, "received_on": clock.today(), "method": d.TRANSFER}
    first = company.put(HERE, Receipt(number="SJ00000901", amount=Decimal("1234.56"), **posted))
    back = {"number": "SJ00000902", "amount": Decimal("-1234.56"), "reverses_id": first, "reason": "录错金额"}
    second = company.put(HERE, Receipt(**posted, **back))
    told = read(company, "finance", f"receipt/{first}")
    for words in ("SJ00000901", "沈嘉禾", "设计费", "转账", "¥1,234.56", "人民币壹仟贰佰叁拾肆元伍角陆分"):
        assert words in told, (words, told)
    reversal = read(company, "finance", f"receipt/{second}")
    for words in ("冲回收据", "SJ00000902", "SJ00000901", "录错金额", "人民币负"):
        assert words in reversal, (words, reversal)
