"""Each action: what Rasa asks, what the resident reads, and what is to be done with it."""

import pytest

from services.report_change import KINDS
from tests.integration.actions.conftest import Office, done, user

pytestmark = pytest.mark.anyio
ASK_KIND, ASK_SURE = "action_ask_change_kind", "action_ask_delete_confirmed"


def payloads(buttons: object) -> list[str]:
    return [button.payload for button in buttons]  # type: ignore[attr-defined]


async def test_a_topic_is_answered_with_its_source_its_explanation_and_a_person(office: Office) -> None:
    words = await office.say("action_answer_topic", user("car"))

    assert (words.text, words.topic) == ("Een auto mag.", "car")
    assert words.sources[0]["text"] == "artikel 34 Participatiewet"
    assert payloads(words.buttons) == ['/more_explanation{"topic": "car"}', "/talk_to_human"]
    assert words.revision is not None


async def test_the_explanation_is_of_the_topic_on_the_button(office: Office) -> None:
    words = await office.say("action_more_explanation", user("more_explanation", topic="car"))

    assert (words.text, words.topic) == ("Tot een bedrag.", "car")


async def test_the_first_time_the_nearest_topics_come_first(office: Office) -> None:
    asked = user("nlu_fallback", ranking=("greet", "gifts", "car", "talk_to_human"))
    words = await office.say("action_not_understood", asked)

    assert words.text.startswith("Ik weet niet zeker")
    assert payloads(words.buttons) == ["/gifts", "/car", "/talk_to_human"]


async def test_the_second_time_in_a_row_a_person_comes_first(office: Office) -> None:
    asked = user("nlu_fallback", ranking=("gifts",))
    words = await office.say("action_not_understood", asked, done("action_not_understood"), asked)

    assert words.text.startswith("Ik begrijp uw vraag nog steeds niet")
    assert payloads(words.buttons) == ["/talk_to_human", "/gifts"]


async def test_an_answer_in_between_makes_it_the_first_time_again(office: Office) -> None:
    asked = user("nlu_fallback", ranking=("gifts",))
    events = (asked, done("action_not_understood"), user("car"), done("action_answer_topic"), asked)

    assert (await office.say("action_not_understood", *events)).text.startswith("Ik weet niet zeker")


async def test_without_a_ranking_plain_search_finds_topics(office: Office) -> None:
    words = await office.say("action_not_understood", user("nlu_fallback", "giften?", ranking=("greet",)))

    assert payloads(words.buttons)[0] == "/gifts"


async def test_another_language_is_offered_and_not_switched(office: Office) -> None:
    words = await office.say("action_switch_language", user("switch_language"))

    assert words.effects == ()
    assert payloads(words.buttons) == ['/switch_language{"language": "nl"}', '/switch_language{"language": "en"}']


async def test_a_button_switches_the_language(office: Office) -> None:
    words = await office.say("action_switch_language", user("switch_language", language="en"))

    assert words.text.startswith("I now write in English.")
    assert words.effects == ("speak:en",)


async def test_a_language_we_do_not_have_is_not_switched_to(office: Office) -> None:
    assert (await office.say("action_switch_language", user("switch_language", language="fr"))).effects == ()


@pytest.mark.parametrize(
    ("topic", "effect"),
    [("talk_to_human", "ask_person"), ("request_callback", "ask_call"), ("distress", "ask_person")],
)
async def test_a_person_is_asked_for(office: Office, topic: str, effect: str) -> None:
    words = await office.say("action_talk_to_human", user(topic))

    assert (words.text, words.effects) == (f"Tekst van {topic}.", (effect,))


async def test_stopping_a_form_offers_a_person(office: Office) -> None:
    words = await office.say("action_cancel_form", user("deny"))

    assert words.text.startswith("Goed, we stoppen")
    assert payloads(words.buttons) == ["/talk_to_human"]


async def test_a_change_is_asked_for_with_a_button_for_each_kind(office: Office) -> None:
    words = await office.say(ASK_KIND, user("report_change"))

    assert payloads(words.buttons) == [f'/report_change{{"kind": "{kind}"}}' for kind in KINDS]
    assert "stuurt uw wijziging niet door" in words.text


async def test_the_second_time_the_change_is_asked_for_briefly(office: Office) -> None:
    words = await office.say(ASK_KIND, user("wealth_limit"), loop="report_change_form", requested_slot="change_kind")

    assert "stuurt uw wijziging niet door" not in words.text


@pytest.mark.parametrize("kind", KINDS)
async def test_each_kind_of_change_has_its_own_explanation(office: Office, kind: str) -> None:
    words = await office.say("action_report_change", user("report_change"), change_kind=kind)

    assert "Zo geeft u het door: bel uw gemeente en vraag hoe." in words.text
    assert payloads(words.buttons) == ["/talk_to_human"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (user("report_change", "/report_change", kind="money"), "money"),
        (user("report_change", "ik heb werk gevonden"), "work"),
        (user("report_change", "/report_change", kind="hack"), None),
        (user("moving", "ik ga verhuizen"), "living"),
        (user("moving", "mag ik verhuizen"), None),
        (user("moving", "ik wil weten of ik mag verhuizen"), None),
    ],
)
async def test_the_kind_of_change_is_read_from_the_button_or_the_words(
    office: Office, line: dict[str, object], kind: str | None
) -> None:
    slots = await office.slots(
        "validate_report_change_form", line, loop="report_change_form", requested_slot="change_kind"
    )

    assert slots.get("change_kind") == kind


async def test_wiping_is_asked_once_more(office: Office) -> None:
    words = await office.say(ASK_SURE, user("delete_my_data"))

    assert payloads(words.buttons) == ["/affirm", "/deny"]
    assert words.effects == ()


@pytest.mark.parametrize(("topic", "confirmed"), [("affirm", True), ("deny", False), ("car", None)])
async def test_only_a_plain_yes_or_no_counts(office: Office, topic: str, confirmed: bool | None) -> None:
    slots = await office.slots(
        "validate_delete_my_data_form", user(topic), loop="delete_my_data_form", requested_slot="delete_confirmed"
    )

    assert slots.get("delete_confirmed") is confirmed


@pytest.mark.parametrize(("topic", "effects"), [("affirm", ("wipe",)), ("deny", ())])
async def test_a_conversation_is_wiped_after_a_yes_only(office: Office, topic: str, effects: tuple[str, ...]) -> None:
    words = await office.say("action_delete_my_data", user(topic))

    assert words.effects == effects
