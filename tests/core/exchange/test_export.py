"""Lists as files: exact, safe to open, in the reader's language."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from core.data import UserError
from core.exchange import export
from core.exchange.export import export_rows
from sheet_office import COLUMNS, ITEM, READER, Office, SampleGroup, SampleItem


def fill(office: Office, branch: int) -> None:
    (group,) = office.add(branch, SampleGroup(code="07", name="Seven"))
    full = SampleItem(
        number="00123",
        name="=1+1",
        group_id=group,
        state="shut",
        price=Decimal("-12.50"),
        volume=Decimal("1.2500"),
        count=3,
        opened_on=date(2026, 11, 22),
        checked_at=datetime(2026, 11, 22, 0, 5, tzinfo=UTC),
        urgent=True,
        note="-5",
    )
    office.add(branch, full, SampleItem(number="2", name="x", urgent=False))


def written(office: Office, branch: int, file_format: str, locale: str = "en") -> bytes:
    with office.session(branch, locale) as session:
        records = session.scalars(select(SampleItem).order_by(SampleItem.number))
        with export_rows(session, office.installed.entities[ITEM], COLUMNS, records, file_format) as out:
            return out.read()


def test_xlsx_keeps_figures_days_and_zeros(office: Office, branch: int) -> None:
    fill(office, branch)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(written(office, branch, "xlsx"))).active
    assert [cell.value for cell in sheet[1]][:6] == [
        "User name",
        "File",
        "Branch",
        "State",
        "Price",
        "Volume (m3)",
    ]
    values = [cell.value for cell in sheet[2]]
    assert values[:4] == ["00123", "=1+1", "Seven", "Accepted"]
    assert sheet["B2"].data_type == "s"
    assert values[4:7] == [-12.5, 1.25, 3]
    assert values[7:] == [datetime(2026, 11, 22), datetime(2026, 11, 22, 8, 5), "Yes", "-5"]  # noqa: DTZ001 - wall clock
    assert [cell.value for cell in sheet[3]] == ["2", "x", None, "Checked", *[None] * 5, "No", None]


def test_csv_is_guarded_and_in_the_readers_language(office: Office, branch: int) -> None:
    fill(office, branch)
    data = written(office, branch, "csv", "zh")
    assert data.startswith(b"\xef\xbb\xbf")
    heading, first, second = data.decode("utf-8-sig").splitlines()
    assert heading.startswith("用户名,文件,")
    assert first == "00123,'=1+1,Seven,已接收,-12.50,1.25,3,2026-11-22,2026-11-22 08:05,是,'-5"
    assert second.startswith("2,x,,已检查,")


def test_what_was_exported_can_be_imported_elsewhere(office: Office, branch: int) -> None:
    fill(office, branch)
    data = written(office, branch, "csv", "zh")
    other = office.branch()
    office.add(other, SampleGroup(code="9", name="Seven"))
    sheet_id = office.checked(other, data)
    from core.exchange.service import accept

    with office.session(other) as session:
        assert accept(session, sheet_id, set(), None).stored_rows == 2
        session.commit()
    here, there = office.items(branch)[0], office.items(other)[0]
    for name in ("number", "name", "state", "price", "count", "opened_on", "checked_at", "urgent", "note"):
        assert getattr(here, name) == getattr(there, name)


def test_the_number_of_records_is_bounded(
    office: Office, branch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(office, branch)
    monkeypatch.setattr(export, "MAX_EXPORT_ROWS", 1)
    for file_format in ("xlsx", "csv"):
        with pytest.raises(UserError, match="more than 1 records"):
            written(office, branch, file_format)


def test_the_list_is_exported_as_it_is_filtered(office: Office, branch: int) -> None:
    fill(office, branch)
    client = office.client(branch)
    answer = client.get("/core/sample_item/export.csv?q=00123", buffered=True)
    assert answer.status_code == 200
    assert len(answer.get_data(as_text=True).splitlines()) == 2
    assert "attachment" in answer.headers["Content-Disposition"]
    assert client.get("/core/sample_item/export.pdf").status_code == 404


def test_export_needs_its_right_and_stays_in_the_branch(office: Office, branch: int) -> None:
    fill(office, branch)
    path = "/core/sample_item/export.xlsx"
    assert office.client(branch, READER).get(path).status_code == 403
    assert office.app.test_client().get(path).status_code == 302
    answer = office.client(office.branch()).get(path, buffered=True)
    sheet: Any = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert sheet.max_row == 1
