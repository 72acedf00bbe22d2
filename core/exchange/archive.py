"""Makes an uploaded xlsx file safe to parse: unpacked within bounds, measured, packed anew from what was measured."""

from __future__ import annotations

import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any
from xml.parsers import expat

from core.data import UserError
from core.exchange import limits

_SPOOL_BYTES = 32 * 1024 * 1024
_BLOCK = 256 * 1024
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})$")
# Error cells (#N/A, #DIV/0!) would be read as empty; as text they are seen and refused by the check.
_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\b[^<>]*?\st=)[\"']e[\"']")
_HAS_VALUE = frozenset({"v", "is", "f"})
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    expat.ExpatError,
)


def safe_copy(data: IO[bytes]) -> IO[bytes]:
    """A workbook with the sheets of `data` and nothing else, small enough to be parsed.

    The parser gets only bytes that were counted here, so sizes that lie in the archive's directory do not matter.
    Raises UserError when the file is no workbook or too large.
    """
    copy: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - handed to the caller
    try:
        with zipfile.ZipFile(data) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
            _copy(source, target)
    except _BROKEN:
        copy.close()
        raise UserError(
            "This file is damaged or protected by a password. Save it anew as an xlsx file and upload that."
        ) from None
    except UserError:
        copy.close()
        raise
    copy.seek(0)
    return copy


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
    infos = [info for info in source.infolist() if info.filename.endswith((".xml", ".rels"))]
    if "xl/workbook.xml" not in {info.filename for info in infos}:
        raise UserError("This file is not a spreadsheet. Upload an xlsx or csv file.")
    if len(infos) > limits.MAX_PARTS or sum(info.file_size for info in infos) > limits.MAX_UNPACKED_BYTES:
        raise _too_large()
    left = limits.MAX_UNPACKED_BYTES
    for info in infos:
        with source.open(info) as part, target.open(info.filename, "w") as out:
            measure = _Measure()
            for block in _blocks(part):
                left -= len(block)
                if left < 0:
                    raise _too_large()
                measure.feed(block)
                out.write(_ERROR_CELL.sub(rb'\1"str"', block))
            measure.close()


def _too_large() -> UserError:
    return UserError(
        "This sheet is too large: at most %(rows)s rows and %(columns)s columns are read. Split it into several.",
        status=413,
        rows=limits.MAX_ROWS,
        columns=limits.MAX_COLUMNS,
    )


def _blocks(part: IO[bytes]) -> Iterator[bytes]:
    """The part in blocks that never end inside a tag."""
    kept = b""
    while block := part.read(_BLOCK):
        whole = kept + block
        cut = whole.rfind(b"<")
        if cut <= 0 or len(whole) - cut > _BLOCK:
            cut = len(whole)
        kept = whole[cut:]
        yield whole[:cut]
    yield kept


class _Measure:
    """Follows the cells of a sheet as its reader will, and stops it before the rectangle of cells grows too large."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._root
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.row, self.column = -1, -1
        self.last_row, self.last_column = 0, 0

    def feed(self, block: bytes) -> None:
        self.parser.Parse(block, False)

    def close(self) -> None:
        self.parser.Parse(b"", True)

    def _doctype(self, *_: Any) -> None:
        raise ValueError("a workbook has no document type")

    def _root(self, name: str, _attributes: dict[str, str]) -> None:
        is_sheet = name.rpartition(":")[2] == "worksheet"
        self.parser.StartElementHandler = self._element if is_sheet else None

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local in _HAS_VALUE:
            self._value()
        elif local == "c":
            self._cell(attributes.get("r"))
        elif local == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1

    def _cell(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        match = _REFERENCE.match(reference)
        if match is None:
            raise ValueError("a cell has no place")
        self.column = _column_number(match[1])
        self.row = int(match[2]) - 1

    def _value(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        rows, columns = self.last_row + 1, self.last_column + 1
        # One row more than counted: the heading.
        if rows > limits.MAX_ROWS + 1 or columns > limits.MAX_COLUMNS or rows * columns > limits.MAX_CELLS:
            raise _too_large()


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
