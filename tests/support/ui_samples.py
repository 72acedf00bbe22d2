"""A full context for every page template, in either language: what views promise to hand over."""

from __future__ import annotations

from typing import Any

from ui_sample_dashboard import dashboard
from ui_sample_days import year
from ui_sample_doors import doors
from ui_sample_flow import flow
from ui_sample_forms import account_form, login_form, password_form
from ui_sample_handbook import handbook
from ui_sample_history import history
from ui_sample_home import home
from ui_sample_inspections import inspections
from ui_sample_records import lists, records
from ui_sample_reports import reports
from ui_sample_rights import rights
from ui_sample_search import search
from ui_sample_visits import visits
from ui_sample_words import Say, said
from ui_sample_work import work
from ui_sample_worklist import worklist

__all__ = ["account_form", "contexts", "said", "shell"]


def shell(language: str) -> dict[str, Any]:
    """What the context processor of the application gives to every page."""
    t = said(language)

    def item(en: str, zh: str, icon: str, active: bool = False) -> dict[str, Any]:
        return {"label": t(en, zh), "url": "/x", "icon": icon, "active": active}

    return {
        "html_lang": "zh-CN" if language == "zh" else "en",
        "here": "/gas/account/?q=zs",
        "search_url": "/search/",
        "person": {"username": "wang.min", "name": t("Wang Min", "王敏"), "position": t("Cashier", "收费员")},
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


def others(t: Say) -> dict[str, dict[str, Any]]:
    return {
        "login.html": {
            "form": login_form(t),
            "error": t("The user name or the password is wrong.", "用户名或密码不正确。"),
        },
        "password.html": {"form": password_form(t)},
        "error.html": {
            "code": 404,
            "title": t("This page does not exist", "页面不存在"),
            "message": t(
                "The address is wrong, or the plugin is off in this branch.",
                "地址有误，或该插件未在本机构启用。",
            ),
            "next_steps": [
                t("Check the branch at the top.", "请检查上方的分支机构。"),
                t("Choose a page in the menu.", "请从菜单选择页面。"),
            ],
            "reference": "a1b2c3",
        },
        **home(t),
        **dashboard(t),
    }


def contexts(language: str) -> dict[str, dict[str, Any]]:
    """Template (with `#variant` where one has several) -> its own context, without the shell's."""
    t = said(language)
    return {
        **lists(t),
        **records(t),
        **work(t),
        **history(t),
        **rights(t),
        **doors(t),
        **search(t),
        **visits(t),
        **flow(t),
        "workdays/year.html": year(t),
        "workdays/year.html#last": {**year(t), "next_url": "", "provisional": ""},
        **inspections(t),
        **reports(t),
        **handbook(t),
        **worklist(t),
        **others(t),
    }
