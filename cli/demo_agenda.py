"""An agenda for the example: places, hours and a few people in each municipality. All of it is made up, and says so."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cli.prepare import Tell
from cli.wiring import Wiring, now
from db.locks import Lock, hold
from db.models import (
    Account,
    Appointment,
    AppointmentState,
    BenefitKind,
    Location,
    MeetingChannel,
    Municipality,
    Person,
    Perspective,
    Role,
    Room,
)
from services.agenda.book import book
from services.agenda.programmes import Programme, programmes_of
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import free_slots
from services.calendar import AMSTERDAM, day_here
from services.inviting.due import months_after, note_held
from services.keys import Keys
from services.municipalities import list_municipalities
from services.people.link_code import make_code
from services.people.person import add_person
from services.reminding.moments import working_day
from services.working_week import add_hours

ROOMS = ("Spreekkamer 1", "Spreekkamer 2")
HOURS = ((time(9), time(12, 30)), (time(13), time(16, 30)))
WORKING_DAYS = range(5)
NEXT_WEEK, A_WEEK = timedelta(days=7), timedelta(days=7)


@dataclass(frozen=True)
class Told:
    town: str
    number: str
    code: str


def make_demo_agenda(wiring: Wiring, tell: Tell) -> None:
    """Where a trial has its caseworker of the example, and nobody has begun an agenda."""
    if wiring.settings.secure:
        return
    with wiring.database.writing() as session:
        hold(session, Lock.FIRST_RUN)
        told = [_fill(session, wiring.keys, town, now()) for town in list_municipalities(session) if town.example]
    codes = [one for one in told if one is not None]
    if codes:
        _tell(codes, tell)


def _fill(session: Session, keys: Keys, town: Municipality, moment: datetime) -> Told | None:
    account, programme = _caseworker(session, town), _programme(town)
    if account is None or programme is None or _begun(session, town):
        return None
    place = _make_place(session, town)
    for weekday in WORKING_DAYS:
        for begins, ends in HOURS:
            add_hours(session, account, weekday, begins, ends, place.id, [], None, None)
    due, coming, been, later = (_person(session, account, f"VOORBEELD-{number}", moment) for number in range(1, 5))
    today, months = day_here(moment), programme.months or 0
    for person in (due, coming, been):
        note_held(session, person, programme.key, months_after(today + A_WEEK, -months), moment)
    note_held(session, later, programme.key, today - A_WEEK, moment)
    _book_coming(session, town, programme, coming, moment)
    _add_past(session, programme, been, account, place, moment)
    _, shown = make_code(session, keys, account, due, moment)
    return Told(town.slug, due.client_number, shown)


def _caseworker(session: Session, town: Municipality) -> Account | None:
    query = select(Account).where(
        Account.municipality_id == town.id, Account.demo.is_(True), Account.blocked_at.is_(None)
    )
    return next((one for one in session.scalars(query.order_by(Account.id)) if one.may(Role.CASEWORKER)), None)


def _programme(town: Municipality) -> Programme | None:
    """The one that people become due for."""
    return next((one for one in programmes_of(town).values() if one.months is not None), None)


def _begun(session: Session, town: Municipality) -> bool:
    records: tuple[type[Location | Person], ...] = (Location, Person)
    found = (session.scalar(select(one.id).where(one.municipality_id == town.id).limit(1)) for one in records)
    return any(row is not None for row in found)


def _make_place(session: Session, town: Municipality) -> Location:
    place = Location(
        municipality_id=town.id,
        name="Loket Voorbeeld",
        address=f"Voorbeeldplein 1, {town.name} (verzonnen)",
        directions="Dit is een verzonnen adres. Meld u bij de balie.",
    )
    session.add(place)
    session.flush()
    session.add_all(Room(municipality_id=town.id, location_id=place.id, name=name) for name in ROOMS)
    session.flush()
    return place


def _person(session: Session, account: Account, number: str, moment: datetime) -> Person:
    facts = {"benefit": BenefitKind.ALGEMEEN, "perspective": Perspective.WERKEN_AAN, "caseworker_id": account.id}
    return add_person(session, account.municipality_id, number, moment, **facts)


def _book_coming(session: Session, town: Municipality, programme: Programme, person: Person, moment: datetime) -> None:
    """The first free time from next week on."""
    wanted = Wanted(programme, person, programme.channels[0])
    since = moment + NEXT_WEEK
    slots = free_slots(session, town, wanted, since, since + 2 * A_WEEK, moment)
    if slots:
        book(session, town, wanted, slots[0], moment)


def _add_past(
    session: Session, programme: Programme, person: Person, account: Account, place: Location, moment: datetime
) -> None:
    """One of the last working day, of which nobody has told how it went."""
    day = working_day(day_here(moment) - timedelta(days=1))
    begins = datetime.combine(day, time(10), AMSTERDAM).astimezone(UTC)
    slot = Slot(
        begins, begins + timedelta(minutes=programme.minutes), account.id, place.id, None, MeetingChannel.OFFICE
    )
    session.add(
        Appointment(
            municipality_id=account.municipality_id,
            public_id=f"voorbeeld-{account.municipality_id}-{person.id}",
            person_id=person.id,
            programme=programme.key,
            account_id=slot.account_id,
            location_id=slot.location_id,
            channel=slot.channel,
            begins_at=slot.begins_at,
            ends_at=slot.ends_at,
            blocked_from=slot.begins_at,
            blocked_until=slot.ends_at,
            state=AppointmentState.BOOKED,
            created_at=moment,
            changed_at=moment,
        )
    )
    session.flush()


def _tell(codes: list[Told], tell: Tell) -> None:
    tell("Voorbeeld-klanten (verzonnen). Typ de code in de chat van die gemeente; u ziet ook deze maar één keer:")
    width = max(len(one.town) for one in codes)
    for one in codes:
        tell(f"  {one.town:{width}}  {one.number}  {one.code}")
    tell("Kwijt? Maak een nieuwe code in het portaal, bij de klant.")
    tell("")
