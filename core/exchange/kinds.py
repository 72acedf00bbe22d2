"""What a plugin declares about a sheet that people fill in and upload."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Finding:
    """Something wrong (or doubtful) in a row: an English template and its parameters, translated where it is shown.

    `level` is "error" (the row is not stored) or "warning" (stored only when a person confirms it).
    """

    message: str
    params: dict[str, Any] = field(default_factory=dict)
    level: str = "error"
    column: str = ""


@dataclass
class Row:
    """A row of an uploaded sheet: `number` as the person sees it in the sheet, `cells` as text by column name.

    The check fills `values` (JSON-able, what `store` needs) and `findings`.
    """

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A column of the sheet. `text` columns are written and read as text, so that leading zeros stay.

    Headings are understood by `name` and by `label` in every language. The downloaded sheet offers `choices` as a
    drop-down list. `example` is shown to people in the explanation of the columns.
    """

    name: str
    label: Any
    help: Any = ""
    required: bool = False
    text: bool = True
    width: int = 16
    choices: tuple[Any, ...] = ()
    example: Any = ""


@dataclass(frozen=True)
class Param:
    """A parameter of a download and upload, asked on the page. It reaches the kind as text.

    `kind` is "text", "date" (2026-11-22), "month" (2026-11) or "choice"; `choices` yields pairs of value and label, and
    `blank` is what is said when none is chosen. With `entity` it is the id of one of its records, found by searching.
    One that only narrows what is downloaded is not asked at the upload.
    """

    name: str
    label: Any
    kind: str = "text"
    help: Any = ""
    required: bool = True
    default: Callable[[], str] | None = None
    choices: Callable[[], Sequence[tuple[str, Any]]] | None = None
    blank: Any = ""
    entity: str = ""
    only_download: bool = False


@dataclass(frozen=True)
class ImportKind:
    """A kind of sheet.

    `columns` yields the columns; `template_rows` the rows of the sheet that is downloaded (already filled with what is
    known), given the parameters of the download (for example a period). `check` judges all rows together, set-wise,
    and stores nothing. `over_all` is for sheets so large that they are judged a part at a time: it judges first
    what only all rows together show (what stands twice, which rows are left out), `check` then each part; such a
    sheet is stored a part at a time too, in one transaction. Without it, all rows are always judged at once.
    `store` writes the accepted rows in one transaction and answers how many. `params` names the parameters that
    download and upload take. `entity` and `right` say who may use it.
    """

    id: str
    label: Any
    entity: str
    right: str
    columns: Callable[[], Sequence[Column]]
    check: Callable[[Session, list[Row], dict[str, str]], None]
    store: Callable[[Session, list[Row], dict[str, str], int | None], int]
    template_rows: Callable[[Session, dict[str, str]], Sequence[Sequence[Any]]] | None = None
    params: Callable[[], Sequence[Param]] | None = None
    over_all: Callable[[Session, list[Row], dict[str, str]], None] | None = None
    help: Any = ""
