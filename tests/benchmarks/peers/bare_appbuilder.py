"""Bare Flask-AppBuilder: two model views and their REST, its own log-in, roles and menu."""

from __future__ import annotations

import os
import sys

from flask import Flask
from flask_appbuilder import AppBuilder, Model, ModelRestApi, ModelView
from flask_appbuilder.models.sqla.base import SQLA
from flask_appbuilder.models.sqla.interface import SQLAInterface
from tables import (
    COLUMNS,
    EDITED,
    IN_PUBLIC,
    PAGE,
    PASSWORD,
    READING_COLUMNS,
    SECRET,
    URL,
    USERNAME,
    AccountColumns,
    ReadingColumns,
)

PREPARES = sys.argv[1:] == ["prepare"]
HELD = (
    "can_list", "can_show", "can_add", "can_edit", "can_delete", "can_get", "can_post", "can_put", "can_info",
    "menu_access",
)  # fmt: skip
OWN = ("AccountView", "ReadingView", "AccountApi", "ReadingApi", "Accounts", "Readings", "Gas")


class Account(AccountColumns, Model):
    __tablename__ = "gas_account"
    __table_args__ = IN_PUBLIC


class Reading(ReadingColumns, Model):
    __tablename__ = "gas_reading"
    __table_args__ = IN_PUBLIC


class AccountView(ModelView):
    datamodel = SQLAInterface(Account)
    list_columns = list(COLUMNS)
    search_columns = list(EDITED)
    edit_columns = list(EDITED)
    add_columns = list(EDITED)
    base_order = ("id", "asc")
    page_size = PAGE


class ReadingView(ModelView):
    datamodel = SQLAInterface(Reading)
    list_columns = list(READING_COLUMNS)
    base_order = ("id", "asc")
    page_size = PAGE


class AccountApi(ModelRestApi):
    resource_name = "account"
    datamodel = SQLAInterface(Account)
    list_columns = list(EDITED)
    base_order = ("id", "asc")
    page_size = PAGE


class ReadingApi(ModelRestApi):
    resource_name = "reading"
    datamodel = SQLAInterface(Reading)
    list_columns = list(READING_COLUMNS)
    base_order = ("id", "asc")
    page_size = PAGE


def made() -> Flask:
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=SECRET,
        SQLALCHEMY_DATABASE_URI=URL,
        AUTH_TYPE=1,
        FAB_CREATE_DB=PREPARES,
        FAB_UPDATE_PERMS=PREPARES,
        FAB_API_SWAGGER_UI=False,
    )
    database = SQLA(app)
    with app.app_context():
        builder = AppBuilder(app, database.session)
        builder.add_view(AccountView, "Accounts", category="Gas")
        builder.add_view(ReadingView, "Readings", category="Gas")
        builder.add_api(AccountApi)
        builder.add_api(ReadingApi)
        if PREPARES:
            prepare(builder)
    return app


def prepare(builder: AppBuilder) -> None:
    """A person who may do everything with accounts and readings, and nothing else."""
    security = builder.sm
    role = security.add_role("Clerk")
    found = builder.session.query(security.permissionview_model).all()
    for each in found:
        if each.permission.name in HELD and each.view_menu.name in OWN:
            security.add_permission_role(role, each)
    security.add_user(USERNAME, "A", "Clerk", "clerk@peers.invalid", role=role, password=PASSWORD)


app = made()
if PREPARES:
    sys.stdout.flush()
    os._exit(0)  # nothing is left to be done, and the extensions' threads would hold the process
