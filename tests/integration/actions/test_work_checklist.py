"""The list in the chat: what is said to each line and button, and what is written down with it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from db.models import Channel, Conversation, Message, MessageStatus, Municipality
from db.session import Database
from services.content.language import MOST_WORDS_IN_A_MESSAGE, words
from services.effects import apply_effects
from services.words import Words
from tests.builders import build_topic
from tests.conftest import Clock
from tests.conversations import build_conversation
from tests.integration.actions.conftest import Event, Office, user

pytestmark = pytest.mark.anyio
ASK, LIST, ITEM = "action_ask_work_start", "action_work_checklist", "action_checklist_item"
VALIDATE, FORM = "validate_work_checklist_form", "work_checklist_form"


class Talk:
    """A conversation in which what is said is also written down, as the turn does."""

    def __init__(self, office: Office, database: Database, clock: Clock, channel: Channel = Channel.WEB) -> None:
        self.office, self.database, self.clock = office, database, clock
        with database.writing() as session:
            town = session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()
            build_topic(session, "what_to_report", "Wat moet ik doorgeven?")
            build_conversation(session, town, "hallo", channel=channel, public_id="c0ffee")

    async def say(self, action: str, *events: Event, **slots: object) -> list[Words]:
        said = await self.office.say_all(action, *events, **slots)
        with self.database.writing() as session:
            conversation = session.scalars(select(Conversation).where(Conversation.public_id == "c0ffee")).one()
            apply_effects(session, conversation, [e for one in said for e in one.effects], self.clock())
        return said

    async def press(self, key: str, deed: str) -> Words:
        (said,) = await self.say(ITEM, user("checklist_item", topic=key, kind=deed))
        return said

    def planned(self) -> list[datetime | None]:
        with self.database.reading() as session:
            return list(session.scalars(select(Message.due_at).where(Message.status == MessageStatus.PLANNED)))


@pytest.fixture
async def talk(office: Office, database: Database, clock: Clock) -> Talk:
    return Talk(office, database, clock)


async def started(talk: Talk, start: str = "2026-12-14") -> list[Words]:
    return await talk.say(LIST, user("work_checklist"), work_start=start)


async def test_the_list_comes_at_once_and_then_the_one_question(talk: Talk) -> None:
    before, after, question = await talk.say(ASK, user("work_checklist"))

    assert before.text.splitlines()[:2] == ["**Voordat u begint**", "1. Geef uw werk door aan de gemeente"]
    assert "6. Geef uw loon door aan Dienst Toeslagen: binnen 4 weken nadat u begint" in after.text
    assert after.figures[0].id == "toeslagen_wijziging_weken"
    assert question.text.startswith("Op welke dag begint u?")
    assert [button.payload for button in question.buttons] == ['/work_checklist{"date": "unknown"}', "/talk_to_human"]


async def test_after_a_question_in_between_only_the_question_is_asked_again(talk: Talk) -> None:
    await talk.say(ASK, user("work_checklist"))
    (again,) = await talk.say(ASK, user("car"), loop=FORM)

    assert again.text == "Op welke dag begint u? Typ die dag, of kies een knop."


async def test_with_a_day_the_list_has_its_days(talk: Talk) -> None:
    before, after, last = await started(talk)

    assert before.text.startswith("**Voordat u begint op 14 december 2026**")
    assert "vóór 11 januari 2027" in after.text
    assert last.way is not None
    assert last.way.page == "/checklist"
    assert last.buttons[0].payload == '/checklist_item{"topic": "report_work", "kind": "show"}'


@pytest.mark.parametrize("start", ["2026-12-14", "unknown", "2026-11-20"])
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_no_message_is_longer_than_is_read_at_once(talk: Talk, start: str, language: str) -> None:
    line = user("work_checklist")
    line["parse_data"]["metadata"]["language"] = language
    said = [*await talk.say(ASK, line), *await talk.say(ASK, line), *await talk.say(LIST, line, work_start=start)]
    for key in ("report_work", "tax_credit", "childcare", "first_gap", "travel", "allowances", "local_schemes",
                "payslips", "job_stops"):  # fmt: skip
        for deed in ("show", "remind", "show", "done", "open", "forget"):
            item = user("checklist_item", topic=key, kind=deed)
            item["parse_data"]["metadata"]["language"] = language
            said += await talk.say(ITEM, item)

    assert {one.text: n for one in said if (n := len(words(one.text))) > MOST_WORDS_IN_A_MESSAGE} == {}
    assert max(len(one.buttons) for one in said) <= 4


@pytest.mark.parametrize(
    ("line", "topic", "slot"),
    [
        ("ik mag 1 december beginnen bij de bakker, wat nu", "work_checklist", "2026-12-01"),
        ("1 december", "pay_date", "2026-12-01"),
        ("weet ik nog niet", "nlu_fallback", "unknown"),
    ],
)
async def test_a_day_is_taken_out_of_the_line(talk: Talk, line: str, topic: str, slot: str) -> None:
    assert (await talk.office.slots(VALIDATE, user(topic, line)))["work_start"] == slot


async def test_a_question_in_between_is_no_answer(talk: Talk) -> None:
    line = user("car", "mag ik op 1 december een auto kopen")

    assert (await talk.office.slots(VALIDATE, line, loop=FORM)).get("work_start") is None


async def test_the_button_says_that_the_day_is_not_known(talk: Talk) -> None:
    slots = await talk.office.slots(VALIDATE, user("work_checklist", "Weet ik nog niet", date="unknown"), loop=FORM)

    assert slots["work_start"] == "unknown"


@pytest.mark.parametrize("start", ["2026-12-14", "unknown"])
async def test_who_has_a_list_is_not_asked_again(talk: Talk, start: str) -> None:
    await started(talk, start)

    assert (await talk.office.slots(VALIDATE, user("work_checklist", "mijn lijst")))["work_start"] == start


async def test_another_day_told_later_changes_the_list(talk: Talk) -> None:
    await started(talk)
    before, *_ = await talk.say(LIST, user("work_checklist"), work_start="2027-01-04")

    assert before.text.startswith("**Voordat u begint op 4 januari 2027**")


async def test_a_day_that_must_be_a_mistake_is_asked_about(talk: Talk) -> None:
    (said,) = await started(talk, "2062-12-14")

    assert said.text.startswith("Die dag ligt wel heel ver weg.")


async def test_one_thing_is_told_with_what_can_be_done_with_it(talk: Talk) -> None:
    await started(talk)
    said = await talk.press("report_work", "show")

    assert said.text.startswith("**Geef uw werk door aan de gemeente**")
    assert "Wanneer: vóór 14 december 2026." in said.text
    assert [button.label for button in said.buttons] == [
        "Dit is klaar", "Herinner mij", "Volgende punt", "Wat moet ik doorgeven?"
    ]  # fmt: skip


async def test_what_is_done_is_followed_by_the_next_thing(talk: Talk) -> None:
    await started(talk)
    said = await talk.press("report_work", "done")

    assert said.text.startswith("Klaar: Geef uw werk door aan de gemeente. Dan nu:")
    assert "Kies één plek voor uw loonheffingskorting" in said.text
    before, *_ = await started(talk)
    assert "1. Geef uw werk door aan de gemeente: klaar" in before.text


async def test_the_last_thing_that_is_done_ends_the_list(talk: Talk) -> None:
    await started(talk)
    for key in (
        "tax_credit",
        "childcare",
        "first_gap",
        "travel",
        "allowances",
        "local_schemes",
        "payslips",
        "job_stops",
    ):
        await talk.press(key, "done")

    assert "Dat was het laatste punt" in (await talk.press("report_work", "done")).text
    assert (await started(talk))[-1].text == "Alles op uw lijst is klaar."


async def test_a_reminder_is_planned_moved_told_and_stopped(talk: Talk) -> None:
    await started(talk)
    said = await talk.press("report_work", "remind")
    assert said.text.startswith("Goed. Vanaf vrijdag 11 december 2026, 10.00 uur staat hier een herinnering")
    assert talk.planned() == [datetime(2026, 12, 11, 9, tzinfo=UTC)]

    await talk.press("report_work", "week")
    assert talk.planned() == [datetime(2026, 12, 7, 9, tzinfo=UTC)]
    (mine,) = await talk.say("action_my_reminders", user("my_reminders"))
    assert mine.text.splitlines()[1] == "maandag 7 december 2026, 10.00: Geef uw werk door aan de gemeente"
    await talk.say("action_stop_reminders", user("stop_reminders"))
    assert talk.planned() == []


async def test_over_telegram_a_reminder_is_sent(office: Office, database: Database, clock: Clock) -> None:
    talk = Talk(office, database, clock, Channel.TELEGRAM)
    await started(talk)

    assert (await talk.press("travel", "remind")).text.startswith("Goed. Ik stuur u op vrijdag 11 december 2026")


async def test_without_reminders_that_is_said(talk: Talk) -> None:
    (said,) = await talk.say("action_my_reminders", user("my_reminders"))

    assert said.text.startswith("U heeft nu geen herinneringen.")


async def test_a_button_of_a_list_that_is_gone_offers_a_new_one(talk: Talk) -> None:
    assert (await talk.press("report_work", "done")).text == "Die lijst is er niet meer. Zal ik een nieuwe maken?"


async def test_a_line_that_is_only_tried_needs_no_conversation(office: Office) -> None:
    said = await office.say_all(ASK, user("work_checklist"))

    assert said[-1].text.startswith("Op welke dag begint u?")
    assert (await office.say(ITEM, user("checklist_item", topic="travel", kind="done"))).text.startswith("Die lijst")
