"""Processes tell that they are there; who looks sees who runs, who went, and who has another key."""

from datetime import timedelta

from db.session import Database
from services.processes import Self, alive_by_part, beat, forget_gone, have_one_key, leave, who_runs, who_went
from tests.conftest import Clock


def process(name: str, clock: Clock, *parts: str, key: str = "0123456789abcdef") -> Self:
    return Self(name, "host", parts or ("web",), key, False, clock())


def test_who_beats_runs_and_who_stops_beating_went(database: Database, clock: Clock) -> None:
    stays, goes = process("stays", clock, "web"), process("goes", clock, "worker")
    with database.writing() as session:
        for me in (stays, goes, stays):
            beat(session, me, clock())
    clock.forward(seconds=40)
    with database.writing() as session:
        beat(session, stays, clock())

        assert [one.name for one in who_runs(session, clock())] == ["stays"]
        assert [one.name for one in who_went(session, clock())] == ["goes"]


def test_who_is_told_to_stop_is_not_missed(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        beat(session, process("told", clock), clock())
        leave(session, "told")
        clock.forward(minutes=5)

        assert list(who_went(session, clock())) == []


def test_who_went_is_forgotten_after_a_day(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        beat(session, process("went", clock), clock())
        clock.now += timedelta(days=1, seconds=1)
        forget_gone(session, clock())

        assert list(who_went(session, clock())) == []


def test_parts_are_counted_over_processes(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        beat(session, process("all", clock, "web", "worker"), clock())
        beat(session, process("one", clock, "web"), clock())

        assert alive_by_part(who_runs(session, clock())) == {"web": 2, "worker": 1}


def test_another_secret_key_is_noticed(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        beat(session, process("a", clock), clock())
        assert have_one_key(who_runs(session, clock()))
        beat(session, process("b", clock, key="fedcba9876543210"), clock())
        assert not have_one_key(who_runs(session, clock()))
