"""A day without workers: what is still of use comes afterwards, what is not is a task, nothing comes too late."""

from db.session import Database
from tests.agenda import build_town
from tests.builders import build_phrases
from tests.integration.reminding.outage import Outage, TimedBotApi

WORKERS = 2


def test_a_day_without_workers_loses_no_appointment(database: Database) -> None:
    with database.writing() as session:
        build_phrases(session)
        town = build_town(session)
    with TimedBotApi() as telegram:
        aftermath = Outage(database, telegram, town, WORKERS).run(appointments=48)

    assert aftermath.still_useful > 10
    assert aftermath.came == aftermath.still_useful
    assert aftermath.over > 10
    assert aftermath.handed == aftermath.over
    assert aftermath.after_its_begin == 0
    assert aftermath.twice <= WORKERS
