"""What a municipality decides itself is told as it filled it in; and until then, whom to ask."""

import re
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from services.content.forms import LANGUAGES
from services.content.language import MOST_WORDS_IN_A_MESSAGE, MOST_WORDS_IN_A_SENTENCE, sentences, words
from services.content.policy import Policy
from services.content.read import read_content
from services.local_rules import LOCAL, local_sentences
from services.phrases import FACTS, put_values
from tests.builders import CONTENT

TODAY = date(2026, 11, 23)
SUPPLEMENT = {"years": 3, "alone": "480", "couple": "675.50", "until": "2026-12-31"}
FILLED: dict[str, Any] = {
    "exemption_25_asked": "request", "pay_date": 8, "income_supplement": SUPPLEMENT, "scheme_pass": "de Stadspas",
    "remission_link": "stad.nl/kwijtschelding", "debt_help": "14 0123, keuze 2", "travel_costs": False,
    "special_assistance_link": "stad.nl/bijzondere-bijstand", "gift_report_below_limit": False,
    "holiday_permission": True, "job_coach_contact": "werkplein, 14 0123", "advance_desk": "loket Werk, Plein 1",
    "documents_list": "stad.nl/bijstand/papieren",
}  # fmt: skip
SHIPPED = read_content(CONTENT)


def said(policy: dict[str, Any], language: str = "nl", on: date = TODAY) -> dict[str, str]:
    texts = {key: getattr(phrase, language) for key, phrase in SHIPPED.phrases.items()}
    return local_sentences(Policy.model_validate(policy).model_dump(mode="json"), texts, on)


def not_told(language: str) -> dict[str, str]:
    """What stands where a municipality has not told how it is reached."""
    return {f"gemeente.{name}": getattr(SHIPPED.phrases[f"not_told.{name}"], language) for name in FACTS}


@pytest.mark.parametrize(
    ("policy", "name", "sentence"),
    [
        ({}, "betaaldag", "Op {gemeente.website} ziet u welke dag dat is."),
        ({"pay_date": 8}, "betaaldag", "Dat is meestal rond de 8e van de maand."),
        ({}, "vrijlating", "Vraag uw gemeente of u dit zelf moet aanvragen."),
        ({"exemption_25_asked": "automatic"}, "vrijlating", "Uw gemeente regelt dit zelf voor u."),
        ({"gift_report_below_limit": True}, "kleine_giften", "Uw gemeente wil ook kleinere giften weten."),
        ({"holiday_permission": True}, "vakantie", "U heeft ook toestemming van uw gemeente nodig."),
        ({"holiday_permission": False}, "vakantie", "Toestemming is in uw gemeente niet nodig."),
        ({"scheme_pass": "de Stadspas"}, "stadspas", "In {gemeente.naam} is er de Stadspas."),
    ],
)  # fmt: skip
def test_a_setting_becomes_a_sentence(policy: dict[str, Any], name: str, sentence: str) -> None:
    assert said(policy)[f"gemeente.{name}"] == sentence


def test_own_amounts_are_told_until_their_last_day() -> None:
    policy = {"income_supplement": SUPPLEMENT}
    told, over = (said(policy, on=day)["gemeente.inkomenstoeslag"] for day in (date(2026, 12, 31), date(2027, 1, 1)))

    assert told == "In {gemeente.naam} is het €\u00a0480, of samen €\u00a0675,50, na 3 jaar."
    assert over == "Uw gemeente bepaalt het bedrag en hoe lang 'lang' is."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy", [{}, FILLED], ids=["nothing filled in", "filled in"])
def test_nothing_is_left_open_but_what_the_municipality_is_called(policy: dict[str, Any], language: str) -> None:
    for name, sentence in said(policy, language).items():
        assert sentence, name
        assert set(re.findall(r"{[^}]*}", sentence)) <= {"{gemeente.naam}", "{gemeente.website}", "{gemeente.telefoon}"}


def test_every_setting_is_asked_for_and_every_sentence_is_used() -> None:
    texts = [
        said
        for topic in SHIPPED.topics
        for answer in topic.answers
        for text in (answer.nl, answer.en)
        for said in (text.answer if text else "", text.to_do if text else "", text.more if text else "")
    ]
    used = {name for name in LOCAL if any(f"{{gemeente.{name}}}" in (text or "") for text in texts)}

    assert used == set(LOCAL)
    assert set(LOCAL.values()) <= set(Policy.model_fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy", [{}, FILLED], ids=["nothing filled in", "filled in"])
def test_the_sentence_fits_in_the_answer(policy: dict[str, Any], language: str) -> None:
    sentence_of = {name: put_values(text, not_told(language)) for name, text in said(policy, language).items()}
    for topic in SHIPPED.topics:
        for answer in topic.answers:
            text = getattr(answer, language)
            for written in (f"{text.answer}\n{text.to_do or ''}", text.more or "", text.why or ""):
                message = put_values(written, sentence_of | not_told(language))
                assert len(words(message)) <= MOST_WORDS_IN_A_MESSAGE, (topic.id, message)
                assert max(map(len, map(words, sentences(message))), default=0) <= MOST_WORDS_IN_A_SENTENCE, topic.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_of_the_chat_is_short_too_where_nothing_is_told(language: str) -> None:
    said = {
        key: put_values(getattr(phrase, language) or "", not_told(language)) for key, phrase in SHIPPED.phrases.items()
    }

    assert {key for key, text in said.items() if len(words(text)) > MOST_WORDS_IN_A_MESSAGE} == set()
    assert {
        one for text in said.values() for one in sentences(text) if len(words(one)) > MOST_WORDS_IN_A_SENTENCE
    } == set()


@pytest.mark.parametrize(
    "wrong",
    [
        {"pay_date": 32},
        {"pay_date": "rond de 8e"},
        {"exemption_25_asked": "soms"},
        {"remission_link": "https://stad.nl/x"},
        {"remission_link": "stad nl"},
        {"income_supplement": SUPPLEMENT | {"alone": "-1"}},
        {"income_supplement": {"years": 3, "alone": "480", "couple": "675"}},
        {"holiday_permission": "misschien"},
        {"scheme_pass": ""},
        {"stadspas": "ja"},
    ],
)
def test_a_setting_of_another_kind_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Policy.model_validate(wrong)
