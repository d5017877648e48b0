"""The times to choose from when somebody of the staff books or moves a conversation, a week at a time."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams

from db.models import Account, Appointment, Location, MeetingChannel, Municipality, Person
from portal.typed import a_day, a_number, moment
from services.agenda.move import STAFF, wanted_again
from services.agenda.programmes import Programme, fits, programmes_in_use
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import free_slots
from services.calendar import day_here
from services.errors import SlotTaken, UnknownProgramme
from services.places import list_locations
from services.working_week import caseworkers

TEAM = "team"
DAYS = 7


@dataclass(frozen=True)
class Choice:
    """What is looked for, in the words of the address, and what is free."""

    programmes: Mapping[str, Programme]
    programme: Programme | None
    channel: MeetingChannel | None
    whose: str
    since: date
    days: Sequence[tuple[date, list[Slot]]]
    colleagues: Sequence[Account]
    locations: Sequence[Location]
    today: date

    @property
    def before(self) -> date | None:
        return max(self.since - timedelta(days=DAYS), self.today) if self.since > self.today else None

    @property
    def after(self) -> date:
        return self.since + timedelta(days=DAYS)

    @property
    def until(self) -> date:
        return self.after - timedelta(days=1)

    @property
    def several(self) -> bool:
        """Whether the times are of more than one colleague."""
        return len({slot.account_id for _, slots in self.days for slot in slots}) > 1

    def words(self, since: date) -> str:
        """The same, of another week; for an address."""
        told = {
            "gesprek": self.programme.key if self.programme else "", "hoe": self.channel.value if self.channel else "",
            "met": self.whose, "vanaf": since.isoformat(),
        }  # fmt: skip
        return "&".join(f"{name}={value}" for name, value in told.items() if value)

    def who(self, slot: Slot) -> str:
        return next((one.name for one in self.colleagues if one.id == slot.account_id), "")

    def where(self, slot: Slot) -> str:
        return next((place.name for place in self.locations if place.id == slot.location_id), "")


def choice_for_person(
    session: Session, town: Municipality, person: Person, given: QueryParams | Mapping[str, str], now: datetime
) -> Choice:
    """The first programme that fits this person, when none is asked for."""
    known = programmes_in_use(town)
    fitting = [one for one in known.values() if fits(one, person, day_here(now))] or list(known.values())
    programme = known.get(given.get("gesprek", "")) or next(iter(fitting), None)
    return _choice(session, town, known, _wanted(programme, person, given) if programme else None, given, now)


def choice_for_move(
    session: Session,
    town: Municipality,
    appointment: Appointment,
    given: QueryParams | Mapping[str, str],
    now: datetime,
) -> Choice:
    """Raises UnknownProgramme."""
    again = wanted_again(session, town, appointment, STAFF)
    return _choice(session, town, {}, _asked(again, given), given, now)


def wanted_for(session: Session, town: Municipality, person: Person, form: Mapping[str, str]) -> Wanted:
    """What is booked; what is offered was found by the same. Raises UnknownProgramme."""
    programme = programmes_in_use(town).get(form.get("gesprek", ""))
    if programme is None:
        raise UnknownProgramme
    return _wanted(programme, person, form)


def slot_in(form: Mapping[str, str]) -> Slot:
    """The time that was chosen, as the page wrote it. Raises SlotTaken for anything else."""
    try:
        return Slot.from_json(json.loads(form.get("tijd", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SlotTaken from error


def written(slot: Slot) -> str:
    return json.dumps(slot.to_json(), separators=(",", ":"))


def _wanted(programme: Programme, person: Person, given: QueryParams | Mapping[str, str]) -> Wanted:
    """Staff may book a time however near."""
    return _asked(Wanted(replace(programme, notice_hours=0), person, None), given)


def _asked(wanted: Wanted, given: QueryParams | Mapping[str, str]) -> Wanted:
    whose, channel = given.get("met", ""), _channel(given)
    accounts = (number,) if (number := a_number(whose)) else None
    programme = replace(wanted.programme, led_by="team") if whose == TEAM else wanted.programme
    return replace(wanted, programme=programme, channel=channel, account_ids=accounts)


def _choice(
    session: Session, town: Municipality, known: Mapping[str, Programme], wanted: Wanted | None,
    given: QueryParams | Mapping[str, str], now: datetime,
) -> Choice:  # fmt: skip
    today = day_here(now)
    since = max(a_day(given.get("vanaf", "")) or today, today)
    begins, ends = moment(since, time(0)), moment(since + timedelta(days=DAYS), time(0))
    slots = free_slots(session, town, wanted, begins, ends, now) if wanted else []
    return Choice(
        programmes=known, programme=wanted.programme if wanted else None, channel=wanted.channel if wanted else None,
        whose=given.get("met", "") if given.get("met") == TEAM or a_number(given.get("met", "")) else "",
        since=since, days=[(day, list(some)) for day, some in groupby(slots, lambda slot: day_here(slot.begins_at))],
        colleagues=caseworkers(session, town.id), locations=list_locations(session, town.id), today=today,
    )  # fmt: skip


def _channel(given: QueryParams | Mapping[str, str]) -> MeetingChannel | None:
    return MeetingChannel(given["hoe"]) if given.get("hoe") in set(MeetingChannel) else None
