"""Make what an agenda needs: a caseworker with hours, places, people, a programme; a test names what matters."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from db.models import (
    Account,
    BenefitKind,
    Channel,
    ContactPoint,
    Conversation,
    Location,
    MeetingChannel,
    Municipality,
    Person,
    Role,
    Room,
    TimeOff,
    TimeOffKind,
    WorkingHours,
)
from services.agenda.programmes import Programme, programmes_of
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import free_slots
from services.calendar import AMSTERDAM
from tests.builders import NOW, build_account, build_municipality

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
NEXT_TUESDAY = date(2026, 12, 1)
TALK: dict[str, Any] = {
    "key": "contactgesprek",
    "name": {"nl": "contactgesprek", "en": "contact talk"},
    "minutes": 30,
    "channels": ["office", "phone"],
    "bring": {"nl": ["Neem uw legitimatie mee."], "en": ["Bring proof of who you are."]},
}


def build_town(
    session: Session, *programmes: dict[str, Any], slug: str = "voorbeeldstad", **changes: Any
) -> Municipality:
    """With these programmes, or with one `contactgesprek` that differs from the ordinary one in `changes`."""
    told = list(programmes) or [TALK | changes]
    return build_municipality(session, slug, slug.title(), programmes=told)


def build_programme(town: Municipality, key: str = "contactgesprek") -> Programme:
    return programmes_of(town)[key]


def build_caseworker(session: Session, town: Municipality, login: str = "anna", **fields: Any) -> Account:
    return build_account(session, town, Role.CASEWORKER, login=f"{login}-{town.slug}", **fields)


def build_hours(
    session: Session,
    account: Account,
    weekday: int = TUESDAY,
    begins: str = "09:00",
    ends: str = "12:00",
    **fields: Any,
) -> WorkingHours:
    row = WorkingHours(
        municipality_id=account.municipality_id, account_id=account.id, weekday=weekday,
        begins=time.fromisoformat(begins), ends=time.fromisoformat(ends), **{"channels": [], **fields},
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def build_time_off(
    session: Session, account: Account, begins: datetime, ends: datetime, kind: TimeOffKind = TimeOffKind.LEAVE,
    location: Location | None = None,
) -> TimeOff:  # fmt: skip
    row = TimeOff(
        municipality_id=account.municipality_id, account_id=account.id, kind=kind, begins_at=begins, ends_at=ends,
        location_id=location.id if location else None,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def build_location(
    session: Session, town: Municipality, name: str = "Stadhuis", rooms: int = 0, **fields: Any
) -> Location:
    place = Location(municipality_id=town.id, name=name, address="Plein 1", **fields)
    session.add(place)
    session.flush()
    for number in range(rooms):
        build_room(session, place, f"Kamer {number + 1}")
    return place


def build_room(session: Session, place: Location, name: str, **fields: Any) -> Room:
    room = Room(municipality_id=place.municipality_id, location_id=place.id, name=name, **fields)
    session.add(room)
    session.flush()
    return room


def build_person(
    session: Session, town: Municipality, caseworker: Account | None = None, number: str = "K-1", **fields: Any
) -> Person:
    person = Person(
        municipality_id=town.id, client_number=number, caseworker_id=caseworker.id if caseworker else None,
        **{"benefit": BenefitKind.ALGEMEEN, "created_at": NOW, **fields},
    )  # fmt: skip
    session.add(person)
    session.flush()
    return person


def build_chat(
    session: Session, town: Municipality, person: Person | None = None, name: str = "r1", channel: Channel = Channel.WEB
) -> Conversation:
    """A conversation over a contact point of this person, or of nobody known."""
    contact = ContactPoint(
        municipality_id=town.id, channel=channel, lookup=f"lookup-{name}", created_at=NOW,
        person_id=person.id if person else None,
    )  # fmt: skip
    session.add(contact)
    session.flush()
    chat = Conversation(
        municipality_id=town.id, public_id=f"public-{name}-{town.slug}", contact_point_id=contact.id, channel=channel,
        started_at=NOW, last_line_at=NOW, changed_at=NOW,
    )  # fmt: skip
    session.add(chat)
    session.flush()
    return chat


def here(day: date, clock: str) -> datetime:
    """That time on the clock here, in UTC."""
    return datetime.combine(day, time.fromisoformat(clock), AMSTERDAM).astimezone(UTC)


def slots_on(
    session: Session, town: Municipality, wanted: Wanted, day: date = NEXT_TUESDAY, now: datetime = NOW
) -> list[Slot]:
    return free_slots(session, town, wanted, here(day, "00:00"), here(day + timedelta(days=1), "00:00"), now)


def times(slots: list[Slot]) -> list[str]:
    """`09:00`, on the clock here."""
    return [slot.begins_at.astimezone(AMSTERDAM).strftime("%H:%M") for slot in slots]


def wants(town: Municipality, person: Person | None, channel: MeetingChannel | None = None, **fields: Any) -> Wanted:
    return Wanted(build_programme(town), person, channel, **fields)
