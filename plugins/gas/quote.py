"""`zhidu gas quote`: what a usage would cost, to try a tariff file before it is published (GAS-R30).

Bad input ends with one line on standard error that says what to do, and exit status 1.
"""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from flask_babel import gettext

from plugins.gas.rules import GasRuleError, Priced, Tariff, TariffError, UsageError, plain, price_usage
from plugins.gas.rules.errors import N_
from plugins.gas.tariff_file import number, read_tariff

ANY_MONTH = 1  # for a tariff without seasons


class OneLineCommand(click.Command):
    """A command that answers a wrong option with one line and exit status 1, as any other bad input."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the options; ClickException where click would print its usage lines."""
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            raise _refusal(error.format_message()) from error


@click.group("gas")
def gas() -> None:
    """The gas office's commands."""


@gas.command("quote", cls=OneLineCommand)
@click.option("--tariff", "file", required=True, type=click.Path(path_type=Path), help="Tariff file (JSON).")
@click.option("--usage", required=True, help="Usage to price, in m3.")
@click.option("--before", default="0", help="Usage counted earlier in the same pricing period, in m3.")
@click.option("--extra", default="0", help="A household's extra allowance on every tier bound, in m3.")
@click.option("--month", type=int, help="Last month of the bill, 1 to 12, for a tariff with seasons.")
@click.option("--months", type=int, default=1, help="Months the bill covers, for a monthly tariff.")
@click.option("--minimum", default="0", help="Volume charged at least for each month of the bill, in m3.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Form of the answer."
)
def quote(
    file: Path, usage: str, before: str, extra: str, month: int | None, months: int, minimum: str, form: str
) -> None:
    """Price a usage by a tariff file, tier by tier."""
    tariff = _tariff(file)
    try:
        tariff = replace(tariff, minimum=number(minimum, TariffError))
        priced = price_usage(
            tariff,
            number(usage, UsageError),
            number(before, UsageError),
            end_month=_end_month(tariff, month),
            months=months,
            extra=number(extra, UsageError),
        )
    except GasRuleError as error:
        raise _refusal(_said(error)) from error
    click.echo(as_json(priced) if form == "json" else as_text(priced))


def gas_commands() -> list[click.Command]:
    """The commands that the gas plugin adds to the command line."""
    return [gas]


def as_json(priced: Priced) -> str:
    """The lines and the total as one line of JSON, every figure but the tier's number a string."""
    return json.dumps({"lines": _rows(priced), "total": f"{priced.total:.2f}"}, separators=(",", ":"))


def as_text(priced: Priced) -> str:
    """The lines and the total as a table for a terminal."""
    head = [gettext("tier"), gettext("m3"), gettext("yuan/m3"), gettext("yuan")]
    foot = [gettext("total"), plain(priced.charged), "", f"{priced.total:.2f}"]
    body = [[str(cell) for cell in row.values()] for row in _rows(priced)]
    return "\n".join("".join(f"{cell:>14}" for cell in row) for row in (head, *body, foot))


def _rows(priced: Priced) -> list[dict[str, int | str]]:
    return [
        {
            "tier": line.tier,
            "volume_m3": plain(line.volume),
            "price": _price_text(line.price),
            "amount": f"{line.amount:.2f}",
        }
        for line in priced.lines
    ]


def _price_text(price: Decimal) -> str:
    """The price with the decimals it has in the file, from 2 up to the 4 that a price may have."""
    exponent = price.as_tuple().exponent
    return f"{price:.{min(max(2, -int(exponent)), 4)}f}"


def _tariff(file: Path) -> Tariff:
    try:
        return read_tariff(file)
    except TariffError as error:
        raise _refusal(f"{click.format_filename(file)}: {_said(error)}") from error


def _end_month(tariff: Tariff, month: int | None) -> int:
    if month is not None:
        return month
    if len(tariff.seasons) > 1:
        raise UsageError(N_("The tariff has seasons: name the bill's last month with --month, from 1 to 12."))
    return ANY_MONTH


def _said(error: GasRuleError) -> str:
    return str(gettext(error.template) % error.params)


def _refusal(text: str) -> click.ClickException:
    return click.ClickException(" ".join(text.split()))
