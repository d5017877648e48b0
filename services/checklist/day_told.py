"""The first working day, or that it is not known yet, out of a line."""

import re
from datetime import date

from services.said_day import find_day

UNKNOWN = "unknown"
"""Told by who does not know the day yet."""
TELLING = ("work_checklist", "report_change", "nlu_fallback", "out_of_scope")
"""Topics as which a told day is understood, also when more is said with it; anything else is a question in between."""
SHORT = 7
"""Words. Who does not know something else says more: "ik weet niet of mijn huur omhoog gaat"."""
DOES_NOT_KNOW = re.compile(
    r"\b(?:we+t|weet) (?:ik )?(?:dat |het |die dag )?(?:nog )?(?:niet|nie)\b|\bgeen idee\b|\bnog niet bekend\b"
    r"|\bnog onbekend\b|\b(?:i )?(?:do not|don'?t) know\b|\bno idea\b|\bnot sure\b|\bnot known\b"
)


def day_told(text: str, topic: str, today: date) -> str | None:
    """As ISO has it. A line that says nothing else than a day is an answer, whatever it was taken for."""
    said = find_day(text, today)
    if said is not None and (said.alone or topic in TELLING):
        return said.day.isoformat()
    return UNKNOWN if len(text.split()) <= SHORT and DOES_NOT_KNOW.search(text.casefold()) else None
