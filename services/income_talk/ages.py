"""How old the adults are: "ik ben 34", "34 jaar", "mijn vrouw is 31", "geboren in 1990", "34 en 31"."""

import re
from datetime import date

from services.income_talk.numbers import without

YOUNGEST, OLDEST = 14, 99
SELF, PARTNER = 0, 1
PARTNER_WORDS = (
    r"(?:partner|vrouw|man|vriend(?:in)?|echtgeno(?:te?|ot)|verloofde|wife|husband|girlfriend|boyfriend|spouse)"
)
OLD = r"\s*(?:jaar|jaren|jr|years?|yrs?)(?:\s*(?:oud|old|of age))?\b"
NOT_AN_AGE = r"(?!\s*(?:uur|u\b|hours?|uren|euro|€|%|maand|mnd|month|week|weken|dag|kind|child|keer|x\b|[.,]\d))"
OF_PARTNER = re.compile(
    rf"(?<!ex )(?<!ex-)\b{PARTNER_WORDS}\b(?! en ik)\s*(?:is|wordt|van|\(|:|=|,|aged?|nu|ook"
    rf"|\s)*(?<![\d.,])(\d\d)(?!\d){NOT_AN_AGE}(?:{OLD})?"
    rf"|\b(?:zij|hij|ze|she|he) is\s*(\d\d)(?!\d){NOT_AN_AGE}(?:{OLD})?"
)
OF_SELF = re.compile(
    rf"\b(?:ik (?:ben|word)|ben(?: zelf)?|i am|i'm|im|leeftijd(?: is)?|zelf)\s*(?:nu |ook |al |zelf |:"
    rf"|=)*(?<![\d.,])(\d\d)(?!\d){NOT_AN_AGE}(?:{OLD})?"
)
YEARS = re.compile(rf"(?<![\d.,])(\d\d)(?!\d){OLD}(?!\s*(?:geleden|ago|in de|bijstand|ervaring|gewerkt|getrouwd))")
BORN = re.compile(
    r"\b(?:geboren|geb\.?|born|bouwjaar|uit|van)\s*(?:in |op )?(?:\d{1,2}[-/ ]\w+[-/ ])?(19[3-9]\d|200\d|201[0-2])\b"
)
YEAR = re.compile(r"\b(19[3-9]\d|200\d|201[0-2])\b")
TWO = re.compile(
    r"(?<![\d.,])(\d\d)(?!\d)\s*(?:jaar)?\s*(?:,|en|and|&|/|-| )\s*(?:mijn \w+ (?:is )?)?(\d\d)(?!\d)" + NOT_AN_AGE
)
BARE = re.compile(rf"(?<![\d.,])(\d\d)(?!\d){NOT_AN_AGE}")


def take_ages(text: str, today: date) -> tuple[dict[int, int], str]:
    """Ages by person: 0 who asks, 1 the partner."""
    ages: dict[int, int] = {}
    for person, pattern in ((PARTNER, OF_PARTNER), (SELF, OF_SELF), (SELF, BORN), (SELF, YEARS)):
        found = pattern.search(text)
        if found is None or person in ages:
            continue
        age = _age(next(part for part in found.groups() if part), today)
        if age is not None:
            ages[person] = age
            text = without(text, found)
    return ages, text


def ages_alone(text: str, today: date, wanted: int, first: int = SELF) -> dict[int, int]:
    """When ages were asked for, numbers alone are those, of `wanted` people from `first` on."""
    if wanted > 1 and (found := TWO.search(text)):
        both = [_age(shown, today) for shown in found.groups()]
        return {first + place: age for place, age in enumerate(both) if age is not None}
    found = YEAR.search(text) or BARE.search(text)
    age = _age(found[1], today) if found else None
    return {} if age is None else {first: age}


def _age(shown: str, today: date) -> int | None:
    """Of a year of birth the age that is reached in this year: nearer than that nobody tells."""
    age = today.year - int(shown) if len(shown) == 4 else int(shown)
    return age if YOUNGEST <= age <= OLDEST else None
