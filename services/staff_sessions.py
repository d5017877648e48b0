"""The sessions of the staff: opened at signing in, looked up at every page, ended by time, by hand or by blocking."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from db.models import Account, Municipality, StaffSession
from services.keys import Keys

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
SEEN_EVERY = timedelta(minutes=1)
"""A session is marked as used at most this often: not every page has to write."""


@dataclass(frozen=True)
class SignedIn:
    """A session that holds now, and whose it is."""

    session: StaffSession
    account: Account
    municipality: Municipality

    @property
    def ends_at(self) -> datetime:
        return min(self.session.seen_at + IDLE, self.session.ends_at)


def new_token() -> str:
    """256 random bits, for the cookie of a browser."""
    return secrets.token_urlsafe(32)


def open_session(session: Session, keys: Keys, account: Account, now: datetime, proven: bool = False) -> str:
    """The token of a new session. Until it is `proven` it may only be used to go on with signing in."""
    token = new_token()
    session.add(
        StaffSession(
            municipality_id=account.municipality_id,
            account_id=account.id,
            token=_lookup(keys, token),
            started_at=now,
            seen_at=now,
            ends_at=now + LONGEST,
            proven_at=now if proven else None,
        )
    )
    session.flush()
    return token


def find_session(session: Session, keys: Keys, token: str, now: datetime) -> SignedIn | None:
    """None when it is unknown, idle for too long, over, or of a blocked account."""
    query = (
        select(StaffSession, Account, Municipality)
        .join(Account, Account.id == StaffSession.account_id)
        .join(Municipality, Municipality.id == StaffSession.municipality_id)
        .where(
            StaffSession.token == _lookup(keys, token),
            StaffSession.municipality_id == Account.municipality_id,
            StaffSession.seen_at > now - IDLE,
            StaffSession.ends_at > now,
            Account.blocked_at.is_(None),
        )
    )
    found = session.execute(query).one_or_none()
    return None if found is None else SignedIn(*found)


def session_of(session: Session, municipality_id: int, staff_session_id: int) -> SignedIn:
    """The same by its number, for who was let in already."""
    query = (
        select(StaffSession, Account, Municipality)
        .join(Account, Account.id == StaffSession.account_id)
        .join(Municipality, Municipality.id == StaffSession.municipality_id)
        .where(StaffSession.municipality_id == municipality_id, StaffSession.id == staff_session_id)
    )
    return SignedIn(*session.execute(query).one())


def mark_seen(session: Session, staff_session_id: int, now: datetime) -> None:
    """Somebody did something: the half hour begins anew."""
    own = session.get(StaffSession, staff_session_id)
    if own is not None and own.seen_at < now - SEEN_EVERY:
        own.seen_at = now


def renew_session(session: Session, keys: Keys, staff_session_id: int, now: datetime, proven: bool = False) -> str:
    """The same session under a new token: after each step of signing in, an earlier one is worth nothing."""
    token = new_token()
    own = session.get_one(StaffSession, staff_session_id)
    own.token, own.seen_at = _lookup(keys, token), now
    if proven:
        own.proven_at = now
    session.flush()
    return token


def end_session(session: Session, staff_session_id: int) -> None:
    session.execute(delete(StaffSession).where(StaffSession.id == staff_session_id))


def end_sessions_of(session: Session, account: Account, but: int | None = None) -> int:
    """End all sessions of an account, `but` that one; how many there were."""
    statement = delete(StaffSession).where(
        StaffSession.municipality_id == account.municipality_id, StaffSession.account_id == account.id
    )
    ended = session.scalars(statement.where(StaffSession.id != (but or 0)).returning(StaffSession.id)).all()
    return len(ended)


def open_sessions(session: Session, municipality_id: int, now: datetime) -> dict[int, int]:
    """How many each account of a municipality has now."""
    query = (
        select(StaffSession.account_id, func.count().label("number"))
        .where(
            StaffSession.municipality_id == municipality_id,
            StaffSession.seen_at > now - IDLE,
            StaffSession.ends_at > now,
            StaffSession.proven_at.is_not(None),
        )
        .group_by(StaffSession.account_id)
    )
    return {row.account_id: row.number for row in session.execute(query)}


def clear_old_sessions(session: Session, now: datetime) -> None:
    """Forget the sessions that are over."""
    session.execute(delete(StaffSession).where((StaffSession.ends_at <= now) | (StaffSession.seen_at <= now - IDLE)))


def _lookup(keys: Keys, token: str) -> str:
    return keys.lookup("staff session", token)
