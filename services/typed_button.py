"""Somebody types what stands on a button right above it: it means that button. "Ja" does where a button begins with
that, or where something was asked and there is one button to say yes with; and "mijn lijst" the button of the list that
was spoken about last."""

import re

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind
from services.answer_topic import HUMAN, MORE
from services.list_meant import asks_for_list, list_meant

MOST_WORDS = 5
YES = {"ja", "ja graag", "graag", "ja hoor", "ja doe maar", "doe maar", "ja prima", "yes", "yes please", "please do"}
BESIDE = (f"/{HUMAN}", f"/{MORE}")
"""Buttons that hang under most answers."""
_BEGINS_WITH_YES = re.compile(r"(?:ja|yes)\b", re.IGNORECASE)
_SAID_LAST = (
    select(Message.detail, Message.text)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(
        Message.municipality_id == bindparam("town"),
        Conversation.municipality_id == bindparam("town"),
        Conversation.public_id == bindparam("conversation"),
        Message.kind != MessageKind.LINE,
        Message.seq > 0,
    )
    .order_by(Message.seq.desc())
    .limit(1)
)


def may_be_button(line: str) -> bool:
    """By its words alone: of a longer line nothing is looked up."""
    return 0 < len(_plain(line).split()) <= MOST_WORDS or asks_for_list(line)


def typed_button(session: Session, municipality_id: int, conversation: str, line: str) -> str | None:
    """The payload of the button that is meant; None when it is none, or when there are two."""
    last = session.execute(_SAID_LAST, {"conversation": conversation, "town": municipality_id}).first()
    if last is None:
        return None
    said, buttons = _plain(line), last.detail.get("buttons", ())
    meant = {button["payload"] for button in buttons if _plain(button["label"]) == said}
    if not meant and said in YES:
        meant = _yes(last.text, {button["payload"]: button["label"] for button in buttons})
    return meant.pop() if len(meant) == 1 else list_meant(session, municipality_id, conversation, line)


def _yes(text: str, labels: dict[str, str]) -> set[str]:
    begin_so = {payload for payload, label in labels.items() if _BEGINS_WITH_YES.match(label)}
    if begin_so or not text.rstrip().endswith("?"):
        return begin_so
    return {payload for payload in labels if not payload.startswith(BESIDE)}


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()[:80]))
