"""A full context for every page template, in either language: what views promise to hand over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

from core.ui import format as fmt

Say = Callable[[str, str], str]


def said(language: str) -> Say:
    return lambda en, zh: zh if language == "zh" else en


def shell(language: str) -> dict[str, Any]:
    """What the context processor of the application gives to every page."""
    t = said(language)
    item = lambda en, zh, icon, active=False: {
        "label": t(en, zh),
        "url": "/x",
        "icon": icon,
        "active": active,
    }  # noqa: E731
    return {
        "html_lang": "zh-CN" if language == "zh" else "en",
        "here": "/gas/account/?q=zs",
        "search_url": "/search/",
        "person": {"name": t("Wang Min", "王敏"), "position": t("Cashier", "收费员")},
        "branches": [
            {"code": "gas-east", "name": t("East gas branch", "城东燃气分公司"), "active": True},
            {"code": "gas-west", "name": t("West gas branch", "城西燃气分公司"), "active": False},
            {
                "code": "mixed",
                "name": t("Gas and decoration, Linjiang", "临江综合服务分公司"),
                "active": False,
            },
        ],
        "navigation": [
            {"label": "", "icon": "", "items": [item("Home", "首页", "home")]},
            {
                "label": t("Gas", "燃气"),
                "icon": "flame",
                "items": [
                    item("Accounts", "用户", "users", True),
                    item("Households", "家庭", "home-heart"),
                    item("Meters", "表具", "gauge"),
                    item("Routes", "抄表线路", "route"),
                    item("Readings", "抄表读数", "clipboard-text"),
                    item("Bills", "气费账单", "file-invoice"),
                    item("Payments", "收款", "cash"),
                    item("Arrears", "欠费", "alarm"),
                    item("Tariffs", "气价", "receipt-tax"),
                ],
            },
            {
                "label": t("Administration", "系统管理"),
                "icon": "settings",
                "items": [
                    item("Branches", "分支机构", "sitemap"),
                    item("People", "人员", "id-badge-2"),
                    item("Plugins", "插件", "puzzle"),
                ],
            },
        ],
    }


def columns(t: Say) -> list[dict[str, Any]]:
    def column(name: str, en: str, zh: str, numeric: bool = False, sorted_: str = "") -> dict[str, Any]:
        return {
            "name": name,
            "label": t(en, zh),
            "numeric": numeric,
            "sort_url": f"?sort={name}",
            "sorted": sorted_,
        }

    return [
        column("number", "Account", "户号", sorted_="asc"),
        column("name", "Name", "户名"),
        column("address", "Address", "地址"),
        column("phone", "Telephone", "电话"),
        column("meter", "Meter", "表号"),
        column("reading", "Last reading", "最近抄表"),
        column("owed", "Owed", "欠费", numeric=True),
        column("state", "State", "状态"),
    ]


NAMES = (
    ("Zhang San", "张三"),
    ("Ouyang Xiu", "欧阳修"),
    ("Shan Xiong", "单雄"),
    ("Zeng Li", "曾丽"),
    ("Qiu He", "仇和"),
)
STATES = (
    ("In use", "在用", "success"),
    ("Held", "暂缓", "warning"),
    ("Closed", "销户", "neutral"),
    ("Cut off", "停气", "danger"),
)


def row(t: Say, number: int) -> dict[str, Any]:
    state = STATES[number * 7 % 11 % 4]
    owed = Decimal(number * 3719 % 90000) / 100 if number % 3 else Decimal(0)
    address = t(
        f"No. {number + 3}, Jianguo Road, Flat {number}01",
        f"建国路{number + 3}号院{number % 9 + 1}单元{number}01室",
    )
    return {
        "id": number,
        "url": f"/gas/account/{number}",
        "cells": [
            {"value": f"0301{number:06d}"},
            {"value": t(*NAMES[number % 5])},
            {"value": address},
            {"value": f"138{number * 7654321 % 10**8:08d}"},
            {"value": f"G4-{number * 991:07d}", "url": "/gas/meter/1"},
            {"value": fmt.date(date(2026, 10, number % 28 + 1)) if number % 4 else None},
            {"value": fmt.money(owed), "numeric": True},
            {"value": t(state[0], state[1]), "badge": state[2]},
        ],
    }


class AccountForm(Form):  # type: ignore[misc]
    """One field of every kind."""

    version = HiddenField()
    number = StringField(validators=[InputRequired()])
    name = StringField(validators=[InputRequired()])
    route = SelectField(choices=[("7", "R-07")], render_kw={"data-picker-url": "/picker/gas.route"})
    kind = SelectField(choices=[("home", "home"), ("shop", "shop")])
    members = IntegerField()
    opened = DateField()
    deposit = DecimalField(render_kw={"data-unit": "¥"})
    inlet = RadioField(choices=[("left", "left"), ("right", "right")])
    held = BooleanField()
    remarks = TextAreaField()
    photo = FileField()


LABELS = {
    "number": (
        "Account number",
        "户号",
        "Ten digits; leave the zeros in front.",
        "十位数字，前面的零要保留。",
    ),
    "name": ("Name", "户名", "", ""),
    "route": ("Route", "抄表线路", "", ""),
    "kind": ("Kind", "用气性质", "", ""),
    "members": ("Persons", "人口", "Five and more have a larger first tier.", "五人及以上，第一档气量增加。"),
    "opened": ("Opened on", "开户日期", "", ""),
    "deposit": ("Deposit", "押金", "", ""),
    "inlet": ("Inlet side", "进气方向", "", ""),
    "held": ("Hold billing", "暂缓计费", "The reason goes into the remarks.", "原因请写在备注中。"),
    "remarks": ("Remarks", "备注", "", ""),
    "photo": ("Photo", "照片", "", ""),
}


def account_form(t: Say, wrong: bool = True) -> Form:
    form = AccountForm(
        data={
            "number": "301",
            "name": t("Zhang San", "张三"),
            "members": 5,
            "opened": date(2026, 3, 1),
            "inlet": "left",
        }
    )
    for name, (en, zh, help_en, help_zh) in LABELS.items():
        form[name].label.text = t(en, zh)
        form[name].description = t(help_en, help_zh)
    form.kind.choices = [("home", t("Household", "居民")), ("shop", t("Shop", "商业"))]
    form.inlet.choices = [("left", t("Left", "左进")), ("right", t("Right", "右进"))]
    form.route.choices = [("7", t("R-07 Jianguo Road", "R-07 建国路"))]
    if wrong:
        form.number.errors = [
            t("An account number has ten digits; this one has 3.", "户号应为十位数字，现在是 3 位。")
        ]
        form.deposit.errors = [
            t("This is not an amount. Write figures such as 300.00.", "金额无效，请填写如 300.00 的数字。")
        ]
    return form


def bill_lines(t: Say) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    heads = [
        {"label": t("Tier", "阶梯")},
        {"label": t("Volume", "气量"), "numeric": True},
        {"label": t("Price", "单价"), "numeric": True},
        {"label": t("Amount", "金额"), "numeric": True},
    ]
    figures = ((t("First", "第一档"), "20", "2.83"), (t("Second", "第二档"), "80", "4.23"))
    rows = [
        {
            "id": number,
            "url": "",
            "cells": [
                {"value": tier},
                {"value": fmt.quantity(Decimal(volume), "m³")},
                {"value": fmt.price(Decimal(price))},
                {"value": fmt.money(Decimal(volume) * Decimal(price))},
            ],
        }
        for number, (tier, volume, price) in enumerate(figures)
    ]
    total = [
        {"value": t("Total", "合计")},
        {"value": fmt.quantity(100, "m³")},
        {"value": ""},
        {"value": fmt.money(395)},
    ]
    return heads, rows, total


def explanation(t: Say) -> dict[str, Any]:
    heads, rows, total = bill_lines(t)
    return {
        "sentences": [
            t(
                "From 1,480 to 1,580 on the meter: 100 m³ were used.",
                "表具读数由 1,480 到 1,580，用气 100 m³。",
            ),
            t("480 m³ of this year's first tier were used before.", "本年第一档此前已用 480 m³。"),
            t(
                "20 m³ still fall into the first tier, 80 m³ into the second.",
                "20 m³ 仍属第一档，80 m³ 属第二档。",
            ),
        ],
        "columns": heads,
        "rows": rows,
        "footer": total,
        "sources": [
            {
                "label": t("Tariff", "气价"),
                "value": t("Residents, graduated by year, version 3", "居民阶梯气价（按年）第 3 版"),
                "url": "/t",
            },
            {"label": t("Rounding", "舍入"), "value": t("Each line, half up to the fen", "每行四舍五入到分")},
        ],
    }


def login_form(t: Say) -> Form:
    class LoginForm(Form):  # type: ignore[misc]
        username = StringField()
        password = PasswordField()
        remember = BooleanField(t("Keep me logged in", "保持登录"))

    return LoginForm()


def password_form(t: Say) -> Form:
    class PasswordForm(Form):  # type: ignore[misc]
        old = PasswordField(t("Present password", "当前密码"), [InputRequired()])
        new = PasswordField(
            t("New password", "新密码"),
            [InputRequired()],
            description=t("At least ten characters.", "至少十个字符。"),
        )

    return PasswordForm()


def upload_form(t: Say) -> Form:
    class UploadForm(Form):  # type: ignore[misc]
        period = StringField(t("Month", "账期"))
        file = FileField(t("Sheet", "表格"))

    return UploadForm(data={"period": "2026-11"})


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
        return {"number": number, "cells": cells, "state": state, "messages": messages, "confirm": confirm}

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


def lists(t: Say) -> dict[str, dict[str, Any]]:
    entity = {
        "id": "gas.account",
        "label": t("account", "用户"),
        "label_plural": t("Accounts", "用户"),
        "icon": "users",
    }
    form = account_form(t, wrong=False)
    page = {
        "number": 3,
        "size": 50,
        "total_text": t("10,000+ accounts", "10,000+ 户"),
        "prev_url": "?p=2",
        "next_url": "?p=4",
    }
    actions = [
        {"label": t("Import", "导入"), "url": "/i", "icon": "upload", "primary": False},
        {"label": t("Export", "导出"), "url": "/e", "icon": "download", "primary": False},
        {"label": t("New account", "新增用户"), "url": "/gas/account/new", "icon": "plus", "primary": True},
    ]
    common = {
        "entity": entity,
        "columns": columns(t),
        "actions": actions,
        "list_url": "/gas/account/",
        "filters": [form.kind],
    }
    return {
        "entities/list.html": {
            **common,
            "rows": [row(t, number) for number in range(1, 41)],
            "page": page,
            "search": "zs",
            "keep": [{"name": "sort", "value": "number"}],
            "chips": [{"label": t("Kind", "用气性质"), "value": t("Household", "居民"), "remove_url": "?"}],
        },
        "entities/list.html#empty": {**common, "rows": [], "page": page, "search": ""},
        "entities/list.html#nothing": {**common, "rows": [], "page": page, "search": "zzz"},
    }


def records(t: Say) -> dict[str, dict[str, Any]]:
    entity = {
        "id": "gas.account",
        "label": t("account", "用户"),
        "label_plural": t("Accounts", "用户"),
        "icon": "users",
    }
    heads, rows, _total = bill_lines(t)
    field = lambda en, zh, value, **more: {"label": t(en, zh), "value": value, **more}  # noqa: E731
    post = {"method": "POST", "danger": True}
    return {
        "entities/page.html": {
            "entity": entity,
            "title": t("Zhang San", "张三"),
            "subtitle": "0301000001",
            "list_url": "/gas/account/",
            "state": {"label": t("In use", "在用"), "tone": "success"},
            "facts": [
                field("Owed", "欠费", fmt.money(Decimal("1234.5"))),
                field("Last reading", "最近读数", fmt.quantity(Decimal("1580"), "m³")),
                field("Meter", "表具", "G4-0000991", url="/m"),
                field("Price", "单价", fmt.price(Decimal("2.83"))),
            ],
            "actions": [
                {
                    "label": t("Take payment", "收款"),
                    "url": "/p",
                    "method": "GET",
                    "icon": "cash",
                    "primary": True,
                },
                {"label": t("Edit", "编辑"), "url": "/e", "method": "GET", "icon": "pencil"},
                {
                    "label": t("Cut off", "停气"),
                    "url": "/c",
                    "icon": "flame-off",
                    "confirm": t("Cut this account off?", "确定停气？"),
                    **post,
                },
            ],
            "sections": [
                {
                    "label": t("Contract", "合同信息"),
                    "fields": [
                        field("Kind", "用气性质", t("Household", "居民")),
                        field("Opened on", "开户日期", fmt.date(date(2024, 3, 1))),
                        field("Persons", "人口", 5, help=t("A larger first tier", "第一档气量增加")),
                        field("Route", "抄表线路", t("R-07 Jianguo Road", "R-07 建国路"), url="/r"),
                    ],
                },
                {
                    "label": t("Contact", "联系方式"),
                    "fields": [
                        field("Telephone", "电话", "138 0013 8000"),
                        field("E-mail", "邮箱", None),
                        field(
                            "Address",
                            "地址",
                            t("Flat 301, No. 4, Jianguo Road", "建国路4号院2单元301室"),
                            wide=True,
                        ),
                    ],
                },
            ],
            "explanation": explanation(t),
            "extra_panels": [Markup("<section class='panel'><p class='panel-body'>+</p></section>")],
            "related": [
                {
                    "label": t("Bills", "气费账单"),
                    "columns": heads,
                    "rows": rows,
                    "more_url": "/b",
                    "add_url": "",
                },
                {
                    "label": t("Payments", "收款"),
                    "columns": heads,
                    "rows": [],
                    "add_url": "/add",
                    "more_url": "",
                },
            ],
            "files": {
                "items": [
                    {
                        "name": t("meter.jpg", "表具照片.jpg"),
                        "about": "1.4 MB",
                        "url": "/f",
                        "delete_url": "/d",
                        "is_image": True,
                    }
                ],
                "upload_url": "/upload",
                "accept": ".jpg,.png,.pdf",
                "max_bytes": 10_000_000,
                "max_text": t("JPG, PNG or PDF, at most 10 MB", "JPG、PNG 或 PDF，最大 10 MB"),
            },
        },
        "entities/form.html": {
            "entity": entity,
            "title": t("Edit account", "编辑用户"),
            "form": account_form(t),
            "cancel_url": "/gas/account/1",
            "sections": [
                {
                    "label": t("Contract", "合同信息"),
                    "fields": ["number", "name", "route", "kind", "members", "opened"],
                },
                {"label": t("Equipment", "设备"), "fields": ["deposit", "inlet", "held", "remarks", "photo"]},
            ],
        },
    }


def work(t: Say) -> dict[str, dict[str, Any]]:
    heads = [{"label": t("Account", "户号")}, {"label": t("Reason", "原因")}]
    reason = t("No reading this month: enter one and bill again.", "本月无读数，请补录后再出账。")
    skipped = {
        "columns": heads,
        "rows": [{"id": 1, "url": "/a/1", "cells": [{"value": "0301000007"}, {"value": reason}]}],
    }
    job = {
        "label": t("Running", "进行中"), "tone": "info", "final": False, "done": 3120, "total": 5000, "percent": 62,
        "status_url": "/job.json", "final_states": ["done", "failed", "cancelled"], "error": "",
        "result_url": "", "cancel_url": "/cancel",
    }  # fmt: skip
    done = {
        **job,
        "label": t("Done", "已完成"),
        "tone": "success",
        "final": True,
        "done": 5000,
        "percent": 100,
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
        "exchange/upload.html": {
            "title": t("Upload readings", "上传抄表读数"),
            "intro": t("One sheet for each route and month.", "每条线路每月一张表。"),
            "form": upload_form(t),
            "template_url": "/t.xlsx",
            "cancel_url": "/gas/reading/",
            "max_bytes": 5_000_000,
            "max_text": t("xlsx or csv, at most 5 MB", "xlsx 或 csv，最大 5 MB"),
            "columns": [
                {"label": t("Meter", "表号"), "required": True, "help": t("The number on the plate", "铭牌上的编号"), "example": "G4-0000991"},
                {"label": t("Remarks", "备注"), "required": False, "help": ""},
            ],
        },
        "exchange/preview.html": {
            "title": t("Check the sheet", "检查表格"),
            "file_name": "2026-11.xlsx",
            "counts": {"total": 1204, "ok": 1188, "warning": 4, "error": 12},
            "columns": [{"label": t("Account", "户号")}, {"label": t("Meter", "表号")}, {"label": t("Reading", "读数"), "numeric": True}],
            "rows": preview_rows(t),
            "tabs": [
                {"label": t("Wrong", "有误"), "figure": 12, "url": "?", "active": True},
                {"label": t("All rows", "全部"), "figure": 1204, "url": "?", "active": False},
            ],
            "page": {"number": 1, "size": 100, "total_text": "1,204", "prev_url": "", "next_url": "?p=2"},
            "accept_url": "/accept",
            "discard_url": "/discard",
            "can_accept": True,
        },
        "jobs/run.html": {"title": title, "job": job},
        "jobs/run.html#done": {"title": title, "job": done, "skipped": skipped, "facts": [{"label": t("Bills", "账单"), "value": "4,999"}]},
        "switches.html": {
            "switch_branches": [
                {"code": "gas-east", "name": t("East gas branch", "城东燃气分公司")},
                {"code": "deco", "name": t("Decoration", "装饰分公司")},
            ],
            "plugins": [
                {
                    "id": "gas", "title": t("Gas", "燃气"), "version": "1.0.0", "requires": [], "error": "",
                    "state": {"label": t("Ready", "正常"), "tone": "success"}, "switches": switches,
                },
                {
                    "id": "gas_repair", "title": t("Gas repairs", "燃气维修"), "version": "0.2.1", "requires": [{"label": t("Gas", "燃气"), "ok": True}],
                    "state": {"label": t("Broken", "故障"), "tone": "danger"}, "switches": locked,
                    "error": t("It asks for core 2.0; this is 1.0. Install a version made for 1.0.", "它要求核心 2.0，现为 1.0。请安装适用于 1.0 的版本。"),
                },
            ],
        },
    }  # fmt: skip


def others(t: Say) -> dict[str, dict[str, Any]]:
    heads, rows, _total = bill_lines(t)
    return {
        "login.html": {"form": login_form(t), "error": t("The user name or the password is wrong.", "用户名或密码不正确。")},
        "password.html": {"form": password_form(t)},
        "error.html": {
            "code": 404,
            "title": t("This page does not exist", "页面不存在"),
            "message": t("The address is wrong, or the plugin is off in this branch.", "地址有误，或该插件未在本机构启用。"),
            "next_steps": [t("Check the branch at the top.", "请检查上方的分支机构。"), t("Choose a page in the menu.", "请从菜单选择页面。")],
            "reference": "a1b2c3",
        },
        "home.html": {
            "subtitle": t("Sunday, November 22, 2026", "2026年11月22日 星期日"),
            "cards": [
                {"title": t("Sheets to accept", "待接收的表格"), "figure": "3", "url": "/1", "hint": t("the oldest of Nov 19", "最早为 11月19日")},
                {"title": t("Readings missing", "未抄表"), "figure": "128", "url": "/2", "hint": t("of 5,000 accounts", "共 5,000 户"), "tone": "warning"},
                {"title": t("Arrears", "欠费"), "figure": fmt.money(Decimal("48210.35")), "url": "/3", "hint": t("212 accounts", "212 户"), "tone": "danger"},
                {"title": t("Taken today", "今日收款"), "figure": fmt.money(Decimal("9120")), "url": "/4", "hint": ""},
            ],
            "tables": [
                {"title": t("Latest bills", "最近账单"), "columns": heads, "rows": rows, "more_url": "/b", "empty": ""},
                {"title": t("Latest payments", "最近收款"), "columns": heads, "rows": [], "more_url": "", "empty": ""},
            ],
        },
        "home.html#empty": {"cards": [], "tables": []},
    }  # fmt: skip


def contexts(language: str) -> dict[str, dict[str, Any]]:
    """Template (with `#variant` where one has several) -> its own context, without the shell's."""
    t = said(language)
    return {**lists(t), **records(t), **work(t), **others(t)}
