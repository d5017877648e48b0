"""Efforts and search periods on record: told, shown, corrected, and seen by the caseworker of whose they are."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from benefits.figures import load_figures
from db.models import Account, Conversation, Message, MessageStatus, Person, SearchEffort
from services.effects import apply_effects
from services.effort.answer import Office, answer_effort, say_search_period
from services.effort.keep import efforts_of
from services.effort.period import end_search_period, period_of, start_search_period
from services.errors import NotInThePast, UnknownPeriod, UnknownPerson
from services.phrases import Phrases
from services.words import Words
from tests.builders import build_municipality
from tests.integration.services.conftest import Town
from tests.people import build_caseworker, build_person, link_directly


class Talk:
    """A chat in which what is answered is also written down, as the turn does."""

    def __init__(self, town: Town) -> None:
        self.town, self.chat = town, town.say().conversation_id

    def say(self, text: str, **chosen: Any) -> Words:
        with self.town.database.writing() as session:
            conversation = session.get_one(Conversation, self.chat)
            phrases, now = Phrases(session, self.town.row, "nl"), self.town.clock()
            said = answer_effort(Office(session, phrases, conversation, now), text, chosen)
            apply_effects(session, conversation, said.effects, now)
        self.town.clock.forward(minutes=1)
        return said

    def press(self, said: Words, label: str) -> Words:
        payload = next(button.payload for button in said.buttons if button.label == label)
        told, kind = payload.split('"')[3], payload.split('"')[-2]
        return self.say(label, topic=told, kind=kind)

    def link(self) -> tuple[Person, Account]:
        with self.town.database.writing() as session:
            person, caseworker = build_person(session, self.town.row), build_caseworker(session, self.town.row)
            link_directly(session, self.chat, person)
            return person, caseworker

    def kept(self) -> list[tuple[date, str]]:
        with self.town.database.reading() as session:
            rows = session.scalars(
                select(SearchEffort).where(SearchEffort.removed_at.is_(None)).order_by(SearchEffort.id)
            )
            return [(row.day, row.text) for row in rows]


@pytest.fixture
def talk(town: Town) -> Talk:
    return Talk(town)


def test_what_was_done_is_kept_in_the_residents_words_without_personal_data(talk: Talk) -> None:
    said = talk.say("gisteren gesolliciteerd bij de Jumbo, mijn bsn is 111222333")

    assert talk.kept() == [(date(2026, 11, 22), "gisteren gesolliciteerd bij de Jumbo, mijn bsn is [bsn]")]
    assert said.text.startswith("Goed dat u dit heeft gedaan. Het staat op uw lijst: gesolliciteerd, 22 november 2026.")


def test_who_sees_the_list_is_told_as_it_is(talk: Talk) -> None:
    assert "ziet dit dus nog niet" in talk.say("vandaag gesolliciteerd").text
    person, _ = talk.link()
    assert "Uw klantmanager ziet deze lijst ook" in talk.say("vandaag gebeld met een bakker").text

    with talk.town.database.reading() as session:
        assert [row.text for row in efforts_of(session, talk.town.row.id, person.id)] == [
            "vandaag gebeld met een bakker"
        ]


def test_the_last_one_is_corrected_and_taken_off(talk: Talk) -> None:
    talk.say("vandaag gesolliciteerd bij de Jumbo")
    talk.say("brief gestuurd naar de Hema")

    talk.say("nee dat was gisteren")
    assert talk.kept()[1][0] == date(2026, 11, 22)
    talk.say("haal de laatste weg")

    assert talk.kept() == [(date(2026, 11, 23), "vandaag gesolliciteerd bij de Jumbo")]


def test_a_button_corrects_what_it_was_said_of_also_when_more_was_told_since(talk: Talk) -> None:
    first = talk.say("gesolliciteerd bij de Jumbo")
    talk.say("brief gestuurd naar de Hema")

    talk.press(first, "Dat was gisteren")
    assert [day for day, _ in talk.kept()] == [date(2026, 11, 22), date(2026, 11, 23)]
    talk.press(first, "Haal dit weg")

    assert [text for _, text in talk.kept()] == ["brief gestuurd naar de Hema"]
    assert "niet meer op uw lijst" in talk.press(first, "Haal dit weg").text


def test_the_list_shows_what_was_told(talk: Talk) -> None:
    assert "nog leeg" in talk.say("mijn lijst").text
    talk.say("vandaag gesolliciteerd bij de Jumbo")

    assert "23 november 2026, gesolliciteerd: “vandaag gesolliciteerd bij de Jumbo”" in talk.say("mijn lijst").text


def test_nobody_corrects_the_list_of_somebody_else(talk: Talk) -> None:
    said = talk.say("gesolliciteerd bij de Jumbo")
    other = Talk(talk.town)
    other.chat = talk.town.say(address="somebody else").conversation_id

    other.press(said, "Haal dit weg")
    other.say("haal de laatste weg")

    assert len(talk.kept()) == 1


def test_a_search_period_lasts_as_long_as_the_law_says_and_tells_what_is_left(talk: Talk) -> None:
    person, caseworker = talk.link()
    with talk.town.database.writing() as session:
        who, by = session.merge(person), session.merge(caseworker)
        period = start_search_period(session, load_figures(), by, who, date(2026, 11, 23), talk.town.clock())
        planned = session.scalars(
            select(Message).where(Message.status == MessageStatus.PLANNED).order_by(Message.due_at)
        )
        assert [row.due_at for row in planned] == [
            datetime(2026, 11, 30, 9, 0, tzinfo=UTC),
            datetime(2026, 12, 7, 9, 0, tzinfo=UTC),
            datetime(2026, 12, 14, 9, 0, tzinfo=UTC),
            datetime(2026, 12, 17, 9, 0, tzinfo=UTC),
        ]

    assert period.ends_on == date(2026, 12, 20)
    said = talk.say("vandaag gesolliciteerd")
    assert "tot en met 20 december 2026. U heeft nog 28 dagen." in said.text
    assert "Schrijf u in op werk.nl" in talk.press(said, "Wat kan ik doen?").text


def test_a_period_that_is_called_off_is_not_reminded_of(talk: Talk) -> None:
    person, caseworker = talk.link()
    with talk.town.database.writing() as session:
        who, by = session.merge(person), session.merge(caseworker)
        period = start_search_period(session, load_figures(), by, who, date(2026, 11, 23), talk.town.clock())
        conversation = session.get_one(Conversation, talk.chat)
        planned = session.scalars(select(Message).where(Message.status == MessageStatus.PLANNED)).first()
        assert planned is not None
        phrases = Phrases(session, talk.town.row, "nl")
        assert say_search_period(session, phrases, planned, conversation, talk.town.clock()) is not None

        end_search_period(session, by, period.id, talk.town.clock())

        assert say_search_period(session, phrases, planned, conversation, talk.town.clock()) is None
        assert period_of(session, talk.town.row.id, who.id, date(2026, 11, 23)) is None
        assert list(session.scalars(select(Message).where(Message.status == MessageStatus.PLANNED))) == []


def test_a_period_is_begun_and_ended_by_its_own_municipality_and_not_in_the_past(talk: Talk) -> None:
    person, caseworker = talk.link()
    figures, now = load_figures(), talk.town.clock()
    with talk.town.database.writing() as session:
        stranger = build_caseworker(session, build_municipality(session, "elders", "Elders"))
        who, by = session.merge(person), session.merge(caseworker)
        period = start_search_period(session, figures, by, who, date(2026, 11, 23), now)

        with pytest.raises(UnknownPerson):
            start_search_period(session, figures, stranger, who, date(2026, 11, 23), now)
        with pytest.raises(UnknownPeriod):
            end_search_period(session, stranger, period.id, now)
        with pytest.raises(NotInThePast):
            start_search_period(session, figures, by, who, date(2026, 9, 1), now)
