"""How passwords are kept: by a costly hash; one of an earlier method is made anew when its password is next known."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from werkzeug.security import check_password_hash, generate_password_hash

from company import PASSWORD, Company
from core.history import HistoryEntry
from core.people.service import HASH_METHOD, METHOD_KEY, NOBODYS_HASH, hash_password

CLERK = "east.clerk"
ENOUGH = {"scrypt:131072:8:1", "scrypt:65536:8:2", "scrypt:32768:8:3"}
"""The costs of scrypt in the standard's list, cheapest in memory last."""


@pytest.fixture
def real(own_company: Company) -> Company:
    """The company with the method of a real installation."""
    del own_company.app.config[METHOD_KEY]
    return own_company


def hash_of(company: Company) -> str:
    with company.session() as session:
        return str(company.user(session, CLERK).password)


def keep(company: Company, method: str) -> str:
    with company.session() as session:
        kept = company.user(session, CLERK).password = generate_password_hash(PASSWORD, method)
    return kept


def test_a_new_password_costs_enough():
    made = hash_password(PASSWORD)
    assert made.partition("$")[0] == HASH_METHOD
    assert HASH_METHOD in ENOUGH
    assert check_password_hash(made, PASSWORD)
    assert not check_password_hash(NOBODYS_HASH, PASSWORD)
    assert [len(each) for each in NOBODYS_HASH.split("$")] == [len(each) for each in made.split("$")]


@pytest.mark.parametrize("method", ["scrypt:32768:8:1", "pbkdf2:sha256:1"])
def test_an_old_hash_is_made_anew_at_the_next_right_log_in(real: Company, method):
    old = keep(real, method)
    assert real.browser().log_in(CLERK, "wrong").status_code == 401
    assert hash_of(real) == old
    first = real.client_of(CLERK)
    new = hash_of(real)
    assert new.partition("$")[0] == HASH_METHOD
    assert real.token_of(CLERK)
    assert hash_of(real) == new
    assert first.get("/").status_code == 200
    with real.session() as session:
        done = HistoryEntry.action == "password_hashed_anew"
        entry = session.scalars(select(HistoryEntry).where(done)).one()
        assert (entry.user_id, entry.record_id) == (real.people[CLERK], real.people[CLERK])
        assert entry.changes == {"password": ["***", "***"]}
