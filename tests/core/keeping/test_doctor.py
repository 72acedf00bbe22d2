"""The doctor: says nothing of what is well, names what is not, and goes on when a check breaks."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import namedtuple
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from flask_babel import force_locale

import databases
import kept_office
import postgres_server
import servers
from commands import Office
from core.branches import BranchPlugin, branch_scope, system_scope
from core.data import clock
from core.files.models import StoredFile
from core.history.chain import seal
from core.jobs.models import FAILED, QUEUED, RUNNING, Job, Worker
from core.keeping.archive import Backup
from core.keeping.backup import back_up
from core.keeping.doctor import FAIL, OK, WARN, database, look_over, places
from core.keeping.doctor.likeness import compare


def found(office: kept_office.Installed, lang: str = "en", **options) -> list[tuple[str, str, str]]:
    with office.app.app_context(), force_locale(lang):
        return [
            (each.check, each.state, f"{each.text} {each.advice}")
            for each in look_over(office.app, **options)
        ]


def of(findings, check: str) -> list[tuple[str, str]]:
    return [(state, text) for name, state, text in findings if name == check]


def only(findings, check: str, state: str) -> str:
    """What the one finding of the check says."""
    ((was, text),) = of(findings, check)
    assert was == state, text
    return text


def add(office: kept_office.Installed, *rows: object, branch: int | None = None) -> None:
    scope = branch_scope(branch) if branch else system_scope("a test adds")
    with office.app.app_context(), scope, office.database.sessions.begin() as session:
        session.add_all(rows)


def behind_its_back(office: kept_office.Installed, *statements: str) -> None:
    """As somebody with the whole database in hand does it: past every key, trigger and policy."""
    url = office.database.url
    if office.database.is_sqlite:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            for (name,) in triggers:
                connection.execute(f'DROP TRIGGER "{name}"')
            for each in statements:
                connection.execute(each)
            connection.commit()
        return
    name = url.rpartition("/")[2]
    with psycopg.connect(postgres_server.shared().url(name, role="postgres")) as server:
        server.execute("SET session_replication_role = replica")
        for each in statements:
            server.execute(each)


def test_a_healthy_installation(office):
    add(office, Worker(executor_id="here-1"))
    findings = found(office)
    assert [each for each in findings if each[1] != OK and each[0] != "access"] == []
    assert {name for name, _state, _text in findings} >= {
        "access", "disk", "plugins", "database", "clock", "migrations", "references", "branches", "switches",
        "files", "jobs",
    }  # fmt: skip


def test_who_may_read_what(office):
    home = office.settings.home
    home.chmod(0o755)
    key = home / "secret-key"
    key.write_text("x")
    key.chmod(0o644)
    assert "secret-key" in of(found(office), "access")[0][1]
    assert of(found(office), "access")[0][0] == FAIL
    key.chmod(0o600)
    (home / "files").mkdir(mode=0o755)
    assert "chmod 700" in only(found(office), "access", WARN)
    home.chmod(0o700)
    only(found(office), "access", OK)


def test_room_on_the_disk(office, monkeypatch: pytest.MonkeyPatch):
    usage = namedtuple("usage", "total used free")
    for free, state in ((places.TOO_LITTLE - 1, FAIL), (places.LITTLE - 1, WARN), (places.LITTLE, OK)):
        monkeypatch.setattr(places.shutil, "disk_usage", lambda _folder, free=free: usage(2**40, 0, free))
        assert {state for state, _text in of(found(office), "disk")} == {state}


def test_the_history_is_looked_through(office):
    assert seal(office.database) == 0  # whoever loads the example company seals what it wrote
    add(office, BranchPlugin(branch_id=office.branch("hq"), plugin="gas"))
    said = only(found(office), "history", OK)
    assert "sealed entries, 1 still to be sealed" in said
    with clock.frozen(clock.now() + timedelta(hours=2)):
        _whole, tail = of(found(office), "history")
    assert tail[0] == WARN
    behind_its_back(
        office,
        "UPDATE core_history SET action = 'other' WHERE id = (SELECT max(id) FROM core_history WHERE seal IS NOT NULL)",
    )
    assert "is not what was sealed" in of(found(office), "history")[0][1]
    assert of(found(office), "history")[0][0] == FAIL


def test_files_and_rows(office):
    stored = [office.keep(b"content"), office.keep(b"content"), office.keep(b"content")]
    assert "3 uploaded files" in only(found(office), "files", OK)
    office.path_of(stored[0]).unlink()
    office.path_of(stored[1]).write_bytes(b"con")
    missing, torn = of(found(office), "files")
    assert (missing[0], torn[0]) == (FAIL, FAIL)
    assert stored[0].stored_as in missing[1]
    assert stored[1].stored_as in torn[1]


def test_what_a_killed_upload_left_is_removed_when_it_is_old(office):
    kept = office.path_of(office.keep(b"content"))
    left = [kept.with_name(name) for name in ("0" * 32, ".incoming-" + "1" * 32, "2" * 32)]
    for each in left:
        each.write_bytes(b"left behind")
    half = office.settings.home / ".files-0123"
    half.mkdir()
    long_ago = time.time() - 2 * 3600
    for each in (*left[:2], half, kept):
        os.utime(each, (long_ago, long_ago))
    warned, _well = of(found(office), "files")
    assert warned[0] == WARN
    assert "3 files" in warned[1]
    assert all(each.exists() for each in left)
    mended, _well = of(found(office, mend=True), "files")
    assert mended[0] == OK
    assert "3 files" in mended[1]
    assert [each.exists() for each in (*left, half, kept)] == [False, False, True, False, True]
    only(found(office), "files", OK)


def test_rows_that_point_to_nothing(office):
    behind_its_back(office, "UPDATE core_appointment SET user_id = 999999 WHERE id = 1")
    assert "core_appointment -> ab_user" in only(found(office), "references", FAIL)


def test_rows_that_point_into_another_branch(office):
    far = office.branch("gas-west")
    behind_its_back(
        office,
        f"UPDATE gas_meter SET branch_id = {far}, number = 'MOVED' WHERE id = (SELECT min(id) FROM gas_meter)",
    )
    assert "gas_" in only(found(office), "branches", FAIL)
    only(found(office), "references", OK)


def test_a_gate_that_somebody_took_down(office):
    only(found(office), "gate", OK)
    databases.take_down(office.database.url, "gas_reading", "meter_id")
    assert "gas_reading" in only(found(office), "gate", FAIL)


def test_plugins_that_are_not_there(office):
    add(office, BranchPlugin(branch_id=office.branch("hq"), plugin="crm"))
    assert "crm" in only(found(office), "switches", WARN)


def test_a_plugin_that_does_not_run(backend, migrated_url: str, tmp_path: Path):
    broken = tmp_path / "plugins" / "broken"
    broken.mkdir(parents=True)
    (broken / "__init__.py").touch()
    (broken / "manifest.toml").write_text(
        'id = "broken"\nversion = "1.0.0"\n[title]\nen = "Broken"\nzh = "x"\n'
    )
    (broken / "plugin.py").write_text("raise RuntimeError('no')\n")
    operator = Office(tmp_path / "home", migrated_url, {"ZHIDU_PLUGIN_FOLDERS": str(tmp_path / "plugins")})
    ended = operator.run("doctor", "--format", "json")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    (finding,) = [each for each in json.loads(ended.stdout) if each["check"] == "plugins"]
    assert finding["state"] == FAIL
    assert "broken" in finding["text"]


def test_jobs_that_nobody_does(office):
    branch = office.branch()
    assert "no job waits" in only(found(office), "jobs", WARN)
    old = clock.now() - timedelta(days=2)
    add(
        office,
        Job(kind="gas.billing", created_at=old, state=QUEUED),
        Job(kind="crm.mailing", created_at=old, state=QUEUED),
        Job(kind="gas.billing", created_at=old, started_at=old, state=RUNNING),
        Job(kind="gas.billing", created_at=old, finished_at=old, state=FAILED),
        branch=branch,
    )
    nobody, unknown, long, failed = of(found(office), "jobs")
    assert nobody[0] == FAIL
    assert "3 jobs wait" in nobody[1]
    assert "crm.mailing" in unknown[1]
    assert "more than a day" in long[1]
    assert "failed" in failed[1]
    add(office, Worker(executor_id="here-1"), Worker(executor_id="gone", heartbeat_at=old))
    alive, _unknown, waiting, *_rest = of(found(office), "jobs")
    assert alive[0] == OK
    assert "1 workers" in alive[1]
    assert "more than ten minutes" in waiting[1]


def test_clocks_that_differ(office):
    if office.database.is_sqlite:
        add(office, Worker(executor_id="here-1", heartbeat_at=clock.now() + timedelta(hours=1)))
        assert "seconds away" in only(found(office), "clock", FAIL)
        return
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert "seconds away" in only(found(office), "clock", FAIL)


def test_tables_of_another_version(office):
    operator = Office(office.settings.home, office.settings.database_url)
    operator.done("migrate", "--down", "gas", "gas_0001")
    findings = found(office)
    later = len(kept_office.revisions_of("gas")) - 1
    assert f"{later} migrations have not run yet (gas)" in only(findings, "migrations", FAIL)
    assert of(findings, "references") == []
    behind_its_back(office, "UPDATE alembic_version_gas SET version_num = 'gas_9999'")
    assert "newer than this program: gas gas_9999" in only(found(office), "migrations", FAIL)


def test_a_database_that_is_not_reached(tmp_path: Path):
    url = f"postgresql://nobody:secret@127.0.0.1:{servers.free_port()}/nothing"
    with kept_office.installed(url, tmp_path / "home") as office:
        findings = found(office)
    assert "not reached" in only(findings, "database", FAIL)
    assert of(findings, "files") == []
    only(findings, "plugins", OK)


def test_a_check_that_breaks_is_a_finding_and_the_others_go_on(office, monkeypatch: pytest.MonkeyPatch):
    def fail(_patient: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(database, "_owned_references", lambda: fail(None))
    findings = found(office)
    assert "RuntimeError" in only(findings, "branches", FAIL)
    only(findings, "files", OK)


def test_it_compares_with_a_backup(office, tmp_path: Path):
    stored = office.keep(b"content")
    written = back_up(office.settings, tmp_path / "kept.zip")
    backup = Backup(written.file)

    def likeness() -> list[tuple[str, str]]:
        with office.app.app_context(), force_locale("en"):
            return [(each.state, each.text) for each in compare(office.app.extensions["zhidu"], backup)]

    assert [state for state, _text in likeness()] == [OK]
    office.path_of(stored).write_bytes(b"CONTENT")
    add(office, Worker(executor_id="new"))
    tables, files = likeness()
    assert (tables[0], files[0]) == (FAIL, FAIL)
    assert "core_worker (1 / 0)" in tables[1]
    assert stored.stored_as in files[1]
    backup.close()


@pytest.mark.long
def test_as_an_operator_asks(office, tmp_path: Path):
    operator = Office(office.settings.home, office.settings.database_url)
    office.settings.home.chmod(0o700)
    said = operator.done("doctor")
    assert "ok    migrations  All migrations have run." in said
    assert "数据库结构已是最新" in operator.done("doctor", "--lang", "zh")
    add(office, lost_file(office))
    ended = operator.run("doctor", "--format", "json")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert {"check", "state", "text", "advice"} == set(json.loads(ended.stdout)[0])
    operator.environment["LC_ALL"] = "zh_CN.UTF-8"
    assert "文件缺失" in operator.run("doctor").stdout


def lost_file(office: kept_office.Installed) -> StoredFile:
    return StoredFile(
        branch_id=office.branch(),
        entity="gas.account",
        record_id=1,
        name="a.txt",
        media_type="text/plain",
        size=1,
        sha256="0" * 64,
        stored_as="1/2026/lost",
    )
