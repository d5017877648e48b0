"""Which kind of change somebody means, out of a few words; and whether he was asked on about it."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind

TOPIC = "report_change"
BEGINS = f"/{TOPIC}"
"""The payload of the button that begins it."""
KINDS = ("work", "income", "living", "money", "abroad", "other")
# Beginnings of words; the first kind that fits is taken, so the more telling ones stand first.
SIGNS = {
    "abroad": r"vakantie(?!geld|toeslag)|buitenland|reis(?!kosten)|reizen|holiday(?! pay)|abroad|travel",
    "living": r"woon|wonen|huis|verhui|adres|samenwo|partner|vriend(?:in)?\b"
    r"|kind(?!geb|eropv|erbij)|baby|gebor|scheid|trouw(?!ens)|mov|rent\b|huur(?!toe)",
    "money": r"spaar|erfenis|erf|gift|cadeau|auto(?:'s)?\b|schuld|lening|gewonnen|savings|inherit|car\b",
    "work": r"werk|baan|uren|contract|job|work|sollicit|stage|vrijwillig|zzp",
    "income": r"inkom|loon|salaris|\w*geld|uitkering|alimentatie|\w*toeslag|kindgeb|kinderbij|income|wage|salary|money",
    "other": r"anders|iets anders|overig|other|else",
}


def recognise_kind(text: str) -> str | None:
    """The kind that the words point to; None when they point nowhere."""
    for kind, signs in SIGNS.items():
        if re.search(rf"\b(?:{signs})", text.casefold()):
            return kind
    return None


def only_offered(session: Session, municipality_id: int, conversation: str) -> bool:
    """Whether the newest words about a change asked no more than whether he still wants to report one."""
    query = (
        select(Message.detail)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.municipality_id == municipality_id,
            Conversation.municipality_id == municipality_id,
            Conversation.public_id == conversation,
            Message.kind != MessageKind.LINE,
            Message.seq > 0,
            Message.topic == TOPIC,
        )
    )
    detail = session.scalar(query.order_by(Message.seq.desc()).limit(1)) or {}
    return [button["payload"] for button in detail.get("buttons", ())] == [BEGINS]
