"""Uploading, downloading and removing over HTTP."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from core.files import disk
from core.files.models import StoredFile
from core.files.panel import files_box
from core.people.doors import refusals
from sheet_office import GROUP, ITEM, KEEPER, READER, Office, SampleGroup, SampleItem, post

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
TOKEN_PAGE = "/password/"


@pytest.fixture
def record(office: Office, branch: int) -> int:
    (record_id,) = office.add(branch, SampleItem(number="1", name="x", urgent=False))
    return record_id


def upload(
    client: FlaskClient, record: int, data: bytes = PNG, name: str = "a.png", entity: str = ITEM
) -> Any:
    return post(client, f"/core/file/{entity}/{record}", TOKEN_PAGE, file=(io.BytesIO(data), name))


def latest(office: Office, branch: int) -> int:
    with office.session(branch) as session:
        return max(row.id for row in session.query(StoredFile))


def test_up_seen_on_the_page_down_and_away(office: Office, branch: int, record: int) -> None:
    client = office.client(branch)
    page = f"/core/sample_item/{record}"
    assert upload(client, record, name="身份证.png").location == f"{page}#files"
    url = f"/core/file/{latest(office, branch)}"
    text = client.get(page).get_data(as_text=True)
    assert "身份证.png" in text
    assert url in text
    answer = client.get(url, buffered=True)
    assert answer.data == PNG
    assert post(client, f"{url}/remove", page).location == f"{page}#files"
    assert client.get(url).status_code == 404
    assert "身份证.png" not in client.get(page).get_data(as_text=True)


def test_what_was_done_is_said_where_it_was_done(office: Office, branch: int, record: int) -> None:
    client, page = office.client(branch), f"/core/sample_item/{record}"

    def said(text: str) -> tuple[bool, bool]:
        """Whether the next page says it on top, and whether in the panel of the files."""
        shown = client.get(page).get_data(as_text=True)
        top, _, panel = shown.partition('<section class="panel" id="files">')
        return text in top, text in panel.partition("</section>")[0]

    def send(data: bytes, name: str, **more: str) -> Any:
        sent = {"file": (io.BytesIO(data), name), **more}
        return post(client, f"/core/file/{ITEM}/{record}", page, **sent)

    client.environ_base["HTTP_REFERER"] = f"http://localhost{page}"
    assert send(PNG, "a.png", at="files").location == f"{page}#files"
    assert said("The file is added.") == (False, True)
    assert send(b"", "a.png", at="files").location == f"http://localhost{page}#files"
    assert said("This file is empty.") == (False, True)
    for odd in ("", "Files", "x y", "a" * 99, "x@y"):
        send(b"", "a.png", at=odd)
        assert said("This file is empty.") == (True, False), odd


def test_nothing_that_comes_back_can_run(office: Office, branch: int, record: int) -> None:
    client = office.client(branch)
    upload(client, record, b"<script>alert(1)</script>", "a.txt")
    text = client.get(f"/core/file/{latest(office, branch)}", buffered=True)
    assert text.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.headers["Content-Disposition"].startswith("attachment")
    upload(client, record)
    image = client.get(f"/core/file/{latest(office, branch)}", buffered=True)
    assert image.headers["Content-Disposition"].startswith("inline")
    for answer in (text, image):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        for each in ("sandbox", "base-uri 'none'", "frame-ancestors 'none'"):
            assert each in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("a.exe", b"MZ", 400),
        ("a.png", b"MZ", 400),
        ("a.png", b"", 400),
        ("a.png", PNG * 50, 413),
    ],
)
def test_what_is_not_taken(
    office: Office,
    branch: int,
    record: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    name: str,
    data: bytes,
    status: int,
) -> None:
    monkeypatch.setattr(disk, "MAX_BYTES", 1024)
    assert upload(office.client(branch), record, data, name).status_code == status
    (line,) = [each.getMessage() for each in caplog.records if each.name == refusals.__name__]
    assert line.startswith("refused, no such file is taken: person ")
    assert f"POST FileView.upload {ITEM} {record}: " in line
    assert name not in line
    assert office.count(StoredFile, branch) == 0


def test_a_form_without_a_file(office: Office, branch: int, record: int) -> None:
    client = office.client(branch)
    assert post(client, f"/core/file/{ITEM}/{record}", TOKEN_PAGE).status_code == 400


def test_who_may_only_see_does_not_change(office: Office, branch: int, record: int) -> None:
    upload(office.client(branch, KEEPER), record)
    url = f"/core/file/{latest(office, branch)}"
    reader = office.client(branch, READER)
    assert upload(reader, record).status_code == 403
    assert post(reader, f"{url}/remove", TOKEN_PAGE).status_code == 403
    assert reader.get(url, buffered=True).data == PNG
    assert office.count(StoredFile, branch) == 1


def test_another_branch_finds_nothing(office: Office, branch: int, record: int) -> None:
    upload(office.client(branch), record)
    url = f"/core/file/{latest(office, branch)}"
    stranger = office.client(office.branch())
    assert stranger.get(url).status_code == 404
    assert post(stranger, f"{url}/remove", TOKEN_PAGE).status_code == 404
    assert upload(stranger, record).status_code == 404


def test_a_stranger_is_sent_to_the_log_in_page(office: Office, branch: int, record: int) -> None:
    upload(office.client(branch), record)
    answer = office.app.test_client().get(f"/core/file/{latest(office, branch)}")
    assert answer.status_code == 302
    assert answer.location.startswith("/login/")
    assert answer.data.find(PNG) < 0


def test_the_token_of_the_form_is_asked_for(office: Office, branch: int, record: int) -> None:
    data = {"file": (io.BytesIO(PNG), "a.png")}
    assert office.client(branch).post(f"/core/file/{ITEM}/{record}", data=data).status_code == 400
    assert office.count(StoredFile, branch) == 0


def test_a_file_of_a_record_that_is_gone_is_gone(office: Office, branch: int, record: int) -> None:
    client = office.client(branch)
    upload(client, record)
    url = f"/core/file/{latest(office, branch)}"
    with office.session(branch) as session:
        session.delete(session.get_one(SampleItem, record))
        session.commit()
    assert client.get(url).status_code == 404


def test_only_records_that_carry_files(office: Office, branch: int) -> None:
    (group,) = office.add(branch, SampleGroup(code="1", name="x"))
    client = office.client(branch)
    assert upload(client, group, entity=GROUP).status_code == 404
    assert upload(client, group, entity="core.unknown").status_code == 404
    assert upload(client, 999_999_999).status_code == 404
    assert client.get("/core/file/99999999999999").status_code == 404


def test_the_box_without_files_and_rights_is_not_shown(office: Office, branch: int, record: int) -> None:
    entity = office.installed.entities[ITEM]
    with office.session(branch) as session, office.app.test_request_context():
        assert files_box(entity, session.get_one(SampleItem, record)) is None
