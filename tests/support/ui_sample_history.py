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
        "history/record.html#empty": {**common, "history": {"items": []}},
    }
