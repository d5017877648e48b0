"""Numbers as people write them: "1.200,50", "€ 15,-", "vierentwintig", "anderhalf"; in Dutch and in English."""

import re
import unicodedata
from decimal import Decimal

UNITS = {
    "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9,
}  # fmt: skip
TEENS = {
    "tien": 10, "elf": 11, "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16,
    "zeventien": 17, "achttien": 18, "negentien": 19,
}  # fmt: skip
TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}
ENGLISH_UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
}  # fmt: skip
ENGLISH_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
ENGLISH_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}


def _spelled() -> dict[str, str]:
    words: dict[str, int] = {**UNITS, **TEENS, **TENS, **ENGLISH_UNITS, **ENGLISH_TEENS, **ENGLISH_TENS, "nul": 0}
    for ten, tens in TENS.items():
        words |= {f"{unit}en{ten}": tens + ones for unit, ones in UNITS.items()}
    for ten, tens in ENGLISH_TENS.items():
        words |= {f"{ten}{sign}{unit}": tens + ones for unit, ones in ENGLISH_UNITS.items() for sign in " -"}
    words |= {f"{word}honderd": value * 100 for word, value in {**UNITS, **TEENS}.items() if value != 10}
    words |= {"honderd": 100, "duizend": 1000}
    # As an article "een" is no number; "één" is made a figure before the accents go.
    del words["een"]
    return {word: str(value) for word, value in words.items()} | {"anderhalf": "1,5", "anderhalve": "1,5"}


SPELLED = _spelled()
# "ten minste", "ten opzichte van": Dutch, and no number.
WORDS = re.compile(
    r"\b(?:" + "|".join(sorted(SPELLED, key=len, reverse=True)) + r")\b(?!\s+(?:minste|opzichte|slotte|eerste|behoeve))"
)
NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?)(?!\d)"
EURO = r"(?:€|eur(?:o(?:'?s|tjes)?)?\b)"
AMOUNT = rf"(?:{EURO}\s*)?(?<![\d.,])({NUMBER})(?:,-+)?\s*(?:{EURO})?"
"""An amount of money, with or without its sign; the number is the group."""
SIGNED = rf"(?:{EURO}\s*(?<![\d.,])({NUMBER})(?:,-+)?|(?<![\d.,])({NUMBER})(?:,-+)?\s*{EURO})"
"""An amount with its sign, which is in one of two groups."""

CENTS_APART = re.compile(
    r"(?<![\d.,])(\d{1,5}) euro (?:en )?(\d\d)(?: cent\b|(?=[.!?]|$| (?:per|bruto|netto|an?|p/u)\b))"
)


def plain(text: str) -> str:
    """Small letters without accents, one space between words, and figures for numbers in words."""
    shown = re.sub(r"\b[eé][eé]n\b", lambda found: "1" if "é" in found[0] else found[0], text.casefold())
    shown = shown.replace("’", "'").replace("½", ",5").replace("–", "-")
    letters = unicodedata.normalize("NFD", shown)
    bare = unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))
    figures = WORDS.sub(lambda found: SPELLED[found[0]], re.sub(r"\s+", " ", bare)).strip()
    return CENTS_APART.sub(r"\1,\2 euro", figures)


def number(shown: str) -> Decimal:
    """`1.200` is a thousand and more; `14.50` and `14,50` have cents."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?", shown):
        return Decimal(shown.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?", shown):
        return Decimal(shown.replace(",", ""))
    return Decimal(shown.replace(",", "."))


def as_text(value: Decimal) -> str:
    """As it is kept in an answer: `20`, `17.5`."""
    return f"{value.normalize():f}"


def numbers_in(text: str) -> list[Decimal]:
    return [number(found) for found in re.findall(rf"(?<![\d.,])({NUMBER})", text)]


def without(text: str, found: re.Match[str]) -> str:
    """What is left of a text when this was read; a bar stands there, so that its neighbours do not join."""
    return f"{text[: found.start()]} | {text[found.end() :]}"
