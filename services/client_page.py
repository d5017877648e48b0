"""All that the page of one person shows: his facts, his chats and codes, and what was planned, agreed and done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    Agreement,
    Appointment,
    AppointmentState,
    ContactPoint,
    Conversation,
    Invitation,
    InvitationState,
    LinkCode,
    Person,
    SearchEffort,
    SearchPeriod,
)
from db.models.invitation import OPEN_INVITATIONS
from services.clients import names_of
from services.evidence import Reminded, evidence_of_person
from services.people.person import codes_of, contact_points_of, find_person
from services.reminding.by_hand import Reminding, reminding_of

MOST = 50
"""Rows of one kind."""
SHOWN = (AppointmentState.BOOKED, AppointmentState.MOVED, AppointmentState.CANCELLED)


@dataclass(frozen=True)
class Chat:
    """A contact point that is his, with the newest conversation in it."""

    contact: ContactPoint
    conversation_id: int | None


@dataclass(frozen=True)
class ClientPage:
    person: Person
    names: dict[int, str]
    """Of colleagues that stand on the page."""
    chats: Sequence[Chat]
    codes: Sequence[LinkCode]
    coming: Sequence[Appointment]
    past: Sequence[Appointment]
    """Also what was moved or cancelled."""
    invitations: Sequence[Invitation]
    agreements: Sequence[Agreement]
    efforts: Sequence[SearchEffort]
    periods: Sequence[SearchPeriod]
    reminded: Sequence[Reminded]
    reminding: Reminding
    """What a caseworker lets him be reminded of."""

    def open_code(self, now: datetime) -> LinkCode | None:
        """The one that still works."""
        return next((c for c in self.codes if not c.used_at and not c.revoked_at and c.expires_at > now), None)

    @property
    def open_invitations(self) -> list[Invitation]:
        """That stand in the list of what is to come; what is booked stands there as an appointment."""
        waiting = set(OPEN_INVITATIONS) - {InvitationState.BOOKED}
        return [one for one in reversed(self.invitations) if one.state in waiting]

    @property
    def called_off(self) -> list[Invitation]:
        """That were the last of their programme: nobody is invited to it any more."""
        last = {one.programme: one for one in reversed(self.invitations)}
        return [one for one in last.values() if one.state is InvitationState.WITHDRAWN]

    def period(self, today: date) -> SearchPeriod | None:
        """The one that holds today, or comes first."""
        return next((one for one in reversed(self.periods) if not one.ended_at and one.ends_on >= today), None)


def read_client(session: Session, municipality_id: int, person_id: int, now: datetime) -> ClientPage:
    """Raises UnknownPerson, also for one of another municipality."""
    person = find_person(session, municipality_id, person_id)
    appointments = _appointments(session, person)
    coming = [one for one in appointments if one.state is AppointmentState.BOOKED and one.ends_at > now]
    codes = codes_of(session, municipality_id, person.id)
    agreements = _rows(session, Agreement, person)
    colleagues = [person.caseworker_id, *(c.made_by for c in codes), *(a.account_id for a in appointments)]
    return ClientPage(
        person=person,
        names=names_of(session, municipality_id, [*colleagues, *(a.noted_by for a in agreements)]),
        chats=[
            Chat(one, newest_conversation(session, one))
            for one in contact_points_of(session, municipality_id, person.id)
        ],
        codes=codes,
        coming=list(reversed(coming)),
        past=[one for one in appointments if one not in coming],
        invitations=_rows(session, Invitation, person),
        agreements=agreements,
        efforts=[one for one in _rows(session, SearchEffort, person) if one.removed_at is None],
        periods=_rows(session, SearchPeriod, person),
        reminded=evidence_of_person(session, municipality_id, person.id),
        reminding=reminding_of(session, person),
    )


def _appointments(session: Session, person: Person) -> Sequence[Appointment]:
    """The latest first."""
    query = select(Appointment).where(
        Appointment.municipality_id == person.municipality_id,
        Appointment.person_id == person.id,
        Appointment.state.in_(SHOWN),
    )
    return session.scalars(query.order_by(Appointment.begins_at.desc(), Appointment.id.desc()).limit(MOST)).all()


def agreements_in(session: Session, appointment: Appointment) -> Sequence[Agreement]:
    """What was noted in this conversation, in the order in which it was."""
    query = select(Agreement).where(
        Agreement.municipality_id == appointment.municipality_id, Agreement.appointment_id == appointment.id
    )
    return session.scalars(query.order_by(Agreement.id)).all()


def newest_conversation(session: Session, contact: ContactPoint) -> int | None:
    """The number of the newest conversation of a chat."""
    query = select(Conversation.id).where(
        Conversation.municipality_id == contact.municipality_id, Conversation.contact_point_id == contact.id
    )
    return session.scalar(query.order_by(Conversation.id.desc()).limit(1))


def _rows[R: (Agreement, Invitation, SearchEffort, SearchPeriod)](
    session: Session, record: type[R], person: Person
) -> Sequence[R]:
    """The newest first."""
    query = select(record).where(record.municipality_id == person.municipality_id, record.person_id == person.id)
    return session.scalars(query.order_by(record.id.desc()).limit(MOST)).all()
