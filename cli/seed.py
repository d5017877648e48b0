"""`trede seed`: conversations that nobody had, in an example municipality, to try pages with and to measure them."""

from collections.abc import Callable
from itertools import batched
from random import Random

from sqlalchemy import text

from cli.prepare import prepare_content, prepare_database
from cli.wiring import Wiring, now
from services.calendar import day_here
from services.municipalities import find_municipality, list_municipalities
from services.seeding.material import Material, gather
from services.seeding.plant import lengths, plant

BATCH = 1_000
"""Conversations a transaction: a web process on the same database waits for no longer than one of these takes."""


def seed(wiring: Wiring, conversations: int, messages: int, slug: str | None, tell: Callable[[str], None]) -> None:
    """Raises NotAnExample for a real municipality."""
    prepare_database(wiring, tell)
    prepare_content(wiring, tell)
    material = _material(wiring, slug)
    chance = Random()  # noqa: S311  made-up conversations are no secret
    done = written = 0
    for sizes in batched(lengths(chance, conversations, messages), BATCH):
        with wiring.database.writing() as session:
            written += plant(session, material, chance, list(sizes), now())
        done += len(sizes)
        tell(f"{done} van {conversations} gesprekken met samen {written} berichten")
    if wiring.database.engine.dialect.name == "postgresql":
        # It plans by what it knows of the tables, and would find that out by itself only some minutes from now.
        with wiring.database.writing() as session:
            session.execute(text("ANALYZE message, conversation, contact_point"))


def _material(wiring: Wiring, slug: str | None) -> Material:
    with wiring.database.reading() as session:
        examples = [town for town in list_municipalities(session) if town.example]
        town = find_municipality(session, slug or "") if slug or not examples else examples[0]
        return gather(session, wiring.figures, town, wiring.keys.seal("0"), day_here(now()))
