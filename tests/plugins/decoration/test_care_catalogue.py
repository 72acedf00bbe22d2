"""The rules of VIP service and care beside the catalogue of their paper: kinds, parameters and defaults; the matrix."""
# zh-ok-file: defaults as the catalogue writes them

from __future__ import annotations

from typing import Any

import pytest

from core.people.positions import Position
from decoration_company import BY_ID
from plugins.decoration.positions import POSITIONS
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_care as c
from plugins.decoration.rules.book import care, vip

CATALOGUE = """\
DEC-R19	access	vip_archive_forms	electronic + original
DEC-R20	access	vip_archive_readers	keeper, manager
DEC-R21	validation	vip_attendant_ratio	one-to-one
DEC-R22	access	vip_channels	专门窗口, 贵宾热线, 贵宾传真, 绿色通道, 咨询台
DEC-R23	amount	vip_discount	unset
DEC-R24	notification	vip_notice_days	3
DEC-R24	notification	vip_notice_channels	phone, SMS
DEC-R25	cadence	vip_review_days	10
DEC-R26	cadence	vip_visit_interval	daily
DEC-R27	validation	vip_reception_record	true
DEC-R45	notification	event_types	庆典, 纪念活动, 开幕式
DEC-R61	notification	campaign_channels	SMS, phone
DEC-R76	notification	birthday_offset_days	0
DEC-R77	notification	holiday_calendar	list
DEC-R78	notification	event_calendar	list
DEC-R79	notification	heating_notice_days	7
DEC-R79	notification	heating_start_date	unset
DEC-R80	notification	weather_trigger	manual"""
ROWS = [line.split("\t") for line in CATALOGUE.splitlines()]
KINDS = {"validation": {"check"}, "notification": {"notice"}}
WORDS: dict[str, Any] = {
    "electronic + original": (c.ELECTRONIC, c.ORIGINAL),
    "keeper, manager": (n.VIP_KEEPER, n.MANAGER),
    "one-to-one": "one",
    "专门窗口, 贵宾热线, 贵宾传真, 绿色通道, 咨询台": (c.WINDOW, c.HOTLINE, c.FAX, c.GREEN_LANE, c.DESK),
    "unset": None,
    "phone, SMS": ("phone", "sms"),
    "SMS, phone": ("sms", "phone"),
    "daily": 1,
    "true": True,
    "庆典, 纪念活动, 开幕式": (c.CELEBRATION, c.COMMEMORATION, c.OPENING),
    "manual": "manual",
}
CALLED = {"L": "see", "A": "add", "E": "edit", "X": "export"}
MATRIX = {
    c.VIP_ARCHIVE: {n.MANAGER: "LEX", n.VIP_KEEPER: "LAE", n.GENERAL_MANAGER: "L"},
    c.BATCH: {n.MANAGER: "L", n.ASSISTANT: "L", n.SPECIALIST: "LA", n.VIP_KEEPER: "LA", n.SALES: "LA"},
    c.MESSAGE: {n.MANAGER: "L", n.ASSISTANT: "L", n.SPECIALIST: "L", n.VIP_KEEPER: "L", n.SALES: "L"},
}
"""Messages are added with their batch."""


@pytest.mark.parametrize(("number", "kind"), list(dict.fromkeys((row[0], row[1]) for row in ROWS)))
def test_kinds_are_those_of_the_catalogue(number: str, kind: str):
    assert BY_ID[number].kind in {kind, *KINDS.get(kind, ())}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[2])
def test_parameters_and_defaults_are_those_of_the_catalogue(row: list[str]):
    number, _kind, name, printed = row
    family = [each for each in BY_ID.values() if f"{each.id}-".startswith(f"{number}-")]
    found = {each.name: each.default for rule in family for each in rule.settings}
    if printed == "list":
        assert found[name]
        assert isinstance(found[name], tuple)
    else:
        assert found[name] == (WORDS[printed] if printed in WORDS else int(printed))


def test_no_setting_is_made_up():
    found = {each.name for rule in (*vip.RULES, *care.RULES) for each in rule.settings}
    assert found == {row[2] for row in ROWS}


@pytest.mark.parametrize("position", POSITIONS, ids=lambda position: position.name)
@pytest.mark.parametrize("entity", MATRIX)
def test_positions_may_what_the_matrix_says(position: Position, entity: str) -> None:
    held = {action for each in position.grants if each.entity == entity for action in each.actions}
    expected = {CALLED[letter] for letter in MATRIX[entity].get(position.id, "")}
    assert held & set(CALLED.values()) == expected


def test_who_moves_what_the_matrix_says() -> None:
    """T of the matrix: who decides on VIPs, and who sends."""
    held = {
        (each.id, one.entity, action) for each in POSITIONS for one in each.grants for action in one.actions
    }
    sends = {position for position, entity, action in held if (entity, action) == (c.BATCH, "approve")}
    assert sends == {n.MANAGER, n.SPECIALIST, n.VIP_KEEPER}
    decides = {position for position, entity, action in held if (entity, action) == (c.VIP_ARCHIVE, "grant")}
    assert decides == {n.MANAGER}
