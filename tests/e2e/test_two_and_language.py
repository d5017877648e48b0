"""Two requests in one line, and a line in another language, through everything that is real."""

import pytest

from tests.e2e.installation import Resident, plain

pytestmark = pytest.mark.e2e

ASK = "Shall I go on in English?"


def after(page: str, line: str) -> str:
    """What was said since that line."""
    text = plain(page).replace("\xa0", " ")
    return text[text.rindex(line) :]


def test_two_questions_get_one_answer_and_one_button(resident: Resident) -> None:
    both = "hoeveel mag ik sparen? en kan ik vakantie houden in turkije"
    said = after(resident.says(both), both)

    assert "€ 8.000" in said
    assert "artikel 34 Participatiewet" in said
    assert "U vroeg ook naar: " in said


def test_one_question_with_its_story_is_one_question(resident: Resident) -> None:
    story = "ik woon alleen en heb wat geld van vroeger, hoeveel mag ik sparen"

    assert "U vroeg ook naar" not in after(resident.says(story), story)


def test_who_writes_english_is_asked_once_and_goes_on_in_english_by_a_word(resident: Resident) -> None:
    first = "how much money can I have in the bank"
    assert ASK in after(resident.says(first), first)
    english = resident.says("yes please")
    assert "I now write in English" in after(english, "yes please")
    again = "can I go on a holiday with this benefit"
    assert ASK not in after(resident.says(again), again)


def test_who_writes_turkish_reads_what_we_speak(resident: Resident) -> None:
    line = "bu ay para gelmedi, ne yapmam lazım"
    said = after(resident.says(line), line)

    assert "Hollandaca ve İngilizce konuşuyorum." in said
    assert "Medewerker" in said
