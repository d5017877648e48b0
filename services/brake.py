"""The brake on trying: after a few failures each next try has to wait, longer and longer."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import SignInBrake
from services.errors import ServiceError
from services.keys import Keys
from services.municipalities import library

FREE = {"login": 5, "code": 5, "own password": 5, "address": 30, "link chat": 5, "link town": 100}
"""Tries that need not wait. Behind one address there may be a whole town hall; in a whole municipality many a resident
makes a typing error in his linking code, each day anew."""
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


class TooManyTries(ServiceError):
    """There were too many tries; the next one has to wait."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


def wait_after(kind: str, failures: int) -> timedelta:
    """30 seconds, then twice as long each time, up to a quarter of an hour."""
    over = failures - FREE[kind]
    return timedelta() if over < 0 else min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT)


def count_try(session: Session, keys: Keys, kind: str, value: str, now: datetime) -> None:
    """Count a try before it is looked at, so that a hundred at once do not slip through. Raises TooManyTries."""
    found = _lock(session, keys, kind, value, now)
    until = found.last_at + wait_after(kind, found.failures)
    if until > now and found.failures:
        raise TooManyTries(until)
    found.failures += 1
    found.last_at = now


def release(session: Session, keys: Keys, kind: str, value: str, now: datetime, all_tries: bool = True) -> None:
    """It succeeded: the tries of this login are forgotten, or, of what is shared by many, this one."""
    found = _lock(session, keys, kind, value, now)
    found.failures = 0 if all_tries else max(found.failures - 1, 0)


def forget_old_tries(session: Session, now: datetime) -> None:
    session.execute(delete(SignInBrake).where(SignInBrake.last_at < now - FORGOTTEN_AFTER))


def _lock(session: Session, keys: Keys, kind: str, value: str, now: datetime) -> SignInBrake:
    owner, lookup = library(session).id, keys.lookup("brake", kind, value)
    query = select(SignInBrake).where(SignInBrake.municipality_id == owner, SignInBrake.lookup == lookup)
    query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is not None:
        return found
    # Another process may be just before us; then its row is the one.
    with suppress(IntegrityError), session.begin_nested():
        session.add(SignInBrake(municipality_id=owner, lookup=lookup, failures=0, last_at=now))
    return session.scalars(query).one()
