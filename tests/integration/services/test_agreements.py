"""Agreements: noted by a caseworker, read and ticked by whose they are, reminded of before their day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Agreement, Conversation, Message, MessageStatus
from db.models.agreement import Side
from services.agreements import LONGEST, agreements_of, drop_agreement, note_agreement
from services.agreements_told import answer_agreements, say_agreement
from services.effects import apply_effects
from services.errors import EmptyLine, TooLong, UnknownAgreement, UnknownPerson
from services.phrases import Phrases
from services.words import Words
from tests.builders import build_municipality
from tests.integration.services.conftest import Town
from tests.people import build_caseworker, build_person, link_directly

DUE = date(2026, 12, 10)


class Table:
    """A linked chat and the caseworker across the table."""

    def __init__(self, town: Town) -> None:
        self.town, self.chat = town, town.say().conversation_id
        with town.database.writing() as session:
            self.person, self.caseworker = build_person(session, town.row), build_caseworker(session, town.row)
            link_directly(session, self.chat, self.person)

    def note(self, text: str = "Een cv maken", side: Side = Side.RESIDENT, due: date | None = DUE) -> Agreement:
        with self.town.database.writing() as session:
            person, account = session.merge(self.person), session.merge(self.caseworker)
            return note_agreement(session, account, person, side, text, due, self.town.clock())

    def ask(self, text: str = "wat hebben we afgesproken", chat: int = 0, **chosen: Any) -> Words:
        """And what the answer does is done."""
        with self.town.database.writing() as session:
            conversation = session.get_one(Conversation, chat or self.chat)
            phrases, now = Phrases(session, self.town.row, "nl"), self.town.clock()
            said = answer_agreements(session, phrases, conversation, text, chosen, now)
            apply_effects(session, conversation, said.effects, now)
            return said

    def planned(self) -> list[Message]:
        with self.town.database.reading() as session:
            query = select(Message).where(Message.status == MessageStatus.PLANNED).order_by(Message.due_at)
            return list(session.scalars(query))


@pytest.fixture
def table(town: Town) -> Table:
    return Table(town)


def test_the_list_says_who_does_what_and_by_when(table: Table) -> None:
    table.note("Een cv maken")
    table.note("Uitzoeken of een fiets kan", Side.MUNICIPALITY, None)

    said = table.ask()

    assert said.text.splitlines() == [
        "**Dit doet u**",
        "1. Een cv maken. Uiterlijk 10 december 2026.",
        "**Dit doet de gemeente**",
        "- Uitzoeken of een fiets kan.",
    ]
    assert [button.label for button in said.buttons] == ["Nummer 1 is gedaan", "Medewerker"]


def test_a_button_ticks_it_and_it_can_be_opened_again(table: Table) -> None:
    agreement = table.note()

    ticked = table.ask(topic=str(agreement.id), kind="done")
    assert "afgevinkt" in ticked.text
    assert table.planned() == []
    assert "**Dit is klaar**\n- Een cv maken" in table.ask().text

    table.ask(topic=str(agreement.id), kind="open")
    assert "1. Een cv maken" in table.ask().text
    assert len(table.planned()) == 2


def test_a_line_ticks_by_its_number(table: Table) -> None:
    table.note("Een cv maken", due=date(2026, 12, 1))
    table.note("Naar de taaltoets", due=date(2026, 12, 2))

    assert "Naar de taaltoets" in table.ask("nummer 2 is klaar").text
    assert "1. Een cv maken" in table.ask().text


def test_a_chat_that_is_not_linked_learns_how_to_see_them(table: Table) -> None:
    table.note()
    other = table.town.say(address="somebody else").conversation_id

    said = table.ask(chat=other)

    assert "koppelcode" in said.text
    assert "cv" not in said.text


def test_nobody_ticks_the_agreement_of_somebody_else(table: Table) -> None:
    agreement = table.note()
    other = table.town.say(address="somebody else").conversation_id
    with table.town.database.writing() as session:
        link_directly(session, other, build_person(session, table.town.row, "K-2"))
        effect = {"effect": "agreement", "deed": "done", "id": agreement.id}
        apply_effects(session, session.get_one(Conversation, other), [effect], table.town.clock())

    table.ask(chat=other, topic=str(agreement.id), kind="done")

    with table.town.database.reading() as session:
        assert session.get_one(Agreement, agreement.id).done_at is None


def test_what_the_resident_does_is_reminded_of_three_days_and_one_day_before(table: Table) -> None:
    table.note(due=DUE)
    table.note("De gemeente belt", Side.MUNICIPALITY)

    assert [message.due_at for message in table.planned()] == [
        datetime(2026, 12, 7, 9, 0, tzinfo=UTC),
        datetime(2026, 12, 9, 9, 0, tzinfo=UTC),
    ]


def test_a_reminder_says_the_agreement_as_long_as_it_is_open(table: Table) -> None:
    agreement = table.note()
    planned = table.planned()[0]

    def said() -> Words | None:
        with table.town.database.reading() as session:
            conversation = session.get_one(Conversation, table.chat)
            phrases = Phrases(session, table.town.row, "nl")
            return say_agreement(session, phrases, planned, conversation, table.town.clock())

    words = said()
    assert words is not None
    assert "**Een cv maken**" in words.text
    table.ask(topic=str(agreement.id), kind="done")
    assert said() is None


def test_what_was_dropped_is_gone_with_its_reminders_but_stays_on_record(table: Table) -> None:
    agreement = table.note()
    with table.town.database.writing() as session:
        drop_agreement(session, session.merge(table.caseworker), agreement.id, table.town.clock())

        assert list(agreements_of(session, table.town.row.id, table.person.id)) == []
        assert session.get_one(Agreement, agreement.id).dropped_at is not None
    assert table.planned() == []


def test_personal_data_in_an_agreement_is_hidden_and_a_number_to_call_stands(table: Table) -> None:
    noted = table.note("Bel 06-12345678 en neem uw bsn 111222333 mee")

    assert noted.text == "Bel 06-12345678 en neem uw bsn [bsn] mee"


def test_another_municipality_notes_and_drops_nothing_here(table: Table) -> None:
    agreement = table.note()
    with table.town.database.writing() as session:
        stranger = build_caseworker(session, build_municipality(session, "elders", "Elders"))
        person, now = session.merge(table.person), table.town.clock()

        with pytest.raises(UnknownPerson):
            note_agreement(session, stranger, person, Side.RESIDENT, "Iets", None, now)
        with pytest.raises(UnknownAgreement):
            drop_agreement(session, stranger, agreement.id, now)
        assert list(agreements_of(session, stranger.municipality_id, person.id)) == []


def test_an_agreement_says_something_and_not_too_much(table: Table) -> None:
    with pytest.raises(EmptyLine):
        table.note("  ")
    with pytest.raises(TooLong):
        table.note("x" * (LONGEST + 1))
