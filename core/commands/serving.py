"""`zhidu run | web | worker | demo`."""

from __future__ import annotations

import time

import click
from sqlalchemy.orm import Session

from core import demo as company
from core.commands.people import first_administrator
from core.commands.setup import migrated, ready_app, session_of
from core.data.errors import SetupError
from core.history import chain
from core.server import PROCESSES, Processes, check_port, serve, web_address
from core.settings import Settings


@click.command()
@click.option(
    "--demo/--no-demo",
    "with_demo",
    default=True,
    help="Load the demonstration company into an empty database.",
)
def run(with_demo: bool) -> None:
    """Migrate, then serve with web and worker together."""
    from core import app  # noqa: F401 - what every process needs is imported once, before they part
    from core.jobs import worker  # noqa: F401

    settings = Settings.from_environment()
    check_port(settings.port)
    with Processes() as processes:
        status = processes.run(lambda: _prepare(settings, with_demo))
        if status or processes.ending:
            raise click.exceptions.Exit(max(status, 0) or 1)  # it has said why
        status = processes.serve(lambda: _web(settings, PROCESSES), lambda: _worker(settings))
    if status:
        raise SetupError(f"the web process ended with status {status}; its messages stand above")


def _prepare(settings: Settings, with_demo: bool) -> None:
    migrated(settings)
    _fill(settings, with_demo)


def _fill(settings: Settings, with_demo: bool) -> None:
    with session_of(settings) as session:
        empty = company.is_empty(session)
        if empty and with_demo:
            _load(settings, session)
        elif empty:
            first_administrator(session, "admin")
        _announce(settings, session)


def _load(settings: Settings, session: Session) -> None:
    from core.installation import installation

    click.echo("Loading the demonstration company …")
    started = time.monotonic()
    installed = installation()
    company.load(installed, session, settings.demo_password)
    session.commit()
    chain.seal(
        installed.database
    )  # else what a year wrote would seem to have waited for a worker all the time
    click.echo(f"Loaded in {time.monotonic() - started:.0f} s.")


def _announce(settings: Settings, session: Session) -> None:
    click.echo(f"\nZhidu serves {web_address(settings)}")
    names = company.account_names(session)
    if names:
        click.echo(f"Demonstration accounts (password of all: {settings.demo_password}):")
        for line in company.in_columns(names):
            click.echo(f"  {line}")
    click.echo("Stop with Ctrl-C.\n")


@click.command()
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1, 64), help="Web processes.")
def web(processes: int) -> None:
    """Serve the web application alone."""
    settings = Settings.from_environment()
    check_port(settings.port)
    _web(settings, processes)


def _web(settings: Settings, processes: int) -> None:
    serve(ready_app(settings), settings, processes)


@click.command()
def worker() -> None:
    """Do the queued jobs until told to end."""
    _worker(Settings.from_environment())


def _worker(settings: Settings) -> None:
    from core.jobs.worker import run_worker

    run_worker(ready_app(settings))


@click.command()
def demo() -> None:
    """Load the demonstration company into an empty, migrated database."""
    settings = Settings.from_environment()
    with session_of(settings) as session:
        if not company.is_empty(session):
            raise SetupError("the database holds data already; the demonstration company needs an empty one")
        _load(settings, session)
