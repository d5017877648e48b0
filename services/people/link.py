"""Link a chat to a person with a code, and undo it. Both are noted in the log, and both sides are told."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import Account, Appointment, ContactPoint, Conversation, LinkCode, Municipality, Person, SearchEffort
from services import audit
from services.brake import count_try, release
from services.calendar import day_here
from services.errors import CodeUnknown, UnknownPerson
from services.keys import Keys
from services.people.link_code import code_lookup
from services.people.written_code import plain
from services.phrases import Phrases
from services.transcript import HandOver, add_words
from services.words import Words

CHAT, TOWN = "link chat", "link town"
"""The two brakes (services/brake.py)."""


def use_code(session: Session, keys: Keys, conversation: Conversation, typed: str, now: datetime) -> Person:
    """The chat is that of the person for whom the code was made; one that was somebody else's changes hands.

    The try is counted before it is looked at, and stays counted when the caller keeps this transaction. Raises
    CodeUnknown, which never says why, or TooManyTries. The caller holds the lock of the conversation.
    """
    tries = _tries(conversation, now)
    for kind, value in tries:
        count_try(session, keys, kind, value, now)
    used = _take(session, code_lookup(keys, conversation.municipality_id, plain(typed)), conversation, now)
    if used is None:
        raise CodeUnknown
    person = session.get_one(Person, used.person_id)
    (chat, town) = tries
    release(session, keys, *chat, now)
    release(session, keys, *town, now, all_tries=False)
    _link(session, conversation, person, used, now)
    return person


def unlink(session: Session, contact_point: ContactPoint, by: Account | None, now: datetime) -> None:
    """The chat is nobody's any more. What was agreed and told stays with the person. `by`: None, the resident himself.

    Who did not do it himself is told in the chat. Raises UnknownPerson when the account is of another municipality.
    """
    if by is not None and by.municipality_id != contact_point.municipality_id:
        raise UnknownPerson
    person_id = contact_point.person_id
    if person_id is None:
        return
    contact_point.person_id, contact_point.linked_at = None, None
    session.flush()
    if by is not None:
        _tell_unlinked(session, contact_point, now)
    account_id = by.id if by else None
    detail = {"contact_point": contact_point.id, "by": "staff" if by else "resident"}
    audit.note(session, contact_point.municipality_id, account_id, "unlinked", f"person:{person_id}", now, **detail)


def _tries(conversation: Conversation, now: datetime) -> tuple[tuple[str, str], tuple[str, str]]:
    """Those of the municipality begin anew every day: everybody who makes a typing error counts there."""
    town = f"{conversation.municipality_id} {day_here(now).isoformat()}"
    return (CHAT, str(conversation.contact_point_id)), (TOWN, town)


def _take(session: Session, lookup: str, conversation: Conversation, now: datetime) -> LinkCode | None:
    """One statement: of two chats that try the same code at once, one gets it."""
    return session.scalar(
        update(LinkCode)
        .where(
            LinkCode.municipality_id == conversation.municipality_id,
            LinkCode.lookup == lookup,
            LinkCode.used_at.is_(None),
            LinkCode.revoked_at.is_(None),
            LinkCode.expires_at > now,
            LinkCode.person_id.in_(
                select(Person.id).where(
                    Person.municipality_id == conversation.municipality_id, Person.closed_at.is_(None)
                )
            ),
        )
        .values(used_at=now, contact_point_id=conversation.contact_point_id)
        .returning(LinkCode)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def _link(session: Session, conversation: Conversation, person: Person, code: LinkCode, now: datetime) -> None:
    contact = session.get_one(ContactPoint, conversation.contact_point_id)
    before, contact.person_id, contact.linked_at = contact.person_id, person.id, now
    of_chat = select(Conversation.id).where(
        Conversation.municipality_id == conversation.municipality_id, Conversation.contact_point_id == contact.id
    )
    # What was told or booked while nobody knew whose chat this was goes along.
    for record in (SearchEffort, Appointment):
        session.execute(
            update(record)
            .where(
                record.municipality_id == conversation.municipality_id,
                record.person_id.is_(None),
                record.conversation_id.in_(of_chat),
            )
            .values(person_id=person.id)
            .execution_options(synchronize_session="fetch")
        )
    detail = {"contact_point": contact.id, "code": code.id} | ({"before": before} if before else {})
    audit.note(session, person.municipality_id, None, "linked", f"person:{person.id}", now, **detail)


def _tell_unlinked(session: Session, contact_point: ContactPoint, now: datetime) -> None:
    """In the newest conversation of that chat, also when a person has it."""
    query = select(Conversation).where(
        Conversation.municipality_id == contact_point.municipality_id,
        Conversation.contact_point_id == contact_point.id,
    )
    newest = session.scalars(query.order_by(Conversation.id.desc()).limit(1)).first()
    if newest is None:
        return
    phrases = Phrases(session, session.get_one(Municipality, newest.municipality_id), newest.language)
    add_words(session, newest, Words(phrases.say("link_undone_by_staff")), now, hand_over=HandOver.LINKED)
