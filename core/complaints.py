"""How a command ends that cannot do what it was asked: one line on stderr, and an exit status other than 0."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from core.data.errors import SetupError, UserError


@contextmanager
def complaining() -> Iterator[None]:
    """Every error that is meant for whoever gave the command becomes one line and SystemExit."""
    try:
        yield
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(_complain("stopped"))
    except click.ClickException as error:
        hint = (
            f"; see `{error.ctx.command_path} --help`"
            if isinstance(error, click.UsageError) and error.ctx
            else ""
        )
        sys.exit(_complain(error.format_message().rstrip(".") + hint))
    except (SetupError, UserError) as error:
        sys.exit(_complain(str(error)))


def _complain(text: str) -> int:
    click.echo("zhidu: " + " ".join(text.split()), err=True)
    return 1
