"""Sample forms: one field of every kind, log-in, password, upload."""

from __future__ import annotations

from datetime import date

from wtforms import (
    BooleanField,
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
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from core.ui.day_field import DayField
from ui_sample_words import Say


class AccountForm(Form):  # type: ignore[misc]
    """One field of every kind."""

    version = HiddenField()
    number = StringField(validators=[InputRequired()])
    name = StringField(validators=[InputRequired()])
    route = SelectField(
        choices=[SelectChoice("7", "R-07")], render_kw={"data-picker-url": "/picker/gas.route"}
    )
    kind = SelectField(choices=[SelectChoice("home", "home"), SelectChoice("shop", "shop")])
    members = IntegerField()
    opened = DayField()
    deposit = DecimalField(render_kw={"data-unit": "¥"})
    inlet = RadioField(choices=[SelectChoice("left", "left"), SelectChoice("right", "right")])
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
    form.kind.choices = [
        SelectChoice("home", t("Household", "居民")),
        SelectChoice("shop", t("Shop", "商业")),
    ]
    form.inlet.choices = [SelectChoice("left", t("Left", "左进")), SelectChoice("right", t("Right", "右进"))]
    form.route.choices = [SelectChoice("7", t("R-07 Jianguo Road", "R-07 建国路"))]
    if wrong:
        form.number.errors = [
            t("An account number has ten digits; this one has 3.", "户号应为十位数字，现在是 3 位。")
        ]
        form.deposit.errors = [
            t("This is not an amount. Write figures such as 300.00.", "金额无效，请填写如 300.00 的数字。")
        ]
    return form


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
            description=t("At least twelve characters.", "至少十二个字符。"),
        )

    return PasswordForm()


def upload_form(t: Say) -> Form:
    class UploadForm(Form):  # type: ignore[misc]
        period = StringField(t("Month", "账期"))
        file = FileField(t("Sheet", "表格"))

    return UploadForm(data={"period": "2026-11"})
