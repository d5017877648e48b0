"""A person takes a conversation over: from then on that person talks, and nobody else, until it is given back."""

from datetime import timedelta

import pytest

from db.models import Channel, Conversation, ConversationState, MessageKind, MessageStatus
from services.answering import notify_delay
from services.errors import (
    ConversationGone,
    EmptyLine,
    NewerBegun,
    NotInThePast,
    NotNow,
    NotYours,
    ServiceError,
    TakenByColleague,
    TooLong,
    UnknownChoice,
)
from services.hand_over import LONGEST_REPLY
from services.receive import Choice
from services.transcript import CROSSING, add_words
from services.wiping import erase_conversation
from services.words import Words
from tests.builders import build_municipality
from tests.integration.services.colleagues import Colleague, colleague
from tests.integration.services.conftest import Town

HUMAN, SNOOZED = ConversationState.HUMAN, ConversationState.SNOOZED
BOT, CLOSED = ConversationState.BOT, ConversationState.CLOSED


@pytest.fixture
def sanne(town: Town) -> Colleague:
    return colleague(town)


@pytest.fixture
def piet(town: Town) -> Colleague:
    return colleague(town, "Piet")


def said(town: Town, conversation_id: int) -> list[str]:
    """The newest words, without the welcome."""
    return [f"{m.kind}: {m.text}" for m in town.messages(conversation_id) if m.seq > 3]


def test_who_takes_it_over_has_it_and_the_resident_reads_who_that_is(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    conversation = town.conversation(chat)

    assert (conversation.state, conversation.assigned_to) == (HUMAN, sanne.account.id)
    assert (conversation.human_since, conversation.waiting_since) == (town.clock(), None)
    assert town.messages(chat)[-1].text == "Medewerker Sanne doet nu mee. De chatbot is stil."
    assert town.messages(chat)[-1].detail == {"sender": "Sanne", "hand_over": "joined"}


def test_what_the_assistant_was_about_to_say_is_not_said(town: Town, sanne: Colleague) -> None:
    line = town.say()
    town.claim(line.conversation_id)
    sanne.take(line.conversation_id)

    assert not town.settle(line.line_id)
    assert town.texts(line.conversation_id, MessageKind.ANSWER) == []
    assert town.conversation(line.conversation_id).answering_by is None


def test_open_lines_and_all_that_come_go_to_the_person(town: Town, sanne: Colleague) -> None:
    chat = town.say("eerste").conversation_id
    sanne.take(chat)
    town.say("tweede")

    assert {m.status for m in town.messages(chat, MessageKind.LINE)} == {MessageStatus.HANDED}
    assert town.next_text(chat) is None
    sanne.give_back(chat)
    assert town.next_text(chat) is None
    town.say("derde")
    assert town.next_text(chat) == "derde"


@pytest.mark.parametrize("state", [HUMAN, SNOOZED, CLOSED])
@pytest.mark.parametrize("kind", [MessageKind.ANSWER, MessageKind.NOTICE])
def test_whoever_calls_the_assistant_is_silent(town: Town, state: ConversationState, kind: MessageKind) -> None:
    chat = town.say().conversation_id
    town.set_state(chat, state)
    before = town.conversation(chat)
    with town.database.writing() as session:
        stale = Conversation(id=chat, contact_point_id=before.contact_point_id, state=BOT)
        written = add_words(session, stale, Words("Ik ben er ook nog."), town.clock(), kind)

    assert written is None
    assert town.conversation(chat).last_seq == before.last_seq == town.messages(chat)[-1].seq


def test_a_delay_is_not_told_over_a_persons_head(town: Town, sanne: Colleague) -> None:
    line = town.say()
    sanne.take(line.conversation_id)
    with town.database.writing() as session:
        notify_delay(session, line.line_id, Words("Even geduld."), town.clock())

    assert town.messages(line.conversation_id)[-1].detail["hand_over"] == "joined"


def test_two_colleagues_cannot_both_have_it(town: Town, sanne: Colleague, piet: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)

    with pytest.raises(TakenByColleague) as refused:
        piet.take(chat)
    assert refused.value.holder == sanne.account.id
    with pytest.raises(TakenByColleague):
        piet.take(chat, instead_of=piet.account.id)
    assert town.conversation(chat).assigned_to == sanne.account.id


def test_who_says_whose_place_he_takes_has_it(town: Town, sanne: Colleague, piet: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.snooze(chat)
    piet.take(chat, instead_of=sanne.account.id)

    assert (town.conversation(chat).assigned_to, town.conversation(chat).state) == (piet.account.id, HUMAN)
    assert town.messages(chat)[-1].text.startswith("Medewerker Piet doet nu mee.")
    with pytest.raises(NotYours):
        sanne.reply(chat)


def test_taking_what_is_yours_changes_nothing_but_ends_a_snooze(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    since = town.conversation(chat).human_since
    town.clock.forward(minutes=5)
    sanne.snooze(chat)
    sanne.take(chat)
    sanne.take(chat)
    conversation = town.conversation(chat)

    assert (conversation.state, conversation.human_since, conversation.snoozed_until) == (HUMAN, since, None)
    assert [m.detail.get("hand_over") for m in town.messages(chat, MessageKind.NOTICE)][3:] == ["joined"]


def test_a_chat_of_an_account_that_is_gone_can_be_taken(town: Town, sanne: Colleague, piet: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    with town.database.writing() as session:
        session.delete(session.get_one(type(sanne.account), sanne.account.id))
    piet.take(chat)

    assert town.conversation(chat).assigned_to == piet.account.id


def test_a_reply_stands_in_the_transcript_under_the_name_of_that_day(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.reply(chat, "  Dag,\u202e ik kijk mee.  ")
    reply = town.messages(chat)[-1]

    assert (reply.kind, reply.text, reply.status) == (MessageKind.STAFF, "Dag, ik kijk mee.", MessageStatus.SENT)
    assert (reply.account_id, reply.detail) == (sanne.account.id, {"sender": "Sanne"})


def test_the_same_form_posted_twice_is_said_once(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)

    assert sanne.reply(chat, "Dag.", "n1") == sanne.reply(chat, "Dag.", "n1") == "Dag."
    sanne.reply(chat, "Dag.", "n2")
    sanne.give_back(chat)
    assert sanne.reply(chat, "Dag.", "n2") == "Dag."
    assert town.texts(chat, MessageKind.STAFF) == ["Dag.", "Dag."]


def test_a_reply_may_give_a_number_but_not_a_bsn(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    text = sanne.reply(chat, "Bel 06 12345678 of mail a@b.nl. Uw BSN 123456782, rekening NL91ABNA0417164300.")

    assert text == "Bel 06 12345678 of mail a@b.nl. Uw BSN [bsn], rekening [rekeningnummer]."


@pytest.mark.parametrize(("text", "error"), [(" \u200b ", EmptyLine), ("a" * (LONGEST_REPLY + 1), TooLong)])
def test_a_reply_that_cannot_be_said_is_refused(
    town: Town, sanne: Colleague, text: str, error: type[ServiceError]
) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)

    with pytest.raises(error):
        sanne.reply(chat, text)
    assert town.texts(chat, MessageKind.STAFF) == []


@pytest.mark.parametrize("state", [BOT, ConversationState.WAITING, HUMAN, SNOOZED, CLOSED])
def test_who_does_not_have_it_can_do_nothing_with_it(
    town: Town, sanne: Colleague, piet: Colleague, state: ConversationState
) -> None:
    chat = town.say().conversation_id
    if state in (HUMAN, SNOOZED):
        sanne.take(chat)
    town.set_state(chat, state)
    before = said(town, chat)

    for deed in (piet.reply, piet.snooze, piet.give_back, piet.close):
        with pytest.raises(NotYours):
            deed(chat)
    assert (town.conversation(chat).state, said(town, chat)) == (state, before)


def test_a_chat_that_is_put_aside_is_taken_up_before_a_reply(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.snooze(chat)

    with pytest.raises(NotNow):
        sanne.reply(chat)


def test_a_chat_is_put_aside_until_a_moment_to_come(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    with pytest.raises(NotInThePast):
        sanne.snooze(chat, town.clock())
    before = said(town, chat)
    sanne.snooze(chat, town.clock() + timedelta(hours=2))

    assert town.conversation(chat).snoozed_until == town.clock() + timedelta(hours=2)
    assert said(town, chat) == before


def test_a_line_wakes_a_chat_that_was_put_aside(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.snooze(chat)
    town.say("bent u daar nog?")
    conversation = town.conversation(chat)

    assert (conversation.state, conversation.assigned_to) == (HUMAN, sanne.account.id)
    assert (conversation.snoozed_until, conversation.line_seq) == (None, town.messages(chat)[-1].seq)


def test_what_is_given_back_is_answered_by_the_assistant_again(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.give_back(chat)
    conversation = town.conversation(chat)

    assert (conversation.state, conversation.assigned_to, conversation.human_since) == (BOT, None, None)
    assert town.messages(chat)[-1].detail["hand_over"] == "left"
    assert town.answer(town.say("en nu?"), "Dat mag.")


def test_after_closing_the_last_words_can_be_read_and_a_line_begins_anew(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.close(chat)
    assert town.messages(chat)[-1].text.startswith("Medewerker Sanne heeft het gesprek afgesloten.")
    again = town.say("nog een vraag")

    assert again.conversation_id != chat
    assert (town.conversation(chat).state, town.conversation(again.conversation_id).state) == (CLOSED, BOT)
    with pytest.raises(NotNow):
        sanne.take(chat)


def test_a_button_of_a_closed_chat_presses_none_of_the_next_one(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    sanne.close(chat)
    welcome = next(m for m in town.messages(chat) if m.detail.get("buttons"))

    with pytest.raises(UnknownChoice):
        town.say("", choice=Choice(welcome.seq, 0, chat))


def test_a_wipe_by_the_resident_ends_it(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    with town.database.writing() as session:
        erase_conversation(session, session.get_one(Conversation, chat))

    with pytest.raises(ConversationGone):
        sanne.reply(chat)


def test_a_chat_that_the_resident_has_left_for_a_newer_one_is_not_taken(town: Town, sanne: Colleague) -> None:
    old = town.say().conversation_id
    town.clock.forward(hours=25)
    new = town.say().conversation_id

    with pytest.raises(NewerBegun):
        sanne.take(old)
    sanne.take(new)


def test_a_colleague_of_another_municipality_finds_nothing(town: Town) -> None:
    chat = town.say().conversation_id
    with town.database.writing() as session:
        elsewhere = build_municipality(session, "elders", "Elders")
    stranger = colleague(Town(town.database, town.clock, elsewhere), "Els")

    with pytest.raises(ConversationGone):
        stranger.take(chat)


def test_over_telegram_everything_keeps_its_order_and_is_due(town: Town, sanne: Colleague) -> None:
    line = town.say(channel=Channel.TELEGRAM)
    town.answer(line, "Dat mag.")
    sanne.take(line.conversation_id)
    sanne.reply(line.conversation_id)
    newest = town.messages(line.conversation_id)[-3:]

    assert [m.text for m in newest] == [
        "Dat mag.",
        "Medewerker Sanne doet nu mee. De chatbot is stil.",
        "Dag, ik kijk mee.",
    ]
    assert {m.status for m in newest} == {MessageStatus.DUE}


def test_only_three_sentences_are_a_line_across_the_conversation() -> None:
    assert [what.value for what in CROSSING] == ["joined", "left", "closed"]


def test_personal_data_that_was_hidden_is_told_also_to_who_talks_with_a_person(town: Town, sanne: Colleague) -> None:
    chat = town.say().conversation_id
    sanne.take(chat)
    town.say("mijn bsn is 123456782")
    line, notice = town.messages(chat)[-2:]

    assert (line.status, line.text) == (MessageStatus.HANDED, "mijn bsn is [bsn]")
    assert (notice.detail["hand_over"], "De medewerker ziet ze ook niet." in notice.text) == ("not_shown", True)
