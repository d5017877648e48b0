"""A page without JavaScript waits a moment for the answer, so that it usually has it at once."""

import asyncio

from anyio.to_thread import run_sync
from sqlalchemy import bindparam, select

from bot.channels.web.door import WebDoor
from db.models import Conversation, Message, MessageStatus
from db.models.conversation import ANSWERED_BY_BOT
from services.receive import Received

LONGEST = 4.0
"""Seconds. After it the page says that the answer is coming."""
_OPEN = (
    select(Message.id)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(
        Message.id == bindparam("line"),
        Message.status == MessageStatus.RECEIVED,
        Conversation.state.in_(ANSWERED_BY_BOT),
    )
)


async def wait_for_answer(door: WebDoor, received: Received) -> None:
    """Return when the line is answered, when nobody here will answer it, or after a few seconds."""
    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST
    with door.live.listen(received.conversation_id) as bell:
        while loop.time() < until and await run_sync(_is_open, door, received):
            await bell.wait(until - loop.time())


def _is_open(door: WebDoor, received: Received) -> bool:
    with door.database.glancing() as session:
        return session.scalar(_OPEN, {"line": received.line_id}) is not None
