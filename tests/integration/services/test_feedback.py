"""Whether an answer was right is told by who got it, as often as a mind changes, and goes with the answer."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import func, select

from benefits.figures import load_figures
from db.models import Channel, Conversation, Feedback, Message, MessageKind, TopicKind
from services.answer_topic import answer_topic, explain_more
from services.answering import settle_line
from services.conversations import Address
from services.errors import TooManyLines, UnknownAnswer
from services.feedback import LONGEST_REMARK, feedback_on, judge, tell_what_is_wrong
from services.phrases import Phrases
from services.receive import LINES_A_MINUTE
from services.wiping import erase_conversation, wipe_conversation
from services.words import Words
from tests.builders import build_municipality, build_topic
from tests.integration.services.conftest import Town, at_once

TODAY = date(2026, 11, 23)


@dataclass
class Asked:
    """A resident who got an answer."""

    town: Town
    conversation: int
    answer: int

    def judge(self, right: bool, answer: int | None = None, address: str = "resident") -> Feedback:
        with self.town.database.writing() as session:
            where = Address(self.town.row, Channel.WEB, address)
            return judge(session, self.town.keys, where, answer or self.answer, right, self.town.clock())

    def tell(self, text: str, address: str = "resident") -> Feedback:
        with self.town.database.writing() as session:
            where = Address(self.town.row, Channel.WEB, address)
            return tell_what_is_wrong(session, self.town.keys, where, self.answer, text, self.town.clock())

    def rows(self) -> list[Feedback]:
        with self.town.database.reading() as session:
            return list(session.scalars(select(Feedback).order_by(Feedback.id)))

    def ask(self, words: Words | None = None) -> int:
        """Another line with its answer; gives the number of the answer."""
        received = self.town.say()
        assert self.town.claim(received.conversation_id)
        with self.town.database.writing() as session:
            said = words or answer_topic(
                session, load_figures(), Phrases(session, self.town.row, "nl"), "wealth_limit", TODAY
            )
            assert settle_line(session, received.line_id, "us", [said], self.town.clock())
        return self.town.messages(received.conversation_id, MessageKind.ANSWER)[-1].id


@pytest.fixture
def asked(town: Town) -> Asked:
    received = town.say("hallo")
    asked = Asked(town, received.conversation_id, 0)
    town.answer(received)
    asked.answer = asked.ask()
    return asked


def test_it_is_kept_with_the_topic_and_the_text_that_was_read(asked: Asked) -> None:
    given = asked.judge(right=True)

    message = next(m for m in asked.town.messages(asked.conversation) if m.id == asked.answer)
    assert (given.right, given.topic, given.remark) == (True, "wealth_limit", None)
    assert given.revision is not None
    assert given.revision == message.detail["revision"]
    assert given.municipality_id == asked.town.row.id


def test_who_changes_his_mind_changes_the_row_and_takes_the_remark_along(asked: Asked) -> None:
    asked.judge(right=False)
    asked.tell("het bedrag is oud")
    asked.judge(right=True)

    assert [(row.right, row.remark) for row in asked.rows()] == [(True, None)]


def test_the_same_press_twice_changes_nothing(asked: Asked) -> None:
    first = asked.judge(right=False)
    asked.tell("het bedrag is oud")
    asked.town.clock.forward(minutes=5)
    again = asked.judge(right=False)

    assert (again.id, again.given_at, again.remark) == (first.id, first.given_at, "het bedrag is oud")


def test_a_remark_is_masked_before_it_is_cut_and_kept(asked: Asked) -> None:
    asked.judge(right=False)
    asked.tell(f"mijn bsn is 111222333\x00 {'x' * (LONGEST_REMARK - 30)} en NL91ABNA0417164300 hoort u te weten")

    remark = asked.rows()[0].remark or ""
    assert remark.startswith("mijn bsn is [bsn] xxx")
    assert "NL91" not in remark
    assert len(remark) <= LONGEST_REMARK


@pytest.mark.parametrize("nothing", ["", "  \n ", "\u200b\x00"])
def test_a_remark_is_never_required(asked: Asked, nothing: str) -> None:
    asked.judge(right=False)
    asked.tell(nothing)

    assert [(row.right, row.remark) for row in asked.rows()] == [(False, None)]


def test_there_is_no_remark_without_a_no(asked: Asked) -> None:
    with pytest.raises(UnknownAnswer):
        asked.tell("het klopt niet")
    asked.judge(right=True)
    with pytest.raises(UnknownAnswer):
        asked.tell("het klopt niet")


def test_nobody_judges_the_answer_of_somebody_else(asked: Asked) -> None:
    asked.town.say("hallo", address="stranger")
    asked.judge(right=False)

    for address in ("stranger", "nobody"):
        with pytest.raises(UnknownAnswer):
            asked.judge(right=True, address=address)
        with pytest.raises(UnknownAnswer):
            asked.tell("niet van mij", address=address)
    assert [(row.right, row.remark) for row in asked.rows()] == [(False, None)]


def test_the_same_browser_at_another_municipality_is_somebody_else(asked: Asked) -> None:
    with asked.town.database.writing() as session:
        elsewhere = Address(build_municipality(session, "elders", "Elders"), Channel.WEB, "resident")
        with pytest.raises(UnknownAnswer):
            judge(session, asked.town.keys, elsewhere, asked.answer, True, asked.town.clock())


def test_only_an_answer_to_a_question_can_be_judged(asked: Asked) -> None:
    greeting, question = asked.ask(Words("Hallo!", topic="greet")), asked.ask(Words("Wat verandert er?"))
    others = [m.id for m in asked.town.messages(asked.conversation) if m.kind is not MessageKind.ANSWER]

    for message in (greeting, question, *others, 10**17):
        with pytest.raises(UnknownAnswer):
            asked.judge(right=True, answer=message)


@pytest.mark.parametrize(("kind", "asks"), [(TopicKind.FAQ, True), (TopicKind.REDIRECT, True), (TopicKind.TASK, False)])
def test_which_answers_ask(town: Town, kind: TopicKind, asks: bool) -> None:
    with town.database.writing() as session:
        build_topic(session, "elders", "Iets", kind=kind, more="Nog meer.")
        phrases = Phrases(session, town.row, "nl")
        told = [say(session, load_figures(), phrases, "elders", TODAY) for say in (answer_topic, explain_more)]
        nothing = answer_topic(session, load_figures(), phrases, "elders", date(2019, 1, 1))

    assert [words.to_judge for words in told] == [asks, asks]
    assert Words.from_json(told[0].to_json()).to_judge is asks
    assert not nothing.to_judge


def test_presses_are_held_back_as_lines_are(asked: Asked) -> None:
    for press in range(LINES_A_MINUTE):
        asked.judge(right=press % 2 == 0)
    with pytest.raises(TooManyLines):
        asked.judge(right=True)
    with pytest.raises(TooManyLines):
        asked.tell("het bedrag is oud")

    asked.town.clock.forward(seconds=61)
    assert asked.judge(right=True).presses == 1


def test_another_answer_of_the_same_conversation_is_no_way_around_it(asked: Asked) -> None:
    other = asked.ask()
    for press in range(LINES_A_MINUTE):
        asked.judge(right=press % 2 == 0, answer=other if press < 10 else None)

    with pytest.raises(TooManyLines):
        asked.judge(right=True, answer=other)


def test_two_presses_at_once_are_one_row(asked: Asked) -> None:
    given = at_once(6, lambda which: asked.judge(right=which % 2 == 0).id)

    assert len(set(given)) == 1
    assert len(asked.rows()) == 1


def test_it_goes_with_its_answer(asked: Asked) -> None:
    asked.judge(right=False)
    with asked.town.database.writing() as session:
        wipe_conversation(session, session.get_one(Conversation, asked.conversation), asked.town.clock())
    assert asked.rows() == []
    with pytest.raises(UnknownAnswer):
        asked.judge(right=True)


def test_it_goes_with_its_conversation(asked: Asked) -> None:
    asked.judge(right=False)
    with asked.town.database.writing() as session:
        erase_conversation(session, session.get_one(Conversation, asked.conversation))
        assert session.scalar(select(func.count()).select_from(Feedback)) == 0


def test_what_was_told_is_found_with_the_messages(asked: Asked) -> None:
    asked.judge(right=False)
    with asked.town.database.reading() as session:
        messages = list(session.scalars(select(Message).where(Message.conversation_id == asked.conversation)))
        found = feedback_on(session, asked.town.row.id, messages)
        elsewhere = feedback_on(session, asked.town.row.id + 1, messages)

    assert [(id_, given.right) for id_, given in found.items()] == [(asked.answer, False)]
    assert elsewhere == {}
