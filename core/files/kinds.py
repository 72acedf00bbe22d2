"""Which kinds of files are taken, judged by what is in them as well as by their names."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.data import UserError
from core.ui import format as shown

_HEAD = 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MACROS = "vbaproject.bin"
_TEXT_ENCODINGS = ("utf-8", "gb18030")


@dataclass(frozen=True)
class FileKind:
    """A kind of file: how it is served, its extensions, and whether a file on disk is one."""

    media_type: str
    extensions: tuple[str, ...]
    matches: Callable[[Path], bool]


def _starts(*signatures: bytes) -> Callable[[Path], bool]:
    return lambda file: _head(file).startswith(signatures)


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(_HEAD)


def _is_pdf(file: Path) -> bool:
    return b"%PDF-" in _head(file)


def _is_webp(file: Path) -> bool:
    head = _head(file)
    return head.startswith(b"RIFF") and head[8:12] == b"WEBP"


def _office(part: str) -> Callable[[Path], bool]:
    def matches(file: Path) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                names = set(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
        macros = any(name.lower().endswith(_MACROS) for name in names)
        return {"[Content_Types].xml", part} <= names and not macros

    return matches


def _is_text(file: Path) -> bool:
    data = file.read_bytes()
    return b"\x00" not in data and any(_decodes(data, encoding) for encoding in _TEXT_ENCODINGS)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


KINDS = (
    FileKind("application/pdf", ("pdf",), _is_pdf),
    FileKind("image/png", ("png",), _starts(b"\x89PNG\r\n\x1a\n")),
    FileKind("image/jpeg", ("jpg", "jpeg"), _starts(b"\xff\xd8\xff")),
    FileKind("image/gif", ("gif",), _starts(b"GIF87a", b"GIF89a")),
    FileKind("image/webp", ("webp",), _is_webp),
    FileKind(f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), _office("xl/workbook.xml")),
    FileKind(f"{_OFFICE}.wordprocessingml.document", ("docx",), _office("word/document.xml")),
    FileKind("text/csv", ("csv",), _is_text),
    FileKind("text/plain", ("txt",), _is_text),
)
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)


def kind_by_name(name: str) -> FileKind:
    """The kind that a file's extension promises; UserError when such files are not taken."""
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    for kind in KINDS:
        if extension in kind.extensions:
            return kind
    raise UserError(
        "Files of this type are not taken. Choose one of: %(types)s.", types=shown.listed(EXTENSIONS)
    )


def check_content(kind: FileKind, file: Path) -> None:
    """UserError when the file's content is not what its name promises."""
    if not kind.matches(file):
        raise UserError(
            "The content of this file is not what its name says. Save it anew and upload it again."
        )
