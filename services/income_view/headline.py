"""The sentence above all: what is left more or less than now, and until when."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from services.income_view.amounts import day, euros, hours
from services.phrases import Phrases

WORTH_TELLING = Decimal(5)
"""Per month: less is within what an estimate can tell."""


def headline(outcome: Mapping[str, Any], phrases: Phrases) -> str:
    """One sentence, or one for each end of a range; then what becomes of it later, when that is another amount."""
    first = Decimal(outcome["difference"])
    if outcome.get("until"):
        ends = zip(outcome["asked"], (first, Decimal(outcome["until"]["difference"])), strict=True)
        return " ".join(_sentence(phrases, amount, hours(at)) for at, amount in ends)
    return " ".join([_sentence(phrases, first), *_later(outcome, first, phrases)])


def _sentence(phrases: Phrases, amount: Decimal, at: str | None = None) -> str:
    told = euros(abs(amount))
    if at is None:
        if abs(amount) < WORTH_TELLING:
            return phrases.say("calculation_same")
        return phrases.say("calculation_more" if amount > 0 else "calculation_less", bedrag=told)
    if abs(amount) < WORTH_TELLING:
        return phrases.say("calculation_same_at", uren=at)
    return phrases.say("calculation_more_at" if amount > 0 else "calculation_less_at", uren=at, bedrag=told)


def _later(outcome: Mapping[str, Any], now: Decimal, phrases: Phrases) -> list[str]:
    """From the first month that differs; the others stand further down on the page."""
    for change in outcome["ahead"]:
        then = Decimal(change["difference"])
        if abs(then - now) >= WORTH_TELLING:
            key = "calculation_then_more" if then > 0 else "calculation_then_less"
            key = "calculation_then_same" if abs(then) < WORTH_TELLING else key
            return [phrases.say(key, datum=day(change["on"], phrases.language), bedrag=euros(abs(then)))]
    return []
