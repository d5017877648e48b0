"""What a line means at its place in the talk."""

from dataclasses import replace
from typing import Any

import pytest

from services.income_talk.answers import Answers, Question, from_stored
from services.income_talk.hear import Known, Line, Verdict, hear
from tests.unit.income_talk.test_situation import LAW, TODAY

EMPTY = Known(TODAY, LAW.on(TODAY))
TOLD = Answers(
    hours={"low": "20"},
    wage={"amount": "15.00", "per": "hour"},
    household="alone",  # type: ignore[typeddict-item]  # as it comes back from the database
    ages={"0": 34},
    sharers=0,
    rent={"amount": "640.00"},
    months=0,
)
SHOWN = replace(EMPTY, answers=TOLD, shown=1, about=True)


def asked(question: Question, **told: Any) -> Known:
    return replace(EMPTY, answers=from_stored(told), waiting=question)


def test_a_story_answers_several_questions_at_once() -> None:
    heard = hear(Line("reken uit: 20 uur bij de jumbo voor 15 euro, ik woon alleen", "calculate_income"), EMPTY)

    assert heard is not None
    assert heard.question is Question.AGES


def test_who_lives_alone_is_not_asked_for_children() -> None:
    heard = hear(Line("34", "nlu_fallback"), replace(SHOWN, shown=None, waiting=Question.AGES))

    assert heard is not None
    assert heard.verdict is Verdict.SHOW


def test_the_young_are_not_asked_for_months() -> None:
    told = {key: value for key, value in TOLD.items() if key not in ("ages", "months")}
    heard = hear(Line("23", "nlu_fallback"), asked(Question.AGES, **told))

    assert heard is not None
    assert heard.verdict is Verdict.SHOW


@pytest.mark.parametrize("topic", ["wealth_limit", "nlu_fallback", "out_of_scope"])
def test_a_question_with_a_number_is_not_eaten(topic: str) -> None:
    assert hear(Line("mag ik 5000 euro sparen?", topic), asked(Question.WAGE)) is None


@pytest.mark.parametrize("topic", ["car", "thank", "frustration"])
def test_what_is_about_something_else_is_answered_there(topic: str) -> None:
    assert hear(Line("ik heb een auto", topic), asked(Question.HOURS)) is None


def test_what_nobody_can_read_is_asked_again() -> None:
    heard = hear(Line("tja dat ligt eraan", "nlu_fallback"), asked(Question.HOURS))

    assert heard is not None
    assert heard.again


@pytest.mark.parametrize(
    ("line", "hours"),
    [("nee wacht, 24 uur", "24"), ("nee wacht, 24", "24"), ("sorry, ik bedoel 12", "12"), ("toch 16 uur", "16")],
)
def test_changing_ones_mind_overwrites(line: str, hours: str) -> None:
    heard = hear(
        Line(line, "deny"), asked(Question.HOUSEHOLD, hours={"low": "20"}, wage={"minimum": True}, last="hours")
    )

    assert heard is not None
    assert (heard.answers["hours"], heard.question) == ({"low": hours}, Question.HOUSEHOLD)


@pytest.mark.parametrize(("question", "verdict"), [(Question.SHARERS, Verdict.ASK), (Question.HOURS, Verdict.STOP)])
def test_no_is_an_answer_where_it_can_be_one(question: Question, verdict: Verdict) -> None:
    heard = hear(Line("nee", "deny"), asked(question, household="alone", ages={"0": 30}))

    assert heard is not None
    assert heard.verdict is verdict


def test_not_knowing_skips_the_question() -> None:
    heard = hear(Line("geen idee", "nlu_fallback"), asked(Question.HOURS))

    assert heard is not None
    assert (heard.answers["skipped"], heard.question) == (["hours"], Question.WAGE)


def test_what_was_skipped_can_be_told_later() -> None:
    heard = hear(Line("o, het is 24 uur", "nlu_fallback"), asked(Question.WAGE, skipped=["hours"]))

    assert heard is not None
    assert heard.answers["hours"] == {"low": "24"}
    assert "skipped" not in heard.answers


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ("en als ik 32 uur werk?", "hours", {"low": "32"}),
        ("en met een kind erbij?", "children", {"ages": [0]}),
        ("en als ik 16 euro verdien?", "wage", {"amount": "16.00", "per": "hour"}),
        ("32 uur?", "hours", {"low": "32"}),
        ("en 4 uur meer?", "hours", {"low": "24"}),
        ("wat als ik samenwoon", "household", "with_partner"),
    ],
)
def test_after_the_outcome_a_change_is_heard_in_any_topic(line: str, key: str, value: object) -> None:
    heard = hear(Line(line, "child_income"), SHOWN)

    assert heard is not None
    assert heard.answers[key] == value  # type: ignore[literal-required]


@pytest.mark.parametrize(
    "line",
    ["en hoeveel is het minimumloon?", "hoeveel vakantiegeld krijg ik bij 20 uur", "dank je wel", "en mijn auto dan?"],
)
def test_after_the_outcome_other_questions_are_left_to_others(line: str) -> None:
    assert hear(Line(line, "minimum_wage"), SHOWN) is None


def test_another_calculation_begins_with_what_is_known() -> None:
    heard = hear(Line("maak een berekening", "calculate_income"), SHOWN)

    assert heard is not None
    assert (heard.question, heard.remembered["rent"]) == (Question.HOURS, {"amount": "640.00"})


@pytest.mark.parametrize(("age", "refusal"), [("17", "minor"), ("67", "aow"), ("70", "aow")])
def test_ages_with_rules_of_their_own_are_refused(age: str, refusal: str) -> None:
    heard = hear(Line(age, "nlu_fallback"), asked(Question.AGES))

    assert heard is not None
    assert (heard.verdict, heard.refusal) == (Verdict.REFUSE, refusal)
    assert "ages" not in heard.answers


def test_an_old_button_answers_its_own_question() -> None:
    heard = hear(Line("16 uur", "calculate_income", "hours", "16"), asked(Question.RENT, hours={"low": "8"}))

    assert heard is not None
    assert heard.answers["hours"] == {"low": "16"}
    assert "rent" not in heard.answers


@pytest.mark.parametrize("choice", ["nonsense", "ages"])
def test_a_button_that_says_nothing_breaks_nothing(choice: str) -> None:
    assert hear(Line("x", "calculate_income", choice, "iets"), EMPTY) is not None


@pytest.mark.parametrize(
    "line",
    [
        "mijn vrouw kan 20 uur bij de bezorgdienst beginnen",
        "wat houdt mijn man over als hij 16 uur gaat werken voor 15 euro",
    ],
)
def test_it_may_be_the_partner_who_works(line: str) -> None:
    heard = hear(Line(line, "calculate_income"), EMPTY)

    assert heard is not None
    assert (heard.answers["worker"], heard.answers["household"]) == (1, "with_partner")
