"""Bare Flask-Admin: two model views behind Flask-Login's sessions."""

from __future__ import annotations

import sys
from typing import Any

from flask import Flask, redirect, request
from flask_admin import Admin
from flask_admin.contrib.sqla import ModelView
from flask_babel import Babel
from flask_login import LoginManager, UserMixin, current_user, login_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
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
from werkzeug.security import check_password_hash, generate_password_hash


class Base(DeclarativeBase):
    pass


class Account(AccountColumns, Base):
    __tablename__ = "gas_account"
    __table_args__ = IN_PUBLIC


class Reading(ReadingColumns, Base):
    __tablename__ = "gas_reading"
    __table_args__ = IN_PUBLIC


class Person(UserMixin, Base):
    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    password: Mapped[str] = mapped_column(String(200))


class OfPeople(ModelView):
    page_size = PAGE
    column_default_sort = "id"

    def is_accessible(self) -> bool:
        return bool(current_user.is_authenticated)


class AccountView(OfPeople):
    column_list = list(COLUMNS)
    column_searchable_list = ("name",)
    form_columns = list(EDITED)


class ReadingView(OfPeople):
    column_list = list(READING_COLUMNS)


app = Flask(__name__)
app.config.update(SECRET_KEY=SECRET, SQLALCHEMY_DATABASE_URI=URL)
database = SQLAlchemy(app, model_class=Base)
Babel(app)  # as it is installed, Flask-Admin takes for granted that it is used
logins = LoginManager(app)
admin = Admin(app, name="Gas")
admin.add_view(AccountView(Account, database.session, name="Accounts", endpoint="account"))
admin.add_view(ReadingView(Reading, database.session, name="Readings", endpoint="reading"))


@logins.user_loader
def person_of(number: str) -> Person | None:
    return database.session.get(Person, int(number))


@app.post("/login")
def log_in() -> Any:
    person = database.session.query(Person).filter_by(username=request.form["username"]).one_or_none()
    if person is None or not check_password_hash(person.password, request.form["password"]):
        return "no", 403
    login_user(person)
    return redirect("/admin/")


if sys.argv[1:] == ["prepare"]:
    with app.app_context():
        Person.__table__.create(database.engine)
        database.session.add(Person(username=USERNAME, password=generate_password_hash(PASSWORD)))
        database.session.commit()
