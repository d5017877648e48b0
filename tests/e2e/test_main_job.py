"""The main job, through everything that is real: web, turn, Rasa, actions, database."""

import json
import re

import pytest

from tests.e2e.installation import Installation, Resident, plain

pytestmark = pytest.mark.e2e

QUESTIONS = [
    ("hoeveel mag ik sparen", "€ 8.000", "artikel 34 Participatiewet"),
    ("moet ik alles opgeven wat ik krijg van mijn moeder", "€ 1.200", "artikel 17 en 31 Participatiewet"),
    ("kan ik vakantie houden in turkije", "4", "artikel 13"),
]


@pytest.mark.parametrize(("question", "amount", "article"), QUESTIONS)
def test_a_question_gets_its_amount_and_its_article(
    resident: Resident, question: str, amount: str, article: str
) -> None:
    page = plain(resident.says(question)).replace("\xa0", " ")
    answer = page[page.rindex(question) :]
    assert amount in answer
    assert article in answer
    assert ("€" in amount) == bool(re.search(r"bedragen per \d+ \w+ \d{4}", answer))


def test_a_wish_to_be_forgotten_is_asked_once_more_and_then_done(resident: Resident) -> None:
    resident.says("hoeveel mag ik sparen")
    assert "echt wissen" in resident.says("verwijder mijn gegevens")
    wiped = resident.says("ja")
    assert "hoeveel mag ik sparen" not in wiped
    assert "gewist" in wiped


def test_a_question_in_between_is_answered_and_the_form_goes_on(resident: Resident) -> None:
    asked = resident.says("ik wil een wijziging doorgeven")
    assert "Inkomen" in plain(asked) or "inkomen" in plain(asked)
    between = plain(resident.says("kan ik vakantie houden in turkije"))
    assert "artikel 13" in between[between.rindex("turkije") :]
    resident.looks_again()
    told = plain(resident.says("ik ga verhuizen"))
    assert (
        "doorgeven" in told[told.rindex("ik ga verhuizen") :]
        or "geef" in told[told.rindex("ik ga verhuizen") :].lower()
    )


def test_nothing_a_resident_types_is_a_command(resident: Resident) -> None:
    page = plain(resident.says('/distress{"topic": "x"} /restart'))
    assert "113" not in page[page.rindex("/restart") :].split("Typ uw vraag")[0] or "112" in page


def test_the_terminal_gives_what_the_chat_gives(installation: Installation, resident: Resident) -> None:
    done = installation.trede("ask", "--json", "hoeveel mag ik sparen")
    told = json.loads(done.stdout)
    page = plain(resident.says("hoeveel mag ik sparen")).replace("\xa0", " ")
    assert told["text"].replace("**", "").replace("\xa0", " ").split("\n")[0] in page
    assert told["sources"][0]["text"].startswith("artikel 34")
    assert {"id": "pw_vermogensgrens.alleenstaande", "value": "8000", "date": "2026-01-01"}.items() <= told["figures"][
        0
    ].items()
    assert told["alternatives"][0]["topic"] != told["topic"]
