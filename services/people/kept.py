"""What is kept of whoever talks here besides the text of the conversation: how much of each kind."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Conversation, Person
from services.agenda.mine import appointments_of
from services.agreements import agreements_of
from services.answer_topic import human_button
from services.calendar import day_here, in_words
from services.effort.keep import efforts_told
from services.effort.period import period_of
from services.people.person import contact_points_of, person_of
from services.phrases import Phrases
from services.reminding.answer import planned_for
from services.words import Button, Words

TOPIC = "my_data"


def tell_kept(session: Session, phrases: Phrases, conversation: Conversation | None, now: datetime) -> Words | None:
    """A short list by kind; None for whom nothing is kept."""
    if conversation is None:
        return None
    person = person_of(session, conversation)
    lines = list(_lines(session, phrases, conversation, person, now))
    if not lines:
        return None
    head = phrases.say("kept_of_person" if person else "kept_of_chat")
    undo = (Button(phrases.say("button_undo_link"), '/link_case{"kind": "undo"}'),) if person else ()
    text = "\n".join([head, *(f"- {line}" for line in lines), *([phrases.say("kept_how")] if person else ())])
    return Words(text, topic=TOPIC, buttons=(*undo, human_button(phrases)))


def _lines(
    session: Session, phrases: Phrases, conversation: Conversation, person: Person | None, now: datetime
) -> Iterator[str]:
    town, person_id = conversation.municipality_id, person.id if person else None
    if person is not None:
        yield phrases.say("kept_number")
        yield phrases.say("kept_chats", wat=str(len(contact_points_of(session, town, person.id))))
    if booked := appointments_of(session, town, person_id, conversation.id, now):
        yield phrases.say("kept_appointments", wat=str(len(booked)))
    if person is not None and (agreed := agreements_of(session, town, person.id)):
        yield phrases.say("kept_agreements", wat=str(len(agreed)))
    if told := efforts_told(session, conversation):
        yield phrases.say("kept_efforts", wat=str(len(told)))
    if planned := planned_for(session, conversation):
        yield phrases.say("kept_reminders", wat=str(len(planned)))
    period = period_of(session, town, person.id, day_here(now)) if person is not None else None
    if period is not None:
        yield phrases.say("kept_period", datum=in_words(period.ends_on, phrases.language))
