"""Sample contexts of the handbook's pages."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.ui.day_field import DayField
from ui_sample_own_rules import own_rules
from ui_sample_previewed import previewed
from ui_sample_words import Say

RULE_URL = "/core/handbook/rule/GAS-R30"


def handbook(t: Say) -> dict[str, dict[str, Any]]:
    gas = t("Gas", "燃气")
    department = {"title": gas, "url": "/core/handbook/gas", "clauses": "28", "rules": "101"}
    return {
        "handbook/index.html": {"departments": [department]},
        "handbook/index.html#none": {"departments": []},
        **_department(t, gas),
        **_rule(t, gas),
        **_setting(t),
        **_why(t),
        **own_rules(t),
    }


def _held(t: Say, is_own: bool) -> dict[str, Any]:
    return {
        "name": "visits",
        "label": t("Visits", "上门次数"),
        "value": "3",
        "since": t("Nov 1, 2026", "2026年11月1日") if is_own else t("from the start", "自始"),
        "is_own": is_own,
        "by_two": is_own,
        "book": "2",
        "suggested": "",
        "where": t("East gas branch", "城东燃气分公司"),
        "url": f"{RULE_URL}/visits",
        "fixed": "" if is_own else t("The program counts this figure only.", "程序只按此数计算。"),
        "is_open": not is_own,
        "is_inferred": not is_own,
        "remarks": [] if is_own else [t("not in the paper", "文件未规定")],
    }


def _row(t: Say, number: int, **values: Any) -> dict[str, Any]:
    return {
        "id": f"GAS-R{number}",
        "url": RULE_URL,
        "kind": t("Deadline", "时限"),
        "clause": t("Customer service rules 8", "客服规定 8"),
        "sentence": t("A late bill is called for within 3 days.", "逾期账单三日内致电。"),
        "settings": [_held(t, True), _held(t, False)],
        "is_idle": False,
        "did": t("3 refused, 1 doubted", "3 次拒绝、1 次存疑"),
        "tests": 2,
        **values,
    }


def _department(t: Say, gas: str) -> dict[str, dict[str, Any]]:
    silent = _row(t, 31, settings=[], is_idle=True, did="", tests=0)
    clauses = [
        {"heading": "8", "says": t("Late bills are followed.", "逾期账单须跟进。"), "rules": [_row(t, 30)]},
        {"heading": "9", "says": "", "rules": [silent]},
    ]
    titles = (t("Customer service rules", "客服规定"), t("House rules", "内部规定"))
    shown = {
        "title": gas,
        "documents": [{"title": each, "clauses": clauses} for each in titles],
        "flows": [{"label": t("Bills", "气费账单"), "url": "/core/workflow/gas/bill/"}],
        "count": "4",
        "kinds": [{"code": "deadline", "label": t("Deadline", "时限")}],
        "kind": "",
        "days": 30,
    }
    none = {**shown, "documents": [], "count": "0", "kind": "deadline"}
    return {"handbook/department.html": shown, "handbook/department.html#none": none}


def _change(t: Say, number: int, code: str, label: str, tone: str) -> dict[str, Any]:
    return {
        "id": number,
        "setting": t("Visits", "上门次数"),
        "value": "3",
        "where": t("East gas branch", "城东燃气分公司"),
        "branch_id": 2,
        "from_on": t("Nov 1, 2026", "2026年11月1日"),
        "state": {"code": code, "label": label, "tone": tone},
        "why": t("As the meeting decided", "会议决定"),
        "by": t("Wang Min", "王敏"),
        "at": t("Oct 28, 2026", "2026年10月28日"),
        "second": t("Qiu He", "仇和") if code == "held" else "",
        "set_by": 7,
    }


def _rule(t: Say, gas: str) -> dict[str, dict[str, Any]]:
    history = [
        _change(t, 1, "held", t("Took effect", "已生效"), "success"),
        _change(t, 2, "waiting", t("Waits for a second person", "待第二人批准"), "warning"),
        _change(t, 3, "coming", t("Begins later", "尚未生效"), "info"),
    ]
    shown = {
        **_row(t, 30),
        "says": t("Late bills are followed.", "逾期账单须跟进。"),
        "plugin": {"title": gas, "url": "/core/handbook/gas"},
        "version": 2,
        "shown_by": ("tests/gas/test_late_bills.py",),
        "history": history,
        "days": 30,
        "findings_url": "/core/finding/?f_rule=GAS-R30",
        "may_see_findings": True,
        "flow": {"label": t("Bills", "气费账单"), "url": "/core/workflow/gas/bill/"},
        "may_change": True,
        "may_approve": True,
        "me": 1,
    }
    bare = {"settings": [], "history": [], "shown_by": (), "flow": None, "did": "", "is_idle": True}
    reader = {"may_see_findings": False, "may_change": False, "may_approve": False}
    return {
        "handbook/rule.html": shown,
        "handbook/rule.html#reader": {**shown, **reader},
        "handbook/rule.html#bare": {**shown, **bare, **reader},
    }


def _setting(t: Say) -> dict[str, dict[str, Any]]:
    class ChangeForm(Form):  # type: ignore[misc]
        value = StringField(t("Visits", "上门次数"), description=t("The rule book says 2.", "制度规定为 2。"))
        how = SelectField(
            t("From then on", "此后"), choices=[SelectChoice("value", t("the value", "下列值"))]
        )
        from_on = DayField(t("From this day on", "自此日起"), [InputRequired()])
        branch = SelectField(t("Branch", "机构"), choices=[SelectChoice("east", t("East", "城东"))])
        why = StringField(t("Reason", "原因"), [InputRequired()])

    def page(wrong: bool, found: dict[str, Any] | None) -> dict[str, Any]:
        form = ChangeForm(data={"value": "3"})
        if wrong:
            form.why.errors = [t("Fill in this field.", "请填写此项。")]
        return {
            "form": form,
            "rule": "GAS-R30",
            "setting": t("Visits", "上门次数"),
            "by_two": wrong,
            "back_url": RULE_URL,
            "previewed": found,
        }

    return {
        "handbook/setting.html": page(False, previewed(t)),
        "handbook/setting.html#wrong": page(True, None),
    }


def _why(t: Say) -> dict[str, dict[str, Any]]:
    says = t("Late bills are followed.", "逾期账单须跟进。")
    document = t("Customer service rules", "客服规定")
    why = {
        "sentences": (t("The bill was three days late.", "账单逾期三日。"), says),
        "settings": [{"label": t("Visits", "上门次数"), "value": "3"}],
        "inputs": [{"label": t("Due on", "到期日"), "value": t("Nov 1, 2026", "2026年11月1日")}],
        "clause": {"document": document, "heading": "8", "says": says},
        "rule": "GAS-R30",
        "rule_url": RULE_URL,
    }
    gone = {**why, "settings": [], "inputs": [], "clause": {**why["clause"], "says": ""}, "rule_url": ""}
    return {
        "handbook/why.html": {"why": why, "subject": {"url": "/gas/bill/1", "label": t("Bill", "账单")}},
        "handbook/why.html#gone": {"why": gone, "subject": None},
    }
