"""What every answer about an appointment works with. Nothing is written while answering."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Account, Appointment, Conversation, Location, Message, MessageKind, Municipality, Person
from services.agenda.mine import appointments_of
from services.agenda.programmes import Programme, fits, programmes_in_use, programmes_of
from services.agenda.slot import Slot, Wanted
from services.agenda.slots import last_moment, own_and_team
from services.booking_talk.state import TOPICS, Deed, Talk, read_talk
from services.calendar import day_here
from services.people.person import person_of
from services.phrases import Phrases

APPOINTMENT = "appointment:"


@dataclass
class Office:
    session: Session
    phrases: Phrases
    conversation: Conversation | None
    """None when a line is only tried: then nobody has an appointment."""
    now: datetime

    @property
    def town(self) -> Municipality:
        return self.phrases.municipality

    @property
    def today(self) -> date:
        return day_here(self.now)

    @cached_property
    def person(self) -> Person | None:
        return person_of(self.session, self.conversation) if self.conversation is not None else None

    @cached_property
    def talk(self) -> Talk | None:
        return read_talk(self.session, self.conversation, self.now) if self.conversation is not None else None

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """Those that this resident may choose from; who is not linked has a first talk with the team."""
        person = self.person
        if person is None:
            return {key: one for key, one in programmes_in_use(self.town).items() if one.first_talk}
        return {key: one for key, one in programmes_of(self.town).items() if fits(one, person, self.today)}

    @cached_property
    def coming(self) -> list[Appointment]:
        if self.conversation is None:
            return []
        person_id = self.person.id if self.person is not None else None
        found = appointments_of(self.session, self.town.id, person_id, self.conversation.id, self.now)
        return [one for one in found if one.begins_at > self.now]

    @cached_property
    def newest(self) -> Message | None:
        """What was said to the resident last, apart from a notice in between: that something was hidden, a delay."""
        if self.conversation is None:
            return None
        query = select(Message).where(
            Message.municipality_id == self.town.id,
            Message.conversation_id == self.conversation.id,
            Message.seq > 0,
            Message.kind != MessageKind.LINE,
            or_(Message.kind != MessageKind.NOTICE, Message.topic.is_not(None)),
        )
        return self.session.scalar(query.order_by(Message.seq.desc()).limit(1))

    @property
    def just_asked(self) -> bool:
        """Whether what was said last was of this talk."""
        return self.newest is not None and self.newest.topic in TOPICS.values()

    @cached_property
    def reminded_of(self) -> Appointment | None:
        """What the newest message of ours reminds of, if it does."""
        newest = self.newest
        if (
            newest is None
            or newest.kind is not MessageKind.REMINDER
            or not (newest.about or "").startswith(APPOINTMENT)
        ):
            return None
        number = str(newest.about).removeprefix(APPOINTMENT).split(":")[0]
        return next((one for one in self.coming if str(one.id) == number), None)

    def find(self, public_id: str | None) -> Appointment | None:
        return next((one for one in self.coming if one.public_id == public_id), None)

    def programme_of(self, talk: Talk) -> Programme | None:
        """Also of an appointment of a kind that he could not choose now."""
        moving = self.find(talk.appointment)
        if talk.deed is Deed.MOVE:
            return programmes_of(self.town).get(moving.programme) if moving else None
        return self.programmes.get(talk.programme or "")

    def wanted(self, talk: Talk, programme: Programme) -> Wanted:
        moving = self.find(talk.appointment) if talk.deed is Deed.MOVE else None
        needs = moving.needs if moving is not None else talk.needs
        return Wanted(programme, self.person, talk.channel, access=bool(needs.get("access")))

    def free(self, talk: Talk, programme: Programme) -> list[Slot]:
        """Of the own caseworker; of the team when that one has none at all."""
        own, team = self.free_by_whom(talk, programme)
        return own or team

    def free_by_whom(self, talk: Talk, programme: Programme) -> tuple[list[Slot], list[Slot]]:
        """Of the own caseworker, and of the others."""
        wanted, until = self.wanted(talk, programme), last_moment(programme, self.now)
        return own_and_team(self.session, self.town, wanted, self.now, until, self.now)

    def account_name(self, account_id: int | None) -> str | None:
        """Only of the own caseworker: who else it will be may change."""
        if self.person is None or account_id is None or self.person.caseworker_id != account_id:
            return None
        account = self.session.get(Account, account_id)
        return account.shown_as if account is not None and account.municipality_id == self.town.id else None

    def location(self, location_id: int | None) -> Location | None:
        found = self.session.get(Location, location_id) if location_id is not None else None
        return found if found is not None and found.municipality_id == self.town.id else None
