"""A municipality whose lines are answered by a stand-in for Rasa."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from benefits.figures import load_figures
from bot.brain import Brain
from bot.turn import Turns
from db.models import Message, MessageKind
from db.session import Database
from services.receive import Received
from tests.builders import build_municipality, build_phrases, build_topic
from tests.conftest import Clock
from tests.fakes.rasa import TOKEN, Rasa
from tests.integration.services.conftest import Town


@dataclass
class Desk:
    """The resident on one side, Rasa on the other, and the turns between them."""

    town: Town
    rasa: Rasa
    brain: Brain
    turns: Turns
    rung: list[int]

    async def ask(self, *texts: str) -> Received:
        """Lines that come in one after the other, and all that is then answered."""
        received = [self.town.say(text) for text in texts]
        await self.turn(received[-1])
        return received[-1]

    async def turn(self, received: Received) -> None:
        self.turns.wake(received.conversation_id)
        await self.turns.finish()

    async def pick_up(self) -> None:
        await self.turns.pick_up()
        await self.turns.finish()

    def another_process(self) -> Turns:
        return Turns(self.turns.database, self.turns.figures, self.brain, self.turns.clock, self.rung.append, waits=0)

    def messages(self, received: Received) -> list[Message]:
        return self.town.messages(received.conversation_id)

    def answers(self, received: Received) -> list[str]:
        return self.town.texts(received.conversation_id, MessageKind.ANSWER)

    def notices(self, received: Received) -> list[str]:
        """What was said besides the answers after the first line, so without the welcome."""
        messages = self.messages(received)
        first = next(message.seq for message in messages if message.kind is MessageKind.LINE)
        return [m.text for m in messages if m.kind is MessageKind.NOTICE and m.seq > first]

    def buttons(self, received: Received) -> list[str]:
        """What hangs under the newest words."""
        return [button["payload"] for button in self.messages(received)[-1].detail.get("buttons", [])]


@pytest.fixture
def rasa() -> Iterator[Rasa]:
    with Rasa() as stand_in:
        yield stand_in


@pytest.fixture
def slow_after() -> float:
    """Seconds the brain waits: enough for a busy machine. Who tests slowness gives less."""
    return 60


@pytest.fixture
async def desk(database: Database, clock: Clock, rasa: Rasa, slow_after: float) -> AsyncIterator[Desk]:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "car", "Mag ik een auto", "Een auto mag.", more="Tot een bedrag.")
        build_topic(session, "holiday_abroad", "Op vakantie")
        build_topic(session, "gifts", "Giften krijgen")
        town = Town(database, clock, build_municipality(session))
    brain, rung = Brain(rasa.url, TOKEN, slow_after), list[int]()
    turns = Turns(database, load_figures(), brain, clock, rung.append, waits=0)
    yield Desk(town, rasa, brain, turns, rung)
    rasa.hold.set()
    await turns.finish()
    await brain.close()
