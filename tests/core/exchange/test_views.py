"""The pages of an import, as somebody with and without the right meets them."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient

from core.exchange.registry import kind_of
from core.people.doors import refusals
from sheet_office import ITEM, KEEPER, READER, Doubting, Office, post, xlsx

UPLOAD = f"/core/import/{ITEM}"
SHEET = xlsx(("number", "name"), ("001", "Ann"), ("2", ""), ("3", "<b>Cid</b>"))


def upload(client: FlaskClient, data: bytes = SHEET, name: str = "a.xlsx") -> Any:
    return post(client, UPLOAD, UPLOAD, file=(io.BytesIO(data), name))


def test_from_the_template_to_the_stored_rows(office: Office, branch: int) -> None:
    client = office.client(branch)
    template = client.get(f"{UPLOAD}/template.xlsx", buffered=True)
    book: Any = openpyxl.load_workbook(io.BytesIO(template.data)).active
    assert [cell.value for cell in book[1]][:2] == ["User name", "File"]
    answer = upload(client)
    assert answer.status_code == 302
    preview = client.get(answer.location).get_data(as_text=True)
    assert "Nothing is stored yet." in preview
    assert "File: Fill in this column." in preview
    assert "&lt;b&gt;Cid" in preview
    assert office.items(branch) == []
    for _ in range(2):
        assert post(client, f"{answer.location}/accept", answer.location).status_code == 302
    assert [item.number for item in office.items(branch)] == ["001", "3"]
    after = client.get(answer.location).get_data(as_text=True)
    assert "2 rows are stored." in after
    assert "Nothing is stored yet." not in after
    report = client.get(f"{answer.location}/report.xlsx", buffered=True)
    book = openpyxl.load_workbook(io.BytesIO(report.data)).active
    assert [row[-1].value for row in book.iter_rows(min_row=2)] == [
        "Stored.",
        "Not stored. File: Fill in this column.",
        "Stored.",
    ]


def test_the_pages_in_chinese(office: Office, branch: int) -> None:
    client = office.client(branch)
    page = client.get(f"{UPLOAD}?_l_=zh").get_data(as_text=True)
    for text in ("下载表格", "用户名", "不超过 10 MB"):
        assert text in page
    address = upload(client).location
    preview = client.get(f"{address}?_l_=zh").get_data(as_text=True)
    for text in ("尚未保存任何数据", "文件：此列必填。", "下载检查结果"):
        assert text in preview


def test_a_file_that_is_no_sheet_is_told_on_the_page(
    office: Office, branch: int, caplog: pytest.LogCaptureFixture
) -> None:
    client = office.client(branch)
    answer = upload(client, b"\x89PNG\x00", "a.xlsx")
    assert answer.status_code == 400
    assert "This file is not a spreadsheet." in answer.get_data(as_text=True)
    (line,) = [each.getMessage() for each in caplog.records if each.name == refusals.__name__]
    assert "refused, no such file is taken: person " in line
    assert f", branch {branch}, from 127.0.0.1: " in line
    assert f"POST ExchangeView.check {ITEM}: This file is not a spreadsheet." in line
    caplog.clear()
    answer = post(client, UPLOAD, UPLOAD)
    assert "Choose the sheet that you filled in." in answer.get_data(as_text=True)
    assert refusals.__name__ not in {each.name for each in caplog.records}


def test_rows_come_in_pages_the_worst_first(office: Office, branch: int) -> None:
    client = office.client(branch)
    rows = [(str(number), "Ann") for number in range(60)]
    address = upload(client, xlsx(("number", "name"), *rows, ("99", ""))).location
    first, second = (client.get(f"{address}?page={page}").get_data(as_text=True) for page in (1, 2))
    assert "Fill in this column." in first
    assert "Fill in this column." not in second
    assert 'rel="next"' in first
    assert 'rel="next"' not in second
    only = client.get(f"{address}?level=error&page=x").get_data(as_text=True)
    assert only.count('class="row-') == 1


def test_confirming_all_doubtful_rows(office: Office, branch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(office.installed.imports, "sample.doubting", Doubting().kind())
    client, page = office.client(branch), "/core/import/sample.doubting"
    data = xlsx(("number", "name"), ("1", "odd"), ("2", "odd"))
    address = post(client, page, page, file=(io.BytesIO(data), "a.xlsx")).location
    assert 'name="confirmed" value="2"' in client.get(address).get_data(as_text=True)
    post(client, f"{address}/accept", address, confirm_all="1")
    assert [item.number for item in office.items(branch)] == ["1", "2"]


def test_discarding(office: Office, branch: int) -> None:
    client = office.client(branch)
    address = upload(client).location
    assert post(client, f"{address}/discard", address).location.endswith(UPLOAD)
    assert "nothing of it was stored" in client.get(address).get_data(as_text=True)
    assert office.items(branch) == []


@pytest.mark.parametrize("path", [UPLOAD, f"{UPLOAD}/template.xlsx", "/core/import/", "/core/import/sheet/1"])
def test_a_stranger_is_sent_to_the_log_in_page(office: Office, path: str) -> None:
    answer = office.app.test_client().get(path)
    assert answer.status_code == 302
    assert answer.location.startswith("/login/")


def test_without_the_right_nothing_is_shown_or_taken(office: Office, branch: int) -> None:
    keeper, reader = office.client(branch, KEEPER), office.client(branch, READER)
    address = upload(keeper).location
    for path in (UPLOAD, f"{UPLOAD}/template.xlsx", address, f"{address}/report.xlsx"):
        assert reader.get(path).status_code == 403
    for path in (UPLOAD, f"{address}/accept", f"{address}/discard"):
        assert post(reader, path, "/password/").status_code == 403
    assert office.items(branch) == []
    assert UPLOAD not in reader.get("/core/import/").get_data(as_text=True)
    assert UPLOAD in keeper.get("/core/import/").get_data(as_text=True)


def test_another_branch_finds_nothing(office: Office, branch: int) -> None:
    address = upload(office.client(branch)).location
    stranger = office.client(office.branch())
    for path in (address, f"{address}/report.xlsx"):
        assert stranger.get(path).status_code == 404
    assert post(stranger, f"{address}/accept", UPLOAD).status_code == 404
    assert office.items(branch) == []


def test_without_the_token_of_the_form_nothing_is_taken(office: Office, branch: int) -> None:
    client = office.client(branch)
    address = upload(client).location
    assert client.post(f"{address}/accept").status_code == 400
    assert client.post(UPLOAD, data={"file": (io.BytesIO(SHEET), "a.xlsx")}).status_code == 400
    assert office.items(branch) == []


def test_a_kind_of_a_plugin_that_is_off_is_not_there(
    office: Office, branch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.app.app_context():
        kind = replace(kind_of(ITEM), id="shop.kind", entity="shop.thing")
    monkeypatch.setitem(office.installed.imports, kind.id, kind)
    assert office.client(branch).get("/core/import/shop.kind").status_code == 404
    assert office.client(branch).get("/core/import/unknown.kind").status_code == 404


@pytest.mark.parametrize(
    "path", ["/core/import/sheet/99999999999", "/core/import/sheet/0", "/core/import/sheet/-1"]
)
def test_a_sheet_that_never_was(office: Office, branch: int, path: str) -> None:
    assert office.client(branch).get(path).status_code == 404
