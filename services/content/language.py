"""What plain language asks of a text, as far as it can be counted. The measure: docs of the content folder, B1."""

import re
from collections.abc import Iterator

from services.content.faults import Fault, FaultKind
from services.content.hard_words import hard_words, unexplained_words
from services.content.hints import double_negation, familiar_address, passive
from services.content.notation import notation
from services.fill import PLACEHOLDER

MOST_WORDS_IN_A_SENTENCE = 20
MOST_WORDS_IN_A_MESSAGE = 60
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


def faults(text: str, language: str, before: str = "") -> Iterator[Fault]:
    """What is wrong with the wording. `before`: what the reader has just read; a word explained there is explained."""
    for sentence in sentences(text):
        if (number := len(words(sentence))) > MOST_WORDS_IN_A_SENTENCE:
            yield Fault(FaultKind.LONG_SENTENCE, f"a sentence of {number} words: '{sentence}'", (str(number), sentence))
        yield from passive(sentence, language)
        yield from double_negation(sentence, language)
    if (number := len(words(text))) > MOST_WORDS_IN_A_MESSAGE:
        yield Fault(FaultKind.LONG_MESSAGE, f"a message of {number} words", (str(number),))
    if found := FIGURE_IN_PROSE.search(PLACEHOLDER.sub(" ", text)):
        figure = found.group()
        yield Fault(FaultKind.FIGURE_IN_PROSE, f"a figure in prose: '{figure}' (bind it to a dated figure)", (figure,))
    yield from notation(text, language)
    yield from hard_words(text, language)
    yield from unexplained_words(text, language, before)
    if language == "nl":
        yield from familiar_address(text)
