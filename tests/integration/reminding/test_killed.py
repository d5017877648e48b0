"""kill -9 at every step: nothing is lost, and who is killed leaves at most one message that comes twice."""

import random

from db.session import Database
from tests.builders import build_municipality, build_phrases
from tests.fakes.bot_api import BotApi
from tests.integration.reminding.killing import Killing
from tests.integration.reminding.one_worker import STEPS

KILLS, BLOCKED = 6, 2


def test_reminders_survive_kills_of_two_workers(database: Database) -> None:
    with database.writing() as session:
        build_phrases(session)
        town = build_municipality(session)
    with BotApi() as telegram:
        outcome = Killing(database, telegram, town, 2, KILLS, random.Random(20261201)).run(BLOCKED)

    assert set(outcome.kills) == set(STEPS)
    assert outcome.lost == 0
    assert outcome.doubles <= sum(outcome.kills.values()) + outcome.unheard
    assert outcome.tasks == BLOCKED
