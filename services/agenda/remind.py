"""What a reminder of an appointment says: the whole appointment, as it is when it is said."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Conversation, Message
from services.agenda.move import STAFF
from services.agenda.reminders import TOLD
from services.booking_talk.office import Office
from services.booking_talk.state import Deed
from services.booking_talk.telling import SHOWS, called, tell_appointment, time_of
from services.booking_talk.ways import begin_button
from services.phrases import Phrases
from services.words import Words


def say_appointment(
    session: Session, phrases: Phrases, planned: Message, conversation: Conversation, now: datetime
) -> Words | None:
    """None when it was changed since this was planned, or has begun."""
    appointment = _find(session, planned)
    if appointment is None or appointment.version != planned.about_version or appointment.begins_at <= now:
        return None
    office = Office(session, phrases, conversation, now)
    if appointment.state is AppointmentState.BOOKED:
        return tell_appointment(office, appointment, _head(office, planned, appointment))
    if appointment.state is AppointmentState.CANCELLED and appointment.cancelled_by == STAFF:
        text = _say(office, "agenda_called_off", appointment)
        return Words(text, topic=SHOWS, buttons=(begin_button(phrases, Deed.BOOK),))
    return None


def _find(session: Session, planned: Message) -> Appointment | None:
    number = (planned.about or "").partition(":")[2]
    found = session.get(Appointment, int(number))
    return found if found is not None and found.municipality_id == planned.municipality_id else None


def _head(office: Office, planned: Message, appointment: Appointment) -> str:
    if not (planned.external_id or "").endswith(f":{TOLD}"):
        return _say(office, "agenda_reminder", appointment)
    return _say(office, "agenda_made" if appointment.moved_from is None else "agenda_moved", appointment)


def _say(office: Office, key: str, appointment: Appointment) -> str:
    return office.phrases.say(key, wat=called(office, appointment), tijd=time_of(appointment, office.phrases))
