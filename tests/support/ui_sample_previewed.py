"""Sample previews of a rule: what the last months would have come to."""

from __future__ import annotations

from typing import Any

from ui_sample_words import Say


def previewed(t: Say) -> dict[str, Any]:
    """One under which some records come out otherwise, more of them than are shown."""
    record = {
        "label": t("Bill 1", "账单 1"),
        "url": "/gas/bill/1",
        "day": t("Nov 1, 2026", "2026年11月1日"),
        "before": "¥20.00",
        "after": t("from ¥20.00 to ¥30.00", "¥20.00 至 ¥30.00"),
    }
    return {
        "can": True,
        "since": t("Nov 22, 2025", "2025年11月22日"),
        "judged": "1,480",
        "most": "1,480",
        "count": "12",
        "is_none": False,
        "money": t("from ¥20.00 to ¥30.00", "¥20.00 至 ¥30.00"),
        "late": ("3", "1"),
        "branches": [{"name": t("East gas branch", "城东燃气分公司"), "count": "12"}],
        "records": [record, {**record, "url": ""}],
        "further": "10",
    }


def unchanged(t: Say) -> dict[str, Any]:
    """One under which all come out as they did."""
    nothing = {
        "most": "",
        "count": "0",
        "is_none": True,
        "money": "",
        "late": (),
        "branches": [],
        "records": [],
    }
    return {**previewed(t), **nothing, "further": ""}
