"""Tokens: how names are read, and into which pieces values fall."""
# zh-ok-file: names and addresses that are looked for

from __future__ import annotations

import pytest

from core.search.readings import MOST_READINGS, readings
from core.search.tokens import CODE, NUMBER, PHONE, TEXT, pinyin_of, tokens_of


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("张三", "zs"), ("单雄信", "sxx"), ("单雄信", "dxx"), ("曾国藩", "zgf"), ("查良镛", "zly"),
        ("仇先生", "qxs"), ("区志明", "ozm"), ("解小东", "xxd"), ("覃阿姨", "qay"), ("覃阿姨", "tay"),
        ("万俟先生", "mqxs"), ("尉迟恭", "ycg"), ("安心", "ax"), ("重庆燃气", "cqrq"), ("长安区", "caq"),
        ("吕布", "lb"), ("燃气公司", "rqgs"), ("欧阳修", "oyx"), ("张长乐", "zcl"), ("张长乐", "zzl"),
        ("任我行", "rwx"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_the_first_letters_of_every_reading(name, letters):
    assert letters in readings(name)[0]


@pytest.mark.parametrize(
    ("name", "syllables"),
    [
        ("单雄信", "shanxiongxin"), ("曾国藩", "zengguofan"), ("查良镛", "zhaliangyong"), ("仇先生", "qiuxiansheng"),
        ("区志明", "ouzhiming"), ("解小东", "xiexiaodong"), ("万俟先生", "moqixiansheng"), ("张三", "zhangsan"),
        ("重庆燃气", "chongqingranqi"), ("长安区", "changanqu"), ("吕布", "lvbu"), ("吕布", "lyubu"),
    ],
)  # fmt: skip
def test_a_name_is_found_by_its_syllables(name, syllables):
    assert syllables in readings(name)[1]


def test_readings_are_bounded_and_rare_characters_do_no_harm():
    initials, syllables = readings("单行长乐重朝单行长乐重朝单行长乐")
    assert 1 < len(initials) <= MOST_READINGS
    assert len(syllables) <= MOST_READINGS
    assert readings("𠮷") == ((), ())
    assert "t" in readings("𠮷田")[0]
    assert pinyin_of("John Smith") == set()
    assert "zs" in pinyin_of("张三 (Zhang)")


def test_a_chinese_text_gives_a_piece_from_each_character_on():
    found = tokens_of(TEXT, "建国路88号B17室")
    assert {"建国路", "国路", "路", "88", "号", "b17", "17", "室"} <= found
    assert tokens_of(TEXT, "ＡＢＣ Road") == {"abc", "road"}


def test_numbers_are_found_from_both_ends():
    assert tokens_of(NUMBER, "202611-00000123") == {"20261100000123", "00000123", "0123", "123"}
    assert {"gaseast", "gas", "east"} <= tokens_of(CODE, "gas-east")
    assert tokens_of(NUMBER, "0") == {"0"}
    assert tokens_of(CODE, "--") == set()


def test_telephones_are_found_whole_and_by_their_last_four():
    assert tokens_of(PHONE, "138-0013-8000") == {"13800138000", "8000"}
    assert {"01065001234", "65001234", "1234"} == tokens_of(PHONE, "010-65001234")
    assert {"13800138000", "8000", "13900139001", "9001"} == tokens_of(PHONE, "13800138000、139 0013 9001")
    assert "13800138000" in tokens_of(PHONE, "+86 138 0013 8000")
    assert tokens_of(PHONE, "no phone") == set()


def test_a_long_text_gives_a_bounded_number_of_tokens():
    assert len(tokens_of(TEXT, "".join(chr(0x4E00 + n) for n in range(5_000)))) <= 400
