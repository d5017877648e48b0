"""Deeds that two processes may not do at the same time, though no row is there yet to lock."""

from enum import IntEnum

from sqlalchemy import text
from sqlalchemy.orm import Session


class Lock(IntEnum):
    """The numbers of our advisory locks in PostgreSQL: any, but always these. 7233103 is that of the migrations."""

    FIRST_RUN = 7_233_104
    """Content and accounts that are made once, by the first process that starts."""


def hold(session: Session, lock: Lock) -> None:
    """Wait for it and keep it until the end of the transaction. On SQLite whoever writes is alone anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": int(lock)})
