"""Law of 1 January 2027 is told as coming until then, and as it is from then on."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from db.models import TopicKind
from services.content.forms import LANGUAGES, Answer
from services.content.language import sentences
from services.content.read import read_content
from services.fill import PLACEHOLDER, placeholders
from tests.builders import CONTENT

THE_DAY = date(2027, 1, 1)
LAST_DAY = THE_DAY - timedelta(days=1)
AS_COMING = re.compile(
    r"(?:vanaf|op) 1 januari 2027|(?:from|on) 1 January 2027|naar verwachting vanaf 2027|expected to change from 2027",
    re.IGNORECASE,
)
THE_DAY_IN_WORDS = re.compile(r"1 januari 2027|1 January 2027")
ANSWERS = [(topic.id, answer) for topic in read_content(CONTENT).topics for answer in topic.answers]
BEFORE = [(name, answer) for name, answer in ANSWERS if answer.valid_from < THE_DAY]
CHANGING = ("buffer_budget", "exemption_25", "exemption_under27", "norm_amount", "on_call_variable", "rules_2027")


def texts(answer: Answer) -> Iterator[str]:
    for language in LANGUAGES:
        text = getattr(answer, language)
        yield from (said for said in (text.answer, text.to_do, text.more, text.why) if said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_to_a_question_says_why(language: str) -> None:
    questions = [topic for topic in read_content(CONTENT).topics if topic.kind is TopicKind.FAQ]
    answers = [
        (topic.id, answer.valid_from, getattr(answer, language)) for topic in questions for answer in topic.answers
    ]

    assert len(questions) == 122
    assert [(name, day) for name, day, text in answers if not (text and text.why)] == []


def test_what_begins_in_2027_is_told_as_coming() -> None:
    said = [one for _, answer in BEFORE for text in texts(answer) for one in sentences(text)]
    of_2027 = [sentence for sentence in said if "2027" in PLACEHOLDER.sub("", sentence)]

    assert len(of_2027) > 20
    assert [sentence for sentence in of_2027 if not AS_COMING.search(sentence)] == []


def test_a_figure_of_2027_stands_behind_the_day_on_which_it_begins() -> None:
    shown = [(text, figure) for _, answer in BEFORE for text in texts(answer) for figure in PLACEHOLDER.finditer(text)]
    of_2027 = [(text, figure) for text, figure in shown if figure.group(2) == THE_DAY.isoformat()]

    assert len(of_2027) > 8
    assert [text for text, figure in of_2027 if not THE_DAY_IN_WORDS.search(text[: figure.start()])] == []


def test_a_text_that_tells_of_a_change_ends_when_the_change_comes() -> None:
    tells = [(name, answer) for name, answer in BEFORE if any("2027" in text for text in texts(answer))]

    assert [name for name, answer in tells if answer.valid_to != LAST_DAY] == []


@pytest.mark.parametrize("name", CHANGING)
def test_what_changes_has_the_new_text_from_the_first_day(name: str) -> None:
    found = {answer.valid_from: answer for topic, answer in ANSWERS if topic == name}

    assert set(found) == {date(2026, 1, 1), THE_DAY}
    assert not any(re.search(r"vanaf 1 januari 2027", text, re.IGNORECASE) for text in texts(found[THE_DAY]))


def test_no_exemption_of_2026_is_promised_after_its_end() -> None:
    """Their figures end with them: a text that goes on would fall silent on New Year's Day."""
    promise = [
        (name, answer)
        for name, answer in BEFORE
        if any(asked.startswith("pw_vrijlating_") for text in texts(answer) for asked, _ in placeholders(text))
    ]

    assert len(promise) > 4
    assert [name for name, answer in promise if answer.valid_to != LAST_DAY] == []


def test_no_day_until_the_end_of_2027_is_without_an_answer() -> None:
    held: dict[str, list[Answer]] = {}
    for name, answer in ANSWERS:
        held.setdefault(name, []).append(answer)
    days = [date(2026, 6, 30) + timedelta(days=number) for number in range(550)]

    silent = [(name, day) for name, told in held.items() for day in days if not any(_holds(one, day) for one in told)]

    assert silent == []


def _holds(answer: Answer, day: date) -> bool:
    return answer.valid_from <= day and (answer.valid_to is None or day <= answer.valid_to)
