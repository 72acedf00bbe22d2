"""Links of the decoration firm in the side bar that lead to more than a list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.menu import MenuItem
from plugins.decoration.rules import names_callbacks as c

MENU = (
    MenuItem(_("Call-back list"), c.CALL_BACK, c.CALL, "DecorationCalls.list", icon="phone", order=10),
    MenuItem(
        _("Site round"),
        "decoration.site-check",
        "add",
        "RoundView.page",
        (("plugin", "decoration"), ("name", "site-checks")),
        icon="walk",
        order=20,
    ),
    MenuItem(
        _("Designers' figures"),
        "decoration.receipt",
        "see",
        "DecorationDesigners.list",
        icon="chart-bar",
        order=40,
    ),
)
