"""Where a conversation's state of the last day lives: a SQLite file, Redis, or memory for a trial."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import redis
import redis.asyncio
from rasa.core.lock_store import InMemoryLockStore, LockStore

from serving import shelves
from serving.locks import RedisLocks
from serving.memory import Memory

KEPT = 2 * 24 * 3600  # seconds; a session ends after one day, so nobody asks for what is older
REDIS_WITHIN = 2.0  # seconds; the calls block this process, and a line is asked elsewhere after one and a half


def trackers(where: str, domain: Any) -> Memory:
    """`where`: "memory", a redis:// (or rediss://) address, or the path of a SQLite file."""
    if where == "memory":
        return Memory(domain, shelves.Here())
    if is_redis(where):
        # Without a time limit it would wait for ever for a Redis that hangs.
        client = redis.Redis.from_url(where, decode_responses=True, **_access())
        return Memory(domain, shelves.Redis(client, KEPT))
    return Memory(domain, shelves.File(where))


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


def forget_old(where: str) -> int:
    """Deletes conversations without a word for KEPT seconds from a SQLite file; returns how many."""
    return 0 if where == "memory" or is_redis(where) else shelves.drop_older(where, time.time() - KEPT)


def _access() -> dict[str, Any]:
    """Time limits, and the password unless it is in the address: an address shows in the list of processes."""
    file = os.environ.get("TREDE_REDIS_PASSWORD_FILE")
    password = Path(file).read_text(encoding="utf-8").strip() if file else os.environ.get("TREDE_REDIS_PASSWORD", "")
    limits = {"socket_timeout": REDIS_WITHIN, "socket_connect_timeout": REDIS_WITHIN, "health_check_interval": 30}
    return {**limits, **({"password": password} if password else {})}
