"""The button of the editors, on a whole installation to which residents go on talking: publish, refuse, go back."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Self

import httpx
import pytest
from sqlalchemy import delete, select

from cli.wiring import now
from db.models import Example, Message, MessageKind, MessageStatus, RunState, Topic, TrainingRun
from services.model_versions import live_version
from services.publication import ask_roll_back, ask_training, find_run
from tests.e2e.few_topics import FAILED_BEFORE, SIX
from tests.e2e.installation import Installation, Resident, plain, wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1500)]

RESIDENTS = 40
PAUSE = 4.0
"""Seconds between the lines of one resident: together ten lines a second, and each under the most that are taken."""
LINES_EACH = 8
"""After so many somebody else comes: nobody talks for minutes on end, and a page shows all that was said."""
LINES = {
    "hoeveel mag ik sparen": "wealth_limit",
    "kan ik vakantie houden in turkije": "holiday_abroad",
    "moet ik alles opgeven wat ik krijg van mijn moeder": "gift_report",
}
TRAINED_WITHIN = 600.0


class Crowd:
    """Residents who talk from `with` to its end, each on a page of its own."""

    def __init__(self, installation: Installation) -> None:
        self.url = installation.url
        self.accepted: Counter[str] = Counter()
        self.refused: list[str] = []
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._talk, args=(number,)) for number in range(RESIDENTS)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _talk(self, number: int) -> None:
        time.sleep(number * PAUSE / RESIDENTS)
        text = list(LINES)[number % len(LINES)]
        while not self._over.is_set():
            with Resident(self.url) as resident:
                resident.client.timeout = httpx.Timeout(60)
                for _ in range(LINES_EACH):
                    self._say(resident, text)

    def _say(self, resident: Resident, text: str) -> None:
        began = time.monotonic()
        if self._over.is_set():
            return
        try:
            resident.says(text)
            self.accepted[text] += 1
        except Exception as error:
            self.refused.append(repr(error))
        self._over.wait(max(PAUSE - (time.monotonic() - began), 0.0))


class Editor:
    """Presses the button, and waits for what comes of it."""

    def __init__(self, installation: Installation) -> None:
        self.installation, self.database = installation, installation.database

    def train(self) -> TrainingRun:
        with self.database.writing() as session:
            run = ask_training(session, None, now()).id
        return self._end_of(run)

    def go_back(self, version: str) -> TrainingRun:
        with self.database.writing() as session:
            run = ask_roll_back(session, version, None, now()).id
        return self._end_of(run)

    def add(self, topic: str, *texts: str) -> None:
        with self.database.writing() as session:
            row = session.scalars(select(Topic).where(Topic.name == topic)).one()
            row.examples += [Example(municipality_id=row.municipality_id, language="nl", text=text) for text in texts]

    def forget_most_of(self, topic: str) -> None:
        """All Dutch examples but six."""
        with self.database.writing() as session:
            row = session.scalars(select(Topic).where(Topic.name == topic)).one()
            kept = [example.id for example in row.examples if example.language == "nl"][:6]
            session.execute(delete(Example).where(Example.topic_id == row.id, Example.id.not_in(kept)))

    def live(self) -> str:
        with self.database.reading() as session:
            found = live_version(session)
            assert found is not None
            return found.version

    def _end_of(self, number: int) -> TrainingRun:
        wait_for(lambda: self._run(number).ended_at is not None, TRAINED_WITHIN, lambda: self.installation.log[-2000:])
        return self._run(number)

    def _run(self, number: int) -> TrainingRun:
        with self.database.reading() as session:
            run = find_run(session, number)
            assert run is not None
            return run


@pytest.fixture
def editor(install_few: Callable[..., Installation]) -> Iterator[Editor]:
    installation = install_few()
    installation.start()
    installation.wait_until_ready()
    at_work = Editor(installation)
    yield at_work
    at_work.database.close()


def test_six_examples_are_published_to_residents_who_go_on_talking_and_worse_ones_are_not(editor: Editor) -> None:
    first = editor.live()
    assert answer_to(editor, FAILED_BEFORE) != "wealth_limit"

    with Crowd(editor.installation) as crowd:
        editor.add("wealth_limit", *SIX)
        published = editor.train()
        assert (published.state, published.report.get("reasons")) == (RunState.LIVE, [])
        assert answer_to(editor, FAILED_BEFORE) == "wealth_limit"
        back = editor.go_back(first)
        assert (back.state, editor.live()) == (RunState.LIVE, first)
        assert answer_to(editor, FAILED_BEFORE) != "wealth_limit"
    assert crowd.refused == []
    wait_for(lambda: not open_lines(editor), 60, lambda: "lines stay open")
    check_answers(editor, crowd)

    editor.forget_most_of("distress")
    refused = editor.train()
    assert refused.state is RunState.REFUSED
    assert {"protected_fell"} <= {reason["code"] for reason in refused.report["reasons"]}
    assert "distress" in {reason.get("topic") for reason in refused.report["reasons"]}
    assert {told["meant"] for told in refused.report["worse"]} >= {"distress"}
    assert editor.live() == first


def answer_to(editor: Editor, text: str) -> str | None:
    """The topic that answers a stranger."""
    with Resident(editor.installation.url) as resident:
        assert text in plain(resident.says(text))
    query = select(Message).where(Message.text == text, Message.kind == MessageKind.LINE).order_by(Message.id.desc())

    def answers() -> Sequence[Message]:
        with editor.database.reading() as session:
            line = session.scalars(query).first()
            assert line is not None
            return session.scalars(select(Message).where(Message.in_reply_to == line.id)).all()

    wait_for(lambda: len(answers()) > 0, 60, lambda: "no answer came")
    return answers()[0].topic


def open_lines(editor: Editor) -> Sequence[Message]:
    with editor.database.reading() as session:
        return session.scalars(select(Message).where(Message.status == MessageStatus.RECEIVED)).all()


def check_answers(editor: Editor, crowd: Crowd) -> None:
    """Every line was stored and answered, once, by what it asks. On a machine that is busy with other things Rasa may
    be slower than a person waits: then the answer is an apology, which has no topic."""
    with editor.database.reading() as session:
        lines = session.scalars(
            select(Message).where(Message.kind == MessageKind.LINE, Message.text.in_(LINES)).order_by(Message.id)
        ).all()
        answers = session.scalars(select(Message).where(Message.kind == MessageKind.ANSWER)).all()
    first_parts = [answer for answer in answers if answer.part == 0]
    topics = {answer.in_reply_to: answer.topic for answer in first_parts}
    assert Counter(line.text for line in lines) == crowd.accepted
    assert len(topics) == len(first_parts)
    assert [line.id for line in lines if line.id not in topics] == []
    assert {(line.text, topics[line.id]) for line in lines} - {(text, None) for text in LINES} == set(LINES.items())
