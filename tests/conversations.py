"""Make conversations as rows, for what only looks at them; a test names only what matters to it."""

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from db.models import (
    Channel,
    ContactPoint,
    Conversation,
    ConversationState,
    Message,
    MessageKind,
    MessageStatus,
    Municipality,
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def build_conversation(
    session: Session,
    town: Municipality,
    *lines: str,
    at: datetime = MONDAY,
    state: ConversationState = ConversationState.BOT,
    channel: Channel = Channel.WEB,
    **fields: Any,
) -> Conversation:
    """With these lines of the resident, all said at one moment; the assistant has not answered them."""
    contact = ContactPoint(municipality_id=town.id, channel=channel, lookup=secrets.token_hex(32), created_at=at)
    session.add(contact)
    session.flush()
    said = lines or ("hoeveel spaargeld mag ik hebben",)
    conversation = Conversation(
        **{
            "municipality_id": town.id,
            "public_id": secrets.token_hex(16),
            "contact_point_id": contact.id,
            "state": state,
            "language": "nl",
            "started_at": at,
            "last_line_at": at,
            "changed_at": at,
            "channel": channel,
            "last_seq": len(said),
            "line_seq": len(said),
        }
        | fields
    )
    session.add(conversation)
    session.flush()
    for seq, text in enumerate(said, 1):
        build_message(session, conversation, seq, text)
    return conversation


def build_message(
    session: Session,
    conversation: Conversation,
    seq: int,
    text: str,
    kind: MessageKind = MessageKind.LINE,
    **fields: Any,
) -> Message:
    mine = kind is MessageKind.LINE
    conversation.last_seq = max(conversation.last_seq, seq)
    message = Message(
        **{
            "municipality_id": conversation.municipality_id,
            "conversation_id": conversation.id,
            "seq": seq,
            "kind": kind,
            "text": text,
            "status": MessageStatus.ANSWERED if mine else MessageStatus.SENT,
            "language": conversation.language,
            "created_at": conversation.last_line_at,
            "external_id": secrets.token_hex(8) if mine else None,
            "detail": {},
        }
        | fields
    )
    session.add(message)
    session.flush()
    return message
