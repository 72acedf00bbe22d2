"""The core's own commands."""

from __future__ import annotations

import click

from core.commands.people import admin
from core.commands.rules import rules
from core.commands.search import search
from core.commands.serving import demo, run, web, worker
from core.commands.workdays import workdays


def install_commands(group: click.Group) -> None:
    """Add every command of the core to `zhidu`."""
    for command in (run, web, worker, demo, admin, search, workdays, rules):
        group.add_command(command)
    from core.keeping.commands import COMMANDS as KEEPING
    from core.tooling.commands import COMMANDS as TOOLING

    for command in (*KEEPING, *TOOLING):
        group.add_command(command)
