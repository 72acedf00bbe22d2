"""Files of records: what is taken, where it lies, and that it shares the fate of its row."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, SessionTransaction

from core.data import UserError
from core.files import disk, service
from core.files.models import StoredFile
from core.files.names import LONGEST_NAME, clean_name
from sheet_office import ITEM, Office, SampleItem, xlsx

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40
PDF = b"%PDF-1.7\n%\xe2\xe3\n"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "


def docx(*more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<a/>")
    return out.getvalue()


@pytest.fixture
def folder(office: Office, branch: int) -> Iterator[Path]:
    """The branch's own folder; at the end no half-written file lies in it."""
    path = office.installed.settings.home / "files" / str(branch)
    yield path
    assert [each for each in path.rglob(".incoming*")] == []


def lying(folder: Path) -> list[Path]:
    return [each for each in folder.rglob("*") if each.is_file()]


def store(office: Office, branch: int, data: bytes, name: str, commit: bool = True) -> int:
    with office.session(branch) as session:
        stored = service.store(session, ITEM, 1, io.BytesIO(data), name)
        if commit:
            session.commit()
        return stored.id


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("a.png", PNG, "image/png"),
        ("a.JPG", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.gif", b"GIF89a....", "image/gif"),
        ("a.webp", WEBP, "image/webp"),
        ("a.pdf", PDF, "application/pdf"),
        ("a.txt", "中文".encode("gb18030"), "text/plain"),
        ("a.csv", "户号\n1".encode(), "text/csv"),
        ("a.xlsx", xlsx(("a",)), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.docx", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ],
)
def test_a_file_is_kept_as_it_came(
    office: Office, branch: int, folder: Path, name: str, data: bytes, media_type: str
) -> None:
    file_id = store(office, branch, data, name)
    with office.session(branch) as session:
        stored, path = service.open_file(session, file_id)
        assert (stored.name, stored.media_type, stored.size) == (name, media_type, len(data))
        assert path.read_bytes() == data
        assert path.is_relative_to(folder)
        assert name not in str(path)
        assert not path.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ", "not taken"),
        ("a.html", b"<script>", "not taken"),
        ("a.svg", b"<svg/>", "not taken"),
        ("a", PNG, "not taken"),
        ("png", PNG, "not taken"),
        ("a.png.exe", PNG, "not taken"),
        ("a.png", JPEG, "not what its name says"),
        ("a.png", b"<html>", "not what its name says"),
        ("a.jpg", PNG, "not what its name says"),
        ("a.gif", PNG, "not what its name says"),
        ("a.webp", b"RIFF\x24\x00\x00\x00WAVE", "not what its name says"),
        ("a.pdf", b"MZ\x90", "not what its name says"),
        ("a.txt", b"MZ\x00\x01", "not what its name says"),
        ("a.csv", b"\xff\xfe\xff\xff\x80", "not what its name says"),
        ("a.xlsx", b"PK\x03\x04", "not what its name says"),
        ("a.xlsx", docx(), "not what its name says"),
        ("a.docx", xlsx(("a",)), "not what its name says"),
        ("a.docx", docx("word/vbaProject.bin"), "not what its name says"),
        ("a.png", b"", "is empty"),
    ],
)
def test_what_is_not_taken(
    office: Office, branch: int, folder: Path, name: str, data: bytes, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        store(office, branch, data, name)
    assert office.count(StoredFile, branch) == 0
    assert lying(folder) == []


def test_size_is_bounded(office: Office, branch: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "MAX_BYTES", 1024 * 1024)
    store(office, branch, PNG + b"\x00" * (1024 * 1024 - len(PNG)), "a.png")
    with pytest.raises(UserError, match="larger than 1 MB") as caught:
        store(office, branch, PNG + b"\x00" * 1024 * 1024, "b.png")
    assert caught.value.status == 413
    assert len(lying(folder)) == 1


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.png", "passwd.png"),
        ("..\\..\\windows\\a.png", "a.png"),
        ("/absolute/a.png", "a.png"),
        ("C:\\a.png", "a.png"),
        ("...png", "file.png"),
        (".png", "file.png"),
        ("a\x00b\r\n.png", "ab.png"),
        ("gpj\u202egnp.png", "gpjgnp.png"),
        ('a"<b>|?*:.png', "ab.png"),
        ("  身份证  正面 .png", "身份证 正面.png"),
        ("", "file"),
        ("..", "file"),
        ("x" * 500 + ".png", "x" * (LONGEST_NAME - 4) + ".png"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_path_as_name_stays_inside(office: Office, branch: int, folder: Path) -> None:
    store(office, branch, PNG, "../../../outside.png")
    assert len(lying(folder)) == 1
    assert list(office.installed.settings.home.rglob("outside*")) == []


def test_a_row_that_points_outside_opens_nothing(office: Office, branch: int) -> None:
    (office.installed.settings.home / "secret.txt").write_text("secret")
    row = StoredFile(
        entity=ITEM,
        record_id=1,
        name="a.txt",
        media_type="text/plain",
        size=1,
        sha256="",
        stored_as="../secret.txt",
    )
    (file_id,) = office.add(branch, row)
    with office.session(branch) as session, pytest.raises(UserError, match="not there any more") as caught:
        service.open_file(session, file_id)
    assert caught.value.status == 404


# ---------------------------------------------------------------- one fate with the row


def fail_after_storing(session: Session, transaction: SessionTransaction) -> None:
    with transaction:
        service.store(session, ITEM, 1, io.BytesIO(PNG), "lost.png")
        raise RuntimeError("something later fails")


def test_a_rollback_takes_the_file_away(office: Office, branch: int, folder: Path) -> None:
    with office.session(branch) as session:
        service.store(session, ITEM, 1, io.BytesIO(PNG), "a.png")
        assert len(lying(folder)) == 1
        session.rollback()
    assert lying(folder) == []
    assert office.count(StoredFile, branch) == 0


def test_a_session_that_is_closed_without_commit_leaves_nothing(
    office: Office, branch: int, folder: Path
) -> None:
    store(office, branch, PNG, "a.png", commit=False)
    assert lying(folder) == []


def test_an_error_in_the_block_leaves_nothing(office: Office, branch: int, folder: Path) -> None:
    with office.session(branch) as session, pytest.raises(RuntimeError):
        fail_after_storing(session, session.begin())
    assert lying(folder) == []


def test_a_failing_commit_leaves_nothing(office: Office, branch: int, folder: Path) -> None:
    office.add(branch, SampleItem(number="1", name="x", urgent=False))
    with office.session(branch) as session:
        service.store(session, ITEM, 1, io.BytesIO(PNG), "a.png")
        session.add(SampleItem(number="1", name="again", urgent=False))
        with pytest.raises(Exception, match=r"(?i)unique"):
            session.commit()
    assert lying(folder) == []


def test_each_savepoint_answers_for_its_own_files(office: Office, branch: int, folder: Path) -> None:
    with office.session(branch) as session:
        kept = service.store(session, ITEM, 1, io.BytesIO(PNG), "outer.png").stored_as
        with pytest.raises(RuntimeError):
            fail_after_storing(session, session.begin_nested())
        with session.begin_nested():
            inner = service.store(session, ITEM, 1, io.BytesIO(PNG), "inner.png").stored_as
        session.commit()
    assert {each.name for each in lying(folder)} == {Path(kept).name, Path(inner).name}
    assert office.count(StoredFile, branch) == 2


def test_a_released_savepoint_goes_with_the_whole(office: Office, branch: int, folder: Path) -> None:
    with office.session(branch) as session:
        with session.begin_nested():
            service.store(session, ITEM, 1, io.BytesIO(PNG), "inner.png")
        assert len(lying(folder)) == 1
        session.rollback()
    assert lying(folder) == []


def test_what_was_committed_outlives_a_later_rollback(office: Office, branch: int, folder: Path) -> None:
    with office.session(branch) as session:
        service.store(session, ITEM, 1, io.BytesIO(PNG), "a.png")
        session.commit()
        session.scalar(select(StoredFile.id))
        session.rollback()
    assert len(lying(folder)) == 1


# ---------------------------------------------------------------- the gate


def test_another_branch_finds_no_file(office: Office, branch: int) -> None:
    file_id = store(office, branch, PNG, "a.png")
    with office.session(office.branch()) as session:
        for act in (service.find, service.open_file, service.remove):
            with pytest.raises(UserError, match="not there any more"):
                act(session, file_id)
        assert list(service.files_of(session, ITEM, 1)) == []


def test_a_removed_file_is_hidden_and_its_bytes_stay(office: Office, branch: int, folder: Path) -> None:
    file_id = store(office, branch, PNG, "a.png")
    with office.session(branch) as session:
        assert [each.id for each in service.files_of(session, ITEM, 1)] == [file_id]
        service.remove(session, file_id)
        session.commit()
        assert list(service.files_of(session, ITEM, 1)) == []
        with pytest.raises(UserError, match="not there any more"):
            service.open_file(session, file_id)
    assert len(lying(folder)) == 1
