"""Each owner goes up and down by itself, on both databases; a failed revision leaves nothing behind."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, inspect, text

from core.data import SetupError
from core.data.database import make_engine, normalised
from core.data.migrations import (
    Owner,
    Step,
    downgrade,
    migrate,
    owner_of_table,
    refusal,
    require_migrated,
    statuses,
)
from made_up_migrations import table, write

NOTE = "sa.Column('note', sa.String(20))"


@pytest.fixture
def engine(database_url):
    made = make_engine(normalised(database_url))
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    return {name for name in inspect(engine).get_table_names() if not name.startswith("alembic_version_")}


def versions(engine: Engine) -> set[str]:
    return {name for name in inspect(engine).get_table_names() if name.startswith("alembic_version_")}


# ---------------------------------------------------------------- up and down


def test_owners_go_up_in_the_order_given_each_with_its_own_version(tmp_path, database_url, engine):
    first = write(tmp_path, "first", table("first_a"), table("first_b"))
    points = "sa.Column('a_id', sa.Integer, sa.ForeignKey('first_a.id'))"
    second = write(tmp_path, "second", table("second_a", points))
    told: list[Step] = []
    steps = migrate(database_url, [first, second], told.append)
    assert (
        steps
        == told
        == [Step("first", "first_0001"), Step("first", "first_0002"), Step("second", "second_0001")]
    )
    assert tables(engine) == {"first_a", "first_b", "second_a"}
    assert versions(engine) == {"alembic_version_first", "alembic_version_second"}


def test_a_second_time_there_is_nothing_to_do(tmp_path, database_url, engine):
    owner = write(tmp_path, "first", table("first_a"))
    migrate(database_url, [owner])
    assert migrate(database_url, [owner]) == []
    assert tables(engine) == {"first_a"}


def test_a_new_revision_is_added_to_what_is_there(tmp_path, database_url, engine):
    migrate(database_url, [write(tmp_path, "first", table("first_a"))])
    more = write(tmp_path, "first", table("first_a"), table("first_b"))
    assert migrate(database_url, [more]) == [Step("first", "first_0002")]
    assert tables(engine) == {"first_a", "first_b"}


def test_down_and_up_again(tmp_path, database_url, engine):
    owner = write(tmp_path, "first", table("first_a"), table("first_b"))
    migrate(database_url, [owner])
    assert downgrade(database_url, owner, "first_0001") == [Step("first", "first_0002", up=False)]
    assert tables(engine) == {"first_a"}
    assert downgrade(database_url, owner, "base") == [Step("first", "first_0001", up=False)]
    assert tables(engine) == set()
    assert len(migrate(database_url, [owner])) == 2
    assert tables(engine) == {"first_a", "first_b"}


def test_one_owner_goes_down_alone(tmp_path, database_url, engine):
    first, second = write(tmp_path, "first", table("first_a")), write(tmp_path, "second", table("second_a"))
    migrate(database_url, [first, second])
    downgrade(database_url, first, "base")
    assert tables(engine) == {"second_a"}
    assert [(each.owner, each.current) for each in statuses(engine, [first, second])] == [
        ("first", None),
        ("second", "second_0001"),
    ]


def test_an_owner_without_tables_needs_no_migrations(tmp_path, database_url, engine):
    assert migrate(database_url, [Owner("none", tmp_path / "none")]) == []
    assert statuses(engine, [Owner("none", tmp_path / "none")]) == []


# ---------------------------------------------------------------- failures


def test_a_failed_revision_leaves_nothing_behind_and_the_earlier_ones_stay(tmp_path, database_url, engine):
    up, down = table("first_b")
    broken = f"{up}\n    op.execute(\"INSERT INTO first_b (id) VALUES (1)\")\n    op.execute('NONSENSE')"
    owner = write(tmp_path, "first", table("first_a"), (broken, down))
    with pytest.raises(
        SetupError, match=r"migration first_0002 failed and was taken back: .*NONSENSE"
    ) as refused:
        migrate(database_url, [owner])
    assert "\n" not in str(refused.value)
    assert tables(engine) == {"first_a"}
    assert [each.current for each in statuses(engine, [owner])] == ["first_0001"]
    mended = write(tmp_path, "first", table("first_a"), (up, down))
    assert migrate(database_url, [mended]) == [Step("first", "first_0002")]


def test_an_unknown_revision_is_refused_in_one_line(tmp_path, database_url):
    owner = write(tmp_path, "first", table("first_a"))
    migrate(database_url, [owner])
    with pytest.raises(
        SetupError, match=r"first: .*first_0009.*`zhidu migrate --status` shows what is there"
    ):
        downgrade(database_url, owner, "first_0009")


def test_revisions_carry_their_owners_name(tmp_path, database_url):
    write(tmp_path, "other", table("other_a"))
    with pytest.raises(
        SetupError, match=r"revision other_0001 .* does not start with first_; rename it to first_other"
    ):
        migrate(database_url, [Owner("first", tmp_path / "other")])


def test_two_heads_are_refused(tmp_path, database_url):
    owner = write(tmp_path, "first", table("first_a"))
    second = (owner.versions / "first_0001.py").read_text().replace("first_0001", "first_0002")
    (owner.versions / "first_0002.py").write_text(second)
    with pytest.raises(
        SetupError, match=r"end in 2 heads \(first_0001, first_0002\); let one follow the other"
    ):
        migrate(database_url, [owner])


def test_a_broken_file_is_named(tmp_path, database_url):
    owner = write(tmp_path, "first", table("first_a"))
    (owner.versions / "first_0002.py").write_text("def (")
    with pytest.raises(SetupError, match="cannot be read"):
        migrate(database_url, [owner])


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_database_that_is_not_there_is_one_line(tmp_path, database_url):
    owner = write(tmp_path, "first", table("first_a"))
    with pytest.raises(
        SetupError, match=r"the database cannot be reached .*; check ZHIDU_DATABASE_URL"
    ) as refused:
        migrate(f"{database_url}_not_there", [owner])
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_database_file_in_no_folder_is_one_line(tmp_path, database_url):
    owner = write(tmp_path, "first", table("first_a"))
    with pytest.raises(SetupError, match=r"cannot be written .*; check ZHIDU_HOME and ZHIDU_DATABASE_URL"):
        migrate(f"sqlite:///{tmp_path}/not/there/x.sqlite", [owner])


# ---------------------------------------------------------------- what servers ask


def test_a_server_refuses_a_database_that_is_behind(tmp_path, database_url, engine):
    owners = [
        write(tmp_path, "first", table("first_a"), table("first_b")),
        write(tmp_path, "second", table("second_a")),
    ]
    reason = "3 migrations have not run yet (first, second); run `zhidu migrate`"
    assert refusal(engine, owners) == reason
    with pytest.raises(SetupError) as refused:
        require_migrated(engine, owners)
    assert str(refused.value) == reason
    assert tables(engine) | versions(engine) == set()  # asking makes nothing
    migrate(database_url, owners)
    assert refusal(engine, owners) is None
    require_migrated(engine, owners)


def test_status_names_what_is_pending(tmp_path, database_url, engine):
    migrate(database_url, [write(tmp_path / "old", "first", table("first_a"))])
    owner = write(tmp_path, "first", table("first_a"), table("first_b"), table("first_c"))
    (status,) = statuses(engine, [owner])
    assert (status.current, status.head) == ("first_0001", "first_0003")
    assert status.pending == ("first_0002", "first_0003")


def test_a_server_refuses_a_database_that_is_newer(tmp_path, database_url, engine):
    migrate(database_url, [write(tmp_path, "first", table("first_a"), table("first_b"))])
    older = write(tmp_path / "old", "first", table("first_a"))
    assert refusal(engine, [older]) == (
        "the database is newer than this program (first at first_0002); install the version that made it"
    )


def test_a_plugin_that_was_taken_away_leaves_its_tables_and_breaks_nobody(tmp_path, database_url, engine):
    first, second = write(tmp_path, "first", table("first_a")), write(tmp_path, "second", table("second_a"))
    migrate(database_url, [first, second])
    more = write(tmp_path, "first", table("first_a"), table("first_b"))
    alone = Owner("first", more.folder)
    assert migrate(database_url, [alone]) == [Step("first", "first_0002")]
    assert downgrade(database_url, alone, "first_0001") == [Step("first", "first_0002", up=False)]
    assert tables(engine) == {"first_a", "second_a"}
    assert versions(engine) == {"alembic_version_first", "alembic_version_second"}
    assert migrate(database_url, [alone, second]) == [Step("first", "first_0002")]


# ---------------------------------------------------------------- SQLite remakes tables to change them


def test_changing_a_table_keeps_the_rows_that_point_to_it(tmp_path, database_url, engine):
    up, down = table("first_parent", NOTE)
    child = "sa.Column('parent_id', sa.Integer, sa.ForeignKey('first_parent.id', ondelete='CASCADE'), nullable=False)"
    change = "with op.batch_alter_table('first_parent') as batch:\n        batch.alter_column('note', nullable=False)"
    back = change.replace("False", "True")
    migrate(database_url, [write(tmp_path, "first", (up, down), table("first_child", child))])
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO first_parent (id, note) VALUES (1, 'x')"))
        connection.execute(text("INSERT INTO first_child (id, parent_id) VALUES (1, 1), (2, 1)"))
    engine.dispose()
    migrate(database_url, [write(tmp_path, "first", (up, down), table("first_child", child), (change, back))])
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM first_child")) == 2
    assert inspect(engine).get_columns("first_parent")[1]["nullable"] is False
    assert [each["referred_table"] for each in inspect(engine).get_foreign_keys("first_child")] == [
        "first_parent"
    ]


def test_a_revision_that_leaves_rows_pointing_to_nothing_is_taken_back(tmp_path, database_url, engine):
    child = "sa.Column('parent_id', sa.Integer, sa.ForeignKey('first_parent.id'), nullable=False)"
    whole = [table("first_parent"), table("first_child", child)]
    migrate(database_url, [write(tmp_path, "first", *whole)])
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO first_parent (id) VALUES (1)"))
        connection.execute(text("INSERT INTO first_child (id, parent_id) VALUES (1, 1)"))
    engine.dispose()
    with pytest.raises(SetupError, match="migration first_0003 failed and was taken back"):
        migrate(
            database_url,
            [write(tmp_path, "first", *whole, ("op.execute('DELETE FROM first_parent')", "pass"))],
        )
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM first_parent")) == 1


# ---------------------------------------------------------------- whose table is it


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("gas_bill", "gas"),
        ("gas_lab_probe", "gas_lab"),
        ("gas_laboratory", "gas"),
        ("core_branch", "core"),
        ("ab_user", "core"),
        ("gasket", None),
        ("alembic_version_gas", None),
    ],
)
def test_a_table_belongs_to_the_longest_name_in_front(name, owner):
    assert owner_of_table(name, ["core", "gas", "gas_lab"]) == owner
