"""The one place where money is rounded."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def to_cents(euros: Decimal) -> Decimal:
    """Euros rounded to whole cents, half a cent up (away from zero)."""
    return euros.quantize(CENT, rounding=ROUND_HALF_UP)
