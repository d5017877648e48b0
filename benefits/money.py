"""The one place where money is rounded."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
EURO = Decimal(1)


def to_cents(euros: Decimal) -> Decimal:
    """Euros rounded to whole cents, half a cent up (away from zero)."""
    return euros.quantize(CENT, rounding=ROUND_HALF_UP)


def to_euros(euros: Decimal) -> Decimal:
    """Rounded to whole euros, half a euro up: a toeslag over a year (Awir art. 14)."""
    return euros.quantize(EURO, rounding=ROUND_HALF_UP)


def euros_down(euros: Decimal) -> Decimal:
    """Cut off to whole euros: tax of a year in the wage-tax table, a monthly payment of a toeslag."""
    return euros.quantize(EURO, rounding=ROUND_FLOOR)


def euros_up(euros: Decimal) -> Decimal:
    """Rounded up to whole euros: tax credits of a year in the wage-tax table."""
    return euros.quantize(EURO, rounding=ROUND_CEILING)
