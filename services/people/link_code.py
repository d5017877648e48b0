"""A one-time code for a client: made by a caseworker, shown once, and kept as an HMAC only."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from db.models import Account, LinkCode, Municipality, Person
from services import audit
from services.errors import UnknownCode, UnknownPerson
from services.keys import Keys
from services.people.written_code import new_code, shown

HOLDS_DAYS = 7
"""Unless the municipality has set another number: `link_code_days`."""


def make_code(session: Session, keys: Keys, account: Account, person: Person, now: datetime) -> tuple[LinkCode, str]:
    """A new code and how it is written down for the client; an earlier one that nobody used works no more.

    Raises UnknownPerson for somebody of another municipality, or whose case is closed.
    """
    if person.municipality_id != account.municipality_id or person.closed_at is not None:
        raise UnknownPerson
    _revoke_open(session, person, now)
    code = new_code()
    made = LinkCode(
        municipality_id=person.municipality_id,
        person_id=person.id,
        lookup=code_lookup(keys, person.municipality_id, code),
        made_by=account.id,
        made_at=now,
        expires_at=now + holds_for(session.get_one(Municipality, person.municipality_id)),
    )
    session.add(made)
    session.flush()
    audit.note(session, person.municipality_id, account.id, "link_code_made", f"person:{person.id}", now, code=made.id)
    return made, shown(code)


def revoke_code(session: Session, account: Account, code_id: int, now: datetime) -> LinkCode:
    """It works no more. Raises UnknownCode for one that was used, or is of another municipality."""
    revoked = session.scalar(
        update(LinkCode)
        .where(LinkCode.id == code_id, LinkCode.municipality_id == account.municipality_id, LinkCode.used_at.is_(None))
        .values(revoked_at=now)
        .returning(LinkCode)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    if revoked is None:
        raise UnknownCode
    about = f"person:{revoked.person_id}"
    audit.note(session, account.municipality_id, account.id, "link_code_revoked", about, now, code=code_id)
    return revoked


def code_lookup(keys: Keys, municipality_id: int, code: str) -> str:
    """By which a code is found again, in its own municipality only."""
    return keys.lookup("link code", str(municipality_id), code)


def holds_for(town: Municipality) -> timedelta:
    return timedelta(days=int(town.settings.get("link_code_days") or HOLDS_DAYS))


def _revoke_open(session: Session, person: Person, now: datetime) -> None:
    session.execute(
        update(LinkCode)
        .where(
            LinkCode.municipality_id == person.municipality_id,
            LinkCode.person_id == person.id,
            LinkCode.used_at.is_(None),
            LinkCode.revoked_at.is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session="fetch")
    )
