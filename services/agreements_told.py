"""What was agreed, in the chat: the list, ticking a line of it, and the reminder of one."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models import Agreement, Conversation, Message, Side
from services.agreements import agreement_done, agreement_open, agreements_of, own_agreement, version_of
from services.answer_topic import human_button, topic_buttons
from services.calendar import day_here, in_words
from services.errors import UnknownAgreement
from services.people.person import person_of
from services.phrases import Phrases
from services.words import Button, Words

TOPIC = "my_agreements"
AGREEMENT = "agreement"
"""The name of our effect."""
DONE, OPEN = "done", "open"
MOST_BUTTONS = 3
SHOWN_AFTER = timedelta(days=31)
"""What is done is shown as done for so long."""
SAYS_DONE = re.compile(
    r"\b(\d{1,2})\b[^\d]{0,40}\b(?:klaar|gedaan|af|gelukt|gebeurd|geregeld|done|finished|ready)\b", re.IGNORECASE
)


def answer_agreements(
    session: Session,
    phrases: Phrases,
    conversation: Conversation | None,
    text: str,
    chosen: Mapping[str, Any],
    now: datetime,
) -> Words:
    """The list; or, for who says that a line of it is done, that. `chosen`: what a button brought."""
    person = person_of(session, conversation) if conversation is not None else None
    if person is None:
        buttons = (*topic_buttons(session, phrases, ("link_case",)), human_button(phrases))
        return Words(phrases.say("agreements_not_linked"), topic=TOPIC, buttons=buttons)
    held = agreements_of(session, person.municipality_id, person.id)
    one = _meant(held, text, chosen)
    if one is not None:
        return _ticked(phrases, one, OPEN if chosen.get("kind") == OPEN else DONE)
    if not held:
        return Words(phrases.say("agreements_none"), topic=TOPIC, buttons=(human_button(phrases),))
    return _list(phrases, held, now)


def change_agreement(session: Session, conversation: Conversation, effect: Mapping[str, Any], now: datetime) -> None:
    """Tick it or open it again. One that was dropped, or is no longer his, needs nothing any more."""
    with suppress(UnknownAgreement):
        found = own_agreement(session, conversation, int(effect["id"]))
        (agreement_done if effect["deed"] == DONE else agreement_open)(session, found, now)


def say_agreement(
    session: Session, phrases: Phrases, planned: Message, _conversation: Conversation, now: datetime
) -> Words | None:
    """None when it is done or dropped, or has another day by now."""
    agreement = session.get(Agreement, int((planned.about or ":0").partition(":")[2]))
    if agreement is None or agreement.municipality_id != planned.municipality_id or agreement.due_on is None:
        return None
    ended = agreement.done_at is not None or agreement.dropped_at is not None
    if ended or version_of(agreement) != planned.about_version:
        return None
    when = in_words(agreement.due_on, phrases.language)
    key = "agreement_reminder_today" if agreement.due_on <= day_here(now) else "agreement_reminder"
    return Words(
        f"{phrases.say(key, datum=when)}\n**{agreement.text}**\n{phrases.say('agreement_not_in_time')}",
        topic=TOPIC,
        buttons=(Button(phrases.say("button_agreement_done"), _payload(agreement, DONE)), human_button(phrases)),
    )


def to_do(held: Sequence[Agreement]) -> list[Agreement]:
    """What the resident still has to do, as it is numbered."""
    return [one for one in held if one.side is Side.RESIDENT and one.done_at is None]


def _list(phrases: Phrases, held: Sequence[Agreement], now: datetime) -> Words:
    mine, today = to_do(held), day_here(now)
    theirs = [one for one in held if one.side is Side.MUNICIPALITY and one.done_at is None]
    done = [one for one in held if one.done_at is not None and one.done_at > now - SHOWN_AFTER]
    lines = [f"**{phrases.say('agreements_yours')}**"] if mine else [phrases.say("agreements_nothing_open")]
    lines += [f"{number}. {_line(phrases, one, today)}" for number, one in enumerate(mine, 1)]
    if theirs:
        lines += [f"**{phrases.say('agreements_theirs')}**", *(f"- {_line(phrases, one, today)}" for one in theirs)]
    if done:
        lines += [f"**{phrases.say('agreements_done')}**", *(f"- {one.text}" for one in done)]
    buttons = [
        Button(phrases.say("button_number_done", wat=str(number)), _payload(one, DONE))
        for number, one in enumerate(mine[:MOST_BUTTONS], 1)
    ]
    return Words("\n".join(lines), topic=TOPIC, buttons=(*buttons, human_button(phrases)))


def _line(phrases: Phrases, agreement: Agreement, today: date) -> str:
    """`Een cv maken. Uiterlijk 1 december 2026.`"""
    text = agreement.text if agreement.text[-1] in ".!?" else f"{agreement.text}."
    if agreement.due_on is None:
        return text
    key = "agreement_by" if agreement.due_on >= today else "agreement_was_by"
    return f"{text} {phrases.say(key, datum=in_words(agreement.due_on, phrases.language))}"


def _ticked(phrases: Phrases, agreement: Agreement, deed: str) -> Words:
    """As if it were done already: it is, with this answer."""
    other = DONE if deed == OPEN else OPEN
    label = "button_agreement_done" if other == DONE else "button_agreement_open"
    told = phrases.say("agreement_ticked" if deed == DONE else "agreement_unticked")
    effect = {"effect": AGREEMENT, "deed": deed, "id": agreement.id}
    buttons = (
        Button(phrases.say("button_agreed"), f"/{TOPIC}"),
        Button(phrases.say(label), _payload(agreement, other)),
        human_button(phrases),
    )
    return Words(f"{told}\n**{agreement.text}**", topic=TOPIC, buttons=buttons, effects=(effect,))


def _meant(held: Sequence[Agreement], text: str, chosen: Mapping[str, Any]) -> Agreement | None:
    """Of a button by its own number; of a line by its place in the list."""
    if chosen.get("kind") in (DONE, OPEN):
        return next((one for one in held if str(one.id) == str(chosen.get("topic"))), None)
    said = SAYS_DONE.search(text)
    open_ = to_do(held)
    return open_[int(said[1]) - 1] if said and 0 < int(said[1]) <= len(open_) else None


def _payload(agreement: Agreement, deed: str) -> str:
    return f'/{TOPIC}{{"topic": "{agreement.id}", "kind": "{deed}"}}'
