"""`python -m benchmarks.invitations [--people 10000] [--alone 2000] [--database postgresql]`: a large import is due.

So many people at once, some of them without a chat to be invited in. Told: how long one round of the clock takes, how
many are invited in it, and how many tasks their caseworkers get.
"""

import argparse
import asyncio
import time
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, insert, select

from benchmarks.reminder_kills import open_new
from cli.inviting import Inviting
from db.models import Channel, ContactPoint, Conversation, Invitation, InvitationState, Municipality, Person, StaffTask
from db.session import Database
from tests.agenda import build_caseworker, build_town
from tests.builders import build_phrases

MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
LONG_AGO = MORNING - timedelta(days=700)
CASEWORKERS, ROUNDS = 40, 3


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--alone", type=int, default=2_000)
    asked.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    given = asked.parse_args()
    database = open_new(given.database)
    with database.writing() as session:
        build_phrases(session)
        town = build_town(session, months=18)
        staff = [build_caseworker(session, town, f"c{number}").id for number in range(CASEWORKERS)]
    plant(database, town, staff, given.people, given.alone)
    inviting = Inviting(database, lambda: MORNING)
    for number in range(ROUNDS):
        began = time.monotonic()
        asyncio.run(inviting.see_to_all())
        with database.reading() as session:
            invited = select(func.count()).where(Invitation.state == InvitationState.INVITED)
            print(
                f"{given.database}, round {number + 1}: {time.monotonic() - began:.0f} s, "
                f"{session.scalar(select(func.count(Invitation.id)))} due, {session.scalar(invited)} invited by now, "
                f"{session.scalar(select(func.count(StaffTask.id)))} tasks of {CASEWORKERS} caseworkers",
                flush=True,
            )
    database.close()


def plant(database: Database, town: Municipality, staff: list[int], people: int, alone: int) -> None:
    """The first so many have no chat, and stand before the others."""
    one = {"municipality_id": town.id}
    with database.writing() as session:
        rows = [
            one | {
                "client_number": f"K-{number}", "caseworker_id": staff[number % len(staff)], "benefit": "algemeen",
                "created_at": LONG_AGO + timedelta(minutes=number),
            }
            for number in range(people)
        ]  # fmt: skip
        ids = list(session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows))
        chats = [
            one | {"channel": Channel.WEB, "lookup": f"lookup-{id_}", "created_at": LONG_AGO, "person_id": id_}
            for id_ in ids[alone:]
        ]
        adding = insert(ContactPoint).returning(ContactPoint.id, sort_by_parameter_order=True)
        talks = [
            one | {
                "public_id": f"talk-{contact}", "contact_point_id": contact, "channel": Channel.WEB,
                "started_at": LONG_AGO, "last_line_at": LONG_AGO, "changed_at": LONG_AGO,
            }
            for contact in session.scalars(adding, chats)
        ]  # fmt: skip
        session.execute(insert(Conversation), talks)


if __name__ == "__main__":
    main()
