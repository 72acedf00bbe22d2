"""`zhidu admin create`."""

from __future__ import annotations

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.branches.models import HEAD_OFFICE, Branch
from core.commands.setup import session_of
from core.data import clock
from core.people.known_words import known_words
from core.people.passwords import check_password, one_time_password
from core.people.service import ADMINISTRATOR, add_person, appoint
from core.settings import Settings


@click.group()
def admin() -> None:
    """Administrators."""


@admin.command()
@click.option("--username", default="admin", show_default=True)
@click.option(
    "--password", help="At least twelve characters; without it a one-time password is made and printed."
)
def create(username: str, password: str | None) -> None:
    """Create an administrator of the head office, and the head office itself in an empty database."""
    with session_of(Settings.from_environment()) as session:
        first_administrator(session, username, password)


def first_administrator(session: Session, username: str, password: str | None = None) -> None:
    """Make an administrator and commit; says the one-time password when none was given."""
    if password:
        check_password(password, username, *known_words(session))
    chosen = password or one_time_password()
    person = add_person(session, username, username, chosen, must_change=password is None)
    appoint(session, person.id, _head_office(session).id, ADMINISTRATOR, clock.today())
    session.commit()
    click.echo(f"Administrator: {username}")
    if password is None:
        click.echo(f"One-time password, shown only now: {chosen}")


def _head_office(session: Session) -> Branch:
    found = session.scalar(select(Branch).where(Branch.kind == HEAD_OFFICE).order_by(Branch.id))
    if found is None:
        name_zh = "总部"  # zh-ok: data, which the administrator may change on screen
        found = Branch(code="hq", name_zh=name_zh, name_en="Head office", kind=HEAD_OFFICE)
        session.add(found)
        session.flush()
    return found
