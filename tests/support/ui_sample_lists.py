"""Sample contexts of the menus above a list, and of what is done to many of its rows."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from core.ui import format as fmt
from core.ui.schedule import Bar, Track
from core.ui.schedule import schedule as drawn_schedule
from ui_sample_forms import account_form
from ui_sample_words import Say, columns, row


def head(t: Say) -> dict[str, Any]:
    """A list narrowed by two filters, with views, columns, files and something to do to many."""
    return {
        "narrowing": narrowing(t),
        "views": views(t),
        "arranging": arranging(t),
        "bulk": bulk_bar(t),
        "exports": [{"label": t("Excel workbook (xlsx)", "Excel 工作簿（xlsx）"), "url": "/e.xlsx"}],
    }


def narrowing(t: Say, editor: dict[str, Any] | None = None) -> dict[str, Any]:
    def chip(en: str, zh: str) -> dict[str, str]:
        return {"text": t(en, zh), "edit_url": "?edit=1", "remove_url": "?"}

    return {
        "begin": t("Accounts where", "用户中，"),
        "chips": [chip("State is Active", "状态为正常"), chip("Debt is over ¥100.00", "欠费大于¥100.00")],
        "fields": [{"name": "state", "label": t("State", "状态"), "url": "?add=state"}],
        "editor": editor,
        "clear_url": "?",
    }


def editors(t: Say) -> list[dict[str, Any]]:
    common = {"hidden": [{"name": "q", "value": "zs"}], "cancel_url": "?", "error": "", "unit": ""}
    how = [
        {"code": "in", "label": t("is", "为"), "chosen": True},
        {"code": "out", "label": t("is not", "不是"), "chosen": False},
    ]
    states = [
        {"code": "active", "label": t("Active", "正常"), "chosen": True},
        {"code": "held", "label": t("Held", "停用"), "chosen": False},
    ]
    label = t("State", "状态")
    figure = {"control": "figure", "value": "x", "unit": "m³", "error": t("Enter a number.", "请输入数字。")}
    picker = {"control": "picker", "picker": account_form(t, wrong=False).route}
    return [
        {**common, "label": label, "operators": how, "control": "many", "choices": states},
        {**common, "label": label, "operators": how[:1], "control": "one", "choices": states},
        {**common, "label": label, "operators": how, **figure},
        {**common, "label": label, "operators": how, "control": "day", "value": "", "today": "2026-11-22"},
        {**common, "label": label, "operators": how, **picker},
    ]


def views(t: Say) -> dict[str, Any]:
    def item(en: str, zh: str, **more: bool) -> dict[str, Any]:
        return {
            "label": t(en, zh),
            "url": "?view=1",
            "current": False,
            "shared": False,
            "opens": False,
            **more,
        }

    return {
        "current": t("In arrears", "欠费用户"),
        "changed": True,
        "all_url": "?view=0",
        "own": [item("In arrears", "欠费用户", current=True, opens=True)],
        "others": [item("New this month", "本月新开户", shared=True)],
        "save_url": "/gas/account/views",
        "opens_url": "/gas/account/opens",
        "opens_with": True,
        "view_id": 1,
        "may_change": True,
        "delete_url": "/gas/account/views/1/delete",
        "may_replace": True,
        "shared": True,
        "position": "gas.cashier",
        "may_share": True,
        "positions": [{"code": "gas.cashier", "label": t("Cashier", "收费员")}],
        "address": "q=zs",
        "longest": 60,
        "fault": t("Give the view a name.", "请为视图命名。"),
    }


def arranging(t: Say) -> dict[str, Any]:
    return {
        "url": "/gas/account/columns",
        "widths_url": "/gas/account/widths",
        "address": "q=zs",
        "open": True,
        "columns": [
            {"name": "name", "label": t("Name", "姓名"), "shown": True, "width": 200},
            {"name": "debt", "label": t("Debt", "欠费"), "shown": False, "width": ""},
        ],
        "least": 48,
        "most": 1200,
        "own": True,
    }


def bulk_bar(t: Say) -> dict[str, Any]:
    return {
        "acts": [
            {"label": t("Delete", "删除"), "icon": "trash", "danger": True, "url": "/gas/account/bulk/delete"}
        ],
        "key": "1.2.gas.account",
        "address": "q=zs",
        "text": t("%(count)s selected", "已选 %(count)s 条"),
    }


def staying(t: Say) -> dict[str, Any]:
    reason = t("Other records use this one, so it cannot be deleted.", "该记录正被其他记录使用，不能删除。")
    return {"stays": [{"title": "000012", "reason": reason}], "stays_count": 3}


def bulk_pages(t: Say) -> dict[str, dict[str, Any]]:
    entity = {"label_plural": t("Accounts", "用户")}
    common = {
        "entity": entity,
        "title": t("Change a field", "修改字段"),
        "act": SimpleNamespace(danger=False, icon="pencil"),
        "act_url": "/gas/account/bulk/edit",
        "list_url": "/gas/account/",
        "hidden": [{"name": "ids", "value": "1,2"}],
        "fields": (),
        "form": None,
        "field": "",
        "preview": False,
        "moved": False,
        "count": 42,
        "count_text": t("42 records", "42 条记录"),
        "left_out": 0,
    }
    names = [{"code": "state", "label": t("State", "状态")}]
    shown = {
        "preview": True,
        "columns": columns(t),
        "rows": [row(t, each) for each in range(1, 4)],
        "more": 39,
    }
    return {
        "entities/bulk.html": {**common, **shown, "moved": True, "left_out": 2, "same": 1, **staying(t)},
        "entities/bulk.html#field": {**common, "fields": names},
        "entities/bulk.html#value": {**common, "form": account_form(t), "field": "kind", "asks": ["kind"]},
        "entities/bulk.html#nothing": {
            **common,
            "preview": True,
            "columns": [],
            "rows": [],
            "more": 0,
            "count": 0,
        },
    }


def modes(t: Say) -> list[dict[str, Any]]:
    return [
        {"label": t("As a table", "表格"), "icon": "table", "url": "?", "current": False},
        {"label": t("As a board", "看板"), "icon": "layout-kanban", "url": "?as=board", "current": True},
    ]


def board(t: Say) -> dict[str, Any]:
    move = {"url": "/m", "version": "3", "targets": [{"code": "held", "label": t("Held", "停用")}]}
    lines = [{"label": t("Address", "地址"), "value": t("No. 4, Jianguo Road", "建国路4号")}]
    cards = [
        {
            "id": each,
            "title": f"03010000{each}",
            "url": "/gas/account/1",
            "lines": lines,
            "move": move if each < 3 else None,
        }
        for each in range(1, 5)
    ]
    full = {"code": "active", "label": t("Active", "正常"), "tone": "success", "count_text": "10,000+"}
    empty = {"code": "held", "label": t("Held", "停用"), "tone": "warning", "count_text": "0"}
    return {
        "label": t("Accounts by state", "按状态排列的用户"),
        "columns": [
            {**full, "cards": cards, "more_url": "?", "more": True},
            {**empty, "cards": [], "more_url": "?", "more": False},
        ],
    }


def schedule(t: Say) -> dict[str, Any]:
    plumbing, painting = t("Plumbing", "水电"), t("Painting", "油漆")
    first, today = date(2026, 9, 1), date(2026, 11, 22)
    bars = (
        Bar(plumbing, (first, date(2026, 10, 9)), (first, date(2026, 10, 20)), "1"),
        Bar(painting, (date(2026, 10, 10), date(2026, 12, 4)), (date(2026, 10, 21), None), "2"),
    )
    track = Track(bars, [(date(2026, 11, 2), date(2026, 11, 9)), (date(2026, 11, 20), None)])
    told = {"title": "GD000012", "url": "/x/12", "state": t("Paused", "停工"), "tone": "warning"}
    rows = [
        ({**told, "lines": [t("Garden Road 3", "花园路3号")]}, track),
        ({**told, "title": "GD000013"}, Track()),
    ]
    return drawn_schedule(rows, today, t("Sites as a schedule", "工地进度图"))


def calendar(t: Say) -> dict[str, Any]:
    def day(number: int) -> dict[str, Any]:
        items = [{"title": "B-0001", "url": "/gas/bill/1"}] if number % 5 == 0 else []
        return {
            "number": number,
            "date": fmt.date(date(2026, 11, number)),
            "iso": f"2026-11-{number:02}",
            "outside": number > 26,
            "today": number == 22,
            "items": items,
            "more": "3" if number == 10 else "",
            "more_url": "?",
        }

    return {
        "title": fmt.month(date(2026, 11, 1)),
        "label": t("Bills by payable until", "按应缴截止日排列的账单"),
        "weekdays": [fmt.date(date(2026, 11, each)) for each in range(2, 9)],
        "weeks": [[day(week * 7 + each) for each in range(1, 8)] for week in range(4)],
        "total_text": t("3 records", "3 条记录"),
        "prev_url": "?month=2026-10",
        "next_url": "?month=2026-12",
        "today_url": "?",
    }
