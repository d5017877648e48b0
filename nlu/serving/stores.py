"""Where a conversation's state of the last day lives: a SQLite file, Redis, or memory for a trial."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy
from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    InMemoryTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)

KEPT = 2 * 24 * 3600  # seconds; a session ends after one day, so nobody asks for what is older


def trackers(where: str, domain: Any) -> TrackerStore:
    """`where`: "memory", a redis:// address, or the path of a SQLite file."""
    if where == "memory":
        store: TrackerStore = InMemoryTrackerStore(domain)
    elif where.startswith("redis://"):
        store = RedisTrackerStore(domain, record_exp=KEPT, **_redis(where))
    else:
        store = SQLTrackerStore(domain, dialect="sqlite", db=where)
        sqlalchemy.event.listen(store.engine, "connect", _tune)
    return AwaitableTrackerStore(store)


def locks(where: str) -> LockStore:
    """One process needs no more than memory; with Redis the lock holds across processes."""
    return RedisLockStore(**_redis(where)) if where.startswith("redis://") else InMemoryLockStore()


def forget(store: Any, conversation: str) -> None:
    """Deletes one conversation. Rasa 3.6 has no word for it, so each kind of store is told in its own."""
    inner = store
    while hasattr(inner, "_tracker_store"):  # Rasa wraps it, once or twice
        inner = inner._tracker_store
    if isinstance(inner, SQLTrackerStore):
        with inner.session_scope() as session:
            session.query(inner.SQLEvent).filter_by(sender_id=conversation).delete()
            session.commit()
    elif isinstance(inner, RedisTrackerStore):
        inner.red.delete(inner.key_prefix + conversation)
    else:
        inner.store.pop(conversation, None)


def forget_old(where: str) -> int:
    """Deletes conversations without a word for KEPT seconds from a SQLite file; returns the rows deleted."""
    if where == "memory" or where.startswith("redis://"):
        return 0
    engine = sqlalchemy.create_engine(f"sqlite:///{where}")
    quiet = "SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < :before"
    with engine.begin() as connection:
        statement = sqlalchemy.text(f"DELETE FROM events WHERE sender_id IN ({quiet})")
        return int(connection.execute(statement, {"before": time.time() - KEPT}).rowcount)


def _redis(address: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port or 6379,
        "db": int(parts.path.strip("/") or 0),
        "username": parts.username or None,
        "password": parts.password,
    }


def _tune(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
