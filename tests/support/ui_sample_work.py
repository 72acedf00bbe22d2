"""Sample contexts of sheets, long work and plugin switches."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ui_sample_forms import upload_form
from ui_sample_home import runs
from ui_sample_words import Say


def preview_rows(t: Say) -> list[dict[str, Any]]:
    wrong = t(
        "The reading 1,204 is below the last one, 1,388. Read the meter again.",
        "读数 1,204 小于上次读数 1,388，请重新抄表。",
    )
    odd = t(
        "The dials went round (99,980 to 12). Confirm if this is right.",
        "读数翻转（99,980 到 12），如属实请确认。",
    )

    def line(
        number: int, cells: list[Any], state: str, messages: list[str], confirm: Any = None
    ) -> dict[str, Any]:
        told = {"messages": messages, "confirm": confirm, "stored": False}
        return {"number": number, "cells": cells, "state": state, **told}

    return [
        line(2, ["0301000001", "G4-0000991", "1,580"], "ok", []),
        line(3, ["0301000002", "G4-0001982", "1,204"], "error", [wrong]),
        line(
            4,
            ["0301000003", "G4-0002973", "12"],
            "warning",
            [odd],
            {"name": "confirm", "value": "4", "checked": False},
        ),
        line(
            5,
            ["0301000004", None, "x12"],
            "error",
            [t("The meter is unknown.", "表具不存在。"), t("Not a number.", "不是数字。")],
        ),
    ]


def recent(t: Say) -> list[dict[str, Any]]:
    uploaded = {"uploaded_at": datetime(2026, 11, 19, 1, 30, tzinfo=UTC), "time_zone": "Asia/Shanghai"}
    state = {"state": t("Accepted", "已接收"), "tone": "success", "rows": 1204, "stored": 1188}
    return [
        {
            "url": "/sheets/1",
            "file_name": "2026-10.xlsx",
            "kind": t("Readings", "抄表读数"),
            **uploaded,
            **state,
        }
    ]


def work(t: Say) -> dict[str, dict[str, Any]]:
    heads = [{"label": t("Account", "户号")}, {"label": t("Reason", "原因")}]
    reason = t("No reading this month: enter one and bill again.", "本月无读数，请补录后再出账。")
    skipped = {
        "columns": heads,
        "rows": [{"id": 1, "url": "/a/1", "cells": [{"value": "0301000007"}, {"value": reason}]}],
    }
    job = {
        "label": t("Running", "进行中"),
        "tone": "info",
        "final": False,
        "done": 3120,
        "total": 5000,
        "percent": 62,
        "speed": t("1,200 a minute", "每分钟 1,200 项"),
        "left": t("about 2 minutes left", "约剩 2分钟"),
        "status_url": "/job.json",
        "final_states": ["done", "failed", "cancelled"],
        "error": "",
        "result_url": "",
        "cancel_url": "/cancel",
    }
    done = {
        **job,
        "label": t("Done", "已完成"),
        "tone": "success",
        "final": True,
        "done": 5000,
        "percent": 100,
        "speed": "",
        "left": "",
        "result_url": "/r",
        "cancel_url": "",
    }
    title = t("Billing, November 2026", "2026年11月出账")
    switches = [
        {"on": True, "allowed": True, "reason": "", "url": "/s"},
        {"on": False, "allowed": True, "reason": "", "url": "/s"},
    ]
    locked = [
        {"on": False, "allowed": False, "reason": t("Switch on Gas first", "请先启用燃气插件"), "url": ""}
    ] * 2
    return {
        "exchange/index.html": {
            "title": t("Sheets", "表格"),
            "kinds": [
                {
                    "label": t("Readings", "抄表读数"),
                    "help": t("Once a month", "每月一次"),
                    "url": "/sheets/readings",
                }
            ],
            "recent": recent(t),
        },
        "exchange/index.html#waiting": {
            "title": t("Sheets to accept", "待接收的表格"),
            "kinds": [],
            "recent": [],
            "narrowed": True,
            "back_url": "/core/import/",
        },
        "exchange/index.html#empty": {"title": t("Sheets", "表格"), "kinds": [], "recent": []},
        "exchange/upload.html": {
            "recent": recent(t),
            "title": t("Upload readings", "上传抄表读数"),
            "intro": t("One sheet for each route and month.", "每条线路每月一张表。"),
            "form": upload_form(t),
            "template_url": "/t.xlsx",
            "cancel_url": "/gas/reading/",
            "max_bytes": 5_000_000,
            "max_text": t("xlsx or csv, at most 5 MB", "xlsx 或 csv，最大 5 MB"),
            "columns": [
                {
                    "label": t("Meter", "表号"),
                    "required": True,
                    "help": t("The number on the plate", "铭牌上的编号"),
                    "example": "G4-0000991",
                },
                {"label": t("Remarks", "备注"), "required": False, "help": ""},
            ],
        },
        "exchange/preview.html": {
            "title": t("Check the sheet", "检查表格"),
            "file_name": "2026-11.xlsx",
            "counts": {"total": 1204, "ok": 1188, "warning": 4, "error": 12},
            "columns": [
                {"label": t("Account", "户号")},
                {"label": t("Meter", "表号")},
                {"label": t("Reading", "读数"), "numeric": True},
            ],
            "rows": preview_rows(t),
            "tabs": [
                {"label": t("Wrong", "有误"), "figure": 12, "url": "?", "active": True},
                {"label": t("All rows", "全部"), "figure": 1204, "url": "?", "active": False},
            ],
            "page": {"number": 1, "size": 100, "total_text": "1,204", "prev_url": "", "next_url": "?p=2"},
            "about": t("Nothing is stored yet.", "尚未保存任何数据。"),
            "report_url": "/report.xlsx",
            "upload_url": "/gas/reading/import",
            "ended": {"text": t("Stopped by hand.", "已人工停止。"), "url": "/core/job/7"},
            "confirm_all": True,
            "can_discard": True,
            "accept_url": "/accept",
            "discard_url": "/discard",
            "can_accept": True,
        },
        "exchange/working.html": {
            "title": t("Check: Readings", "检查：抄表读数"),
            "file_name": "2026-11.xlsx",
            "about": t("Nothing is stored yet.", "尚未保存任何数据。"),
            "job": {**job, "whole": True},
            "upload_url": "/gas/reading/import",
        },
        "exchange/working.html#failed": {
            "title": t("Check: Readings", "检查：抄表读数"),
            "file_name": "2026-11.xlsx",
            "about": t("Nothing is stored yet.", "尚未保存任何数据。"),
            "job": {**done, "state": "failed", "error": t("No row has a reading.", "没有读数。")},
            "upload_url": "/gas/reading/import",
            "discard_url": "/discard",
        },
        "previews/kept.html": {
            "title": t("Preview of a rule", "规则预览"),
            "about": "SHOP-R02",
            "back_url": "/core/job/7",
            "previewed": {"can": True, "job": {**job, "part": "preview"}},
        },
        "jobs/run.html": {"title": title, "job": job},
        "jobs/mine.html": {"title": t("My runs", "我的任务"), **runs(t), "page": None},
        "jobs/mine.html#empty": {"title": t("My runs", "我的任务"), "columns": [], "rows": [], "page": None},
        "jobs/run.html#done": {
            "title": title,
            "job": done,
            "skipped": skipped,
            "facts": [{"label": t("Bills", "账单"), "value": "4,999"}],
        },
        "branches.html": {
            "rows": [
                {"code": "gas-east", "name": t("East gas branch", "城东燃气分公司"), "active": True},
                {"code": "deco", "name": t("Decoration", "装饰分公司"), "active": False},
            ],
            "search": "",
            "next": "/",
            "page": {
                "number": 1,
                "total_text": t("240 branches", "240个分支机构"),
                "prev_url": None,
                "next_url": "/branch/?page=2",
            },
        },
        "switches.html": {
            "switch_branches": [
                {"code": "gas-east", "name": t("East gas branch", "城东燃气分公司")},
                {"code": "deco", "name": t("Decoration", "装饰分公司")},
            ],
            "plugins": [
                {
                    "id": "gas",
                    "title": t("Gas", "燃气"),
                    "version": "1.0.0",
                    "requires": [],
                    "error": "",
                    "state": {"label": t("Ready", "正常"), "tone": "success"},
                    "switches": switches,
                },
                {
                    "id": "gas_repair",
                    "title": t("Gas repairs", "燃气维修"),
                    "version": "0.2.1",
                    "requires": [{"label": t("Gas", "燃气"), "ok": True}],
                    "state": {"label": t("Broken", "故障"), "tone": "danger"},
                    "switches": locked,
                    "error": t(
                        "It asks for core 2.0; this is 1.0. Install a version made for 1.0.",
                        "它要求核心 2.0，现为 1.0。请安装适用于 1.0 的版本。",
                    ),
                },
            ],
        },
    }
