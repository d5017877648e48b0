"""A person takes a conversation over: takes, answers, puts aside, gives back, closes.

Every deed holds the lock of the conversation from its first query to its end, as everything does that writes in it. So
an answer of the assistant that is under way is either written before the take-over or not at all, and of two colleagues
who take at once, one does.
"""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import Account, Conversation, Message, MessageStatus, Municipality
from db.models.conversation import WITH_PERSON
from services.callbacks import answered_in_chat
from services.errors import ConversationGone, EmptyLine, NewerBegun, NotInThePast, NotYours, TakenByColleague, TooLong
from services.masking import mask
from services.phrases import Phrases
from services.states import Deed, move
from services.tidy import tidy
from services.transcript import HandOver, add_reply, add_words
from services.words import Words

LONGEST_REPLY = 2_000
"""Characters. Who has more to say, says it in two."""
MAY_STAND = ("telefoonnummer", "e-mailadres")
"""A colleague may give a number or an address at which the resident reaches somebody."""


def take_over(
    session: Session, conversation: Conversation, account: Account, now: datetime, instead_of: int | None = None
) -> Conversation:
    """From here on the assistant says nothing, and what it was about to say is not said.

    Who has it already goes on with it. When a colleague has it, TakenByColleague is raised, unless `instead_of` is the
    id of that very colleague: so nobody takes a chat from somebody of whom he did not know.
    """
    held = _hold(session, conversation, account)
    holder = held.assigned_to if held.state in WITH_PERSON else None
    if holder not in (None, account.id, instead_of):
        raise TakenByColleague(holder)
    if holder is None and _newer_begun(session, held):
        raise NewerBegun
    move(held, Deed.TAKE_OVER, now)
    if holder == account.id:
        return held
    held.assigned_to, held.human_since, held.changed_at = account.id, now, now
    _hand_over_lines(session, held)
    _tell(session, held, account, HandOver.JOINED, now)
    return held


def reply(
    session: Session, conversation: Conversation, account: Account, text: str, nonce: str, now: datetime
) -> Message:
    """Say something to the resident. The same nonce twice is said once. Raises NotYours, EmptyLine or TooLong."""
    held = _hold(session, conversation, account)
    external_id = f"staff:{held.id}:{account.id}:{nonce}"[:120]
    said = session.scalar(
        select(Message).where(Message.municipality_id == held.municipality_id, Message.external_id == external_id)
    )
    if said is not None:
        return said
    _must_have_it(held, account)
    clean = tidy(text)
    if not clean:
        raise EmptyLine
    if len(clean) > LONGEST_REPLY:
        raise TooLong
    move(held, Deed.REPLY, now)
    held.wait_told_at = None
    answered_in_chat(session, held, account, now)
    return add_reply(session, held, account, mask(clean, keep=MAY_STAND).text, external_id, now)


def snooze(session: Session, conversation: Conversation, account: Account, until: datetime, now: datetime) -> None:
    """Put it aside until that moment, or until the resident writes. The resident notices nothing of it."""
    held = _hold(session, conversation, account)
    _must_have_it(held, account)
    if until <= now:
        raise NotInThePast
    move(held, Deed.SNOOZE, now)
    held.snoozed_until, held.changed_at = until, now


def give_back(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
    """The assistant answers again, from the next line on. The door then has Rasa forget the conversation's public_id:
    it may hold a form that was left open before the person came."""
    held = _hold(session, conversation, account)
    _must_have_it(held, account)
    move(held, Deed.GIVE_BACK, now)
    _tell(session, held, account, HandOver.LEFT, now)


def close(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
    """It is over. The resident can read it back; the next line begins a new conversation, with the assistant."""
    held = _hold(session, conversation, account)
    _must_have_it(held, account)
    answered_in_chat(session, held, account, now)
    move(held, Deed.CLOSE, now)
    _tell(session, held, account, HandOver.CLOSED, now)


def _hold(session: Session, conversation: Conversation, account: Account) -> Conversation:
    """The conversation as it is now, locked until the transaction ends; only of the account's own municipality."""
    query = select(Conversation).where(
        Conversation.id == conversation.id, Conversation.municipality_id == account.municipality_id
    )
    held = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if held is None:
        raise ConversationGone
    return held


def _must_have_it(held: Conversation, account: Account) -> None:
    if held.state not in WITH_PERSON or held.assigned_to != account.id:
        raise NotYours


def _newer_begun(session: Session, held: Conversation) -> bool:
    query = select(Conversation.id).where(
        Conversation.municipality_id == held.municipality_id,
        Conversation.contact_point_id == held.contact_point_id,
        Conversation.id > held.id,
    )
    return session.scalar(query.limit(1)) is not None


def _hand_over_lines(session: Session, held: Conversation) -> None:
    """What the assistant has not answered, the person does."""
    session.execute(
        update(Message)
        .where(
            Message.municipality_id == held.municipality_id,
            Message.conversation_id == held.id,
            Message.status == MessageStatus.RECEIVED,
        )
        .values(status=MessageStatus.HANDED)
    )


def _tell(session: Session, held: Conversation, account: Account, what: HandOver, now: datetime) -> None:
    """Who joins, who leaves: a line across the conversation."""
    phrases = Phrases(session, session.get_one(Municipality, held.municipality_id), held.language)
    words = Words(phrases.say(SAID[what], naam=account.shown_as))
    add_words(session, held, words, now, more_detail={"sender": account.shown_as}, hand_over=what)


SAID = {HandOver.JOINED: "human_joined", HandOver.LEFT: "human_left", HandOver.CLOSED: "human_closed"}
