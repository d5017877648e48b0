"""A run as a worker does it, from the content in the database to the model that Rasa serves."""

import threading
import time
from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from cli import switching
from db.models import AnswerRevision, Example, ModelVersion, RunState, Topic
from services.editing.changes import changes_since_live
from tests.fakes.keeper import Keeper
from tests.integration.publishing.conftest import MESSAGES, Workshop

HIT = "mag ik mijn wagen houden"


def test_it_trains_measures_and_goes_live(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.trainer.live = MESSAGES | {HIT: None}
    run = workshop.run()
    assert (run.state, run.version) == (RunState.LIVE, workshop.live())
    assert workshop.live() == workshop.asked_for() == workshop.keeper.serves != first
    assert (run.report["before"]["top1"], run.report["after"]["top1"]) == (0.8, 1.0)
    assert run.report["better"] == [{"text": HIT, "meant": "car", "before": None, "after": "car"}]
    assert (run.report["examples"], run.report["switch"]) == (29, {"rasas": 1})
    assert workshop.told[-1] == "switch"


def test_one_that_is_worse_is_refused_and_nothing_changes(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add("debts", "nog een voorbeeld")
    workshop.trainer.understands = MESSAGES | {HIT: "debts"}
    run = workshop.run()
    assert run.state is RunState.REFUSED
    assert {reason["code"] for reason in run.report["reasons"]} == {"top1_fell", "wrong_answers_rose"}
    assert run.report["worse"] == [{"text": HIT, "meant": "car", "before": "car", "after": "debts"}]
    assert workshop.live() == workshop.asked_for() == first


def test_somebody_may_want_it_anyway_and_it_is_not_trained_again(workshop: Workshop) -> None:
    workshop.first()
    workshop.add("debts", "nog een voorbeeld")
    workshop.trainer.understands = MESSAGES | {HIT: "debts"}
    refused = workshop.run().version
    run = workshop.run(anyway=True, in_terminal=True)
    assert (run.state, run.version, workshop.live()) == (RunState.LIVE, refused, refused)
    assert run.report["anyway"]
    assert run.report["reasons"]


def test_content_that_did_not_change_is_not_trained(workshop: Workshop) -> None:
    first = workshop.first()
    run = workshop.run()
    assert (run.state, run.version, run.report["unchanged"]) == (RunState.LIVE, first, True)
    assert workshop.trainer.trained == [first]


def test_a_topic_with_few_examples_is_told_at_once(workshop: Workshop) -> None:
    first = workshop.first()
    with workshop.wiring.database.writing() as session:
        for example in workshop.topic(session, "car").examples[2:]:
            session.delete(example)
    run = workshop.run()
    assert run.report["reasons"] == [{"code": "too_few_examples", "topic": "car", "examples": 3, "least": 5}]
    assert (run.state, workshop.trainer.trained) == (RunState.REFUSED, [first])


def test_without_held_back_messages_nobody_can_tell(workshop: Workshop) -> None:
    workshop.first()
    (workshop.wiring.settings.content_dir / "held_back.csv").unlink()
    workshop.add("car", "een oude scooter")
    run = workshop.run()
    assert (run.state, run.report["reasons"]) == (RunState.REFUSED, [{"code": "no_held_back"}])


def test_a_message_that_became_an_example_measures_nothing(workshop: Workshop) -> None:
    workshop.first()
    workshop.add("car", "Mag ik  mijn wagen houden?")
    run = workshop.run()
    assert (run.report["left_out"], run.report["after"]["messages"]) == (1, 4)


def test_a_live_model_that_cannot_be_read_is_not_compared_with(workshop: Workshop) -> None:
    workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.trainer.live, workshop.trainer.understands = None, {}
    run = workshop.run()
    assert (run.state, run.report["before"]) == (RunState.LIVE, None)


@pytest.mark.parametrize("why", ["canaries_wrong", "killed", "unreadable"])
def test_when_rasa_refuses_the_old_one_is_asked_for_again(workshop: Workshop, why: str) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.keeper.refuses = Refuses(first, why)
    run = workshop.run()
    assert (run.state, run.failure, run.report["switch"]) == (
        RunState.FAILED,
        "switch_refused",
        {"why": why, "rasas": 1},
    )
    assert workshop.live() == workshop.asked_for() == first


class Refuses(dict[str, str]):
    """Every version but one."""

    def __init__(self, serves: str, why: str) -> None:
        self.serves, self.why = serves, why

    def __contains__(self, version: object) -> bool:
        return version != self.serves

    def __getitem__(self, version: str) -> str:
        return self.why


def test_a_refusal_of_before_does_not_count_the_next_time(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.keeper.refuses = Refuses(first, "killed")
    workshop.run()
    workshop.keeper.refuses = {}
    assert workshop.run().state is RunState.LIVE


def test_of_several_rasas_each_has_to_serve_it(workshop: Workshop) -> None:
    settings = workshop.wiring.settings
    with Keeper(workshop.folder, settings.rasa_token) as second:
        both = replace(settings, rasa_url=f"{settings.rasa_url}, {second.url}")
        workshop.wiring = replace(workshop.wiring, settings=both)
        first = workshop.first()
        assert (workshop.keeper.serves, second.serves) == (first, first)
        workshop.add("car", "een oude scooter")
        second.refuses = Refuses(first, "canaries_wrong")
        assert workshop.run().report["switch"] == {"why": "canaries_wrong", "rasas": 2}
        assert workshop.asked_for() == workshop.live() == first
    workshop.add("car", "nog een")
    assert workshop.run().report["switch"] == {"rasas": 1}, "one that is away finds it when it is back"


def test_a_worker_does_not_switch_when_no_rasa_answers(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.keeper.stop()
    monkeypatch.setattr(switching, "SWITCH_AT_MOST", 0.3)
    run = workshop.run()
    assert (run.failure, run.report["switch"]["why"]) == ("switch_refused", "nobody_there")
    assert workshop.live() == workshop.asked_for() == first


def test_in_a_terminal_nothing_needs_to_run(workshop: Workshop) -> None:
    workshop.keeper.stop()
    run = workshop.run(in_terminal=True)
    assert (run.state, workshop.asked_for(), run.report["switch"]) == (RunState.LIVE, run.version, {"rasas": 0})


def test_what_the_trainer_says_of_a_failure_is_told(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    workshop.trainer.refuses = "topic car: is no good"
    run = workshop.run()
    assert (run.state, run.failure) == (RunState.FAILED, "training_failed")
    assert "topic car: is no good" in run.report["detail"]
    assert workshop.live() == first


def test_held_back_messages_that_cannot_be_read_are_told(workshop: Workshop) -> None:
    (workshop.wiring.settings.content_dir / "held_back.csv").write_text("vraag,antwoord\nhallo,dag\n")
    run = workshop.run()
    assert run.failure == "training_failed"
    assert "column 'text' is missing" in run.report["detail"]


def test_content_without_a_topic_is_told(workshop: Workshop) -> None:
    with workshop.wiring.database.writing() as session:
        session.execute(delete(Example))
        session.execute(delete(AnswerRevision))
        session.execute(delete(Topic))
    run = workshop.run()
    assert run.failure == "training_failed"
    assert "no topics" in run.report["detail"]


def test_a_trainer_that_is_not_there_is_told_and_the_request_taken_back(workshop: Workshop) -> None:
    workshop.trainer.__exit__(None, None, None)
    run = workshop.run()
    assert run.failure == "trainer_away"
    assert list((workshop.folder / "requests").glob("*.json")) == []


@pytest.mark.parametrize(("in_terminal", "state"), [(False, RunState.QUEUED), (True, RunState.FAILED)])
def test_a_process_that_is_told_to_end_leaves_the_run_in_order(
    workshop: Workshop, in_terminal: bool, state: RunState
) -> None:
    workshop.trainer.hold.clear()
    threading.Timer(0.2, workshop.stop.set).start()
    run = workshop.run(in_terminal=in_terminal)
    assert (run.state, run.claimed_by) == (state, None)
    assert list((workshop.folder / "requests").glob("*.json")) == []


def test_the_way_back_needs_no_training(workshop: Workshop) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    second = workshop.run().version
    trained = list(workshop.trainer.trained)
    run = workshop.run(back_to=first)
    assert (run.state, run.version, workshop.live(), workshop.keeper.serves) == (RunState.LIVE, first, first, first)
    assert workshop.trainer.trained == trained
    assert workshop.run(back_to=second).state is RunState.LIVE


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_there_is_no_way_back_to_a_file_that_is_not_what_it_was(workshop: Workshop, harm: str) -> None:
    first = workshop.first()
    workshop.add("car", "een oude scooter")
    second = workshop.run().version
    file = workshop.folder / f"trede-{first}.tar.gz"
    file.unlink() if harm == "gone" else file.write_bytes(b"other")
    run = workshop.run(back_to=first)
    assert (run.state, run.failure) == (RunState.FAILED, "file_missing")
    assert workshop.live() == workshop.asked_for() == second


def test_five_models_that_were_live_are_kept_and_the_last_refused_one(workshop: Workshop) -> None:
    workshop.first()
    versions = []
    for number in range(6):
        workshop.add("car", f"wagen {number}")
        versions.append(workshop.run().version)
    workshop.add("car", "de laatste")
    workshop.trainer.understands = {}
    versions.append(workshop.run().version)
    kept = {path.name.removeprefix("trede-").removesuffix(".tar.gz") for path in workshop.folder.glob("*.tar.gz")}
    assert kept == set(versions[-6:])


def test_what_a_model_was_made_of_is_kept_with_it(workshop: Workshop) -> None:
    workshop.first()
    workshop.add("car", "een oude scooter")
    with workshop.wiring.database.reading() as session:
        changes = changes_since_live(session)
        live = session.scalars(select(ModelVersion).where(ModelVersion.live.is_(True))).one()
    assert changes is not None
    assert (changes.added, changes.topics) == (1, ("car",))
    assert "scooter" not in str(live.manifest)


def test_a_run_that_another_worker_took_over_is_left_alone(workshop: Workshop) -> None:
    workshop.trainer.hold.clear()

    def take_over() -> None:
        time.sleep(0.2)
        workshop.hand_to_another()
        workshop.trainer.hold.set()

    thief = threading.Thread(target=take_over)
    thief.start()
    run = workshop.run()
    thief.join()
    assert (run.state, run.claimed_by) == (RunState.TRAINING, "another")
    assert workshop.live() is None
