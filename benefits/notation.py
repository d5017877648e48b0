"""A figure or a day as a Dutch text shows it: € 8.000, € 1.419,46, 25%, 4, 1 juli 2026."""

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal

from benefits.money import to_cents
from benefits.series import FigureValue
from benefits.units import MONEY, Unit

NO_BREAK_SPACE = "\u00a0"
EVERY_DECIMAL = "#,##0.##########"


def in_dutch(value: FigureValue) -> str:
    """The value without the name of its unit ("4", to be followed by "weken"); money with its sign."""
    if value.unit in MONEY:
        return euros_in_dutch(value.value)
    if value.unit is Unit.FRACTION:
        return _plain(value.value * 100) + "%"
    return _plain(value.value)


def euros_in_dutch(amount: Decimal) -> str:
    """Whole euros without cents; a no-break space keeps sign and amount on one line."""
    cents = to_cents(amount)
    pattern = "#,##0" if cents == cents.to_integral_value() else "#,##0.00"
    return f"€{NO_BREAK_SPACE}{format_decimal(cents, pattern, locale='nl')}"


@lru_cache(maxsize=512)
def day_in_dutch(day: date) -> str:
    """`1 juli 2026`."""
    return format_date(day, "d MMMM y", locale="nl")


def _plain(number: Decimal) -> str:
    return format_decimal(number, EVERY_DECIMAL, locale="nl")
