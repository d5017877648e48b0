"""The working week of somebody of the staff: its stretches, and what differs from it. Kept here, read by the agenda."""

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.models import Account, Appointment, AppointmentState, Role, TimeOff, TimeOffKind, WorkingHours
from services.accounts import UnknownAccount, get_account, list_accounts
from services.errors import ServiceError
from services.places import get_location


class UnknownStretch(ServiceError):
    """There is no such stretch of time here."""


class EndsTooSoon(ServiceError):
    """The end does not come after the beginning."""


class StretchTaken(ServiceError):
    """There is a stretch at that time of that day already."""


def caseworkers(session: Session, municipality_id: int) -> list[Account]:
    """Who can lead a conversation: by name, without those who are blocked."""
    accounts = list_accounts(session, municipality_id)
    return [one for one in accounts if one.may(Role.CASEWORKER) and one.blocked_at is None]


def get_caseworker(session: Session, municipality_id: int, account_id: int) -> Account:
    """Raises UnknownAccount, also for a colleague who leads no conversations."""
    account = get_account(session, municipality_id, account_id)
    if not account.may(Role.CASEWORKER):
        raise UnknownAccount
    return account


def hours_of(session: Session, account: Account, today: date) -> Sequence[WorkingHours]:
    """The stretches that hold now or later, through the week."""
    query = select(WorkingHours).where(
        WorkingHours.municipality_id == account.municipality_id,
        WorkingHours.account_id == account.id,
        or_(WorkingHours.valid_to.is_(None), WorkingHours.valid_to >= today),
    )
    return session.scalars(query.order_by(WorkingHours.weekday, WorkingHours.begins, WorkingHours.id)).all()


def add_hours(
    session: Session, account: Account, weekday: int, begins: time, ends: time, location_id: int | None,
    channels: Sequence[str], valid_from: date | None, valid_to: date | None,
) -> WorkingHours:  # fmt: skip
    """One stretch of a weekday. Raises EndsTooSoon, StretchTaken or UnknownLocation."""
    if ends <= begins or (valid_from and valid_to and valid_to < valid_from):
        raise EndsTooSoon
    if location_id is not None:
        get_location(session, account.municipality_id, location_id)
    made = WorkingHours(
        municipality_id=account.municipality_id, account_id=account.id, weekday=weekday, begins=begins, ends=ends,
        location_id=location_id, channels=list(channels), valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    # Two who add at once wait for each other here.
    get_account(session, account.municipality_id, account.id, hold=True)
    if any(_overlap(made, other) for other in hours_of(session, account, valid_from or date.min)):
        raise StretchTaken
    session.add(made)
    session.flush()
    return made


def remove_hours(session: Session, municipality_id: int, stretch_id: int) -> WorkingHours:
    """From now on; what was booked in it stays booked. Raises UnknownStretch."""
    found = session.get(WorkingHours, stretch_id)
    if found is None or found.municipality_id != municipality_id:
        raise UnknownStretch
    session.delete(found)
    return found


def time_off_of(session: Session, account: Account, since: datetime) -> Sequence[TimeOff]:
    """What differs from the week and is not over: the soonest first."""
    query = select(TimeOff).where(
        TimeOff.municipality_id == account.municipality_id, TimeOff.account_id == account.id, TimeOff.ends_at > since
    )
    return session.scalars(query.order_by(TimeOff.begins_at, TimeOff.id)).all()


def add_time_off(
    session: Session, account: Account, kind: TimeOffKind, begins_at: datetime, ends_at: datetime,
    location_id: int | None,
) -> TimeOff:  # fmt: skip
    """Raises EndsTooSoon or UnknownLocation. What was booked then stays booked: somebody has to move it."""
    if ends_at <= begins_at:
        raise EndsTooSoon
    if location_id is not None:
        get_location(session, account.municipality_id, location_id)
    made = TimeOff(
        municipality_id=account.municipality_id, account_id=account.id, kind=kind, begins_at=begins_at,
        ends_at=ends_at, location_id=location_id if kind is TimeOffKind.EXTRA else None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def remove_time_off(session: Session, municipality_id: int, absence_id: int) -> TimeOff:
    """Raises UnknownStretch."""
    found = session.get(TimeOff, absence_id)
    if found is None or found.municipality_id != municipality_id:
        raise UnknownStretch
    session.delete(found)
    return found


def in_the_way(session: Session, account: Account, now: datetime) -> Sequence[Appointment]:
    """Coming appointments of this caseworker in a time in which he is away: they have to be moved."""
    away = exists().where(
        TimeOff.municipality_id == account.municipality_id,
        TimeOff.account_id == account.id,
        TimeOff.kind != TimeOffKind.EXTRA,
        TimeOff.begins_at < Appointment.ends_at,
        TimeOff.ends_at > Appointment.begins_at,
    )
    query = select(Appointment).where(
        Appointment.municipality_id == account.municipality_id,
        Appointment.account_id == account.id,
        Appointment.state == AppointmentState.BOOKED,
        Appointment.begins_at > now,
        away,
    )
    return session.scalars(query.order_by(Appointment.begins_at, Appointment.id)).all()


def _overlap(one: WorkingHours, other: WorkingHours) -> bool:
    """Whether two stretches hold at one moment."""
    if one.weekday != other.weekday or one.begins >= other.ends or other.begins >= one.ends:
        return False
    begins = max(one.valid_from or date.min, other.valid_from or date.min)
    return begins <= min(one.valid_to or date.max, other.valid_to or date.max)
