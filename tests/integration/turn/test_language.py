"""Somebody writes in another language: gets the answer, is asked once, and nothing is switched by itself."""

import pytest

from db.models import MessageKind
from services.answer_topic import find_topic
from services.words import Button, Words
from tests.integration.turn.conftest import Desk

pytestmark = pytest.mark.anyio
ENGLISH = "how much money can I have in the bank"
TURKISH = "bu ay para gelmedi, ne yapmam lazım"
ASK = "Shall I go on in English? Of wilt u verder in het Nederlands?"
BACK = '/switch_language{"language": "nl", "topic": "wealth_limit"}'
SWITCH = '/switch_language{"language": "en", "topic": "wealth_limit"}'


def answer(*buttons: Button, **other: object) -> Words:
    return Words("Dat mag.", topic="wealth_limit", buttons=buttons, **other)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def rasa_answers(desk: Desk) -> None:
    desk.rasa.reply = lambda _: answer(Button("Auto", "/car"))


async def test_who_writes_english_gets_the_answer_and_then_the_question(desk: Desk) -> None:
    received = await desk.ask(ENGLISH)

    assert desk.answers(received) == ["Dat mag.", ASK]
    assert desk.buttons(received) == [SWITCH, '/switch_language{"language": "nl"}']
    assert desk.town.conversation(received.conversation_id).language == "nl"


async def test_the_answer_to_an_english_line_is_english_where_it_was_written(desk: Desk) -> None:
    """The conversation stays Dutch until somebody chooses, and the button need not bring the answer again."""
    with desk.town.database.writing() as session:
        revision = find_topic(session, 0, "wealth_limit").revisions[0]
        dutch, revision.texts = revision.texts["nl"]["answer"], revision.texts | {"en": {"answer": "You may."}}
    desk.rasa.reply = lambda _: Words(dutch, topic="wealth_limit", to_judge=True)
    received = await desk.ask(ENGLISH)

    answer, question, *_ = [one for one in desk.messages(received) if one.kind is MessageKind.ANSWER]
    assert (answer.text, answer.language) == ("You may.", "en")
    assert (question.text, question.language) == (ASK, "nl")
    assert question.detail["buttons"][0]["payload"] == '/switch_language{"language": "en"}'
    assert desk.town.conversation(received.conversation_id).language == "nl"


async def test_an_explanation_stays_in_the_language_it_was_given_in(desk: Desk) -> None:
    desk.rasa.reply = lambda _: Words("Dat komt zo.", topic="wealth_limit", to_judge=True)

    assert desk.answers(await desk.ask(ENGLISH)) == ["Dat komt zo.", ASK]


async def test_who_goes_on_in_english_after_the_question_has_chosen_it(desk: Desk) -> None:
    await desk.ask(ENGLISH)
    received = await desk.ask("can I have a car when I get this benefit")
    third = await desk.ask("why")

    assert desk.answers(received)[2:4] == ["I now write in English.", "Dat mag."]
    assert [line["metadata"]["language"] for line in desk.rasa.lines] == ["nl", "en", "en"]
    assert desk.town.conversation(third.conversation_id).language == "en"
    changed = [message for message in desk.messages(received) if message.topic == "switch_language"]
    assert [message.language for message in changed] == ["en"]
    assert BACK in [button["payload"] for m in desk.messages(received) for button in m.detail.get("buttons", ())]


@pytest.mark.parametrize("line", ["why", "can I have a car when I get this benefit"])
async def test_a_short_line_and_who_chose_dutch_switch_nothing(desk: Desk, line: str) -> None:
    received = await desk.ask(ENGLISH)
    if line != "why":
        desk.rasa.reply = lambda _: Words("Ik schrijf nu Nederlands.", topic="switch_language", effects=("speak:nl",))
        await desk.ask("nederlands")
        desk.rasa.reply = lambda _: answer(Button("Auto", "/car"))
    await desk.ask(line)

    assert desk.town.conversation(received.conversation_id).language == "nl"
    assert desk.buttons(received) == (["/car"] if line == "why" else ["/car", SWITCH])


async def test_what_does_something_is_done_before_the_language_changes(desk: Desk) -> None:
    received = await desk.ask(ENGLISH)
    desk.rasa.reply = lambda _: answer(effects=("wipe",))
    await desk.ask("please delete everything that I have said")

    assert "I now write in English." not in [message.text for message in desk.messages(received)]


async def test_an_english_conversation_asks_the_other_way_round(desk: Desk) -> None:
    received = await desk.ask("hallo")
    desk.rasa.reply = lambda _: Words("Now in English.", effects=("speak:en",))
    await desk.ask("in English")
    desk.rasa.reply = lambda _: answer()
    await desk.ask("hoeveel geld mag ik op de bank hebben")

    assert desk.answers(received)[-1] == ASK
    assert desk.buttons(received)[0] == '/switch_language{"language": "nl", "topic": "wealth_limit"}'


@pytest.mark.parametrize("line", ["hoeveel spaargeld mag ik hebben", "car", "bank account?", "yes"])
async def test_dutch_and_short_lines_are_not_asked_about(desk: Desk, line: str) -> None:
    assert desk.answers(await desk.ask(line)) == ["Dat mag."]


async def test_nobody_is_asked_in_the_middle_of_a_form_but_at_its_beginning(desk: Desk) -> None:
    desk.rasa.form = "delete_my_data_form"
    received = await desk.ask("wis alles")
    await desk.ask(ENGLISH)
    assert desk.answers(received) == ["Dat mag.", "Dat mag."]


async def test_who_begins_with_a_form_in_english_is_asked(desk: Desk) -> None:
    desk.rasa.form = "calculate_income_form"

    assert desk.answers(await desk.ask(ENGLISH)) == ["Dat mag.", ASK]


async def test_nobody_is_asked_beside_an_answer_about_languages(desk: Desk) -> None:
    desk.rasa.reply = lambda _: answer(Button("English", '/switch_language{"language": "en"}'))

    assert desk.answers(await desk.ask("can you please write in English for me")) == ["Dat mag."]


async def test_nobody_is_asked_after_a_wipe(desk: Desk) -> None:
    desk.rasa.reply = lambda _: answer(effects=("wipe",))
    received = await desk.ask(ENGLISH)

    assert ASK not in [message.text for message in desk.messages(received)]


@pytest.mark.parametrize(("typed", "language"), [("Yes please", "en"), ("english", "en"), ("Ja", "nl"), ("no", "nl")])
async def test_a_word_under_the_question_is_as_good_as_a_button(desk: Desk, typed: str, language: str) -> None:
    await desk.ask(ENGLISH)
    await desk.ask(typed)

    told = desk.rasa.lines[-1]
    assert told["payload"] is True
    assert told["text"].startswith(f'/switch_language{{"language": "{language}"')


async def test_the_same_word_anywhere_else_is_just_a_word(desk: Desk) -> None:
    await desk.ask(ENGLISH)
    await desk.ask("hoeveel spaargeld mag ik hebben")
    await desk.ask("yes")

    assert (desk.rasa.lines[-1]["text"], desk.rasa.lines[-1]["payload"]) == ("yes", False)


async def test_another_language_is_told_what_we_speak_and_leads_to_a_person(desk: Desk) -> None:
    desk.rasa.topic = "nlu_fallback"
    received = await desk.ask(TURKISH)

    words, kind = desk.answers(received)
    assert words == "Hollandaca ve İngilizce konuşuyorum."
    assert kind.startswith("I speak English and Dutch.")
    assert "Ik spreek Nederlands en Engels." in kind
    assert desk.buttons(received)[-1] == "/talk_to_human"


async def test_another_language_that_was_understood_is_answered_first(desk: Desk) -> None:
    received = await desk.ask(TURKISH)

    assert desk.answers(received)[0] == "Dat mag."
    assert len(desk.answers(received)) == 3


async def test_another_language_is_told_once(desk: Desk) -> None:
    await desk.ask(TURKISH)
    received = await desk.ask("Çalışmaya başladım, ne olur benim param")

    assert len(desk.answers(received)) == 4


async def test_a_script_without_words_of_ours_gets_the_sentence_alone(desk: Desk) -> None:
    desk.rasa.topic = "nlu_fallback"

    (kind,) = desk.answers(await desk.ask("βοήθεια"))
    assert kind.startswith("I speak English and Dutch.")
