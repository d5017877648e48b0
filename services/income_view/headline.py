"""The sentence above all: what is left more or less than now, and until when. The chat says the same in its words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from benefits.money import to_euros
from services.income_view.amounts import day, euros, hours
from services.phrases import Phrases


def headline(outcome: Mapping[str, Any], phrases: Phrases) -> str:
    """One sentence, or one for each end of a range; then what is left when the exemption changes."""
    first = Decimal(outcome["difference"])
    if outcome.get("until"):
        ends = zip(outcome["asked"], (first, Decimal(outcome["until"]["difference"])), strict=True)
        return " ".join(_sentence(phrases, amount, hours(at)) for at, amount in ends)
    return " ".join([_sentence(phrases, first), *_later(outcome, first, phrases)])


def _sentence(phrases: Phrases, amount: Decimal, at: str | None = None) -> str:
    told, rounded = euros(abs(amount)), to_euros(amount)
    if at is None:
        if not rounded:
            return phrases.say("calculation_same")
        return phrases.say("calculation_more" if rounded > 0 else "calculation_less", bedrag=told)
    if not rounded:
        return phrases.say("calculation_same_at", uren=at)
    return phrases.say("calculation_more_at" if rounded > 0 else "calculation_less_at", uren=at, bedrag=told)


def _later(outcome: Mapping[str, Any], now: Decimal, phrases: Phrases) -> list[str]:
    """The first time; what changes after that, and other amounts, stand further down on the page."""
    change = next((change for change in outcome["ahead"] if "exemption" in change["whys"]), None)
    if change is None or to_euros(Decimal(change["difference"])) == to_euros(now):
        return []
    then = to_euros(Decimal(change["difference"]))
    key = "calculation_then_more" if then > 0 else "calculation_then_less"
    key = key if then else "calculation_then_same"
    return [phrases.say(key, datum=day(change["on"], phrases.language), bedrag=euros(abs(then)))]
