"""Contracts and what is owed by them, change orders, and what follows completion: settlement, handbook, card."""

from __future__ import annotations

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pypdf
from sqlalchemy import select

from company import Company
from core.measures.months import Months
from core.messages.models import Outgoing
from core.workflow.models import WAITING, MoveRequest
from core.worklist.models import Obligation
from decoration_calls import put
from decoration_company import HERE, customer, house, setting_changed
from decoration_design import commission
from decoration_sites import acceptances, accepted_up_to, completed, kept, moved, on, sent, site, started
from plugins.decoration.measures.construction import mid_due, under_construction
from plugins.decoration.models.complaints import RepairFile
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_papers import (
    Contract,
    HandbookReturn,
    Instalment,
    RecordCard,
    Settlement,
    ShowFlat,
)
from plugins.decoration.models.construction_stages import CompletionNotice, StartNotice
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Commission
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_construction as c

DAY = date(2026, 5, 6)
PLAN = ((c.DEPOSIT, c.AT_SIGNING, "30"), (c.MID, n.CARPENTRY, "65"), (c.FINAL, n.COMPLETION, "5"))
ITEMS = dict.fromkeys(c.ITEMS, c.IN_ORDER)


def contract(company: Company, of: int, amount: str = "100000.00", plan: Any = PLAN) -> int:
    """A drafted contract with its payment plan."""
    made = sent(company, "specialist", "contract/", site_id=of, amount=amount)["id"]
    for kind, due_at, share in plan:
        given = {"contract_id": made, "kind": kind, "due_at": due_at, "share": share}
        sent(company, "specialist", "instalment/", **given)
    return int(made)


def signed(company: Company, of: int, **more: Any) -> int:
    made = contract(company, of, **more)
    moved(company, "specialist", f"contract/{made}/sign")
    return made


def rows(company: Company, model: Any, of: int) -> list[Any]:
    with company.session(HERE) as session:
        found = list(session.scalars(select(model).where(model.site_id == of).order_by(model.id)))
        session.expunge_all()
        return found


def owed(company: Company, of: int) -> dict[str, tuple[Decimal | None, str, date | None]]:
    return {each.kind: (each.amount, each.state, each.due_on) for each in rows(company, Instalment, of)}


def paid(company: Company, of: int) -> None:
    """Finance confirms everything that is not paid yet."""
    for each in rows(company, Instalment, of):
        if each.state != c.PAID:
            moved(company, "finance", f"instalment/{each.id}/confirm", receipt="SJ-1")


def card_filed(company: Company, of: int) -> None:
    number = rows(company, RecordCard, of)[0].id
    moved(
        company, "specialist", f"record-card/{number}/file", details="王若兰，13800005678", summary="全屋整装"
    )


def test_a_contract_is_signed_once_its_plan_adds_up(company: Company) -> None:
    made = site(company)
    with on(DAY):
        number = contract(company, made, plan=PLAN[:2])
        moved(company, "specialist", f"contract/{number}/sign", 422)
        given = {"contract_id": number, "kind": c.FINAL, "due_at": n.COMPLETION}
        sent(company, "specialist", "instalment/", **given, amount="5000.00")
        moved(company, "engineering", f"contract/{number}/sign", 403)
        moved(company, "specialist", f"contract/{number}/sign")
    assert owed(company, made) == {
        c.DEPOSIT: (Decimal("30000.00"), c.DUE, DAY),
        c.MID: (Decimal("65000.00"), c.PLANNED, None),
        c.FINAL: (Decimal("5000.00"), c.PLANNED, None),
    }
    assert kept(company, Contract, number).signed_on == DAY
    sent(company, "specialist", "instalment/", 400, **given, amount="1.00")


def test_shares_follow_the_amount_until_the_contract_is_signed(company: Company) -> None:
    made = site(company)
    number = contract(company, made)
    api = company.api_of(f"{HERE}.specialist")
    found = api("GET", f"/api/v1/decoration/contract/{number}").json["result"]
    changed = api(
        "PUT",
        f"/api/v1/decoration/contract/{number}",
        json={"amount": "88888.88", "row_version": found.get("row_version")},
    )
    assert changed.status_code == 200, changed.text
    amounts = [each.amount for each in rows(company, Instalment, made)]
    assert amounts == [Decimal("26666.66"), Decimal("57777.77"), Decimal("4444.44")]
    refused = moved(company, "specialist", f"contract/{number}/sign", 422)
    assert set(refused["errors"]) == {"amount"}, "one fen is missing, and nobody hides it"


def test_payments_fall_due_by_the_stages_and_the_site_says_since_when(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        signed(company, made)
        accepted_up_to(company, made, DAY, last=n.CARPENTRY)
        assert owed(company, made)[c.MID][1:] == (c.DUE, DAY)
        row = kept(company, Site, made)
        assert (row.mid_due_on, row.final_due_on) == (DAY, None)
        mid = next(each.id for each in rows(company, Instalment, made) if each.kind == c.MID)
        moved(company, "specialist", f"instalment/{mid}/confirm", 403)
        moved(company, "finance", f"instalment/{mid}/confirm", receipt="SJ-7")
    assert kept(company, Site, made).mid_due_on is None
    found = kept(company, Instalment, mid)
    assert (found.state, found.paid_on, found.receipt) == (c.PAID, DAY, "SJ-7")


def test_what_a_signed_change_costs_is_owed_with_the_final_payment(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        given = {"site_id": made, "says": "阳台改为榻榻米", "amount": "3200.50", "days": 3}
        number = sent(company, "engineering", "change-order/", **given)["id"]
        moved(company, "engineering", f"change-order/{number}/propose")
        moved(company, "engineering", f"change-order/{number}/agree", 400)
        moved(company, "engineering", f"change-order/{number}/agree", agreed_by="王若兰")
        moved(company, "manager", f"change-order/{number}/sign", 422)
        signed(company, made)
        moved(company, "manager", f"change-order/{number}/sign")
        assert owed(company, made)[c.CHANGE] == (Decimal("3200.50"), c.PLANNED, None)
        accepted_up_to(company, made, DAY)
    assert owed(company, made)[c.CHANGE][1:] == (c.DUE, DAY)
    assert owed(company, made)[c.FINAL][1:] == (c.DUE, DAY)


def test_works_are_completed_when_every_stage_was_accepted(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        given = {"site_id": made, "completed_on": DAY}
        number = sent(company, "engineering", "completion-notice/", **given)["id"]
        moved(company, "engineering", f"completion-notice/{number}/send")
        moved(company, "specialist", f"completion-notice/{number}/receive", 422)
        accepted_up_to(company, made, DAY)
    with on(DAY + timedelta(days=2)):
        moved(company, "specialist", f"completion-notice/{number}/receive")
    row = kept(company, Site, made)
    assert (row.state, row.completed_on) == (n.COMPLETED, DAY), "the day of the notice, not of its receipt"
    assert len(acceptances(company, made, n.COMPLETION)) == 1


def test_with_the_last_works_completed_the_customer_is_served_after_the_sale(company: Company) -> None:
    """DEC-R01: also greetings, which go to old customers, depend on the phase."""
    with on(DAY):
        first = kept(company, Site, completed(company, DAY))
        assert kept(company, Customer, first.customer_id).phase == n.AFTER_SALE
        vip = customer(company, "PH-1", customer_class=n.VIP, phase=n.IN_SALE)
        own = {"customer_id": vip, "house_id": house(company, vip)}
        later = site(company, **own)
        completed(company, DAY, **own, number="GD-PH")
        assert kept(company, Customer, vip).phase == n.IN_SALE, "another site of theirs is not completed"
        put(company, Site, later, state=n.COMPLETED)
        completed(company, DAY, **own, number="GD-PH2")
    assert kept(company, Customer, vip).phase == n.VIP_PHASE


def test_a_signed_contract_is_told_by_the_design_it_came_of(company: Company) -> None:
    with on(DAY):
        made = site(company)
        row = kept(company, Site, made)
        design = commission(company, "SG-1", customer_id=row.customer_id)
        put(company, Site, made, commission_id=design)
        assert kept(company, Commission, design).signing == n.PENDING
        signed(company, made)
    assert kept(company, Commission, design).signing == n.SIGNED


def test_completed_works_are_listed_and_finance_is_told(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        signed(company, made)
        accepted_up_to(company, made, DAY)
        number = sent(company, "engineering", "completion-notice/", site_id=made, completed_on=DAY)["id"]
        moved(company, "engineering", f"completion-notice/{number}/send")
        moved(company, "specialist", f"completion-notice/{number}/receive")
        listed = rows(company, Settlement, made)[0]
        assert (listed.completed_on, listed.owed, listed.state) == (DAY, Decimal("100000.00"), c.LISTED)
        assert told(company, listed.id) == []
        moved(company, "specialist", f"settlement/{listed.id}/tell")
    assert told(company, listed.id) == [company.people[f"{HERE}.finance"]]
    found = kept(company, Settlement, listed.id)
    assert (found.materials_told_on, found.finance_told_on) == (DAY, DAY)


def told(company: Company, record: int) -> list[int | None]:
    asked = select(Outgoing.user_id).where(Outgoing.rule == "DEC-R67", Outgoing.record_id == record)
    with company.session(HERE) as session:
        return list(session.scalars(asked))


def test_the_specialist_owes_the_settlement_notice_once_days_are_set(company: Company) -> None:
    with on(DAY):
        without = rows(company, Settlement, completed(company, DAY))[0].id
        setting_changed(company, "DEC-R67-B", "settlement_notice_days", 2, DAY)
        listed = rows(company, Settlement, completed(company, DAY))[0].id
        asked = select(Obligation.record_id, Obligation.due_on, Obligation.state).where(
            Obligation.rule == "DEC-R67-B"
        )
        with company.session(HERE) as session:
            assert [tuple(row) for row in session.execute(asked)] == [(listed, date(2026, 5, 8), "open")]
        moved(company, "specialist", f"settlement/{listed}/tell")
        with company.session(HERE) as session:
            assert session.execute(asked).one().state == "done"
        setting_changed(company, "DEC-R67-B", "settlement_notice_days", None, DAY)
    assert without != listed


def test_a_site_is_settled_with_its_card_on_file_and_everything_paid(company: Company) -> None:
    with on(DAY):
        made = completed(company, DAY)
        signed(company, made)
        listed = rows(company, Settlement, made)[0].id
        moved(company, "specialist", f"settlement/{listed}/tell")
        moved(company, "specialist", f"settlement/{listed}/settle", 403)
        refused = moved(company, "finance", f"settlement/{listed}/settle", 422)
        assert "Payments" in str(refused)
        paid(company, made)
        refused = moved(company, "finance", f"settlement/{listed}/settle", 422)
        assert "DEC-R13" in str(refused)
        card_filed(company, made)
        moved(company, "finance", f"settlement/{listed}/settle")
    row = kept(company, Site, made)
    assert (row.state, row.settled_on, row.final_due_on) == (n.SETTLED, DAY, None)


def test_the_handbook_is_looked_through_part_by_part(company: Company) -> None:
    with on(DAY):
        number = rows(company, HandbookReturn, completed(company, DAY))[0].id
        moved(company, "specialist", f"handbook-return/{number}/collect")
        path = f"handbook-return/{number}/check"
        some = {**ITEMS, "photos": None}
        assert set(moved(company, "specialist", path, 422, **some)["errors"]) == {"photos"}
        assert set(moved(company, "specialist", path, 422, **ITEMS)["errors"]) == {"findings"}
        moved(company, "engineering", path, 403, **ITEMS, findings="齐全")
        moved(company, "specialist", path, **{**ITEMS, "photos": c.MISSING}, findings="缺隐蔽工程照片")
        setting_changed(company, "DEC-R73", "handbook_check", False, DAY)
        again = rows(company, HandbookReturn, completed(company, DAY))[0].id
        moved(company, "specialist", f"handbook-return/{again}/collect")
        moved(company, "specialist", f"handbook-return/{again}/check")
        setting_changed(company, "DEC-R73", "handbook_check", True, DAY)
    found = kept(company, HandbookReturn, number)
    assert (found.state, found.photos, found.checked_on) == (c.CHECKED, c.MISSING, DAY)


def test_the_manager_approves_a_show_flat_and_engineering_does_not(company: Company) -> None:
    made = started(company, DAY)
    yes = sent(company, "engineering", "show-flat/", site_id=made, why="工艺规范，节点清楚")["id"]
    no = sent(company, "engineering", "show-flat/", site_id=made, why="再报一次")["id"]
    assert kept(company, ShowFlat, yes).state == c.PROPOSED
    for number, answer, state in ((yes, "yes", c.APPROVED), (no, "no", c.REFUSED)):
        request = request_about(company, number)
        assert said(company, "engineering", request, answer) in (403, 404)
        assert said(company, "manager", request, answer) == 302
        assert kept(company, ShowFlat, number).state == state


def request_about(company: Company, number: int) -> int:
    about = MoveRequest.entity == c.SHOW_FLAT, MoveRequest.record_id == number
    with company.session(HERE) as session:
        return session.scalars(select(MoveRequest.id).where(*about, MoveRequest.state == WAITING)).one()


def said(company: Company, who: str, request: int, answer: str) -> int:
    browser = company.client_of(f"{HERE}.{who}")
    browser.get("/my-work/")
    return browser.post(f"/core/approval/{request}", {"answer": answer, "why": "再完善"}).status_code


def test_the_papers_say_what_they_are_about_in_both_languages(company: Company) -> None:
    with on(DAY):
        made = completed(company, DAY, planned_until=DAY + timedelta(days=60))
        row = kept(company, Site, made)
        number = rows(company, HandbookReturn, made)[0].id
        moved(company, "specialist", f"handbook-return/{number}/collect")
        moved(company, "specialist", f"handbook-return/{number}/check", **ITEMS, findings="资料齐全")
        card_filed(company, made)
    own = {path: paper(company, path, row) for path in ("start-notice", "completion-notice")}
    for path, words in {
        "start-notice": ("开工通知单", "KG0", row.number, "听雨轩", "开工日期", "计划完工日期", "发出人"),
        "completion-notice": ("完工通知单", "WG0", row.number, "完工日期", "各阶段均已验收通过"),
    }.items():
        assert [each for each in words if each not in own[path]] == []
    checked = read(company, f"handbook/{number}.pdf")
    for words in ("工程管理手册检查表", "隐蔽工程照片", "齐全无误", "资料齐全"):
        assert words in checked
    card = read(company, f"record-card/{rows(company, RecordCard, made)[0].id}.pdf")
    for words in ("客户记录卡", "王若兰，13800005678", "全屋整装"):
        assert words in card
    english = read(company, f"handbook/{number}.pdf", "en")
    assert "Checklistoftheengineeringhandbook" in english
    refused = company.client_of(f"{HERE}.finance").get(f"/decoration/papers/handbook/{number}.pdf")
    assert refused.status_code == 403


def paper(company: Company, path: str, row: Any) -> str:
    """A notice of a site as it is read."""
    model = StartNotice if path == "start-notice" else CompletionNotice
    return read(company, f"{path}/{rows(company, model, row.id)[0].id}.pdf")


def read(company: Company, path: str, language: str = "zh") -> str:
    answer = company.client_of(f"{HERE}.specialist", language).get(f"/decoration/papers/{path}")
    assert answer.mimetype == "application/pdf", answer.text
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages]
    return "".join("".join(pages).split())


def test_the_three_counters_stand_on_the_home_page_and_the_dashboard(company: Company) -> None:
    with on(DAY):
        made = started(company, DAY)
        signed(company, made)
        accepted_up_to(company, made, DAY, last=n.CARPENTRY)
        home = company.client_of(f"{HERE}.specialist").get("/").text
        board = company.client_of(f"{HERE}.manager").get("/dashboard/").text
        listed = company.client_of(f"{HERE}.specialist").get("/decoration/site/?f_mid_due_on.some=1").text
        work = company.client_of(f"{HERE}.finance").get("/my-work/").text
    for words in ("Sites under construction", "Mid-term payments due", "Final payments due"):
        assert words in home
    for words in ("Sites with a mid-term payment due", "Stages accepted at the first inspection"):
        assert words in board
    assert kept(company, Site, made).number in listed
    assert "Payments due" in work
    with company.session(HERE) as session:
        months = Months("2026-05", DAY, 2)
        for sums in (under_construction, mid_due):
            found = {each.month: each.amount for each in sums(session, months)}
            assert found.get("2026-04", 0) < found["2026-05"]


def test_the_repair_file_is_opened_when_the_handbook_is_looked_through(company: Company) -> None:
    """DEC-R73: nobody has to open it; the warranty runs from the acceptance of the works."""
    with on(DAY):
        made = completed(company, DAY)
        assert rows(company, RepairFile, made) == []
        number = rows(company, HandbookReturn, made)[0].id
        moved(company, "specialist", f"handbook-return/{number}/collect")
        moved(company, "specialist", f"handbook-return/{number}/check", **ITEMS, findings="资料齐全")
        [file] = rows(company, RepairFile, made)
        assert (file.accepted_on, file.opened_on, file.number[:2]) == (DAY, DAY, "DA")
        setting_changed(company, "DEC-R73", "handbook_check", False, DAY)
        other = completed(company, DAY)
        assert len(rows(company, RepairFile, other)) == 1, (
            "where no handbook is looked through, with the completion"
        )
        setting_changed(company, "DEC-R73", "handbook_check", True, DAY)
