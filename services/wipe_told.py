"""What somebody is told before his conversation is wiped: what goes with it, and what stays with the municipality."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Conversation
from services.agenda.mine import appointments_of
from services.effort.keep import efforts_told
from services.people.person import person_of
from services.phrases import Phrases


def told_before_wiping(session: Session, phrases: Phrases, conversation: Conversation, now: datetime) -> list[str]:
    """Besides the messages; nothing for whom nothing else is kept."""
    if person_of(session, conversation) is not None:
        return [phrases.say("wipe_stays_linked")]
    told = []
    if efforts_told(session, conversation):
        told.append(phrases.say("wipe_takes_efforts"))
    if appointments_of(session, conversation.municipality_id, None, conversation.id, now):
        told.append(phrases.say("wipe_stays_appointment"))
    return told
