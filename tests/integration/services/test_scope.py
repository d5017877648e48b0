"""A municipality uses its own content and the library's; of another municipality it sees nothing."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from benefits.figures import load_figures
from db.models import Channel, Municipality, Phrase
from services.answer_button import answer_button
from services.answer_topic import answer_topic, find_topic, topic_buttons
from services.errors import UnknownMunicipality, UnknownPhrase, UnknownTopic
from services.municipalities import find_municipality, list_municipalities
from services.nearest_topics import nearest_topics
from services.not_understood import not_understood
from services.phrases import Phrases
from services.receive import Inbound, receive
from tests.builders import build_municipality, build_topic
from tests.integration.services.conftest import Town

TODAY = date(2026, 11, 23)


def build_stranger(session: Session) -> Municipality:
    """Another municipality with a topic and a sentence of its own."""
    stranger = build_municipality(session, "elders", "Elders")
    build_topic(session, "parking", "Gratis parkeren", "Dat is bij ons gratis.", stranger)
    build_topic(session, "wealth_limit", "Spaargeld elders", "Bij ons mag alles.", stranger)
    session.add(Phrase(municipality_id=stranger.id, key="not_understood", language="nl", text="Wablief?"))
    session.flush()
    return stranger


def test_the_topic_of_another_municipality_does_not_exist(town: Town) -> None:
    with town.database.writing() as session:
        build_stranger(session)
        phrases = Phrases(session, town.row, "nl")

        with pytest.raises(UnknownTopic):
            find_topic(session, town.row.id, "parking")
        assert answer_button(session, load_figures(), phrases, "/parking", TODAY) is None
        assert topic_buttons(session, phrases, ["parking"]) == []
        assert nearest_topics(session, town.row.id, "gratis parkeren") == []
        assert not_understood(session, phrases, ["parking"], "?", again=False).text != "Wablief?"


def test_the_own_topic_wins_from_that_of_the_library(town: Town) -> None:
    with town.database.writing() as session:
        stranger = build_stranger(session)
        own, other = (Phrases(session, row, "nl") for row in (stranger, town.row))

        assert answer_topic(session, load_figures(), own, "wealth_limit", TODAY).text == "Bij ons mag alles."
        assert "Hoeveel hangt af" in answer_topic(session, load_figures(), other, "wealth_limit", TODAY).text
        assert [b.label for b in topic_buttons(session, own, ["wealth_limit"])] == ["Spaargeld elders"]
        assert [b.label for b in topic_buttons(session, other, ["wealth_limit"])] == ["Hoeveel spaargeld"]


def test_the_own_sentence_wins_and_the_language_asked_for_wins_from_dutch(town: Town) -> None:
    with town.database.writing() as session:
        stranger = build_stranger(session)

        assert Phrases(session, stranger, "nl").say("not_understood") == "Wablief?"
        assert Phrases(session, stranger, "en").say("not_understood").startswith("I am not sure")
        assert Phrases(session, stranger, "pl").say("not_understood") == "Wablief?"


def test_what_the_municipality_did_not_fill_in_leads_on(town: Town) -> None:
    with town.database.writing() as session:
        known = build_municipality(session, "bekend", "Bekend", contact={"phone": "14 000", "website": None})
        phrases = Phrases(session, known, "nl")

        assert "Bel 14 000." in phrases.say("brain_away")
        assert phrases.values["gemeente.website"] == "de website van uw gemeente"
        assert Phrases(session, known, "en").values["gemeente.website"] == "your municipality's website"


def test_a_sentence_that_does_not_exist_is_a_mistake(town: Town) -> None:
    with town.database.reading() as session, pytest.raises(UnknownPhrase, match="'hallo'"):
        Phrases(session, town.row, "nl").say("hallo")


def test_the_library_is_no_municipality_to_talk_to(town: Town) -> None:
    with town.database.reading() as session:
        assert [one.slug for one in list_municipalities(session)] == ["voorbeeldstad"]
        for slug in ("landelijk", "onbekend"):
            with pytest.raises(UnknownMunicipality):
                find_municipality(session, slug)


def test_the_same_resident_at_two_municipalities_has_two_conversations(town: Town) -> None:
    first = town.say("hallo", external_id="een")
    with town.database.writing() as session:
        inbound = Inbound(Channel.WEB, "resident", "een", "hallo")
        second = receive(session, town.keys, build_municipality(session, "elders", "Elders"), inbound, town.clock())

    assert second.new
    assert second.conversation_id != first.conversation_id
