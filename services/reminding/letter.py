"""A message behind a link: over a channel that others can read along only its arrival is told, and a page shows it.

The key in the address is random; its number only finds the row. A print of it is kept with the message, with an end.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind
from services.errors import LinkOver
from services.phrases import Phrases
from services.words import Button, Way, Words

PAGE = "/bericht"
READ = "/read_message"
"""What the button below it means: the same words, in the chat."""
HOLDS = timedelta(days=7)
KEYS = 3
"""So many of its links open it: who got it twice, because a process died, can use both."""


@dataclass(frozen=True)
class Letter:
    words: Words
    language: str
    said_at: datetime


def sealed(phrases: Phrases, message_id: int, words: Words, closed: bool) -> Words:
    """What goes out instead of these words. The buttons of a conversation that is closed do nothing any more."""
    read = Button(phrases.say("button_read_here"), READ)
    way = Way(phrases.say("button_read_message"), f"{PAGE}/{message_id}")
    return Words(phrases.say("message_waits"), topic=words.topic, buttons=() if closed else (read,), way=way)


def link_to_letter(
    session: Session, municipality_id: int, slug: str, message_id: int, conversation_id: int, now: datetime
) -> str | None:
    """A new key, kept nowhere; None when there is no such message any more. Without the host."""
    message = session.get(Message, message_id)
    if message is None or (message.municipality_id, message.conversation_id) != (municipality_id, conversation_id):
        return None
    if message.kind is not MessageKind.REMINDER or "letter" not in message.detail:
        return None
    key = secrets.token_urlsafe(24)
    until = min(now + HOLDS, message.useful_until or now + HOLDS)
    prints = [*message.detail.get("keys", ()), {"print": _print(key), "until": until.isoformat()}][-KEYS:]
    message.detail = message.detail | {"keys": prints}
    return f"/{slug}{PAGE}/{message_id}-{key}"


def open_letter(session: Session, municipality_id: int, key: str, now: datetime) -> Letter:
    """Raises LinkOver when it does not fit or is too old: who tries learns nothing from the difference."""
    number, _, secret = key.partition("-")
    message = _find(session, municipality_id, int(number)) if number.isascii() and number.isdigit() else None
    kept = message.detail.get("keys", ()) if message is not None else ()
    given = _print(secret).encode()
    fits = [one for one in kept if hmac.compare_digest(one["print"].encode(), given)]
    if message is None or not fits or now >= datetime.fromisoformat(fits[0]["until"]):
        raise LinkOver
    return Letter(Words.from_json(message.detail["letter"]), message.language, message.created_at)


def newest_letter(session: Session, conversation: Conversation) -> Words | None:
    """What the button shows: that of the last message that came this way."""
    query = select(Message).where(
        Message.municipality_id == conversation.municipality_id,
        Message.conversation_id == conversation.id,
        Message.kind == MessageKind.REMINDER,
        Message.seq > 0,
    )
    message = session.scalars(query.order_by(Message.seq.desc()).limit(1)).first()
    return Words.from_json(message.detail["letter"]) if message and "letter" in message.detail else None


def _find(session: Session, municipality_id: int, message_id: int) -> Message | None:
    if message_id >= 2**63:
        return None
    query = select(Message).where(
        Message.municipality_id == municipality_id,
        Message.id == message_id,
        Message.kind == MessageKind.REMINDER,
        Message.seq > 0,
    )
    return session.scalar(query)


def _print(key: str) -> str:
    """The key is random and long: who reads this in the database cannot find it back."""
    return sha256(key.encode()).hexdigest()
