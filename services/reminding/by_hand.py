"""What a caseworker lets a person be reminded of: papers by a day, the day of a review, the monthly income form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Conversation, Message, MessageStatus, Person, ReminderKind
from services import audit
from services.agenda.locks import lock_chats
from services.calendar import day_here
from services.errors import NotInThePast, NowhereToSay, TooFarAway, TooSoon, UnknownPerson
from services.inviting.pending import SOON
from services.reminding.kinds import DOCUMENTS, END_OF_DAY, INCOME, REVIEW, plan_income_form
from services.reminding.moments import after_the_quiet, moment_on
from services.reminding.plan import forget_about, plan_about
from services.reminding.reach import reach_of, ways_to

FURTHEST = timedelta(days=2 * 366)
KINDS = {DOCUMENTS: ReminderKind.DOCUMENTS, REVIEW: ReminderKind.REVIEW, INCOME: ReminderKind.INCOME_FORM}
"""By the word before the colon of what they are about."""
DAYS_BEFORE = {DOCUMENTS: (3, 1), REVIEW: (14, 2)}


@dataclass(frozen=True)
class Reminding:
    """What is planned for one person now. A day or a moment of None: nothing is."""

    documents_by: date | None
    review_on: date | None
    income_at: datetime | None
    reachable: bool
    """Whether there is a chat in which he could read it."""
    unwanted: frozenset[str]
    """The words of what he has switched off wherever he can be reached."""


def remind_of_documents(
    session: Session, account: Account, person: Person, due_on: date, now: datetime
) -> Sequence[Message]:
    """Three days and one day before; at once when that is over. One that was planned before makes room.

    Raises NotInThePast, TooFarAway, UnknownPerson or NowhereToSay.
    """
    return _remind_of_day(session, account, person, DOCUMENTS, due_on, moment_on(due_on, END_OF_DAY), now)


def remind_of_review(session: Session, account: Account, person: Person, on: date, now: datetime) -> Sequence[Message]:
    """Two weeks and two days before, else as `remind_of_documents`. Raises TooSoon as well."""
    return _remind_of_day(session, account, person, REVIEW, on, moment_on(on, time(8, 0)), now)


def remind_of_income_form(session: Session, account: Account, person: Person, now: datetime) -> Sequence[Message]:
    """Every month from now on, until somebody stops it. Raises UnknownPerson or NowhereToSay."""
    home = _hold(session, account, person)
    planned = plan_income_form(session, about(INCOME, person), person, home, now)
    _note(session, account, person, "income_reminder", now)
    return planned


def stop_reminding(session: Session, account: Account, person: Person, word: str, now: datetime) -> None:
    """Of what was planned nothing is said any more. Raises UnknownPerson."""
    _must_be_ours(account, person)
    lock_chats(session, person.municipality_id, person.id, None)
    forget_about(session, person.municipality_id, about(word, person), now)
    _note(session, account, person, "reminder_stopped", now, of=word)


def reminding_of(session: Session, person: Person) -> Reminding:
    planned = {word: _next_planned(session, person, word) for word in KINDS}
    reach = reach_of(session, [person.id], [])
    ways = reach.of(person.id, None)
    unwanted = {word for word, kind in KINDS.items() if ways and not any(reach.wants(way, kind) for way in ways)}
    income = planned[INCOME]
    return Reminding(
        _day_of(planned[DOCUMENTS]), _day_of(planned[REVIEW]), income.due_at if income is not None else None,
        bool(ways), frozenset(unwanted),
    )  # fmt: skip


def about(word: str, person: Person) -> str:
    """As reminders and the evidence of them name it."""
    return f"{INCOME}:p{person.id}" if word == INCOME else f"{word}:{person.id}"


def _remind_of_day(
    session: Session, account: Account, person: Person, word: str, day: date, until: datetime, now: datetime
) -> Sequence[Message]:
    if day <= day_here(now):
        raise NotInThePast
    if day > day_here(now) + FURTHEST:
        raise TooFarAway
    _hold(session, account, person)
    named, version = about(word, person), day.toordinal()
    forget_about(session, person.municipality_id, named, now)
    moments = [(f"{days}d", moment_on(day - timedelta(days=days))) for days in DAYS_BEFORE[word]]
    if all(at <= now for _, at in moments):
        moments = [("at_once", after_the_quiet(now + SOON))]
    planned = plan_about(session, named, version, KINDS[word], moments, until, person, None, now)
    if not planned:
        raise TooSoon
    _note(session, account, person, f"{word}_reminder", now)
    return planned


def _hold(session: Session, account: Account, person: Person) -> Conversation:
    """The chat in which it would be said now; all of his chats are held first, as by a line of his own."""
    _must_be_ours(account, person)
    if person.closed_at is not None:
        raise UnknownPerson
    lock_chats(session, person.municipality_id, person.id, None)
    ways = ways_to(session, person)
    if not ways:
        raise NowhereToSay
    return ways[0]


def _must_be_ours(account: Account, person: Person) -> None:
    if person.municipality_id != account.municipality_id:
        raise UnknownPerson


def _next_planned(session: Session, person: Person, word: str) -> Message | None:
    query = select(Message).where(
        Message.municipality_id == person.municipality_id,
        Message.about == about(word, person),
        Message.status == MessageStatus.PLANNED,
    )
    return session.scalars(query.order_by(Message.due_at, Message.id).limit(1)).first()


def _day_of(planned: Message | None) -> date | None:
    return date.fromordinal(planned.about_version) if planned is not None and planned.about_version else None


def _note(session: Session, account: Account, person: Person, deed: str, now: datetime, **detail: str) -> None:
    audit.note(session, person.municipality_id, account.id, deed, f"person:{person.id}", now, **detail)
