"""The served model from its outermost door: HTTP in, a fake action server behind, one real Rasa between."""

from __future__ import annotations

import json
from pathlib import Path

import builders
import doors
import pytest
from doors import Server


def test_ready_only_with_canaries_that_sing(served: Server) -> None:
    _, health = served.call("health")
    assert health["ready"] and health["model"] == "small"
    assert health["canaries"] and all(one["right"] for one in health["canaries"])


def test_a_question_is_answered_with_its_topic(served: Server) -> None:
    reply = served.say(served.new_conversation(), "hoeveel spaargeld mag ik hebben")
    assert reply["parse"]["topic"] == "wealth_limit"
    assert reply["parse"]["ranking"][0]["name"] == "wealth_limit"
    assert reply["messages"][0]["custom"]["action"] == "action_answer_topic"
    assert reply["model"] == "small" and "action_failed" not in reply


def test_nonsense_falls_back_and_still_ranks_real_topics(served: Server) -> None:
    reply = served.say(served.new_conversation(), "qwrtz zzzx")
    assert reply["parse"]["topic"] == "nlu_fallback"
    assert reply["messages"][0]["custom"]["action"] == "action_not_understood"
    assert "nlu_fallback" not in [one["name"] for one in reply["parse"]["ranking"]]


@pytest.mark.parametrize("text", ["", " ", "🙂", "\u0000", "/", "//", "مرحبا كيف الحال"])
def test_what_holds_no_word_we_know_falls_back(served: Server, text: str) -> None:
    assert served.actions_said(served.new_conversation(), text) == ["action_not_understood"]


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        " /restart",
        "//restart",
        "/session_start",
        "/back",
        "/ /affirm",
        "/stop@1.0",
        '/affirm{"value": "x"}',
    ],
)
def test_a_typed_command_is_ordinary_text(served: Server, text: str) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "verwijder mijn gegevens")
    served.actions.ran.clear()
    reply = served.say(conversation, text)
    assert reply["parse"]["confidence"] < 1.0
    assert reply["messages"], "a restart would have been silent"
    assert "action_delete_my_data" not in served.actions.ran or reply["parse"]["topic"] == "affirm"


def test_a_button_of_ours_is_taken_at_its_word(served: Server) -> None:
    reply = served.say(served.new_conversation(), '/more_explanation{"topic": "wealth_limit"}', payload=True)
    assert reply["parse"]["topic"] == "more_explanation" and reply["parse"]["confidence"] == 1.0
    assert reply["messages"][0]["custom"]["action"] == "action_more_explanation"


@pytest.mark.parametrize(
    "text", ["/restart", "/gone_topic", "hoeveel spaargeld mag ik hebben", "/affirm{", "/affirm[]"]
)
def test_a_payload_we_do_not_know_is_not_understood(served: Server, text: str) -> None:
    assert served.actions_said(served.new_conversation(), text, payload=True) == ["action_not_understood"]


def test_a_form_asks_validates_and_ends(served: Server) -> None:
    conversation = served.new_conversation()
    assert served.actions_said(conversation, "verwijder mijn gegevens") == ["action_ask_delete_confirmed"]
    assert served.actions_said(conversation, "ja graag") == ["action_delete_my_data"]
    assert served.actions_said(conversation, "verwijder mijn gegevens") == ["action_ask_delete_confirmed"]


def test_a_question_between_is_answered_and_the_form_goes_on(served: Server) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "/delete_my_data", payload=True)
    expected = ["action_answer_topic", "action_ask_delete_confirmed"]
    assert served.actions_said(conversation, "mag ik op vakantie") == expected
    assert served.actions_said(conversation, "wanneer komt het geld") == expected
    assert served.actions_said(conversation, "qwrtz") == ["action_not_understood", "action_ask_delete_confirmed"]
    assert served.actions_said(conversation, "ja") == ["action_delete_my_data"]


def test_an_action_that_asks_may_leave_the_form_instead(served: Server) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "/delete_my_data", payload=True)
    assert served.actions_said(conversation, "mag ik op vakantie")[1:] == ["action_ask_delete_confirmed"]
    left = served.say(conversation, "hoe maak ik pannenkoeken")

    assert [said["custom"]["action"] for said in left["messages"]] == ["action_answer_topic", "action_delete_my_data"]
    assert left["messages"][1]["custom"]["slots"]["delete_confirmed"] is None
    assert left["form"] is None
    assert served.actions_said(conversation, "mag ik op vakantie") == ["action_answer_topic"]
    assert served.actions_said(conversation, "/delete_my_data", payload=True) == ["action_ask_delete_confirmed"]


@pytest.mark.parametrize("text", ["nee", "stop"])
def test_a_form_is_cancelled(served: Server, text: str) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "verwijder mijn gegevens")
    assert served.actions_said(conversation, text) == ["action_cancel_form"]
    assert served.actions_said(conversation, "mag ik op vakantie") == ["action_answer_topic"]


def test_asking_again_for_what_is_being_asked_asks_again(served: Server) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "verwijder mijn gegevens")
    assert served.actions_said(conversation, "gegevens verwijderen") == ["action_ask_delete_confirmed"]
    assert served.actions_said(conversation, "ja") == ["action_delete_my_data"]


def test_a_repeated_line_is_not_processed_twice(served: Server) -> None:
    conversation = served.new_conversation()
    first = served.say(conversation, "mag ik op vakantie", line="same")
    served.actions.ran.clear()
    assert served.say(conversation, "mag ik op vakantie", line="same") == first
    assert served.actions.ran == []


def test_a_line_that_is_repeated_after_the_next_one_is_not_processed_twice_either(served: Server) -> None:
    conversation = served.new_conversation()
    first = served.say(conversation, "mag ik op vakantie", line="same")
    second = served.say(conversation, "betaaldatum", line="next")
    served.actions.ran.clear()
    assert served.say(conversation, "mag ik op vakantie", line="same") == first
    assert served.say(conversation, "betaaldatum", line="next") == second
    assert served.actions.ran == []


def test_a_failed_action_is_told_and_the_turn_can_be_done_again(served: Server) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "verwijder mijn gegevens")
    served.actions.broken = True
    try:
        failed = served.say(conversation, "ja", line="confirm")
    finally:
        served.actions.broken = False
    assert failed["action_failed"] and failed["messages"] == []
    again = served.say(conversation, "ja", line="confirm")
    assert again["messages"][0]["custom"]["action"] == "action_delete_my_data" and "action_failed" not in again


@pytest.mark.parametrize("token", ["", "wrong", doors.TOKEN + "x"])
def test_without_the_token_nothing_is_told(served: Server, token: str) -> None:
    assert served.call("health", token=token) == (401, None)
    assert served.call("webhook", {"conversation": "c", "line": "l", "text": "hoi"}, token=token) == (401, None)


@pytest.mark.parametrize(
    "body", [[], {}, {"conversation": "c", "line": "l"}, {"conversation": "", "line": "l", "text": "x"}]
)
def test_what_is_not_a_line_is_refused(served: Server, body: object) -> None:
    assert served.call("webhook", body)[0] == 400


def test_parse_py_says_what_the_served_model_says(served: Server, trained: Path) -> None:
    texts = [text for text, _ in builders.examples()][:26] + ["/stop", "", "€ 5.000 op de bank??", "weet niet"]
    alone = doors.parse(trained, texts)
    assert [served.say(served.new_conversation(), text)["parse"] for text in texts] == alone


def test_zz_the_log_holds_no_text_and_no_token(served: Server) -> None:
    logged = served.log.read_text()
    assert doors.TOKEN not in logged
    assert [text for text in served.said if len(text) > 5 and text in logged] == []
    assert all(json.loads(line)["event"] for line in logged.splitlines())


def test_a_forgotten_conversation_leaves_nothing_behind(served: Server) -> None:
    conversation = served.new_conversation()
    served.say(conversation, "verwijder mijn gegevens")
    assert served.call("forget", {"conversation": conversation})[0] == 204
    # A form was open; now a yes is a yes to nothing.
    reply = served.say(conversation, "/affirm", payload=True)
    assert "action_delete_my_data" not in [one["custom"].get("action") for one in reply["messages"]]


def test_forgetting_needs_the_token_and_a_name(served: Server) -> None:
    assert served.call("forget", {"conversation": "x"}, token="another")[0] == 401
    assert served.call("forget", {})[0] == 400
    assert served.call("forget", {"conversation": "nobody knows me"})[0] == 204
