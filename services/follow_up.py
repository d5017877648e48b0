"""Short lines that lean on the answer before them: "en als ik samenwoon?", "what if I live with someone?".

Such a line is understood once more, with that topic and those that people ask after it counting as likelier; where
that leaves it open, beside the answer before that one too. "Waarom dan?" asks nothing new: that is for the explanation
of what was just answered.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind, Topic
from services.answer_topic import ANSWERS
from services.language.ask import SWITCH
from services.leaning_lines import (
    SMALL_TALK,
    asks_on,
    asks_why_briefly,
    hardly_is,
    is_bare,
    leans,
    names_nothing,
    speaks_of,
    supposes,
)
from services.municipalities import OWNERS
from services.not_understood import OFFERABLE_TASKS
from services.weigh_again import FAR_SURE, QUITE_SURE, Leaning, related, understand_again

EXPLAINED = ("my_data",)
"""A task with an answer of which one may ask why."""
LOOKS_BACK = 6
"""Among so many answers the last two topics are looked for: one topic may take several."""

_LAST_SAID = (
    select(Message.topic, Message.text)
    .join(Conversation, Conversation.id == Message.conversation_id)
    .where(Conversation.public_id == bindparam("conversation"), Conversation.municipality_id == bindparam("town"))
    .where(Message.municipality_id == bindparam("town"), Message.kind == MessageKind.ANSWER)
    .order_by(Message.seq.desc())
    .limit(1)
)
_LAST_ANSWER = _LAST_SAID.where(Message.topic.is_not(None), Message.topic.not_in((*SMALL_TALK, SWITCH)))
_LAST_ANSWERS = _LAST_ANSWER.limit(LOOKS_BACK)
_TOPICS = select(Topic.name, Topic.follow_up, Topic.kind).where(
    Topic.municipality_id.in_(OWNERS), Topic.set_aside_at.is_(None)
)


@dataclass(frozen=True)
class Heard:
    """A line, the topic it was understood as, if any, and how likely all others are."""

    text: str
    understood: str | None
    likely: Mapping[str, float]
    told: str = ""
    """The words of the answer before it, and of its explanation where that was given."""


def lean_on_answer(session: Session, municipality_id: int, conversation: str, heard: Heard) -> Leaning | None:
    """What a line means after the answers before it. None when it stands on its own, or nothing was answered yet."""
    if not leans(heard.text):
        return None
    answers = last_answers(session, municipality_id, conversation)
    if not answers:
        return _of_nothing(heard)
    said = [topic for topic, _ in answers]
    rows = session.execute(_TOPICS, {"town": municipality_id}).all()
    answerable = {name for name, _, kind in rows if kind in ANSWERS}
    follow_up = {name: after for name, after, _ in rows if name in answerable or name in OFFERABLE_TASKS}
    told = " ".join(text for topic, text in answers if topic == said[0])
    return meant_after(said, replace(heard, told=told), answerable, follow_up)


def meant_after(
    said: Sequence[str], heard: Heard, answerable: Collection[str], follow_up: Mapping[str, Sequence[str]]
) -> Leaning:
    """What a line that leans means behind the answers `said`, the last one first. The one before it has a say only
    where the last one and the line itself leave it open."""
    text, previous = heard.text, said[0]
    if asks_on(text):
        # A question of ours may stand between it and the answer.
        explained = next((topic for topic in said[:2] if topic in answerable or topic in EXPLAINED), None)
        if explained is not None:
            return Leaning(explained, (explained,))
    likely = {name: share for name, share in heard.likely.items() if name not in SMALL_TALK or not supposes(text)}
    near = related(previous, follow_up)
    beside_last = understand_again(likely, near, answerable, previous)
    if beside_last.topic is not None:
        return beside_last
    if previous in answerable and _is_only_about_it(heard, answerable):
        return Leaning(previous, beside_last.nearest)
    if _stands(heard, answerable):
        return Leaning(heard.understood, beside_last.nearest)
    if previous in answerable and (asks_why_briefly(text) or speaks_of(text, heard.told)):
        return Leaning(previous, beside_last.nearest)
    older = next((topic for topic in said if topic != previous), None)
    about_older = [older, *related(older, follow_up)] if older is not None else []
    return understand_again(likely, near, answerable, previous, about_older)


def _of_nothing(heard: Heard) -> Leaning | None:
    """Before the first answer "how much is that?" is about nothing yet, unless it is quite sure what it means."""
    topic = heard.understood
    if topic is None or topic in (*SMALL_TALK, *OFFERABLE_TASKS) or not names_nothing(heard.text):
        return None
    return None if heard.likely.get(topic, 0.0) >= QUITE_SURE else Leaning(None, tuple(heard.likely))


def _is_only_about_it(heard: Heard, answerable: Collection[str]) -> bool:
    """Whether the words leave nothing else than what was just answered, whatever they were understood as; but who
    wants to do something, or is in need, is understood first."""
    text = heard.text
    if is_bare(text) or (asks_why_briefly(text) and speaks_of(text, heard.told)):
        return True
    topic = heard.understood
    if not names_nothing(text) or (topic and heard.likely.get(topic, 0.0) >= QUITE_SURE):
        return False
    return topic in (None, "help") or topic in answerable or hardly_is(topic, text)


def _stands(heard: Heard, answerable: Collection[str]) -> bool:
    """Whether the line may well mean what it means by itself."""
    topic = heard.understood
    if topic is None or hardly_is(topic, heard.text):
        return False
    return topic not in answerable or heard.likely.get(topic, 0.0) >= FAR_SURE


def last_answers(session: Session, municipality_id: int, conversation: str) -> list[tuple[str, str]]:
    """Topics and words of the last few answers that were more than small talk, the newest first."""
    rows = session.execute(_LAST_ANSWERS, {"conversation": conversation, "town": municipality_id})
    return [(str(topic), text) for topic, text in rows]


def was_answered(session: Session, municipality_id: int, conversation: str) -> bool:
    """Whether the line before this one was answered: what is not understood has no topic."""
    found = session.execute(_LAST_SAID, {"conversation": conversation, "town": municipality_id}).first()
    return found is not None and found.topic is not None


def said_last(session: Session, municipality_id: int, conversation: str) -> str | None:
    """The words of the last answer that was more than small talk."""
    last = session.execute(_LAST_ANSWER, {"conversation": conversation, "town": municipality_id}).first()
    return last.text if last is not None else None
