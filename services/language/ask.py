"""Somebody writes in another language than the conversation has: asked about once. Who then goes on in that one has
chosen it; a short line chooses nothing."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind
from services.answer_topic import human_button
from services.effects import ASK_CALL, ASK_PERSON, SPEAK
from services.language.guess import guess_language
from services.phrases import Phrases
from services.words import Button, Words

SWITCH = "switch_language"
BUTTONS = {"en": "button_english", "nl": "button_dutch"}
"""The languages that we speak."""
NOT_UNDERSTOOD = ("nlu_fallback", "out_of_scope")
PERSON = {ASK_PERSON, ASK_CALL}
"""Deeds beside which the question may stand; after any other one the talk is about something else."""
# What people type under the question instead of choosing a button. "Yes" is English and "ja" is Dutch.
REPLIES = {
    "en": ("yes", "yes please", "yeah", "english", "english please", "in english", "engels", "nee", "nee engels"),
    "nl": ("ja", "ja graag", "nederlands", "in het nederlands", "dutch", "no", "no thanks", "no dutch"),
}
_CHOICES = {reply: language for language, replies in REPLIES.items() for reply in replies}


def other_language(line: str, language: str) -> str | None:
    """The language of a line, if it clearly is not that of the conversation."""
    found = guess_language(line)
    return None if found == language else found


def ask_language(
    session: Session, phrases: Phrases, conversation: str, words: Sequence[Words], other: str, topic: str
) -> list[Words]:
    """The answer `words`, and once in a conversation the question in which language to go on. Later the other one is a
    button, without being asked again."""
    if any(_offers_language(said.buttons) or set(map(str, said.effects)) - PERSON for said in words):
        return list(words)
    if any(said.language == other for said in words):
        topic = ""  # it has been read in that language
    if _asked_before(session, phrases.municipality.id, conversation):
        return _with_button(phrases, words, other, topic) if other in BUTTONS else list(words)
    if other in BUTTONS:
        buttons = (_button(phrases, other, topic), _button(phrases, phrases.language))
        return [*words, Words(phrases.say("language_ask"), buttons=buttons)]
    # What we cannot read has no nearest topics either.
    heard = [] if topic in NOT_UNDERSTOOD else words
    return [*heard, *_in_their_words(phrases, other), _not_ours(phrases)]


def goes_on_in(session: Session, municipality_id: int, conversation: str, line: str, language: str) -> str | None:
    """The language of ours in which somebody goes on who was asked about it and has not pressed a button."""
    other = other_language(line, language)
    if other not in BUTTONS or not _asked_before(session, municipality_id, conversation):
        return None
    chosen = _said(municipality_id, conversation).where(Message.topic == SWITCH).limit(1)
    return other if session.scalars(chosen).first() is None else None


def is_first_line(session: Session, municipality_id: int, conversation: str) -> bool:
    """Whether the resident has said one thing only."""
    lines = (
        select(Message.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Message.municipality_id == municipality_id, Message.kind == MessageKind.LINE)
        .where(Conversation.public_id == conversation)
    )
    return len(session.scalars(lines.limit(2)).all()) < 2


def gone_on_in(phrases: Phrases, words: Sequence[Words], before: str, topic: str) -> list[Words]:
    """Tells that the conversation is in this language from now on, with the way back under the answer."""
    language = phrases.language
    changed = Words(phrases.say("language_changed_with_answer"), topic=SWITCH, effects=(f"{SPEAK}{language}",))
    return [replace(said, language=language) for said in (changed, *_with_button(phrases, words, before, topic))]


def may_be_choice(line: str) -> bool:
    """Whether it may be a reply to the question, by its words alone: mostly not, and then nothing is looked up."""
    return _plain(line) in _CHOICES


def typed_choice(session: Session, municipality_id: int, conversation: str, line: str) -> str | None:
    """What a short reply to the question means, as the payload of its button. None when it is none."""
    chosen = _CHOICES.get(_plain(line))
    query = _said(municipality_id, conversation).order_by(Message.seq.desc()).limit(1)
    payloads = [button["payload"] for button in (session.scalar(query) or {}).get("buttons", ())]
    # Only under the question itself: an answer that has such a button too is about something else.
    if not all(payload.startswith(f"/{SWITCH}") for payload in payloads):
        return None
    return next((p for p in payloads if json.loads(p.removeprefix(f"/{SWITCH}"))["language"] == chosen), None)


def _plain(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()[:40]))


def _asked_before(session: Session, municipality_id: int, conversation: str) -> bool:
    details = session.scalars(_said(municipality_id, conversation))
    return any(_offers_language([Button(**b) for b in detail.get("buttons", ())]) for detail in details)


def _said(municipality_id: int, conversation: str) -> Select[tuple[dict[str, Any]]]:
    """What is kept of all that was said to the resident."""
    return (
        select(Message.detail)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.municipality_id == municipality_id,
            Conversation.public_id == conversation,
            Message.kind != MessageKind.LINE,
        )
    )


def _offers_language(buttons: Sequence[Button]) -> bool:
    return any(button.payload.startswith(f"/{SWITCH}") for button in buttons)


def _with_button(phrases: Phrases, words: Sequence[Words], other: str, topic: str) -> list[Words]:
    *before, last = words
    return [*before, replace(last, buttons=(*last.buttons, _button(phrases, other, topic)))]


def _button(phrases: Phrases, language: str, topic: str = "") -> Button:
    """Chosen, it also gives the answer to `topic` again, in that language."""
    about = {"topic": topic} if topic and topic not in NOT_UNDERSTOOD else {}
    return Button(phrases.say(BUTTONS[language]), f"/{SWITCH}{json.dumps({'language': language} | about)}")


def _in_their_words(phrases: Phrases, other: str) -> list[Words]:
    key = f"language_words.{other}"
    return [Words(phrases.say(key))] if phrases.keys_with(key) else []


def _not_ours(phrases: Phrases) -> Words:
    switch = [_button(phrases, language) for language in BUTTONS]
    return Words(phrases.say("language_not_ours"), buttons=(*switch, human_button(phrases)))
