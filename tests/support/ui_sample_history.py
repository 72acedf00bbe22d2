"""Samples of the history: a record's own, and the panel on its page."""

from __future__ import annotations

from typing import Any

from ui_sample_words import Say


def entries(t: Say) -> list[dict[str, Any]]:
    """Entries as `macros/history.html` shows them."""
    restore = {
        "label": t("Restore this version", "恢复此版本"),
        "url": "/r",
        "method": "POST",
        "icon": "history",
        "at": "timeline",
    }
    name = t("Name: from Wang Min to Wang Ming", "姓名：由王敏改为王明")
    phone = t("Phone: 13812345678", "电话：13812345678")
    return [
        {
            "action": "edit",
            "what": t("Changed", "修改"),
            "tone": "neutral",
            "who": t("Wang Min", "王敏"),
            "on_behalf_of": t("Li Na", "李娜"),
            "when": t("Nov 22, 2026 10:03", "2026年11月22日 10:03"),
            "notes": [],
            "lines": [name, phone],
        },
        {
            "action": "add",
            "what": t("Created", "新建"),
            "tone": "success",
            "who": t("The program", "程序"),
            "on_behalf_of": "",
            "when": t("Nov 20, 2026 09:00", "2026年11月20日 09:00"),
            "notes": [],
            "lines": [phone],
            "restore": restore,
        },
    ]


def timeline(t: Say) -> dict[str, Any]:
    """A time line as `macros/timeline.html` shows it."""
    common = {
        "tone": "info",
        "who": t("Li Na", "李娜"),
        "on_behalf_of": "",
        "when": t("Nov 22, 2026 11:00", "2026年11月22日 11:00"),
    }
    message = {"kind": "messages", "what": t("Message", "留言"), "text": t("Call again.", "请再联系。")}
    added = {
        "kind": "files",
        "what": t("File added", "添加文件"),
        "file": {"name": t("meter.jpg", "表具照片.jpg"), "url": "/f"},
        "about": "1.4 MB",
    }
    due = {
        "what": t("Overdue", "已逾期"),
        "tone": "danger",
        "when": t("Nov 20, 2026", "2026年11月20日"),
        "label": t("Bill", "账单"),
        "title": "EW-202610-1",
        "url": "/gas/bill/1",
        "note": t("Still owed: ¥20.00", "尚欠：¥20.00"),
    }
    own = {**due, "what": t("Due", "期限"), "tone": "info", "title": "", "url": "", "note": ""}
    kinds = (
        ("Everything", "全部"),
        ("Due", "期限"),
        ("Changes", "变更"),
        ("Messages", "留言"),
        ("Files", "文件"),
    )
    return {
        "due": [due, own],
        "more_due": True,
        "items": [{**common, **message}, {**common, **added}, *entries(t)],
        "older_url": "/core/timeline/gas/account/1?before=x",
        "kinds": [
            {"label": t(*each), "url": "/k", "chosen": number == 0} for number, each in enumerate(kinds)
        ],
        "only": "",
        "form": {
            "url": "/core/timeline/gas/account/1",
            "once": "x",
            "longest": 2000,
            "fault": t("Write something first.", "请先填写内容。"),
            "text": "",
        },
    }


def history(t: Say) -> dict[str, dict[str, Any]]:
    entity = {"label": t("Account", "用户"), "label_plural": t("Accounts", "用户"), "path": "/gas/account/"}
    page = {"number": 1, "total_text": "", "prev_url": None, "next_url": "/gas/account/1?page=2"}
    common = {
        "entity": entity,
        "title": t("Wang Ming", "王明"),
        "of_record": True,
        "record_url": "/gas/account/1",
        "page": page,
    }
    return {
        "history/record.html": {**common, "history": {"items": entries(t)}},
        "timeline/record.html": {**common, "timeline": timeline(t)},
        "history/record.html#empty": {**common, "history": {"items": []}},
    }
