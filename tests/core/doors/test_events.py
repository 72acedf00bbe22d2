"""What happens at the doors stands in the history."""

from __future__ import annotations

from sqlalchemy import select

from company import Company
from core.history import HistoryEntry
from core.history.models import LOG_IN, LOG_IN_FAILED, LOG_IN_HELD_OFF, LOG_OUT
from core.people.doors import attempts
from core.people.doors.events import LABELS


def told(company: Company, username: str | None) -> list[str]:
    number = company.people[username] if username else None
    with company.session() as session:
        of_person = (HistoryEntry.table_name == "ab_user") & (
            HistoryEntry.record_id.is_(None) if number is None else HistoryEntry.record_id == number
        )
        return list(session.scalars(select(HistoryEntry.action).where(of_person).order_by(HistoryEntry.id)))


def test_log_ins_refusals_and_log_outs(own_company: Company):
    company = own_company
    company.browser().log_in("east.clerk", "wrong")
    company.browser().log_in("no such person", "wrong")
    browser = company.client_of("east.clerk")
    browser.post("/account/sessions/end-others")
    browser.post("/logout/")
    company.token_of("east.clerk")
    done = [each for each in told(company, "east.clerk") if each != "add"]
    assert done == [LOG_IN_FAILED, LOG_IN, "sessions_ended", LOG_OUT, "token_given"]
    assert told(company, None) == [LOG_IN_FAILED]


def test_a_door_that_closes_is_told_once(own_company: Company):
    company = own_company
    for _ in range(attempts.ACCOUNT.free + 3):
        company.browser().log_in("east.clerk", "wrong")
    done = told(company, "east.clerk")
    assert done.count(LOG_IN_FAILED) == attempts.ACCOUNT.free
    assert done.count(LOG_IN_HELD_OFF) == 1


def test_no_secret_and_no_mistyped_name_is_written_down(own_company: Company):
    own_company.browser().log_in("my secret, in the wrong field", "wrong")
    own_company.client_of("east.clerk")
    with own_company.session() as session:
        entries = session.execute(select(HistoryEntry.changes, HistoryEntry.details)).all()
        tables = set(session.scalars(select(HistoryEntry.table_name)))
    assert "in the wrong field" not in str(entries)
    assert "core_login_session" not in tables


def test_the_administrators_deeds_have_names(own_company: Company):
    admin, number = own_company.client_of("admin"), own_company.people["east.clerk"]
    admin.get(f"/core/person/{number}")
    for what, status in (
        ("unlock", 302),
        ("link", 200),
        ("second-factor/off", 302),
        ("sessions/end-all", 302),
    ):
        assert admin.post(f"/core/people/{number}/{what}").status_code == status
    names = dict(LABELS)
    done = [each for each in told(own_company, "east.clerk") if each in names]
    assert done == ["unlocked", "password_link_made", "second_factor_off", "sessions_ended"]
    page = admin.get(f"/core/person/{number}").text
    assert str(names["password_link_made"]) in page
