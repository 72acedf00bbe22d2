"""Reading what people upload, and refusing what would harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from datetime import date
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data import UserError
from core.exchange import limits
from core.exchange.archive import safe_copy
from core.exchange.sheets import RISKY, Line, read_bytes, read_table
from core.exchange.writing import Heading, write_csv, write_xlsx
from sheet_office import xlsx

HEADINGS = [Heading("Number"), Heading("Name"), Heading("Volume", number_format="General")]


def cells(data: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_table(data).lines]


def sheet_xml(rows: str, head: str = "") -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def workbook(**parts: str | bytes) -> bytes:
    """A real workbook with some of its parts replaced; a part is named by the end of its path."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(("a",), ("b",)))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in source.infolist():
            short = info.filename.rpartition("/")[2].partition(".")[0]
            made.writestr(info.filename, parts.get(short, source.read(info)))
    return out.getvalue()


# ---------------------------------------------------------------- what is read


def test_numbers_of_accounts_keep_their_zeros() -> None:
    data = xlsx(("n",), ("00123",), (123,), (123.0,), (12.3,), (1234567890123,), (0.1 + 0.2,), (-5,))
    assert cells(data) == [("00123",), ("123",), ("123",), ("12.3",), ("1234567890123",), ("0.3",), ("-5",)]


def test_days_booleans_and_errors_become_text() -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["d", "b", "e"])
    sheet.append([date(2026, 11, 22), True, "#N/A"])
    sheet["C2"].data_type = "e"
    book.save(out)
    assert cells(out.getvalue()) == [("2026-11-22", "TRUE", "#N/A")]


def test_a_rounded_number_is_noticed() -> None:
    lines = read_table(xlsx(("n",), (1234567890123456789,), (123456789012345,))).lines
    assert [line.rounded for line in lines] == [frozenset({0}), frozenset()]


def test_rows_are_counted_as_a_person_does() -> None:
    data = xlsx((), ("", "n"), (), ("", "x"), (), ("", "y"))
    assert [line.number for line in read_table(data).lines] == [4, 6]
    assert [line.number for line in read_table(b"n\r\n\r\nx\r\n,\r\ny").lines] == [3, 5]


def test_blanks_around_text_do_not_count() -> None:
    assert cells("n\n\u3000 00123\u00a0 \n".encode()) == [("00123",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_as_offices_save_it(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["户号", '"姓名"']) + "\r\n" + delimiter.join(["00123", '"张,三;丰\t㐂"']) + "\r\n"
    table = read_table(text.encode(encoding))
    assert table.heading == ("户号", "姓名")
    assert table.lines == [Line(2, ("00123", "张,三;丰\t㐂"))]


def test_only_the_first_visible_sheet_is_read() -> None:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    hidden: Any = book.active
    hidden.sheet_state = "hidden"
    hidden.append(["no"])
    shown = book.create_sheet("shown")
    shown.append(["n"])
    shown.append(["1"])
    book.save(out)
    assert read_table(out.getvalue()).heading == ("n",)


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xd0\xcf\x11\xe0rest of an xls", "old xls file"),
        (b"PK\x03\x04 not really", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a spreadsheet"),
        (b"\x00\x01\x02", "not a spreadsheet"),
        (b"\n\n,,\n", "is empty"),
        (b"number,name\n", "no rows"),
        (b'a,b\n"open', "Line 2 of this csv file"),
        (b"a\n" + b"," * limits.MAX_COLUMNS, "too large"),
    ],
)
def test_what_is_no_sheet_is_said(data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_table(data)


def test_an_archive_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(UserError, match="not a spreadsheet"):
        read_table(out.getvalue())


def test_size_of_the_upload() -> None:
    with pytest.raises(UserError, match="empty"):
        read_bytes(io.BytesIO())
    with pytest.raises(UserError, match="larger than 10 MB") as caught:
        read_bytes(io.BytesIO(b"x" * (limits.MAX_FILE_BYTES + 1)))
    assert caught.value.status == 413


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    assert len(read_table(xlsx(*[("a",)] * 4)).lines) == 3
    assert len(read_table(b"a\n" * 4).lines) == 3
    for data in (xlsx(*[("a",)] * 5), b"a\n" * 5):
        with pytest.raises(UserError, match="too large"):
            read_table(data)


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 1_000_000)
    bomb = workbook(sheet1=sheet_xml("<row/>" * 400_000))
    assert len(bomb) < 20_000
    with pytest.raises(UserError, match="too large"):
        read_table(bomb)


def test_a_size_that_lies_in_the_directory_does_not_help(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the parser gets is only what was measured, whatever the archive says of itself."""
    full = sheet_xml("<row r='1'><c r='A1' t='str'><v>n</v></c></row>" + "<row/>" * 400_000).encode()
    small = full[: len(full) // 1000]
    bomb = bytearray(workbook(sheet1=full))
    real = struct.pack("<II", zlib.crc32(full), 0)[:4]
    lie = struct.pack("<I", zlib.crc32(small))
    size, fake = struct.pack("<I", len(full)), struct.pack("<I", len(small))
    assert bomb.count(real) == bomb.count(size) == 2
    changed = bytes(bomb).replace(real, lie).replace(size, fake)
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 100_000)
    with pytest.raises(UserError):
        read_table(changed)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" t="str"><v>n</v></c><c r="XFD1"><v>1</v></c></row>',
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="150000"><c r="CA150000"><v>1</v></c></row>',
        "<row>" + "<c/>" * 200 + "<c><v>1</v></c></row>",
        "<row r='999999'/><row><c><v>1</v></c></row>",
    ],
)
def test_two_cells_far_apart_do_not_fill_the_memory(rows: str) -> None:
    with pytest.raises(UserError, match="too large"):
        read_table(workbook(sheet1=sheet_xml(rows)))


def test_far_cells_without_a_value_are_passed_over() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v>n</v></c></row><row r="2"><c r="A2" t="str"><v>x</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    )
    assert cells(workbook(sheet1=sheet_xml(rows))) == [("x",)]


@pytest.mark.parametrize("reference", ["A1B", "11", "", "A99999999999", "ABCDE1"])
def test_a_cell_without_a_sound_place(reference: str) -> None:
    with pytest.raises(UserError, match="damaged"):
        read_table(workbook(sheet1=sheet_xml(f'<row><c r="{reference}"><v>1</v></c></row>')))


def test_entities_are_not_expanded() -> None:
    head = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(UserError, match="damaged"):
        read_table(workbook(sheet1=sheet_xml("<row><c t='str'><v>&b;</v></c></row>", head)))


def test_only_sheets_and_what_they_need_reach_the_parser() -> None:
    data = io.BytesIO(xlsx(("a",), ("b",)))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("xl/media/huge.bin", b"0" * 1_000_000)
        archive.writestr("xl/vbaProject.bin", b"macro")
    data.seek(0)
    with safe_copy(data) as copy, zipfile.ZipFile(copy) as archive:
        assert all(name.endswith((".xml", ".rels")) for name in archive.namelist())


# ---------------------------------------------------------------- what is written


@pytest.mark.parametrize("sign", RISKY)
def test_no_text_becomes_a_formula(sign: str) -> None:
    text = f"{sign}HYPERLINK(1)"
    with write_xlsx("T", HEADINGS, [(text, "x", None)]) as out:
        data = out.read()
    sheet: Any = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.replace("_x000D_", "\r") == text
    with write_csv("T", HEADINGS, [(text, "x", None)]) as out:
        written = out.read().decode("utf-8-sig")
    assert written.splitlines()[1].lstrip('"').startswith("'" + (sign if sign not in "\r\n" else ""))


def test_a_heading_is_no_formula_either() -> None:
    headings = [Heading("=1+1")]
    with write_xlsx("=T[]", headings, []) as out:
        sheet: Any = openpyxl.load_workbook(io.BytesIO(out.read())).active
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=1+1", "s")
    with write_csv("T", headings, []) as out:
        assert out.read().decode("utf-8-sig") == "'=1+1\r\n"


def test_a_negative_figure_stays_a_figure() -> None:
    with write_csv("T", HEADINGS, [("1", "x", -5)]) as out:
        assert out.read().decode("utf-8-sig").splitlines()[1] == "1,x,-5"


def test_the_template_keeps_zeros_and_helps_to_fill_in() -> None:
    headings = [
        Heading("Number", help="Digits"),
        Heading("State", choices=("open", "shut")),
        Heading("Volume", number_format="0"),
    ]
    with write_xlsx("Sheet/1", headings, [("00123", "open", 5)]) as out:
        sheet: Any = openpyxl.load_workbook(io.BytesIO(out.read())).active
    assert sheet["A2"].value == "00123"
    assert sheet.column_dimensions["A"].width > 10
    assert sheet.freeze_panes == "A2"
    lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert [each.formula1 for each in lists] == ['"open,shut"']
    assert sheet.title == "Sheet1"


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Cf", "Cn", "Co")), min_size=1, max_size=12
)


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=6))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    headings = HEADINGS[:2]
    for write in (write_csv, write_xlsx):
        with write("T", headings, rows) as out:
            assert cells(out.read()) == rows
