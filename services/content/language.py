"""What plain language asks of a text, as far as it can be counted. The measure: docs of the content folder, B1."""

import re
from collections.abc import Iterator

from services.content.faults import Fault, FaultKind
from services.fill import PLACEHOLDER

MOST_WORDS_IN_A_SENTENCE = 20
MOST_WORDS_IN_A_MESSAGE = 60
AVOID = {
    "helaas": "leave it out",
    "middels": "met",
    "indien": "als",
    "tevens": "ook",
    "derhalve": "dus",
    "echter": "maar",
    "teneinde": "om",
    "dient u": "moet u",
    "verstrekken": "geven",
    "conform": "volgens",
    "betreffende": "over",
    "inzake": "over",
    "mits": "als",
    "tenzij": "behalve als",
    "bovengenoemde": "deze",
    "desgewenst": "als u wilt",
    "woonachtig": "woont",
    "inlichtingenplicht": "alles doorgeven",
    "belanghebbende": "u",
}
# Ages, years, dates, and the numbers 112, 113 and 0800-0113 are names rather than figures.
FIGURE_IN_PROSE = re.compile(
    r"€|\d[\d.,]*\s*(?:%|euro\b|procent\b|percent\b|(?:kalender)?maand(?:en)?\b|we(?:ek|ken)\b|dag(?:en)?\b|uur\b|uren\b"
    r"|months?\b|weeks?\b|days?\b|hours?\b)",
    re.IGNORECASE,
)
END_OF_SENTENCE = re.compile(r"(?<=[.!?])[\"')\]]*\s+")


def sentences(text: str) -> list[str]:
    return [part for line in text.split("\n") for part in END_OF_SENTENCE.split(line) if part.strip()]


def words(text: str) -> list[str]:
    """A figure counts as one word."""
    return [word for word in PLACEHOLDER.sub("0", text).split() if any(c.isalnum() for c in word)]


def faults(text: str, language: str) -> Iterator[Fault]:
    """What is wrong with the wording."""
    for sentence in sentences(text):
        if (number := len(words(sentence))) > MOST_WORDS_IN_A_SENTENCE:
            yield Fault(FaultKind.LONG_SENTENCE, f"a sentence of {number} words: '{sentence}'", (str(number), sentence))
    if (number := len(words(text))) > MOST_WORDS_IN_A_MESSAGE:
        yield Fault(FaultKind.LONG_MESSAGE, f"a message of {number} words", (str(number),))
    if found := FIGURE_IN_PROSE.search(PLACEHOLDER.sub(" ", text)):
        figure = found.group()
        yield Fault(FaultKind.FIGURE_IN_PROSE, f"a figure in prose: '{figure}' (bind it to a dated figure)", (figure,))
    if language == "nl":
        for word, better in AVOID.items():
            if re.search(rf"\b{word}\b", text, re.IGNORECASE):
                yield Fault(FaultKind.HARD_WORD, f"'{word}' (say: {better})", (word, better))
