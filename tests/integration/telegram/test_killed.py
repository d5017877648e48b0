"""kill -9, again and again, at moments nobody chose: every line is stored once, and every message goes out."""

import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, update

from db.models import Message, MessageKind, MessageStatus, Municipality
from db.session import Database
from tests.fakes.bot_api import BotApi

KILLS = 4
ROOT = Path(__file__).parents[3]


def test_lines_survive_kills(database: Database, town: Municipality, telegram: BotApi) -> None:
    moments = random.Random(20261123)
    written = []
    for kill in range(KILLS):
        running = start(database, telegram, town)
        for chat in (1, 2, 3):
            written.append(f"{chat}: regel {kill}")
            telegram.resident_writes(chat, written[-1])
        wait_for_first_sign(telegram)
        time.sleep(moments.random() * 0.15)
        running.kill()
        running.wait()
        telegram.calls.clear()
        free_leases(database)

    running = start(database, telegram, town)
    wait_until_quiet(database, telegram)
    running.kill()
    running.wait()

    assert lines(database) == sorted(written)
    for chat in (1, 2, 3):
        assert len({m.text for m in telegram.sent_to(chat)}) == 4


def start(database: Database, telegram: BotApi, town: Municipality) -> subprocess.Popen[bytes]:
    url = database.engine.url.render_as_string(hide_password=False)
    program = [sys.executable, "-m", "tests.integration.telegram.one_process"]
    return subprocess.Popen([*program, url, telegram.url, telegram.token, town.slug], cwd=ROOT)


def wait_for_first_sign(telegram: BotApi) -> None:
    end = time.monotonic() + 60
    while not telegram.calls_of("getUpdates"):
        assert time.monotonic() < end, "the process never asked for updates"
        time.sleep(0.005)


def wait_until_quiet(database: Database, telegram: BotApi) -> None:
    end = time.monotonic() + 60
    while telegram.updates.waiting or open_messages(database):
        assert time.monotonic() < end, "something stays behind"
        time.sleep(0.05)


def free_leases(database: Database) -> None:
    """A minute goes by for what the killed process was sending."""
    with database.writing() as session:
        session.execute(
            update(Message).where(Message.claimed_until.is_not(None)).values(claimed_until=datetime.now(UTC))
        )


def open_messages(database: Database) -> bool:
    with database.reading() as session:
        query = select(Message.id).where(Message.status.in_((MessageStatus.DUE, MessageStatus.SENDING)))
        return session.scalars(query.limit(1)).first() is not None


def lines(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(session.scalars(select(Message.text).where(Message.kind == MessageKind.LINE)))
