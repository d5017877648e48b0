"""Several Rasas: a conversation stays with one of them, and the next one answers when that one does not."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from bot.brain import Brain, BrainAway, BrainError, BrainSilent, BrainSlow
from services.answering import OpenLine
from tests.fakes.rasa import TOKEN, Rasa

pytestmark = pytest.mark.anyio


def line(conversation: str = "c-1", number: int = 1) -> OpenLine:
    return OpenLine(
        id=number, conversation=conversation, municipality_id=1, municipality="voorbeeldstad", language="nl",
        text="hoeveel mag ik sparen", payload=None, received_at=datetime(2026, 11, 23, tzinfo=UTC), notified=False,
    )  # fmt: skip


@pytest.fixture
def rasas() -> Iterator[list[Rasa]]:
    with ExitStack() as open_ones:
        yield [open_ones.enter_context(Rasa()) for _ in range(2)]


@pytest.fixture
def failures() -> list[BrainError]:
    return []


@pytest.fixture
async def brain(rasas: list[Rasa], failures: list[BrainError], slow_after: float) -> AsyncIterator[Brain]:
    both = Brain(", ".join(rasa.url for rasa in rasas), TOKEN, slow_after, failed=failures.append)
    yield both
    for rasa in rasas:
        rasa.hold.set()
    await both.close()


async def first_and_other(brain: Brain, rasas: list[Rasa]) -> tuple[Rasa, Rasa]:
    """Whom conversation `c-1` belongs to, and who stands by."""
    await brain.ask(line())
    return (rasas[0], rasas[1]) if rasas[0].lines else (rasas[1], rasas[0])


async def test_a_conversation_stays_with_one_and_all_together_are_spread(brain: Brain, rasas: list[Rasa]) -> None:
    for number in range(40):
        await brain.ask(line(f"c-{number % 20}", number))
    who = [Counter(asked["conversation"] for asked in rasa.lines) for rasa in rasas]

    assert {times for counts in who for times in counts.values()} == {2}
    assert min(len(counts) for counts in who) >= 4


async def test_the_next_one_answers_when_the_first_is_gone(
    brain: Brain, rasas: list[Rasa], failures: list[BrainError]
) -> None:
    first, other = await first_and_other(brain, rasas)
    first.stop()
    understood = await brain.ask(line())

    assert understood.words[0].text.startswith("antwoord op")
    assert [type(error) for error in failures] == [BrainAway]
    assert len(other.lines) == 1
    first.start()


@pytest.mark.parametrize("status", [500, 503, 401])
async def test_the_next_one_answers_when_the_first_refuses(brain: Brain, rasas: list[Rasa], status: int) -> None:
    first, other = await first_and_other(brain, rasas)
    first.status = status
    await brain.ask(line())

    assert len(other.lines) == 1


@pytest.mark.parametrize("slow_after", [5.0])
async def test_one_that_hangs_leaves_the_other_time_to_answer(brain: Brain, rasas: list[Rasa]) -> None:
    first, other = await first_and_other(brain, rasas)
    first.hold.clear()
    assert await brain.ask(line())
    assert await brain.ask(line())

    assert len(other.lines) == 2
    assert len(first.lines) == 2, "who was slow just now is asked last"


async def test_one_whose_actions_fail_leaves_it_to_the_other(brain: Brain, rasas: list[Rasa]) -> None:
    first, other = await first_and_other(brain, rasas)
    first.reply = lambda _: []
    await brain.ask(line())

    assert len(other.lines) == 1


@pytest.mark.parametrize(
    ("kind", "told", "slow_after"), [("stop", BrainAway, 60), ("hang", BrainSlow, 1), ("silent", BrainSilent, 60)]
)
async def test_when_all_fail_the_way_they_failed_is_told(
    brain: Brain, rasas: list[Rasa], kind: str, told: type[BrainError]
) -> None:
    for rasa in rasas:
        if kind == "stop":
            rasa.stop()
        elif kind == "hang":
            rasa.hold.clear()
        else:
            rasa.reply = lambda _: []
    with pytest.raises(told):
        await brain.ask(line())
    if kind == "stop":
        for rasa in rasas:
            rasa.start()


async def test_one_that_is_ready_is_enough(brain: Brain, rasas: list[Rasa]) -> None:
    rasas[0].stop()

    assert await brain.is_ready()
    assert {url: bool(health) for url, health in (await brain.healths()).items()} == {
        rasas[0].url: False, rasas[1].url: True
    }  # fmt: skip
    rasas[0].start()


async def test_their_common_memory_is_wiped_once_by_whoever_is_there(brain: Brain, rasas: list[Rasa]) -> None:
    first, other = await first_and_other(brain, rasas)
    await brain.forget("c-1")
    first.stop()
    await brain.forget("c-1")

    assert (first.forgotten, other.forgotten) == (["c-1"], ["c-1"])
    first.start()
