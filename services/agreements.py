"""What was agreed in a conversation: noted by the caseworker, read and ticked by the resident, reminded of in time."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, Agreement, Appointment, Conversation, Person, ReminderKind, Side
from services import audit
from services.errors import EmptyLine, TooLong, UnknownAgreement, UnknownPerson
from services.masking import mask
from services.people.person import person_of
from services.reminding.moments import moment_on
from services.reminding.plan import forget_about, plan_about
from services.tidy import tidy

LONGEST = 500
"""Characters. What takes more are two agreements."""
ABOUT = "agreement"
MAY_STAND = ("telefoonnummer", "e-mailadres")
"""An agreement may name a number or an address at which the resident reaches somebody."""
DAYS_BEFORE = (("3d", 3), ("1d", 1))
END_OF_DAY = time(20, 0)


def note_agreement(
    session: Session,
    account: Account,
    person: Person,
    side: Side,
    text: str,
    due_on: date | None,
    now: datetime,
    appointment: Appointment | None = None,
) -> Agreement:
    """Who does what, and by when; the resident reads the same words. What he has to do he is reminded of in time.

    Raises UnknownPerson for somebody of another municipality, EmptyLine or TooLong.
    """
    elsewhere = appointment is not None and appointment.person_id != person.id
    if person.municipality_id != account.municipality_id or elsewhere:
        raise UnknownPerson
    clean = mask(tidy(text), keep=MAY_STAND).text
    if not clean:
        raise EmptyLine
    if len(clean) > LONGEST:
        raise TooLong
    made = Agreement(
        municipality_id=person.municipality_id,
        person_id=person.id,
        appointment_id=appointment.id if appointment else None,
        side=side,
        text=clean,
        due_on=due_on,
        noted_by=account.id,
        noted_at=now,
    )
    session.add(made)
    session.flush()
    _plan(session, made, person, now)
    return made


def agreements_of(session: Session, municipality_id: int, person_id: int) -> Sequence[Agreement]:
    """All that still hold, done or not: first what has a day, the soonest first; then the others as they were noted."""
    query = select(Agreement).where(
        Agreement.municipality_id == municipality_id,
        Agreement.person_id == person_id,
        Agreement.dropped_at.is_(None),
    )
    return session.scalars(query.order_by(Agreement.due_on.is_(None), Agreement.due_on, Agreement.id)).all()


def find_agreement(session: Session, municipality_id: int, agreement_id: int) -> Agreement:
    """One that still holds. Raises UnknownAgreement."""
    query = select(Agreement).where(
        Agreement.municipality_id == municipality_id, Agreement.id == agreement_id, Agreement.dropped_at.is_(None)
    )
    found = session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise UnknownAgreement
    return found


def own_agreement(session: Session, conversation: Conversation, agreement_id: int) -> Agreement:
    """That of the person whose chat this is. Raises UnknownAgreement."""
    person = person_of(session, conversation)
    found = find_agreement(session, conversation.municipality_id, agreement_id)
    if person is None or found.person_id != person.id:
        raise UnknownAgreement
    return found


def agreement_done(session: Session, agreement: Agreement, now: datetime) -> None:
    """Nobody has to be reminded of it any more."""
    agreement.done_at = agreement.done_at or now
    forget_about(session, agreement.municipality_id, about(agreement), now)
    session.flush()


def agreement_open(session: Session, agreement: Agreement, now: datetime) -> None:
    """Not done after all."""
    agreement.done_at = None
    session.flush()
    _plan(session, agreement, session.get_one(Person, agreement.person_id), now)


def drop_agreement(session: Session, account: Account, agreement_id: int, now: datetime) -> Agreement:
    """No longer agreed. Raises UnknownAgreement."""
    found = find_agreement(session, account.municipality_id, agreement_id)
    found.dropped_at = now
    forget_about(session, found.municipality_id, about(found), now)
    session.flush()
    audit.note(session, account.municipality_id, account.id, "agreement_dropped", f"agreement:{found.id}", now)
    return found


def about(agreement: Agreement) -> str:
    return f"{ABOUT}:{agreement.id}"


def version_of(agreement: Agreement) -> int:
    """A reminder was planned for one day: of another it is no longer true."""
    return agreement.due_on.toordinal() if agreement.due_on else 0


def _plan(session: Session, agreement: Agreement, person: Person, now: datetime) -> None:
    """Only of what the resident has to do, and only when it has a day."""
    if agreement.side is not Side.RESIDENT or agreement.due_on is None or agreement.done_at is not None:
        return
    if person.closed_at is not None:
        return
    moments = [(name, moment_on(agreement.due_on - timedelta(days=days))) for name, days in DAYS_BEFORE]
    until = moment_on(agreement.due_on, END_OF_DAY)
    version = version_of(agreement)
    plan_about(session, about(agreement), version, ReminderKind.AGREEMENT, moments, until, person, None, now)
