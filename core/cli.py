"""The `zhidu` command line. Errors are one line on stderr, and an exit status other than 0."""

from __future__ import annotations

import logging
import sys
import time
from typing import Any

import click

from core.commands import install_commands
from core.complaints import complaining
from core.settings import Settings


class LogLines(logging.Formatter):
    """Times in UTC, and a message in one line whatever somebody sent; a trace keeps its lines."""

    converter = staticmethod(time.gmtime)
    default_msec_format = "%s.%03d"

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its name in the library
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--verbose", is_flag=True, help="Log what happens, not only warnings.")
def zhidu(verbose: bool) -> None:
    """Zhidu: the admin panel that runs a department's written rule book."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogLines("%(asctime)sZ %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, handlers=[handler])


install_commands(zhidu)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error becomes one line."""
    given = sys.argv[1:] if arguments is None else arguments
    with complaining():
        _add_plugin_commands(given)
        status: Any = zhidu.main(args=given, prog_name="zhidu", standalone_mode=False)
    sys.exit(status if isinstance(status, int) else 0)


def _add_plugin_commands(arguments: list[str]) -> None:
    """Plugins are imported only when a command asked for is not the core's own, so that the others start at once."""
    wanted = next((each for each in arguments if not each.startswith("-")), None)
    if wanted is not None and wanted in zhidu.commands:
        return
    from core.host import load_host

    for _owner, command in load_host(Settings.from_environment()).gather("commands"):
        zhidu.add_command(command)


if __name__ == "__main__":
    main()
