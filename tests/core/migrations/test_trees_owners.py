"""The tables that the core's own migrations make serve Flask-AppBuilder's models too, on both databases."""

from __future__ import annotations

import pytest
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import Sequence, inspect, select

from core.branches import system_scope
from core.data import Base
from core.data.database import Database


@pytest.fixture
def database(migrated_url):
    made = Database(migrated_url)
    yield made
    made.dispose()


def test_people_can_be_stored_and_read(database):
    with system_scope("the test itself"), database.sessions.begin() as session:
        session.add_all(
            User(first_name="", last_name=name, username=name, email=f"{name}@example.com")
            for name in ("li", "wang")
        )
    with system_scope("the test itself"), database.sessions() as session:
        found = session.scalars(select(User).order_by(User.id)).all()
        assert [each.username for each in found] == ["li", "wang"]
        assert found[0].id != found[1].id


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_every_sequence_that_a_model_names_is_there(database):
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    wanted = {each.default.name for each in columns if isinstance(each.default, Sequence)}
    assert wanted
    assert wanted <= set(inspect(database.engine).get_sequence_names())
