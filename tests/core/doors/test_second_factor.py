"""The second factor: set up, asked for by form and REST, taken once, recovered from, required, taken away."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from sqlalchemy import func, select, update

from company import PASSWORD, Company
from core.data import clock
from core.people.doors import factors
from core.people.doors.models import DoorCounter, FactorDuty, RecoveryCode, SecondFactor
from pages import Page

PLACE = "/account/second-factor/"
CODE_WRONG = "This code is wrong or was used already. Wait for the next one and enter that."


def secret_in(page: str) -> str:
    return re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)[1].replace(" ", "")


def set_up(company: Company, username: str) -> tuple[pyotp.TOTP, list[str]]:
    """Somebody sets up an app on the screens; answers the app and the recovery codes."""
    browser = company.client_of(username)
    browser.get(PLACE)
    assert browser.post(PLACE + "start", {"present": PASSWORD}).location == PLACE
    page = browser.get(PLACE)
    assert Page(page.text).refused == []
    app = pyotp.TOTP(secret_in(page.text))
    answer = browser.post(PLACE + "confirm", {"code": app.now()})
    codes = re.findall(r"<li><code>([a-z0-9-]{29})</code></li>", answer.text)
    assert len(codes) == factors.RECOVERY_CODES
    return app, codes


def forget_steps(company: Company) -> None:
    """As if the last code had been taken long ago: tests do not wait half a minute."""
    with company.session() as session:
        session.execute(update(SecondFactor).values(last_step=0))


def first_step(company: Company, username: str, language: str = "en"):
    browser = company.browser(language)
    answer = browser.log_in(username)
    assert answer.location == "/login/code/?next=/", answer.text
    assert browser.get("/").status_code == 302
    browser.get(answer.location)
    return browser


def rest(company: Company, username: str, **body):
    given = {"username": username, "password": PASSWORD, "provider": "db", **body}
    return company.app.test_client().post("/api/v1/security/login", json=given)


def test_the_log_in_asks_for_the_code_and_takes_it_once(own_company: Company):
    app, _codes = set_up(own_company, "east.clerk")
    forget_steps(own_company)
    browser, code = first_step(own_company, "east.clerk"), app.now()
    assert browser.post("/login/code/?next=/shop/customer/", {"code": code}).location == "/shop/customer/"
    assert browser.get("/").status_code == 200
    again = first_step(own_company, "east.clerk")
    answer = again.post("/login/code/", {"code": code})
    assert (answer.status_code, CODE_WRONG in answer.text) == (401, True)
    assert again.get("/").status_code == 302
    chinese = first_step(own_company, "east.clerk", "zh").post("/login/code/", {"code": "000000"})
    assert "验证码错误或已使用过" in chinese.text


def test_rest_takes_it_too(own_company: Company):
    app, codes = set_up(own_company, "east.clerk")
    forget_steps(own_company)
    missing = rest(own_company, "east.clerk")
    assert (missing.status_code, missing.json["second_factor"]) == (401, True)
    assert "access_token" not in missing.json
    wrong = rest(own_company, "east.clerk", code="12345x")
    assert (wrong.status_code, wrong.json["message"]) == (401, CODE_WRONG)
    code = app.now()
    token = rest(own_company, "east.clerk", code=code).json["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    client = own_company.app.test_client()
    assert client.get("/api/v1/shop/customer/", headers=headers).status_code == 200
    assert rest(own_company, "east.clerk", code=code).status_code == 401
    assert rest(own_company, "east.clerk", code=codes[0]).status_code == 200
    assert rest(own_company, "east.clerk", code=codes[0]).status_code == 401
    assert rest(own_company, "east.clerk", password="wrong", code=codes[1]).status_code == 401


def test_a_recovery_code_lets_in_once_however_it_is_typed(own_company: Company):
    _app, codes = set_up(own_company, "east.clerk")
    browser = first_step(own_company, "east.clerk")
    assert browser.post("/login/code/", {"code": codes[0].upper().replace("-", " ")}).status_code == 302
    assert first_step(own_company, "east.clerk").post("/login/code/", {"code": codes[0]}).status_code == 401
    with own_company.session() as session:
        assert session.scalar(select(func.count()).select_from(RecoveryCode)) == len(codes) - 1
    assert "9 recovery codes are left." in browser.get(PLACE).text


def test_guessing_codes_is_held_off_also_with_the_password_known(own_company: Company):
    app, codes = set_up(own_company, "east.clerk")
    forget_steps(own_company)
    browser = first_step(own_company, "east.clerk")
    for _ in range(5):
        assert browser.post("/login/code/", {"code": "000000"}).status_code == 401
    answer = browser.post("/login/code/", {"code": app.now()})
    assert (answer.status_code, 1 <= int(answer.headers["Retry-After"]) <= 30) == (429, True)
    assert rest(own_company, "east.clerk", code=codes[0]).status_code == 429
    other = first_step(own_company, "east.clerk")  # the right password opens no way around
    assert other.post("/login/code/", {"code": app.now()}).status_code == 429
    with own_company.session() as session:
        session.execute(update(DoorCounter).values(closed_until=None, count=0))
    assert other.post("/login/code/", {"code": app.now()}).status_code == 302


def test_the_second_step_needs_the_first_and_waits_five_minutes(own_company: Company):
    app, _codes = set_up(own_company, "east.clerk")
    forget_steps(own_company)
    assert own_company.browser().get("/login/code/").location == "/login/?next=/"
    browser = first_step(own_company, "east.clerk")
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert browser.post("/login/code/", {"code": app.now()}).location == "/login/?next=/"


def test_codes_of_a_clock_that_is_half_a_minute_wrong_and_no_more(own_company: Company):
    app, _codes = set_up(own_company, "east.clerk")
    number = own_company.people["east.clerk"]
    now = clock.now()
    for minutes, right in ((-1, False), (-0.5, True), (0, True), (0.5, True), (1.1, False)):
        forget_steps(own_company)
        with own_company.session() as session, clock.frozen(now):
            code = app.at(now + timedelta(minutes=minutes))
            assert factors.accept(session, number, code) is right, minutes
    with own_company.session() as session:
        for nonsense in ("", "12345", "１２３４５６", "abcdef", "1" * 5000, "\x00"):
            assert not factors.accept(session, number, nonsense)


def test_setting_up_needs_the_password_and_the_right_code(own_company: Company):
    browser = own_company.client_of("east.clerk")
    browser.get(PLACE)
    answer = browser.post(PLACE + "start", {"present": "wrong"})
    assert (answer.status_code, "This is not your present password." in answer.text) == (422, True)
    assert browser.post(PLACE + "confirm", {"code": "123456"}).status_code == 404
    browser.post(PLACE + "start", {"present": PASSWORD})
    assert "This code is wrong." in browser.post(PLACE + "confirm", {"code": "000000"}).text
    assert own_company.browser().log_in("east.clerk").location == "/"  # not confirmed, so not asked for


def test_the_qr_code_is_part_of_the_page_and_says_the_same(own_company: Company):
    browser = own_company.client_of("east.clerk")
    browser.get(PLACE)
    browser.post(PLACE + "start", {"present": PASSWORD})
    page = browser.get(PLACE).text
    assert 'src="data:image/svg+xml' in page
    with own_company.app.app_context(), own_company.session() as session:
        factor = factors.factor_of(session, own_company.people["east.clerk"])
        address = urlsplit(factors.address_of(factor, "east.clerk"))
    said = parse_qs(address.query)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert said["secret"] == [secret_in(page)]
    assert said["issuer"] == ["Zhidu"]


def test_neither_secret_nor_recovery_code_stands_in_the_database(own_company: Company):
    app, codes = set_up(own_company, "east.clerk")
    with own_company.session() as session:
        stored = " ".join(str(row) for row in session.execute(select(SecondFactor.salt)).all())
        stored += " ".join(str(row) for row in session.execute(select(RecoveryCode.code_hash)).all())
    assert app.secret not in stored
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]


def test_new_recovery_codes_end_the_old_ones(own_company: Company):
    _app, codes = set_up(own_company, "east.clerk")
    browser = first_step(own_company, "east.clerk")
    browser.post("/login/code/", {"code": codes[0]})
    browser.get(PLACE)
    assert browser.post(PLACE + "codes", {"present": "wrong"}).status_code == 422
    fresh = browser.post(PLACE + "codes", {"present": PASSWORD}).text
    assert codes[1] not in fresh
    assert rest(own_company, "east.clerk", code=codes[1]).status_code == 401
    assert browser.post(PLACE + "off", {"off-present": PASSWORD}).location == "/account/"
    assert rest(own_company, "east.clerk").status_code == 200


def test_a_position_may_ask_for_it_and_nothing_else_is_open_before(own_company: Company):
    company = own_company
    clerk, token, other = (
        company.client_of("east.clerk"),
        company.api_of("east.clerk"),
        company.client_of("east.manager"),
    )
    admin = company.client_of("admin")
    duty = {"position": "shop.clerk", "branch_id": str(company.branches["east"])}
    assert admin.fill("/core/factor_duty/new", duty).status_code == 302
    assert "This is asked for already." in admin.fill("/core/factor_duty/new", duty).text
    assert clerk.get("/shop/customer/").location == PLACE
    refused = token("GET", "/api/v1/shop/customer/")
    assert (refused.status_code, refused.json["second_factor"]) == (401, True)
    assert other.get("/shop/customer/").status_code == 200
    set_up(company, "east.clerk")
    assert clerk.get("/shop/customer/").status_code == 200
    assert token("GET", "/api/v1/shop/customer/").status_code == 200
    page = clerk.get(PLACE)
    assert "Your position asks for a second factor, so it stays." in page.text
    assert clerk.post(PLACE + "off", {"off-present": PASSWORD}).status_code in (302, 409)
    with company.session() as session:
        assert session.scalar(select(SecondFactor)) is not None


@pytest.mark.parametrize(("branch", "asked"), [("west", False), (None, True)])
def test_the_duty_is_that_of_its_branch_or_of_all(own_company: Company, branch, asked):
    with own_company.session() as session:
        where = own_company.branches[branch] if branch else None
        session.add(FactorDuty(position="shop.clerk", branch_id=where))
    answer = own_company.client_of("east.clerk").get("/shop/customer/")
    assert (answer.status_code == 302) is asked


def test_the_administrator_takes_it_away(own_company: Company):
    set_up(own_company, "east.clerk")
    admin, number = own_company.client_of("admin"), own_company.people["east.clerk"]
    manager = own_company.client_of("east.manager")
    assert manager.post(f"/core/people/{number}/second-factor/off").status_code == 403
    assert "Logs in with a second factor." in admin.get(f"/core/person/{number}").text
    assert admin.post(f"/core/people/{number}/second-factor/off").status_code == 302
    assert own_company.browser().log_in("east.clerk").location == "/"
    with own_company.session() as session:
        assert session.scalar(select(func.count()).select_from(RecoveryCode)) == 0
