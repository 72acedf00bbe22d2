"""Sample contexts of the pages of inspections."""

from __future__ import annotations

from typing import Any

from core.inspections.kinds import InspectionRound
from ui_sample_words import Say

FIELDS = {each: f"{each}:" for each in ("verdict", "remark", "person", "photo")}


def inspections(t: Say) -> dict[str, dict[str, Any]]:
    return {**_filling(t), **_report(t)}


def _filling(t: Say) -> dict[str, dict[str, Any]]:
    round_ = InspectionRound("gas.hall-opening", t("Opening round", "开门检查"), "gas.lobby")
    filled = {
        "round": round_,
        "due": t("Nov 23, 2026", "2026年11月23日"),
        "first": "2026-11-23",
        "items": [
            _item(t, "GAS-R56.equipment", t("The equipment works.", "设备运行正常。"), verdict="ok"),
            _item(
                t,
                "GAS-R56.slips",
                t("Blank slips are ready.", "空白单据备齐。"),
                verdict="not_ok",
                remark=t("None left", "已用完"),
                photos=2,
                person="7",
            ),
            _item(t, "GAS-R05.", t("The hall is clean.", "大厅整洁。")),
        ],
        "done": 2,
        "people": {"7": t("Wang Min", "王敏")},
        "people_url": "/core/delegations/colleagues?all=1",
        "verdicts": [
            {"code": "ok", "label": t("In order", "合格")},
            {"code": "not_ok", "label": t("Not in order", "不合格")},
            {"code": "n_a", "label": t("Does not apply", "不适用")},
        ],
        "error": "",
        "error_at": "",
    }
    wrong = {**filled, "error": t("Judge every item.", "请检查全部项目。"), "error_at": "item-GAS-R05"}
    rounds = [
        {
            "label": t("Opening round", "开门检查"),
            "help": t("Before the first customer.", "首位客户到来之前。"),
            "url": "/core/inspections/gas/hall-opening",
            "due": t("Nov 23, 2026", "2026年11月23日"),
            "items": "3",
            "state": state,
            "tone": tone,
            "by": by,
            "is_done": bool(by),
        }
        for state, tone, by in (
            (t("Not begun", "未开始"), "neutral", ""),
            (t("Completed", "已完成"), "success", t("Wang Min", "王敏")),
        )
    ]
    late = [{"label": rounds[0]["label"], "url": "/x", "due": t("Nov 22, 2026", "2026年11月22日")}]
    return {
        "inspections/fill.html": filled,
        "inspections/fill.html#wrong": wrong,
        "inspections/index.html": {"rounds": rounds, "late": late, "may_see": True},
        "inspections/index.html#none": {"rounds": [], "late": [], "may_see": False},
    }


def _item(t: Say, name: str, text: str, **entered: Any) -> dict[str, Any]:
    return {
        "name": name,
        "id": f"item-{name.replace('.', '-')}".rstrip("-"),
        "text": text,
        "rule": name.partition(".")[0],
        "clause": t("Front hall 4", "大厅二4"),
        "fields": FIELDS,
        "verdict": "",
        "remark": "",
        "person": "",
        "photos": 0,
        "error": "",
        **entered,
    }


def _report(t: Say) -> dict[str, dict[str, Any]]:
    row = {
        "branch": t("East gas branch", "城东燃气分公司"),
        "round": t("Opening round", "开门检查"),
        "inspections": "21",
        "duty": t("21 of 30", "21 / 30"),
        "missed": True,
        "ok": "60",
        "not_ok": "2",
        "not_applicable": "1",
        "share": "96.8%",
        "url": "/x",
        "not_ok_url": "/x",
    }
    worst = {
        "text": t("Blank slips are ready.", "空白单据备齐。"),
        "round": row["round"],
        "rule": "GAS-R56",
        "count": "2",
        "url": "/x",
    }
    month = {"month": t("November 2026", "2026年11月"), "earlier": "/x", "later": "/x"}
    return {
        "inspections/report.html": {**month, "spans": True, "rows": [row], "worst": [worst]},
        "inspections/report.html#none": {**month, "later": "", "spans": False, "rows": [], "worst": []},
    }
