"""Linking, agreements, efforts and own data through the action server, as Rasa asks for them."""

import pytest
from sqlalchemy import select

from db.models import Channel, Conversation, Municipality, Person, Role, SearchEffort, TopicKind
from db.session import Database
from services.effects import apply_effects
from services.people.person import person_of
from services.reminding.by_hand import remind_of_income_form
from services.words import Words
from tests.builders import build_account, build_topic
from tests.conftest import Clock
from tests.conversations import build_conversation
from tests.integration.actions.conftest import Event, Office, user
from tests.people import build_person, link_directly

pytestmark = pytest.mark.anyio
FORM = "log_search_effort_form"


class Talk:
    """A conversation in which what is said is also written down, as the turn does."""

    def __init__(self, office: Office, database: Database, clock: Clock) -> None:
        self.office, self.database, self.clock = office, database, clock
        with database.writing() as session:
            town = session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()
            for name in ("link_case", "my_data"):
                build_topic(session, name, name, f"Tekst van {name}.", kind=TopicKind.TASK)
            self.chat = build_conversation(session, town, "hallo", channel=Channel.WEB, public_id="c0ffee").id
            self.town = town

    async def say(self, action: str, *events: Event, **slots: object) -> Words:
        *_, said = await self.office.say_all(action, *events, **slots)
        with self.database.writing() as session:
            conversation = session.get_one(Conversation, self.chat)
            apply_effects(session, conversation, said.effects, self.clock())
            conversation.topic = said.topic or conversation.topic
        return said

    def link(self) -> None:
        with self.database.writing() as session:
            link_directly(session, self.chat, build_person(session, self.town))

    def linked(self) -> bool:
        with self.database.reading() as session:
            return person_of(session, session.get_one(Conversation, self.chat)) is not None

    def efforts(self) -> list[str]:
        with self.database.reading() as session:
            return list(session.scalars(select(SearchEffort.text).where(SearchEffort.removed_at.is_(None))))


@pytest.fixture
async def talk(office: Office, database: Database, clock: Clock) -> Talk:
    return Talk(office, database, clock)


async def test_who_has_a_code_is_asked_to_type_it(talk: Talk) -> None:
    said = await talk.say("action_link_case", user("link_case", "ik heb een koppelcode"))

    assert said.text.startswith("Typ hier de acht tekens van uw koppelcode.")
    assert said.topic == "link_case"


async def test_who_lost_the_code_learns_where_a_new_one_comes_from(talk: Talk) -> None:
    said = await talk.say("action_link_case", user("link_case", "mijn koppelcode is kwijt"))

    assert "Vraag uw klantmanager om een nieuwe" in said.text


async def test_a_link_is_undone_after_asking_once_more(talk: Talk) -> None:
    talk.link()
    there = await talk.say("action_link_case", user("link_case", "koppelcode"))
    assert there.text.startswith("Deze chat hoort bij uw dossier.")

    asked = await talk.say("action_link_case", user("link_case", "koppeling ongedaan maken"))
    assert talk.linked()
    assert asked.buttons[0].payload == '/link_case{"kind": "undo_now"}'
    await talk.say("action_link_case", user("link_case", "weghalen", kind="undo_now"))

    assert not talk.linked()


async def test_something_told_in_one_line_needs_no_question(talk: Talk) -> None:
    line = user("log_search_effort", "vandaag gesolliciteerd bij de Jumbo")
    slots = await talk.office.slots("validate_log_search_effort_form", line, effort_told=None, loop=FORM)
    assert slots["effort_told"] == "told"

    said = await talk.say("action_log_search_effort", line)

    assert talk.efforts() == ["vandaag gesolliciteerd bij de Jumbo"]
    assert any(button.payload == "/link_case" for button in said.buttons)


async def test_a_question_about_telling_is_asked_back_and_then_a_few_words_are_enough(talk: Talk) -> None:
    question = user("log_search_effort", "hoe geef ik een sollicitatie door")
    slots = await talk.office.slots("validate_log_search_effort_form", question, effort_told=None)
    assert not slots.get("effort_told")
    asked = await talk.say("action_ask_effort_told", question)
    assert asked.text.startswith("Vertel wat u heeft gedaan")

    told = user("out_of_scope", "gisteren bij de bakker")
    slots = await talk.office.slots("validate_log_search_effort_form", told, effort_told=None, loop=FORM)
    assert slots["effort_told"] == "told"


async def test_a_question_in_between_is_no_effort(talk: Talk) -> None:
    line = user("car", "mag ik een auto hebben")
    slots = await talk.office.slots("validate_log_search_effort_form", line, effort_told=None, loop=FORM)

    assert not slots.get("effort_told")


@pytest.mark.parametrize("action", ["action_answer_topic", "action_not_understood"])
async def test_a_correction_is_heard_whatever_it_was_taken_for(talk: Talk, action: str) -> None:
    await talk.say("action_log_search_effort", user("log_search_effort", "gesolliciteerd bij de Jumbo"))

    said = await talk.say(action, user("greet", "haal de laatste weg"))

    assert said.text == "Goed, ik heb het van uw lijst gehaald."
    assert talk.efforts() == []


DELETE = {"loop": "delete_my_data_form", "delete_confirmed": None, "requested_slot": "delete_confirmed"}


async def test_taking_the_last_from_the_list_is_no_wish_to_wipe_all(talk: Talk) -> None:
    await talk.say("action_log_search_effort", user("log_search_effort", "gesolliciteerd bij de Jumbo"))
    line = user("delete_my_data", "verwijder de laatste")
    slots = await talk.office.slots("validate_delete_my_data_form", line, **DELETE)
    said = await talk.say("action_delete_my_data", line)

    assert slots["delete_confirmed"] is False
    assert said.text == "Goed, ik heb het van uw lijst gehaald."
    assert talk.efforts() == []


@pytest.mark.parametrize("line", ["verwijder dit gesprek", "wis al deze gegevens", "verwijder dat alles"])
async def test_who_names_all_of_it_is_asked_whether_to_wipe(talk: Talk, line: str) -> None:
    await talk.say("action_log_search_effort", user("log_search_effort", "gesolliciteerd bij de Jumbo"))
    slots = await talk.office.slots("validate_delete_my_data_form", user("delete_my_data", line), **DELETE)

    assert slots.get("delete_confirmed") is None
    assert talk.efforts() == ["gesolliciteerd bij de Jumbo"]


async def test_after_something_else_the_same_line_asks_whether_to_wipe(talk: Talk) -> None:
    await talk.say("action_link_case", user("link_case", "ik heb een koppelcode"))
    line = user("delete_my_data", "verwijder de laatste")
    slots = await talk.office.slots("validate_delete_my_data_form", line, **DELETE)

    assert slots.get("delete_confirmed") is None


async def test_who_goes_on_did_the_same_elsewhere(talk: Talk) -> None:
    await talk.say("action_log_search_effort", user("log_search_effort", "gesolliciteerd bij de Jumbo"))

    said = await talk.say("action_not_understood", user("nlu_fallback", "en gister bij de action"))

    assert "gesolliciteerd" in said.text
    assert talk.efforts() == ["gesolliciteerd bij de Jumbo", "en gister bij de action"]


async def test_without_anything_told_before_such_a_line_is_no_correction(talk: Talk) -> None:
    said = await talk.say("action_answer_topic", user("greet", "haal de laatste weg"))

    assert said.text == "Tekst van greet."


async def test_who_is_linked_reads_what_is_kept_by_kind(talk: Talk) -> None:
    talk.link()
    await talk.say("action_log_search_effort", user("log_search_effort", "gesolliciteerd bij de Jumbo"))

    general, own = await talk.office.say_all("action_my_data", user("my_data"))

    assert general.text.startswith("Tekst van my_data.")
    assert "- gekoppelde chats: 1" in own.text
    assert "- stappen naar werk die u heeft verteld: 1" in own.text


async def test_before_deleting_one_hears_what_goes_along_and_what_stays(talk: Talk) -> None:
    await talk.say("action_log_search_effort", user("log_search_effort", "gesolliciteerd bij de Jumbo"))
    alone = await talk.say("action_ask_delete_confirmed", user("delete_my_data"))
    talk.link()
    linked = await talk.say("action_ask_delete_confirmed", user("delete_my_data"))

    assert "Wat u over werk zoeken vertelde, gaat ook weg." in alone.text
    assert "Dit blijft bij de gemeente" in linked.text


async def test_planned_reminders_are_counted_among_what_is_kept(talk: Talk) -> None:
    talk.link()
    with talk.database.writing() as session:
        person, account = session.scalars(select(Person)).one(), build_account(session, talk.town, Role.CASEWORKER)
        remind_of_income_form(session, account, person, talk.clock())

    *_, own = await talk.office.say_all("action_my_data", user("my_data"))
    assert "- herinneringen die nog komen: 1" in own.text


async def test_of_whom_nothing_else_is_kept_only_what_holds_for_all_is_told(talk: Talk) -> None:
    said = await talk.office.say_all("action_my_data", user("my_data"))

    assert len(said) == 1


async def test_agreements_are_for_a_linked_chat(talk: Talk) -> None:
    assert "koppelcode" in (await talk.say("action_my_agreements", user("my_agreements"))).text

    talk.link()

    assert "geen afspraken op de lijst" in (await talk.say("action_my_agreements", user("my_agreements"))).text
