"""`zhidu search rebuild`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from core.data.errors import SetupError
from core.settings import Settings

if TYPE_CHECKING:
    from core.data.database import Database
    from core.search.plans import Plan
    from core.search.rebuilding import Made


@click.group()
def search() -> None:
    """The tokens by which lists, pickers and the search of everything find records."""


@search.command()
@click.option("--entity", help="Only what one entity searches, for example gas.account.")
@click.option(
    "--missing",
    is_flag=True,
    help="Only what has not been made, or was broken off; that goes on where it was.",
)
def rebuild(entity: str | None, missing: bool) -> None:
    """Make the tokens anew from the records, a chunk at a time; the program may run. Started again, it goes on."""
    from core.commands.setup import installation_of, ready_app, search_plans
    from core.data.migrations import one_at_a_time

    settings = Settings.from_environment()
    app = ready_app(settings)
    installed = installation_of(app)
    try:
        plans = search_plans(installed.host)
        if entity is not None:
            plans = [_of_entity(installed.entities, plans, entity)]
        with app.app_context(), one_at_a_time(settings.owner_url):
            _made(installed.database, plans, missing)
    finally:
        installed.database.dispose()
    click.echo("Everything is found again.")


def _made(database: Database, plans: list[Plan], missing: bool) -> None:
    from core.search import rebuilding

    with database.sessions() as session:
        broken_off = rebuilding.behind(session, plans)
    if not missing and not broken_off:
        rebuilding.start_again(database.sessions, plans)
    rebuilding.bring_up(database.sessions, plans, _say)


def _of_entity(entities: Mapping[str, object], plans: list[Plan], wanted: str) -> Plan:
    table = getattr(getattr(entities.get(wanted), "model", None), "__table__", None)
    found = next((each for each in plans if each.table is table), None)
    if found is None:
        raise SetupError(f"{wanted} is no entity that is searched; write one such as core.person")
    return found


def _say(made: Made) -> None:
    click.echo(f"{made.table}: {'done' if made.done else f'up to record {made.upto:,}'}")
