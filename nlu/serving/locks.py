"""One turn of a conversation at a time, over all processes that serve.

Rasa's own lock in Redis takes a ticket in three steps, so that two processes can get the same one, and the ticket of
a process that was killed keeps the conversation shut for its whole life. This one is taken in one step and has a
short life, which is lengthened for as long as its holder lives."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import redis
import redis.asyncio
from rasa.core.lock_store import LockError, LockStore
from redis.asyncio.lock import Lock

LIFE = 1.0  # seconds that a lock outlives its holder: another process then still answers within a resident's patience
RENEWED_EVERY = LIFE / 4
LONGEST_WAIT = 20.0  # seconds; who asked has given up long before


class RedisLocks(LockStore):  # type: ignore[misc]
    """What Rasa asks of a lock store, as far as we use it."""

    def __init__(self, client: redis.asyncio.Redis[Any]) -> None:
        self.redis = client
        super().__init__()

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = LIFE, wait_time_in_seconds: float = 0.05
    ) -> AsyncIterator[Lock]:
        """Raises LockError when it stays taken, and redis.RedisError when Redis is away."""
        lock = self.redis.lock(f"turn:{conversation_id}", timeout=lock_lifetime, sleep=wait_time_in_seconds)
        if not await lock.acquire(blocking_timeout=LONGEST_WAIT):
            raise LockError(f"conversation {conversation_id} stays locked")
        renewing = asyncio.create_task(_renew(lock))
        try:
            yield lock
        finally:
            renewing.cancel()
            # When Redis went away meanwhile, the lock ends by itself; the turn is done all the same.
            with suppress(redis.RedisError):
                await lock.release()


async def _renew(lock: Lock) -> None:
    """Until cancelled, or until somebody else has it."""
    while True:
        await asyncio.sleep(RENEWED_EVERY)
        try:
            await lock.reacquire()
        except redis.exceptions.LockError:
            return
        except redis.RedisError:
            continue
