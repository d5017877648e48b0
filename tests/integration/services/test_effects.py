"""Deeds of an answer are done with it, in the same transaction: never without it, never twice."""

import pytest

from db.models import ConversationState, MessageKind
from services.effects import ASK_PERSON, SPEAK, WIPE
from tests.integration.services.conftest import Town


def test_asking_for_a_person_sets_the_conversation_to_waiting_since_then(town: Town) -> None:
    received = town.say()
    asked_at = town.clock()
    town.answer(received, effects=(ASK_PERSON,))
    town.clock.forward(minutes=5)
    town.answer(town.say("nog eens"), effects=(ASK_PERSON,))
    conversation = town.conversation(received.conversation_id)

    assert (conversation.state, conversation.waiting_since) == (ConversationState.WAITING, asked_at)


def test_wiping_leaves_only_the_sentence_that_says_so(town: Town) -> None:
    received = town.say()
    before = town.conversation(received.conversation_id).public_id
    town.answer(received, "Dat doe ik.", effects=(WIPE,))

    assert [m.text[:29] for m in town.messages(received.conversation_id)] == ["Ik heb het gesprek gewist. Uw"]
    assert town.conversation(received.conversation_id).public_id != before


def test_a_wiped_conversation_goes_on(town: Town) -> None:
    received = town.say()
    town.answer(received, effects=(WIPE,))
    again = town.say("nog een vraag")

    assert again.conversation_id == received.conversation_id
    assert town.answer(again, "Dat mag.")


def test_another_language_holds_from_the_next_message(town: Town) -> None:
    received = town.say()
    town.answer(received, effects=(f"{SPEAK}en",))
    town.say("👍🏽")
    answer = town.messages(received.conversation_id, MessageKind.ANSWER)[-1]

    assert (answer.language, answer.text[:26]) == ("en", "I can only read words. Typ")


def test_effects_of_an_answer_that_is_not_written_are_not_done(town: Town) -> None:
    received = town.say()
    town.answer(received)
    town.settle(received.line_id, effects=(WIPE, ASK_PERSON))

    assert town.conversation(received.conversation_id).state is ConversationState.BOT
    assert town.texts(received.conversation_id, MessageKind.LINE)


def test_an_effect_that_nobody_knows_undoes_the_answer(town: Town) -> None:
    received = town.say()

    with pytest.raises(ValueError, match="unknown effect 'dance'"):
        town.answer(received, effects=("dance",))
    assert town.texts(received.conversation_id, MessageKind.ANSWER) == []
