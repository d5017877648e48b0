"""Wipe a conversation, at the wish of the resident or because it is old; what is not the chat's own stays."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.models import (
    Appointment,
    AppointmentState,
    BookingTalk,
    Calculation,
    CallbackRequest,
    ChecklistItem,
    ContactPoint,
    Conversation,
    Message,
    MessageKind,
    MessageStatus,
    Municipality,
    SearchEffort,
    StaffTask,
)
from db.models.message import OPEN_OUTGOING
from services.conversations import begin_conversation, say_welcome
from services.needed import renew_need
from services.states import Deed, move


def wipe_conversation(session: Session, conversation: Conversation, now: datetime) -> None:
    """Take away everything that was said, planned, calculated or listed, a number to call, and the name under which
    Rasa knew it.

    What is not the chat's own stays, with its reminders: an appointment, and all that belongs to the case of a person.
    """
    staying = [message.id for message in staying_reminders(session, conversation)]
    of_chat = {"municipality_id": conversation.municipality_id, "conversation_id": conversation.id}
    for record in (ChecklistItem, Calculation, CallbackRequest, BookingTalk):
        session.execute(delete(record).filter_by(**of_chat))
    session.execute(delete(Message).filter_by(**of_chat).where(Message.id.not_in(staying)))
    _forget_efforts(session, conversation)
    conversation.public_id = secrets.token_hex(16)
    conversation.topic, conversation.line_seq, conversation.staff_seen_seq = None, 0, 0
    move(conversation, Deed.WIPE, now)
    renew_need(session, conversation, now)


def wipe_away(session: Session, conversation: Conversation, now: datetime) -> None:
    """As `wipe_conversation`, and the conversation itself goes. When something of it stays, that goes along into a new
    one, which begins as any other does."""
    staying, booked = staying_reminders(session, conversation), _still_booked(session, conversation, now)
    if staying or booked:
        contact = session.get_one(ContactPoint, conversation.contact_point_id, with_for_update=True)
        after = begin_conversation(session, contact, now, conversation.language)
        moving: tuple[Message | Appointment | StaffTask, ...] = (*staying, *booked, *_tasks_in(session, conversation))
        for one in moving:
            one.conversation_id = after.id
        say_welcome(session, session.get_one(Municipality, after.municipality_id), after, now)
        renew_need(session, after, now)
    erase_conversation(session, conversation)


def staying_reminders(session: Session, conversation: Conversation) -> list[Message]:
    """What is still to be said of an appointment, or of the case of a person: not of this chat alone."""
    query = select(Message).where(
        Message.municipality_id == conversation.municipality_id,
        Message.conversation_id == conversation.id,
        Message.kind == MessageKind.REMINDER,
        Message.status.in_((MessageStatus.PLANNED, *OPEN_OUTGOING)),
        Message.about.is_not(None),
    )
    waiting = session.scalars(query.with_for_update()).all()
    return [one for one in waiting if "person" in one.detail or str(one.about).startswith("appointment:")]


def erase_conversation(session: Session, conversation: Conversation) -> None:
    """Take away the conversation itself and, if nothing else hangs on it, the contact point. One that is linked to a
    person stays: he is still reached there."""
    contact_id = conversation.contact_point_id
    # Under lock: the conversation that begins at this very moment must not go with it.
    contact = session.get(ContactPoint, contact_id, with_for_update=True, populate_existing=True)
    _forget_efforts(session, conversation)
    session.execute(delete(Conversation).where(Conversation.id == conversation.id))
    left = session.scalar(select(Conversation.id).where(Conversation.contact_point_id == contact_id).limit(1))
    if left is None and contact is not None and contact.person_id is None:
        session.execute(delete(ContactPoint).where(ContactPoint.id == contact_id))


def _forget_efforts(session: Session, conversation: Conversation) -> None:
    """Those of nobody's case are the chat's own."""
    session.execute(
        delete(SearchEffort).where(
            SearchEffort.municipality_id == conversation.municipality_id,
            SearchEffort.conversation_id == conversation.id,
            SearchEffort.person_id.is_(None),
        )
    )


def _still_booked(session: Session, conversation: Conversation, now: datetime) -> Sequence[Appointment]:
    query = select(Appointment).where(
        Appointment.municipality_id == conversation.municipality_id,
        Appointment.conversation_id == conversation.id,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.ends_at > now,
    )
    return session.scalars(query).all()


def _tasks_in(session: Session, conversation: Conversation) -> Sequence[StaffTask]:
    """What a caseworker still has to do because of this chat."""
    query = select(StaffTask).where(
        StaffTask.municipality_id == conversation.municipality_id,
        StaffTask.conversation_id == conversation.id,
        StaffTask.done_at.is_(None),
    )
    return session.scalars(query).all()
