"""Dates and amounts as they are written everywhere: "maandag 7 december 2026", "1 January 2027", "€ 1.419,46"."""

import re
from collections.abc import Iterator
from datetime import date

from babel.dates import get_day_names, get_month_names

from services.content.faults import Fault, FaultKind
from services.fill import PLACEHOLDER

LOCALES = {"nl": "nl", "en": "en_GB"}
MONTHS = {
    language: [get_month_names("wide", locale=locale)[number] for number in range(1, 13)]
    for language, locale in LOCALES.items()
}
DAYS = {
    language: [get_day_names("wide", locale=locale)[number] for number in range(7)]
    for language, locale in LOCALES.items()
}
"""Monday first, as `date.weekday` counts."""

DATE_IN_NUMBERS = r"\b\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b"
SHORT_MONTH = r"\b\d{1,2}\s(?:jan|feb|febr|mrt|mar|apr|jun|jul|aug|sept?|okt|oct|nov|dec)\b\.?"
# Its own sign, or one behind it: the figure brings its sign along.
SIGN_TWICE = r"€\s?\{[^}]*\}|\{(?!gemeente)[^}]*\}\s?(?:euro|procent|percent|%)"
AMOUNT = re.compile(r"€\s?\d[\d.,]*(?:-|\b)|€\s?[\d.,]+-?")
GOOD_AMOUNT = re.compile(r"€\s\d{1,3}(?:\.\d{3})*(?:,\d{2})?")


def notation(text: str, language: str) -> Iterator[Fault]:
    """Each date and amount that is written in another way, with the way that was agreed."""
    example = "7 December 2026" if language == "en" else "7 december 2026"
    bare = PLACEHOLDER.sub("0", text)
    for pattern in (DATE_IN_NUMBERS, SHORT_MONTH, _other_way(language)):
        if found := re.search(pattern, bare):
            yield _fault(found.group(), example)
    if found := re.search(SIGN_TWICE, text):
        yield _fault(found.group(), "{...}")
    for amount in AMOUNT.findall(bare):
        if not GOOD_AMOUNT.fullmatch(amount.rstrip(".,")):
            yield _fault(amount, "€ 1.419,46")
    yield from _wrong_days(bare, language)


def _other_way(language: str) -> str:
    months = "|".join(MONTHS[language])
    if language == "en":
        return rf"\b(?:{months}) \d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?:{months})\b"
    return rf"\b\d{{1,2}}e? (?:{'|'.join(month.capitalize() for month in MONTHS['nl'])})\b|\b0\d (?:{months})\b"


def _wrong_days(text: str, language: str) -> Iterator[Fault]:
    """A day of the week that does not belong to its date sends somebody on the wrong day."""
    days, months = DAYS[language], MONTHS[language]
    asked = rf"\b({'|'.join(days)}) (\d{{1,2}}) ({'|'.join(months)}) (\d{{4}})\b"
    for found in re.finditer(asked, text, re.IGNORECASE):
        named, number, month, year = found.groups()
        lowered = [name.casefold() for name in months]
        try:
            day = date(int(year), lowered.index(month.casefold()) + 1, int(number))
        except ValueError:
            yield _fault(found.group(), "...")
            continue
        if days[day.weekday()].casefold() != named.casefold():
            yield _fault(found.group(), f"{days[day.weekday()]} {number} {month} {year}")


def _fault(typed: str, right: str) -> Fault:
    return Fault(FaultKind.NOTATION, f"'{typed}' (write it as: {right})", (typed, right))
