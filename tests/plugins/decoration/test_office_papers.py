"""The office of the department: claims, personnel proposals, documents and minutes, suggestions."""
# zh-ok-file: what people write

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from sqlalchemy import select

from company import Company
from core.workflow.models import WAITING, MoveRequest
from decoration_company import HERE
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_office as o

API = "/api/v1/decoration"


def call(company: Company, who: str, method: str, path: str, **values: Any) -> Any:
    """What the server answers to somebody by REST."""
    more = {"json": values} if method == "POST" else {}
    return company.api_of(f"{HERE}.{who}")(method, f"{API}/{path}", **more)


def added(company: Company, who: str, path: str, **values: Any) -> int:
    answer = call(company, who, "POST", f"{path}/", **values)
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def state(company: Company, who: str, path: str, number: int) -> str:
    return str(call(company, who, "GET", f"{path}/{number}").json["result"]["state"])


def request_about(company: Company, entity: str, number: int) -> int:
    about = MoveRequest.entity == entity, MoveRequest.record_id == number, MoveRequest.state == WAITING
    with company.session(HERE) as session:
        return session.scalars(select(MoveRequest.id).where(*about)).one()


def said(company: Company, who: str, request: int, answer: str) -> int:
    browser = company.client_of(f"{HERE}.{who}")
    browser.get("/my-work/")
    return browser.post(f"/core/approval/{request}", {"answer": answer, "why": "附上发票"}).status_code


def test_the_manager_signs_a_claim_or_returns_it_and_finance_pays(company: Company) -> None:
    assert call(company, "specialist", "POST", "expense/", purpose="茶水", amount="0").status_code == 400
    ids = [added(company, "specialist", "expense", purpose=each, amount="86.50") for each in ("茶水", "打车")]
    for number, answer, then in ((ids[0], "yes", o.SIGNED), (ids[1], "no", o.RETURNED)):
        assert call(company, "specialist", "POST", f"expense/{number}/sign").status_code in (200, 202)
        assert state(company, "specialist", "expense", number) == o.OPEN
        request = request_about(company, o.EXPENSE, number)
        assert said(company, "specialist", request, answer) in (403, 404)
        assert said(company, "manager", request, answer) == 302
        assert state(company, "manager", "expense", number) == then
    assert call(company, "specialist", "POST", f"expense/{ids[0]}/pay").status_code in (403, 404)
    assert call(company, "finance", "POST", f"expense/{ids[1]}/pay").status_code in (409, 422)
    assert call(company, "finance", "POST", f"expense/{ids[0]}/pay").status_code == 200
    assert state(company, "finance", "expense", ids[0]) == o.PAID
    assert call(company, "assistant", "GET", f"expense/{ids[0]}").status_code == 404, "somebody else's claim"
    assert call(company, "designer", "GET", "expense/").status_code == 403


def test_the_general_manager_decides_what_the_manager_proposes(company: Company) -> None:
    values = {"employee": "沈知微", "kind": o.PROMOTE, "present_post": o.SPECIALIST_POST}
    values |= {"post": o.MANAGER_POST, "education": o.COLLEGE, "reason": "回访完成率高"}
    for answer, then in (("yes", o.DECIDED), ("no", o.DECLINED)):
        number = added(company, "manager", "personnel-proposal", **values)
        assert call(company, "manager", "POST", f"personnel-proposal/{number}/decide").status_code in (
            200,
            202,
        )
        request = request_about(company, o.PERSONNEL, number)
        assert said(company, "manager", request, answer) in (403, 404)
        assert said(company, "general-manager", request, answer) == 302
        assert state(company, "manager", "personnel-proposal", number) == then
    assert call(company, "assistant", "POST", "personnel-proposal/", **values).status_code == 403
    assert call(company, "general-manager", "POST", "personnel-proposal/", **values).status_code == 403


def test_minutes_are_issued_with_who_attended_and_what_was_said(company: Company) -> None:
    bare = added(company, "assistant", "document", kind=o.MINUTES, title="周例会")
    refused = call(company, "assistant", "POST", f"document/{bare}/issue", issued_to="客服部")
    assert refused.status_code == 422
    form = added(company, "assistant", "document", kind=o.FORM, title="回访记录表")
    assert call(company, "assistant", "POST", f"document/{form}/issue", issued_to="专员").status_code == 200
    whole = added(
        company,
        "assistant",
        "document",
        kind=o.MINUTES,
        title="月度例会",
        attended="全体客服",
        text="本月重点跟进尾款",
    )
    assert (
        call(company, "assistant", "POST", f"document/{whole}/issue", issued_to="各部门").status_code == 200
    )
    paper = company.client_of("deco.assistant").get(f"/decoration/office/document/{whole}.pdf")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
    for each in ("月度例会", "全体客服", "本月重点跟进尾款", "各部门"):
        assert each in text


def test_the_assistant_alone_keeps_and_issues_documents(company: Company) -> None:
    number = added(company, "assistant", "document", kind=o.PAPER, title="接待规范")
    for who in ("specialist", "manager", "vip-keeper"):
        assert call(company, who, "GET", f"document/{number}").status_code == 200
        assert call(company, who, "POST", "document/", kind=o.PAPER, title="另一份").status_code == 403
        refused = call(company, who, "POST", f"document/{number}/issue", issued_to="所有人")
        assert refused.status_code == 403
    assert call(company, "designer", "GET", f"document/{number}").status_code == 403
    assert (
        call(company, "assistant", "POST", f"document/{number}/issue", issued_to="所有人").status_code == 200
    )


def test_a_suggestion_is_answered_and_seen_by_who_made_it(company: Company) -> None:
    number = added(company, "specialist", "suggestion", title="回访时间", says="改在晚上七点后")
    assert call(company, "assistant", "GET", f"suggestion/{number}").status_code == 404
    assert call(company, "designer", "POST", "suggestion/", title="x", says="y").status_code == 403
    assert call(company, "specialist", "POST", f"suggestion/{number}/answer", answer="好").status_code == 403
    assert call(company, "manager", "POST", f"suggestion/{number}/answer", answer="采纳").status_code == 200
    result = call(company, "specialist", "GET", f"suggestion/{number}").json["result"]
    assert (result["state"], result["answer"]) == (o.ANSWERED, "采纳")


def test_who_may_do_what_in_the_office(company: Company) -> None:
    known = company.installation.positions
    holds = {
        (position, action)
        for position in known
        for grant in known[position].grants
        if grant.entity == o.EXPENSE
        for action in grant.actions
    }
    assert {who for who, action in holds if action == "add"} == {n.ASSISTANT, n.SPECIALIST, n.VIP_KEEPER}
    assert {who for who, action in holds if action == "pay"} == {n.FINANCE}


def lines(company: Company, who: str) -> str:
    return str(company.client_of(f"{HERE}.{who}").get("/my-work/").text)


def test_what_waits_in_the_office_stands_in_my_work_of_whom_it_waits_for(company: Company) -> None:
    number = added(company, "vip-keeper", "expense", purpose="鲜花", amount="120.00")
    waits = f"/decoration/expense/?f_state={o.SIGNED}"
    call(company, "vip-keeper", "POST", f"expense/{number}/sign")
    said(company, "manager", request_about(company, o.EXPENSE, number), "yes")
    assert waits in lines(company, "finance")
    assert waits not in lines(company, "vip-keeper")
    assert waits in home(company, "finance"), "how many and how much were signed and not paid out"
    assert waits not in home(company, "specialist"), "the claims of others"
    draft = added(company, "assistant", "document", kind=o.PAPER, title="排班表")
    told = added(company, "specialist", "suggestion", title="备件", says="留一箱")
    paper, answer = f"/decoration/document/?f_state={o.DRAFT}", f"/decoration/suggestion/?f_state={o.MADE}"
    assert paper in lines(company, "assistant")
    assert answer in lines(company, "manager")
    assert paper not in lines(company, "specialist")
    assert answer not in lines(company, "specialist")
    assert call(company, "manager", "POST", f"suggestion/{told}/answer", answer="好").status_code == 200
    assert answer not in lines(company, "manager")
    call(company, "assistant", "POST", f"document/{draft}/issue", issued_to="全体")


def home(company: Company, who: str) -> str:
    return str(company.client_of(f"{HERE}.{who}").get("/").text)
