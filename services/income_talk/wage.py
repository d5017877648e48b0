"""What the work pays: "bij de Jumbo voor 15 euro", "1200 bruto in de maand", "14,50", "900 netto", "minimumloon"."""

import re
from decimal import Decimal
from typing import NotRequired, TypedDict

from services.income_talk.numbers import AMOUNT, NUMBER, SIGNED, number, numbers_in, without


class Wage(TypedDict):
    """An amount per `hour`, `week`, `four_weeks`, `month` or `year`; or the legal minimum."""

    amount: NotRequired[str]
    per: NotRequired[str]
    net: NotRequired[bool]
    minimum: NotRequired[bool]


MINIMUM: Wage = {"minimum": True}
PER = {
    "hour": r"uurtje|uur|u|hour|hr|h",
    "four_weeks": r"(?:4|vier) weken|4 weeks|periode",
    "week": r"week|wk|w",
    "month": r"maand|mnd|mand|month|mo",
    "year": r"jaar|year|annum",
}
SIDES = r"(?:\s*(?:bruto|netto|gross|net|euro'?s?|€|schoon|in het handje|before tax|after tax|loon|salaris))*"
EACH = r"\s*(?:per|in de|in het|in een|de|het|p/?|/|an?|each|every|elke|iedere)\s*"
PERIODS = "|".join(f"(?P<{name}>{words})" for name, words in PER.items())
PAID = re.compile(rf"{AMOUNT}{SIDES}{EACH}(?:{PERIODS})\b")
WORDS = (
    r"(?:uurloon|maandloon|bruto ?loon|netto ?loon|loon|salaris|verdien(?:en|t|de)?|betalen|betaalt"
    r"|krijg(?:en)? (?:ik )?"
    r"betaald|wage|salary|earn(?:ing)?|paid|pays?|bruto|netto|gross|net)"
)
NAMED = re.compile(rf"\b{WORDS}\W+(?:(?!huur|rent)[a-z']+\W+){{0,4}}?{AMOUNT}(?!\s*(?:uur|u\b|hours?|jaar|kind|%))")
NAMED_BEHIND = re.compile(rf"{AMOUNT}\s*(?:bruto|netto|gross|net|loon|salaris|schoon)\b")
LOWEST = re.compile(r"\bminimum(?:uur|maand|jeugd)?(?:loon|wage|lonen| wage| loon)?\b|\bminimaal loon\b")
NET = re.compile(r"\bnetto|\bnet\b|schoon|handje|after tax|op mijn rekening|take[- ]home")
HOURLY, MONTHLY = (Decimal(3), Decimal(75)), (Decimal(150), Decimal(9000))
"""Between these an amount without a period can only be meant so."""
MOST = {
    "hour": Decimal(150), "week": Decimal(2500), "four_weeks": Decimal(10_000), "month": Decimal(10_000),
    "year": Decimal(120_000),
}  # fmt: skip
OTHER_MONEY = re.compile(
    r"spaar|sparen|\bschuld|erf(?:enis|t\b)|toeslag|uitkering|\bgift|\bauto\b|boete|lening|vermogen|bank|huur"
    r"|rent\b|savings?\b"
    r"|debt|benefit|allowance|alimentatie|kinderbijslag|\bik betaal\b|\bi pay\b"
)
FOR = re.compile(
    rf"\b(?:voor|tegen|keer|x|maal|for|at|times)\s+({NUMBER})(?![.,]?\d)(?=\s*(?:$|[,.;!?]|(?:en|and|met|with|als|in|bij)\b))"
)
"""What somebody works for: `16 uur voor 14,99`."""


def take_wage(text: str) -> tuple[Wage | None, str]:
    """A wage that is called so or has its period; and what is left of the text."""
    if found := PAID.search(text):
        per = next(name for name in PER if found[name])
        if not OTHER_MONEY.search(text[max(0, found.start() - 30) : found.start()]):
            return _wage(found[1], per, text), without(text, found)
    if found := NAMED.search(text) or NAMED_BEHIND.search(text):
        return _by_size(found[1], text), without(text, found)
    if found := LOWEST.search(text):
        return MINIMUM, without(text, found)
    return None, text


def take_amount_as_wage(text: str) -> tuple[Wage | None, str]:
    """An amount with its sign, in a line that names no other money: `20 uur bij de Jumbo voor 15 euro`."""
    found = None if OTHER_MONEY.search(text) else re.search(SIGNED, text) or FOR.search(text)
    if found is None:
        return None, text
    return _by_size(next(shown for shown in found.groups() if shown), text), without(text, found)


def wage_alone(text: str) -> Wage | None:
    """When the wage was asked for, a number alone is one; which of two it is nobody can tell."""
    if OTHER_MONEY.search(text) or (len(numbers_in(text)) > 1 and not re.search(SIGNED, text)):
        return None
    found = re.search(AMOUNT + r"(?!\s*(?:uur|u\b|hours?|jaar|kind|%))", text)
    return _by_size(found[1], text) if found else None


def _by_size(shown: str, text: str) -> Wage | None:
    """Small is per hour, large per month; what lies between is not guessed at."""
    amount = number(shown)
    for per, (least, most) in (("hour", HOURLY), ("month", MONTHLY)):
        if least <= amount <= most:
            return _wage(shown, per, text)
    return None


def _wage(shown: str, per: str, text: str) -> Wage | None:
    amount = number(shown)
    if not 0 < amount <= MOST[per]:
        return None
    wage: Wage = {"amount": f"{amount:.2f}", "per": per}
    return {**wage, "net": True} if NET.search(text) else wage
