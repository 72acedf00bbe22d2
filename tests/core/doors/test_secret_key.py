"""What a new secret key ends, as docs/keeping.md tells the operator."""

from __future__ import annotations

from datetime import timedelta

import pyotp
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from werkzeug.security import check_password_hash

from company import PASSWORD, Company, app_on
from core.data import clock
from core.people.doors import factors, keys, links

CLERK = "east.clerk"
LIST = "/api/v1/shop/customer/"


def test_what_ends_with_the_secret_key_and_what_stays(own_company: Company, tmp_path):
    company, number = own_company, own_company.people[CLERK]
    browser, token = company.client_of(CLERK), company.token_of(CLERK)
    with company.session() as session:
        factor = factors.start(session, number)
        known = pyotp.TOTP(factors.secret_of(factor))
        recovery = factors.confirm(session, factor, known.at(clock.now()))
        key = keys.make(session, number, "report", ["read"], 30)[1]
        link = links.path_of(links.make(session, number, timedelta(hours=1)))
    app = app_on(company.database.url, tmp_path / "renewed")
    assert app.secret_key != company.app.secret_key

    inside = company.browser(app=app)
    inside.client.set_cookie("zhidu", browser.client.get_cookie("zhidu").value)
    assert browser.get("/").status_code == 200
    assert inside.get("/").status_code == 302
    client = app.test_client()
    for bearer, status in ((token, 401), (key, 200)):
        assert client.get(LIST, headers={"Authorization": f"Bearer {bearer}"}).status_code == status
    assert client.get(link).status_code == 200

    later = clock.now() + timedelta(minutes=2)
    for code in (known.at(later), recovery[0]):
        again = company.browser(app=app)
        assert again.log_in(CLERK).location.startswith("/login/code/")
        again.get("/login/code/")
        with clock.frozen(later):
            assert again.post("/login/code/", {"code": code}).status_code == 401
    with company.session() as session:
        assert check_password_hash(session.scalar(select(User.password).where(User.id == number)), PASSWORD)
    app.extensions["zhidu"].database.dispose()
