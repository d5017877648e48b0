"""The words of an invitation, of the reminder to choose a time, and of what comes after a missed conversation.

They ask and they offer: that somebody does not answer or did not come is never held against him here.
"""

from datetime import datetime

from babel.lists import format_list
from sqlalchemy.orm import Session

from db.models import Appointment, Conversation, Invitation, InvitationState, Message, Outcome, Person
from services.agenda.programmes import Programme, fits, programmes_of
from services.answer_topic import human_button
from services.booking_talk.along import times_along
from services.booking_talk.office import Office
from services.booking_talk.state import TOPICS, Deed
from services.booking_talk.ways import begin_with_button
from services.calendar import day_here, in_words
from services.inviting.invite import round_of
from services.phrases import Phrases
from services.words import Button, Words

CHOOSE = TOPICS[Deed.BOOK]
"""The topic in which a time is chosen."""
OFFERED = (InvitationState.INVITED, InvitationState.REMINDED)
LATE = (Outcome.LATE_CANCEL, Outcome.MOVED)


def say_invitation(
    session: Session, phrases: Phrases, planned: Message, _conversation: Conversation, now: datetime
) -> Words | None:
    """None when a time was chosen, the case is closed, or the programme is for others now."""
    invitation = session.get(Invitation, _number(planned))
    if invitation is None or invitation.municipality_id != planned.municipality_id:
        return None
    if invitation.state not in OFFERED or round_of(invitation) != planned.about_version:
        return None
    programme = programmes_of(phrases.municipality).get(invitation.programme)
    person = session.get_one(Person, invitation.person_id)
    if programme is None or not fits(programme, person, day_here(now)):
        return None
    first = invitation.state is InvitationState.INVITED
    texts = (
        _invite(phrases, programme) if first else [phrases.say("invitation_choose", wat=_called(phrases, programme))]
    )
    return _with_choice(phrases, programme, texts)


def say_missed(
    session: Session, phrases: Phrases, planned: Message, conversation: Conversation, now: datetime
) -> Words | None:
    """After a conversation that did not take place, with three new times. None when the outcome is another one by
    now."""
    appointment = session.get(Appointment, _number(planned))
    if appointment is None or appointment.municipality_id != planned.municipality_id:
        return None
    programme = programmes_of(phrases.municipality).get(appointment.programme)
    if programme is None or not programme.in_use or appointment.version != planned.about_version:
        return None
    day = in_words(day_here(appointment.begins_at), phrases.language)
    if appointment.outcome is Outcome.NO_SHOW:
        said = phrases.say("invitation_missed", datum=day, wat=_called(phrases, programme))
    elif appointment.outcome in LATE:
        said = phrases.say("invitation_did_not_happen", datum=day, wat=_called(phrases, programme))
    else:
        return None
    lines, times = times_along(Office(session, phrases, conversation, now), programme)
    if not times:
        return _with_choice(phrases, programme, [said])
    return Words("\n".join([said, *lines]), topic=CHOOSE, buttons=(*times, human_button(phrases)))


def words_of_invitation(phrases: Phrases, programme: Programme) -> Words:
    """As the first message to whoever is due."""
    return _with_choice(phrases, programme, _invite(phrases, programme))


def choose_button(phrases: Phrases, programme: Programme) -> Button:
    return begin_with_button(phrases.say("button_choose_time"), programme.key)


def ways_to_meet(phrases: Phrases, programme: Programme) -> str:
    """`op kantoor, telefonisch of bij u thuis`"""
    said = [phrases.say(f"meeting.{channel.value}") for channel in programme.channels]
    return format_list(said, style="or", locale="en_GB" if phrases.language == "en" else "nl")


def _invite(phrases: Phrases, programme: Programme) -> list[str]:
    texts = [phrases.say("invitation_invite", wat=_called(phrases, programme))]
    if about := programme.about.get(phrases.language) or programme.about.get("nl"):
        texts.append(about)
    if len(programme.channels) > 1:
        texts.append(phrases.say("invitation_ways", wat=ways_to_meet(phrases, programme)))
    return [*texts, phrases.say("invitation_choose_yourself")]


def _with_choice(phrases: Phrases, programme: Programme, texts: list[str]) -> Words:
    return Words(" ".join(texts), topic=CHOOSE, buttons=(choose_button(phrases, programme), human_button(phrases)))


def _called(phrases: Phrases, programme: Programme) -> str:
    return programme.called(phrases.language)


def _number(planned: Message) -> int:
    return int((planned.about or ":0").partition(":")[2])
