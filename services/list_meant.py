"""Which list somebody means by "mijn lijst": of applications after telling one, of agreements after seeing those.

Alone it is the list of who goes to work; so the understanding takes it, and nothing is done here after that list.
"""

import re

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind
from services.agreements_told import TOPIC as AGREEMENTS
from services.checklist.tell import TOPIC as CHECKLIST
from services.effort.answer import TOPIC as EFFORTS

LOOKS_BACK = 6
"""So many answers ago a list was spoken about at most; one thing told may take two of them."""
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
_TOPICS = (
    select(Message.topic)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Conversation.public_id == bindparam("conversation"), Conversation.municipality_id == bindparam("town"))
    .where(Message.municipality_id == bindparam("town"), Message.kind == MessageKind.ANSWER, Message.topic.is_not(None))
    .order_by(Message.seq.desc())
    .limit(LOOKS_BACK)
)


def asks_for_list(line: str) -> bool:
    """It says nothing but that a list is to be seen."""
    text = line.casefold().strip()
    few = len(text.split()) <= MOST_WORDS
    return few and _THE_LIST.search(text) is not None and _NOTHING_ELSE.fullmatch(text) is not None


def list_meant(session: Session, municipality_id: int, conversation: str, line: str) -> str | None:
    """The payload that shows the list that was spoken about last; None when there is none, or the line says it."""
    if not asks_for_list(line):
        return None
    topics = session.scalars(_TOPICS, {"conversation": conversation, "town": municipality_id})
    return next((LISTS[topic] for topic in topics if topic in LISTS), None)
