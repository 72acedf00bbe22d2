"""Backups: one moment of an installation that goes on being written, whole or not at all."""

from __future__ import annotations

import os
import signal
import stat
import threading
import time
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

import kept_office
import servers
from commands import Office
from core.branches import branch_scope
from core.data.errors import SetupError
from core.data.sequences import Sequence, next_number
from core.files import service
from core.files.models import StoredFile
from core.keeping import backup
from core.keeping.archive import Backup
from core.keeping.backup import back_up
from core.keeping.restore import restore


def test_it_says_what_it_wrote_and_guards_it(office, tmp_path: Path):
    operator = Office(office.settings.home, office.settings.database_url)
    target = tmp_path / "kept.zip"
    office.keep(b"text")
    said = operator.done("backup", str(target))
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert f"Wrote {target}: {target.stat().st_size:,} bytes" in said
    assert "Files: 1, 4 bytes." in said
    assert "SHA-256: " in said
    assert "is there already" in operator.refused("backup", str(target))
    assert "there is no folder" in operator.refused("backup", str(tmp_path / "nowhere" / "x.zip"))
    assert sorted(each.name for each in tmp_path.glob(".*")) == []


def test_nothing_to_back_up(tmp_path: Path):
    operator = Office(tmp_path / "home")
    assert "there is no database" in operator.refused("backup", str(tmp_path / "kept.zip"))
    assert not list(tmp_path.glob("*.zip"))


def test_an_unmigrated_database(database_url: str, tmp_path: Path):
    if database_url.startswith("sqlite"):
        Path(database_url.removeprefix("sqlite:///")).touch()
    with pytest.raises(SetupError, match="no tables"):
        back_up(kept_office.settings_of(database_url, tmp_path / "home"), tmp_path / "kept.zip")


def test_secrets_are_in_it_only_when_asked_for(kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    settings = kept.office.settings
    monkeypatch.setenv("ZHIDU_DEMO_PASSWORD", "a secret of the settings")
    monkeypatch.setenv("ZHIDU_OTHER_URL", "smtp://me:hidden-word@host/")
    for with_secrets, found in ((False, set()), (True, {"key", "demo", "mail"})):
        target = tmp_path / f"{with_secrets}.zip"
        back_up(settings, target, with_secrets)
        with zipfile.ZipFile(target) as packed:
            all_of_it = b"".join(packed.read(name) for name in packed.namelist())
        words = {
            "key": settings.secret_key,
            "demo": "a secret of the settings",
            "mail": "hidden-word",
        }
        assert {name for name, word in words.items() if word.encode() in all_of_it} == found


def test_the_manifest_counts_what_is_there(kept):
    there = kept_office.everything(kept.office.settings.database_url)
    manifest = kept.written.manifest
    assert {each.name: each.rows for each in manifest.tables} == {
        name: len(rows) for name, rows in there.items()
    }
    assert manifest.rows > 1000
    assert (manifest.files["count"], manifest.files["missing"]) == (2, [])
    assert set(manifest.revisions) == {"core", "conduct", "decoration", "gas"}
    opened = Backup(kept.file)
    opened.check()
    opened.close()


def test_a_file_that_is_missing_is_told(office, tmp_path: Path):
    office.path_of(office.keep(b"gone")).unlink()
    office.keep(b"there")
    manifest = back_up(office.settings, tmp_path / "kept.zip").manifest
    assert manifest.files["count"] == 1
    assert len(manifest.files["missing"]) == 1


def test_an_error_on_the_way_leaves_nothing(kept, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise SetupError("on the way")

    monkeypatch.setattr(backup, "_files", fail)
    with pytest.raises(SetupError, match="on the way"):
        back_up(kept.office.settings, tmp_path / "kept.zip")
    assert list(tmp_path.glob("*.zip*")) + list(tmp_path.glob(".*")) == []


def test_a_killed_backup_leaves_no_half_file_at_the_target(office, tmp_path: Path):
    path = office.path_of(office.keep(b"in the way"))
    path.unlink()
    os.mkfifo(path)  # whoever reads it waits
    target = tmp_path / "backups" / "kept.zip"
    target.parent.mkdir()
    url, home = office.settings.database_url, office.settings.home
    running = servers.start(url, str(target), home=home, command="backup", wait=False)
    try:
        with path.open("wb") as pipe:  # opened once the backup reads
            assert list(target.parent.glob(".kept.zip.*.part"))
            os.kill(running.pid, signal.SIGKILL)
            running.process.wait()
            del pipe
    finally:
        running.kill()
    assert not target.exists()


# ---------------------------------------------------------------- while it is written

FIRST, SECOND = "kept.first", "kept.second"


class Hammer(threading.Thread):
    """Writes as fast as it can: each transaction counts two counters up and stores a file."""

    def __init__(self, office: kept_office.Installed) -> None:
        super().__init__()
        self.office, self.branch_id = office, office.branch()
        self.rounds, self.fault, self.enough = 0, None, threading.Event()

    def run(self) -> None:
        try:
            while not self.enough.is_set():
                self._round()
                self.rounds += 1
        except Exception as fault:
            self.fault = fault

    def _round(self) -> None:
        import io

        with (
            self.office.app.app_context(),
            branch_scope(self.branch_id),
            self.office.database.sessions.begin() as session,
        ):
            number = next_number(session, self.branch_id, FIRST)
            service.store(session, "gas.account", number, io.BytesIO(b"%d" % number), "a.txt")
            session.flush()
            next_number(session, self.branch_id, SECOND)

    def wait_for(self, rounds: int) -> None:
        goal = self.rounds + rounds
        while self.rounds < goal and self.is_alive():
            time.sleep(0.01)


def test_it_is_of_one_moment_while_a_writer_hammers(office, empty_url: str, tmp_path: Path):
    hammer = Hammer(office)
    hammer.start()
    try:
        hammer.wait_for(10)
        before = hammer.rounds
        written = back_up(office.settings, tmp_path / "kept.zip")
        after = hammer.rounds
        hammer.wait_for(5)
    finally:
        hammer.enough.set()
        hammer.join()
    assert hammer.fault is None
    assert after > before, "the writer had to wait for the backup"
    restore(kept_office.settings_of(empty_url, tmp_path / "other"), written.file)
    with kept_office.installed(empty_url, tmp_path / "other") as found:
        with branch_scope(office.branch()), found.database.sessions() as session:
            counters = session.scalars(select(Sequence).where(Sequence.name.in_([FIRST, SECOND]))).all()
            files = session.scalars(select(StoredFile).order_by(StoredFile.record_id)).all()
        counted = {each.last for each in counters}
        assert len(counters) == 2
        assert len(counted) == 1
        assert before <= next(iter(counted)) <= after + 1
        assert [each.record_id for each in files] == list(range(1, next(iter(counted)) + 1))
        for each in files:
            assert found.path_of(each).read_bytes() == b"%d" % each.record_id
