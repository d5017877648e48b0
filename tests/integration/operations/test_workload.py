"""What lies waiting is counted, with how long the first of it waits."""

from db.models import Backup, ConversationState, RunState, TrainingRun
from services.municipalities import library
from services.workload import Pile, Workload, workload
from tests.integration.services.conftest import Town


def found(town: Town) -> Workload:
    with town.database.reading() as session:
        return workload(session, town.clock())


def test_nothing_to_do_is_nothing(town: Town) -> None:
    nothing = found(town)

    assert (nothing.open_lines, nothing.due_messages, nothing.waiting) == (Pile(0, 0), Pile(0, 0), Pile(0, 0))
    assert (nothing.failed_messages, nothing.live_model, nothing.last_backup) == (0, None, None)


def test_open_lines_are_counted_from_the_first(town: Town) -> None:
    first = town.say()
    town.clock.forward(seconds=30)
    town.say(address="another")
    town.clock.forward(seconds=12)
    assert found(town).open_lines == Pile(2, 42)
    town.answer(first)
    assert found(town).open_lines == Pile(1, 12)


def test_who_waits_for_a_person_is_counted(town: Town) -> None:
    received = town.say()
    town.set_state(received.conversation_id, ConversationState.WAITING)
    with town.database.writing() as session:
        session.get_one(
            type(town.conversation(received.conversation_id)), received.conversation_id
        ).waiting_since = town.clock()
    town.clock.forward(minutes=3)

    assert found(town).waiting == Pile(1, 180)


def test_trainings_and_the_last_backup_are_told(town: Town) -> None:
    with town.database.writing() as session:
        owner = library(session).id
        for state in (RunState.LIVE, RunState.LIVE, RunState.FAILED):
            session.add(TrainingRun(municipality_id=owner, state=state, asked_at=town.clock()))
        session.add(Backup(made_at=town.clock(), row_count=1))

    assert found(town).training_runs == {"live": 2, "failed": 1}
    assert found(town).last_backup == town.clock()
