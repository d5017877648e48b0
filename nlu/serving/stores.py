"""Where a conversation's state of the last day lives: a SQLite file, Redis, or memory for a trial."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import redis
import redis.asyncio
import sqlalchemy
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    InMemoryTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)

from serving.locks import RedisLocks

KEPT = 2 * 24 * 3600  # seconds; a session ends after one day, so nobody asks for what is older
REDIS_WITHIN = 2.0  # seconds; the calls block this process, and a line is asked elsewhere after one and a half


def trackers(where: str, domain: Any) -> TrackerStore:
    """`where`: "memory", a redis:// (or rediss://) address, or the path of a SQLite file."""
    if where == "memory":
        store: TrackerStore = InMemoryTrackerStore(domain)
    elif is_redis(where):
        store = RedisTrackerStore(domain, record_exp=KEPT)
        # Rasa offers no time limit here, and would wait for ever for a Redis that hangs.
        store.red = redis.Redis.from_url(where, decode_responses=True, **_access())
    else:
        store = SQLTrackerStore(domain, dialect="sqlite", db=where)
        sqlalchemy.event.listen(store.engine, "connect", _tune)
    return AwaitableTrackerStore(store)


def locks(where: str) -> LockStore:
    """One process needs no more than memory; with Redis the lock holds across processes."""
    return RedisLocks(redis.asyncio.Redis.from_url(where, **_access())) if is_redis(where) else InMemoryLockStore()


def is_redis(where: str) -> bool:
    return where.startswith(("redis://", "rediss://"))


async def is_there(locks: LockStore) -> bool:
    """Whether what is remembered can be reached now; a file or our own memory always can."""
    if not isinstance(locks, RedisLocks):
        return True
    try:
        return bool(await locks.redis.ping())
    except redis.RedisError:
        return False


def is_away(error: BaseException) -> bool:
    """Whether it was the memory that could not be reached: the same line can be asked again later."""
    return isinstance(error, (redis.ConnectionError, redis.TimeoutError))


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
    if where == "memory" or is_redis(where):
        return 0
    engine = sqlalchemy.create_engine(f"sqlite:///{where}")
    quiet = "SELECT sender_id FROM events GROUP BY sender_id HAVING max(timestamp) < :before"
    with engine.begin() as connection:
        statement = sqlalchemy.text(f"DELETE FROM events WHERE sender_id IN ({quiet})")
        return int(connection.execute(statement, {"before": time.time() - KEPT}).rowcount)


def _access() -> dict[str, Any]:
    """Time limits, and the password unless it is in the address: an address shows in the list of processes."""
    file = os.environ.get("TREDE_REDIS_PASSWORD_FILE")
    password = Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get("TREDE_REDIS_PASSWORD", "")
    limits = {"socket_timeout": REDIS_WITHIN, "socket_connect_timeout": REDIS_WITHIN, "health_check_interval": 30}
    return {**limits, **({"password": password} if password else {})}


def _tune(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        connection.execute(f"PRAGMA {pragma}")
