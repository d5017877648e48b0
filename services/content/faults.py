"""What can be wrong with content. What misleads is refused everywhere; the rest is told, and may be meant."""

from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    """What `said` holds stands behind each."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    """most characters"""
    STRAY_BRACE = "stray_brace"
    UNKNOWN_FIGURE = "unknown_figure"
    """the name, and names that come close"""
    FIGURE_NOT_KNOWN = "figure_not_known"
    """the name, the day"""
    NO_NUMBER = "no_number"
    """the name"""
    NOTHING_FILLS = "nothing_fills"
    """the name"""
    HAS_A_NAME = "has_a_name"
    """an amount as it was typed, and the placeholders that show it"""
    NO_SOURCE = "no_source"
    BAD_SOURCE = "bad_source"
    """what was typed"""
    TURNED_ROUND = "turned_round"
    TWICE = "twice"
    """what stands twice, and where it stood first"""
    PERSONAL_DATA = "personal_data"
    """the example"""

    LONG_SENTENCE = "long_sentence"
    """number of words, the sentence"""
    LONG_MESSAGE = "long_message"
    """number of words"""
    FIGURE_IN_PROSE = "figure_in_prose"
    """the figure"""
    HARD_WORD = "hard_word"
    """the word, a better one"""
    UNEXPLAINED = "unexplained"
    """the word, what it means"""
    ABBREVIATION = "abbreviation"
    """the short form"""
    NOTATION = "notation"
    """what was typed, how it is written"""
    FAMILIAR = "familiar"
    """the word"""
    PASSIVE = "passive"
    """the words, the sentence"""
    DOUBLE_NEGATION = "double_negation"
    """the words, the sentence"""
    NO_ENGLISH = "no_english"
    NO_WAY_ON = "no_way_on"
    """An answer that leaves somebody with nothing to do."""
    LOOKS_PERSONAL = "looks_personal"
    """the kinds of it: in an answer it may be the number of a counter"""
    FIGURE_ENDS = "figure_ends"
    """the name, its last day"""
    IN_THE_PAST = "in_the_past"
    NO_ANSWER_AFTER = "no_answer_after"
    """the first day without an answer"""
    UNKNOWN_TOPIC = "unknown_topic"
    """the name"""
    FEW_EXAMPLES = "few_examples"
    """how many there are, how many are needed"""
    NO_ANSWER_NOW = "no_answer_now"
    """the day"""


MISLEADS = frozenset(
    {
        FaultKind.EMPTY,
        FaultKind.TOO_LONG,
        FaultKind.STRAY_BRACE,
        FaultKind.UNKNOWN_FIGURE,
        FaultKind.FIGURE_NOT_KNOWN,
        FaultKind.NO_NUMBER,
        FaultKind.NOTHING_FILLS,
        FaultKind.HAS_A_NAME,
        FaultKind.NO_SOURCE,
        FaultKind.BAD_SOURCE,
        FaultKind.TURNED_ROUND,
        FaultKind.TWICE,
        FaultKind.PERSONAL_DATA,
    }
)
"""A resident would read something wrong, or nothing at all; or the content could not be stored."""


@dataclass(frozen=True)
class Fault:
    """`message` is for whoever edits files; a page tells it in the words of its readers, by `kind` and `said`."""

    kind: FaultKind
    message: str
    said: tuple[str, ...] = ()
    where: str = ""

    @property
    def misleads(self) -> bool:
        return self.kind in MISLEADS

    def at(self, where: str) -> "Fault":
        return Fault(self.kind, self.message, self.said, where)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message
