"""Say reminders: look again whether each is still wanted and where it goes, and give it its words and its place.

Many in one transaction, and what they have in common is looked up once for all of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import (
    Agreement,
    Appointment,
    Channel,
    Conversation,
    ConversationState,
    Invitation,
    Message,
    MessageStatus,
    Municipality,
    Person,
    ReminderKind,
)
from services.agenda.locks import lock_chats_beside
from services.needed import renew_needs
from services.phrases import Phrases
from services.reminding.attempts import NO_CONSENT, NOT_WANTED, OVERTAKEN, SHOWN, TOO_LATE, note_attempt
from services.reminding.follow import follow_up
from services.reminding.letter import sealed
from services.reminding.onward import go_on, goes_another_way, hand_on, person_in
from services.reminding.reach import Reach, reach_of
from services.reminding.say import Saying
from services.transcript import say_planned
from services.words import Words

CHECKLIST = "checklist"
RECORDS: dict[str, type[Appointment] | type[Agreement] | type[Invitation]] = {
    "appointment": Appointment,
    "agreement": Agreement,
    "invitation": Invitation,
}
"""Read together, so that who says one finds it at hand."""


@dataclass(frozen=True)
class Said:
    conversation_id: int
    late: timedelta
    """After the moment for which it was planned."""


class Sayings:
    """The sentences of each municipality and language, read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[tuple[int, str], Phrases] = {}

    def of(self, conversation: Conversation) -> Phrases:
        key = conversation.municipality_id, conversation.language
        if key not in self._read:
            town = self._session.get_one(Municipality, conversation.municipality_id)
            self._read[key] = Phrases(self._session, town, conversation.language)
        return self._read[key]


def say_reminders(
    session: Session, say: Mapping[str, Saying], ids: Collection[int], by: str, now: datetime
) -> list[Said]:
    """What was said. What was said or forgotten meanwhile, or is held by somebody
    else, is passed over.

    A reminder is said in every state of a conversation, also while a person has it: it answers nothing.
    """
    conversations = _lock_conversations(session, ids)
    held = _held(session, ids, by, conversations)
    if not held:
        return []
    people = {one.detail["person"] for one in held if "person" in one.detail}
    reach = reach_of(session, people, {one.contact_point_id for one in conversations.values()})
    speaker = Speaker(
        session, say, now, reach, _last_due(session, held, now), _closed(session, people), _records(session, held)
    )
    for planned in held:
        speaker.deal_with(planned, conversations[planned.conversation_id])
    renew_needs(session, [*conversations.values(), *speaker.moved_to], now)
    return speaker.said


@dataclass
class Speaker:
    """Deals with reminders one after the other, in one transaction."""

    session: Session
    say: Mapping[str, Saying]
    now: datetime
    reach: Reach
    last_due: Mapping[str, datetime]
    closed: Collection[int]
    """People whose case ended."""
    at_hand: Sequence[Any]
    """Only so that they are kept at hand."""
    said: list[Said] = field(default_factory=list)
    moved_to: list[Conversation] = field(default_factory=list)
    sayings: Sayings = field(init=False)

    def __post_init__(self) -> None:
        self.sayings = Sayings(self.session)

    def deal_with(self, planned: Message, conversation: Conversation) -> None:
        refused = NOT_WANTED if planned.detail.get("person") in self.closed else self._refused(planned)
        if refused is not None:
            self._end(planned, conversation.channel, refused)
            return
        ways = self.reach.of(planned.detail.get("person"), conversation.contact_point_id)
        wanted = [way for way in ways if self.reach.wants(way, planned.reminder or ReminderKind.CHECKLIST)]
        if ways and not wanted:
            self._end(planned, conversation.channel, NO_CONSENT)
        elif not ways and planned.detail.get("person") is not None:
            self._end(planned, conversation.channel, "unreachable")
        else:
            self._say(planned, self._home(planned, conversation, wanted))

    def _refused(self, planned: Message) -> str | None:
        if planned.useful_until is not None and planned.useful_until <= self.now:
            return TOO_LATE
        last = self.last_due.get(planned.about or "")
        return OVERTAKEN if last is not None and planned.due_at is not None and planned.due_at < last else None

    def _home(self, planned: Message, conversation: Conversation, wanted: Sequence[Conversation]) -> Conversation:
        """Where it is said: in the best conversation, unless an earlier one failed and this one is still good."""
        stays = not wanted or (goes_another_way(planned) and conversation.id in [way.id for way in wanted])
        if stays or wanted[0].id == conversation.id:
            return conversation
        home = self.session.get_one(Conversation, wanted[0].id, with_for_update=True, populate_existing=True)
        planned.conversation_id = home.id
        self.moved_to.append(home)
        return home

    def _say(self, planned: Message, conversation: Conversation) -> None:
        phrases = self.sayings.of(conversation)
        word = (planned.about or CHECKLIST).partition(":")[0]
        words = self.say[word](self.session, phrases, planned, conversation, self.now)
        if words is None:
            self._end(planned, conversation.channel, NOT_WANTED)
            return
        closed = conversation.state is ConversationState.CLOSED
        if closed:
            words = replace(words, buttons=())
        pushes = conversation.channel.pushes
        said = sealed(phrases, planned.id, words, closed) if pushes else words
        late = self.now - (planned.due_at or self.now)
        kept = _kept(planned) | ({"letter": _letter(words)} if pushes else {})
        say_planned(conversation, planned, said, self.now)
        planned.detail = planned.detail | kept
        if not pushes:
            note_attempt(self.session, planned, conversation.channel, SHOWN, self.now)
        self.said.append(Said(conversation.id, late))
        follow_up(self.session, planned, self.now)

    def _end(self, planned: Message, channel: Channel, why: str) -> None:
        """Not said. What the resident asked for in this chat, and is no more, leaves nothing behind."""
        if why == NOT_WANTED and (planned.about or CHECKLIST).startswith(CHECKLIST):
            self.session.delete(planned)
            return
        planned.status, planned.failure = MessageStatus.CANCELLED, why
        planned.claimed_by, planned.claimed_until = None, None
        note_attempt(self.session, planned, channel, why, self.now)
        self.session.flush()
        if why == "unreachable":
            go_on(self.session, planned, self.now)
        elif why == TOO_LATE:
            hand_on(self.session, planned, person_in(self.session, planned), self.now)
        if why != NOT_WANTED:
            follow_up(self.session, planned, self.now)


def _lock_conversations(session: Session, ids: Collection[int]) -> dict[int, Conversation]:
    """In their order, so that two who each say several wait for each other and do not block each other; with the other
    chats of the same people, where one of these may be said after all."""
    lock_chats_beside(session, ids)
    query = select(Conversation).where(Conversation.id.in_(select(Message.conversation_id).where(Message.id.in_(ids))))
    query = query.order_by(Conversation.id).with_for_update(of=Conversation)
    found = session.scalars(query.execution_options(populate_existing=True))
    return {conversation.id: conversation for conversation in found}


def _held(session: Session, ids: Collection[int], by: str, conversations: Collection[int]) -> list[Message]:
    query = select(Message).where(
        Message.id.in_(ids),
        Message.status == MessageStatus.PLANNED,
        Message.claimed_by == by,
        Message.conversation_id.in_(conversations),
    )
    found = session.scalars(query.order_by(Message.due_at, Message.id).execution_options(populate_existing=True))
    return list(found)


def _last_due(session: Session, held: Sequence[Message], now: datetime) -> dict[str, datetime]:
    """Of what was missed for a while several reminders are due at once: the last one is enough."""
    about = {one.about for one in held if one.about is not None}
    query = (
        select(Message.about, func.max(Message.due_at))
        .where(Message.about.in_(about), Message.status == MessageStatus.PLANNED, Message.due_at <= now)
        .group_by(Message.about)
    )
    return {str(word): at for word, at in session.execute(query) if at is not None}


def _closed(session: Session, people: Collection[int]) -> set[int]:
    query = select(Person.id).where(Person.id.in_(people), Person.closed_at.is_not(None))
    return set(session.scalars(query))


def _records(session: Session, held: Sequence[Message]) -> list[Any]:
    found: list[Any] = []
    for word, record in RECORDS.items():
        named = [(one.about or "").partition(":") for one in held]
        ids = [int(number) for kind, _, number in named if kind == word and number.isdigit()]
        if ids:
            found += session.scalars(select(record).where(record.id.in_(ids)))
    return found


def _kept(planned: Message) -> dict[str, Any]:
    """What stays known of it besides its words: for whom it was, and for when."""
    person = {"person": planned.detail["person"]} if "person" in planned.detail else {}
    return person | ({"planned_for": planned.due_at.isoformat()} if planned.due_at else {})


def _letter(words: Words) -> dict[str, Any]:
    return words.to_json() | {"effects": []}
