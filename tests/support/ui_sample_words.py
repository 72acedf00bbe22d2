"""Sample texts in two languages, and rows of figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from core.ui import format as fmt

Say = Callable[[str, str], str]


def said(language: str) -> Say:
    return lambda en, zh: zh if language == "zh" else en


def columns(t: Say) -> list[dict[str, Any]]:
    def column(name: str, en: str, zh: str, numeric: bool = False, sorted_: str = "") -> dict[str, Any]:
        return {
            "name": name,
            "label": t(en, zh),
            "numeric": numeric,
            "sort_url": f"?sort={name}",
            "sorted": sorted_,
        }

    return [
        column("number", "Account", "户号", sorted_="asc"),
        column("name", "Name", "户名"),
        column("address", "Address", "地址"),
        column("phone", "Telephone", "电话"),
        column("meter", "Meter", "表号"),
        column("reading", "Last reading", "最近抄表"),
        column("owed", "Owed", "欠费", numeric=True),
        column("state", "State", "状态"),
    ]


NAMES = (
    ("Zhang San", "张三"),
    ("Ouyang Xiu", "欧阳修"),
    ("Shan Xiong", "单雄"),
    ("Zeng Li", "曾丽"),
    ("Qiu He", "仇和"),
)
STATES = (
    ("In use", "在用", "success"),
    ("Held", "暂缓", "warning"),
    ("Closed", "销户", "neutral"),
    ("Cut off", "停气", "danger"),
)


def row(t: Say, number: int) -> dict[str, Any]:
    state = STATES[number * 7 % 11 % 4]
    owed = Decimal(number * 3719 % 90000) / 100 if number % 3 else Decimal(0)
    address = t(
        f"No. {number + 3}, Jianguo Road, Flat {number}01",
        f"建国路{number + 3}号院{number % 9 + 1}单元{number}01室",
    )
    return {
        "id": number,
        "url": f"/gas/account/{number}",
        "cells": [
            {"value": f"0301{number:06d}"},
            {"value": t(*NAMES[number % 5])},
            {"value": address},
            {"value": f"138{number * 7654321 % 10**8:08d}"},
            {"value": f"G4-{number * 991:07d}", "url": "/gas/meter/1"},
            {"value": fmt.date(date(2026, 10, number % 28 + 1)) if number % 4 else None},
            {"value": fmt.money(owed), "numeric": True},
            {"value": t(state[0], state[1]), "badge": state[2]},
        ],
    }


def bill_lines(t: Say) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    heads = [
        {"label": t("Tier", "阶梯")},
        {"label": t("Volume", "气量"), "numeric": True},
        {"label": t("Price", "单价"), "numeric": True},
        {"label": t("Amount", "金额"), "numeric": True},
    ]
    figures = ((t("First", "第一档"), "20", "2.83"), (t("Second", "第二档"), "80", "4.23"))
    rows = [
        {
            "id": number,
            "url": "",
            "cells": [
                {"value": tier},
                {"value": fmt.quantity(Decimal(volume), "m³")},
                {"value": fmt.price(Decimal(price))},
                {"value": fmt.money(Decimal(volume) * Decimal(price))},
            ],
        }
        for number, (tier, volume, price) in enumerate(figures)
    ]
    total = [
        {"value": t("Total", "合计")},
        {"value": fmt.quantity(100, "m³")},
        {"value": ""},
        {"value": fmt.money(395)},
    ]
    return heads, rows, total


def explanation(t: Say) -> dict[str, Any]:
    heads, rows, total = bill_lines(t)
    return {
        "sentences": [
            t(
                "From 1,480 to 1,580 on the meter: 100 m³ were used.",
                "表具读数由 1,480 到 1,580，用气 100 m³。",
            ),
            t("480 m³ of this year's first tier were used before.", "本年第一档此前已用 480 m³。"),
            t(
                "20 m³ still fall into the first tier, 80 m³ into the second.",
                "20 m³ 仍属第一档，80 m³ 属第二档。",
            ),
        ],
        "columns": heads,
        "rows": rows,
        "footer": total,
        "sources": [
            {
                "label": t("Tariff", "气价"),
                "value": t("Residents, graduated by year, version 3", "居民阶梯气价（按年）第 3 版"),
                "url": "/t",
            },
            {"label": t("Rounding", "舍入"), "value": t("Each line, half up to the fen", "每行四舍五入到分")},
        ],
    }
