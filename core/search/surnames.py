"""Surnames that are read otherwise than the same characters elsewhere."""
# zh-ok-file: characters and their readings, the same in every language

from __future__ import annotations

READINGS: dict[str, tuple[str, ...]] = {
    "单": ("shan",), "曾": ("zeng",), "查": ("zha",), "仇": ("qiu",), "区": ("ou",), "解": ("xie",),
    "覃": ("qin", "tan"), "任": ("ren",), "朴": ("piao",), "盖": ("ge", "gai"), "华": ("hua",), "燕": ("yan",),
    "宁": ("ning",), "乐": ("yue", "le"), "种": ("chong",), "缪": ("miao",), "冼": ("xian",), "洗": ("xian",),
    "折": ("she",), "秘": ("bi",), "黑": ("he",), "员": ("yun",), "贠": ("yun",), "逄": ("pang",), "那": ("na",),
    "纪": ("ji",), "召": ("shao",), "祭": ("zhai",), "翟": ("zhai", "di"), "盛": ("sheng",), "繁": ("po",),
    "么": ("yao",), "幺": ("yao",), "隗": ("wei", "kui"), "郗": ("xi", "chi"), "车": ("che",), "哈": ("ha",),
    "占": ("zhan",), "过": ("guo",), "都": ("du",), "撒": ("sa",), "佴": ("nai",), "句": ("gou",),
    "谌": ("chen", "shen"),
    "尹": ("yin",), "晁": ("chao",), "能": ("nai",), "藏": ("zang",), "适": ("kuo",), "柏": ("bai", "bo"),
    "宓": ("mi", "fu"), "訾": ("zi",), "眭": ("sui",), "干": ("gan",), "牟": ("mou", "mu"), "应": ("ying",),
    "角": ("jue",), "葛": ("ge",), "阙": ("que",), "呙": ("guo",), "行": ("xing",), "重": ("chong",), "相": ("xiang",),
    "曲": ("qu",), "石": ("shi",), "沈": ("shen",), "长": ("chang", "zhang"), "卜": ("bu",), "薄": ("bo",),
    "俞": ("yu",), "尉": ("wei", "yu"), "万": ("wan",), "钻": ("zuan",), "腌": ("a",), "叶": ("ye",),
    "費": ("fei", "bi"), "费": ("fei", "bi"),
    "塔": ("ta",), "賁": ("ben",), "贲": ("ben",), "褚": ("chu",), "褶": ("zhe",), "食": ("yi",),
    "單": ("shan",), "區": ("ou",), "樂": ("yue", "le"), "蓋": ("ge", "gai"), "員": ("yun",), "紀": ("ji",),
}  # fmt: skip
"""A surname of one character -> its readings as a surname, without tones, the usual one first."""

COMPOUND: dict[str, tuple[str, ...]] = {
    "万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"), "令狐": ("ling", "hu"), "淳于": ("chun", "yu"), "宰父": ("zai", "fu"),
    "亓官": ("qi", "guan"), "乐正": ("yue", "zheng"), "夹谷": ("jia", "gu"), "濮阳": ("pu", "yang"),
    "欧阳": ("ou", "yang"), "司马": ("si", "ma"), "上官": ("shang", "guan"), "诸葛": ("zhu", "ge"),
}  # fmt: skip
"""A surname of two characters -> how both are read."""
