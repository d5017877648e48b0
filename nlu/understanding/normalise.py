"""One notation for what people type: same letters, same case, same kind of number."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2000  # characters; a longer message says its question early, and time stays bounded

_AMOUNT = re.compile(
    r"(?:€|\beur(?:o|os|o's)?\b)\s*\d+(?:[.,]\d+)*(?:,-)?"
    r"|\b\d+(?:[.,]\d+)*(?:,-)?\s*(?:€|eur\b|euros?\b|euro's\b|k\b)"
)
_PERCENTAGE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:%|procent\b|percent\b)")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\s*(?:uur|u|h)\b|\b\d{1,2}:\d{2}\b|\b\d{1,2}\s*(?:uur|u)\b(?= *(?:s|['’]s|tot|en)\b)")
_DATE = re.compile(r"\b\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# 112 and 113 are emergency numbers, and up to two figures are ages, hours and months: those carry meaning.
_LONG_NUMBER = re.compile(r"\b(?!11[23]\b)\d+(?:[.,]\d+)+\b|\b(?!11[23]\b)\d{3,}\b")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_APOSTROPHE = re.compile(r"['’‘`´]")
_GREETING = re.compile(
    r"^(?:hallo+|hoi+|hey+|hai|dag|hello|hi|good (?:morning|afternoon|evening)|goede?(?:n)? ?(?:dag|morgen|middag|avond))\b"
    r"[\s,.!]*(?:(?:allemaal|gemeente|meneer|mevrouw|there|sir|madam)\b[\s,.!]*)?(?=(?:\S+\s+){4}\S)"
)
"""Words with which a line begins that tells more: they say nothing about its topic."""
_NO_WORD = re.compile(r"[^\w?]+|_+")


def normalise(text: str) -> str:
    """Text as the features see it: lower case words, kinds of numbers, question marks, single spaces."""
    text = _plain_letters(text[:LONGEST])
    text = _GREETING.sub("", text.lstrip())
    text = _name_numbers(text)
    text = _STRETCHED.sub(r"\1\1", text)
    text = _APOSTROPHE.sub("", text)
    text = _NO_WORD.sub(" ", text).replace("?", " ? ")
    return " ".join(text.split())


def _plain_letters(text: str) -> str:
    """NFKC, lower, without accents; control characters become spaces, invisible ones (bidi, zero width) vanish."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())
    kept = []
    for character in folded:
        kind = unicodedata.category(character)
        if kind == "Cc":
            kept.append(" ")
        elif kind not in ("Cf", "Mn", "Me", "Co", "Cs", "Cn"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _name_numbers(text: str) -> str:
    """Replaces a number by its kind: which amount it was tells nothing about the topic."""
    text = _AMOUNT.sub(" geldbedrag ", text)
    text = _PERCENTAGE.sub(" procentgetal ", text)
    text = _TIME.sub(" tijdstip ", text)
    text = _DATE.sub(" datumgetal ", text)
    text = _YEAR.sub(" jaartal ", text)
    return _LONG_NUMBER.sub(" getal ", text)
