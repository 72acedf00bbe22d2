"""Sample contexts of the pages of reports."""

from __future__ import annotations

from typing import Any

from wtforms import Form, TextAreaField

from ui_sample_words import Say


def reports(t: Say) -> dict[str, dict[str, Any]]:
    class FillForm(Form):  # type: ignore[misc]
        remarks = TextAreaField(t("Remarks", "备注"))

    wrong = FillForm()
    wrong.remarks.errors = [t("This is longer than 4000 characters.", "内容超过 4000 个字符。")]
    filled = {
        "title": t("Daily gas sales summary", "当日气量销售汇总表"),
        "period": t("Nov 23, 2026", "2026年11月23日"),
        "due": t("Nov 23, 2026", "2026年11月23日"),
        "asks": t("What was unusual.", "异常情况。"),
        "url": "/core/reports/gas/daily-sales?on=2026-11-23",
        "earlier": "/x",
        "later": "/x",
        "sent_back": {
            "who": t("Wang Min", "王敏"),
            "on": t("Nov 24, 2026", "2026年11月24日"),
            "why": t("The card payments are missing.", "缺少刷卡金额。"),
        },
        "figures": [
            {"label": t("Money taken", "收款金额"), "value": "¥1,234.50", "why": "/x"},
            {"label": t("Payments", "收款"), "value": "12", "why": ""},
        ],
        "tables": [_table(t), {**_table(t), "rows": [], "total": []}],
        "form": FillForm(),
    }
    bare = {**filled, "due": "", "asks": "", "earlier": "", "later": "", "sent_back": None, "tables": []}
    rows = [_line(t, owed) for owed in ([], [_owed(t, late=True), _owed(t, late=False)])]
    return {
        "reports/fill.html": filled,
        "reports/fill.html#wrong": {**bare, "form": wrong},
        "reports/index.html": {"rows": rows, "may_see": True},
        "reports/index.html#none": {"rows": [], "may_see": False},
    }


def _table(t: Say) -> dict[str, Any]:
    return {
        "title": t("By class of use", "按用气类别"),
        "columns": [
            {"label": t("Class of use", "用气类别"), "numeric": False},
            {"label": t("Amount", "金额"), "numeric": True},
        ],
        "rows": [[t("Resident", "居民"), "¥1,000.00"], [t("Commercial", "商业"), "¥234.50"]],
        "total": ["", "¥1,234.50"],
    }


def _line(t: Say, owed: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "label": t("Daily gas sales summary", "当日气量销售汇总表"),
        "period": t("Nov 23, 2026", "2026年11月23日"),
        "url": "/core/reports/gas/daily-sales?on=2026-11-23",
        "state": t("Not begun", "未开始"),
        "tone": "neutral",
        "owed": owed,
    }


def _owed(t: Say, *, late: bool) -> dict[str, Any]:
    day = t("Nov 22, 2026", "2026年11月22日")
    return {"period": day, "url": "/x", "due": day, "late": late}
