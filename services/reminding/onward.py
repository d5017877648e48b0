"""What comes after a way that is closed: another contact point of the same person, and at the end a caseworker."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, Person, ReminderKind, TaskKind
from services.needed import renew_need
from services.reminding.attempts import attempts_about
from services.reminding.plan import appointment_in, new_planned
from services.reminding.reach import conversations_to_reach
from services.staff_tasks import add_task

OWN_WISH = (ReminderKind.CHECKLIST, ReminderKind.INCOME_FORM)
"""Somebody asked for it himself in a chat that nobody knows the person of: then it is nobody's task."""
ANOTHER_WAY = ">"
"""In the key of a reminder, before the number of the contact point that it goes to after an earlier one failed."""


def go_on(session: Session, message: Message, now: datetime) -> None:
    """It did not arrive and will not. The caller has written down this attempt."""
    person = person_in(session, message)
    useful = message.useful_until is None or now < message.useful_until
    if message.about is None or not (useful and person is not None and _try_another(session, message, person, now)):
        hand_on(session, message, person, now)


def hand_on(session: Session, message: Message, person: Person | None, now: datetime) -> None:
    """Nothing of it arrived anywhere: somebody has to get in touch, and sees what was tried."""
    if message.about is None or (person is None and message.reminder in OWN_WISH):
        return
    add_task(
        session,
        message.municipality_id,
        TaskKind.NOT_REACHED,
        f"not_reached:{_key(message).removeprefix('reminder:')}",
        now,
        account_id=person.caseworker_id if person else None,
        person_id=person.id if person else None,
        conversation_id=message.conversation_id,
        appointment_id=appointment_in(message.about),
        about=message.about,
        reminder=message.reminder.value if message.reminder else None,
        attempts=attempts_about(session, message.municipality_id, message.about),
    )


def person_in(session: Session, message: Message) -> Person | None:
    """For whom it was planned; None: for who has this chat."""
    person_id = message.detail.get("person")
    person = session.get(Person, person_id) if person_id is not None else None
    return person if person is not None and person.municipality_id == message.municipality_id else None


def goes_another_way(message: Message) -> bool:
    """Whether it was planned because an earlier way failed: then it stays where it is."""
    return ANOTHER_WAY in (message.external_id or "")


def _try_another(session: Session, message: Message, person: Person, now: datetime) -> bool:
    kind = message.reminder or ReminderKind.ALL
    tried = _tried(session, message)
    left = [way for way in conversations_to_reach(session, person, kind, now) if way.contact_point_id not in tried]
    if not left:
        return False
    home = session.get_one(Conversation, left[0].id, with_for_update=True, populate_existing=True)
    row = new_planned(session, home, message.about or "", kind, now)
    row.external_id = f"{_key(message)}{ANOTHER_WAY}{home.contact_point_id}"
    row.about_version, row.useful_until, row.due_at = message.about_version, message.useful_until, now
    row.detail = {"person": person.id}
    session.add(row)
    session.flush()
    renew_need(session, home, now)
    return True


def _tried(session: Session, message: Message) -> set[int]:
    """The contact points to which this reminder went already."""
    key = _key(message)
    query = (
        select(Conversation.contact_point_id)
        .join(Message, Message.conversation_id == Conversation.id)
        .where(
            Message.municipality_id == message.municipality_id,
            or_(Message.external_id == key, Message.external_id.startswith(key + ANOTHER_WAY, autoescape=True)),
        )
    )
    return {*session.scalars(query)}


def _key(message: Message) -> str:
    """The same on all its ways."""
    return (message.external_id or f"reminder:{message.about}:{message.id}").partition(ANOTHER_WAY)[0]
