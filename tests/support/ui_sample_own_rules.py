"""Sample contexts of own rules: written by clicks, or taken in from a file."""

from __future__ import annotations

from typing import Any

from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ui_sample_previewed import unchanged
from ui_sample_words import Say

BACK = "/core/own-rule/"


def own_rules(t: Say) -> dict[str, dict[str, Any]]:
    written = {
        "form": _form(t),
        "row_id": 1,
        "needs": {"owner": ("one",), "length": ("one",), "kind": ("one",), "anchor": ("two",)},
        "builder": _builder(t),
        "previewed": unchanged(t),
        "may_publish": True,
        "back_url": BACK,
    }
    drafted = {**written, "row_id": None, "may_publish": False}
    wrong = _form(t)
    wrong.says.errors = [t("Fill in this field.", "请填写此项。")]
    wrong.form_errors = [t("Give at least one condition.", "请至少填写一个条件。")]
    return {
        "handbook/own_rule.html": written,
        "handbook/own_rule.html#unable": {**drafted, "previewed": {"can": False, "after": ""}},
        "handbook/own_rule.html#wrong": {**drafted, "form": wrong, "previewed": None},
        "handbook/own_file.html": {"fault": "", "back_url": BACK},
        "handbook/own_file.html#wrong": {
            "fault": t("This is no file of rules.", "这不是规则文件。"),
            "back_url": BACK,
        },
    }


def _form(t: Say) -> Any:
    def choice(label: str, one: str) -> SelectField:
        return SelectField(label, choices=[SelectChoice("one", one)])

    class RuleForm(Form):  # type: ignore[misc]
        name = StringField(t("Name of the rule", "规则名称"), [InputRequired()])
        document = StringField(t("Document", "文件"), [InputRequired()])
        heading = StringField(t("Heading", "条目"), [InputRequired()])
        entity = choice(t("Object", "对象"), t("Bill", "账单"))
        moment = choice(t("When", "时机"), t("before it is saved", "保存前"))
        effect = choice(t("What to do", "处理方式"), t("refuse it", "拒绝"))
        says = TextAreaField(t("What it says", "内容"), [InputRequired()])
        owner = choice(t("Position", "岗位"), "—")
        length = StringField(
            t("Within", "期限"), description=t("Of an obligation: how many.", "待办的期限数。")
        )
        kind = choice(t("Counted in", "单位"), t("days", "天"))
        anchor = choice(t("Counted from", "起算日期"), "—")
        joined = choice(t("The conditions", "条件"), t("all have to hold", "全部满足"))

    return RuleForm(data={"name": t("No late bills", "不得逾期")})


def _builder(t: Say) -> dict[str, Any]:
    empty = {"field": "", "operator": "is", "value": ""}
    return {
        "rows": [{"field": "state", "operator": "is", "value": t("Paid", "已缴")}, empty, empty],
        "fields": [("state", t("State", "状态")), ("amount", t("Amount", "金额"))],
        "operators": [("is", t("is", "等于")), ("more", t("is more than", "大于"))],
        "choices": {"state": [t("Paid", "已缴"), t("Late", "逾期")]},
    }
