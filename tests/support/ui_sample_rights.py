"""Sample contexts of the screens of rights."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from core.ui.day_field import DayField
from ui_sample_words import Say


def rights(t: Say) -> dict[str, dict[str, Any]]:
    """A full context for each page of rights."""
    told = {
        "label": t("Edit", "编辑"),
        "now": {"label": t("Allowed", "允许"), "tone": "success"},
        "plugin": t("by the rule book", "依据制度"),
        "change": t("Allowed in East since Nov 22", "自11月22日起，城东：允许"),
        "withdraw_url": "/w/1",
    }
    plain = {**told, "label": t("See", "查看"), "change": "—", "withdraw_url": ""}
    delegation = {
        "name": t("Wang Min", "王敏"),
        "position": t("Cashier", "收费员"),
        "branch": t("East gas branch", "城东燃气分公司"),
        "first": t("Nov 22, 2026", "2026年11月22日"),
        "last": t("Nov 30, 2026", "2026年11月30日"),
        "end_url": "/e/1",
    }
    cell = {"url": "/c", "text": t("See · Edit", "查看 · 编辑"), "changed": True}
    cell_page = {
        "title": t("Cashier", "收费员"),
        "entity_label": t("Accounts", "用户"),
        "where": t("the whole company", "全公司"),
        "everything": False,
        "back_url": "/m",
        "actions": [plain, told],
        "fields": [{**plain, "label": t("Phone", "电话")}],
        "coming": [told],
    }
    answers = [
        {
            "entity": t("Accounts", "用户"),
            "lines": [
                {"actions": t("See", "查看"), "reason": t("Cashier: as its clause says", "收费员：依据条款")}
            ],
        }
    ]
    people = [{"name": t("Wang Min", "王敏"), "url": "/p/1", "reason": t("Cashier", "收费员")}]
    return {
        "rights/matrix.html": {
            "asked": {"plugin": "gas", "branch": ""},
            "choices": {"plugins": [("gas", t("Gas", "燃气"))], "branches": [("", t("All", "全部"))]},
            "columns": [{"label": t("Business object", "业务对象")}, {"label": t("Cashier", "收费员")}],
            "rows": [{"cells": [{"label": t("Accounts", "用户")}, cell]}],
            "page": {
                "number": 1,
                "total_text": t("1 object", "1 个对象"),
                "prev_url": None,
                "next_url": "/m?page=2",
            },
            "across": {"text": t("1 position", "1 个岗位"), "prev_url": "/m", "next_url": "/m?across=2"},
        },
        "rights/cell.html": {**cell_page, "form": change_form(t)},
        "rights/cell.html#everything": {**cell_page, "everything": True, "form": None, "coming": []},
        "rights/what.html": {"form": question(t), "answers": answers, "asked_about": t("Wang Min", "王敏")},
        "rights/what.html#nothing": {
            "form": question(t),
            "answers": [],
            "asked_about": t("Wang Min", "王敏"),
        },
        "rights/who.html": {"form": question(t), "people": people, "more": True},
        "rights/who.html#nobody": {"form": question(t), "people": [], "more": False},
        "rights/delegations.html": {
            "form": delegation_form(t),
            "given": [delegation],
            "received": [delegation],
        },
        "rights/delegations.html#none": {"form": None, "given": [], "received": []},
    }


def _made(**fields: Any) -> Form:
    form: Form = type("SampleForm", (Form,), fields)()
    return form


def _choice(label: str) -> SelectField:
    return SelectField(label, choices=[SelectChoice("1", "1")])


def change_form(t: Say) -> Form:
    return _made(
        what=_choice(t("What", "内容")),
        value=_choice(t("From then on", "变更为")),
        where=_choice(t("Where", "范围")),
        since=DayField(t("Since", "生效日期")),
        reason=StringField(t("Reason", "理由")),
    )


def question(t: Say) -> Form:
    return _made(
        person=_choice(t("Person", "人员")),
        right=_choice(t("May do", "可做")),
        branch=_choice(t("Branch", "分支机构")),
    )


def delegation_form(t: Say) -> Form:
    return _made(
        position=_choice(t("Position", "岗位")),
        to=_choice(t("Colleague", "同事")),
        first=DayField(t("First day", "开始日期")),
        last=DayField(t("Last day", "结束日期")),
    )
