"""What kind of line it is: a question, a wish to stop, no idea, a "what if", another situation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.income_talk.answers import Answers, Question
from services.income_talk.lines import has_no_idea, is_question, leans, supposes, wants_to_stop
from services.income_talk.refusals import is_garnished, refusal_in
from services.income_talk.telling import Before, changes_in
from tests.unit.income_talk.test_people import TODAY

QUESTIONS = [
    "mag ik 5000 euro sparen?",
    "wat is het minimumloon",
    "hoeveel vakantiegeld krijg ik",
    "en hoe zit het met mijn huurtoeslag?",
    "moet ik dit doorgeven",
    "ik wil graag weten wanneer het geld komt",
    "can i keep my car",
    "is 20 uur genoeg voor jullie denk je?",
]
ANSWERS = [
    "20",
    "32 uur?",
    "kan 20 uur werken",
    "zijn 5 en 8",
    "ja, met mijn vrouw",
    "nee wacht, 24 uur",
    "20 hours",
    "is 31",
]
SUPPOSED = [
    "en als ik 32 uur werk?",
    "wat als ik 32 uur werk",
    "en met een kind erbij?",
    "what if i work 32 hours",
    "stel ik ga 20 uur werken",
]
STOPS = ["stop", "Stop maar", "ik wil stoppen", "laat maar", "cancel", "never mind", "ik wil niet meer"]
GOES_ON = ["stoppen met roken", "mijn baan stopt", "genoeg uren, 20", "niet meer dan 20 uur"]
NO_IDEA = [
    "weet ik niet",
    "weet niet",
    "geen idee joh",
    "dat weet ik nog niet precies",
    "i don't know",
    "sla over",
    "??",
]
REFUSALS = [
    ("ik ben zzp'er", "self_employed"),
    ("ik heb een eigen bedrijf", "self_employed"),
    ("ik heb AOW", "aow"),
    ("ik krijg wajong", "wajong"),
    ("ik krijg ook ww", "other_benefit"),
    ("ik zit in de ziektewet", "other_benefit"),
    ("ik woon in een opvang, de daklozenopvang", "institution"),
    ("ik heb twee vrouwen", "more_adults"),
    ("ik ben geen zzp'er", None),
    ("een zelfstandige woning", None),
    ("kinderopvang", None),
    ("20 uur bij de www-winkel", None),
]


@pytest.mark.parametrize("line", QUESTIONS)
def test_a_question_is_known(line: str) -> None:
    assert is_question(line)


@pytest.mark.parametrize("line", ANSWERS)
def test_an_answer_is_no_question(line: str) -> None:
    assert not is_question(line)


@pytest.mark.parametrize("line", SUPPOSED)
def test_a_what_if_leans_on_what_was_said(line: str) -> None:
    assert supposes(line)
    assert leans(line)


@pytest.mark.parametrize(
    "line", ["hoeveel spaargeld mag ik hebben als ik bijstand krijg", "ik ga verhuizen naar een andere stad"]
)
def test_a_line_that_stands_on_its_own_does_not_lean(line: str) -> None:
    assert not leans(line)


@pytest.mark.parametrize("line", STOPS)
def test_a_wish_to_stop_is_known(line: str) -> None:
    assert wants_to_stop(line)


@pytest.mark.parametrize("line", GOES_ON)
def test_the_word_stop_alone_does_not_stop(line: str) -> None:
    assert not wants_to_stop(line)


@pytest.mark.parametrize("line", NO_IDEA)
def test_not_knowing_is_known(line: str) -> None:
    assert has_no_idea(line)


@pytest.mark.parametrize(("line", "refusal"), REFUSALS)
def test_situations_with_rules_of_their_own_are_known(line: str, refusal: str | None) -> None:
    assert refusal_in(line) == refusal


@pytest.mark.parametrize(
    ("line", "seized"), [("er ligt loonbeslag", True), ("de deurwaarder", True), ("geen beslag", False)]
)
def test_a_seized_wage_is_known(line: str, seized: bool) -> None:
    assert is_garnished(line) is seized


@settings(max_examples=300, deadline=None)
@given(
    some.text(max_size=120)
    | some.from_regex(r"[a-z ]{0,10}[0-9.,€ -]{0,12}(uur|euro|jaar|kinderen|maand)?[0-9 ,]{0,12}"),
    some.sampled_from([None, *Question]),
)
def test_no_text_breaks_the_reading(text: str, waiting: Question | None) -> None:
    known = Answers(hours={"low": "16", "to": "20"}, last="hours")
    changes = changes_in(text, Before(known, waiting, TODAY))
    assert set(changes) <= set(Answers.__annotations__)
    for judge in (is_question, leans, supposes, wants_to_stop, has_no_idea, refusal_in, is_garnished):
        judge(text)
