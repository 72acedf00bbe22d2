"""Sample contexts of the first page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.ui import format as fmt
from ui_sample_words import Say


def home(t: Say) -> dict[str, dict[str, Any]]:
    return {
        "home.html": {
            "title": t("My work", "我的工作"),
            "subtitle": t("Gas East", "城东燃气分公司"),
            "groups": groups(t),
            "cards": cards(t),
            "views": [
                {"label": "A", "list": t("Accounts", "用户"), "icon": "users", "url": "/v1", "shared": ""},
                {
                    "label": "B",
                    "list": t("Bills", "账单"),
                    "icon": "",
                    "url": "/v2",
                    "shared": t("shared", "共享"),
                },
            ],
            "runs": runs(t),
        },
        "notices.html": {"title": t("Notices", "通知"), "days": 14, "notices": noticed(t)},
        "notices.html#none": {"title": t("Notices", "通知"), "days": 1, "notices": []},
        "home.html#empty": {"groups": [], "cards": []},
        "home.html#calm": {"groups": [{**each, "lines": []} for each in groups(t)], "cards": []},
    }


def noticed(t: Say) -> list[dict[str, Any]]:
    return [
        {
            "title": t("Billing: Done", "计费：完成"),
            "url": "/core/job/1",
            "hint": "",
            "tone": tone,
            "icon": "progress",
            "at": f"2026-11-2{day}T04:00:00.000000+00:00",
            "when": "12:00",
        }
        for day, tone in enumerate(("success", "danger"))
    ]


def groups(t: Say) -> list[dict[str, Any]]:
    arrears = {
        "title": t("Accounts with overdue bills", "有逾期账单的用户"),
        "count": "212",
        "url": "/3",
        "icon": "cash",
        "hint": fmt.money(Decimal("48210.35")),
        "tone": "danger",
        "due": t("first due Oct 3, 2026", "最早期限 2026年10月3日"),
    }
    sheets = {"title": t("Sheets to accept", "待接收的表格"), "count": "3", "url": "/1", "tone": "neutral"}
    return [
        {"id": "overdue", "title": t("Overdue", "已逾期"), "empty": "", "lines": [arrears]},
        {
            "id": "today",
            "title": t("Due today", "今日到期"),
            "empty": t("Nothing is due today.", "今日没有到期事项。"),
            "lines": [],
        },
        {"id": "waiting", "title": t("Waiting for me", "待我处理"), "empty": "", "lines": [sheets]},
    ]


def cards(t: Say) -> list[dict[str, Any]]:
    return [
        {
            "title": t("Readings missing", "未抄表"),
            "figure": "128",
            "url": "/2",
            "hint": t("of 5,000 accounts", "共 5,000 户"),
            "tone": "warning",
        },
        {
            "title": t("Taken today", "今日收款"),
            "figure": fmt.money(Decimal("9120")),
            "url": "/4",
            "hint": "",
        },
    ]


def runs(t: Say) -> dict[str, Any]:
    return {
        "columns": [
            {"label": t("Work", "任务内容")},
            {"label": t("State", "状态")},
            {"label": t("Result", "结果")},
        ],
        "rows": [
            {
                "url": "/core/job/1",
                "cells": [
                    {"value": t("Billing run", "出账批次")},
                    {"value": t("Done", "已完成"), "badge": "success"},
                    {"value": t("See the result", "查看结果"), "url": "/r"},
                ],
            }
        ],
    }
