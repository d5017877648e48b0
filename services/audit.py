"""The audit log: who read or did what, and when. Each entry holds the hash of the one before it."""

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.models import AuditEntry, AuditHead

BEGINNING = "0" * 64
"""What stands before the first entry of a municipality."""

SAID = (
    AuditEntry.municipality_id,
    AuditEntry.number,
    AuditEntry.at,
    AuditEntry.account_id,
    AuditEntry.deed,
    AuditEntry.subject,
    AuditEntry.detail,
    AuditEntry.previous,
)
WRITTEN_AS = ("municipality", "number", "at", "account", "deed", "subject", "detail", "previous")


@dataclass(frozen=True)
class Chain:
    """What came of following the chain of one municipality. `broken_at`: number of the first entry that is wrong."""

    entries: int
    broken_at: int | None
    hash: str
    """Of the last entry. Whoever writes it down elsewhere can later prove that nothing before it was changed."""

    @property
    def whole(self) -> bool:
        return self.broken_at is None


def note(
    session: Session,
    municipality_id: int,
    account_id: int | None,
    deed: str,
    subject: str | None,
    now: datetime,
    **detail: Any,
) -> AuditEntry:
    """Add an entry in this transaction: it is kept when the deed is. `subject` and `detail` hold ids and plain words
    of ours, never what somebody wrote. Others who add one wait for the end of the transaction, so do this last."""
    head = _lock_head(session, municipality_id)
    entry = AuditEntry(
        municipality_id=municipality_id,
        number=head.number + 1,
        at=now,
        account_id=account_id,
        deed=deed,
        subject=subject,
        detail=detail,
        previous=head.hash,
    )
    entry.hash = _hash([getattr(entry, column.key) for column in SAID])
    session.add(entry)
    head.number, head.hash = entry.number, entry.hash
    session.flush()
    return entry


def noted_since(
    session: Session, municipality_id: int, account_id: int, deed: str, subject: str | None, since: datetime
) -> bool:
    """Whether this account has done the same to the same since then."""
    query = select(AuditEntry.id).where(
        AuditEntry.municipality_id == municipality_id,
        AuditEntry.account_id == account_id,
        AuditEntry.at > since,
        AuditEntry.deed == deed,
        AuditEntry.subject == subject,
    )
    return session.scalar(query.limit(1)) is not None


def verify_chain(session: Session, municipality_id: int) -> Chain:
    """Follow the chain from the first entry: a changed, removed or moved one breaks it there."""
    head = session.get(AuditHead, municipality_id)
    last_number, last_hash = (head.number, head.hash) if head else (0, BEGINNING)
    number, previous = 0, BEGINNING
    # Plain rows: a log has many, and each is looked at once.
    query = select(*SAID, AuditEntry.hash).where(AuditEntry.municipality_id == municipality_id)
    with session.execute(query.order_by(AuditEntry.number).execution_options(yield_per=5000)) as entries:
        for *said, found in entries:
            number += 1
            if (said[1], said[-1]) != (number, previous) or found != _hash(said):
                return Chain(number - 1, number, previous)
            previous = found
    if (number, previous) != (last_number, last_hash):
        return Chain(number, number + 1, previous)
    return Chain(number, None, previous)


def _hash(said: Sequence[Any]) -> str:
    """Over everything an entry says, SAID, in one way of writing it."""
    written = dict(zip(WRITTEN_AS, said, strict=True))
    written["at"] = written["at"].astimezone(UTC).isoformat(timespec="microseconds")
    text = json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _lock_head(session: Session, municipality_id: int) -> AuditHead:
    query = select(AuditHead).where(AuditHead.municipality_id == municipality_id)
    query = query.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(query)
    if found is not None:
        return found
    # Another process may be just before us with the first entry; then its row is the one.
    with suppress(IntegrityError), session.begin_nested():
        session.add(AuditHead(municipality_id=municipality_id, number=0, hash=BEGINNING))
    return session.scalars(query).one()
