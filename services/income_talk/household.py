"""With whom somebody lives: "alleen met mijn 2 kinderen", "samen met mijn vrouw", "bij mijn ouders"."""

import re
from enum import StrEnum

from services.income_talk.ages import PARTNER_WORDS
from services.income_talk.numbers import number, without


class Household(StrEnum):
    ALONE = "alone"
    WITH_CHILDREN = "with_children"
    """Without a partner, with children."""
    WITH_PARTNER = "with_partner"


NO_PARTNER = re.compile(
    rf"\b(?:geen|zonder|no|without a) {PARTNER_WORDS}\b|\bgescheiden\b|\buit elkaar\b|\bdivorced\b|\bweduwe\b"
    rf"|\bweduwnaar\b"
    rf"|\b(?:mijn )?(?:ex)[- ]?{PARTNER_WORDS}\b|\bwidow"
)
PARTNER = re.compile(
    rf"\b(?:met|mijn|m'n|me|with|my|een|heb|have|a|the|ook)\s+(?:een |mijn |m'n |my |a )?(?:nieuwe "
    rf"|vaste )?{PARTNER_WORDS}\b"
    rf"|\bgetrouwd\b|\bgehuwd\b|\bsamenwo\w+|\bwoon(?:t|en)? samen\b|\bwij wonen samen\b|\bmarried\b"
    rf"|\bliving together\b"
    rf"|\blive together\b|\bons gezin\b|\b{PARTNER_WORDS} en (?:ik|kind)"
)
WITH_CHILDREN = re.compile(
    r"\balleenstaande?r? (?:ouder|moeder|vader|mama|papa)\b|\bsingle (?:mother|mom|mum|father|dad|parent)\b"
    r"|\b(?:alleen|alone|samen|woon) (?:met|with) (?:mijn|m'n|me|my|onze|de|twee|\d+|een) ?(?:\d+ )?(?:\w+ )?"
    r"(?:kind|zoon|dochter|child|kid|son|daughter|baby)"
    r"|\b(?:kinderen|kids|children) (?:en ik|and me)\b"
)
ALONE = re.compile(
    r"\b(?:ik )?(?:woon|leef|ben|zit|live|living|am|i'm|im)\s+(?:nu |hier |helemaal |nog |weer |op mezelf "
    r"|completely )?"
    r"(?:alleen|alone|by myself|on my own|op mezelf|zelfstandig alleen)\b(?! (?:met|with)|\s*\d)"
    r"|\balleenstaand(?:e)?\b(?! (?:ouder|moeder|vader|mama|papa))|\bvrijgezel\b|\bop mezelf\b|\bsingle\b(?! (?:mo"
    r"|mu|fa|da|pa))"
    r"|\balleen (?:ik|me|wonend)\b|\b1[- ]?persoons"
)
BARE_ALONE = re.compile(r"\b(?:alleen|alone|allein|niemand|nobody|mezelf|myself|in mijn eentje)\b|^(?:ik|me)$")
BARE_PARTNER = re.compile(rf"\b(?:{PARTNER_WORDS}|samen|together|met zijn 2en|met z'n 2en|wij|we)\b")
BARE_CHILDREN = re.compile(r"\b(?:kind|kinderen|zoon|dochter|child|children|kids?|baby)\b")
PARENTS = re.compile(r"\b(?:bij|met|with|thuis bij) (?:mijn |m'n |me |my )?(?:ouders|parents)\b")
RELATIVE = re.compile(
    r"\b(?:bij|met|with|en|and|ook)\s+(?:mijn |m'n |me |my )(?:\w+ )?"
    r"(?:(?:schoon|groot|stief)?(?:moeder|vader)|(?:schoon)?(?:broer|zus)|oom|tante|opa|oma|neef|nicht|huisgenoot|mother|father|brother|sister"
    r"|uncle|aunt|flatmate|roommate)\b"
)
HOUSEMATES = re.compile(
    r"(?<![\d.,])(\d{1,2}) (?:andere |volwassen )?(?:huisgenoten|kostendelers|medebewoners|volwassenen|broers"
    r"|zussen|flatmates|"
    r"housemates|roommates|adults|mensen|anderen|people|others)\b"
)
NOBODY = re.compile(r"^(?:nee|neen|no|nope|niemand|nobody|geen|none|0|alleen)\b")
BARE = re.compile(r"(?<![\d.,])(\d{1,2})(?![\d.,]|\s*(?:jaar|uur|euro|€))")
ONE_MORE = re.compile(
    r"\b(?:schoon|groot|stief)?(?:moeder|vader|broer|zus|zusje|oom|tante|opa|oma|neef|nicht|huisgenoot|vriend(?:in)?|mother|father|brother|sister|uncle"
    r"|aunt|friend)\b"
)
MOST = 12


def take_household(text: str) -> tuple[Household | None, str]:
    """Who lives without a partner says so before anything else is read into the words."""
    if WITH_CHILDREN.search(text):
        return Household.WITH_CHILDREN, text  # who the children are is read from the same words
    if found := NO_PARTNER.search(text):
        return Household.ALONE, without(text, found)
    if PARTNER.search(text):
        return Household.WITH_PARTNER, text
    if found := ALONE.search(text):
        return Household.ALONE, without(text, found)
    return None, text


def household_alone(text: str) -> Household | None:
    """When it was asked with whom somebody lives, one word is enough."""
    for pattern, kind in (
        (BARE_PARTNER, Household.WITH_PARTNER),
        (BARE_CHILDREN, Household.WITH_CHILDREN),
        (BARE_ALONE, Household.ALONE),
    ):
        if pattern.search(text):
            return kind
    return None


def take_sharers(text: str) -> tuple[int | None, str]:
    """Other adults in the home, besides a partner and children."""
    if found := PARENTS.search(text):
        return 2, without(text, found)
    if found := HOUSEMATES.search(text):
        return _few(found[1]), without(text, found)
    relatives = RELATIVE.findall(text)
    return (len(relatives), RELATIVE.sub(" | ", text)) if relatives else (None, text)


def sharers_alone(text: str) -> int | None:
    if NOBODY.search(text):
        return 0
    if found := BARE.search(text):
        return _few(found[1])
    people = ONE_MORE.findall(text)
    if re.search(r"\b(?:ouders|parents)\b", text):
        return 2
    return len(people) or (1 if re.search(r"\b(?:een|ja 1|iemand|someone)\b", text) else None)


def _few(shown: str) -> int | None:
    return int(number(shown)) if number(shown) <= MOST else None
