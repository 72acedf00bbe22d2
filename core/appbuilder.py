"""The Flask-AppBuilder shell, without the screens that the project replaces."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_appbuilder import AppBuilder

from core.people.security import PositionSecurity


class ShellBuilder(AppBuilder):
    """AppBuilder with the project's security manager; its own statics, menu, utility and add-on views stay out."""

    def __init__(self, app: Flask, session: Any) -> None:
        super().__init__(app, session, security_manager_class=PositionSecurity, update_perms=False)

    def _add_global_static(self) -> None:
        """Flask-AppBuilder's Bootstrap 3 and jQuery are not served."""

    def _add_global_filters(self) -> None:
        """The templates of the project need none of Flask-AppBuilder's filters."""

    def _add_admin_views(self) -> None:
        self.sm.register_views()

    def _add_addon_views(self) -> None:
        """Add-ons swallow their errors; plugins come through the host."""

    def _add_menu_permissions(self, update_perms: bool = False) -> None:
        """Rights come from positions."""
