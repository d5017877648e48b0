"""Months in which somebody worked before: "nee, nog nooit", "al 4 maanden", "2 jaar"; and from when work begins."""

import re
from datetime import date

from services.income_talk.numbers import without

MOST = 60
N = r"(?<![\d.,])(\d{1,2})(?![\d.,])"
MONTH = rf"{N}\s*(?:maand(?:en)?|mnd|months?)\b"
WORKED = re.compile(
    rf"\b(?:al|reeds|eerder|vorig jaar|already|before|werk(?:te|t)?|gewerkt|vrijlating|worked"
    rf"|for)\s+(?:\w+\s+){{0,3}}?{MONTH}"
    rf"|{MONTH}\s*(?:\w+\s+){{0,3}}?(?:gewerkt|vrijlating|geleden|worked|al\b|naast)"
)
NEVER = re.compile(r"\b(?:nog nooit|nooit|niet eerder|never|nog niet)\b")
NO = re.compile(r"^(?:nee|neen|no|nope|0|nog niet|niet)\b")
ALONE = re.compile(MONTH)
YEARS = re.compile(rf"{N}\s*(?:jaar|jaren|years?)\b|\b(?:een|1|a) (?:jaar|year)\b")
BARE = re.compile(N)
NAMES = {
    "januari": 1, "februari": 2, "maart": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "augustus": 8,
    "september": 9, "oktober": 10, "november": 11, "december": 12,
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10,
}  # fmt: skip
STARTS = re.compile(
    rf"\b(?:(?:per|vanaf|op|in|begin|eind|start(?:ing)?|from|on|ga ik|in de maand)\s+(?:van )?)+(?:(\d{{1,2}})(?:e"
    rf"|st|nd|rd|th)? )?({'|'.join(NAMES)})\b(?: (20\d\d))?"
    rf"|(?<![\d.,])(\d{{1,2}}) ({'|'.join(NAMES)})\b(?: (20\d\d))?"
)
NEXT_MONTH = re.compile(r"\b(?:volgende maand|next month)\b")


def take_months(text: str) -> tuple[int | None, str]:
    found = WORKED.search(text)
    if found is None:
        return None, text
    return min(int(found[1] or found[2]), MOST), without(text, found)


def months_alone(text: str) -> int | None:
    """When it was asked for how many months somebody worked before."""
    if NEVER.search(text) or NO.search(text):
        return 0
    if found := ALONE.search(text):
        return min(int(found[1]), MOST)
    if found := YEARS.search(text):
        return min(12 * int(found[1] or 1), MOST)
    found = BARE.search(text)
    return min(int(found[1]), MOST) if found else None


def take_start(text: str, today: date) -> tuple[date | None, str]:
    """The day on which work begins, when it lies ahead; of a month its first day."""
    if found := NEXT_MONTH.search(text):
        return date(today.year + today.month // 12, today.month % 12 + 1, 1), without(text, found)
    found = STARTS.search(text)
    if found is None:
        return None, text
    day, month, year = found[1] or found[4], NAMES[found[2] or found[5]], found[3] or found[6]
    start = _ahead(int(day or 1), month, int(year) if year else None, today)
    return (start, without(text, found)) if start and start > today else (None, without(text, found))


def _ahead(day: int, month: int, year: int | None, today: date) -> date | None:
    """Without a year the next time that this day comes."""
    try:
        start = date(year or today.year, month, day)
        return start if year or start >= today else date(today.year + 1, month, day)
    except ValueError:
        return None
