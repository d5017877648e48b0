"""Which list somebody means by "mijn lijst": of applications after telling one, of agreements after seeing those.

Alone it is the list of who goes to work; so the understanding takes it, and nothing is done here after that list.
"""

import re

from sqlalchemy.orm import Session

from services.agreements_told import TOPIC as AGREEMENTS
from services.checklist.tell import TOPIC as CHECKLIST
from services.effort.answer import TOPIC as EFFORTS
from services.follow_up import last_answers

LISTS = {EFFORTS: f'/{EFFORTS}{{"kind": "list"}}', AGREEMENTS: f"/{AGREEMENTS}", CHECKLIST: None}
"""What to see each list by; None where the line means it already."""
MOST_WORDS = 10
_THE_LIST = re.compile(r"\b(?:lijst(?:je)?|list)\b")
_NOTHING_ELSE = re.compile(
    r"(?:\b(?:laat|laten|toon|bekijk|bekijken|geef|lees|open|zie|zien|kan|kunt|kun|wil|mag|ik|u|je|jij|mij|me|mijn|mn"
    r"|m['’]n|de|die|deze|dat|het|hele|eens|even|nog|weer|opnieuw|(?:een )?keer|nu|graag|alsjeblieft|alstublieft|aub"
    r"|wat|waar|staat|staan|er|op|is|heb|ook|en|hoi|hallo|lijst|lijstje"
    r"|show|see|give|read|view|look|at|my|the|that|this|whole|again|once|more|please|can|could|may|you|i|want|to|would"
    r"|like|what(?:['’]s)?|where|on|there|now|and|have|hi|hello|list)\b[ ,.?!]*)+"
)
"""All that stands around the list of who asks to see it; any other word says which one, or asks something else."""


def asks_for_list(line: str) -> bool:
    """It says nothing but that a list is to be seen."""
    text = line.casefold().strip()
    few = len(text.split()) <= MOST_WORDS
    return few and _THE_LIST.search(text) is not None and _NOTHING_ELSE.fullmatch(text) is not None


def list_meant(session: Session, municipality_id: int, conversation: str, line: str) -> str | None:
    """The payload that shows the list that was spoken about last; None when there is none, or the line says it."""
    if not asks_for_list(line):
        return None
    answers = last_answers(session, municipality_id, conversation)
    return next((LISTS[topic] for topic, _ in answers if topic in LISTS), None)
