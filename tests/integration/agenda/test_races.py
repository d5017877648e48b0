"""Two hundred at once, in two processes: a time has one holder, and an appointment one fate."""

import random

from db.session import Database
from tests.booking_races import DONE, all_for_one, build_stage, crossing, crowd, double_bookings, lost_or_doubled

RESIDENTS = 200


def test_of_two_hundred_who_want_one_time_one_gets_it(database: Database) -> None:
    with database.writing() as session:
        stage = build_stage(session, "een-tijd", RESIDENTS)
    with crowd(database.engine.url.render_as_string(hide_password=False)) as people:
        ended = people.rush(all_for_one(stage))

    assert ended == {("book", DONE): 1, ("book", "SlotTaken"): RESIDENTS - 1}
    with database.reading() as session:
        assert double_bookings(session) == 0


def test_two_hundred_moves_and_cancellations_that_cross_leave_one_holder_a_time(database: Database) -> None:
    with database.writing() as session:
        stage = build_stage(session, "kruisend", RESIDENTS // 2)
        tries = crossing(session, stage, random.Random(7))
    with crowd(database.engine.url.render_as_string(hide_password=False)) as people:
        ended = people.rush(tries)

    assert sum(ended.values()) == RESIDENTS
    assert {outcome for _, outcome in ended} <= {DONE, "SlotTaken", "ChangedMeanwhile"}
    # Each is moved or cancelled, whoever came first; a move to a time that is taken leaves it to the other.
    assert ended["move", DONE] + ended["cancel", DONE] == RESIDENTS // 2
    with database.reading() as session:
        assert double_bookings(session) == 0
        assert lost_or_doubled(session, tries) == 0
