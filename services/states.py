"""The states of a conversation and what leads from one to another: one table, and one function that follows it."""

from datetime import datetime
from enum import StrEnum

from db.models import Conversation, ConversationState
from db.models.conversation import ANSWERED_BY_BOT, WITH_PERSON
from services.errors import NotNow


class Deed(StrEnum):
    """What somebody does with a conversation, or what time does."""

    LINE = "line"
    """The resident writes."""
    ASK = "ask"
    """The resident asks for a person."""
    WITHDRAW = "withdraw"
    """The resident no longer asks for one."""
    WIPE = "wipe"
    """The resident has everything taken away that was said."""
    TAKE_OVER = "take_over"
    REPLY = "reply"
    SNOOZE = "snooze"
    GIVE_BACK = "give_back"
    CLOSE = "close"
    CALLED = "called"
    """A colleague got in touch another way: nobody waits any more."""
    WAKE = "wake"
    """The time of a snooze is over."""


BOT, WAITING = ConversationState.BOT, ConversationState.WAITING
HUMAN, SNOOZED = ConversationState.HUMAN, ConversationState.SNOOZED
CLOSED = ConversationState.CLOSED

LEADS_TO: dict[tuple[ConversationState, Deed], ConversationState] = {
    (BOT, Deed.LINE): BOT,
    (BOT, Deed.ASK): WAITING,
    (BOT, Deed.WITHDRAW): BOT,
    (BOT, Deed.WIPE): BOT,
    (BOT, Deed.TAKE_OVER): HUMAN,
    (BOT, Deed.CALLED): BOT,
    (WAITING, Deed.LINE): WAITING,
    (WAITING, Deed.ASK): WAITING,
    (WAITING, Deed.WITHDRAW): BOT,
    (WAITING, Deed.WIPE): BOT,
    (WAITING, Deed.TAKE_OVER): HUMAN,
    (WAITING, Deed.CALLED): BOT,
    (HUMAN, Deed.LINE): HUMAN,
    (HUMAN, Deed.WITHDRAW): HUMAN,
    (HUMAN, Deed.WIPE): BOT,
    (HUMAN, Deed.TAKE_OVER): HUMAN,
    (HUMAN, Deed.REPLY): HUMAN,
    (HUMAN, Deed.SNOOZE): SNOOZED,
    (HUMAN, Deed.GIVE_BACK): BOT,
    (HUMAN, Deed.CLOSE): CLOSED,
    (HUMAN, Deed.CALLED): HUMAN,
    (SNOOZED, Deed.LINE): HUMAN,
    (SNOOZED, Deed.WITHDRAW): HUMAN,
    (SNOOZED, Deed.WIPE): BOT,
    (SNOOZED, Deed.TAKE_OVER): HUMAN,
    (SNOOZED, Deed.SNOOZE): SNOOZED,
    (SNOOZED, Deed.GIVE_BACK): BOT,
    (SNOOZED, Deed.CLOSE): CLOSED,
    (SNOOZED, Deed.CALLED): SNOOZED,
    (SNOOZED, Deed.WAKE): HUMAN,
    (CLOSED, Deed.CALLED): CLOSED,
}
"""What is not here cannot be done. From CLOSED nothing leads back: the next line begins a new conversation."""


def move(conversation: Conversation, deed: Deed, now: datetime) -> None:
    """Go where the deed leads, and keep of the columns only what belongs to that state. Raises NotNow.

    The caller holds the lock of the conversation.
    """
    state = LEADS_TO.get((conversation.state, deed))
    if state is None:
        raise NotNow
    if state is conversation.state:
        return
    if state is not WAITING:
        conversation.waiting_since = None
    if state is not SNOOZED:
        conversation.snoozed_until = None
    if state not in WITH_PERSON:
        conversation.assigned_to = conversation.human_since = None
    if state not in ANSWERED_BY_BOT:
        conversation.answering_by = conversation.answering_until = None
    conversation.state, conversation.changed_at, conversation.wait_told_at = state, now, None
