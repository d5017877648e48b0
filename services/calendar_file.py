"""An appointment as a file for one's own calendar (RFC 5545), without a name or a topic: others may look along."""

from datetime import UTC

from icalendar import Calendar, Event, vText
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Location, Municipality
from services.calendar import AMSTERDAM
from services.errors import NotYourAppointment
from services.phrases import Phrases

MADE_BY = "-//Trede//Afspraken//NL"
SHOWN = (AppointmentState.BOOKED, AppointmentState.MOVED, AppointmentState.CANCELLED)


def find_for_calendar(session: Session, town: Municipality, public_id: str) -> Appointment:
    """By its random name, which only who made it knows. Raises NotYourAppointment."""
    query = select(Appointment).where(
        Appointment.municipality_id == town.id,
        Appointment.public_id == public_id,
        Appointment.state.in_(SHOWN),
        Appointment.seats.is_(None),
    )
    found = session.scalar(query)
    if found is None:
        raise NotYourAppointment
    return _newest(session, found)


def calendar_file(session: Session, one: Appointment, phrases: Phrases) -> bytes:
    """The same UID as long as it is the same conversation; a later SEQUENCE takes the place of an earlier one."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(session, one, phrases))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _newest(session: Session, one: Appointment) -> Appointment:
    """What it was moved to, however often."""
    while one.state is AppointmentState.MOVED:
        query = select(Appointment).where(
            Appointment.municipality_id == one.municipality_id, Appointment.moved_from == one.id
        )
        following = session.scalar(query)
        if following is None:
            return one
        one = following
    return one


def _from_the_first(session: Session, one: Appointment) -> list[Appointment]:
    chain = [one]
    while chain[0].moved_from is not None and (before := session.get(Appointment, chain[0].moved_from)):
        chain.insert(0, before)
    return chain


def _event(session: Session, one: Appointment, phrases: Phrases) -> Event:
    event, chain = Event(), _from_the_first(session, one)
    event.add("uid", f"{chain[0].public_id}@trede")
    event.add("sequence", sum(each.version for each in chain))
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("dtstart", one.begins_at.astimezone(AMSTERDAM))
    event.add("dtend", one.ends_at.astimezone(AMSTERDAM))
    event.add("summary", vText(phrases.say("booking_calendar_title")))
    event.add("description", vText(phrases.say("booking_calendar_note")))
    event.add("status", "CONFIRMED" if one.state is AppointmentState.BOOKED else "CANCELLED")
    event.add("class", "PRIVATE")
    location = session.get(Location, one.location_id) if one.location_id is not None else None
    if location is not None and location.municipality_id == one.municipality_id:
        event.add("location", vText(f"{location.name}, {location.address}"))
    return event
