"""The reminders of an appointment: planned with it, going when it goes."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from db.models import Appointment, Conversation, Person, ReminderKind
from services.agenda.programmes import Programme, span_name
from services.calendar import AMSTERDAM
from services.reminding.moments import after_the_quiet
from services.reminding.plan import forget_about, plan_about

TOLD = "told"
"""The moment of what is told at once, because somebody else than the resident did it."""
SOON = timedelta(minutes=1)


def about(appointment: Appointment) -> str:
    return f"appointment:{appointment.id}"


def plan_reminders(
    session: Session, programme: Programme, appointment: Appointment, person: Person | None,
    conversation: Conversation | None, now: datetime,
) -> None:  # fmt: skip
    moments = [(span_name(span), before(appointment.begins_at, span)) for span in programme.remind_before]
    _plan(session, appointment, moments, person, conversation, now)


def tell_of(
    session: Session, appointment: Appointment, person: Person | None, conversation: Conversation | None, now: datetime
) -> None:
    """The staff made, moved or cancelled it: the resident hears it at once, and at night in the morning."""
    _plan(session, appointment, [(TOLD, after_the_quiet(now + SOON))], person, conversation, now)


def forget_reminders(session: Session, appointment: Appointment, now: datetime) -> None:
    forget_about(session, appointment.municipality_id, about(appointment), now)


def before(moment: datetime, span: timedelta) -> datetime:
    """Days are counted on the clock here: a day before ten o'clock is ten o'clock, also when the clock changes."""
    day = moment.astimezone(AMSTERDAM) - timedelta(days=span.days)
    return day.astimezone(UTC) - (span - timedelta(days=span.days))


def _plan(
    session: Session, appointment: Appointment, moments: list[tuple[str, datetime]], person: Person | None,
    conversation: Conversation | None, now: datetime,
) -> None:  # fmt: skip
    if person is None and conversation is None:
        return
    plan_about(
        session, about(appointment), appointment.version, ReminderKind.APPOINTMENT, moments, appointment.begins_at,
        person, conversation, now,
    )  # fmt: skip
