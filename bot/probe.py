"""Try a line: how it is understood now, in a conversation that nobody has and that is forgotten at once."""

import secrets
from datetime import datetime

from bot.brain import Brain, BrainError, Understood
from services.answering import OpenLine


async def try_line(brain: Brain, municipality: str, language: str, text: str, now: datetime) -> Understood | None:
    """None when no Rasa can tell now. Nothing is stored, and what an answer would do is not done."""
    line = OpenLine(
        id=secrets.randbits(48),
        conversation=f"probe-{secrets.token_hex(8)}",
        municipality_id=0,
        municipality=municipality,
        language=language,
        text=text,
        payload=None,
        received_at=now,
        notified=False,
    )
    try:
        return await brain.ask(line)
    except BrainError:
        return None
    finally:
        await brain.forget(line.conversation)
