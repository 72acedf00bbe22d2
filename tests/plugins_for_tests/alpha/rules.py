"""Alpha's rule book."""

HEAVIEST = 30  # kilograms


def is_too_heavy(kilograms: int) -> bool:
    """Whether a parcel is refused."""
    return kilograms > HEAVIEST
