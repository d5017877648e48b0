"""Who wipes a chat wipes what was said; what is agreed with the municipality stays, and is still reminded of."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import ContactPoint, Conversation, EffortKind, Message, MessageStatus, ReminderKind, SearchEffort
from db.models.agreement import Side
from services.agreements import agreements_of, note_agreement
from services.effects import WIPE, apply_effects
from services.effort.keep import efforts_of, keep_effort
from services.people.person import person_of
from services.reminding.plan import plan_about
from services.retention import erase_old_conversations
from services.wiping import wipe_away
from tests.integration.services.conftest import Town
from tests.people import build_caseworker, build_person, link_directly


def linked_chat(town: Town) -> tuple[int, int]:
    """A chat of a person with an agreement that he is reminded of, and with something he told."""
    chat = town.say().conversation_id
    with town.database.writing() as session:
        person = build_person(session, town.row)
        link_directly(session, chat, person)
        due = town.clock().date() + timedelta(days=20)
        note_agreement(
            session, build_caseworker(session, town.row), person, Side.RESIDENT, "Cv maken", due, town.clock()
        )
        conversation = session.get_one(Conversation, chat)
        keep_effort(session, conversation, EffortKind.APPLIED, town.clock().date(), "brief", town.clock())
        return chat, person.id


def wipe(town: Town, chat: int) -> None:
    with town.database.writing() as session:
        apply_effects(session, session.get_one(Conversation, chat), [WIPE], town.clock())


def plan(session: Session, about: str, kind: ReminderKind, conversation: Conversation, town: Town) -> None:
    now = town.clock()
    plan_about(session, about, 1, kind, [("1d", now + timedelta(days=2))], None, None, conversation, now)


def planned(session: Session) -> list[str | None]:
    query = select(Message.about).where(Message.status == MessageStatus.PLANNED)
    return list(session.scalars(query.order_by(Message.id)))


def test_of_a_linked_chat_what_is_agreed_stays_with_its_reminders(town: Town) -> None:
    chat, person_id = linked_chat(town)

    wipe(town, chat)

    (said,) = [message.text for message in town.messages(chat) if message.seq > 0]
    assert said.startswith("Ik heb de tekst van dit gesprek gewist.")
    with town.database.reading() as session:
        (agreement,) = agreements_of(session, town.row.id, person_id)
        assert planned(session) == [f"agreement:{agreement.id}"] * 2
        assert len(efforts_of(session, town.row.id, person_id)) == 1
        assert session.get_one(Conversation, chat).needed_until is not None


def test_wiped_away_on_the_page_the_reminders_go_along_into_a_new_conversation(town: Town) -> None:
    chat, _ = linked_chat(town)
    with town.database.writing() as session:
        wipe_away(session, session.get_one(Conversation, chat), town.clock())

    with town.database.reading() as session:
        (after,) = session.scalars(select(Conversation))
        assert after.id != chat
        assert person_of(session, after) is not None
        assert len(planned(session)) == 2
    # It begins as any other: with who is speaking.
    said = [message.text for message in town.messages(after.id) if message.seq > 0]
    assert "chatbot" in said[0]
    assert "hoeveel spaargeld mag ik hebben" not in said


def test_of_a_chat_that_is_not_linked_nothing_stays(town: Town) -> None:
    chat = town.say().conversation_id
    with town.database.writing() as session:
        conversation = session.get_one(Conversation, chat)
        keep_effort(session, conversation, EffortKind.APPLIED, town.clock().date(), "brief", town.clock())
        moments = [("1d", town.clock() + timedelta(days=2))]
        plan_about(
            session, f"income_form:{chat}", 1, ReminderKind.INCOME_FORM, moments, None, None, conversation, town.clock()
        )

    wipe(town, chat)

    with town.database.reading() as session:
        assert planned(session) == []
        assert session.scalar(select(func.count()).select_from(SearchEffort)) == 0


def test_an_appointment_of_somebody_unknown_is_still_reminded_of_and_that_is_said(town: Town) -> None:
    chat = town.say().conversation_id
    with town.database.writing() as session:
        moments = [("1d", town.clock() + timedelta(days=2))]
        conversation = session.get_one(Conversation, chat)
        plan_about(
            session, "appointment:1", 1, ReminderKind.APPOINTMENT, moments, None, None, conversation, town.clock()
        )

    wipe(town, chat)

    assert "gaat door" in town.messages(chat)[-1].text
    with town.database.reading() as session:
        assert planned(session) == ["appointment:1"]


def test_a_linked_chat_is_still_known_when_its_last_conversation_is_erased(town: Town) -> None:
    linked = town.say(address="linked").conversation_id
    town.say(address="other")
    with town.database.writing() as session:
        link_directly(session, linked, build_person(session, town.row))
    town.clock.forward(days=40)

    with town.database.writing() as session:
        assert len(erase_old_conversations(session, town.clock())) == 2
        (left,) = session.scalars(select(ContactPoint))
        assert left.person_id is not None
    again = town.say(address="linked").conversation_id
    with town.database.reading() as session:
        assert person_of(session, session.get_one(Conversation, again)) is not None
