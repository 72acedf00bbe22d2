"""The import that every entity has."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.data import UserError
from core.exchange.models import ImportRow, ImportSheet
from core.exchange.registry import all_kinds, kind_of
from core.exchange.report import messages
from core.exchange.service import accept, check_upload
from sheet_office import COLUMNS, ITEM, Office, SampleGroup, SampleItem, xlsx

GOOD = ("00123", "Ann", "", "", "", "", "", "", "", "", "")


def row(**cells: object) -> tuple[object, ...]:
    given = dict(zip(COLUMNS, GOOD, strict=True)) | cells
    return tuple(given[name] for name in COLUMNS)


def said(office: Office, branch: int, data: bytes, locale: str = "en") -> dict[int, list[str]]:
    """What the dry run says of each row, in a language."""
    sheet_id = office.checked(branch, data)
    with office.session(branch, locale) as session:
        labels = {column.name: str(column.label) for column in kind_of(ITEM).columns()}
        rows = session.scalars(
            select(ImportRow).where(ImportRow.sheet_id == sheet_id).order_by(ImportRow.number)
        )
        return {each.number: messages(each.findings, labels) for each in rows}


def stored(office: Office, branch: int, *rows: tuple[object, ...]) -> SampleItem:
    sheet_id = office.checked(branch, xlsx(COLUMNS, *rows))
    with office.session(branch) as session:
        sheet = accept(session, sheet_id, set(), None)
        assert sheet.stored_rows == len(rows)
        session.commit()
    return office.items(branch)[0]


def test_a_row_is_stored_as_it_was_meant(office: Office, branch: int) -> None:
    (group_id,) = office.add(branch, SampleGroup(code="07", name="Seven"))
    item = stored(
        office,
        branch,
        row(
            group_id="07",
            state="Accepted",
            price="1,234.50",
            volume=12.3456,
            count=7,
            opened_on=date(2026, 11, 22),
            checked_at="2026-11-22 08:00",
            urgent="yes",
            note="=1+1",
        ),
    )
    assert (item.number, item.name, item.group_id, item.state) == ("00123", "Ann", group_id, "shut")
    assert (item.price, item.volume, item.count) == (Decimal("1234.50"), Decimal("12.3456"), 7)
    assert item.opened_on == date(2026, 11, 22)
    assert item.checked_at == datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert (item.urgent, item.note, item.branch_id) == (True, "=1+1", branch)


def test_empty_cells_get_the_defaults(office: Office, branch: int) -> None:
    item = stored(office, branch, row())
    assert (item.state, item.urgent, item.price, item.note) == ("open", False, None, None)
    assert item.made_on is not None


@pytest.mark.parametrize(
    "text", ["2026-11-22", "2026/11/22", "2026.11.22", "20261122", "2026年11月22日", "２０２６-11-22"]
)
def test_days_as_people_write_them(office: Office, branch: int, text: str) -> None:
    assert stored(office, branch, row(opened_on=text)).opened_on == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "state"), [("shut", "shut"), ("已接收", "shut"), ("accepted", "shut"), ("Checked ", "open")]
)
def test_choices_by_code_and_by_label_in_both_languages(
    office: Office, branch: int, text: str, state: str
) -> None:
    assert stored(office, branch, row(state=text)).state == state


@pytest.mark.parametrize(
    ("text", "value"), [("是", True), ("否", False), ("Y", True), ("no", False), (True, True), ("0", False)]
)
def test_yes_and_no_in_both_languages(office: Office, branch: int, text: object, value: bool) -> None:
    assert stored(office, branch, row(urgent=text)).urgent is value


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"number": ""}, "Fill in this column."),
        ({"name": ""}, "Fill in this column."),
        ({"number": "a b"}, "a b does not have the right form. Lower-case letters, digits and hyphens."),
        ({"number": "1234567890123"}, "This is longer than 12 characters."),
        ({"number": 1234567890123456}, "This number has more than 15 digits"),
        ({"group_id": "99"}, "There is no 99 in this branch."),
        ({"group_id": "Twice"}, "Twice names several records"),
        ({"state": "gone"}, "gone is not one of the choices: Checked, Accepted."),
        ({"price": "abc"}, "abc is not a number."),
        ({"price": "nan"}, "nan is not a number."),
        ({"price": "1e5"}, "1e5 is not a number."),
        ({"price": "1.234"}, "1.234 has too many decimals; write at most 2."),
        ({"price": "9" * 30}, "is too large a number."),
        ({"volume": "1.00001"}, "1.00001 has too many decimals; write at most 4."),
        ({"count": "1.5"}, "1.5 is not a whole number."),
        ({"count": "3000000000"}, "3000000000 is too large a number."),
        ({"opened_on": "2026-02-30"}, "2026-02-30 is not a date; write it like 2026-11-22."),
        ({"checked_at": "2026-11-22 25:00"}, "is not a time; write it like 2026-11-22 14:05."),
        ({"urgent": "perhaps"}, 'perhaps is neither "yes" nor "no".'),
        ({"name": "refused"}, "Fill in this field."),
        ({"name": "crash"}, "This row could not be checked."),
    ],
)
def test_each_fault_is_named(office: Office, branch: int, cells: dict[str, object], message: str) -> None:
    office.add(branch, SampleGroup(code="1", name="Twice"), SampleGroup(code="2", name="Twice"))
    found = said(office, branch, xlsx(COLUMNS, row(**cells)))
    assert len(found[2]) == 1
    assert message in found[2][0]
    assert office.items(branch) == []


def test_a_fault_is_told_in_the_readers_language_whoever_uploaded(office: Office, branch: int) -> None:
    data = xlsx(COLUMNS, row(state="gone", price="x"))
    english, chinese = said(office, branch, data)[2], said(office, branch, data, "zh")[2]
    assert english[0] == "State: gone is not one of the choices: Checked, Accepted."
    assert chinese == [
        "状态：gone 不在可选值之内，可选：已检查、已接收。",
        "Price：x 不是数字。",
    ]


def test_twice_in_the_sheet_and_there_already(office: Office, branch: int) -> None:
    office.add(branch, SampleItem(number="77", name="Old", urgent=False))
    found = said(office, branch, xlsx(COLUMNS, row(), row(name="Bea"), row(number="77"), row(number="78")))
    assert found[2] == []
    assert found[5] == []
    assert found[3] == ["User name: This stands in the sheet before, in row 2."]
    assert found[4] == ["User name: A record with this key is already there."]


def test_another_branch_is_not_seen(office: Office, branch: int) -> None:
    other = office.branch()
    office.add(
        other, SampleGroup(code="07", name="Seven"), SampleItem(number="00123", name="Old", urgent=False)
    )
    found = said(office, branch, xlsx(COLUMNS, row(), row(number="2", group_id="07")))
    assert found == {2: [], 3: ["Branch: There is no 07 in this branch."]}


@pytest.mark.parametrize("heading", ["User name", "用户名", "number", " USER  NAME* "])
def test_headings_in_both_languages_and_by_name(office: Office, branch: int, heading: str) -> None:
    sheet_id = office.checked(branch, xlsx((heading, "name"), ("1", "Ann")))
    with office.session(branch) as session:
        assert session.get_one(ImportSheet, sheet_id).ok_rows == 1


def test_a_missing_column_is_named_in_the_readers_language(office: Office, branch: int) -> None:
    data = xlsx(("number",), ("1",))
    for locale, label in (("en", "File"), ("zh", "文件")):
        with office.session(branch, locale) as session, pytest.raises(UserError) as caught:
            check_upload(session, kind_of(ITEM), io.BytesIO(data), "a.xlsx", {}, None)
        with office.session(branch, locale):
            assert label in str(caught.value)


def test_a_column_twice_is_refused(office: Office, branch: int) -> None:
    data = xlsx(("number", "User name", "name"), ("1", "2", "Ann"))
    with office.session(branch) as session, pytest.raises(UserError, match="stands twice"):
        check_upload(session, kind_of(ITEM), io.BytesIO(data), "a.xlsx", {}, None)


def test_only_importable_entities_have_a_kind(office: Office) -> None:
    with office.app.app_context():
        assert ITEM in {kind.id for kind in all_kinds()}
        assert "core.sample_group" not in {kind.id for kind in all_kinds()}
