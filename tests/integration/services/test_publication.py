"""A run from the button to its end: one at a time, held by one worker, and never live without a verdict."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Account, ModelVersion, RunState, TrainingRun
from db.session import Database
from services.errors import AlreadyTraining, NoWayBack
from services.model_versions import (
    keep_version,
    knows_every_topic,
    live_version,
    make_live,
    versions_to_go_back_to,
)
from services.municipalities import library
from services.publication import (
    ATTEMPTS,
    LEASE,
    Failure,
    ask_roll_back,
    ask_training,
    claim_run,
    fail,
    find_run,
    give_back,
    mark_live,
    refuse,
    renew_claim,
    run_under_way,
    runs,
    tell_progress,
)
from tests.conftest import Clock
from tests.integration.services.conftest import at_once


class Desk:
    """The verbs, each in a transaction of its own."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        with database.writing() as session:
            library(session)

    def ask(self) -> int:
        with self.database.writing() as session:
            return ask_training(session, None, self.clock()).id

    def claim(self, by: str = "us") -> int | None:
        with self.database.writing() as session:
            run = claim_run(session, by, self.clock())
            return run.id if run else None

    def tell(self, run: int, by: str = "us", step: str = "folds", done: int = 1, of: int = 5) -> bool:
        with self.database.writing() as session:
            return tell_progress(session, run, by, RunState.TRAINING, step, done, of, self.clock())

    def train(self, version: str, code: str = "c", topics: tuple[str, ...] = ("car",)) -> None:
        """A model on record."""
        with self.database.writing() as session:
            manifest = {"code": code, "topics": list(topics)}
            keep_version(session, version, f"trede-{version}.tar.gz", manifest, self.clock())

    def live(self, version: str, **other: Any) -> None:
        """As if a run had ended with it, later than all before."""
        self.clock.forward(minutes=1)
        self.train(version, **other)
        with self.database.writing() as session:
            make_live(session, version, self.clock())

    def run(self, number: int) -> TrainingRun:
        with self.database.reading() as session:
            run = find_run(session, number)
            assert run is not None
            return run

    def way_back(self) -> list[str]:
        with self.database.reading() as session:
            return [one.version for one in versions_to_go_back_to(session)]

    def live_now(self) -> str | None:
        with self.database.reading() as session:
            live = live_version(session)
            return live.version if live else None


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    return Desk(database, clock)


def test_a_run_that_was_asked_waits_for_one_worker(desk: Desk) -> None:
    run = desk.ask()
    assert desk.run(run).state is RunState.QUEUED
    assert desk.claim("one") == run
    assert desk.claim("two") is None
    assert desk.run(run).state is RunState.TRAINING


def test_it_says_who_asked(desk: Desk) -> None:
    with desk.database.writing() as session:
        account = Account(
            municipality_id=library(session).id,
            login="r@example.nl",
            name="R",
            shown_as="R",
            created_at=desk.clock(),
        )
        session.add(account)
        session.flush()
        run = ask_training(session, account, desk.clock())
        assert run.asked_by == account.id


def test_only_one_is_under_way(desk: Desk) -> None:
    desk.ask()
    with pytest.raises(AlreadyTraining):
        desk.ask()


def test_of_many_who_press_at_once_one_asks(desk: Desk) -> None:
    def press(_: int) -> bool:
        try:
            desk.ask()
        except AlreadyTraining:
            return False
        return True

    assert sum(at_once(8, press)) == 1
    with desk.database.reading() as session:
        assert len(runs(session)) == 1


def test_of_many_workers_one_takes_it_up(desk: Desk) -> None:
    run = desk.ask()
    assert sorted(at_once(6, lambda which: desk.claim(f"worker {which}")), key=str) == [run, *[None] * 5]


def test_progress_is_told_in_percent_of_the_whole_and_keeps_the_claim(desk: Desk) -> None:
    run = desk.ask()
    desk.claim()
    percents = []
    for step, done, of in (("load rasa", 1, 1), ("folds", 2, 5), ("folds", 5, 5), ("measure", 1, 2), ("switch", 0, 1)):
        desk.clock.forward(seconds=50)
        assert desk.tell(run, step=step, done=done, of=of)
        percents.append(desk.run(run).progress["percent"])
    assert percents == sorted(percents)
    assert 0 < percents[0] < percents[-1] < 100
    assert desk.claim("another") is None


def test_a_run_whose_worker_died_is_taken_up_again(desk: Desk) -> None:
    run = desk.ask()
    desk.claim("dead")
    desk.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert desk.claim("alive") == run
    assert not desk.tell(run, "dead")
    with desk.database.writing() as session:
        assert not renew_claim(session, run, "dead", desk.clock())
        assert not mark_live(session, run, "dead", "v", {}, desk.clock())
        assert not refuse(session, run, "dead", "v", {}, desk.clock())
        assert not fail(session, run, "dead", Failure.BROKE, desk.clock())
        assert renew_claim(session, run, "alive", desk.clock())


def test_a_run_that_ends_its_worker_time_and_again_fails(desk: Desk) -> None:
    run = desk.ask()
    for _ in range(ATTEMPTS):
        assert desk.claim() == run
        desk.clock.forward(seconds=LEASE.total_seconds() + 1)
    assert desk.claim() is None
    assert (desk.run(run).state, desk.run(run).failure) == (RunState.FAILED, "worker_died")
    assert desk.ask() != run


def test_a_worker_that_is_told_to_end_gives_it_back_without_losing_an_attempt(desk: Desk) -> None:
    run = desk.ask()
    for _ in range(ATTEMPTS + 2):
        assert desk.claim() == run
        with desk.database.writing() as session:
            give_back(session, run, "us")
    assert desk.run(run).state is RunState.QUEUED


def test_it_ends_live_and_the_one_before_can_be_gone_back_to(desk: Desk) -> None:
    desk.live("old")
    run = desk.ask()
    desk.claim()
    desk.train("new")
    assert desk.live_now() == "old"
    with desk.database.writing() as session:
        assert mark_live(session, run, "us", "new", {"after": {}}, desk.clock())
    ended = desk.run(run)
    assert (ended.state, ended.version, ended.ended_at) == (RunState.LIVE, "new", desk.clock())
    assert (desk.live_now(), desk.way_back()) == ("new", ["old"])


def test_a_refused_one_changes_nothing_and_is_no_way_back(desk: Desk) -> None:
    desk.live("old")
    run = desk.ask()
    desk.claim()
    desk.train("worse")
    with desk.database.writing() as session:
        refuse(session, run, "us", "worse", {"reasons": [{"code": "top1_fell"}]}, desk.clock())
    assert (desk.run(run).state, desk.live_now(), desk.way_back()) == (RunState.REFUSED, "old", [])
    with desk.database.reading() as session:
        assert run_under_way(session) is None


def test_a_failed_one_changes_nothing(desk: Desk) -> None:
    desk.live("old")
    run = desk.ask()
    desk.claim()
    with desk.database.writing() as session:
        fail(session, run, "us", Failure.SWITCH, desk.clock(), {"switch": {"why": "canaries_wrong"}})
    assert (desk.run(run).failure, desk.live_now()) == ("switch_refused", "old")


def test_going_back_is_a_run_that_switches_at_once(desk: Desk) -> None:
    desk.live("old")
    desk.live("new")
    with desk.database.writing() as session:
        run = ask_roll_back(session, "old", None, desk.clock()).id
    desk.claim()
    assert (desk.run(run).state, desk.run(run).back_to) == (RunState.SWITCHING, "old")
    with desk.database.writing() as session:
        mark_live(session, run, "us", "old", {}, desk.clock())
    assert (desk.live_now(), desk.way_back()) == ("old", ["new"])


@pytest.mark.parametrize("version", ["new", "refused", "never heard of", "of older code"])
def test_there_is_no_way_back_to_what_is_live_never_was_or_would_not_last(desk: Desk, version: str) -> None:
    desk.live("of older code", code="before")
    desk.live("old")
    desk.live("new")
    desk.train("refused")
    with desk.database.writing() as session, pytest.raises(NoWayBack):
        ask_roll_back(session, version, None, desk.clock())


def test_the_way_back_is_as_long_as_files_are_kept(desk: Desk) -> None:
    for number in range(7):
        desk.live(f"v{number}")
    assert desk.way_back() == ["v5", "v4", "v3", "v2"]


def test_one_version_is_live(desk: Desk) -> None:
    for version in ("a", "b", "a"):
        desk.live(version)
    with desk.database.reading() as session:
        assert session.scalars(select(ModelVersion.version).where(ModelVersion.live.is_(True))).all() == ["a"]


def test_going_live_again_while_live_does_not_look_like_a_change(desk: Desk) -> None:
    desk.live("a")
    since = desk.clock()
    desk.live("a")
    with desk.database.reading() as session:
        live = live_version(session)
        assert live is not None
        assert live.live_since == since


def test_topics_that_came_in_by_an_import_are_unknown_to_every_model(desk: Desk) -> None:
    desk.live("old", topics=("car", "debts"))
    desk.live("back", topics=("car",))
    with desk.database.reading() as session:
        assert knows_every_topic(session, ["car", "debts"], "c")
        assert not knows_every_topic(session, ["car", "debts", "new_one"], "c")
        assert not knows_every_topic(session, ["car"], "newer code")


def test_an_old_lease_is_measured_by_the_given_moment(desk: Desk) -> None:
    run = desk.ask()
    desk.claim("slow")
    desk.clock.forward(seconds=(LEASE - timedelta(seconds=1)).total_seconds())
    assert desk.claim("another") is None
    assert desk.tell(run, "slow")
