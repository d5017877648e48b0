"""What would mislead a resident, or would not be understood, is found before it is used."""

from datetime import date
from typing import Any

import pytest
from babel.numbers import format_decimal

from benefits.figures import load_figures
from services.content.check import check_content
from services.content.forms import OwnTextFile, PhraseText, TopicFile
from services.content.language import faults, sentences, words
from services.content.read import Content, read_content
from services.content.typed_figures import typed_figures
from tests.builders import CONTENT
from tests.unit.test_content_files import answer, topic_file

TODAY = date(2026, 11, 22)
NL = {f"dit is een heel eigen voorbeeld van {n} woorden en meer" for n in range(40)}

INSECURE = {"text": "UWV", "url": "http://www.uwv.nl/"}


def checked(phrases: dict[str, PhraseText] | None = None, **other: Any) -> str:
    examples = {"nl": sorted(NL), "en": [f"example {n} of ours" for n in range(12)]}
    both = {"nl": {"answer": "Dat mag.", "to_do": "Bel ons."}, "en": {"answer": "You may.", "to_do": "Call us."}}
    names = {"question": {"nl": "Mag ik een auto?", "en": "May I?"}, "label": {"nl": "Auto", "en": "Car"}}
    file = topic_file(examples=examples, answers=[answer(**both)]) | names | other
    content = Content((TopicFile.model_validate(file),), (), phrases or {})
    return "\n".join(str(fault) for fault in check_content(content, load_figures(), TODAY))


def said(text: str) -> str:
    return checked(answers=[answer(nl={"answer": text, "to_do": "Bel ons."}, en={"answer": "You may."})])


def test_content_without_faults_has_none() -> None:
    assert checked() == ""


def test_the_content_that_ships_passes() -> None:
    assert check_content(read_content(CONTENT), load_figures(), TODAY) == []


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("a sentence of 21 words", " ".join(["woord"] * 21) + "."),
        ("a message of 61 words", "Dit is een zin. " * 15 + "Klaar."),
        ("a figure in prose: '€'", "U mag € 8.000 hebben."),
        ("a figure in prose: '4 weken'", "Dat duurt 4 weken."),
        ("a figure in prose: '25%'", "Dat is 25%."),
        ("'helaas' (say: leave it out)", "Dat kan helaas niet."),
        ("'indien' (say: als)", "Indien u werkt, mag het."),
        ("no figure is called 'pw_niets'", "Het is {pw_niets}."),
        ("no figure is called 'gemeente.fax'", "Fax {gemeente.fax}."),
        ("has no value on 1990-01-01", "Het was {pw_vermogensgrens.alleenstaande@1990-01-01}."),
        ("a brace that belongs to no placeholder", "Het is {Pw_vermogensgrens}."),
    ],
)
def test_a_text_that_misleads_is_told_with_topic_answer_and_language(fault: str, text: str) -> None:
    told = said(text)

    assert told.startswith("car: answers.2026-01-01.nl.answer: ")
    assert fault in told


@pytest.mark.parametrize(
    ("fault", "other"),
    [
        ("car: follow_up: there is no topic 'bike'", {"follow_up": ["bike"]}),
        ("car: examples.nl: 1, at least 40 are needed", {"examples": {"nl": ["auto"]}}),
        ("car: examples.en: 0, at least 12 are needed", {"examples": {"nl": sorted(NL)}}),
        ("car: answers: none holds on 2026-11-22", {"answers": [answer(valid_to="2026-06-30")]}),
        ("car: answers.2026-01-01: an answer needs a source", {"answers": [answer(sources=[])]}),
        ("car: answers.2026-01-01.en: is missing", {"answers": [answer()]}),
        ("car: answers.2026-01-01.nl.to_do: does not tell what to do", {"answers": [answer()]}),
        ("car: question.en: is missing", {"question": {"nl": "Mag het?"}}),
        ("car: label.nl: 'indien' (say: als)", {"label": {"nl": "indien auto", "en": "car"}}),
        ("car: answers.2026-01-01.sources.0: not an address", {"answers": [answer(sources=[INSECURE])]}),
        ("car: example 'Auto?' stands in car too", {"examples": {"nl": ["auto", "Auto?"]}}),
        ("holds personal data", {"examples": {"nl": ["mijn bsn is 123456782"]}}),
    ],
)
def test_a_topic_that_cannot_serve_is_told(fault: str, other: dict[str, Any]) -> None:
    assert fault in checked(**other)


def test_an_id_in_two_files_is_told() -> None:
    topic = TopicFile.model_validate(topic_file())
    found = [str(fault) for fault in check_content(Content((topic, topic), (), {}), load_figures(), TODAY)]

    assert "car: this id stands in two files" in found


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("welcome.nl: 'mits' (say: als)", "Dat mag, mits u belt."),
        ("welcome.nl: nothing fills {gemeente.fax}", "Fax {gemeente.fax}."),
        ("welcome.nl: nothing fills {pw_norm}", "Het is {pw_norm}."),
        ("welcome.nl: a brace that belongs to no placeholder", "Bel {Gemeente.telefoon}."),
    ],
)
def test_a_phrase_that_misleads_is_told(fault: str, text: str) -> None:
    assert fault in checked(phrases={"welcome": PhraseText(nl=text)})


@pytest.mark.parametrize("text", ["Bent u 27 jaar?", "In 2027 verandert dat.", "Bel 112 of 113.", "{pw_x} weken"])
def test_ages_years_and_help_numbers_may_stand_in_prose(text: str) -> None:
    assert list(faults(text, "nl")) == []


def test_words_and_sentences_are_counted_as_people_count_them() -> None:
    assert len(words("Het is {pw_norm.alleenstaande} - per maand.")) == 5
    assert sentences("Mag dat? Ja. \nGeef het door (meteen.) Klaar") == [
        "Mag dat?",
        "Ja.",
        "Geef het door (meteen.",
        "Klaar",
    ]


def test_what_is_not_ours_needs_fewer_examples() -> None:
    few = {"nl": sorted(NL)[:20], "en": [f"example {n} of ours" for n in range(8)]}

    assert checked(kind="redirect", examples=few) == ""
    assert "at least 40 are needed" in checked(examples=few)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("U mag € 8.000 hebben.", "{pw_vermogensgrens.alleenstaande}"),
        ("U mag 8.000 euro hebben.", "{pw_vermogensgrens.alleenstaande}"),
        ("Het is 12 procent.", None),
        ("Het is € 8.001.", None),
        ("Dat duurt 4 weken.", None),
    ],
)
def test_an_amount_that_is_a_figure_of_ours_is_told_with_its_name(typed: str, name: str | None) -> None:
    found = list(typed_figures(typed, load_figures()))

    assert [fault.misleads for fault in found] == ([True] if name else [])
    assert name is None or name in found[0].said[1]


def test_an_amount_that_held_before_is_told_too() -> None:
    old = load_figures().by_ref["pw_norm_21_aow_alleenstaande"].dated[0].value
    typed = f"€ {format_decimal(str(old), '#,##0.00', locale='nl')}"

    assert [fault.said[0] for fault in typed_figures(f"U krijgt {typed}.", load_figures())] == [typed]


def test_what_may_be_meant_so_does_not_mislead() -> None:
    file = topic_file(answers=[answer(nl={"answer": "Dat mag helaas 4 weken."})])
    content = Content((TopicFile.model_validate(file),), (), {})
    found = check_content(content, load_figures(), TODAY)

    assert len(found) > 3
    assert [str(fault) for fault in found if fault.misleads] == []


def test_the_own_text_of_a_municipality_is_checked_as_any_other() -> None:
    own = OwnTextFile.model_validate({"id": "bike", "answers": [answer(nl={"answer": "Het is {pw_niets}."})]})
    found = [str(fault) for fault in check_content(Content((), (), {}, (("stad", own),)), load_figures(), TODAY)]

    assert "own/stad/bike: id: there is no topic 'bike'" in found
    assert any(fault.startswith("own/stad/bike: answers.2026-01-01.nl.answer: no figure") for fault in found)
