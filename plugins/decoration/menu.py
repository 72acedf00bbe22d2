"""Links of the decoration firm in the side bar that lead to more than a list."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.menu import MenuItem

MENU = (
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
