"""Whatever Rasa does, a resident gets a sentence, in order, and once."""

import logging
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import turn
from bot.brain import Brain
from db.models import ConversationState, MessageStatus, TopicKind
from services.words import Button, Words
from tests.builders import build_topic
from tests.fakes.rasa import Line
from tests.integration.turn.conftest import Desk

pytestmark = pytest.mark.anyio
QUESTION = "hoeveel spaargeld mag ik hebben"


async def test_what_rasa_says_is_written_under_the_line_with_how_it_was_understood(desk: Desk) -> None:
    desk.rasa.reply = lambda _: [Words("Dat mag.", buttons=(Button("Auto", "/car"),)), Words("En dit.")]
    received = await desk.ask(QUESTION)
    answer = desk.messages(received)[-1]

    assert desk.answers(received) == ["Dat mag.", "En dit."]
    assert (answer.confidence, answer.detail["understood"], answer.detail["model"]) == (0.9, "wealth_limit", "stand-in")
    assert desk.rung


async def test_the_other_topic_of_a_line_with_two_requests_is_kept_with_the_answer(desk: Desk) -> None:
    kept = desk.messages(await desk.ask(QUESTION))[-1].detail
    desk.rasa.second = "car"

    assert "second" not in kept
    assert desk.messages(await desk.ask(QUESTION))[-1].detail["second"] == "car"


async def test_rasa_hears_the_masked_line_its_own_name_of_the_conversation_and_the_municipality(desk: Desk) -> None:
    received = await desk.ask("mijn bsn is 123456782")
    line = desk.rasa.lines[0]

    assert (line["text"], line["payload"], line["line"]) == ("mijn bsn is [bsn]", False, received.line_id)
    assert line["conversation"] == desk.town.conversation(received.conversation_id).public_id
    assert line["metadata"] == {"municipality": "voorbeeldstad", "language": "nl"}


async def test_a_button_is_told_to_rasa_by_its_meaning(desk: Desk) -> None:
    received = await desk.ask(QUESTION)
    welcome = next(message for message in desk.messages(received) if message.detail.get("buttons"))
    await desk.turn(desk.town.press(welcome.seq, 1))

    assert (desk.rasa.lines[-1]["text"], desk.rasa.lines[-1]["payload"]) == ("/holiday_abroad", True)
    assert len(desk.answers(received)) == 2


async def apologised(desk: Desk) -> None:
    """The one way in which every failure of Rasa ends: sorry, three topics that are near, and a person."""
    received = await desk.ask(QUESTION)

    assert desk.answers(received)[0].startswith("Er ging bij mij iets mis")
    assert desk.buttons(received)[0] == "/wealth_limit"
    assert desk.buttons(received)[-1] == "/talk_to_human"
    assert len(desk.buttons(received)) <= 4
    assert await settled(desk)


async def settled(desk: Desk) -> bool:
    """Whether nothing is left to answer."""
    before = len(desk.rasa.lines)
    await desk.pick_up()
    return len(desk.rasa.lines) == before


async def test_no_words_end_in_an_apology_with_near_topics_and_a_person(desk: Desk) -> None:
    desk.rasa.reply = lambda _: []
    await apologised(desk)


@pytest.mark.parametrize("slow_after", [1.0])
async def test_an_answer_that_is_too_slow_ends_in_an_apology(desk: Desk) -> None:
    desk.rasa.hold.clear()
    await apologised(desk)


@pytest.mark.parametrize("status", [500, 400, 401])
async def test_an_error_of_rasa_ends_in_an_apology(desk: Desk, status: int) -> None:
    desk.rasa.status = status
    await apologised(desk)


async def test_words_that_cannot_be_written_end_in_an_apology(desk: Desk) -> None:
    """The whole answer is undone, and a sentence is written in its place."""
    desk.rasa.reply = lambda _: [Words("Dat mag."), Words("Dit ook.", effects=("dance",))]
    await apologised(desk)


async def test_an_exception_while_answering_ends_in_an_apology_and_a_trace(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def break_down(_self: Brain, _line: Any) -> None:
        raise KeyError("iets van ons")

    monkeypatch.setattr(Brain, "ask", break_down)
    with caplog.at_level(logging.ERROR):
        await apologised(desk)
    assert "answering failed" in caplog.messages


@pytest.fixture(params=["stopped", "not ready"])
def away(desk: Desk, request: pytest.FixtureRequest) -> str:
    if request.param == "stopped":
        desk.rasa.stop()
    else:
        desk.rasa.status = 503
    return str(request.param)


def come_back(desk: Desk, away: str) -> None:
    if away == "stopped":
        desk.rasa.start()
    desk.rasa.status = 200


async def test_while_rasa_is_away_the_line_is_kept_and_that_is_said_once(desk: Desk, away: str) -> None:
    received = await desk.ask(QUESTION)
    for _ in range(3):
        await desk.pick_up()

    assert desk.answers(received) == []
    assert len(desk.notices(received)) == 1
    assert desk.notices(received)[0].startswith("Ik kan uw vraag nu even niet lezen.")
    assert desk.buttons(received)[0] == "/wealth_limit"
    come_back(desk, away)


async def test_a_kept_line_is_answered_when_rasa_is_back(desk: Desk, away: str) -> None:
    received = await desk.ask(QUESTION)
    come_back(desk, away)
    await desk.pick_up()

    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]


async def test_a_late_answer_repeats_the_question(desk: Desk, away: str) -> None:
    received = await desk.ask(QUESTION)
    desk.town.clock.forward(seconds=61)
    come_back(desk, away)
    await desk.pick_up()

    assert desk.answers(received)[0] == f"Sorry voor het wachten. Dit is mijn antwoord op uw vraag: '{QUESTION}'."
    assert desk.answers(received)[1] == f"antwoord op: {QUESTION}"


async def test_the_near_topics_offered_while_rasa_is_away_are_answered_without_it(desk: Desk, away: str) -> None:
    received = await desk.ask("mag ik een auto")
    notice = desk.messages(received)[-1]
    car = desk.buttons(received).index("/car")
    await desk.turn(desk.town.press(notice.seq, car))

    assert desk.answers(received)[0].startswith("Een auto mag.")
    assert "/talk_to_human" in desk.buttons(received)
    come_back(desk, away)
    await desk.pick_up()
    assert desk.answers(received)[1:] == ["antwoord op: mag ik een auto"]


async def test_the_explanation_behind_an_answer_needs_no_rasa(desk: Desk) -> None:
    desk.rasa.reply = lambda _: Words("Een auto mag.", buttons=(Button("Meer", '/more_explanation{"topic": "car"}'),))
    received = await desk.ask("mag ik een auto")
    desk.rasa.stop()
    await desk.turn(desk.town.press(desk.messages(received)[-1].seq))

    assert desk.answers(received)[-1] == "Tot een bedrag."
    desk.rasa.start()


async def test_a_person_can_be_asked_for_while_rasa_is_away(desk: Desk, away: str) -> None:
    with desk.turns.database.writing() as session:
        build_topic(session, "talk_to_human", "Medewerker", "Bel de gemeente.", kind=TopicKind.TASK)
    received = desk.town.say("", human=True)
    await desk.turn(received)

    assert desk.answers(received) == ["Bel de gemeente."]
    assert desk.town.conversation(received.conversation_id).state is ConversationState.WAITING
    come_back(desk, away)


@pytest.mark.parametrize("name", ["delete_my_data", "affirm"])
async def test_a_button_of_a_form_is_not_answered_as_if_it_were_a_question(desk: Desk, name: str) -> None:
    with desk.turns.database.writing() as session:
        build_topic(session, name, "Wissen", "Uw gesprek is gewist.", kind=TopicKind.TASK)
    desk.rasa.reply = lambda _: Words("Zeker?", buttons=(Button("Ja", f"/{name}"),))
    received = await desk.ask("wis mijn gegevens")
    desk.rasa.stop()
    await desk.turn(desk.town.press(desk.messages(received)[-1].seq))

    assert desk.answers(received) == ["Zeker?"]
    assert len(desk.notices(received)) == 1
    desk.rasa.start()


async def test_two_lines_at_once_are_answered_in_order(desk: Desk) -> None:
    received = await desk.ask("eerste", "tweede", "derde")

    assert desk.answers(received) == ["antwoord op: eerste", "antwoord op: tweede", "antwoord op: derde"]


async def test_a_line_that_comes_in_while_another_is_answered_is_not_left(desk: Desk) -> None:
    def meanwhile(line: Line) -> Words:
        if line["text"] == "eerste":
            desk.town.say("tweede")
        return Words(f"na {line['text']}")

    desk.rasa.reply = meanwhile
    received = await desk.ask("eerste")

    assert desk.answers(received) == ["na eerste", "na tweede"]


async def test_another_process_cannot_answer_the_same_line(desk: Desk) -> None:
    received = desk.town.say(QUESTION)
    processes = [desk.turns, *(desk.another_process() for _ in range(4))]
    for turns in processes:
        turns.wake(received.conversation_id)
    for turns in processes:
        await turns.finish()

    assert len(desk.rasa.lines) == 1
    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]


async def test_a_line_that_was_taken_as_it_came_in_is_answered_by_who_took_it(desk: Desk) -> None:
    received = desk.town.say(QUESTION)
    with desk.turns.database.writing() as session:
        taken = desk.turns.take(session, received.conversation_id)
    other = desk.another_process()
    other.wake(received.conversation_id)
    await other.finish()
    assert desk.rasa.lines == []

    desk.turns.wake(received.conversation_id, taken)
    await desk.turns.finish()
    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]


async def test_a_line_taken_by_a_process_that_dies_is_answered_by_another(desk: Desk) -> None:
    received = desk.town.say(QUESTION)
    with desk.turns.database.writing() as session:
        assert desk.turns.take(session, received.conversation_id) is not None
    desk.town.clock.forward(seconds=16)
    other = desk.another_process()
    await other.pick_up()
    await other.finish()

    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]


async def test_the_lease_ends_with_the_answer_and_when_there_is_nothing_to_answer(desk: Desk) -> None:
    received = await desk.ask(QUESTION)
    with desk.turns.database.writing() as session:
        assert desk.turns.take(session, received.conversation_id) is None

    assert desk.town.conversation(received.conversation_id).answering_by is None


async def test_a_crash_between_rasas_answer_and_ours_leaves_one_answer(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise SystemExit

    received = desk.town.say(QUESTION)
    with monkeypatch.context() as crashing:
        crashing.setattr(turn.Turns, "_settle", crash)
        line = desk.turns._claim_next(received.conversation_id)
        assert line is not None
        with pytest.raises(SystemExit):
            await desk.turns._turn(received.conversation_id, line)
    assert desk.answers(received) == []

    desk.town.clock.forward(seconds=16)
    other = desk.another_process()
    await other.pick_up()
    await other.finish()
    await desk.pick_up()
    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]
    assert {asked["line"] for asked in desk.rasa.lines} == {received.line_id}


async def test_while_the_database_is_away_the_line_stays_open(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def be_away(*_: object) -> None:
        raise OperationalError("COMMIT", None, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(turn.Turns, "_settle", be_away)
        received = await desk.ask(QUESTION)
    assert desk.answers(received) == []

    desk.town.clock.forward(seconds=16)
    await desk.pick_up()
    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]


async def test_rasa_is_told_to_forget_what_was_wiped(desk: Desk) -> None:
    desk.rasa.reply = lambda _: Words("Dat doe ik.", effects=("wipe",))
    received = desk.town.say("ja")
    before = desk.town.conversation(received.conversation_id).public_id
    await desk.turn(received)

    assert desk.rasa.forgotten == [before]
    assert [m.text[:18] for m in desk.messages(received)] == ["Ik heb het gesprek"]


async def test_when_a_person_takes_over_halfway_the_answer_is_not_written(desk: Desk) -> None:
    received = desk.town.say(QUESTION)

    def take_over(_line: object) -> Words:
        desk.town.set_state(received.conversation_id, ConversationState.HUMAN)
        return Words("Dat mag.")

    desk.rasa.reply = take_over
    await desk.turn(received)

    assert desk.answers(received) == []
    assert desk.messages(received)[-1].status is MessageStatus.RECEIVED


async def test_rasa_is_waited_for_a_moment_before_the_delay_is_told(desk: Desk) -> None:
    desk.turns.waits = 30
    desk.rasa.status = 503
    real, looked = desk.brain.is_ready, []

    async def look() -> bool:
        looked.append(1)
        desk.rasa.status = 200
        return await real()

    desk.brain.is_ready = look  # type: ignore[method-assign]
    received = await desk.ask(QUESTION)

    assert looked
    assert desk.notices(received) == []
    assert desk.answers(received) == [f"antwoord op: {QUESTION}"]
