"""What people tell of looking for work: what it was, on which day, and what is a correction or a question."""

from datetime import date

import pytest

from db.models import EffortKind
from services.effort.day_told import find_past_day
from services.effort.hear import Deed, hear_effort, hear_more

TODAY = date(2026, 11, 23)  # a Monday

TOLD = (
    ("vandaag gesolliciteerd bij de Jumbo", EffortKind.APPLIED, date(2026, 11, 23)),
    ("heb gesoliciteerd bij de action en bij bol", EffortKind.APPLIED, None),
    ("vul maar in: dinsdag gebeld met een hovenier", EffortKind.CALLED, date(2026, 11, 17)),
    ("ik was vanmorgen op gesprek bij het verzorgingshuis", EffortKind.INTERVIEW, date(2026, 11, 23)),
    ("eergisteren ingeschreven bij Randstad", EffortKind.REGISTERED, date(2026, 11, 21)),
    ("ik heb vanmiddag een halve dag meegelopen in een verpleeghuis", EffortKind.TRIAL, date(2026, 11, 23)),
    ("mijn cv bijgewerkt", EffortKind.CV, None),
    ("twee dagen geleden begonnen met een cursus heftruck", EffortKind.TRAINING, date(2026, 11, 21)),
    ("weer een afwijzing gehad, van de Praxis dit keer", EffortKind.APPLIED, None),
    ("zet in mijn overzicht: open dag roc bezocht", EffortKind.CALLED, None),
    ("I applied for a job at Jumbo today", EffortKind.APPLIED, date(2026, 11, 23)),
    ("phoned a garden company on Tuesday", EffortKind.CALLED, date(2026, 11, 17)),
    ("yesterday I had an interview at Etos", EffortKind.INTERVIEW, date(2026, 11, 22)),
)


@pytest.mark.parametrize(("line", "kind", "day"), TOLD)
def test_what_was_done_has_its_kind_and_day(line: str, kind: EffortKind, day: date | None) -> None:
    heard = hear_effort(line, TODAY)

    assert (heard.deed, heard.kind, heard.day) == (Deed.TELL, kind, day)


@pytest.mark.parametrize(
    "line",
    [
        "hoe geef ik door dat ik heb gesolliciteerd",
        "sollicitatie doorgeven",
        "waar kan ik mijn sollicitaties vastleggen",
        "kun je mijn sollicitaties bijhouden voor mij",
        "where do i write down that i had a job interview",
        "upload proof of application",
    ],
)
def test_a_question_is_not_written_down_as_something_done(line: str) -> None:
    assert hear_effort(line, TODAY).deed is Deed.ASK


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("nee dat was gisteren", date(2026, 11, 22)),
        ("nee, dat was afgelopen dinsdag", date(2026, 11, 17)),
        ("niet vandaag maar gisteren", date(2026, 11, 22)),
        ("dat klopt niet, het was vrijdag", date(2026, 11, 20)),
        ("no it was yesterday", date(2026, 11, 22)),
    ],
)
def test_a_correction_names_the_right_day(line: str, day: date) -> None:
    heard = hear_effort(line, TODAY)

    assert (heard.deed, heard.day) == (Deed.MOVE, day)


@pytest.mark.parametrize("line", ["haal de laatste weg", "verwijder die maar", "dat mag weg", "remove the last one"])
def test_it_can_be_taken_off_the_list(line: str) -> None:
    assert hear_effort(line, TODAY).deed is Deed.REMOVE


@pytest.mark.parametrize("line", ["mijn lijst", "wat heb ik al gedaan", "laat mijn sollicitaties zien", "show my list"])
def test_the_list_can_be_asked_for(line: str) -> None:
    assert hear_effort(line, TODAY).deed is Deed.LIST


def test_what_is_still_to_come_is_a_plan() -> None:
    assert hear_effort("morgen ga ik solliciteren bij de Hema", TODAY).deed is Deed.PLAN


def test_who_was_asked_needs_few_words() -> None:
    assert hear_effort("sollicitatie bij de bakker", TODAY, asked=True).deed is Deed.TELL


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("maandag", date(2026, 11, 23)),
        ("afgelopen maandag", date(2026, 11, 16)),
        ("vorige week maandag", date(2026, 11, 16)),
        ("woensdag vorige week", date(2026, 11, 18)),
        ("een week geleden", date(2026, 11, 16)),
        ("vorige week", date(2026, 11, 16)),
        ("10 november", date(2026, 11, 10)),
        ("30 december", date(2025, 12, 30)),
        ("op de markt", None),
    ],
)
def test_a_day_lies_behind_us(words: str, day: date | None) -> None:
    assert find_past_day(words, TODAY) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("en gister bij de action", date(2026, 11, 22)),
        ("ook naar een uitzendbureau gemaild", None),
        ("and last week at a hotel too", date(2026, 11, 16)),
    ],
)
def test_who_goes_on_did_the_same_elsewhere(line: str, day: date | None) -> None:
    heard = hear_more(line, TODAY)

    assert heard is not None
    assert (heard.deed, heard.day) == (Deed.TELL, day)


@pytest.mark.parametrize("line", ["en moet ik ook bij de Action vragen", "en morgen bij de Action", "en bij ziekte?"])
def test_a_question_or_a_plan_is_no_going_on(line: str) -> None:
    assert hear_more(line, TODAY) is None
