"""Sample contexts of lists, record pages and record forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

import ui_sample_lists
from core.ui import format as fmt
from ui_sample_forms import account_form
from ui_sample_history import timeline
from ui_sample_words import Say, bill_lines, columns, explanation, row


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
            "deleted_url": "/core/history/deleted/gas/account",
            "chips": [{"label": t("Kind", "用气性质"), "value": t("Household", "居民"), "remove_url": "?"}],
        },
        **{
            f"entities/list.html#editor{number}": {
                **common,
                **ui_sample_lists.head(t),
                "filters": (),
                "columns": [{**each, "pick": True, "grip": True, "width": 90} for each in columns(t)],
                "narrowing": ui_sample_lists.narrowing(t, editor),
                "rows": [{**row(t, one), "pick": one} for one in range(1, 9)],
                "page": page,
                "search": "",
            }
            for number, editor in enumerate(ui_sample_lists.editors(t))
        },
        "entities/list.html#board": {
            **common,
            "filters": (),
            "search": "",
            "modes": ui_sample_lists.modes(t),
            "board": ui_sample_lists.board(t),
            "address": "as=board",
        },
        "entities/list.html#calendar": {
            **common,
            "filters": (),
            "search": "",
            "modes": ui_sample_lists.modes(t),
            "calendar": ui_sample_lists.calendar(t),
        },
        "entities/list.html#schedule": {
            **common,
            "filters": (),
            "search": "",
            "modes": ui_sample_lists.modes(t),
            "schedule": ui_sample_lists.schedule(t),
            "page": page,
        },
        **ui_sample_lists.bulk_pages(t),
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

    def field(en: str, zh: str, value: Any, **more: Any) -> dict[str, Any]:
        return {"label": t(en, zh), "value": value, **more}

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
                    "further": {"url": "/gas/account/1/related/0?after=x", "href": "/b"},
                },
                {
                    "label": t("Payments", "收款"),
                    "columns": heads,
                    "rows": [],
                    "add_url": "/add",
                    "more_url": "",
                },
            ],
            "timeline": timeline(t),
            "history_url": "/core/history/of/gas/account/1",
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
