"""A customer's own page: what it shows, what is confirmed there, and what nobody gets at through it."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from company import Browser, Company
from core.branches import system_scope
from core.messages.addresses import plain
from core.messages.kinds import SMS
from core.messages.models import OPTED_OUT, WAITING, OptOut, Outgoing
from core.messages.sender import Letter, claim
from core.people.doors import open_pages
from decoration_company import HERE
from decoration_design import with_gateway
from decoration_sites import acceptances, inspected, kept, moved, on, started
from plugins.decoration.models.construction import Site
from plugins.decoration.models.construction_stages import Acceptance
from plugins.decoration.models.customers import Customer
from plugins.decoration.models.design import Appointment
from plugins.decoration.models.owner import OwnerLink, OwnerPhoto
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d
from plugins.decoration.rules.names_owner import KNOWN_TO_CUSTOMER, OWNER_LINK

DAY = date(2026, 4, 6)
LATER = DAY + timedelta(days=3)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6300010000000500010d0a2db4"
    "0000000049454e44ae426082"
)


@pytest.fixture(autouse=True)
def clock_of_april() -> Any:
    with on(DAY):
        yield


def link(company: Company, path: str, **entered: Any) -> str:
    """The address of the page that a specialist makes for a customer; below the host."""
    desk = company.client_of(f"{HERE}.specialist")
    given = {"contact": "客服小周", "contact_phone": "0571-8888 1234", "locale": "en", **entered}
    answer = desk.fill(f"/decoration/owner-links/{path}", given)
    assert answer.status_code == 200, answer.text
    found = re.search(r"/decoration/owner/[0-9]+-[\w-]{43}", answer.text)
    assert found, answer.text
    return found.group()


def announced(company: Company, site: int, day: date = LATER) -> Acceptance:
    number = acceptances(company, site, n.MATERIALS)[-1].id
    moved(company, "engineering", f"acceptance/{number}/announce", planned_on=day)
    return kept(company, Acceptance, number)


def appointment(company: Company, site: int, **values: Any) -> int:
    of = kept(company, Site, site)
    known = {"customer_id": of.customer_id, "stage": d.SITE_HAND_OVER, "planned_on": LATER, "starts": "14:30"}
    known |= {"ends": "15:30", "minutes": 60, "place": "工地现场", "state": d.INVITED}
    known["participants"] = "工长"
    return company.put(HERE, Appointment(**{**known, **values}))


def confirms(page: Browser, path: str, what: str, **entered: Any) -> int:
    page.get(path)
    return page.post(f"{path}/{what}", entered).status_code


def test_the_page_shows_one_site_and_needs_no_account(company: Company) -> None:
    mine, other = started(company, DAY), started(company, DAY)
    announced(company, mine)
    path = link(company, f"site/{mine}")
    answer = company.browser("zh").get(path)
    assert answer.status_code == 200
    for each in (
        kept(company, Site, mine).number,
        "First materials delivered",
        "Under way",
        "0571-8888 1234",
    ):
        assert each in answer.text
    assert kept(company, Site, other).number not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == open_pages.UNLISTED
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert 'class="side"' not in answer.text
    with company.session(HERE) as session:
        row = session.scalars(select(OwnerLink).where(OwnerLink.site_id == mine)).one()
        assert row.opened_at is not None
        assert path.partition("-")[2] not in row.token_hash


def test_the_language_is_the_links_or_the_browsers(company: Company) -> None:
    site = started(company, DAY)
    chosen, left = link(company, f"site/{site}", locale="zh"), link(company, f"site/{site}", locale="")
    assert "前期材料进场" in company.browser("en").get(chosen).text
    assert "前期材料进场" in company.browser("zh").get(left).text
    assert "First materials delivered" in company.browser("en").get(left).text


def test_an_appointment_is_confirmed_once_by_the_customer(company: Company) -> None:
    site = started(company, DAY)
    number, path, page = appointment(company, site), link(company, f"site/{site}"), company.browser()
    assert confirms(page, path, f"appointment/{number}", day=LATER.isoformat()) == 302
    first = kept(company, Appointment, number)
    assert (first.state, first.confirmed_how) == (d.CONFIRMED, d.PAGE)
    assert confirms(page, path, f"appointment/{number}", day=LATER.isoformat()) == 302
    again = kept(company, Appointment, number)
    assert (again.confirmed_at, again.row_version) == (first.confirmed_at, first.row_version)


def test_the_day_of_an_acceptance_is_confirmed_as_it_was_shown(company: Company) -> None:
    site = started(company, DAY)
    row, path, page = announced(company, site), link(company, f"site/{site}"), company.browser()
    what = f"acceptance/{row.id}/day"
    assert confirms(page, path, what, day=DAY.isoformat()) == 409
    assert kept(company, Acceptance, row.id).owner_day is None
    for _twice in range(2):
        assert confirms(page, path, what, day=LATER.isoformat()) == 302
    agreed = kept(company, Acceptance, row.id)
    assert (agreed.owner_day, agreed.row_version) == (LATER, row.row_version + 1)
    assert "Confirmed by you" in page.get(path).text
    story = company.client_of(f"{HERE}.specialist").get(f"/decoration/acceptance/{row.id}").text
    assert "Day confirmed by the owner" in story


def test_a_result_is_signed_once_with_a_name(company: Company) -> None:
    site = started(company, DAY)
    number = inspected(company, site, n.MATERIALS, DAY)
    path, page = link(company, f"site/{site}"), company.browser()
    what = f"acceptance/{number}/sign"
    assert confirms(page, path, what, name="  ", remark="") == 422
    assert confirms(page, path, what, name="王若兰", remark="很满意") == 302
    assert confirms(page, path, what, name="别人", remark="不满意") == 302
    signed = kept(company, Acceptance, number)
    assert (signed.owner_name, signed.owner_remark) == ("王若兰", "很满意")
    assert signed.owner_signed_at is not None
    waiting = acceptances(company, site, n.PLUMBING)[-1].id
    assert confirms(page, path, f"acceptance/{waiting}/sign", name="王若兰", remark="") == 409


def test_what_is_of_somebody_else_is_not_there(company: Company) -> None:
    mine, other = started(company, DAY), started(company, DAY)
    foreign, row = appointment(company, other), announced(company, other)
    path, page = link(company, f"site/{mine}"), company.browser()
    for what in (f"appointment/{foreign}", f"acceptance/{row.id}/day", f"acceptance/{row.id}/sign"):
        assert confirms(page, path, what, day=LATER.isoformat(), name="王若兰") == 404
    assert kept(company, Appointment, foreign).state == d.INVITED
    assert kept(company, Acceptance, row.id).owner_day is None


def test_links_that_lead_nowhere_answer_alike(company: Company) -> None:
    site = started(company, DAY)
    revoked, ended, path = (link(company, f"site/{site}") for _each in range(3))
    with company.session(HERE) as session:
        first, second, _third = session.scalars(
            select(OwnerLink).where(OwnerLink.site_id == site).order_by(OwnerLink.id)
        )
        number, second.ends_on = first.id, DAY - timedelta(days=1)
    moved(company, "specialist", f"owner-link/{number}/revoke")
    branch, _, secret = path.removeprefix("/decoration/owner/").partition("-")
    elsewhere = f"/decoration/owner/{company.branches['hq']}-{secret}"
    unknown = f"/decoration/owner/{branch}-{'x' * 43}"
    page = company.browser()
    texts = set()
    for each in (
        revoked,
        ended,
        elsewhere,
        unknown,
        "/decoration/owner/99999999999-x",
        "/decoration/owner/x",
        f"{path}x",
    ):
        answer = page.get(each)
        assert answer.status_code == 404, each
        texts.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(texts) == 1
    assert page.get(path).status_code == 200
    company.switch("decoration", HERE, on=False)
    assert page.get(path).status_code == 404
    company.switch("decoration", HERE, on=True)


def test_nothing_is_confirmed_without_the_token_of_the_form(company: Company) -> None:
    site = started(company, DAY)
    number, path = appointment(company, site), link(company, f"site/{site}")
    answer = company.browser().post(f"{path}/appointment/{number}", {"day": LATER.isoformat()})
    assert answer.status_code == 400
    assert kept(company, Appointment, number).state == d.INVITED


def test_staff_who_open_a_link_act_as_nobody_of_the_firm(company: Company) -> None:
    site = started(company, DAY)
    number, path = appointment(company, site), link(company, f"site/{site}")
    staff = company.client_of(f"{HERE}.finance")
    assert confirms(staff, path, f"appointment/{number}", day=LATER.isoformat()) == 302
    assert kept(company, Appointment, number).confirmed_how == d.PAGE


def test_only_released_photos_are_shown(company: Company) -> None:
    site, other = started(company, DAY), started(company, DAY)
    desk, numbers = company.client_of(f"{HERE}.specialist"), []
    for each in (site, site, other):
        desk.get(f"/decoration/site/{each}")
        sent = {"file": (io.BytesIO(PNG), "photo.png")}
        assert desk.post(f"/core/file/decoration.site/{each}", sent).status_code == 302
    with company.session(HERE) as session:
        from core.files.models import StoredFile

        numbers = list(session.scalars(select(StoredFile.id).order_by(StoredFile.id.desc()).limit(3)))
    foreign, hidden, shown = numbers
    desk.get(f"/decoration/owner-links/site/{site}/photos")
    answer = desk.post(f"/decoration/owner-links/site/{site}/photos", {"photos": [shown, foreign]})
    assert answer.status_code == 302
    path, page = link(company, f"site/{site}"), company.browser()
    assert f"{path}/photo/{shown}" in page.get(path).text
    statuses = []
    for each in (shown, hidden, foreign):
        with page.get(f"{path}/photo/{each}") as sent_photo:
            statuses.append(sent_photo.status_code)
    assert statuses == [200, 404, 404]
    desk.post(f"/decoration/owner-links/site/{site}/photos", {"photos": [hidden]})
    with company.session(HERE) as session:
        released = select(OwnerPhoto.file_id).where(OwnerPhoto.site_id == site)
        assert list(session.scalars(released)) == [hidden]


def test_links_are_made_by_those_who_tell_customers_and_shown_once(company: Company) -> None:
    site = started(company, DAY)
    address = f"/decoration/owner-links/site/{site}"
    assert company.client_of(f"{HERE}.finance").get(address).status_code == 403
    assert company.browser().get(address).status_code == 302
    desk = company.client_of(f"{HERE}.manager")
    path = link(company, f"site/{site}")
    secret = path.partition("-")[2]
    assert secret not in desk.get("/decoration/owner-link/").text


def test_a_link_goes_out_as_a_message_that_the_outbox_holds_without_its_secret(company: Company) -> None:
    site = started(company, DAY)
    assert 'name="send"' not in company.client_of(f"{HERE}.specialist").get(page_of_links(site)).text
    with with_gateway(company):
        path = link(company, f"site/{site}", send="y")
        row = told(company, site)
        assert (row.channel, row.state) == (SMS, WAITING)
        assert KNOWN_TO_CUSTOMER in row.body
        assert path.partition("-")[2] not in row.body
        letter = taken(company, row)
        assert letter is not None
        assert f"{company.installation.settings.public_url}{path}" in letter.body
    assert company.browser().get(path).status_code == 200


def test_a_link_that_was_taken_back_goes_out_no_more(company: Company) -> None:
    site = started(company, DAY)
    with with_gateway(company):
        link(company, f"site/{site}", send="y")
        row = told(company, site)
        moved(company, "specialist", f"owner-link/{row.record_id}/revoke")
        assert taken(company, row) is None
    assert told(company, site).state == OPTED_OUT


def test_who_wants_no_messages_gets_none(company: Company) -> None:
    site = started(company, DAY)
    with company.session(HERE) as session:
        phone = session.get_one(Customer, kept(company, Site, site).customer_id).phone
    company.put(HERE, OptOut(channel=SMS, address=plain(phone)))
    with with_gateway(company):
        given = {"contact": "客服小周", "contact_phone": "0571-88881234", "send": "y"}
        answer = company.client_of(f"{HERE}.specialist").fill(page_of_links(site), given)
    assert "give them this link yourself" in answer.text
    assert told(company, site).state == OPTED_OUT


def taken(company: Company, row: Outgoing) -> Letter | None:
    """What a sender gets who takes the message in hand."""
    installed = company.installation
    with company.app.app_context(), system_scope("the sender hands it over"):
        return claim(installed.database, row.id, "sender", installed.templates)


def page_of_links(site: int) -> str:
    return f"/decoration/owner-links/site/{site}"


def told(company: Company, site: int) -> Outgoing:
    """The message about the site's latest link."""
    with company.session(HERE) as session:
        number = select(OwnerLink.id).where(OwnerLink.site_id == site).order_by(OwnerLink.id.desc()).limit(1)
        about = select(Outgoing).where(
            Outgoing.entity == OWNER_LINK, Outgoing.record_id == session.scalar(number)
        )
        found = session.scalars(about).one()
        session.expunge(found)
        return found


def test_asking_without_end_is_slowed_down(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    company.calm()
    page, path = company.browser(), f"/decoration/owner/1-{'x' * 43}"
    for limit, asked in (("RATE", path), ("FILES", f"{path}/photo/1")):
        monkeypatch.setattr(
            open_pages, limit, open_pages.attempts.Limit(limit, 2, window=timedelta(minutes=1))
        )
        assert [page.get(asked).status_code for _each in range(3)] == [404, 404, 429]
    company.calm()


def test_the_customer_of_a_design_has_a_page_too(company: Company) -> None:
    from decoration_design import commission, customer_of

    made = commission(company, "SJ-900")
    whose = customer_of(company, made)
    own = company.put(
        HERE,
        Appointment(
            customer_id=whose, commission_id=made, stage=d.MEASURING, planned_on=LATER,
            starts="09:00", ends="10:00", minutes=60, state=d.INVITED,
        ),
    )  # fmt: skip
    path, page = link(company, f"commission/{made}"), company.browser()
    assert confirms(page, path, f"appointment/{own}", day=LATER.isoformat()) == 302
    assert kept(company, Appointment, own).state == d.CONFIRMED
