"""A sheet's way: nothing before it is accepted, everything once when it is."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

import sheet_office
from core.data import UserError
from core.exchange import service
from core.exchange.kinds import ImportKind, Param
from core.exchange.models import ACCEPTED, CHECKED, DISCARDED, ImportRow, ImportSheet
from core.exchange.registry import kind_of
from core.exchange.report import report
from sheet_office import ITEM, Doubting, Office, SampleItem, xlsx

SHEET = xlsx(("number", "name"), ("1", "Ann"), ("2", ""), ("3", "Cid"))


def accept(
    office: Office, branch: int, sheet_id: int, *confirmed: int, kind: ImportKind | None = None
) -> ImportSheet:
    with office.session(branch) as session:
        sheet = service.accept(session, sheet_id, set(confirmed), None, kind)
        session.commit()
        session.refresh(sheet)
        return sheet


def numbers(office: Office, branch: int) -> list[str]:
    return [item.number for item in office.items(branch)]


def rows_of(office: Office, branch: int, sheet_id: int) -> dict[int, tuple[str, bool]]:
    with office.session(branch) as session:
        rows = session.scalars(select(ImportRow).where(ImportRow.sheet_id == sheet_id))
        return {row.number: (row.level, row.stored) for row in rows}


def test_nothing_is_stored_before_it_is_accepted(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    assert office.items(branch) == []
    with office.session(branch) as session:
        sheet = service.sheet_of(session, sheet_id)
        assert (sheet.state, sheet.ok_rows, sheet.error_rows, sheet.rows) == (CHECKED, 2, 1, 3)


def test_the_good_rows_are_stored_and_the_wrong_ones_left_out(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    sheet = accept(office, branch, sheet_id)
    assert (sheet.state, sheet.stored_rows, sheet.accepted_at is not None) == (ACCEPTED, 2, True)
    assert numbers(office, branch) == ["1", "3"]
    assert rows_of(office, branch, sheet_id) == {2: ("ok", True), 3: ("error", False), 4: ("ok", True)}


def test_pressed_twice(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    assert accept(office, branch, sheet_id).stored_rows == 2
    assert accept(office, branch, sheet_id).stored_rows == 2
    assert numbers(office, branch) == ["1", "3"]


def test_pressed_by_several_at_the_same_moment(office: Office, branch: int) -> None:
    data = xlsx(("number", "name"), *[(str(number), "Ann") for number in range(400)])
    sheet_id = office.checked(branch, data)
    at_once, answers = threading.Barrier(4), []

    def press() -> None:
        with office.session(branch) as session:
            at_once.wait()
            sheet = service.accept(session, sheet_id, set(), None, kind_of(ITEM))
            session.commit()
            answers.append((sheet.state, sheet.stored_rows))

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(ACCEPTED, 400)] * 4
    assert len(numbers(office, branch)) == 400


PRESS = """
import sys, pytest
from pathlib import Path
import sheet_office
from core.exchange import service
url, home, branch, sheet = sys.argv[1:]
with pytest.MonkeyPatch.context() as patch:
    office = sheet_office.make(url, Path(home), patch)
    with office.session(int(branch)) as session:
        print("ready", flush=True)
        sys.stdin.readline()
        done = service.accept(session, int(sheet), set(), None)
        session.commit()
        print(done.state, done.stored_rows, flush=True)
"""


def test_pressed_in_two_processes_at_the_same_moment(office: Office, branch: int) -> None:
    data = xlsx(("number", "name"), *[(str(number), "Ann") for number in range(400)])
    sheet_id = office.checked(branch, data)
    settings = office.installed.settings
    arguments = [office.installed.database.url, str(settings.home), str(branch), str(sheet_id)]
    support = str(Path(sheet_office.__file__).parent)
    presses = [
        subprocess.Popen(
            [sys.executable, "-c", f"import sys; sys.path.insert(0, {support!r})\n{PRESS}", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=str(Path(sheet_office.__file__).parents[2]),
        )
        for _ in range(2)
    ]
    for each in presses:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in presses:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    assert [each.communicate()[0] for each in presses] == ["accepted 400\n"] * 2
    assert len(numbers(office, branch)) == 400


def test_doubtful_rows_need_a_confirmation(office: Office, branch: int) -> None:
    kind = Doubting().kind()
    sheet_id = office.checked(
        branch, xlsx(("number", "name"), ("1", "odd"), ("2", "odd"), ("3", "bad"), ("4", "")), kind
    )
    with office.session(branch) as session:
        assert service.doubtful(session, sheet_id) == {2, 3}
    accept(office, branch, sheet_id, 3, 4, kind=kind)
    assert numbers(office, branch) == ["2", "4"]
    assert rows_of(office, branch, sheet_id) == {
        2: ("warning", False),
        3: ("warning", True),
        4: ("error", False),
        5: ("ok", True),
    }


def test_rows_are_judged_again_before_they_are_stored(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    office.add(branch, SampleItem(number="1", name="Meanwhile", urgent=False))
    sheet = accept(office, branch, sheet_id)
    assert (sheet.stored_rows, sheet.ok_rows, sheet.error_rows) == (1, 1, 2)
    assert numbers(office, branch) == ["1", "3"]
    assert rows_of(office, branch, sheet_id)[2] == ("error", False)


def test_a_new_doubt_was_not_confirmed(office: Office, branch: int) -> None:
    doubting = Doubting()
    kind = doubting.kind()
    sheet_id = office.checked(branch, xlsx(("number", "name"), ("1", "odd"), ("2", "fine"), ("3", "x")), kind)
    doubting.doubted = {"odd": "Something else?", "fine": "Is it?"}
    accept(office, branch, sheet_id, 2, kind=kind)
    assert numbers(office, branch) == ["3"]


def test_when_nothing_is_good_any_more_the_sheet_stays_open(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, xlsx(("number", "name"), ("1", "Ann")))
    office.add(branch, SampleItem(number="1", name="Meanwhile", urgent=False))
    sheet = accept(office, branch, sheet_id)
    assert (sheet.state, sheet.stored_rows, sheet.error_rows, sheet.accepted_at) == (CHECKED, 0, 1, None)
    with pytest.raises(UserError, match="No row of this sheet"):
        accept(office, branch, sheet_id)


def test_when_storing_fails_the_sheet_can_be_accepted_again(office: Office, branch: int) -> None:
    doubting = Doubting()
    kind = doubting.kind()
    sheet_id = office.checked(branch, xlsx(("number",), ("1",)), kind)
    doubting.broken = True
    with pytest.raises(RuntimeError):
        accept(office, branch, sheet_id, kind=kind)
    doubting.broken = False
    assert office.items(branch) == []
    assert accept(office, branch, sheet_id, kind=kind).stored_rows == 1


def test_a_clash_with_another_person_is_told(office: Office, branch: int) -> None:
    kind = Doubting().kind()
    sheet_id = office.checked(branch, xlsx(("number",), ("1",)), kind)
    office.add(branch, SampleItem(number="1", name="Meanwhile", urgent=False))
    with pytest.raises(UserError, match="Somebody changed the same records") as caught:
        accept(office, branch, sheet_id, kind=kind)
    assert caught.value.status == 409
    assert caught.value.__cause__ is None
    assert isinstance(caught.value.__context__, IntegrityError)


def test_discarded_is_given_up(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    for _ in range(2):
        with office.session(branch) as session:
            assert service.discard(session, sheet_id).state == DISCARDED
            session.commit()
    with pytest.raises(UserError, match="was discarded"):
        accept(office, branch, sheet_id)
    assert office.items(branch) == []


def test_accepted_cannot_be_discarded(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    accept(office, branch, sheet_id)
    with office.session(branch) as session, pytest.raises(UserError, match="accepted before"):
        service.discard(session, sheet_id)


def test_another_branch_finds_no_sheet(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    other = office.branch()
    for act in (
        lambda session: service.sheet_of(session, sheet_id),
        lambda session: service.accept(session, sheet_id, set(), None),
        lambda session: service.discard(session, sheet_id),
    ):
        with office.session(other) as session, pytest.raises(UserError, match="no such sheet") as caught:
            act(session)
        assert caught.value.status == 404
    assert office.count(ImportRow, other) == office.count(ImportSheet, other) == 0


def test_parameters_are_asked_for(office: Office, branch: int) -> None:
    params = [Param("month", "Month"), Param("route", "Route", required=False, choices=lambda: [("a", "A")])]
    seen: list[dict[str, str]] = []
    kind = replace(
        Doubting().kind(), params=lambda: params, check=lambda session, rows, given: seen.append(given)
    )
    with office.session(branch) as session:
        for given, said in (({}, "Fill in Month"), ({"month": "2026-11", "route": "b"}, "Choose Route")):
            with pytest.raises(UserError, match=said):
                service.check_upload(session, kind, io.BytesIO(SHEET), "a.xlsx", given, None)
    office.checked(branch, SHEET, kind, month="2026-11", unknown="1")
    assert seen == [{"month": "2026-11", "route": ""}]


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "Wrong. File: Fill in this column."), ("zh", "有误。 文件：此列必填。")]
)
def test_the_report_says_beside_each_row_what_became_of_it(
    office: Office, branch: int, locale: str, said: str
) -> None:
    sheet_id = office.checked(branch, xlsx(("number", "name"), ("001", "=1+1"), ("2", "")))
    with office.session(branch, locale) as session:
        with report(session, service.sheet_of(session, sheet_id), kind_of(ITEM)) as out:
            sheet: Any = openpyxl.load_workbook(io.BytesIO(out.read())).active
        assert (sheet["A2"].value, sheet["B2"].value, sheet["B2"].data_type) == ("001", "=1+1", "s")
        assert sheet.cell(3, sheet.max_column).value == said


def test_the_report_can_be_mended_and_uploaded_again(office: Office, branch: int) -> None:
    sheet_id = office.checked(branch, SHEET)
    with office.session(branch, "zh") as session:
        out = report(session, service.sheet_of(session, sheet_id), kind_of(ITEM))
        data = out.read()
        out.close()
    again = office.checked(branch, data)
    assert rows_of(office, branch, again) == rows_of(office, branch, sheet_id)


def test_a_large_sheet_is_stored_set_wise(office: Office, branch: int) -> None:
    """The number of statements grows with chunks, not with rows."""
    from sqlalchemy import event

    data = xlsx(("number", "name"), *[(str(number), "Ann") for number in range(3_000)])
    statements: list[str] = []
    engine = office.installed.database.engine
    watch = lambda *event_arguments: statements.append(event_arguments[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", watch)
    sheet_id = office.checked(branch, data)
    assert accept(office, branch, sheet_id).stored_rows == 3_000
    event.remove(engine, "before_cursor_execute", watch)
    assert len(statements) < 100
