"""What to say when it is not clear what was meant."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Topic, TopicKind
from services.answer_topic import HUMAN, human_button, topic_buttons
from services.municipalities import scope
from services.nearest_topics import nearest_topics
from services.phrases import Phrases
from services.words import Words

OFFERED = 3
CALLBACK = "request_callback"


def not_understood(session: Session, phrases: Phrases, ranking: Sequence[str], text: str, again: bool) -> Words:
    """The three nearest topics as buttons; the second time in a row, a person is named first."""
    names = offered_topics(session, phrases, ranking) or nearest_topics(session, phrases.municipality.id, text)
    key = "not_understood_again" if again else "not_understood"
    topics = topic_buttons(session, phrases, names[:OFFERED])
    person = human_button(phrases)
    return Words(phrases.say(key), buttons=(person, *topics) if again else (*topics, person))


def no_answer(session: Session, phrases: Phrases, key: str, text: str) -> Words:
    """Something failed in us (`key` says what): nearest topics by plain text search, and a person."""
    names = nearest_topics(session, phrases.municipality.id, text, OFFERED)
    return Words(phrases.say(key), buttons=(*topic_buttons(session, phrases, names), human_button(phrases)))


def offered_topics(session: Session, phrases: Phrases, ranking: Sequence[str]) -> list[str]:
    """Those of the ranking that can be offered: questions and things to do, not greetings or a plain yes."""
    query = select(Topic.name).where(
        Topic.name.in_(ranking),
        Topic.municipality_id.in_(scope(session, phrases.municipality.id)),
        (Topic.kind == TopicKind.FAQ) | Topic.name.in_(OFFERABLE_TASKS),
    )
    offerable = set(session.scalars(query))
    return [name for name in ranking if name in offerable and name not in (HUMAN, CALLBACK)]


OFFERABLE_TASKS = (
    "report_change",
    "my_data",
    "delete_my_data",
    "calculate_income",
    "book_conversation",
    "reschedule_conversation",
    "cancel_conversation",
    "show_conversations",
    "my_agreements",
    "my_reminders",
    "log_search_effort",
    "work_checklist",
)
