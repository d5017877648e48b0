"""What plain language asks is found in sentences that break it, and in none of those that keep it."""

import pytest

from services.content.faults import FaultKind
from services.content.language import faults


def kinds(text: str, language: str = "nl", before: str = "") -> set[FaultKind]:
    return {fault.kind for fault in faults(text, language, before)}


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("verrekenen", "Verrekenen doen wij elke maand."),
        ("in mindering", "Uw loon komt in mindering op uw uitkering."),
        ("op grond van", "U krijgt dat op grond van de wet."),
        ("uitkeringsgerechtigde", "Bent u uitkeringsgerechtigde?"),
        ("peildatum", "De peildatum is vandaag."),
        ("toegekend", "Uw uitkering is toegekend."),
        ("in aanmerking", "Dan komt u in aanmerking."),
        ("dient u", "Dan dient u te bellen."),
    ],
)
def test_a_word_of_the_office_is_told_with_a_plain_one(word: str, text: str) -> None:
    found = [fault.said for fault in faults(text, "nl") if fault.kind is FaultKind.HARD_WORD]

    assert [said[0] for said in found] == [word]
    assert found[0][1]


@pytest.mark.parametrize(
    "text", ["You are eligible.", "Apply prior to Monday.", "You shall call.", "In order to work."]
)
def test_english_has_its_own_words_to_avoid(text: str) -> None:
    assert kinds(text, "en") == {FaultKind.HARD_WORD}


def test_words_of_one_language_are_not_those_of_the_other() -> None:
    assert kinds("Shall I conform to that?", "en") == set()
    assert kinds("However, therefore.", "nl") == set()


@pytest.mark.parametrize(
    "text",
    [
        "U krijgt een beschikking.",
        "U valt onder de kostendelersnorm.",
        "Vraag om ontheffing.",
        "Uw toetsingsinkomen telt.",
    ],
)
def test_a_word_of_the_law_alone_is_not_enough(text: str) -> None:
    assert kinds(text) == {FaultKind.UNEXPLAINED}


@pytest.mark.parametrize(
    "text",
    [
        "U krijgt een brief met een besluit (beschikking).",
        "U krijgt minder. Dat heet de kostendelersnorm.",
        "Overwaarde is de waarde van uw huis min uw hypotheek.",
        "U krijgt een beschikking. Dat is een brief met een besluit.",
        "Bij bewind regelt iemand uw geld.",
        "Vraag het de SKGZ, de ombudsman voor zorgverzekeringen.",
        "Samen maakt u een plan: het PIP.",
        "Bel UWV of de SVB over uw AOW.",
    ],
)
def test_a_word_of_the_law_may_stand_there_once_it_is_explained(text: str) -> None:
    assert kinds(text) == set()


def test_what_the_reader_has_just_read_explains_too() -> None:
    said = "Voor de kostendelersnorm telt uw kind niet mee."

    assert kinds(said) == {FaultKind.UNEXPLAINED}
    assert kinds(said, before="Dat heet de kostendelersnorm.") == set()


@pytest.mark.parametrize("text", ["Neem o.a. uw paspoort mee.", "Bel i.v.m. uw huur.", "Vraag het bijv. aan UWV."])
def test_a_word_that_is_cut_short_is_told(text: str) -> None:
    assert kinds(text) == {FaultKind.ABBREVIATION}


@pytest.mark.parametrize("text", ["Vraag het de IOAW.", "Dat kan met een pgb.", "Ask the SKGZ."])
def test_initials_that_nobody_knows_are_told(text: str) -> None:
    assert kinds(text, "en" if text.startswith("Ask") else "nl") == {FaultKind.ABBREVIATION}


@pytest.mark.parametrize(
    "text",
    [
        "Uw uitkering wordt maandag betaald.",
        "Er kan beslag worden gelegd.",
        "Als het besluit genomen wordt, hoort u dat.",
        "Het bedrag werd teruggevraagd door de gemeente.",
        "Dat wordt eraf gehaald.",
    ],
)
def test_a_sentence_in_which_nobody_acts_is_told(text: str) -> None:
    assert kinds(text) == {FaultKind.PASSIVE}


@pytest.mark.parametrize(
    "text",
    [
        "Uw kind wordt 27 jaar.",
        "Uw bedrag wordt lager als u meer verdient.",
        "Dan kan de lening hoger worden. De gemeente betaalt.",
        "Wordt u ziek? Meld dat meteen.",
        "De bedragen worden bekend in december.",
    ],
)
def test_becoming_something_is_not_passive(text: str) -> None:
    assert kinds(text) == set()


def test_english_may_be_passive_until_somebody_is_named_behind_it() -> None:
    assert kinds("Your benefit is paid on Monday.", "en") == set()
    assert kinds("Your benefit is paid by the municipality.", "en") == {FaultKind.PASSIVE}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("U mag niet zonder overleg beginnen.", "nl"),
        ("Dat is nooit niet goed.", "nl"),
        ("You cannot start without a plan.", "en"),
    ],
)
def test_two_times_no_in_one_clause_is_told(text: str, language: str) -> None:
    assert kinds(text, language) == {FaultKind.DOUBLE_NEGATION}


@pytest.mark.parametrize(
    "text",
    [
        "Klopt iets niet, of lukt iets niet?",
        "Geen partner, met of zonder kinderen?",
        "Komt u niet en weet niemand dat?",
    ],
)
def test_no_in_each_of_two_clauses_is_fine(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize("text", ["Bel je gemeente.", "Jullie wonen samen.", "Dat is van jou."])
def test_the_chatbot_says_u(text: str) -> None:
    assert kinds(text) == {FaultKind.FAMILIAR}


def test_what_somebody_else_says_may_be_familiar() -> None:
    assert kinds("Zegt iemand 'maak geld over op mijn rekening, jij krijgt het terug'? Doe het niet.") == set()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Bel vóór 1-1-2027.", "7 december 2026"),
        ("Bel vóór 2027-01-01.", "7 december 2026"),
        ("Bel vóór 1 jan. 2027.", "7 december 2026"),
        ("Bel vóór 1 Januari.", "7 december 2026"),
        ("Bel vóór 01 januari 2027.", "7 december 2026"),
        ("Bel op dinsdag 7 december 2026.", "maandag 7 december 2026"),
        ("Bel op maandag 31 juni 2026.", "..."),
    ],
)
def test_a_date_in_another_notation_is_told_with_the_right_one(text: str, right: str) -> None:
    assert [fault.said[1] for fault in faults(text, "nl") if fault.kind is FaultKind.NOTATION] == [right]


@pytest.mark.parametrize(
    "text", ["Call by January 1, 2027.", "Call by 1st January.", "Call on Tuesday 7 December 2026."]
)
def test_english_dates_are_written_as_the_british_do(text: str) -> None:
    assert kinds(text, "en") == {FaultKind.NOTATION}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bel op maandag 7 december 2026. Vanaf 1 januari 2027 niet meer.", "nl"),
        ("Call on Monday 7 December 2026, or from 1 January 2027.", "en"),
        ("Bel 14 050, 0800-2000 of 0900-8844.", "nl"),
        ("U krijgt {pw_norm_21_aow_alleenstaande}. Bel {gemeente.telefoon}.", "nl"),
    ],
)
def test_the_agreed_notation_passes(text: str, language: str) -> None:
    assert kinds(text, language) == set()


@pytest.mark.parametrize("typed", ["€8000", "€ 8000", "€ 8.000,-", "€ 1.419,4", "€ 1,419.46"])
def test_an_amount_in_another_notation_is_told(typed: str) -> None:
    assert FaultKind.NOTATION in kinds(f"Het is {typed}.")


def test_an_amount_in_the_agreed_notation_is_only_told_for_being_typed() -> None:
    assert kinds("Het is € 1.419,46. Vroeger € 8.000.") == {FaultKind.FIGURE_IN_PROSE}


@pytest.mark.parametrize(
    "text", ["Het is {pw_x} euro.", "Het is €{pw_x}.", "Dat is {pw_x} procent.", "Dat is {pw_x}%."]
)
def test_a_figure_brings_its_own_sign(text: str) -> None:
    assert FaultKind.NOTATION in kinds(text)
