"""Two hundred at once, in two processes: a time has one holder, and an appointment one fate."""

import random
import secrets

import pytest
from sqlalchemy.exc import IntegrityError

from db.models import Appointment, AppointmentState
from db.session import Database
from services.agenda.slot import Slot
from tests.booking_races import DONE, Stage, all_for_one, build_stage, crossing, crowd, double_bookings, lost_or_doubled
from tests.builders import NOW

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


def test_postgresql_itself_refuses_what_the_counting_here_would_find(database: Database) -> None:
    def write_twice() -> int:
        with database.writing() as session:
            stage = build_stage(session, "dubbel", 2)
            session.add_all(_row(stage, stage.slots[0]) for _ in range(2))
            session.flush()
            return double_bookings(session)

    if database.engine.dialect.name == "postgresql":
        with pytest.raises(IntegrityError, match="ex_appointment_account"):
            write_twice()
    else:
        assert write_twice() == 1


def _row(stage: Stage, slot: Slot) -> Appointment:
    return Appointment(
        municipality_id=stage.town_id, public_id=secrets.token_hex(8), programme="contactgesprek",
        account_id=slot.account_id, channel=slot.channel, begins_at=slot.begins_at, ends_at=slot.ends_at,
        blocked_from=slot.begins_at, blocked_until=slot.ends_at, state=AppointmentState.BOOKED, needs={},
        created_at=NOW, changed_at=NOW,
    )  # fmt: skip
