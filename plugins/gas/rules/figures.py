"""Exact figures: volumes (m3) and unit prices (yuan) with four decimals, amounts in whole fen.

The database keeps volumes and prices as integers of 1/10,000 and amounts as integers of one fen; here they
are `Decimal`. The limits keep the product of a volume and a price inside a 64-bit integer, so that the
billing statement and these functions agree for every figure that they accept.
"""

from decimal import ROUND_HALF_UP, Decimal

from plugins.gas.rules.errors import N_, GasRuleError, PaymentError

ZERO = Decimal(0)
FEN = Decimal("0.01")
SMALLEST = Decimal("0.0001")
MOST_VOLUME = Decimal("99999999.9999")  # m3: one volume, as eight dials show it
MOST_PRICE = Decimal("500")  # yuan per m3
MOST_AMOUNT = Decimal("99999999999.99")  # yuan


def half_up(amount: Decimal) -> Decimal:
    """Round an amount in yuan to the fen; half a fen goes up (5 m3 x 4.025 = 20.125 is 20.13)."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def amount_fen(volume_e4: int, price_e4: int) -> int:
    """The amount in fen of a volume and a price, both integers of 1/10,000 and not negative.

    It is `half_up(volume * price)` in integers only, the form in which the billing statement computes it:
    1/10,000 x 1/10,000 is 1/1,000,000 of a fen, so half a fen is 500,000.
    """
    return (volume_e4 * price_e4 + 500_000) // 1_000_000


def plain(figure: Decimal) -> str:
    """A figure without exponent and without trailing zeros: 20.0 is "20", 0.3500 is "0.35"."""
    return format(figure.normalize(), "f") if figure else "0"


def check_figure(figure: Decimal, most: Decimal, error: type[GasRuleError]) -> None:
    """Refuse, as `error`, what is below zero, above `most`, finer than four decimals or no number at all.

    TypeError for anything but a Decimal: a float has already lost the exact figure.
    """
    if not isinstance(figure, Decimal):
        raise TypeError(f"an exact Decimal is needed, not {type(figure).__name__}")
    if not figure.is_finite() or not ZERO <= figure <= most or figure % SMALLEST:
        raise error(
            N_("%(figure)s cannot be used: give a number from 0 to %(most)s with at most 4 decimals."),
            figure=str(figure),
            most=plain(most),
        )


def check_amount(amount: Decimal) -> None:
    """Refuse an amount of money that is not above zero, has parts of a fen or is no number (PaymentError)."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"an exact Decimal is needed, not {type(amount).__name__}")
    if not amount.is_finite() or not ZERO < amount <= MOST_AMOUNT or amount % FEN:
        raise PaymentError(
            N_("%(amount)s is not an amount of money: give yuan above 0 with at most 2 decimals."),
            amount=str(amount),
        )
