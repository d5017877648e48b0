"""Two requests in one message are seen, and one question with a story around it stays one."""

from __future__ import annotations

import builders
import pytest
from doors import Server
from understanding import learn, requests
from understanding.model import FALLBACK, Parse

BOTH = "mag ik op vakantie? en wanneer komt het geld"


def parsed(topic: str, sure: float = 0.8, *others: tuple[str, float]) -> Parse:
    return Parse(topic if sure > 0.4 else FALLBACK, sure, [(topic, sure), *others])


def found(text: str, parts: dict[str, Parse], whole: Parse) -> requests.Requests | None:
    return requests.find(text, whole, parts.__getitem__)


WHOLE = parsed("holiday", 0.5, ("pay_date", 0.3), ("car", 0.1))
HOLIDAY, MONEY = "mag ik op vakantie", "wanneer krijg ik mijn geld"
TWO = f"{HOLIDAY}. en {MONEY}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mag ik op vakantie? en wanneer krijg ik mijn geld", [HOLIDAY, MONEY]),
        ("mag ik op vakantie en wanneer krijg ik mijn geld", [HOLIDAY, MONEY]),
        ("geldt dat ook als je 31 bent", ["geldt dat ook als je 31 bent"]),
        ("mag ik op vakantie\nwanneer krijg ik mijn geld", [HOLIDAY, MONEY]),
        ("Can I go abroad and when am I paid", ["Can I go abroad", "when am I paid"]),
        ("hallo. mag ik op vakantie", [HOLIDAY]),
        ("man en vrouw", []),
        ("ik kreeg 1.200 euro op 3.11", ["ik kreeg 1.200 euro op 3.11"]),
        ("", []),
        ("en en en. en?", []),
    ],
)
def test_a_line_is_cut_where_one_thing_ends(text: str, expected: list[str]) -> None:
    assert requests.parts(text) == expected


def test_a_story_without_end_costs_no_more_than_its_beginning() -> None:
    assert len(requests.parts("dit is een zin. " * 500)) == 8


def test_the_first_is_answered_and_the_second_offered() -> None:
    said = found(TWO, {HOLIDAY: parsed("holiday"), MONEY: parsed("pay_date")}, WHOLE)
    assert said == requests.Requests("holiday", 0.8, "pay_date")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (parsed("holiday"), parsed("holiday")),
        (parsed("holiday"), parsed("pay_date", 0.3)),
        (parsed("holiday", 0.3), parsed("pay_date")),
        (parsed("holiday", 0.7, ("pay_date", 0.2)), parsed("pay_date")),
        (parsed("greet"), parsed("pay_date")),
        (parsed("holiday"), parsed("thank")),
        (parsed("holiday"), parsed("wealth_limit")),
    ],
)
def test_one_request_stays_one(before: Parse, after: Parse) -> None:
    assert found(TWO, {HOLIDAY: before, MONEY: after}, WHOLE) is None


def test_what_leans_on_the_first_half_is_no_request_of_its_own() -> None:
    leaning = "krijg ik dan minder geld"
    said = found(f"{HOLIDAY} en {leaning}", {HOLIDAY: parsed("holiday"), leaning: parsed("pay_date")}, WHOLE)
    assert said is None


@pytest.mark.parametrize(("whole", "two"), [("pay_date", False), ("holiday", True)])
def test_what_tells_where_a_question_comes_from_asks_only_when_the_whole_is_about_it(whole: str, two: bool) -> None:
    told = "ik woon bij mijn moeder"
    other = "holiday" if whole == "pay_date" else "pay_date"
    line = parsed(whole, 0.6, (other, 0.3))
    assert (found(f"{told}. {MONEY}", {told: parsed("holiday"), MONEY: parsed("pay_date")}, line) is not None) is two


def test_a_line_of_one_part_is_not_parsed_again() -> None:
    assert found(HOLIDAY, {}, WHOLE) is None


@pytest.mark.parametrize("turned", [False, True])
def test_danger_is_answered_before_anything_else(turned: bool) -> None:
    cry = "ik wil niet meer leven"
    text = f"{cry}. {MONEY}" if turned else f"{MONEY}. {cry}"
    said = found(text, {cry: parsed("distress"), MONEY: parsed("pay_date")}, parsed("pay_date", 0.9, ("distress", 0.05)))
    assert said == requests.Requests("distress", 0.8, "pay_date", urgent=True)


def test_danger_beside_nothing_else_offers_nothing_else() -> None:
    cry, rest = "ik wil niet meer leven", "het is zo koud"
    said = found(f"{rest}. {cry}", {cry: parsed("distress", 0.97), rest: parsed("car", 0.1)}, parsed("car", 0.1))
    assert said == requests.Requests("distress", 0.97, None, urgent=True)


def test_fear_in_a_question_about_a_benefit_is_that_question() -> None:
    afraid = "ik ben bang voor mijn uitkering"
    said = found(f"{MONEY}. {afraid}", {MONEY: parsed("pay_date"), afraid: parsed("distress")}, parsed("pay_date", 0.9))
    assert said is None


def test_no_example_of_one_topic_is_seen_as_two_requests() -> None:
    understanding = learn.learn(builders.examples())
    for text, _ in builders.examples():
        assert requests.find(text, understanding.parse(text), understanding.parse) is None


def test_the_served_model_answers_the_first_and_names_the_second(served: Server) -> None:
    reply = served.say(served.new_conversation(), BOTH)
    assert reply["parse"]["topic"] == "holiday_abroad" == reply["parse"]["ranking"][0]["name"]
    assert reply["parse"]["second"] == "pay_date"
    assert [message["custom"]["topic"] for message in reply["messages"]] == ["holiday_abroad"]


def test_a_line_told_again_names_the_second_again(served: Server) -> None:
    conversation = served.new_conversation()
    first = served.say(conversation, BOTH, line="twice")
    assert served.say(conversation, BOTH, line="twice") == first


def test_while_a_form_asks_a_line_is_not_taken_apart_and_the_form_is_told(served: Server) -> None:
    conversation = served.new_conversation()
    assert served.say(conversation, "hoeveel spaargeld mag ik hebben")["form"] is None
    assert served.say(conversation, "verwijder mijn gegevens")["form"] == "delete_my_data_form"
    reply = served.say(conversation, BOTH)
    assert "second" not in reply["parse"]
    assert reply["form"] == "delete_my_data_form"
