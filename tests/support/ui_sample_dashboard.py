"""Sample contexts of the dashboard."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.ui import format as fmt
from ui_sample_home import cards, groups
from ui_sample_words import Say

MONTHS = ("2026-08", "2026-09", "2026-10")


def dashboard(t: Say) -> dict[str, dict[str, Any]]:
    month = t("October 2026", "2026年10月")
    return {
        "dashboard.html": {
            "title": t("Dashboard", "指标看板"),
            "subtitle": t("Head office", "总部"),
            "month": month,
            "earlier": {"url": "/dashboard/?month=2026-09", "label": t("Month before", "上一月")},
            "later": {"url": "/dashboard/?month=2026-11", "label": t("Month after", "下一月")},
            "cards": cards(t),
            "groups": groups(t)[:1],
            "figures": [share(t), money(t)],
            "trends": [trend(t, "gas-read", "line"), trend(t, "gas-billed", "bar")],
            "overview": overview(t),
        },
        "dashboard.html#one": {
            "title": t("Dashboard", "指标看板"),
            "month": month,
            "earlier": {"url": "/dashboard/?month=2026-09", "label": t("Month before", "上一月")},
            "later": {"url": "", "label": t("Month after", "下一月")},
            "groups": [],
            "cards": [],
            "figures": [money(t)],
            "trends": [
                {**trend(t, "gas-billed", "bar"), "has_targets": False},
                {**trend(t, "gas-read", "line"), "has_values": False},
            ],
            "overview": None,
        },
        "dashboard.html#empty": {"title": t("Dashboard", "指标看板"), "figures": []},
    }


def share(t: Say) -> dict[str, Any]:
    return {
        "label": t("Collection rate", "气费回收率"),
        "figure": "93.5%",
        "value": "93.5",
        "target": "95%",
        "target_value": "95",
        "clause": "GAS-R72",
        "state": {"label": t("Below the target", "未达目标"), "tone": "danger", "icon": "alert-circle"},
        "link": {"url": "/gas/bill/?f_period=2026-10"},
        "why": "/core/handbook/why/measure/gas.collected:2026-10",
    }


def money(t: Say) -> dict[str, Any]:
    told = {"label": t("Billed", "出账金额"), "figure": fmt.money(Decimal("48210.35")), "value": "48210.35"}
    link = {"url": "/gas/bill/?f_period=2026-10", "switch": "gas-east"}
    no_target = {"target": "", "target_value": "", "clause": "", "state": {}}
    return {**told, **no_target, "link": link, "why": "/core/handbook/why/measure/gas.billed:2026-10"}


def trend(t: Say, id: str, kind: str) -> dict[str, Any]:
    rows = [{**share(t), "label": each, "title": each, "is_over": True} for each in MONTHS]
    return {
        "id": id,
        "kind": kind,
        "title": t("Collection rate", "气费回收率"),
        "unit": t("percent", "百分比"),
        "period": t("August 2026 to October 2026", "2026年8月 至 2026年10月"),
        "about": t("What has been paid by now.", "截至目前已收款的比率。"),
        "has_values": True,
        "has_targets": True,
        "most": "100",
        "rows": rows,
    }


def overview(t: Say) -> dict[str, Any]:
    east = {
        "name": t("Gas East", "城东燃气分公司"),
        "switch": "gas-east",
        "url": "/dashboard/",
        "cells": [share(t), {}],
    }
    west = {
        "name": t("Gas West", "城西燃气分公司"),
        "switch": "",
        "url": "/dashboard/",
        "cells": [share(t), money(t)],
    }
    return {
        "headings": [t("Collection rate", "气费回收率"), t("Billed", "出账金额")],
        "rows": [east, west],
        "total": [{**share(t), "link": {}}, money(t)],
        "is_cut": True,
        "most": "200",
    }
