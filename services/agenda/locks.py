"""Whoever gives out a time waits here for whoever does so at this moment: one caseworker, one location, one person.

Always in this order: the chats of whom it is about, all of them by their numbers, the person, the caseworker, the
location, then appointments. So no two wait for each other, of which PostgreSQL would end one.
On SQLite a writer is alone, and the locks cost nothing. PostgreSQL would refuse a second row all the same
(ex_appointment_account, ex_appointment_room); waiting only makes that a refusal in words.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, CompoundSelect, Select, or_, select, union, update
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Appointment,
    AppointmentState,
    ContactPoint,
    Conversation,
    Location,
    Message,
    Municipality,
    Person,
)
from services.agenda.slot import Slot
from services.errors import ChangedMeanwhile


def lock_for(
    session: Session, town: Municipality, person: Person | None, slot: Slot, now: datetime,
    span: tuple[datetime, datetime],
) -> None:  # fmt: skip
    """Hold what has to do with this time until the end of the transaction, and clear away holds that lapsed."""
    if person is not None:
        session.execute(_row(Person, person.id, town))
    if slot.session_id is not None:
        session.execute(_row(Appointment, slot.session_id, town))
        return
    session.execute(_row(Account, slot.account_id, town))
    if slot.location_id is not None:
        session.execute(_row(Location, slot.location_id, town))
    _clear_lapsed(session, town, slot, now, span)


def lock_chats(session: Session, municipality_id: int, person_id: int | None, conversation_id: int | None) -> None:
    """What the staff does is told in a chat, and a chat that is answered just now is held by who answers it."""
    lock_all_chats(session, municipality_id, [person_id], [conversation_id])


def lock_all_chats(
    session: Session, municipality_id: int, people: Iterable[int | None], conversations: Iterable[int | None]
) -> None:
    """Of several at once; and each of these conversations, also when nobody knows whose it is."""
    named = select(Conversation.id).where(Conversation.id.in_({one for one in conversations if one is not None}))
    of_people = _chats_of_people(ContactPoint.person_id.in_({one for one in people if one is not None}))
    ours = named.where(Conversation.municipality_id == municipality_id)
    _lock(union(ours, of_people.where(ContactPoint.municipality_id == municipality_id)), session)


def lock_chats_beside(session: Session, message_ids: Collection[int]) -> None:
    """All chats of whom these lines or reminders are: what becomes of one may touch what stands in another."""
    own = select(Message.conversation_id).where(Message.id.in_(message_ids))
    whose = select(ContactPoint.person_id).join(Conversation, Conversation.contact_point_id == ContactPoint.id)
    found = union(own, _chats_of_people(ContactPoint.person_id.in_(whose.where(Conversation.id.in_(own)))))
    _lock(found, session)


def _lock(found: CompoundSelect[int], session: Session) -> None:
    chats = select(Conversation.id).where(Conversation.id.in_(found))
    session.execute(chats.order_by(Conversation.id).with_for_update())


def _chats_of_people(whose: ColumnElement[bool]) -> Select[int]:
    return select(Conversation.id).join(ContactPoint, ContactPoint.id == Conversation.contact_point_id).where(whose)


def lock_seen(session: Session, appointment: Appointment, version: int) -> Appointment:
    """The appointment as somebody saw it, booked, and from here on nobody else's to change. Raises ChangedMeanwhile."""
    query = select(Appointment).where(
        Appointment.municipality_id == appointment.municipality_id, Appointment.id == appointment.id
    )
    held = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if held is None or held.version != version or held.state is not AppointmentState.BOOKED:
        raise ChangedMeanwhile
    return held


def _row(record: type[Person | Account | Location | Appointment], row_id: int, town: Municipality) -> Select[int]:
    # NO KEY UPDATE: rows that only refer to this one may be written meanwhile.
    query = select(record.id).where(record.municipality_id == town.id, record.id == row_id)
    return query.with_for_update(key_share=True)


def _clear_lapsed(
    session: Session, town: Municipality, slot: Slot, now: datetime, span: tuple[datetime, datetime]
) -> None:
    """The constraint of PostgreSQL knows no clock: to it, a hold that lapsed still takes its time."""
    lapsed = (
        select(Appointment.id)
        .where(
            Appointment.municipality_id == town.id,
            Appointment.state == AppointmentState.HELD,
            Appointment.held_until <= now,
            Appointment.blocked_from < span[1],
            Appointment.blocked_until > span[0],
            or_(Appointment.account_id == slot.account_id, Appointment.location_id == slot.location_id),
        )
        .order_by(Appointment.id)
        .with_for_update()
    )
    let_go(session, list(session.scalars(lapsed)), now)


def let_go(session: Session, hold_ids: list[int], now: datetime) -> int:
    """These holds are over."""
    if hold_ids:
        lapsing = update(Appointment).where(Appointment.id.in_(hold_ids))
        session.execute(
            lapsing.values(state=AppointmentState.LAPSED, version=Appointment.version + 1, changed_at=now),
            execution_options={"synchronize_session": "fetch"},
        )
    return len(hold_ids)
