"""Samples of log-in and security: sessions, second factor, keys for programs, links to a new password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wtforms import Form, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ui_sample_words import Say

MOMENT = datetime(2026, 11, 22, 2, 3, tzinfo=UTC)
PICTURE = "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0%200%201%201'/%3E"


def sessions(t: Say) -> list[dict[str, Any]]:
    end = {"label": t("End", "结束登录"), "url": "/e", "method": "POST", "icon": "logout", "at": "sessions"}
    row = {"address": "192.0.2.7", "began_at": MOMENT, "last_used_at": MOMENT, "end": end}
    browser = {"kind": t("Browser", "浏览器"), "browser": "Chrome 131 · Windows", "own": True}
    program = {"kind": t("Program (bearer token)", "程序（令牌）"), "browser": "", "own": False}
    return [{**row, **browser}, {**row, **program}]


def keys(t: Say) -> list[dict[str, Any]]:
    end = {
        "label": t("End the key", "停用密钥"),
        "url": "/e",
        "method": "POST",
        "icon": "trash",
        "at": "keys",
    }
    return [
        {
            "label": t("Nightly report", "夜间报表"),
            "prefix": "zhidu_abc123",
            "reach": t("Read only", "只读"),
            "ends_at": MOMENT,
            "ended": ended,
            "last_used_at": None,
            "end": end,
        }
        for ended in (False, True)
    ]


def one_field(t: Say, name: str, en: str, zh: str, wrong: str = "") -> Form:
    kind = PasswordField if name.endswith("present") else StringField
    fields = {name: kind(t(en, zh), [InputRequired()])}
    form = type("SampleForm", (Form,), fields)()
    form[name].errors = [wrong] if wrong else []
    return form


def key_form(t: Say) -> Form:
    class KeyForm(Form):  # type: ignore[misc]
        label = StringField(t("What for", "用途"), [InputRequired()])
        days = SelectField(t("Valid for", "有效期"), choices=[SelectChoice("30", t("30 days", "30天"))])
        reach = RadioField(t("May do", "权限范围"), choices=[SelectChoice("read", t("Read only", "只读"))])
        present = PasswordField(t("Present password", "当前密码"), [InputRequired()])

    form = KeyForm(data={"reach": "read"})
    form.label.errors = [t("Fill in this field.", "请填写此项。")]
    return form


def new_password(t: Say) -> Form:
    class NewPasswordForm(Form):  # type: ignore[misc]
        password = PasswordField(t("New password", "新密码"), [InputRequired()])
        again = PasswordField(t("New password again", "再次输入新密码"), [InputRequired()])

    return NewPasswordForm()


def doors(t: Say) -> dict[str, dict[str, Any]]:
    code = one_field(t, "code", "One-time code", "验证码")
    code["code"].render_kw = {"autocomplete": "one-time-code"}
    wrong = t("This is not your present password.", "当前密码不正确。")
    proof = one_field(t, "present", "Present password", "当前密码", wrong)
    taken_away = one_field(t, "off-present", "Present password", "当前密码")
    factor = {
        "proof": proof,
        "off": taken_away["off-present"],
        "confirming": code,
        "picture": "",
        "secret": "",
        "left": 7,
    }
    actions = [{"value": "gas.bill:see", "label": t("See", "查看")}]
    account = {"sessions": sessions(t), "keys": keys(t), "enrolled": True}
    return {
        "doors/account.html": account,
        "doors/account.html#bare": {**account, "sessions": sessions(t)[:1], "keys": [], "enrolled": False},
        "doors/code.html": {"form": code, "error": t("This code is wrong.", "验证码错误。")},
        "doors/forgotten.html": {"form": one_field(t, "name", "User name", "用户名"), "error": ""},
        "doors/reset.html": {"form": new_password(t), "username": "wang.min"},
        "doors/link_gone.html": {"text": t("This link is too old.", "此链接已过期。")},
        "doors/recovery.html": {"codes": ["abcd-efgh-jkmn-pqrs-tuvw-xyz2", "pqrs-tuvw-xyz2-abcd-efgh-jkmn"]},
        "doors/second_factor.html": {**factor, "enrolled": False, "asked_for": False},
        "doors/second_factor.html#begun": {
            **factor,
            "enrolled": False,
            "asked_for": True,
            "picture": PICTURE,
            "secret": "ABCD EFGH",
        },
        "doors/second_factor.html#on": {**factor, "enrolled": True, "asked_for": False},
        "doors/second_factor.html#asked": {**factor, "enrolled": True, "asked_for": True},
        "doors/key_form.html": {
            "form": key_form(t),
            "entities": [{"label": t("Bills", "气费账单"), "actions": actions}],
            "ticked": {"gas.bill:see"},
        },
        "doors/told_once.html": {
            "title": t("New password", "新密码"),
            "name": "王敏",
            "text": t("Tell wang.min this password.", "请将此密码告知 wang.min。"),
            "secret": "abcd2345efgh",
            "back": "/core/person/1",
        },
        "doors/key_made.html": {
            "label": t("Nightly report", "夜间报表"),
            "key": "zhidu_abc",
            "ends_at": MOMENT,
        },
    }
