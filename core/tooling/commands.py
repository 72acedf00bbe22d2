"""`zhidu migrate`, `zhidu check` and `zhidu plugin ...`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from core.data.errors import SetupError
from core.settings import Settings

if TYPE_CHECKING:
    from core.data.migrations import Step
    from core.host import Host, Installed
    from core.search.rebuilding import Made

# What a command needs is imported when it runs, so that the others start at once.
FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


# ---------------------------------------------------------------- migrate


@click.command()
@click.option("--status", is_flag=True, help="Change nothing; show where each owner stands.")
@click.option(
    "--down", nargs=2, metavar="OWNER REVISION", help="Take one owner back to a revision, or to base."
)
@click.option("--new", "new_of", metavar="OWNER", help="Write the owner's next revision from its models.")
@click.option("-m", "--message", help="With --new: what the revision does, in a few words.")
@FORMAT
def migrate(
    status: bool, down: tuple[str, str] | None, new_of: str | None, message: str | None, form: str
) -> None:
    """Bring the database to the shape of the installed program and its plugins."""
    settings = Settings.from_environment()
    if status:
        _show_status(settings, form)
    elif down:
        _take_back(settings, *down)
    elif new_of:
        _write_revision(settings, new_of, message)
    else:
        _bring_up(settings)


def _bring_up(settings: Settings) -> None:
    from core.commands.setup import migrated

    done: list[Step] = []

    def report(step: Step) -> None:
        done.append(step)
        _say_step(step)

    def told_of_search(made: Made) -> None:
        if made.upto:
            click.echo(f"search: {made.table} {'done' if made.done else f'up to record {made.upto:,}'}")

    migrated(settings, report, told_of_search)
    if not done:
        click.echo("Everything is in place already.")


def _take_back(settings: Settings, owner_id: str, revision: str) -> None:
    from core.commands.setup import RowGuard
    from core.data.migrations import downgrade

    host = _host(settings)
    owner = next((each for each in host.owners if each.id == owner_id), None)
    if owner is None:
        raise SetupError(f"{owner_id} is no running plugin; `zhidu plugin list` shows them (or write core)")
    downgrade(settings.owner_url, owner, revision, _say_step, RowGuard(host))


def _write_revision(settings: Settings, owner_id: str, message: str | None) -> None:
    from core.data.migrations.autogenerate import make_revision
    from core.host.importing import import_everything

    if not message:
        raise click.UsageError("--new needs -m MESSAGE")
    host = _host(settings)
    for package in ("core", *(each.manifest.package for each in host.active)):
        import_everything(package)
    file = make_revision(host.owners, owner_id, message)
    click.echo(f"Wrote {file}. Read it, run `ruff format` on it, then `zhidu migrate`.")


def _show_status(settings: Settings, form: str) -> None:
    from core.data.database import Database
    from core.data.migrations import statuses

    database = Database(settings.database_url)
    found = statuses(database.engine, _host(settings).owners)
    database.dispose()
    if form == "json":
        _say_json([{**vars(each), "pending": list(each.pending)} for each in found])
        return
    for each in found:
        where = "newer than this program" if each.unknown else f"{len(each.pending)} to run"
        click.echo(f"{each.owner:<20} {each.current or '-':<16} {each.head or '-':<16} {where}")


def _say_step(step: Step) -> None:
    click.echo(f"{step.revision} {'done' if step.up else 'taken back'}")


# ---------------------------------------------------------------- check


@click.command()
def check() -> None:
    """Check the core and every plugin; the exit status is 1 when anything is wrong."""
    from core.tooling.checks import check_everything

    _say_problems(check_everything(Settings.from_environment()))


def _say_problems(problems: list[Any]) -> None:
    for each in problems:
        click.echo(str(each))
    if problems:
        raise SetupError(f"{len(problems)} problems; each line above says what to do")
    click.echo("No problems.")


# ---------------------------------------------------------------- plugin


@click.group()
def plugin() -> None:
    """Plugins: list, write, check, switch on and off."""


@plugin.command("list")
@FORMAT
def list_(form: str) -> None:
    """Every plugin that was found, in the order in which they are loaded."""
    found = _host(Settings.from_environment()).installed
    if form == "json":
        _say_json([_described(each) for each in found])
        return
    for each in found:
        title = f"{each.manifest.title.en} / {each.manifest.title.zh}"
        click.echo(f"{each.id:<20} {each.manifest.version:<10} {each.state:<12} {title}")
        if each.error:
            click.echo(f"{'':<20} {each.error}")


def _described(installed: Installed) -> dict[str, Any]:
    manifest = installed.manifest
    return {
        "id": manifest.id,
        "version": manifest.version,
        "state": installed.state,
        "title": {"en": manifest.title.en, "zh": manifest.title.zh},
        "requires": {each.plugin: str(each.versions) for each in manifest.requires},
        "error": installed.error,
    }


@plugin.command()
@click.argument("name")
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder to put it into; by default the plugins of this checkout.",
)
def new(name: str, into: Path | None) -> None:
    """Write a small, complete plugin to start from."""
    from core.tooling.scaffold import write_plugin

    folder = write_plugin(name, into, Settings.from_environment())
    click.echo(f"Wrote {folder}. Next: `zhidu plugin check {folder}`, then `zhidu migrate`.")
    if into is not None:
        click.echo(f"Let ZHIDU_PLUGIN_FOLDERS name {into}, so that the plugin is found there.")


@plugin.command("check")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
def check_(path: Path) -> None:
    """Check one plugin: shape, names, hooks, languages, migrations, imports, descriptions."""
    from core.tooling.checks import check_plugin

    _say_problems(check_plugin(path, Settings.from_environment()))


@plugin.command()
@click.argument("name")
@click.option("--branch", required=True, metavar="CODE", help="The branch's code.")
def enable(name: str, branch: str) -> None:
    """Switch a plugin on in a branch."""
    _switch(name, branch, on=True)


@plugin.command()
@click.argument("name")
@click.option("--branch", required=True, metavar="CODE", help="The branch's code.")
def disable(name: str, branch: str) -> None:
    """Switch a plugin off in a branch; its data stay."""
    _switch(name, branch, on=False)


def _switch(name: str, code: str, on: bool) -> None:
    from sqlalchemy import select

    from core.branches.models import Branch
    from core.branches.switches import switch
    from core.commands.setup import installation_of, ready_app

    app = ready_app(Settings.from_environment())
    with app.app_context(), installation_of(app).database.sessions() as session:
        branch = session.scalar(select(Branch).where(Branch.code == code))
        if branch is None:
            raise SetupError(f"there is no branch {code}; the codes stand on the screen Branches")
        switch(session, branch, name, on, None)
        session.commit()
    click.echo(f"{name} is {'on' if on else 'off'} in {code}.")


def _host(settings: Settings) -> Host:
    from core.host import load_host

    return load_host(settings)


def _say_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


COMMANDS: tuple[click.Command, ...] = (migrate, check, plugin)
