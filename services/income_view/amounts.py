"""Amounts, hours and days as the page of a calculation shows them. Amounts are in Dutch notation in every language."""

from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from benefits.money import to_euros
from benefits.notation import NO_BREAK_SPACE, euros_in_dutch
from services.calendar import in_words

MINUS = "\u2212"


def euros(amount: Decimal) -> str:
    """`€ 1.272`, `− € 12`: whole euros, because it is an estimate."""
    rounded = to_euros(amount)
    return f"{_sign(rounded)}{euros_in_dutch(abs(rounded))}"


def with_sign(amount: Decimal) -> str:
    """`+ € 272`: what is more or less than now."""
    rounded = to_euros(amount)
    return f"+{NO_BREAK_SPACE}{euros(rounded)}" if rounded > 0 else euros(rounded)


def bare(amount: Decimal) -> str:
    """`1.272`: in a column of which the heading says that it is euros."""
    rounded = to_euros(amount)
    return f"{_sign(rounded)}{format_decimal(abs(rounded), '#,##0', locale='nl')}"


def in_dimes(amount: Decimal) -> str:
    """`€ 2,10`: what is kept of ten euros, no more exact than an estimate is."""
    return euros_in_dutch(round(amount, 1))


def cents(amount: Decimal) -> str:
    """`€ 1.272,08`: a step of the calculation, exactly."""
    return f"{_sign(amount)}€{NO_BREAK_SPACE}{format_decimal(abs(amount), '#,##0.00', locale='nl')}"


def hours(told: str) -> str:
    """`17,5`"""
    return told.replace(".", ",")


def day(told: str, language: str) -> str:
    return in_words(date.fromisoformat(told), language)


def _sign(amount: Decimal) -> str:
    return f"{MINUS}{NO_BREAK_SPACE}" if amount < 0 else ""
