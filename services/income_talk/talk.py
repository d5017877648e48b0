"""The talk as a whole: what is on record of it, what a line means in it, and what is said back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from benefits.income.law import IncomeLaw
from db.models import Calculation, Conversation, Message, MessageKind
from services.income_talk.answers import Question, from_stored
from services.income_talk.asking import ask
from services.income_talk.deeds import last_shown, open_calculation
from services.income_talk.hear import TOPIC, Heard, Known, Verdict
from services.income_talk.outcome import refuse, stop, tell_outcome
from services.income_talk.refusals import Refusal
from services.income_talk.situation import day_of
from services.phrases import Phrases
from services.words import Words

SMALL_TALK = ("thank", "greet", "affirm", "deny", None)
"""After these the talk is still about what was said before them."""
LEADS_HERE = "work_income_effect"
"""Its answer has the button to calculate: what was told in the question is not asked again."""


def has_begun(session: Session, municipality_id: int, conversation: str) -> bool:
    """Whether there is any talk about income in this conversation; one look-up, for lines that are mostly not of it."""
    query = (
        select(Calculation.id)
        .join(Conversation, Conversation.id == Calculation.conversation_id)
        .where(Conversation.public_id == conversation, Conversation.municipality_id == municipality_id)
    )
    return session.scalar(query.limit(1)) is not None


def known_of(session: Session, municipality_id: int, conversation: str, law: IncomeLaw, today: date) -> Known:
    """What is on record of the talk in this conversation; nothing when it is not on record at all."""
    found = session.scalar(
        select(Conversation).where(
            Conversation.municipality_id == municipality_id, Conversation.public_id == conversation
        )
    )
    if found is None:
        return Known(today, law.on(today))
    begun, told = open_calculation(session, found), last_shown(session, found)
    topic, earlier = _last_exchange(session, found)
    answers = _newest(begun, told)
    return Known(
        today,
        law.on(today),
        answers=from_stored(answers),
        waiting=Question(begun.asking) if begun and begun.asking else None,
        shown=told.id if told else None,
        about=topic in (TOPIC, *SMALL_TALK),
        earlier=earlier if topic == LEADS_HERE else "",
    )


def _newest(begun: Calculation | None, told: Calculation | None) -> dict[str, Any]:
    """Questions that are open, or were left, are newer than any outcome: that would have closed them."""
    newest = begun or told
    return newest.answers if newest else {}


def _last_exchange(session: Session, conversation: Conversation) -> tuple[str | None, str]:
    """The topic of the newest answer, and the line it answered."""
    line = aliased(Message)
    query = (
        select(Message.topic, line.text)
        .join(line, line.id == Message.in_reply_to)
        .where(
            Message.municipality_id == conversation.municipality_id,
            Message.conversation_id == conversation.id,
            Message.kind == MessageKind.ANSWER,
        )
        .order_by(Message.seq.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return (found[0], found[1]) if found else (None, "")


def say_back(heard: Heard, session: Session, phrases: Phrases, law: IncomeLaw, today: date) -> Sequence[Words]:
    """The words, with what is to be written down of them."""
    policy = phrases.municipality.settings.get("policy") or {}
    match heard.verdict:
        case Verdict.ASK:
            return (ask(heard, phrases, law.on(day_of(heard.answers, today))),)
        case Verdict.SHOW:
            return tell_outcome(heard, phrases, law, policy, today)
        case Verdict.STOP:
            return (stop(heard, phrases),)
    return (refuse(heard.refusal or Refusal.NOT_POSSIBLE, heard, phrases),)
