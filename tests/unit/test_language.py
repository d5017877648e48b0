"""In which language a line is: said only when it is clear, and never of a short line in our own letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.content.read import read_content
from services.language.ask import may_be_choice, other_language
from services.language.function_words import FUNCTION_WORDS
from services.language.guess import guess_language
from services.phrases import DEFAULT_LANGUAGE
from tests.builders import CONTENT


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("how much money can I save on benefits", "en"),
        ("I lost my job last week, what do I do?", "en"),
        ("hoeveel spaargeld mag ik hebben", "nl"),
        ("ik niet goed nederlands, jij helpen mij met geld", "nl"),
        ("ik heb een sollicitatie bij The Body Shop", "nl"),
        ("Hollanda'da iş buldum, ne yapmam lazım?", "tr"),
        ("nie dostałem pieniędzy w tym miesiącu", "pl"),
        ("no he recibido mi dinero este mes", "es"),
        ("je n'ai pas reçu mon argent ce mois", "fr"),
        ("ich habe diesen Monat kein Geld bekommen", "de"),
        ("bishan lacag ma helin maxaa dhacay", "so"),
    ],
)
def test_a_sentence_tells_its_language_by_its_small_words(line: str, language: str) -> None:
    assert guess_language(line) == language


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("مساعدة", "ar"),
        ("چگونه کمک بگیرم", "fa"),
        ("Чи можу я працювати і отримувати допомогу", "uk"),
        ("Здравейте, мога ли да получа помощ от съвета", "bg"),
        ("Як отримати виплату від муніципалітету", "uk"),
        ("помощь", "ru"),
        ("ገንዘብ", "ti"),
        ("我可以申请吗", "zh"),
        ("βοήθεια", "und"),
        ("mijn naam is محمد en ik heb een vraag", "nl"),
    ],
)
def test_a_script_is_clear_in_one_word(line: str, language: str) -> None:
    assert guess_language(line) == language


@pytest.mark.parametrize(
    "line", ["", "ok", "yes", "help me please", "the and of", "16 uur", "[bsn]", "🙂", "Jumbo 1200"]
)
def test_of_a_short_line_nothing_is_said(line: str) -> None:
    assert guess_language(line) is None


def test_what_was_masked_does_not_make_a_line_dutch() -> None:
    assert guess_language("my number is [telefoonnummer] so please call me") == "en"


@pytest.mark.parametrize(("language", "other"), [("nl", "en"), ("en", None)])
def test_only_another_language_than_that_of_the_conversation_counts(language: str, other: str | None) -> None:
    assert other_language("how much money can I save", language) == other


def test_hardly_a_line_of_the_content_is_taken_for_the_other_language() -> None:
    content = read_content(CONTENT)
    taken = {"nl": 0, "en": 0}
    for topic in content.topics:
        taken["nl"] += sum(guess_language(line) == "en" for line in topic.examples.nl)
        taken["en"] += sum(guess_language(line) == "nl" for line in topic.examples.en if topic.id != "switch_language")
    assert taken["nl"] <= 2
    assert taken["en"] <= 5


def test_most_english_lines_of_the_content_are_seen() -> None:
    lines = [line for topic in read_content(CONTENT).topics for line in topic.examples.en if len(line.split()) > 3]
    assert sum(guess_language(line) == "en" for line in lines) > 0.9 * len(lines)


def test_every_sentence_in_another_language_is_for_one_that_can_be_told() -> None:
    told = {key.partition(".")[2] for key in read_content(CONTENT).phrases if key.startswith("language_words.")}
    by_script = {"ar", "bg", "fa", "ru", "ti", "uk", "zh"}
    assert told == (FUNCTION_WORDS.keys() | by_script) - {DEFAULT_LANGUAGE, "en"}


@pytest.mark.parametrize(("line", "may"), [("Yes, please!", True), ("ja", True), ("ja ik heb een auto", False)])
def test_a_reply_to_the_question_is_a_word_or_two(line: str, may: bool) -> None:
    assert may_be_choice(line) is may


@given(st.text(max_size=200))
def test_no_text_breaks_it(line: str) -> None:
    assert guess_language(line) in {None, "und", *FUNCTION_WORDS, "ar", "bg", "fa", "ru", "ti", "uk", "zh"}
