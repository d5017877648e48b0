"""Plan reminders in the transaction that writes what they are about, and forget them in the one that ends it.

A planned reminder is a row of the transcript without a place in it (its `seq` is below zero) and without words: they
are looked up when it is said. Whoever plans one holds the conversation, so no two get the same number.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.models import Conversation, Message, MessageKind, MessageStatus, Person, ReminderKind, TaskKind
from services.needed import renew_need
from services.reminding.moments import before_the_quiet
from services.reminding.reach import conversations_to_reach, ways_to
from services.staff_tasks import add_task


def plan_about(
    session: Session,
    about: str,
    version: int,
    kind: ReminderKind,
    moments: Sequence[tuple[str, datetime]],
    useful_until: datetime | None,
    person: Person | None,
    conversation: Conversation | None,
    now: datetime,
) -> list[Message]:
    """One a moment (`3d`, three days before), as far as it is still to come; at night it comes the evening before.

    Planned for a person, it stands in his best conversation for now: which one it is said in is looked at then. Who has
    no contact point at all is a task for his caseworker. The same moment of the same version is planned once.
    """
    whom = person if person is not None else conversation
    if whom is None:
        raise ValueError("a reminder is for a person or for a conversation")
    coming = _still_to_come(moments, useful_until, now)
    if not coming:
        return []
    homes = conversations_to_reach(session, whom, kind, now) or ways_to(session, whom)
    if not homes:
        nowhere_to_go(session, about, version, person, whom, now)
        return []
    home = session.get_one(Conversation, homes[0].id, with_for_update=True, populate_existing=True)
    planned = []
    for name, at in coming:
        key = f"reminder:{about}:{version}:{name}"
        row = _planned_before(session, whom.municipality_id, key)
        if row is None:
            row = new_planned(session, home, about, kind, now)
            _name(session, row, key, version, person)
        if row.status is MessageStatus.PLANNED:
            row.due_at, row.useful_until = at, useful_until
        session.flush()
        planned.append(row)
    renew_need(session, home, now)
    return planned


def _name(session: Session, row: Message, key: str, version: int, person: Person | None) -> None:
    row.external_id, row.about_version = key, version
    row.detail = {"person": person.id} if person is not None else {}
    session.add(row)


def forget_about(session: Session, municipality_id: int, about: str, now: datetime | None = None) -> int:
    """Nobody has to be reminded of this any more. What was said already stays said. With `now` the conversation is
    not kept longer for it either."""
    statement = (
        delete(Message)
        .where(
            Message.municipality_id == municipality_id,
            Message.about == about,
            Message.status == MessageStatus.PLANNED,
        )
        .returning(Message.conversation_id)
        .execution_options(synchronize_session="fetch")
    )
    forgotten = session.scalars(statement).all()
    if now is not None:
        for conversation_id in sorted(set(forgotten)):
            renew_need(session, session.get_one(Conversation, conversation_id), now)
    return len(forgotten)


def new_planned(session: Session, conversation: Conversation, about: str, kind: ReminderKind, now: datetime) -> Message:
    """Without words yet: they are of the day on which it is said. The caller holds the conversation."""
    lowest = session.scalar(
        select(func.min(Message.seq)).where(
            Message.municipality_id == conversation.municipality_id, Message.conversation_id == conversation.id
        )
    )
    return Message(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        seq=min(lowest or 0, 0) - 1,
        kind=MessageKind.REMINDER,
        status=MessageStatus.PLANNED,
        about=about,
        reminder=kind,
        text="",
        language=conversation.language,
        created_at=now,
    )


def nowhere_to_go(
    session: Session, about: str, version: int, person: Person | None, whom: Person | Conversation, now: datetime,
    **detail: Any,
) -> None:  # fmt: skip
    """Nothing reaches this person: somebody has to call or write."""
    add_task(
        session,
        whom.municipality_id,
        TaskKind.NOT_REACHED,
        f"not_reached:{about}:{version}",
        now,
        account_id=person.caseworker_id if person else None,
        person_id=person.id if person else None,
        conversation_id=whom.id if isinstance(whom, Conversation) else None,
        appointment_id=appointment_in(about),
        about=about,
        **({"attempts": []} | detail),
    )


def appointment_in(about: str) -> int | None:
    word, _, number = about.partition(":")
    return int(number) if word == "appointment" and number.isdigit() else None


def _still_to_come(
    moments: Sequence[tuple[str, datetime]], useful_until: datetime | None, now: datetime
) -> list[tuple[str, datetime]]:
    """Two that fall on the same moment are one: the last named."""
    shifted = {before_the_quiet(at): name for name, at in moments}
    return [(name, at) for at, name in sorted(shifted.items()) if at > now and (not useful_until or at < useful_until)]


def _planned_before(session: Session, municipality_id: int, key: str) -> Message | None:
    query = select(Message).where(Message.municipality_id == municipality_id, Message.external_id == key)
    return session.scalar(query)
