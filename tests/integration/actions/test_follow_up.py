"""A line after an answer, through the real door: it is understood beside that answer, and only there."""

from typing import Any

import pytest
from sqlalchemy import select

from db.models import Conversation, MessageKind
from db.session import Database
from services.answer_topic import find_topic
from services.municipalities import find_municipality
from tests.builders import build_municipality, build_topic
from tests.conversations import build_conversation, build_message
from tests.integration.actions.conftest import Event, Office, done, user
from tests.integration.actions.test_actions import payloads

pytestmark = pytest.mark.anyio
LINE = "en als ik samenwoon?"
LIKELY = {"gifts": 0.3, "cohabiting": 0.2, "car": 0.1}


def said(topic: str, line: str = LINE, **likely: float) -> Event:
    event = user(topic, line)
    ranking = likely or LIKELY
    event["parse_data"]["intent_ranking"] = [{"name": n, "confidence": c} for n, c in ranking.items()]
    return event


def after(database: Database, topic: str | None, slug: str = "voorbeeldstad", **fields: Any) -> None:
    """The conversation of the tests, in which `topic` was answered last."""
    with database.writing() as session:
        town = find_municipality(session, slug)
        build_topic(session, "norm", "Hoeveel krijg ik", "U krijgt een bedrag.").follow_up = ["cohabiting"]
        build_topic(session, "cohabiting", "Samenwonen", "Samen krijgt u een ander bedrag.")
        conversation = build_conversation(session, town, "hoeveel krijg ik", public_id="c0ffee")
        build_message(session, conversation, 2, "U krijgt een bedrag.", MessageKind.ANSWER, topic=topic, **fields)


def before_last(database: Database, *topics: str) -> None:
    """The same, with several answers; the last one was given twice."""
    after(database, topics[0])
    with database.writing() as session:
        conversation = session.scalars(select(Conversation).where(Conversation.public_id == "c0ffee")).one()
        for seq, topic in enumerate([*topics[1:], topics[-1]], 3):
            build_message(session, conversation, seq, "Een antwoord.", MessageKind.ANSWER, topic=topic)


def norm_says(database: Database, answer: str = "U krijgt een bedrag.", **texts: str) -> None:
    """Of the topic that `after` has built."""
    with database.writing() as session:
        find_topic(session, 1, "norm").revisions[0].texts = {"nl": {"answer": answer, **texts}}


async def test_it_is_answered_with_what_people_ask_next(office: Office, database: Database) -> None:
    after(database, "norm")

    words = await office.say("action_not_understood", said("nlu_fallback"))
    assert words.text == "Samen krijgt u een ander bedrag."
    assert words.topic == "cohabiting"


async def test_it_comes_before_an_unsure_topic_of_its_own(office: Office, database: Database) -> None:
    after(database, "norm")

    assert (await office.say("action_answer_topic", said("gifts"))).topic == "cohabiting"


async def test_a_sure_topic_of_its_own_comes_first(office: Office, database: Database) -> None:
    after(database, "norm")

    assert (await office.say("action_answer_topic", said("gifts", gifts=0.9, cohabiting=0.05))).topic == "gifts"


async def test_after_another_answer_it_is_what_it_was(office: Office, database: Database) -> None:
    after(database, "car")

    assert (await office.say("action_answer_topic", said("gifts", gifts=0.75, cohabiting=0.2))).topic == "gifts"


async def test_what_is_related_to_nothing_that_was_said_is_asked_back_unless_it_is_sure(
    office: Office, database: Database
) -> None:
    after(database, "car")

    words = await office.say("action_answer_topic", said("gifts", gifts=0.6, cohabiting=0.2))
    assert payloads(words.buttons)[0] == "/gifts"


async def test_where_the_last_answer_leaves_it_open_the_one_before_it_says_what_is_meant(
    office: Office, database: Database
) -> None:
    before_last(database, "norm", "car")

    words = await office.say("action_not_understood", said("nlu_fallback"))
    assert words.topic == "cohabiting"


async def test_what_is_clear_beside_the_last_answer_is_not_changed_by_the_one_before_it(
    office: Office, database: Database
) -> None:
    before_last(database, "car", "norm")

    words = await office.say("action_answer_topic", said("car", car=0.5, cohabiting=0.3))
    assert words.topic == "cohabiting"


async def test_only_two_answers_are_looked_back_at(office: Office, database: Database) -> None:
    before_last(database, "norm", "plans", "car")

    words = await office.say("action_not_understood", said("nlu_fallback"))
    assert words.topic is None


async def test_a_vague_line_offers_what_people_ask_next(office: Office, database: Database) -> None:
    after(database, "norm")

    words = await office.say("action_not_understood", said("nlu_fallback", "en dan?", gifts=0.02, car=0.02))
    assert payloads(words.buttons)[0] == "/cohabiting"


async def test_while_a_form_asks_it_is_about_the_form(office: Office, database: Database) -> None:
    after(database, "norm")

    words = await office.say("action_answer_topic", said("gifts"), loop="report_change_form")
    assert words.topic == "gifts"


async def test_another_municipality_has_other_conversations(office: Office, database: Database) -> None:
    with database.writing() as session:
        build_municipality(session, "elders", "Elders")
    after(database, "norm", "elders")

    assert (await office.say("action_answer_topic", said("gifts"))).topic == "gifts"


async def test_who_asks_on_reads_the_explanation_and_then_the_answer(office: Office, database: Database) -> None:
    after(database, "norm")
    norm_says(database, more="Meer.")

    for line in ("waarom dan?", "en hoeveel is dat dan"):
        assert (
            await office.say("action_not_understood", said("nlu_fallback", line, norm=0.3, car=0.02))
        ).text == "Meer."
    assert (await office.say("action_answer_topic", user("norm", "/norm"))).text == "U krijgt een bedrag."


async def test_who_asks_why_reads_the_reason_and_who_asks_again_the_explanation(
    office: Office, database: Database
) -> None:
    after(database, "norm")
    norm_says(database, more="Meer.", why="Bijstand vult aan.")

    why = await office.say("action_not_understood", said("nlu_fallback", "maar waarom moet dat dan?", car=0.02))
    assert (why.text, payloads(why.buttons)[0]) == ("Bijstand vult aan.", '/more_explanation{"topic": "norm"}')
    with database.writing() as session:
        conversation = session.scalars(select(Conversation)).one()
        build_message(session, conversation, 3, why.text, MessageKind.ANSWER, topic="norm")
    again = await office.say("action_answer_topic", said("norm", "waarom krijg ik dit bedrag", norm=0.9))
    assert again.text == "Meer."


async def test_who_has_met_a_rule_reads_its_reason_at_once(office: Office, database: Database) -> None:
    after(database, "car")
    norm_says(database, "Er is een norm.", more="Meer.", why="Bijstand vult aan.")

    why = await office.say("action_answer_topic", said("norm", "waarom moet ik rondkomen van dit bedrag", norm=0.9))
    assert (why.text, payloads(why.buttons)[0]) == ("Bijstand vult aan.", "/norm")
    got = await office.say("action_answer_topic", said("norm", "waarom krijgen wij hetzelfde als de buren", norm=0.9))
    assert got.text == "Er is een norm."


async def test_a_supposed_no_is_no_no(office: Office, database: Database) -> None:
    after(database, "norm")

    words = await office.say("action_answer_topic", said("deny", "en als ik nee zeg", deny=0.7, car=0.02))
    assert payloads(words.buttons)[0] == "/cohabiting"


async def test_a_few_words_that_point_back_are_not_called_strange(office: Office, database: Database) -> None:
    after(database, "norm")

    words = await office.say("action_answer_topic", said("out_of_scope", "hoe lang duurt dat", out_of_scope=0.9))
    assert payloads(words.buttons)[0] == "/cohabiting"


async def test_before_the_first_answer_what_names_nothing_is_asked_back(office: Office, database: Database) -> None:
    after(database, None)

    unsure = await office.say("action_answer_topic", said("car", "how much is that", car=0.6))
    assert unsure.topic is None
    sure = await office.say("action_answer_topic", said("car", "how much is that", car=0.97))
    assert sure.topic == "car"


async def test_why_looks_past_a_question_of_ours(office: Office, database: Database) -> None:
    after(database, "norm")
    norm_says(database, why="Daarom.")
    with database.writing() as session:
        conversation = session.scalars(select(Conversation)).one()
        build_message(session, conversation, 3, "Wilt u nog iets doorgeven?", MessageKind.ANSWER, topic="report_change")

    assert (await office.say("action_not_understood", said("nlu_fallback", "waarom"))).topic == "norm"


async def test_a_bare_question_is_about_what_was_just_answered(office: Office, database: Database) -> None:
    after(database, "norm")

    words = await office.say("action_not_understood", said("nlu_fallback", "hoe lang dan", gifts=0.3, car=0.02))
    assert words.topic == "norm"


async def test_after_an_answer_it_is_not_said_that_it_is_still_unclear(office: Office, database: Database) -> None:
    after(database, "norm")
    lines = said("nlu_fallback", "hoezo"), done("action_not_understood"), said("nlu_fallback", "blauw", gifts=0.02)

    assert "nog steeds" not in (await office.say("action_not_understood", *lines)).text
