"""Restoring: equal data in an empty installation, or nothing at all."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import select, text

import kept_office
from commands import Office
from core.branches import Branch, system_scope
from core.data.errors import SetupError
from core.keeping import restore as restoring
from core.keeping.backup import back_up
from core.keeping.restore import restore


def refused(file: Path, url: str, home: Path, *words: str, **options) -> str:
    """It complains in one line, and what was empty is empty still."""
    with pytest.raises(SetupError) as complaint:
        restore(kept_office.settings_of(url, home), file, **options)
    said = str(complaint.value)
    assert "\n" not in said
    assert not [word for word in words if word not in said], said
    assert not [each for each in home.rglob("*") if "files" in each.name]
    return said


def is_empty(url: str) -> bool:
    """Nothing is there but the one row that a migration puts into its new table."""
    return not any(
        rows for table, rows in kept_office.everything(url).items() if table != "core_rights_version"
    )


def test_every_table_is_equal_in_either_database(kept, other_url: str, tmp_path: Path):
    done = restore(kept_office.settings_of(other_url, tmp_path / "other"), kept.file)
    assert done.later == []
    before, after = (kept_office.everything(url) for url in (kept.office.settings.database_url, other_url))
    assert set(after) == set(before)
    for table, rows in before.items():
        assert after[table] == rows, table
    old, new = kept.office.settings.home / "files", tmp_path / "other" / "files"
    assert {each.relative_to(old): each.read_bytes() for each in old.rglob("*") if each.is_file()} == {
        each.relative_to(new): each.read_bytes() for each in new.rglob("*") if each.is_file()
    }


@pytest.mark.long
def test_a_backup_of_what_was_restored_has_the_same_sums(kept, other_url: str, tmp_path: Path):
    settings = kept_office.settings_of(other_url, tmp_path / "other")
    restore(settings, kept.file)
    again = back_up(settings, tmp_path / "again.zip").manifest

    def sums(manifest):
        return {each.name: each.sum for each in manifest.tables}

    assert sums(again) == sums(kept.written.manifest)


@pytest.mark.long
def test_new_rows_get_new_numbers(kept, other_url: str, tmp_path: Path):
    restore(kept_office.settings_of(other_url, tmp_path / "other"), kept.file)
    with kept_office.installed(other_url, tmp_path / "other") as found:
        with system_scope("a test adds"), found.database.sessions() as session:
            ids = set(session.scalars(select(Branch.id)))
            new = Branch(code="new", name_zh="新", name_en="New")
            session.add(new)
            session.commit()
            assert new.id not in ids
        assert found.keep(b"more").id


@pytest.mark.long  # PostgreSQL alone keeps such a counter beside its table
def test_a_number_that_was_given_out_is_not_given_again(postgres, tmp_path: Path):
    import databases

    with (
        databases.small_company("postgresql", tmp_path / "home") as url,
        databases.empty("postgresql", tmp_path / "other") as other,
    ):
        with kept_office.installed(url, tmp_path / "home") as office:
            with databases.as_owner(url) as connection:
                connection.execute(text("SELECT setval('core_branch_id_seq', 4711)"))
            written = back_up(office.settings, tmp_path / "kept.zip")
        restore(kept_office.settings_of(other, tmp_path / "other"), written.file)
        with (
            kept_office.installed(other, tmp_path / "other") as found,
            found.database.engine.begin() as connection,
        ):
            assert connection.scalar(text("SELECT nextval('core_branch_id_seq')")) == 4712


@pytest.mark.long
def test_only_into_an_empty_installation(kept, empty_url: str, tmp_path: Path):
    home = tmp_path / "other"
    restore(kept_office.settings_of(empty_url, home), kept.file)
    before = kept_office.everything(empty_url)
    with pytest.raises(SetupError, match="holds files already"):
        restore(kept_office.settings_of(empty_url, home), kept.file)
    refused(kept.file, empty_url, tmp_path / "third", "holds branches already", "ZHIDU_DATABASE_URL")
    assert kept_office.everything(empty_url) == before


def test_as_an_operator_does_it(kept, empty_url: str, tmp_path: Path):
    operator = Office(tmp_path / "other", empty_url)
    operator.done("migrate")
    wrong = "0" * 64
    assert "its SHA-256 is" in operator.refused("restore", str(kept.file), "--sha256", wrong)
    assert is_empty(empty_url)
    said = operator.done("restore", str(kept.file), "--sha256", kept.written.sha256)
    assert "Counts and checksums of all tables and files are those of the backup." in said
    assert "holds" in operator.refused("restore", str(kept.file))
    assert "there is no file" in operator.refused("restore", str(tmp_path / "nothing.zip"))


@pytest.mark.long
def test_the_secret_key_comes_back_when_it_was_put_in(kept, empty_url: str, tmp_path: Path, monkeypatch):
    monkeypatch.delenv("ZHIDU_SECRET_KEY", raising=False)
    written = back_up(kept.office.settings, tmp_path / "kept.zip", with_secrets=True)
    assert restore(kept_office.settings_of(empty_url, tmp_path / "other"), written.file).key_restored
    key = tmp_path / "other" / "secret-key"
    assert key.read_text().strip() == kept.office.settings.secret_key
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


# ---------------------------------------------------------------- what is refused


def test_archives_that_are_none(kept, empty_url: str, tmp_path: Path):
    whole = kept.file.read_bytes()
    for name, data in {
        "empty": b"",
        "text": b"not an archive",
        "cut short": whole[: len(whole) // 2],
        "without its end": whole[:-30],
        "begun later": whole[100:],
        "torn": whole[: len(whole) // 3] + b"\0" * 200 + whole[len(whole) // 3 + 200 :],
    }.items():
        file = tmp_path / f"{name}.zip"
        file.write_bytes(data)
        refused(file, empty_url, tmp_path / "other", "nothing was changed")
    assert is_empty(empty_url)


def altered(word: bytes, by: bytes):
    return lambda _name, data: data.replace(word, by)


def without(member: str):
    return lambda name, data: None if name == member else data


def in_manifest(change):
    def alter(name: str, data: bytes) -> bytes:
        if name != "manifest.json":
            return data
        manifest = json.loads(data)
        change(manifest)
        return json.dumps(manifest).encode()

    return alter


TAMPERED = {
    "a word in the data": (altered("城东".encode(), "城西".encode()), "is not what was written"),
    "a row less": (
        lambda name, data: data[data.index(b"\n") + 1 :] if name == "tables/core_branch.jsonl" else data,
        "is not what was written",
    ),
    "a member less": (without("tables/core_branch.jsonl"), "tables/core_branch.jsonl"),
    "no list of files": (without("files.jsonl"), "files.jsonl"),
    "no manifest": (without("manifest.json"), "no manifest"),
    "a count": (in_manifest(lambda each: each["tables"][0].update(rows=1_000_000)), "rows and should have"),
    "a table that is not there": (
        in_manifest(lambda each: each["tables"].append({**each["tables"][0], "name": "core_more"})),
        "core_more",
    ),
    "another format": (in_manifest(lambda each: each.update(format_version=99)), "its format is 99"),
    "another program": (in_manifest(lambda each: each.update(format="other")), "no backup of Zhidu"),
    "no parts": (in_manifest(lambda each: each.pop("parts")), "manifest cannot be read"),
    "a later version": (
        in_manifest(lambda each: each["parts"][0].update(revision="core_9999")),
        "newer than this program",
    ),
    "a plugin that is not here": (
        in_manifest(lambda each: each["parts"].append({"id": "crm", "version": "2", "revision": "crm_0001"})),
        "data of crm 2, which does not run here",
    ),
    "the settings": (altered(b'"environment"', b'"surroundings"'), "settings.json is not what was written"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_archive(kept, empty_url: str, tmp_path: Path, name: str):
    change, said = TAMPERED[name]
    file = kept_office.rewritten(kept.file, tmp_path / "tampered.zip", change)
    refused(file, empty_url, tmp_path / "other", said)
    assert is_empty(empty_url)


def test_a_stranger_in_the_archive(kept, empty_url: str, tmp_path: Path):
    more = kept_office.rewritten(kept.file, tmp_path / "more.zip", files__1__2026__more=b"x")
    refused(more, empty_url, tmp_path / "other", "files/1/2026/more")


def test_a_file_for_a_place_outside(kept, empty_url: str, tmp_path: Path):
    import hashlib

    listed = json.dumps({"path": "../../out", "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()}).encode()

    def alter(name: str, data: bytes) -> bytes | None:
        if name == "files.jsonl":
            return listed + b"\n"
        if name == "manifest.json":
            manifest = json.loads(data)
            manifest["files"]["sha256"] = hashlib.sha256(listed + b"\n").hexdigest()
            return json.dumps(manifest).encode()
        return None if name.startswith("files/") else data

    file = kept_office.rewritten(kept.file, tmp_path / "out.zip", alter, files________out=b"x")
    refused(file, empty_url, tmp_path / "other", "outside the folder of files")
    assert not list(tmp_path.glob("out*.zip/*"))
    assert not (tmp_path / "out").exists()


@pytest.mark.long
def test_what_the_database_refuses_leaves_nothing(kept, empty_url: str, tmp_path: Path):
    def point_nowhere(rows):
        rows[1][5] = 2_000_000_000  # parent_id

    file = kept_office.forged(kept.file, tmp_path / "forged.zip", "core_branch", point_nowhere)
    refused(file, empty_url, tmp_path / "other")
    assert is_empty(empty_url)

    def twice(rows):
        rows[1][1] = rows[0][1]  # code

    file = kept_office.forged(kept.file, tmp_path / "twice.zip", "core_branch", twice)
    refused(file, empty_url, tmp_path / "other", "the database refused the backup", "nothing was kept")
    assert is_empty(empty_url)
    restore(kept_office.settings_of(empty_url, tmp_path / "other"), kept.file)
    assert not is_empty(empty_url)


def test_an_error_after_the_files_were_put_in_place_takes_them_away(
    kept, empty_url: str, tmp_path: Path, monkeypatch
):
    def fail(*_: object) -> None:
        raise SetupError("at the end")

    monkeypatch.setattr(restoring, "set_numbers", fail)
    refused(kept.file, empty_url, tmp_path / "other", "at the end")
    assert is_empty(empty_url)


# ---------------------------------------------------------------- versions and plugins


@pytest.mark.long
def test_an_older_backup_is_brought_up_to_this_program(office, empty_url: str, tmp_path: Path):
    operator = Office(office.settings.home, office.settings.database_url)
    operator.done("migrate", "--down", "gas", "gas_0001")
    file = tmp_path / "old.zip"
    operator.done("backup", str(file))
    for order in ((), ("migrate",)):  # into nothing at all, and into what was migrated already
        target = Office(tmp_path / "other", empty_url)
        if order:
            assert is_empty(empty_url)
            target.done(*order)
        bad = kept_office.forged(
            file, tmp_path / f"bad{len(order)}.zip", "core_branch", lambda rows: rows.append(rows[0])
        )
        target.refused("restore", str(bad))
    said = target.done("restore", str(file))
    assert f"Brought up to this program by: {', '.join(kept_office.revisions_of('gas')[1:])}." in said
    assert not [each for each in target.statuses().values() if each["pending"]]
    assert len(kept_office.everything(empty_url)["gas_account"]) > 100


@pytest.mark.long
def test_the_data_of_a_plugin_may_be_left_out(kept, empty_url: str, tmp_path: Path):
    done = restore(kept_office.settings_of(empty_url, tmp_path / "other"), kept.file, without=("gas",))
    assert done.without == ("gas",)
    there = kept_office.everything(empty_url)
    assert there["gas_account"] == []
    assert len(there["core_branch"]) == 6
    refused(kept.file, empty_url, tmp_path / "third", "no plugin of this backup", without=("nothing",))


def test_runs_of_another_past_are_in_the_way(kept, empty_url: str, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(restoring.storage, "holds_runs", lambda _database: True)
    refused(kept.file, empty_url, tmp_path / "other", "still has runs of before")
    assert is_empty(empty_url)
