"""Sample contexts of the search of everything."""

from __future__ import annotations

from typing import Any

from ui_sample_words import Say


def search(t: Say) -> dict[str, dict[str, Any]]:
    def hit(number: int, *details: str) -> dict[str, Any]:
        return {"id": number, "title": f"0000{number}", "details": details, "url": f"/gas/account/{number}"}

    accounts = {
        "entity": {"label_plural": t("Accounts", "用户"), "icon": "users"},
        "hits": (
            hit(1201, t("Zhang San", "张三"), "138****5678", t("Building 3, Heping Road", "和平路3号楼")),
            hit(1377, t("Zhang Shan", "张珊")),
        ),
        "more": True,
        "url": "/gas/account/?q=zs",
    }
    meters = {
        "entity": {"label_plural": t("Meters", "表具"), "icon": "gauge"},
        "hits": (hit(9001),),
        "more": False,
        "url": "/gas/meter/?q=zs",
    }
    title = t("Search everywhere", "全局搜索")
    common = {"title": title, "search": "zs", "groups": [accounts, meters], "is_enough": True}
    return {
        "search.html": common,
        "search.html#nothing": {**common, "groups": []},
        "search.html#short": {**common, "search": "z", "groups": [], "is_enough": False},
        "search.html#empty": {**common, "search": "", "groups": [], "is_enough": False},
    }
