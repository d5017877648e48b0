"""A caseworker's conversations as a calendar file, for a telephone: behind a secret address, and without names.

The file goes through a calendar service that is not ours. It says when and how, never with whom or about what.
"""

from datetime import datetime, timedelta

from icalendar import CLASS, STATUS, Calendar, Event
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.models import (
    Account,
    Appointment,
    AppointmentState,
    CalendarFeed,
    Location,
    MeetingChannel,
    Municipality,
    Role,
)
from services.errors import ServiceError
from services.keys import Keys
from services.staff_sessions import new_token

PURPOSE = "calendar feed"
BACK, AHEAD = timedelta(days=30), timedelta(days=200)
SEEN_EVERY = timedelta(minutes=5)
AGAIN = timedelta(hours=1)
"""So often a calendar is asked to look again."""
HOW = {
    MeetingChannel.OFFICE: "kantoor",
    MeetingChannel.PHONE: "telefoon",
    MeetingChannel.VIDEO: "video",
    MeetingChannel.HOME: "huisbezoek",
    MeetingChannel.WALK: "wandelen",
}


class FeedOver(ServiceError):
    """There is no calendar at this address, or not any more."""


def make_feed(session: Session, keys: Keys, account: Account, now: datetime) -> str:
    """The secret of a new address; it is kept nowhere. An earlier address stops working."""
    revoke_feed(session, account, now)
    secret = new_token()
    session.add(
        CalendarFeed(
            municipality_id=account.municipality_id, account_id=account.id, lookup=keys.lookup(PURPOSE, secret),
            made_at=now,
        )
    )  # fmt: skip
    session.flush()
    return secret


def revoke_feed(session: Session, account: Account, now: datetime) -> None:
    # Two who make one at once wait for each other here.
    session.get_one(Account, account.id, with_for_update=True)
    session.execute(
        update(CalendarFeed)
        .where(
            CalendarFeed.municipality_id == account.municipality_id,
            CalendarFeed.account_id == account.id,
            CalendarFeed.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def feed_of(session: Session, municipality_id: int, account_id: int) -> CalendarFeed | None:
    """The one whose address works."""
    query = select(CalendarFeed).where(
        CalendarFeed.municipality_id == municipality_id,
        CalendarFeed.account_id == account_id,
        CalendarFeed.revoked_at.is_(None),
    )
    return session.scalars(query.order_by(CalendarFeed.id.desc())).first()


def read_feed(session: Session, keys: Keys, secret: str, now: datetime) -> bytes:
    """The file (RFC 5545). Raises FeedOver, also when the account was blocked or leads no conversations any more."""
    feed = session.scalar(
        select(CalendarFeed).where(
            CalendarFeed.lookup == keys.lookup(PURPOSE, secret), CalendarFeed.revoked_at.is_(None)
        )
    )
    account = session.get(Account, feed.account_id) if feed is not None else None
    if feed is None or account is None or account.blocked_at is not None or not account.may(Role.CASEWORKER):
        raise FeedOver
    if feed.fetched_at is None or now - feed.fetched_at > SEEN_EVERY:
        feed.fetched_at = now
    return bytes(_calendar(session, account, now).to_ical())


def _calendar(session: Session, account: Account, now: datetime) -> Calendar:
    town = session.get_one(Municipality, account.municipality_id)
    query = (
        select(Appointment, Location.name)
        .outerjoin(Location, Location.id == Appointment.location_id)
        .where(
            Appointment.municipality_id == town.id,
            Appointment.account_id == account.id,
            Appointment.state == AppointmentState.BOOKED,
            Appointment.begins_at > now - BACK,
            Appointment.begins_at < now + AHEAD,
        )
    )
    events = [_event(one, place) for one, place in session.execute(query.order_by(Appointment.begins_at))]
    return Calendar.new(
        prodid="-//Trede//agenda//NL", name=f"Gesprekken {town.name}", language="nl", refresh_interval=AGAIN,
        subcomponents=events,
    )  # fmt: skip


def _event(one: Appointment, place: str | None) -> Event:
    """UID and SEQUENCE as in the resident's file, so that a change is a change and no second event."""
    kind = "Groepsgesprek" if one.seats else "Gesprek"
    return Event.new(
        uid=one.public_id, sequence=one.version, summary=f"{kind} ({HOW[one.channel]})",
        start=one.begins_at, end=one.ends_at, stamp=one.changed_at, last_modified=one.changed_at, location=place,
        status=STATUS.CONFIRMED, classification=CLASS.PRIVATE,
    )  # fmt: skip
